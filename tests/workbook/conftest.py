"""Small workbooks that XlsxWriter writes, and ways to damage them."""

from __future__ import annotations

import base64
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter

from sheetgen.workbook.checks.check import check_package

CTR = (
    'IF(Campaigns[[#This Row],[Impressions]]=0,"",Campaigns[[#This Row],[Clicks]]/Campaigns[[#This Row],[Impressions]])'
)


@pytest.fixture
def campaigns(tmp_path: Path) -> Path:
    """Two campaigns in a native table with a calculated column, a total with a name, an input with a name."""
    path = tmp_path / "campaigns.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.set_properties({"title": "Spring"})
        book.set_custom_property("sheetgen", "0.1.0")
        date = book.add_format({"num_format": "d mmm yyyy"})
        text = book.add_format({"num_format": "@"})
        data = book.add_worksheet("Campaigns")
        headers = ["Campaign Name", "Start Date", "Impressions", "Clicks"]
        columns = [*({"header": header} for header in headers), {"header": "CTR", "formula": f"={CTR}"}]
        data.add_table(0, 0, 2, 4, {"name": "Campaigns", "columns": columns})
        for row, name, start, impressions, clicks in ((1, "Été", 45658, 1000, 25), (2, "Zéro", 45689, 0, 0)):
            data.write_string(row, 0, name, text)
            data.write_number(row, 1, start, date)
            data.write_number(row, 2, impressions)
            data.write_number(row, 3, clicks)
            data.write_formula(row, 4, f"={CTR}", None, clicks / impressions if impressions else "")
        page = book.add_worksheet("Résumé 1")
        page.write_formula("B2", "=SUM(Campaigns[Clicks])", None, 25)
        page.write_number("B3", 2)
        page.write_formula("B4", "=B3>1", None, True)
        page.write_formula("B5", "=NA()", None, "#N/A")
        book.define_name("total_clicks", "='Résumé 1'!$B$2")
        book.define_name("set_roi_scale", "='Résumé 1'!$B$3")
        book.define_name("everything", "=Campaigns!$A$1:$E$3")
    return path


@pytest.fixture
def rewritten(tmp_path: Path) -> Callable[[Path, dict[str, Callable[[str], str] | None]], Path]:
    """Copies a workbook with the text of some parts changed; None leaves a part out."""

    def rewrite(path: Path, changes: dict[str, Callable[[str], str] | None]) -> Path:
        target = tmp_path / f"rewritten-{path.name}"
        with zipfile.ZipFile(path) as source, zipfile.ZipFile(target, "w") as copy:
            assert set(changes) <= set(source.namelist())
            for name in source.namelist():
                change = changes.get(name, str)
                if change is not None:
                    content = source.read(name)
                    copy.writestr(name, change(content.decode()) if name in changes else content)
        return target

    return rewrite


RATIO = 'IF(Campaigns[[#This Row],[Clicks]]=0,"",Campaigns[[#This Row],[Clicks]]/Campaigns[[#This Row],[Reach %]])'
PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


@pytest.fixture(scope="session")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workbook with one of everything a report uses, as it should be."""
    path = tmp_path_factory.mktemp("sound") / "sound.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page, data = book.add_worksheet("Overview"), book.add_worksheet("Campaigns")
        date, bold = book.add_format({"num_format": "d mmm yyyy"}), book.add_format({"bold": True})
        write_tables(data)
        page.merge_range("A1:C1", "Report", bold)
        page.merge_range("A2:C2", "2025", date)
        page.write_formula("B3", "=SUM(Campaigns[Clicks])", None, 30)
        page.write_formula("B4", '=SUMIFS(Campaigns[Clicks],Campaigns[Name],"a")-0.5%*total', None, 4.5)
        page.write_formula("B5", "=NA()", None, "#N/A")
        page.write_formula("B6", "='Campaigns'!$B$2>=-1", None, True)
        page.write_string("B7", "=1+1")
        page.write_number("B8", 45658, date)
        page.write_url("B9", "internal:'Campaigns'!A1", None, "Campaigns")
        page.write_url("B10", "https://example.org", None, "Guide")
        page.write_comment("B3", "All clicks")
        page.data_validation("D3", {"validate": "list", "source": ["All", "Facebook"], "input_title": "Platform"})
        page.data_validation("D4", {"validate": "decimal", "criteria": "between", "minimum": 0, "maximum": "=total"})
        page.conditional_format("B3:B6", {"type": "formula", "criteria": "=B3>total", "format": bold})
        page.conditional_format("B3:B6", {"type": "data_bar", "data_bar_2010": True})
        page.add_sparkline("E3", {"range": "Campaigns!B2:B4"})
        chart = book.add_chart({"type": "line"})
        chart.add_series({"values": "=Campaigns!$B$2:$B$4", "categories": "=Campaigns!$A$2:$A$4", "name": "Clicks"})
        page.insert_chart("G3", chart)
        picture = path.with_suffix(".png")
        picture.write_bytes(base64.b64decode(PIXEL))
        page.insert_image("G30", str(picture))
        data.repeat_rows(0)
        book.define_name("total", "=Overview!$B$3")
        book.define_name("Campaigns!local", "=Campaigns!$A:$A")
    return path


def write_tables(data: xlsxwriter.workbook.Worksheet) -> None:
    columns = [
        {"header": "Name"},
        {"header": "Clicks"},
        {"header": "Reach %"},
        {"header": "CTR", "formula": f"={RATIO}"},
    ]
    data.add_table("A1:D4", {"name": "Campaigns", "columns": columns})
    for row, (name, clicks) in enumerate((("a", 5), ("b", 25), ("c", 0)), start=1):
        data.write_row(row, 0, (name, clicks, 10))
        data.write_formula(row, 3, f"={RATIO}", None, clicks / 10 or "")
    data.add_table("F1:G3", {"name": "Daily", "columns": [{"header": "Date"}, {"header": "Cost\nper day"}]})
    data.write_row(1, 5, (45658, 1.5))


@pytest.fixture
def problems_after(sound: Path, tmp_path: Path) -> Callable[[str, str, str], str]:
    """What the check says, a problem a line, when `old` becomes `new` all over a part of the sound workbook."""

    def after(part: str, old: str, new: str) -> str:
        target = tmp_path / "damaged.xlsx"
        with zipfile.ZipFile(sound) as source, zipfile.ZipFile(target, "w") as copy:
            assert old in source.read(part).decode(), f"{part} has no {old}"
            for name in source.namelist():
                content = source.read(name)
                copy.writestr(name, content.decode().replace(old, new) if name == part else content)
        return "\n".join(check_package(target))

    return after
