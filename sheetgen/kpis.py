"""The KPIs: read from `templates/kpis.toml`, checked, and put into words for every target."""

from __future__ import annotations

import difflib
import math
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from enum import Enum
from pathlib import Path
from typing import Any, Final, Literal, cast

from sheetgen.clause import Clause
from sheetgen.errors import TemplateError
from sheetgen.fields import FIELDS_BY_KEY
from sheetgen.formula.expand import Expression, expand_expressions
from sheetgen.formula.guard import kpi_formula
from sheetgen.formula.locate import Nowhere
from sheetgen.formula.parse import FUNCTION_ARITY
from sheetgen.formula.to_dax import to_dax
from sheetgen.formula.to_excel import to_excel_shown
from sheetgen.formula.to_looker import to_looker
from sheetgen.formula.to_pandas import evaluate, to_pandas
from sheetgen.formula.to_sheets import to_sheets
from sheetgen.formula.tree import Name, Node, ThisRow, denominators, field_keys
from sheetgen.templates import read_template, template_root

TABLE: Final = "Campaigns"
MAX_HEADER: Final = 60
MAX_KEY: Final = 40
MAX_DECIMALS: Final = 6
KEYS: Final = ("key", "expr", "header", "unit", "better", "decimals", "description", "benchmark")
BENCHMARK_KEYS: Final = ("low", "high", "source", "year")

Better = Literal["higher", "lower", "none"]
BETTER: Final[tuple[Better, ...]] = ("higher", "lower", "none")


class Unit(Enum):
    """What a KPI's number is: percent is a ratio shown with a % sign, ratio reads like 2.31."""

    PERCENT = "percent"
    MONEY = "money"
    RATIO = "ratio"
    NUMBER = "number"


class Target(Enum):
    """Where a KPI can be computed."""

    PANDAS = "pandas"
    EXCEL = "Excel"
    SHEETS = "Google Sheets"
    LOOKER = "Looker Studio"
    DAX = "DAX"


@dataclass(frozen=True)
class Benchmark:
    """The range called normal, in the KPI's own scale (percent as a ratio), and who says so."""

    low: float | None
    high: float | None
    source: str
    year: int | None


@dataclass(frozen=True)
class Kpi:
    """One KPI: `expr` is the tree in fields alone, `expression` the text it was read from."""

    key: str
    header: str
    expr: Node
    unit: Unit
    better: Better
    decimals: int
    description: str
    benchmark: Benchmark | None
    expression: str

    @property
    def fields(self) -> tuple[str, ...]:
        """The keys of the fields it is computed from."""
        return field_keys(self.expr)


@dataclass(frozen=True)
class DictionaryEntry:
    """A KPI with its formula for each target, ready to paste."""

    kpi: Kpi
    formulas: Mapping[Target, str]


def load_kpis(extra: Path | None = None) -> tuple[Kpi, ...]:
    """The shipped KPIs, then those of `kpis.toml` in the user's folder, which change shipped ones of the same key.

    Raises `TemplateError` or `ExpressionError`.
    """
    entries: dict[str, _Entry] = {}
    for folder in (template_root(), extra):
        path = folder / "kpis.toml" if folder else None
        if path and path.is_file():
            found = _read(read_template("", path.stem, path.parent), path)
            entries |= {entry.key: entry.over(entries.get(entry.key)) for entry in found}
    return _kpis(entries)


def parse_kpis(content: Mapping[str, Any], path: Path) -> tuple[Kpi, ...]:
    """The KPIs of a template's content, such as `as_content` gives.

    Raises `TemplateError` or `ExpressionError`.
    """
    return _kpis({entry.key: entry for entry in _read(content, path)})


def as_content(kpis: Iterable[Kpi]) -> dict[str, Any]:
    """The KPIs as the content of a template, which `parse_kpis` reads back."""
    return {"kpi": [_as_table(kpi) for kpi in kpis]}


def _as_table(kpi: Kpi) -> dict[str, Any]:
    table: dict[str, Any] = {"expr": kpi.expression, "unit": kpi.unit.value}
    table |= {name: getattr(kpi, name) for name in ("key", "header", "better", "decimals", "description")}
    if kpi.benchmark:
        known = {name: value for name, value in asdict(kpi.benchmark).items() if value is not None}
        table["benchmark"] = known
    return table


def _kpis(entries: Mapping[str, _Entry]) -> tuple[Kpi, ...]:
    expressions = {key: Expression(entry.text("expr"), entry.source) for key, entry in entries.items()}
    trees = expand_expressions(expressions)
    kpis = tuple(_kpi(entry, trees[key]) for key, entry in entries.items())
    _check_headers(entries.values(), kpis)
    return kpis


def dictionary(kpis: Iterable[Kpi]) -> tuple[DictionaryEntry, ...]:
    """Each KPI's formula for each target.

    pandas works on a table with canonical headers, Excel in a row of the Campaigns table, Google Sheets on the
    headline totals; Looker Studio and DAX sum the rows in view. Raises `UnsupportedFormulaError`.
    """
    return tuple(DictionaryEntry(kpi, _formulas(kpi)) for kpi in kpis)


def _formulas(kpi: Kpi) -> dict[Target, str]:
    in_row = kpi_formula(kpi, lambda key: ThisRow(TABLE, FIELDS_BY_KEY[key].header), typed=True)
    on_totals = kpi_formula(kpi, lambda key: Name(f"total_{key}"), typed=False)
    return {
        Target.PANDAS: to_pandas(kpi.expr, name=kpi.header),
        Target.EXCEL: f"={to_excel_shown(in_row, TABLE, kpi.header)}",
        Target.SHEETS: f"={to_sheets(on_totals, Nowhere(kpi.header), '', name=kpi.header)}",
        Target.LOOKER: to_looker(kpi.expr, kpi.header),
        Target.DAX: to_dax(kpi.expr, kpi.header, TABLE),
    }


@dataclass(frozen=True)
class _Entry:
    """One `[[kpi]]` of a template file."""

    path: Path
    key: str
    values: Mapping[str, Any]

    @property
    def source(self) -> str:
        return f"{self.path}: KPI {self.key}"

    def over(self, earlier: _Entry | None) -> _Entry:
        return _Entry(self.path, self.key, {**earlier.values, **self.values}) if earlier else self

    def error(self, problem: Clause, remedy: Clause) -> TemplateError:
        return TemplateError(path=self.path, where=Clause("KPI {key}", key=self.key), problem=problem, remedy=remedy)

    def text(self, name: str, default: str | None = None) -> str:
        value = self.values.get(name, default)
        if value is None:
            missing, remedy = Clause("{name} is missing.", name=name), Clause('Add a line {name} = "…".', name=name)
            raise self.error(missing, remedy)
        if not isinstance(value, str):
            problem = Clause("{name} is {found!r}, which is not a text.", name=name, found=value)
            raise self.error(problem, Clause('Write it in quotes: {name} = "…".', name=name))
        return value

    def choice(self, name: str, allowed: Iterable[str], default: str) -> str:
        value = self.text(name, default)
        if value not in allowed:
            problem = Clause("{name} {found!r} is not known.", name=name, found=value)
            raise self.error(problem, Clause("Use one of {names}.", names=", ".join(allowed)))
        return value


def _read(content: Mapping[str, Any], path: Path) -> Iterator[_Entry]:
    tables = content.get("kpi", [])
    if set(content) - {"kpi"} or not isinstance(tables, list):
        found = ", ".join(set(content) - {"kpi"}) or "kpi"
        problem = Clause("{found} stands outside a [[kpi]].", found=found)
        remedy = Clause("Begin each KPI with a line [[kpi]], then its key and expr.")
        raise TemplateError(path=path, where=Clause("file"), problem=problem, remedy=remedy)
    seen = set()
    for number, table in enumerate(tables, start=1):
        entry = _Entry(path, _key(path, number, table), table)
        if entry.key in seen:
            twice = Clause("this key is used twice in the file.")
            raise entry.error(twice, Clause("Give each KPI a key of its own."))
        seen.add(entry.key)
        _check_names(entry, table, KEYS)
        yield entry


def _key(path: Path, number: int, table: object) -> str:
    key = table.get("key") if isinstance(table, dict) else None
    problem = None
    if not isinstance(key, str) or not re.fullmatch(f"[a-z][a-z0-9_]{{0,{MAX_KEY - 1}}}", key):
        problem = Clause("key {found!r} is not allowed.", found=key) if key else Clause("key is missing.")
    elif key in FIELDS_BY_KEY or key in FUNCTION_ARITY:
        problem = Clause("key {found!r} is already the name of a field or a function.", found=key)
    if problem is None:
        return cast(str, key)
    text = 'Use small letters, digits and _, beginning with a letter, at most {count}: key = "profit".'
    where, remedy = Clause("[[kpi]] number {number}", number=number), Clause(text, count=MAX_KEY)
    raise TemplateError(path=path, where=where, problem=problem, remedy=remedy)


def _check_names(entry: _Entry, table: Mapping[str, Any], known: tuple[str, ...]) -> None:
    for name in table:
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            text = "Did you mean {near}? Allowed: {names}." if near else "Allowed: {names}."
            remedy = Clause(text, near="".join(near), names=", ".join(known))
            wrong = "setting {found!r} is not known." if known is KEYS else "benchmark setting {found!r} is not known."
            raise entry.error(Clause(wrong, found=name), remedy)


def _kpi(entry: _Entry, expr: Node) -> Kpi:
    if not field_keys(expr):
        remedy = Clause("Compute it from fields, such as clicks / impressions.")
        raise entry.error(Clause("its expression uses no field."), remedy)
    if any(not field_keys(part) and not evaluate(part, {}) for part in denominators(expr)):
        remedy = Clause("Divide by a field, or by another number.")
        raise entry.error(Clause("its expression divides by zero."), remedy)
    decimals = entry.values.get("decimals", 2)
    if type(decimals) is not int or not 0 <= decimals <= MAX_DECIMALS:
        remedy = Clause("Write a whole number from {low} to {high}.", low=0, high=MAX_DECIMALS)
        raise entry.error(Clause("decimals is {found!r}.", found=decimals), remedy)
    return Kpi(
        key=entry.key,
        header=_header(entry),
        expr=expr,
        unit=Unit(entry.choice("unit", [unit.value for unit in Unit], "number")),
        better=cast(Better, entry.choice("better", BETTER, "none")),
        decimals=decimals,
        description=entry.text("description", ""),
        benchmark=_benchmark(entry) if "benchmark" in entry.values else None,
        expression=entry.text("expr"),
    )


def _header(entry: _Entry) -> str:
    header = entry.text("header", entry.key.replace("_", " ").title())
    if len(header) > MAX_HEADER:
        problem = Clause("its header has {count} characters.", count=len(header))
        raise entry.error(problem, Clause("Use at most {count}.", count=MAX_HEADER))
    strange = [char for char in header if unicodedata.category(char)[0] not in "LMN" and char not in " _%.-&()"]
    if strange or not header[:1].isalpha() or header != " ".join(header.split()):
        text = "header {header!r} is not allowed: some spreadsheets cannot refer to such a column."
        if strange:
            text = "{found!r} in header {header!r} is not allowed: some spreadsheets cannot refer to such a column."
        remedy = Clause("Begin with a letter and use letters, digits, single spaces and _ % . - & ( ) only.")
        raise entry.error(Clause(text, found="".join(strange[:1]), header=header), remedy)
    return header


def _benchmark(entry: _Entry) -> Benchmark:
    table = entry.values["benchmark"]
    if not isinstance(table, dict):
        remedy = Clause('Write benchmark = { low = 0.005, high = 0.02, source = "…", year = 2026 }.')
        raise entry.error(Clause("benchmark is {found!r}.", found=table), remedy)
    _check_names(entry, table, BENCHMARK_KEYS)
    low, high = (_bound(entry, name, table.get(name)) for name in ("low", "high"))
    if (low is None and high is None) or (low is not None and high is not None and low > high):
        problem = Clause("its benchmark goes from {low} to {high}.", low=low, high=high)
        raise entry.error(problem, Clause("Give low, high, or both with low first."))
    source, year = table.get("source"), table.get("year")
    if not isinstance(source, str) or not source.strip() or not (year is None or type(year) is int):
        problem = Clause("its benchmark has source {source!r} and year {year!r}.", source=source, year=year)
        remedy = Clause('Say where it comes from: source = "Account median", and if it has one, year = 2026.')
        raise entry.error(problem, remedy)
    return Benchmark(low, high, source, year)


def _bound(entry: _Entry, name: str, value: object) -> float | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        problem = Clause("its benchmark {name} is {found!r}.", name=name, found=value)
        raise entry.error(problem, Clause("Write a number; 0.02 for 2%."))
    return float(value)


def _check_headers(entries: Iterable[_Entry], kpis: Iterable[Kpi]) -> None:
    fields = FIELDS_BY_KEY.values()
    taken = {field.header.casefold(): Clause("the column {header}", header=field.header) for field in fields}
    for entry, kpi in zip(entries, kpis, strict=True):
        header = kpi.header.casefold()
        if header in taken:
            problem = Clause("header {header!r} is already {owner}.", header=kpi.header, owner=taken[header])
            raise entry.error(problem, Clause("Give it a header of its own."))
        taken[header] = Clause("the header of KPI {key}", key=kpi.key)
