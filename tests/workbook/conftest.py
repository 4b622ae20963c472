"""Small workbooks that other programs' libraries write."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter

CTR = 'IF(Campaigns[[#This Row],[Impressions]]=0,"",Campaigns[[#This Row],[Clicks]]/Campaigns[[#This Row],[Impressions]])'


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
