"""What the file of an ad platform may hold: every value of the kind that it must be."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sheetgen.clause import Clause
from sheetgen.errors import TemplateError

TEXT, TEXTS, TABLE, TABLES = (
    Clause("a text in quotes"),
    Clause("a list of texts"),
    Clause("a table"),
    Clause("a list of tables"),
)
SHAPES = {
    "label": TEXT,
    "platform": TEXT,
    "marks": TEXTS,
    "hints": TEXTS,
    "rows": TABLE,
    "habits": TABLE,
    "column": TABLES,
}
ROWS = {"nulls": TEXTS, "totals": TEXTS}


def require_shapes(path: str, content: Mapping[str, Any]) -> None:
    """Raise `TemplateError` for a value of the wrong kind."""
    _require(path, Clause("file"), content, SHAPES)
    _require(path, "rows", content.get("rows", {}), ROWS)
    for place, column in enumerate(content.get("column", ()), start=1):
        times = column.get("times", 1)
        if type(times) not in (int, float):
            _refuse(path, Clause("column {number}", number=place), "times", times, Clause("a number"))


def _require(path: str, where: str, table: Mapping[str, Any], shapes: Mapping[str, Clause]) -> None:
    for key, shape in shapes.items():
        if key in table and not _fits(table[key], shape):
            _refuse(path, where, key, table[key], shape)


def _fits(value: Any, shape: Clause) -> bool:
    if shape in (TEXT, TABLE):
        return isinstance(value, str if shape is TEXT else dict)
    return isinstance(value, list) and all(isinstance(item, str if shape is TEXTS else dict) for item in value)


def _refuse(path: str, where: str, key: str, found: Any, shape: Clause) -> None:
    problem = Clause("{key} is {found!r}.", key=key, found=found)
    raise TemplateError(path=path, where=where, problem=problem, remedy=Clause("Write {shape}.", shape=shape))
