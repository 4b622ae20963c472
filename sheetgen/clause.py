"""Texts inside other texts, such as the reason in an error: English as they stand, and translatable."""

from __future__ import annotations

from collections.abc import Mapping


class Clause(str):
    """A text in English that remembers how it was made, so that a language file can say it too.

    `english` is the text as a language file knows it, with a `{name}` in the place of each of the `facts`.
    """

    english: str
    facts: Mapping[str, object]

    def __new__(cls, english: str, /, **facts: object) -> Clause:
        """The English text, with `{facts}` filled in where there are any."""
        clause = super().__new__(cls, english.format(**facts) if facts else english)
        clause.english, clause.facts = english, facts
        return clause


def system_clause(error: OSError) -> Clause:
    """What the operating system says of a failure."""
    return Clause(error.strerror or str(error))
