"""Formulas: read in a spreadsheet's locale, kept free of it, written back in any locale or as Excel's text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import cache
from typing import Final, NamedTuple

from tests.google.address import shift_reference
from tests.google.locales import Locale, locale_named
from tests.google.problem import BeyondDoubleError


class Kind(Enum):
    """What a piece of a formula is."""

    TEXT = auto()
    ERROR = auto()
    SHEET = auto()
    TABLE_COLUMN = auto()
    TABLE = auto()
    LINES = auto()
    CELL = auto()
    CALL = auto()
    NUMBER = auto()
    NAME = auto()
    OPEN = auto()
    CLOSE = auto()
    BEGIN = auto()
    END = auto()
    COMPARISON = auto()
    SIGN = auto()
    INFIX = auto()
    RANGE = auto()
    PERCENT = auto()
    ARGUMENT = auto()
    COLUMN = auto()
    ROW = auto()
    SPACE = auto()
    UNKNOWN = auto()


class Piece(NamedTuple):
    """A piece of a formula: numbers with a point; a `SHEET` by its id, None for a sheet that there is not."""

    kind: Kind
    text: str
    sheet: int | None = None


FindSheet = Callable[[str], int | None]
"""The id of the sheet with a title; None without such a sheet."""

TitleOf = Callable[[int], str | None]
"""The title of a sheet; None for one that is gone."""

_WORD: Final = r"[^\W\d][\w.]*"
_OPERANDS: Final = frozenset({Kind.TEXT, Kind.ERROR, Kind.LINES, Kind.CELL, Kind.NUMBER, Kind.NAME, Kind.TABLE_COLUMN})
_REFERENCES: Final = frozenset({Kind.LINES, Kind.CELL})
_BEFORE_EMPTY: Final = frozenset({Kind.CALL, Kind.ARGUMENT})
_INFIXES: Final = frozenset({Kind.COMPARISON, Kind.SIGN, Kind.INFIX, Kind.RANGE})


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula as written at one cell; elsewhere its relative references move along.

    `pieces` are None where the locale cannot read the text: Sheets then shows `#ERROR!` and keeps the text.
    """

    text: str
    row: int
    column: int
    pieces: tuple[Piece, ...] | None

    def shown(self, row: int, column: int, locale: str, title_of: TitleOf) -> str:
        """The text with its equals sign at a cell, in a locale."""
        if self.pieces is None:
            return self.text
        style = locale_named(locale)
        return "=" + "".join(_shown(piece, style, title_of) for piece in self.moved(row, column))

    def moved(self, row: int, column: int) -> Iterator[Piece]:
        """The pieces as they read at a cell."""
        for piece in self.pieces or ():
            if piece.kind in _REFERENCES and (row, column) != (self.row, self.column):
                text = shift_reference(piece.text, row - self.row, column - self.column)
                yield Piece(Kind.ERROR, "#REF!") if text is None else piece._replace(text=text)
            else:
                yield piece

    def sheets(self) -> set[int | None]:
        """The ids of all sheets the formula refers to."""
        return {piece.sheet for piece in self.pieces or () if piece.kind is Kind.SHEET}

    def functions(self) -> set[str]:
        """The names of all functions the formula calls, in upper case."""
        return {piece.text[:-1].upper() for piece in self.pieces or () if piece.kind is Kind.CALL}

    def names(self) -> set[str]:
        """All names in the formula, in lower case."""
        return {piece.text.lower() for piece in self.pieces or () if piece.kind is Kind.NAME}


def read_formula(text: str, row: int, column: int, locale: str, find_sheet: FindSheet) -> Formula:
    """The formula of text with its equals sign, entered at a cell of a spreadsheet of this locale.

    Raises `BeyondDoubleError` for a structured reference to more of a table than a column's data.
    """
    pieces = _classified(list(_tokens(text.removeprefix("=").strip(), locale)))
    if any(piece.kind is Kind.TABLE for piece in pieces):
        raise BeyondDoubleError(f"a structured reference in {text}")
    if not _is_well_formed(pieces):
        return Formula(text, row, column, None)
    return Formula(text, row, column, tuple(_resolved(piece, find_sheet) for piece in pieces))


@cache
def _grammar(locale: str) -> re.Pattern[str]:
    style = locale_named(locale)
    point = re.escape(style.decimal)
    patterns = {
        Kind.TEXT: r'"(?:[^"]|"")*"',
        Kind.ERROR: r"#(?:NULL!|DIV/0!|VALUE!|REF!|NAME\?|NUM!|N/A|ERROR!)",
        Kind.SHEET: rf"(?:'(?:[^']|'')+'|{_WORD})!",
        Kind.TABLE_COLUMN: rf"{_WORD}\[[^\[\]#@]+\]",
        Kind.TABLE: rf"(?:{_WORD})?\[",
        Kind.LINES: r"\$?[A-Za-z]{1,3}:\$?[A-Za-z]{1,3}(?![\w.(])|\$?[0-9]+:\$?[0-9]+(?![\w.(])",
        Kind.CELL: r"\$?[A-Za-z]{1,3}\$?[1-9][0-9]*(?![\w.(])",
        Kind.CALL: rf"{_WORD}\(",
        Kind.NUMBER: rf"(?:[0-9]+(?:{point}[0-9]*)?|{point}[0-9]+)(?:[Ee][+-]?[0-9]+)?",
        Kind.NAME: _WORD,
        Kind.OPEN: r"\(",
        Kind.CLOSE: r"\)",
        Kind.BEGIN: r"\{",
        Kind.END: r"\}",
        Kind.COMPARISON: r"<=|>=|<>|[<>=]",
        Kind.SIGN: r"[-+]",
        Kind.INFIX: r"[*/^&]",
        Kind.RANGE: r":",
        Kind.PERCENT: r"%",
        Kind.ARGUMENT: rf"[;{re.escape(style.argument_separators + style.column_separator)}]",
        Kind.SPACE: r"\s+",
        Kind.UNKNOWN: r".",
    }
    return re.compile("|".join(f"(?P<{kind.name}>{pattern})" for kind, pattern in patterns.items()), re.DOTALL)


def _tokens(text: str, locale: str) -> Iterator[Piece]:
    style = locale_named(locale)
    for match in _grammar(locale).finditer(text):
        kind = Kind[match.lastgroup or ""]
        yield Piece(kind, match[0].replace(style.decimal, ".") if kind is Kind.NUMBER else match[0])


def _classified(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces with each separator named by the brackets it stands in: arguments, or columns and rows of an array."""
    inside: list[Kind] = []
    result = []
    for piece in pieces:
        match piece.kind:
            case Kind.OPEN | Kind.CALL | Kind.BEGIN:
                inside.append(piece.kind)
            case Kind.CLOSE | Kind.END:
                inside = inside[:-1]
            case Kind.ARGUMENT if inside and inside[-1] is Kind.BEGIN:
                piece = Piece(Kind.ROW if piece.text == ";" else Kind.COLUMN, piece.text)
            case Kind.ARGUMENT if piece.text == "\\":
                piece = Piece(Kind.UNKNOWN, piece.text)
        result.append(piece)
    return result


def _is_well_formed(pieces: Sequence[Piece]) -> bool:
    """Whether operands and operators alternate and brackets match."""
    inside: list[Kind] = []
    before: Kind | None = None
    wanted = True
    for kind in (piece.kind for piece in pieces if piece.kind is not Kind.SPACE):
        step = _step(kind, wanted, inside, before)
        if step is None:
            return False
        wanted, before = step, kind
    return not wanted and not inside


def _step(kind: Kind, wanted: bool, inside: list[Kind], before: Kind | None) -> bool | None:
    """Whether an operand is wanted after this piece; None where the piece cannot stand here."""
    if before is Kind.SHEET and kind not in _REFERENCES and kind is not Kind.NAME:
        return None
    match kind:
        case Kind.OPEN | Kind.CALL | Kind.BEGIN if wanted:
            inside.append(kind)
            return True
        case Kind.SHEET | Kind.SIGN if wanted:
            return True
        case Kind.CLOSE if inside and inside[-1] is not Kind.BEGIN:
            empty_argument = inside.pop() is Kind.CALL and before in _BEFORE_EMPTY
            return False if empty_argument or not wanted else None
        case Kind.END if inside and inside[-1] is Kind.BEGIN and not wanted:
            inside.pop()
            return False
        case Kind.ARGUMENT if inside and inside[-1] is Kind.CALL:
            return True if before in _BEFORE_EMPTY or not wanted else None
        case Kind.COLUMN | Kind.ROW if not wanted:
            return True
        case Kind.PERCENT if not wanted:
            return False
        case _ if kind in _INFIXES and not wanted:
            return True
        case _ if kind in _OPERANDS and wanted:
            return False
        case _:
            return None


def _resolved(piece: Piece, find_sheet: FindSheet) -> Piece:
    if piece.kind is not Kind.SHEET:
        return piece
    title = piece.text[:-1]
    if title.startswith("'"):
        title = title[1:-1].replace("''", "'")
    return piece._replace(sheet=find_sheet(title))


def _shown(piece: Piece, style: Locale, title_of: TitleOf) -> str:
    match piece.kind:
        case Kind.NUMBER:
            return piece.text.replace(".", style.decimal)
        case Kind.ARGUMENT:
            return style.argument_separators[0]
        case Kind.COLUMN:
            return style.column_separator
        case Kind.SHEET:
            title = None if piece.sheet is None else title_of(piece.sheet)
            return "#REF!" if title is None else quoted_prefix(title)
        case _:
            return piece.text


def quoted_prefix(title: str) -> str:
    """`Title!`, in quotes where the title is more than a word."""
    if re.fullmatch(r"[A-Za-z_]\w*", title, re.ASCII) and not re.fullmatch(r"[A-Za-z]{1,3}[0-9]+", title):
        return f"{title}!"
    doubled = title.replace("'", "''")
    return f"'{doubled}'!"
