"""Charts for Google Sheets: their specs, and the hidden tab of the numbers that they draw."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from sheetgen.engines.cellrune import CellruneEngine
from sheetgen.formula.tree import At, Span
from sheetgen.render.sheets.feeds import TITLE
from sheetgen.render.sheets.formats import color_style
from sheetgen.render.sheets.model import SheetsReport
from sheetgen.report.model import Axis, Cell, Chart, ChartKind, Series, Waterfall
from sheetgen.report.style import Format, Ink
from sheetgen.workbook.place import Place

from .sheets_book import Book
from .sheets_built import Json, made, of_kind, page, requests, tab_of

LABELS = Span("cells", 1, 0, 3, 0)
CELLS = (
    Cell(0, 1, "Budget"),
    *(Cell(row, 0, label) for row, label in enumerate("ABC", start=1)),
    *(Cell(row, column, float(10 * row + column)) for row in (1, 2, 3) for column in (1, 2, 3)),
)


def column(at: int) -> Span:
    return Span("cells", 1, at, 3, at)


def series(at: int = 1, name: str | At = "ROI", ink: Ink = Ink.ACCENT, **parts: object) -> Series:
    return Series(name, LABELS, column(at), ink, **parts)  # type: ignore[arg-type]


def chart(kind: ChartKind, *drawn: Series, **parts: object) -> Chart:
    return Chart(kind, "Title", "What it shows", drawn, row=4, column=1, columns=3, rows=5, **parts)  # type: ignore[arg-type]


def report_of(wanted: Chart) -> SheetsReport:
    return made(page(*CELLS, charts=(wanted,)))


def spec(wanted: Chart) -> Json:
    (body,) = of_kind(requests(report_of(wanted)), "addChart")
    found: Json = body["chart"]["spec"]
    return found


def basic(wanted: Chart) -> Json:
    found: Json = spec(wanted)["basicChart"]
    return found


@pytest.fixture
def shown() -> Callable[[SheetsReport], Callable[[Json], list[object]]]:
    """What a chart's data are, cell by cell: constants, and formulas as texts."""

    def _shown(report: SheetsReport) -> Callable[[Json], list[object]]:
        book = Book().apply(requests(report))

        def read(data: Json) -> list[object]:
            (place,) = data["sourceRange"]["sources"]
            assert place["endColumnIndex"] - place["startColumnIndex"] == 1
            rows = range(place["startRowIndex"], place["endRowIndex"])
            found = (book.cells.get((place["sheetId"], row, place["startColumnIndex"]), {None: None}) for row in rows)
            return [next(iter(cell.values())) for cell in found]

        return read

    return _shown


KINDS = {
    ChartKind.LINE: ("LINE", None),
    ChartKind.COLUMN: ("COLUMN", "NOT_STACKED"),
    ChartKind.STACKED_COLUMN: ("COLUMN", "STACKED"),
    ChartKind.BAR: ("BAR", "NOT_STACKED"),
    ChartKind.STACKED_BAR: ("BAR", "STACKED"),
    ChartKind.SCATTER: ("SCATTER", None),
}


@pytest.mark.parametrize(("kind", "expected"), KINDS.items(), ids=lambda value: str(value))
def test_kinds(kind: ChartKind, expected: tuple[str, str | None]) -> None:
    found = basic(chart(kind, series()))
    assert (found["chartType"], found.get("stackedType")) == expected


def test_a_chart_stands_exactly_over_its_cells() -> None:
    (body,) = of_kind(requests(report_of(chart(ChartKind.LINE, series()))), "addChart")
    overlay = body["chart"]["position"]["overlayPosition"]
    assert (overlay["anchorCell"]["rowIndex"], overlay["anchorCell"]["columnIndex"]) == (4, 1)
    assert (overlay["widthPixels"], overlay["heightPixels"]) == (3 * 64, 5 * 20)


def test_a_chart_has_a_title_and_a_text_for_screen_readers() -> None:
    found = spec(chart(ChartKind.LINE, series()))
    assert (found["title"], found["altText"]) == ("Title", "What it shows")
    assert found["hiddenDimensionStrategy"] == "SHOW_ALL"


def test_the_names_of_series_stand_over_their_numbers(shown: Callable[..., Callable[[Json], list[object]]]) -> None:
    report = report_of(chart(ChartKind.COLUMN, series(1, At("cells", 0, 1)), series(2, "ROI"), legend=True))
    (body,) = of_kind(requests(report), "addChart")
    found, read = body["chart"]["spec"]["basicChart"], shown(report)
    assert found["headerCount"] == 1
    assert found["legendPosition"] == "BOTTOM_LEGEND"
    assert read(found["domains"][0]["domain"]) == [None, "=Page!A2", "=Page!A3", "=Page!A4"]
    first, second = (each["series"] for each in found["series"])
    assert read(first) == ["=Page!B1", "=Page!B2", "=Page!B3", "=Page!B4"]
    assert read(second) == ["ROI", "=Page!C2", "=Page!C3", "=Page!C4"]


def test_the_numbers_are_on_a_hidden_tab() -> None:
    tab = tab_of(report_of(chart(ChartKind.LINE, series())), "charts")
    assert (tab.title, tab.hidden, tab.rows, tab.columns) == (TITLE, True, 4, 2)


def test_points_of_other_categories_have_rows_of_their_own(
    shown: Callable[..., Callable[[Json], list[object]]],
) -> None:
    line = Series("Line", Span("cells", 1, 2, 2, 2), Span("cells", 1, 3, 2, 3))
    report = report_of(chart(ChartKind.SCATTER, series(1, line=False), line))
    (body,) = of_kind(requests(report), "addChart")
    found, read = body["chart"]["spec"]["basicChart"], shown(report)
    first, second = (each["series"] for each in found["series"])
    assert read(found["domains"][0]["domain"])[1:] == ["=Page!A2", "=Page!A3", "=Page!A4", "=Page!C2", "=Page!C3"]
    assert read(first) == ["ROI", "=Page!B2", "=Page!B3", "=Page!B4", None, None]
    assert read(second) == ["Line", None, None, None, "=Page!D2", "=Page!D3"]
    assert [each["lineStyle"]["type"] for each in found["series"]] == ["INVISIBLE", "SOLID"]


def test_axes_have_titles_and_begin_at_zero() -> None:
    found = basic(chart(ChartKind.COLUMN, series(), x=Axis("Week"), y=Axis("EUR", Format.MONEY, from_zero=True)))
    across, upwards = found["axis"]
    assert (across["position"], across["title"]) == ("BOTTOM_AXIS", "Week")
    assert (upwards["position"], upwards["title"]) == ("LEFT_AXIS", "EUR")
    assert upwards["viewWindowOptions"] == {"viewWindowMode": "EXPLICIT", "viewWindowMin": 0}


def test_a_second_axis_carries_a_line() -> None:
    drawn = chart(ChartKind.COLUMN, series(1), series(2, secondary=True), y2=Axis("ROI (%)"))
    found = basic(drawn)
    assert found["chartType"] == "COMBO"
    assert [(each["type"], each["targetAxis"]) for each in found["series"]] == [
        ("COLUMN", "LEFT_AXIS"),
        ("LINE", "RIGHT_AXIS"),
    ]
    assert found["axis"][2] == found["axis"][2] | {"position": "RIGHT_AXIS", "title": "ROI (%)"}


def test_a_funnel_is_stacked_bars_on_an_unseen_side_first_step_on_top() -> None:
    drawn = chart(ChartKind.STACKED_BAR, series(1, ink=Ink.NONE), series(2, ink=Ink.SERIES_1), x=Axis(reverse=True))
    found = basic(drawn)
    assert not found["domains"][0]["reversed"]
    assert [each["targetAxis"] for each in found["series"]] == ["BOTTOM_AXIS", "BOTTOM_AXIS"]
    assert [axis["position"] for axis in found["axis"]] == ["LEFT_AXIS", "BOTTOM_AXIS"]
    assert found["series"][0]["colorStyle"] == spec(drawn)["backgroundColorStyle"]


def test_points_in_colours_and_labels_from_cells(shown: Callable[..., Callable[[Json], list[object]]]) -> None:
    drawn = series(1, point_inks=(Ink.GOOD, Ink.BAD), label_cells=column(3))
    report = report_of(chart(ChartKind.COLUMN, drawn))
    (body,) = of_kind(requests(report), "addChart")
    (found,) = body["chart"]["spec"]["basicChart"]["series"]
    colors = [color_style("#0F766E"), color_style("#B91C1C")]
    assert found["styleOverrides"] == [{"index": i, "colorStyle": color} for i, color in enumerate(colors)]
    assert found["dataLabel"]["type"] == "CUSTOM"
    assert shown(report)(found["dataLabel"]["customLabelData"]) == [None, "=Page!D2", "=Page!D3", "=Page!D4"]


def test_a_pie_is_labelled_and_says_whose_colours_it_has(
    shown: Callable[..., Callable[[Json], list[object]]],
) -> None:
    report = report_of(chart(ChartKind.PIE, series()))
    (body,) = of_kind(requests(report), "addChart")
    found = body["chart"]["spec"]["pieChart"]
    assert found["legendPosition"] == "LABELED_LEGEND"
    assert shown(report)(found["domain"]) == ["=Page!A2", "=Page!A3", "=Page!A4"]
    assert shown(report)(found["series"]) == ["=Page!B2", "=Page!B3", "=Page!B4"]
    assert len(report.remarks) == 1


def test_bubbles_have_labels_sizes_and_a_group_for_each_colour(
    shown: Callable[..., Callable[[Json], list[object]]],
) -> None:
    points = (
        Series(
            str(k),
            Span("cells", k, 1, k, 1),
            Span("cells", k, 2, k, 2),
            Ink.SERIES_5 if k < 3 else Ink.MUTED,
            sizes=Span("cells", k, 3, k, 3),
            named=True,
        )
        for k in (3, 2, 1)
    )
    report = report_of(chart(ChartKind.BUBBLE, *points))
    (body,) = of_kind(requests(report), "addChart")
    found, read = body["chart"]["spec"]["bubbleChart"], shown(report)
    assert read(found["bubbleLabels"]) == ["3", "2", "1"]
    assert read(found["domain"]) == ["=Page!B4", "=Page!B3", "=Page!B2"]
    assert read(found["series"]) == ["=Page!C4", "=Page!C3", "=Page!C2"]
    assert read(found["bubbleSizes"]) == ["=Page!D4", "=Page!D3", "=Page!D2"]
    assert read(found["groupIds"]) == ["1", "2", "2"]


def test_a_waterfall_is_native_with_its_total_last(tmp_path: Path) -> None:
    places: list[list[float | str | None]] = [
        [None, 1.0, 2.0, 3.0],
        [None, "A", "B", "Total"],
        [None, 9.0, -4.0, 5.0],
    ]
    cells = tuple(Cell(row, i, value) for i, each in enumerate(places) for row, value in enumerate(each))
    spans = [Span("cells", 0, i, 3, i) for i in range(3)]
    drawn = (Series("Gain", spans[1], spans[2], Ink.GOOD),) * 3
    steps = Waterfall(spans[0], spans[1], spans[2], gain=0, loss=1, total=2)
    report = made(page(*cells, charts=(chart(ChartKind.STACKED_COLUMN, *drawn, waterfall=steps),)))
    found = CellruneEngine().recalculate(Book().apply(requests(report)).save(tmp_path / "waterfall.xlsx", "de_DE"))
    bars = [(found.values[Place(TITLE, row, 0)], found.values[Place(TITLE, row, 1)]) for row in (1, 2, 3)]
    assert bars == [(None, None), ("A", 9.0), ("B", -4.0)]


def test_a_waterfall_has_the_names_and_colours_of_its_series() -> None:
    spans = [Span("cells", 0, i, 3, i) for i in range(3)]
    inks = {"Gain": Ink.GOOD, "Loss": Ink.BAD, "Sum": Ink.ACCENT}
    drawn = tuple(Series(name, spans[1], spans[2], ink) for name, ink in inks.items())
    steps = Waterfall(spans[0], spans[1], spans[2], gain=0, loss=1, total=2)
    (found,) = spec(chart(ChartKind.STACKED_COLUMN, *drawn, waterfall=steps))["waterfallChart"]["series"]
    assert found["positiveColumnsStyle"] == {"label": "Gain", "colorStyle": color_style("#0F766E")}
    assert found["negativeColumnsStyle"]["label"] == "Loss"
    assert found["hideTrailingSubtotal"]
    assert found["customSubtotals"] == [{"subtotalIndex": 2, "dataIsSubtotal": False, "label": "Sum"}]
