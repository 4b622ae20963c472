"""The package: every part is typed, every relationship leads somewhere, every reference has its relationship."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element

from sheetgen.workbook.checks.anatomy import CONTENT_TYPES, WORKSHEET_TYPE, Anatomy
from sheetgen.workbook.package import relations_part

_TYPES: Final = {
    "officeDocument": "sheet.main+xml",
    "worksheet": WORKSHEET_TYPE,
    "styles": "styles+xml",
    "sharedStrings": "sharedStrings+xml",
    "theme": "theme+xml",
    "table": "table+xml",
    "drawing": "drawing+xml",
    "chart": "chart+xml",
    "comments": "comments+xml",
    "vmlDrawing": "vmlDrawing",
    "core-properties": "core-properties+xml",
    "extended-properties": "extended-properties+xml",
    "custom-properties": "custom-properties+xml",
}
"""Kind of relationship to how the content type of its target ends."""

_REFERENCES: Final = {
    "sheet": "id",
    "drawing": "id",
    "legacyDrawing": "id",
    "legacyDrawingHF": "id",
    "tablePart": "id",
    "hyperlink": "id",
    "hlinkClick": "id",
    "pageSetup": "id",
    "picture": "id",
    "chart": "id",
    "blip": "embed",
}
"""Elements that name a relationship, and the attribute that does."""


def check_parts(anatomy: Anatomy) -> Iterator[str]:
    """Problems of the package as a whole."""
    yield from (f"{part}: is in the archive {count} times." for part, count in _repeated(anatomy))
    if CONTENT_TYPES not in anatomy.package.parts:
        yield f"{CONTENT_TYPES}: is missing."
        return
    if anatomy.workbook_part not in anatomy.trees:
        yield "The package has no workbook part."
        return
    yield from _check_types(anatomy)
    yield from _check_relations(anatomy)
    for part, tree in anatomy.trees.items():
        yield from _check_references(anatomy, part, tree)
    for kind in ("styles", "theme"):
        if not any(anatomy.related(anatomy.workbook_part, kind)):
            yield f"{anatomy.workbook_part}: has no relationship to a {kind} part."


def check_sheet_references(anatomy: Anatomy) -> Iterator[str]:
    """Problems of what worksheets refer to by relationship."""
    for sheet in anatomy.sheets:
        yield from _check_references(anatomy, sheet.part, sheet.frame)


def _repeated(anatomy: Anatomy) -> Iterator[tuple[str, int]]:
    names = Counter(info.filename for info in anatomy.package.infos())
    return ((name, count) for name, count in names.items() if count > 1)


def _check_types(anatomy: Anatomy) -> Iterator[str]:
    listing = anatomy.trees[CONTENT_TYPES]
    defaults = {entry.get("Extension", "").lower(): entry.get("ContentType", "") for entry in listing.iter("Default")}
    overrides = {entry.get("PartName", "")[1:]: entry.get("ContentType", "") for entry in listing.iter("Override")}
    for part in overrides.keys() - anatomy.package.parts:
        yield f"{CONTENT_TYPES}: types {part}, which is missing."
    types = {
        part: overrides.get(part) or defaults.get(part.rpartition(".")[2].lower()) for part in anatomy.package.parts
    }
    for part in sorted(types):
        if part != CONTENT_TYPES and types[part] is None:
            yield f"{part}: has no content type."
    targets = {rel.target: rel.kind for rels in anatomy.relations.values() for rel in rels if not rel.external}
    for part, kind in targets.items():
        found, wanted = types.get(part), _TYPES.get(kind, "")
        if found is not None and not found.endswith(wanted):
            yield f"{part}: is typed {found}, but a {kind} ends in {wanted}."


def _check_relations(anatomy: Anatomy) -> Iterator[str]:
    for part, relations in anatomy.relations.items():
        source = relations_part(part)
        for key, count in Counter(relation.id for relation in relations).items():
            if count > 1 or not key:
                yield f"{source}: the id {key!r} is used {count} times."
        for relation in relations:
            if not relation.external and relation.target not in anatomy.package.parts:
                yield f"{source}: {relation.id} leads to {relation.target}, which is missing."


def _check_references(anatomy: Anatomy, part: str, tree: Element) -> Iterator[str]:
    known = {relation.id for relation in anatomy.relations.get(part, ())}
    for element in tree.iter():
        key = element.get(_REFERENCES[element.tag]) if element.tag in _REFERENCES else None
        if key is not None and key not in known:
            yield f"{part}: <{element.tag}> refers to the relationship {key}, which is missing."
