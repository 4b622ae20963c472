"""Templates: the TOML files a marketer may change; a user's own folder wins over the shipped one, file by file."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

from sheetgen.clause import Clause, system_clause
from sheetgen.errors import TemplateError

SUFFIX = ".toml"


def template_root() -> Path:
    """The shipped templates: inside the package in a wheel, beside it in a checkout."""
    package = Path(__file__).parent
    packaged = package / "templates"
    return packaged if packaged.is_dir() else package.parent / "templates"


def list_templates(kind: str, extra: Path | None = None) -> tuple[str, ...]:
    """Names of the templates of a kind (a subfolder, `""` for none), sorted, from both folders."""
    found = {path.stem for folder in _folders(kind, extra) for path in folder.glob(f"*{SUFFIX}")}
    return tuple(sorted(found))


def read_template(kind: str, name: str, extra: Path | None = None) -> dict[str, Any]:
    """The content of `<kind>/<name>.toml`, the user's own before the shipped one.

    Raises `TemplateError` where no such file exists or it is not valid TOML.
    """
    for folder in _folders(kind, extra):
        path = folder / f"{name}{SUFFIX}"
        if path.is_file():
            return _parse(path)
    raise TemplateError(
        path=f"{kind}/{name}{SUFFIX}" if kind else f"{name}{SUFFIX}",
        where=Clause("templates folder"),
        problem=Clause("there is no such template."),
        remedy=Clause("Choose one of {names}.", names=", ".join(list_templates(kind, extra)) or "(none)"),
    )


def _folders(kind: str, extra: Path | None) -> tuple[Path, ...]:
    roots = (template_root(),) if extra is None else (extra, template_root())
    return tuple(root / kind for root in roots)


def _parse(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except tomllib.TOMLDecodeError as error:
        problem, where = _position(str(error))
    except UnicodeDecodeError:
        problem, where = Clause("the file is not UTF-8 text."), Clause("file")
    except OSError as error:
        problem, where = Clause("the file cannot be read ({reason}).", reason=system_clause(error)), Clause("file")
    raise TemplateError(path=path, where=where, problem=problem, remedy=Clause("Correct the file, then run again."))


def _position(message: str) -> tuple[str, Clause]:
    found = re.search(r"^(.*?) \(at (?:line (\d+), column (\d+)|(end of document))\)$", message, re.DOTALL)
    if found is None:
        return f"{message}.", Clause("file")
    problem, line, column, end = found.groups()
    return f"{problem}.", Clause(end) if end else Clause("line {line}, column {column}", line=line, column=column)
