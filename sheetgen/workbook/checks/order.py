"""The order of elements, which the file format fixes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element

from sheetgen.workbook.checks.anatomy import Anatomy

_WORKSHEET: Final = (
    "sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetCalcPr sheetProtection protectedRanges scenarios "
    "autoFilter sortState dataConsolidate customSheetViews mergeCells phoneticPr conditionalFormatting "
    "dataValidations hyperlinks printOptions pageMargins pageSetup headerFooter rowBreaks colBreaks customProperties "
    "cellWatches ignoredErrors smartTags drawing legacyDrawing legacyDrawingHF drawingHF picture oleObjects controls "
    "webPublishItems tableParts extLst"
)
_WORKBOOK: Final = (
    "fileVersion fileSharing workbookPr AlternateContent revisionPtr workbookProtection bookViews sheets "
    "functionGroups externalReferences definedNames calcPr oleSize customWorkbookViews pivotCaches smartTagPr "
    "smartTagTypes webPublishing fileRecoveryPr webPublishObjects extLst"
)
_STYLES: Final = "numFmts fonts fills borders cellStyleXfs cellXfs cellStyles dxfs tableStyles colors extLst"
_TABLE: Final = "autoFilter sortState tableColumns tableStyleInfo extLst"


def check_order(anatomy: Anatomy) -> Iterator[str]:
    """Problems of the order in which parts list their elements."""
    yield from _check(anatomy.workbook_part, anatomy.workbook, _WORKBOOK)
    for part in anatomy.related(anatomy.workbook_part, "styles"):
        yield from _check(part, anatomy.trees[part], _STYLES)
    for sheet in anatomy.sheets:
        yield from _check(sheet.part, sheet.frame, _WORKSHEET)
        for table in sheet.tables:
            yield from _check(table.part, table.tree, _TABLE)


def _check(part: str, tree: Element, order: str) -> Iterator[str]:
    places = {tag: place for place, tag in enumerate(order.split())}
    last = tree.tag
    for child in tree:
        if child.tag not in places:
            yield f"{part}: <{child.tag}> does not belong here."
        elif places[child.tag] < places.get(last, 0):
            yield f"{part}: <{child.tag}> comes after <{last}>, and belongs before it."
        else:
            last = child.tag
