"""The number formats that rules give cells now: Google Sheets has no rule that changes one later."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from sheetgen.formula.tree import At, Binary, Call, Name, Node, Number, Text
from sheetgen.report.model import Block, Cell, FormatWhen
from sheetgen.report.style import Format
from sheetgen.values import Value

ValueOf = Callable[[At | Name], Value]
"""What pandas expects of a cell."""


def as_shown(block: Block, value_of: ValueOf) -> Block:
    """The block with the cells in the format of the first rule that holds for them."""
    formats = _formats(block, value_of)
    return replace(block, cells=tuple(_reformatted(cell, formats) for cell in block.cells)) if formats else block


def _reformatted(cell: Cell, formats: Mapping[tuple[int, int], Format]) -> Cell:
    shown = formats.get((cell.row, cell.column))
    return cell if shown is None else replace(cell, style=replace(cell.style, format=shown))


def _formats(block: Block, value_of: ValueOf) -> dict[tuple[int, int], Format]:
    found: dict[tuple[int, int], Format] = {}
    for rule in block.rules:
        if isinstance(rule, FormatWhen) and _holds(rule.condition, value_of):
            area = rule.area
            for row in range(area.row, area.last_row + 1):
                for column in range(area.column, area.last_column + 1):
                    found.setdefault((row, column), rule.format)
    return found


def _holds(condition: Node, value_of: ValueOf) -> bool:
    """Whether a comparison of cells and constants holds; anything else counts as not."""
    match condition:
        case Binary("=", left, right):
            return _value(left, value_of) == _value(right, value_of)
        case Call("OR", args):
            return any(_holds(arg, value_of) for arg in args)
        case Call("AND", args):
            return all(_holds(arg, value_of) for arg in args)
        case _:
            return False


def _value(part: Node, value_of: ValueOf) -> object:
    match part:
        case Number(value):
            return value
        case Text(text):
            return text.casefold()
        case At() | Name():
            found = value_of(part)
            return found.casefold() if isinstance(found, str) else found
        case _:
            return part
