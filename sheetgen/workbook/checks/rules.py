"""Conditional formats, validations, links and sparklines: ranges, formulas and limits."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element

from sheetgen.workbook.checks.anatomy import Anatomy, SheetPart
from sheetgen.workbook.checks.formulas import Scope, formula_problems, scope_of
from sheetgen.workbook.markup import unescape_text
from sheetgen.workbook.place import parse_rectangle

MAX_LIST: Final = 255
_PROMPT_LIMITS: Final = {"promptTitle": 32, "prompt": 255, "errorTitle": 32, "error": 255}


def check_rules(anatomy: Anatomy) -> Iterator[str]:
    """Problems of conditional formats, validations, links and sparklines."""
    scope = scope_of(anatomy)
    styles = anatomy.shared("styles")
    formats = len(styles.findall("dxfs/dxf")) if styles is not None else 0
    for sheet in anatomy.sheets:
        problems = (
            *_ranges(sheet),
            *_conditional_formats(sheet, scope, formats),
            *_validations(sheet, scope),
            *_links(sheet, scope),
            *_extensions(sheet, scope),
        )
        yield from (f"{sheet.title}: {problem}" for problem in problems)


def _ranges(sheet: SheetPart) -> Iterator[str]:
    for element in sheet.frame.iter():
        areas = element.get("sqref", "A1").split() if element.tag != "selection" else ["A1"]
        if not areas or any(parse_rectangle(area) is None for area in areas):
            yield f"<{element.tag}> covers {element.get('sqref')!r}, which is no range."


def _conditional_formats(sheet: SheetPart, scope: Scope, formats: int) -> Iterator[str]:
    for block in sheet.frame.iterfind("conditionalFormatting"):
        for rule in block.iterfind("cfRule"):
            where = f"the conditional format of {block.get('sqref')}"
            key = rule.get("dxfId")
            if key is not None and not (key.isdigit() and int(key) < formats):
                yield f"{where} uses the format {key}, which does not exist (there are {formats})."
            if not rule.get("priority", "").isdigit() or rule.get("priority") == "0":
                yield f"{where} has no priority."
            yield from _formulas(where, rule.iterfind("formula"), scope)


def _validations(sheet: SheetPart, scope: Scope) -> Iterator[str]:
    rules = sheet.frame.find("dataValidations")
    if rules is not None and rules.get("count", str(len(rules))) != str(len(rules)):
        yield f"says it has {rules.get('count')} validations but has {len(rules)}."
    for rule in rules if rules is not None else ():
        where = f"the validation of {rule.get('sqref')}"
        listed = rule.findtext("formula1", "")
        if rule.get("type") == "list" and listed.startswith('"') and len(listed) - 2 > MAX_LIST:
            yield f"{where} lists choices of {len(listed) - 2} characters (at most {MAX_LIST})."
        else:
            yield from _formulas(where, (*rule.iterfind("formula1"), *rule.iterfind("formula2")), scope)
        for key, limit in _PROMPT_LIMITS.items():
            if len(unescape_text(rule.get(key, ""))) > limit:
                yield f"{where}: its {key} has more than {limit} characters."


def _links(sheet: SheetPart, scope: Scope) -> Iterator[str]:
    for link in sheet.frame.iterfind("hyperlinks/hyperlink"):
        where = f"the link at {link.get('ref')}"
        if parse_rectangle(link.get("ref", "")) is None:
            yield f"{where} is at no cell."
        location = link.get("location")
        if location is not None and link.get("id") is None:
            yield from (f"{where}: {problem}" for problem in formula_problems(location, scope, structured=False))


def _extensions(sheet: SheetPart, scope: Scope) -> Iterator[str]:
    extensions = sheet.frame.find("extLst")
    if extensions is not None:
        yield from _formulas("an extension", extensions.iter("f"), scope)


def _formulas(where: str, elements: Iterator[Element] | tuple[Element, ...], scope: Scope) -> Iterator[str]:
    for element in elements:
        problems = formula_problems(element.text or "", scope, structured=False)
        yield from (f"{where}: {problem}" for problem in problems)
