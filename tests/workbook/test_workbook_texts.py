"""Shared texts are read as a spreadsheet shows them."""

from __future__ import annotations

from io import BytesIO
from xml.parsers.expat import ExpatError

import pytest

from sheetgen.workbook.texts import read_shared_texts

SHARED = """<?xml version="1.0"?><sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">
<si><t>plain &amp; simple</t></si>
<si><r><t>rich </t></r><r><rPr><b/></rPr><t>text</t></r></si>
<si><t>東京</t><rPh sb="0" eb="2"><t>トウキョウ</t></rPh></si>
<si><t/></si>
<si><t>a_x000A_b</t></si>
</sst>"""


def test_plain_rich_guided_empty_and_escaped_texts() -> None:
    assert read_shared_texts(BytesIO(SHARED.encode())) == ("plain & simple", "rich text", "東京", "", "a\nb")


def test_a_part_cut_short_is_refused() -> None:
    with pytest.raises(ExpatError):
        read_shared_texts(BytesIO(SHARED.encode()[:-8]))
