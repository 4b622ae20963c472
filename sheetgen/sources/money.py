"""Currencies, as headers and cells name them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from sheetgen.templates import read_template


@dataclass(frozen=True)
class Currencies:
    """ISO codes, the signs that stand for them, and the signs that several currencies share."""

    codes: frozenset[str]
    signs: dict[str, str]
    shared: dict[str, tuple[str, ...]]
    skipped: frozenset[str]

    def code_of(self, text: str) -> str | None:
        """The ISO code that a sign or code names, if any; of a shared sign the first one listed."""
        text = text.strip()
        if text.upper() in self.codes:
            return text.upper()
        return self.signs.get(text) or next(iter(self.shared.get(text, ())), None)

    def shared_by(self, sign: str) -> frozenset[str]:
        """The currencies that a shared sign may mean."""
        return frozenset(self.shared.get(sign.strip(), ()))

    def is_shared(self, text: str) -> bool:
        """Whether the sign stands for several currencies."""
        return text.strip() in self.shared

    def pattern(self) -> str:
        """A regular expression of every sign and code, the longest first."""
        texts: Iterable[str] = {*self.codes, *self.signs, *self.shared, *self.skipped}
        return "|".join(re.escape(text) for text in sorted(texts, key=lambda text: (-len(text), text)))


def load_currencies(extra: Path | None = None) -> Currencies:
    """The currencies of `templates/values/currencies.toml`."""
    content = read_template("values", "currencies", extra)
    return Currencies(
        codes=frozenset(content["codes"]["iso"]),
        signs=dict(content["signs"]),
        shared={sign: tuple(codes) for sign, codes in content["shared_signs"].items()},
        skipped=frozenset(content["skipped_signs"]["signs"]),
    )
