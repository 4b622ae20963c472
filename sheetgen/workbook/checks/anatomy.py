"""A workbook laid out for checking: every part's tree, and what is in each sheet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from xml.etree.ElementTree import Element
from xml.parsers.expat import ExpatError

from sheetgen.workbook.checks.formula_cells import FormulaCells
from sheetgen.workbook.markup import unescape_text
from sheetgen.workbook.package import Package, Relation, read_relation, relations_part
from sheetgen.workbook.place import Place, Rectangle, parse_rectangle
from sheetgen.workbook.texts import read_shared_texts

CONTENT_TYPES = "[Content_Types].xml"
WORKSHEET_TYPE = "worksheet+xml"
TEXTS_TYPE = "sharedStrings+xml"
MARKUP = (".xml", ".rels", ".vml")


class Tally:
    """Problems of cells: one sentence for all cells of a tab that share a problem."""

    def __init__(self) -> None:
        self._first: dict[tuple[str, str], Place] = {}
        self._counts: Counter[tuple[str, str]] = Counter()

    def add(self, place: Place, problem: str) -> None:
        """A cell has a problem."""
        self._counts[place.tab, problem] += 1
        self._first.setdefault((place.tab, problem), place)

    def sentences(self) -> Iterator[str]:
        """One sentence per tab and problem, with the first cell and how many more."""
        for key, count in self._counts.items():
            more = f" (and {count - 1} more cells of the tab)" if count > 1 else ""
            yield f"{self._first[key]}: {key[1]}{more}"


@dataclass(frozen=True, eq=False)
class TablePart:
    """A table's part and its tab; `area` is the whole range, None where the part has none."""

    tab: str
    part: str
    tree: Element
    area: Rectangle | None

    @property
    def name(self) -> str:
        """The name that formulas use."""
        return self.tree.get("displayName", "")

    @cached_property
    def columns(self) -> tuple[Element, ...]:
        """The `tableColumn` elements."""
        return tuple(self.tree.iterfind("tableColumns/tableColumn"))

    @cached_property
    def headers(self) -> tuple[str, ...]:
        """The columns' names, left to right."""
        return tuple(unescape_text(column.get("name", "")) for column in self.columns)

    @property
    def data(self) -> Rectangle | None:
        """The range without the header row and the totals row."""
        if self.area is None:
            return None
        totals = int(self.tree.get("totalsRowCount", "0"))
        return self.area._replace(row=self.area.row + 1, last_row=self.area.last_row - totals)


@dataclass(frozen=True, eq=False)
class SheetPart:
    """A worksheet: `frame` is its tree without rows; header texts are by 0-based row and column."""

    title: str
    part: str
    frame: Element
    tables: tuple[TablePart, ...]
    formulas: FormulaCells
    arrays: tuple[Rectangle, ...]
    headers: Mapping[tuple[int, int], str]
    tally: Tally


@dataclass(frozen=True, eq=False)
class Anatomy:
    """Trees and relationships by part name (`""` is the package), worksheets apart as `sheets`.

    The part with the shared `texts` has no tree either; `unreadable` says which others have none.
    """

    package: Package
    trees: Mapping[str, Element]
    relations: Mapping[str, tuple[Relation, ...]]
    unreadable: tuple[str, ...]
    texts: tuple[str, ...]
    sheets: tuple[SheetPart, ...] = field(default=())

    @property
    def workbook_part(self) -> str:
        """The part that lists the sheets, "" where there is none."""
        return next(self.related("", "officeDocument"), "")

    @property
    def workbook(self) -> Element:
        """The tree of the part that lists the sheets."""
        return self.trees[self.workbook_part]

    def related(self, part: str, kind: str) -> Iterator[str]:
        """The parts of a kind that a part is related to."""
        return (relation.target for relation in self.relations.get(part, ()) if relation.kind == kind)

    def shared(self, kind: str) -> Element | None:
        """The tree of a part that all sheets share, such as `styles`; None where the workbook has none."""
        return next((self.trees[part] for part in self.related(self.workbook_part, kind)), None)

    def tables(self, part: str, tab: str) -> tuple[TablePart, ...]:
        """The tables of a worksheet's part."""
        trees = ((target, self.trees[target]) for target in self.related(part, "table"))
        return tuple(TablePart(tab, name, tree, parse_rectangle(tree.get("ref", ""))) for name, tree in trees)


def read_anatomy(package: Package) -> Anatomy:
    """Reads every part but the worksheets, which are streamed later."""
    trees: dict[str, Element] = {}
    unreadable: list[str] = []
    texts: tuple[str, ...] = ()
    with_texts = _parts_of_type(package, TEXTS_TYPE)
    for part in sorted(package.parts - _parts_of_type(package, WORKSHEET_TYPE)):
        try:
            if part in with_texts:
                with package.stream(part) as stream:
                    texts = read_shared_texts(stream)
            elif part.endswith(MARKUP):
                trees[part] = package.tree(part)
            else:
                package.read(part)
        except ExpatError as error:
            unreadable.append(f"{part}: not well-formed ({error}).")
    relations = {
        part: tuple(read_relation(element, part) for element in trees[relations_part(part)])
        for part in ("", *package.parts)
        if relations_part(part) in trees
    }
    return Anatomy(package, trees, relations, tuple(unreadable), texts)


def _parts_of_type(package: Package, ending: str) -> frozenset[str]:
    if CONTENT_TYPES not in package.parts:
        return frozenset()
    types = package.tree(CONTENT_TYPES).iterfind("Override")
    parts = (entry.get("PartName", "")[1:] for entry in types if entry.get("ContentType", "").endswith(ending))
    return frozenset(parts) & package.parts
