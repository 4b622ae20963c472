"""One table of campaigns, 13 inputs and 11 KPI formulas with their results, written by each library: a process each."""

from __future__ import annotations

import sys
import time
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

NUMBER, MONEY, RATE, DATE = "#,##0", "#,##0.00", "0.00%", "yyyy-mm-dd"
KPIS = {
    "CTR": ("Clicks", "Impressions", RATE),
    "Engagement Rate": ("Engagement", "Reach", RATE),
    "CPC": ("Budget", "Clicks", MONEY),
    "CPM": ("Budget", "Impressions", MONEY),
    "Conversion Rate": ("Conversions", "Clicks", RATE),
    "Cost Per Conversion": ("Budget", "Conversions", MONEY),
    "ROAS": ("Revenue", "Budget", MONEY),
    "ROI": ("Revenue", "Budget", RATE),
    "Frequency": ("Impressions", "Reach", MONEY),
    "Cost Per Engagement": ("Budget", "Engagement", MONEY),
    "Revenue Per Click": ("Revenue", "Clicks", MONEY),
}
"""Each KPI's numerator, denominator and number format; that they mean what they say does not matter here."""


@dataclass(frozen=True)
class Column:
    """A column: its values, NaN for blank, its number format and its formula without the equals sign."""

    header: str
    values: NDArray[np.float64] | NDArray[np.object_]
    pattern: str
    formula: str = ""


def campaign_columns(rows: int) -> list[Column]:
    """The 24 columns, the same ones for the same number of rows."""
    rng = np.random.default_rng(1)
    impressions = rng.integers(1_000, 500_000, rows)
    reach = (impressions / rng.uniform(1.1, 3, rows)).astype(int)
    clicks = (impressions * rng.uniform(0.003, 0.03, rows)).astype(int)
    budget = np.round(rng.lognormal(6, 1, rows), 2)
    start = 45_292 + rng.integers(0, 300, rows)
    counts = {
        "Impressions": impressions,
        "Reach": reach,
        "Clicks": clicks,
        "Engagement": (reach * rng.uniform(0.01, 0.1, rows)).astype(int),
        "Conversions": (clicks * rng.uniform(0, 0.08, rows)).astype(int),
    }
    inputs = [
        Column("Campaign ID", np.array([f"C{i:07d}" for i in range(rows)], dtype=object), "@"),
        Column("Campaign Name", np.array([f"Spring & Summer {i}" for i in range(rows)], dtype=object), "@"),
        Column("Platform", rng.choice(["Facebook", "Instagram", "TikTok"], rows).astype(object), "@"),
        Column("Campaign Type", rng.choice(["Awareness", "Conversion"], rows).astype(object), "@"),
        Column("Start Date", start.astype(float), DATE),
        Column("End Date", (start + rng.integers(5, 60, rows)).astype(float), DATE),
        Column("Budget", budget, MONEY),
        *(Column(header, values.astype(float), NUMBER) for header, values in counts.items()),
        Column("Revenue", np.round(budget * rng.lognormal(0.5, 0.8, rows), 2), MONEY),
    ]
    known = {column.header: column.values for column in inputs}
    return [*inputs, *(_kpi(header, known) for header in KPIS)]


def _kpi(header: str, known: dict[str, NDArray[np.float64] | NDArray[np.object_]]) -> Column:
    above, below, pattern = KPIS[header]
    over, under = known[above].astype(float), known[below].astype(float)
    values = np.divide(over, under, out=np.full(len(over), np.nan), where=under > 0)
    row = {part: f"Campaigns[[#This Row],[{part}]]" for part in (above, below)}
    return Column(header, values, pattern, f'IF({row[below]}=0,"",{row[above]}/{row[below]})')


def write_sheetgen(columns: list[Column], path: Path) -> None:
    """The renderer of sheetgen, with its own formats."""
    from sheetgen.formula.tree import ThisRow, call, eq
    from sheetgen.render.xlsx import write_xlsx
    from sheetgen.report.locale import load_locale
    from sheetgen.report.model import Block, PlacedBlock, Report, Tab, Table, TableColumn
    from sheetgen.report.style import Format, Style
    from sheetgen.report.theme import load_theme

    formats = {
        "@": Format.TEXT,
        NUMBER: Format.COUNT,
        MONEY: Format.MONEY_CENTS,
        RATE: Format.PERCENT,
        DATE: Format.DATE,
    }
    filled = []
    for column in columns:
        formula = None
        if column.formula:
            above, below = (ThisRow("Campaigns", header) for header in KPIS[column.header][:2])
            formula = call("IF", eq(below, 0), "", above / below)
        filled.append(TableColumn(column.header, column.values, Style(format=formats[column.pattern]), formula))
    rows = len(columns[0].values)
    block = Block("campaigns", rows + 1, len(columns), table=Table("Campaigns", tuple(filled), rows))
    tab = Tab("campaigns", "Campaigns", (PlacedBlock(block, 0, 0),), freeze=(1, 2))
    write_xlsx(Report("Campaigns", (tab,), "EUR", "en"), path, load_theme(), load_locale("en", "EUR"))


def write_xlsxwriter(columns: list[Column], path: Path) -> None:
    """XlsxWriter, cell by cell."""
    from xlsxwriter import Workbook

    with Workbook(str(path)) as book:
        sheet = book.add_worksheet("Campaigns")
        rows = len(columns[0].values)
        headers = [{"header": column.header} for column in columns]
        sheet.add_table(0, 0, rows, len(columns) - 1, {"name": "Campaigns", "columns": headers})
        sheet.freeze_panes(1, 2)
        for at, column in enumerate(columns):
            look = book.add_format({"num_format": column.pattern})
            for row, value in enumerate(column.values.tolist(), start=1):
                if column.formula:
                    sheet.write_formula(row, at, "=" + column.formula, look, "" if value != value else value)
                elif isinstance(value, str):
                    sheet.write_string(row, at, value, look)
                else:
                    sheet.write_number(row, at, value, look)


def write_pandas(columns: list[Column], path: Path) -> None:
    """pandas with openpyxl: formulas without results, no number formats, no table."""
    import pandas as pd

    values = {column.header: [f"={column.formula}"] * len(column.values) if column.formula else column.values
              for column in columns}  # fmt: skip
    pd.DataFrame(values).to_excel(path, index=False, engine="openpyxl", freeze_panes=(1, 2))


def write_pyexcelerate(columns: list[Column], path: Path) -> None:
    """PyExcelerate: formulas without results, no number formats, no table."""
    from pyexcelerate import Workbook

    shown = [[f"={column.formula}"] * len(column.values) if column.formula else column.values.tolist()
             for column in columns]  # fmt: skip
    book = Workbook()
    rows = [[column.header for column in columns], *map(list, zip(*shown, strict=True))]
    book.new_sheet("Campaigns", data=rows)
    book.save(str(path))


def deflate(xml: bytes) -> None:
    """The floor: only to deflate the XML that sheetgen writes for the table, at zlib's default level."""
    zlib.compress(xml)


OURS = "sheetgen"
FLOOR = "deflate alone"
WRITERS: dict[str, Callable[[list[Column], Path], None]] = {
    OURS: write_sheetgen,
    "XlsxWriter": write_xlsxwriter,
    "pandas + openpyxl": write_pandas,
    "PyExcelerate": write_pyexcelerate,
}
"""What each writer is called in the table."""

NEEDS = {"XlsxWriter": "xlsxwriter", "pandas + openpyxl": "openpyxl", "PyExcelerate": "pyexcelerate"}
"""The library of each that is not ours."""


def main(name: str, rows: str, path: str, ours: str) -> float:
    """Seconds that a writer takes for a table; the floor needs the file that sheetgen wrote."""
    if name == FLOOR:
        with zipfile.ZipFile(ours) as package:
            xml = package.read("xl/worksheets/sheet1.xml")
        return _seconds(lambda: deflate(xml))
    # A first, small table imports what the writer needs.
    WRITERS[name](campaign_columns(10), Path(path))
    columns = campaign_columns(int(rows))
    return _seconds(lambda: WRITERS[name](columns, Path(path)))


def _seconds(job: Callable[[], None]) -> float:
    started = time.perf_counter()
    job()
    return time.perf_counter() - started


if __name__ == "__main__":
    print(main(*sys.argv[1:]))
