"""The formulas of cells: read, known and leading somewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from sheetgen.formula.check import MAX_FORMULA, MAX_NESTING, MAX_TEXT
from sheetgen.formula.functions import FUNCTIONS
from sheetgen.workbook.checks.anatomy import Anatomy, SheetPart, TablePart
from sheetgen.workbook.place import Place, Rectangle, parse_cell
from sheetgen.workbook.tokens import Token, TokenKind, parse_structured, tab_title, tokenize

_VALUES: Final = frozenset(
    {
        TokenKind.TEXT,
        TokenKind.NUMBER,
        TokenKind.ERROR,
        TokenKind.COLUMN,
        TokenKind.CELL,
        TokenKind.LINES,
        TokenKind.NAME,
        TokenKind.ARRAY,
    }
)
_REFERENCES: Final = frozenset({TokenKind.CELL, TokenKind.LINES, TokenKind.NAME})
_NAMING: Final = frozenset(
    {TokenKind.TEXT, TokenKind.ERROR, TokenKind.TAB, TokenKind.CELL, TokenKind.NAME, TokenKind.COLUMN}
)
"""What can be too long, or lead nowhere."""

_ITEMS: Final = frozenset({"#All", "#Data", "#Headers", "#Totals", "#This Row"})


LONG: Final = MAX_FORMULA // 4
"""Characters of a formula that could be too long if its cells were written longer."""


@dataclass(frozen=True, eq=False)
class Scope:
    """What formulas can refer to, in lower case: tabs, tables with their headers, and names."""

    tabs: frozenset[str]
    tables: Mapping[str, frozenset[str]]
    names: frozenset[str]


def scope_of(anatomy: Anatomy) -> Scope:
    """What the formulas of a workbook can refer to."""
    tables = [table for sheet in anatomy.sheets for table in sheet.tables]
    names = (name.get("name", "").casefold() for name in anatomy.workbook.iterfind("definedNames/definedName"))
    return Scope(
        frozenset(sheet.title.casefold() for sheet in anatomy.sheets),
        {table.name.casefold(): frozenset(map(str.casefold, table.headers)) for table in tables},
        frozenset({*names, "true", "false"}),
    )


def check_formulas(anatomy: Anatomy) -> Iterator[str]:
    """Problems of the cells' formulas."""
    scope = scope_of(anatomy)
    sound: set[tuple[tuple[str | None, ...], str]] = set()
    for sheet in anatomy.sheets:
        seen: set[tuple[str, str]] = set()
        for row, column, formula in sheet.formulas.firsts():
            table = _table_at(sheet, row, column)
            own_table = table.name if table else ""
            if (formula, own_table) in seen:
                continue
            seen.add((formula, own_table))
            shape = (_shape(formula), own_table)
            if shape in sound:
                continue
            problems = tuple(formula_problems(formula, scope, own_table=own_table))
            if problems:
                yield from (f"{Place(sheet.title, row, column)}: {problem}" for problem in problems)
            else:
                sound.add(shape)
        yield from _check_arrays(sheet)
    yield from _check_calculated_columns(anatomy)


_QUOTED_OR_CELL: Final = re.compile(
    r"""("(?:[^"]|"")*"|'(?:[^']|'')*'|\[[^\[\]]*\])"""
    r"|(?<![\w.?\\])\$?[A-Z]{1,2}\$?[1-9][0-9]{0,5}(?![\w.?(!\[\\])"
)


def _shape(formula: str) -> tuple[str | None, ...]:
    """The formula without its cells, but for those that might be outside of a sheet: as sound as the formula is.

    A long formula is a shape of its own, because of its length.
    """
    return (formula,) if len(formula) > LONG else tuple(_QUOTED_OR_CELL.split(formula))


def formula_problems(formula: str, scope: Scope, *, own_table: str = "", structured: bool = True) -> Iterator[str]:
    """What is wrong with formula text; `structured` is whether it may use tables' columns.

    `own_table` is the table whose data rows hold the formula, "" for none.
    """
    if formula.startswith("="):
        yield "the formula begins with an equals sign."
        return
    if len(formula) >= MAX_FORMULA:
        yield f"the formula has {len(formula) + 1} characters (at most {MAX_FORMULA})."
        return
    tokens = [token for token in tokenize(formula) if token.kind is not TokenKind.SPACE]
    problem = _Grammar().problem(tokens)
    if problem is not None:
        yield f"{problem} In: {formula}"
        return
    for token in tokens:
        if token.kind in _NAMING:
            problem = _reference_problem(token, scope, own_table, structured=structured)
            if problem is not None:
                yield f"{problem} In: {formula}"


class _Grammar:
    """Reads tokens left to right, value and operator in turn, with the open calls and brackets on a stack."""

    def __init__(self) -> None:
        self._open: list[str] = []
        self._arguments: list[int] = []
        self._wants_value = True
        self._previous = TokenKind.OPEN

    def problem(self, tokens: list[Token]) -> str | None:
        """The first problem; None for a formula that reads to its end."""
        for token in tokens:
            problem = self._read(token)
            if problem is not None:
                return problem
            self._previous = token.kind
        if self._open:
            return "a bracket is not closed."
        return "the formula is not complete." if self._wants_value else None

    def _read(self, token: Token) -> str | None:
        if self._previous is TokenKind.TAB and token.kind not in _REFERENCES:
            return "a tab's name is followed by no cell."
        if token.kind is TokenKind.UNKNOWN:
            return f"{token.text!r} does not belong in a formula."
        if self._wants_value:
            return self._read_value(token)
        return self._read_operator(token)

    def _read_value(self, token: Token) -> str | None:
        match token.kind:
            case kind if kind in _VALUES:
                self._wants_value = False
            case TokenKind.CALL | TokenKind.OPEN:
                return self._enter(token.text[:-1])
            case TokenKind.OPERATOR if token.text in ("+", "-"):
                pass
            case TokenKind.TAB:
                pass
            case TokenKind.SEPARATOR | TokenKind.CLOSE if self._open and self._open[-1]:
                # An argument may be left out, as in ROUND(1,).
                return self._read_operator(token)
            case _:
                return f"a value is missing before {token.text!r}."
        return None

    def _read_operator(self, token: Token) -> str | None:
        match token.kind:
            case TokenKind.OPERATOR:
                self._wants_value = token.text != "%"
            case TokenKind.SEPARATOR if self._open and self._open[-1]:
                self._arguments[-1] += 1
                self._wants_value = True
            case TokenKind.CLOSE if self._open:
                return self._leave()
            case _:
                return f"{token.text!r} follows a value without an operator."
        return None

    def _enter(self, function: str) -> str | None:
        self._open.append(function)
        self._arguments.append(1)
        self._wants_value = True
        depth = sum(1 for name in self._open if name)
        return f"more than {MAX_NESTING} functions are inside one another." if depth > MAX_NESTING else None

    def _leave(self) -> str | None:
        function, count = self._open.pop(), self._arguments.pop()
        empty = self._previous is TokenKind.CALL
        self._wants_value = False
        if not function:
            return None
        if function.upper() not in FUNCTIONS:
            return f"the function {function} is not in the common set."
        low, high = FUNCTIONS[function.upper()]
        given = 0 if empty else count
        return None if low <= given <= high else f"{function} has {given} arguments (it takes {low} to {high})."


def _reference_problem(token: Token, scope: Scope, own_table: str, *, structured: bool) -> str | None:
    match token.kind:
        case TokenKind.TEXT if len(token.text) - 2 > MAX_TEXT:
            return f"a text has more than {MAX_TEXT} characters."
        case TokenKind.ERROR if token.text == "#REF!":
            return "a reference leads nowhere."
        case TokenKind.TAB if tab_title(token.text).casefold() not in scope.tabs:
            return f"there is no tab {tab_title(token.text)!r}."
        case TokenKind.CELL if parse_cell(token.text) is None:
            return f"{token.text} is outside of the sheet."
        case TokenKind.NAME if token.text.casefold() not in scope.names:
            return f"there is no name {token.text!r}."
        case TokenKind.COLUMN if not structured:
            return f"{token.text} cannot be used here; only cells can."
        case TokenKind.COLUMN:
            return _column_problem(token.text, scope, own_table)
        case _:
            return None


def _column_problem(text: str, scope: Scope, own_table: str) -> str | None:
    reference = parse_structured(text)
    table = (reference.table or own_table).casefold()
    headers = scope.tables.get(table)
    if headers is None:
        return f"there is no table for {text}."
    if not set(reference.parts) <= _ITEMS:
        return f"{text} asks for a part that tables do not have."
    if "#This Row" in reference.parts and own_table.casefold() != table:
        return f"{text} is used outside of the table's rows."
    missing = [column for column in reference.columns if column.casefold() not in headers]
    return f"the table {reference.table or own_table} has no column {missing[0]!r}." if missing else None


def _table_at(sheet: SheetPart, row: int, column: int) -> TablePart | None:
    return next((table for table in sheet.tables if (area := table.data) and area.holds(row, column)), None)


def _check_arrays(sheet: SheetPart) -> Iterator[str]:
    for table in sheet.tables:
        if any(table.area is not None and table.area.overlaps(array) for array in sheet.arrays):
            yield f"{sheet.title}: the table {table.name} holds an array formula, which tables cannot."


def _check_calculated_columns(anatomy: Anatomy) -> Iterator[str]:
    for sheet in anatomy.sheets:
        for table in sheet.tables:
            area = table.data
            for offset, column in enumerate(table.columns if area is not None else ()):
                formula = column.findtext("calculatedColumnFormula")
                if formula is not None and area is not None:
                    yield from _check_calculated(sheet, area, area.column + offset, formula)


def _check_calculated(sheet: SheetPart, area: Rectangle, column: int, formula: str) -> Iterator[str]:
    rows = sheet.formulas.differing(column, area.row, area.last_row, formula)
    if rows:
        more = f" (and {len(rows) - 1} more cells of the column)" if len(rows) > 1 else ""
        place = Place(sheet.title, rows[0], column)
        yield f"{place}: differs from the formula of its calculated column{more}."
