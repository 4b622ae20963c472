"""Languages: English is in the code; a language file translates it, sentence by sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from sheetgen.errors import OptionError, SheetgenError
from sheetgen.ledger import LedgerLine
from sheetgen.templates import list_templates, read_template


@dataclass(frozen=True)
class Language:
    """Translates the English texts of the code; a text without a translation stays English."""

    code: str = "en"
    texts: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)
    formats: Mapping[str, object] = field(default_factory=dict)

    def __call__(self, english: str, **facts: object) -> str:
        """The text in this language, with `{facts}` filled in."""
        text = self.texts.get(english, english)
        return text.format(**facts) if facts else text

    def error(self, problem: SheetgenError) -> str:
        """The sentence of a problem in this language."""
        sentence = self.errors.get(type(problem).__name__)
        return sentence.format(**problem.facts) if sentence else str(problem)

    def ledger(self, line: LedgerLine) -> str:
        """The sentence of a ledger line in this language."""
        return self.texts.get(line.sentence, line.sentence)


def load_language(code: str, extra: Path | None = None) -> Language:
    """The language of that code.

    Raises `OptionError` for a language without a file.
    """
    known = list_templates("languages", extra)
    if code not in known:
        raise OptionError(option="--lang", found=code, allowed=", ".join(known))
    content = read_template("languages", code, extra)
    return Language(code, content.get("texts", {}), content.get("errors", {}), content.get("formats", {}))
