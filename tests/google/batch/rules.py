"""Rules on cells: data validation and conditional formats."""

from __future__ import annotations

from typing import Final

from tests.google.batch.draft import Draft, Handlers
from tests.google.conditions import check_condition, check_value
from tests.google.formula import Formula
from tests.google.mask import updated
from tests.google.problem import RefusedError
from tests.google.spreadsheet import Sheet, Spreadsheet, grid_range
from tests.google.wire import Json

_FORMATS: Final = frozenset({"backgroundColor", "backgroundColorStyle", "textFormat"})
_TEXT_FORMATS: Final = frozenset(
    {"foregroundColor", "foregroundColorStyle", "bold", "italic", "strikethrough", "underline"}
)


def _set_data_validation(draft: Draft, body: Json) -> None:
    area = draft.area_to_write(body.get("range", {}))
    rule = body.get("rule")
    traits = {} if rule is None else {"dataValidation": checked_validation(draft.spreadsheet, rule)}
    grid = draft.spreadsheet.sheet(area.sheet).grid
    grid.alter_traits(area, lambda old: updated(old, traits, {"dataValidation": {}}))


def _add_rule(draft: Draft, body: Json) -> None:
    rule, sheet = _checked_rule(draft.spreadsheet, body.get("rule", {}))
    index = body.get("index", 0)
    if not 0 <= index <= len(sheet.rules):
        raise RefusedError(f"No conditional format on sheet: {sheet.id} at index: {index}")
    sheet.rules.insert(index, rule)


def _update_rule(draft: Draft, body: Json) -> Json:
    book, index = draft.spreadsheet, body.get("index", 0)
    if "newIndex" in body:
        sheet = book.sheet(body.get("sheetId", 0))
        old = _rule_at(sheet, index)
        sheet.rules.pop(index)
        sheet.rules.insert(body["newIndex"], old)
        return {"newRule": old, "newIndex": body["newIndex"], "oldIndex": index}
    rule, sheet = _checked_rule(book, body.get("rule", {}))
    old = _rule_at(sheet, index)
    sheet.rules[index] = rule
    return {"newRule": rule, "newIndex": index, "oldRule": old}


def _delete_rule(draft: Draft, body: Json) -> Json:
    sheet, index = draft.spreadsheet.sheet(body.get("sheetId", 0)), body.get("index", 0)
    old = _rule_at(sheet, index)
    sheet.rules.pop(index)
    return {"rule": old}


HANDLERS: Final[Handlers] = {
    "setDataValidation": _set_data_validation,
    "addConditionalFormatRule": _add_rule,
    "updateConditionalFormatRule": _update_rule,
    "deleteConditionalFormatRule": _delete_rule,
}


def checked_validation(book: Spreadsheet, rule: Json) -> Json:
    """A data validation rule that Sheets takes; raises `RefusedError`."""
    check_condition(book, rule.get("condition", {}))
    return rule


def _rule_at(sheet: Sheet, index: int) -> Json:
    if not 0 <= index < len(sheet.rules):
        raise RefusedError(f"No conditional format on sheet: {sheet.id} at index: {index}")
    return sheet.rules[index]


def _checked_rule(book: Spreadsheet, rule: Json) -> tuple[Json, Sheet]:
    areas = [book.area(each) for each in rule.get("ranges", [])]
    if not areas or len({area.sheet for area in areas}) != 1:
        raise RefusedError("A conditional format needs ranges, all on the same sheet.")
    sheet = book.sheet(areas[0].sheet)
    if "booleanRule" in rule:
        _check_boolean_rule(book, sheet, rule["booleanRule"])
    elif "gradientRule" in rule:
        _check_gradient(book, rule["gradientRule"])
    else:
        raise RefusedError("A conditional format needs a boolean rule or a gradient rule.")
    return {**rule, "ranges": [grid_range(area) for area in areas]}, sheet


def _check_boolean_rule(book: Spreadsheet, sheet: Sheet, rule: Json) -> None:
    condition = rule.get("condition", {})
    check_condition(book, condition)
    if condition["type"].startswith("ONE_OF"):
        raise RefusedError(f"Condition type {condition['type']} is not supported in conditional formats.")
    for value in condition.get("values", []):
        formula = check_value(book, condition["type"], value.get("userEnteredValue", ""))
        if formula is not None:
            _require_own_sheet(book, sheet, formula)
    extra = set(rule.get("format", {})) - _FORMATS
    extra |= set(rule.get("format", {}).get("textFormat", {})) - _TEXT_FORMATS
    if extra:
        raise RefusedError(f"Conditional formats cannot set: {', '.join(sorted(extra))}.")


def _require_own_sheet(book: Spreadsheet, sheet: Sheet, formula: Formula) -> None:
    """Formulas of rules see their own sheet only; a named range is no way round."""
    named = [book.named(name) for name in formula.names()]
    homes = {each.get("range", {}).get("sheetId") for each in named if each is not None}
    if (formula.sheets() | homes) - {sheet.id}:
        raise RefusedError("Conditional format rule cannot reference a different sheet.")


def _check_gradient(book: Spreadsheet, rule: Json) -> None:
    for name in ("minpoint", "midpoint", "maxpoint"):
        point = rule.get(name)
        if point is None and name == "midpoint":
            continue
        if point is None or "type" not in point or not ({"color", "colorStyle"} & set(point)):
            raise RefusedError(f"A gradient's {name} needs a type and a color.")
        if point["type"] in ("MIN", "MAX"):
            if name == "midpoint":
                raise RefusedError("A gradient's midpoint cannot be MIN or MAX.")
        elif "value" not in point:
            raise RefusedError(f"A gradient's {name} of type {point['type']} needs a value.")
        else:
            check_value(book, "NUMBER", point["value"])
