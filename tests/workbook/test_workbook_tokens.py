"""Formula text cut into tokens, one case a line."""

from __future__ import annotations

import pytest

from sheetgen.workbook.place import Place
from sheetgen.workbook.tokens import StructuredReference, parse_structured, shift_formula, single_cell, tokenize


@pytest.mark.parametrize(
    ("formula", "kinds"),
    [
        ("A1+$B$2", "CELL OPERATOR CELL"),
        ("SUM(A1:B2)", "CALL CELL OPERATOR CELL CLOSE"),
        ("Q1", "CELL"),
        ("kpi_ctr*100", "NAME OPERATOR NUMBER"),
        ("'It''s'!A1", "TAB CELL"),
        ("Résumé!A1", "TAB CELL"),
        ('"a""b"&"c"', "TEXT OPERATOR TEXT"),
        ("Campaigns[Budget]", "COLUMN"),
        ("Campaigns[[#This Row],[Cost ']x]]", "COLUMN"),
        ("LOG10(A1)", "CALL CELL CLOSE"),
        ("SUM(A:A,1:3)", "CALL LINES SEPARATOR LINES CLOSE"),
        ("1.5E-3%", "NUMBER OPERATOR"),
        ("#N/A", "ERROR"),
        ("SUM({1,2;3,4})", "CALL ARRAY CLOSE"),
        ("IF(A1;1)", "CALL CELL UNKNOWN NUMBER CLOSE"),
        ("A1<>B1", "CELL OPERATOR CELL"),
        ('"open', "UNKNOWN NAME"),
    ],
)
def test_tokens(formula: str, kinds: str) -> None:
    assert " ".join(token.kind.name for token in tokenize(formula)) == kinds
    assert "".join(token.text for token in tokenize(formula)) == formula


@pytest.mark.parametrize(
    ("text", "reference"),
    [
        ("Campaigns[Budget]", StructuredReference("Campaigns", ("Budget",), ())),
        ("Campaigns[[CTR %]]", StructuredReference("Campaigns", ("CTR %",), ())),
        ("Campaigns[[#This Row],[Budget]]", StructuredReference("Campaigns", ("Budget",), ("#This Row",))),
        ("Campaigns[[A]:[B]]", StructuredReference("Campaigns", ("A", "B"), ())),
        ("Campaigns[]", StructuredReference("Campaigns", (), ())),
        ("Campaigns[#All]", StructuredReference("Campaigns", (), ("#All",))),
        ("[Budget]", StructuredReference("", ("Budget",), ())),
        ("T[Cost '[EUR'] '#1]", StructuredReference("T", ("Cost [EUR] #1",), ())),
    ],
)
def test_structured_references(text: str, reference: StructuredReference) -> None:
    assert parse_structured(text) == reference


@pytest.mark.parametrize(
    ("formula", "place"),
    [
        ("KPIs!$C$1", Place("KPIs", 0, 2)),
        ("'Data Quality'!$B$12", Place("Data Quality", 11, 1)),
        ("KPIs!$A$1:$B$2", None),
        ("0.5", None),
        ("#REF!", None),
        ("KPIs!$XFE$1", None),
    ],
)
def test_names_of_single_cells(formula: str, place: Place | None) -> None:
    assert single_cell(formula) == place


@pytest.mark.parametrize(
    ("formula", "shifted"),
    [
        ("A1+B$1+$A1+$A$1", "C2+D$1+$A2+$A$1"),
        ("'A1'!A1&\"A1\"", "'A1'!C2&\"A1\""),
        ("SUM(A:B,$A:$B,1:2,$1:$2)", "SUM(C:D,$A:$B,2:3,$1:$2)"),
        ("T[A1]+LOG10(A1)", "T[A1]+LOG10(C2)"),
        ("XFD1048576", "B1"),
    ],
)
def test_shared_formulas_move_one_down_and_two_right(formula: str, shifted: str) -> None:
    assert shift_formula(formula, 1, 2) == shifted
