"""Formula text as a file stores it, cut into tokens."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Final, NamedTuple

from sheetgen.formula.locate import a1
from sheetgen.workbook.place import MAX_COLUMNS, MAX_ROWS, Place, column_number, parse_cell


class TokenKind(Enum):
    """What a piece of formula text is: `COLUMN` is a structured reference, `LINES` whole columns or rows (`A:A`)."""

    TEXT = "text"
    NUMBER = "number"
    ERROR = "error"
    TAB = "tab"
    COLUMN = "column"
    CELL = "cell"
    LINES = "lines"
    CALL = "call"
    NAME = "name"
    OPEN = "open"
    CLOSE = "close"
    SEPARATOR = "separator"
    OPERATOR = "operator"
    ARRAY = "array"
    SPACE = "space"
    UNKNOWN = "unknown"

    # An enumeration hashes its members' names, and checks ask of each token whether its kind is in a set.
    __hash__ = object.__hash__


class Token(NamedTuple):
    """A piece of formula text: a `TAB` keeps its `!`, a `CALL` its `(`, a `COLUMN` its brackets."""

    kind: TokenKind
    text: str


_BRACKETS = r"\[(?:[^\[\]']|'.|\[(?:[^\[\]']|'.)*\])*\]"
_WORD = r"[^\W\d\\][\w.\\?]*|\\[\w.\\?]*"
_PATTERNS: dict[TokenKind, str] = {
    TokenKind.TEXT: r'"(?:[^"]|"")*"',
    TokenKind.ERROR: r"#(?:NULL!|DIV/0!|VALUE!|REF!|NAME\?|NUM!|N/A|SPILL!|CALC!)",
    TokenKind.TAB: rf"(?:'(?:[^']|'')+'|{_WORD})!",
    TokenKind.COLUMN: rf"(?:{_WORD})?{_BRACKETS}",
    TokenKind.LINES: r"\$?[A-Za-z]{1,3}:\$?[A-Za-z]{1,3}(?![\w.(])|\$?[0-9]{1,7}:\$?[0-9]{1,7}(?![\w.(])",
    TokenKind.CELL: r"\$?[A-Za-z]{1,3}\$?[1-9][0-9]{0,6}(?![\w.(])",
    TokenKind.NUMBER: r"(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[Ee][+-]?[0-9]+)?",
    TokenKind.CALL: rf"(?:{_WORD})\(",
    TokenKind.NAME: _WORD,
    TokenKind.OPEN: r"\(",
    TokenKind.CLOSE: r"\)",
    TokenKind.SEPARATOR: r",",
    TokenKind.OPERATOR: r"<=|>=|<>|[-+*/^&=<>:%]",
    TokenKind.ARRAY: r"\{[^{}]*\}",
    TokenKind.SPACE: r"\s+",
    TokenKind.UNKNOWN: r".",
}
_KINDS = {kind.name: kind for kind in TokenKind}
_TOKEN = re.compile("|".join(f"(?P<{kind.name}>{pattern})" for kind, pattern in _PATTERNS.items()), re.DOTALL)


def tokenize(formula: str) -> Iterator[Token]:
    """The tokens of formula text without its leading `=`; what no rule knows is `UNKNOWN`, one character each."""
    for match in _TOKEN.finditer(formula):
        yield Token(_KINDS[match.lastgroup or ""], match[0])


def tab_title(text: str) -> str:
    """The title that a `TAB` token means."""
    title = text.removesuffix("!")
    return title[1:-1].replace("''", "'") if title.startswith("'") else title


@dataclass(frozen=True, slots=True)
class StructuredReference:
    """A table's columns in a formula: `table` is "" for the formula's own, `parts` are items such as `#This Row`."""

    table: str
    columns: tuple[str, ...]
    parts: tuple[str, ...]


_INNER = re.compile(r"\[((?:[^\[\]']|'.)*)\]")


def parse_structured(text: str) -> StructuredReference:
    """What a `COLUMN` token refers to."""
    table, _, rest = text.partition("[")
    body = rest.removesuffix("]")
    pieces = _INNER.findall(body) or ([body] if body else [])
    columns = tuple(re.sub("'(.)", r"\1", piece) for piece in pieces if not piece.startswith("#"))
    return StructuredReference(table, columns, tuple(piece for piece in pieces if piece.startswith("#")))


def single_cell(formula: str) -> Place | None:
    """The cell that a defined name's text refers to; None where it is anything but one cell of one tab."""
    tokens = list(tokenize(formula))
    if [token.kind for token in tokens] != [TokenKind.TAB, TokenKind.CELL]:
        return None
    cell = parse_cell(tokens[1].text)
    return Place(tab_title(tokens[0].text), *cell) if cell else None


def shift_formula(formula: str, rows: int, columns: int) -> str:
    """The formula as it reads `rows` down and `columns` right of where it was written: a shared formula's follower."""
    return "".join(_shifted(token, rows, columns) for token in tokenize(formula))


_MOVING: Final = frozenset({TokenKind.CELL, TokenKind.LINES})
_COORDINATE: Final = re.compile(r"(\$?)([A-Za-z]+|[0-9]+)")


def _shifted(token: Token, rows: int, columns: int) -> str:
    if token.kind not in _MOVING:
        return token.text
    return _COORDINATE.sub(lambda coordinate: _shift_coordinate(coordinate, rows, columns), token.text)


def _shift_coordinate(coordinate: re.Match[str], rows: int, columns: int) -> str:
    """A row or a column moved; references run round the edge of the sheet, as spreadsheets do."""
    fixed, text = coordinate.groups()
    if fixed:
        return coordinate[0]
    if text.isdigit():
        return str((int(text) - 1 + rows) % MAX_ROWS + 1)
    return a1(0, (column_number(text) + columns) % MAX_COLUMNS)[:-1]
