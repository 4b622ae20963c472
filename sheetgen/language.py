"""Languages: English is in the code; a language file translates it, sentence by sentence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING, Any, Final

from sheetgen.clause import Clause
from sheetgen.errors import OptionError, SheetgenError, TemplateError
from sheetgen.templates import SUFFIX, list_templates, read_template

if TYPE_CHECKING:
    from sheetgen.ledger import LedgerLine

KIND: Final = "languages"
TEXTS, ERRORS = "texts", "errors"


@dataclass(frozen=True)
class Language:
    """Translates the English texts of the code; a text without a translation stays English."""

    code: str = "en"
    texts: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)

    def __call__(self, english: str, **facts: object) -> str:
        """The text in this language, with `{facts}` filled in."""
        text = self.texts.get(english, english)
        return text.format(**self._told(facts)) if facts else text

    def clause(self, text: str) -> str:
        """A text that may be data or a clause: only a clause is translated."""
        return self(text.english, **text.facts) if isinstance(text, Clause) else text

    def error(self, problem: SheetgenError) -> str:
        """The sentence of a problem in this language."""
        sentence = self.errors.get(type(problem).__name__, problem.sentence)
        return sentence.format(**self._told(problem.facts))

    def ledger(self, line: LedgerLine) -> str:
        """The sentence of a ledger line in this language."""
        return self(line.sentence)

    def _told(self, facts: Mapping[str, object]) -> dict[str, object]:
        return {name: self._fact(fact) for name, fact in facts.items()}

    def _fact(self, fact: object) -> object:
        if isinstance(fact, SheetgenError):
            return self.error(fact)
        return self.clause(fact) if isinstance(fact, str) else fact


def load_language(code: str, extra: Path | None = None) -> Language:
    """The language of that code: the shipped file, and over it the user's own.

    Raises `OptionError` for a language without a file and `TemplateError` for a translation that cannot be used.
    """
    content = read_language(code, extra)
    texts, errors = (_texts(content, code, section) for section in (TEXTS, ERRORS))
    _require_fields(code, TEXTS, {english: english for english in texts}, texts)
    _require_fields(code, ERRORS, error_sentences(), errors)
    return Language(code, texts, errors)


def read_language(code: str, extra: Path | None = None) -> dict[str, Any]:
    """The sections of a language: those of the shipped file, each with what the user's own file puts over it.

    Raises `OptionError` for a language without a file and `TemplateError` for a file that is not TOML.
    """
    known = list_templates(KIND, extra)
    if code not in known:
        raise OptionError(option="--lang", found=code, allowed=", ".join(known))
    own = read_template(KIND, code, extra)
    shipped = read_template(KIND, code) if code in list_templates(KIND) else {}
    return shipped | {name: _over(shipped.get(name), section) for name, section in own.items()}


def _over(shipped: object, own: object) -> object:
    return {**shipped, **own} if isinstance(shipped, dict) and isinstance(own, dict) else own


def error_sentences() -> dict[str, str]:
    """The English sentence of every kind of problem, by class name."""
    return dict(_sentences(SheetgenError))


def _sentences(problem: type[SheetgenError]) -> Iterator[tuple[str, str]]:
    for kind in problem.__subclasses__():
        yield kind.__name__, kind.sentence
        yield from _sentences(kind)


def fields_of(text: str) -> set[str]:
    """The names of the `{fields}` in a text.

    Raises `ValueError` for a brace without its partner.
    """
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def _texts(content: Mapping[str, Any], code: str, name: str) -> dict[str, str]:
    section = content.get(name, {})
    entries: dict[str, Any] = section if isinstance(section, dict) else {"": None}
    for key, text in entries.items():
        if not isinstance(text, str):
            raise TemplateError(
                path=f"{KIND}/{code}{SUFFIX}",
                where=f"[{name}] {key}".strip(),
                problem=Clause("the translation is not a text."),
                remedy=Clause('Under [{name}] write lines such as "English" = "translation".', name=name),
            )
    return entries


def _require_fields(code: str, section: str, english: Mapping[str, str], translations: Mapping[str, str]) -> None:
    for key, text in translations.items():
        problem = _field_problem(english.get(key, text), text)
        if problem:
            raise TemplateError(
                path=f"{KIND}/{code}{SUFFIX}",
                where=f'[{section}] "{key}"',
                problem=problem,
                remedy=Clause("Use the {fields} of the English text, and no other braces."),
            )


def _field_problem(english: str, text: str) -> Clause | None:
    try:
        allowed = fields_of(english)
    except ValueError:
        # A text whose braces are no fields is never filled in.
        return None
    try:
        unknown = fields_of(text) - allowed
    except ValueError:
        return Clause("a brace has no partner.")
    return Clause("the English text has no {field}.", field=f"{{{min(unknown)}}}") if unknown else None
