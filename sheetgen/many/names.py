"""What the files of many reports are called: after their values, safe on every system, each once."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sheetgen.clause import Clause
from sheetgen.errors import OptionError
from sheetgen.sources.headers import plain_text

VALUE: Final = "{value}"
"""What stands for the value in a path or title."""

LONGEST: Final = 60
NAMELESS: Final = "value"
RESERVED: Final = frozenset(
    ("con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10)))
)
"""File names that Windows keeps for itself, whatever their suffix."""

_NOT_IN_SLUG: Final = re.compile(r"[\W_]+")


def slug_of(value: str) -> str:
    """The value as a part of a file name: small letters and digits of any script, hyphens for the rest."""
    plain = unicodedata.normalize("NFC", plain_text(value))
    slug = _NOT_IN_SLUG.sub("-", plain).strip("-")[:LONGEST].strip("-")
    return "-".join(part for part in (slug, NAMELESS if slug in RESERVED else "") if part) or NAMELESS


def slugs_of(values: Iterable[str]) -> tuple[str, ...]:
    """A slug for each value, in order; one that is taken is numbered."""
    taken: set[str] = set()
    slugs = []
    for slug in map(slug_of, values):
        free, number = slug, 1
        while free in taken:
            number += 1
            free = f"{slug}-{number}"
        taken.add(free)
        slugs.append(free)
    return tuple(slugs)


@dataclass(frozen=True)
class Places:
    """Where the files of many reports go: a path with `{value}`, a folder, or a name that the value is added to."""

    pattern: str

    @classmethod
    def of_option(cls, option: str, path: Path, name: str) -> Places:
        """The places that an option asks for; `name` is a file's in a folder, such as `report.xlsx`.

        Raises `OptionError` for a file of another kind.
        """
        suffix = Path(name).suffix
        if path.suffix.lower() == suffix:
            named = str(path) if VALUE in str(path) else str(path.with_name(f"{path.stem}-{VALUE}{path.suffix}"))
            return cls(named)
        if path.is_dir() or not path.suffix:
            return cls(str(path / f"{Path(name).stem}-{VALUE}{suffix}"))
        allowed = Clause(
            "a folder, or a file name that ends in {suffix}, with {value} for the value", suffix=suffix, value=VALUE
        )
        raise OptionError(option=option, found=str(path), allowed=allowed)

    def of_slug(self, slug: str) -> Path:
        """The path for one report."""
        return Path(self.pattern.replace(VALUE, slug))
