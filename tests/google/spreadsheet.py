"""The state of a spreadsheet: sheets and what stands on them, as a batch drafts it and commits it."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from tests.google.address import cell_text
from tests.google.formula import Formula, quoted_prefix, read_formula
from tests.google.grid import Area, Grid
from tests.google.problem import RefusedError
from tests.google.wire import Json

MAX_CELLS: Final = 10_000_000
MAX_CELL_TEXT: Final = 50_000
DEFAULT_ROWS: Final = 1000
DEFAULT_COLUMNS: Final = 26


@dataclass
class Sheet:
    """A sheet: `properties` as the API gives them but for the index, which is the sheet's place in the list."""

    properties: Json
    grid: Grid = field(default_factory=Grid)
    merges: list[Area] = field(default_factory=list)
    rules: list[Json] = field(default_factory=list)
    rows: dict[int, Json] = field(default_factory=dict)
    columns: dict[int, Json] = field(default_factory=dict)
    basic_filter: Json | None = None

    @property
    def id(self) -> int:
        """The gid."""
        return int(self.properties["sheetId"])

    @property
    def title(self) -> str:
        """The name on the tab."""
        return str(self.properties["title"])

    @property
    def hidden(self) -> bool:
        """Whether the tab is hidden."""
        return bool(self.properties.get("hidden"))

    @property
    def row_count(self) -> int:
        """Rows of the grid."""
        return int(self.properties["gridProperties"]["rowCount"])

    @property
    def column_count(self) -> int:
        """Columns of the grid."""
        return int(self.properties["gridProperties"]["columnCount"])

    @property
    def whole(self) -> Area:
        """All cells of the grid."""
        return Area(self.id, 0, 0, self.row_count, self.column_count)

    def copy(self) -> Sheet:
        """A draft of the sheet."""
        return replace(
            self,
            grid=self.grid.copy(),
            merges=list(self.merges),
            rules=list(self.rules),
            rows=dict(self.rows),
            columns=dict(self.columns),
        )


@dataclass
class Spreadsheet:
    """A spreadsheet; the objects on its sheets are kept by id, each the JSON that the API gives."""

    id: str
    properties: Json
    sheets: list[Sheet] = field(default_factory=list)
    named_ranges: dict[str, Json] = field(default_factory=dict)
    protected_ranges: dict[int, Json] = field(default_factory=dict)
    banded_ranges: dict[int, Json] = field(default_factory=dict)
    tables: dict[str, Json] = field(default_factory=dict)
    charts: dict[int, Json] = field(default_factory=dict)
    slicers: dict[int, Json] = field(default_factory=dict)
    filter_views: dict[int, Json] = field(default_factory=dict)
    metadata: dict[int, Json] = field(default_factory=dict)
    projects: dict[int, str] = field(default_factory=dict)
    chance: random.Random = field(default_factory=lambda: random.Random(1))

    @property
    def locale(self) -> str:
        """The locale in which texts are read as typed."""
        return str(self.properties["locale"])

    def copy(self) -> Spreadsheet:
        """A draft: changes to it leave this one as it is."""
        return replace(
            self,
            properties=dict(self.properties),
            sheets=[sheet.copy() for sheet in self.sheets],
            named_ranges=dict(self.named_ranges),
            protected_ranges=dict(self.protected_ranges),
            banded_ranges=dict(self.banded_ranges),
            tables=dict(self.tables),
            charts=dict(self.charts),
            slicers=dict(self.slicers),
            filter_views=dict(self.filter_views),
            metadata=dict(self.metadata),
            projects=dict(self.projects),
        )

    def sheet(self, sheet_id: int, kind: str = "sheet") -> Sheet:
        """The sheet with an id; `kind` is Google's word for it in the refusal, which is `RefusedError`."""
        found = next((sheet for sheet in self.sheets if sheet.id == sheet_id), None)
        if found is None:
            raise RefusedError(f"No {kind} with id: {sheet_id}")
        return found

    def titled(self, title: str) -> Sheet | None:
        """The sheet of that title, in any case."""
        return next((sheet for sheet in self.sheets if sheet.title.lower() == title.lower()), None)

    def title_of(self, sheet_id: int) -> str | None:
        """The title of a sheet; None for one that is gone."""
        return next((sheet.title for sheet in self.sheets if sheet.id == sheet_id), None)

    def sheet_id(self, title: str) -> int | None:
        """The id of the sheet of that title."""
        sheet = self.titled(title)
        return None if sheet is None else sheet.id

    def named(self, name: str) -> Json | None:
        """The named range of that name, in any case."""
        return next((each for each in self.named_ranges.values() if each["name"].lower() == name.lower()), None)

    def formula(self, text: str, row: int, column: int) -> Formula:
        """The formula that this text is here, in this spreadsheet's locale."""
        return read_formula(text, row, column, self.locale, self.sheet_id)

    def area(self, grid_range: Json) -> Area:
        """The cells of a `GridRange`.

        Raises `RefusedError` for an unknown sheet, an empty range, and one that leaves the grid.
        """
        sheet = self.sheet(grid_range.get("sheetId", 0), "grid")
        area = Area(
            sheet.id,
            grid_range.get("startRowIndex", 0),
            grid_range.get("startColumnIndex", 0),
            grid_range.get("endRowIndex", sheet.row_count),
            grid_range.get("endColumnIndex", sheet.column_count),
        )
        if min(area) < 0 or area.height < 1 or area.width < 1:
            raise RefusedError(f"Invalid range: {_indices(grid_range)}")
        self.require_inside(area)
        return area

    def require_inside(self, area: Area) -> None:
        """Refuse an area that leaves its sheet's grid."""
        sheet = self.sheet(area.sheet, "grid")
        if not sheet.whole.holds(area):
            limits = f"Max rows: {sheet.row_count}, max columns: {sheet.column_count}"
            raise RefusedError(f"Range ({self.a1(area)}) exceeds grid limits. {limits}")

    def a1(self, area: Area) -> str:
        """An area in A1 notation, with its sheet's title."""
        first = cell_text(area.top, area.left)
        last = cell_text(area.bottom - 1, area.right - 1)
        return quoted_prefix(self.sheet(area.sheet).title) + (first if first == last else f"{first}:{last}")

    def new_id(self, taken: Mapping[int, object]) -> int:
        """An id that nothing has."""
        return next(number for number in self._numbers() if number not in taken)

    def new_text_id(self, taken: Mapping[str, object]) -> str:
        """A text id that nothing has."""
        return next(text for text in map(str, self._numbers()) if text not in taken)

    def _numbers(self) -> Iterator[int]:
        while True:
            yield self.chance.randrange(1, 2**31)


def blank_spreadsheet(spreadsheet_id: str, title: str, locale: str) -> Spreadsheet:
    """A spreadsheet as the user interface makes it: one empty sheet of 1000 × 26 cells."""
    properties: Json = {
        "title": title,
        "locale": locale,
        "autoRecalc": "ON_CHANGE",
        "timeZone": "Etc/GMT",
    }
    return Spreadsheet(spreadsheet_id, properties, [blank_sheet(0, "Sheet1")])


def blank_sheet(sheet_id: int, title: str, rows: int = DEFAULT_ROWS, columns: int = DEFAULT_COLUMNS) -> Sheet:
    """An empty sheet."""
    grid = {"rowCount": rows, "columnCount": columns}
    return Sheet({"sheetId": sheet_id, "title": title, "sheetType": "GRID", "gridProperties": grid})


def grid_range(area: Area) -> Json:
    """An area as the API writes it."""
    return {
        "sheetId": area.sheet,
        "startRowIndex": area.top,
        "endRowIndex": area.bottom,
        "startColumnIndex": area.left,
        "endColumnIndex": area.right,
    }


def home(item: Json) -> int | None:
    """The sheet that an object's range is on; None for one whose cells are gone."""
    place: Json = item.get("range", {})
    return place.get("sheetId")


def anchor_sheet(embedded: Json) -> int:
    """The sheet that a chart or a slicer stands on."""
    return int(embedded["position"]["overlayPosition"]["anchorCell"]["sheetId"])


def metadata_sheet(metadata: Json) -> int | None:
    """The sheet that developer metadata belongs to; None for that of the spreadsheet."""
    location: Json = metadata["location"]
    sheet: int | None = location.get("dimensionRange", location).get("sheetId")
    return sheet


def _indices(grid_range: Json) -> str:
    return ", ".join(f"{name}: {value}" for name, value in grid_range.items())
