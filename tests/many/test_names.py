"""Files named after values: safe on every system, each once, where the user wants them."""

from __future__ import annotations

from pathlib import Path

import pytest

from sheetgen.errors import OptionError
from sheetgen.many.names import Places, slug_of, slugs_of


@pytest.mark.parametrize(
    ("value", "slug"),
    [
        ("Acme", "acme"),
        ("Bébé & Co.", "bebe-co"),
        ("Straße 12", "strasse-12"),
        ("../../etc/passwd", "etc-passwd"),
        ('a\\b:c*d?e"f<g>h|i', "a-b-c-d-e-f-g-h-i"),
        ("حملة 2025", "حملة-2025"),
        ("한국 지사", "한국-지사"),
        ("CON", "con-value"),
        ("lpt1", "lpt1-value"),
        (" .hidden. ", "hidden"),
        ("!!!", "value"),
        ("(blank)", "blank"),
        ("x" * 300, "x" * 60),
    ],
)
def test_value_as_a_part_of_a_file_name(value: str, slug: str) -> None:
    assert slug_of(value) == slug


def test_values_that_look_alike_are_numbered_in_their_order() -> None:
    assert slugs_of(["A&B", "A+B", "A-B 2", "a b"]) == ("a-b", "a-b-2", "a-b-2-2", "a-b-3")


@pytest.mark.parametrize(
    ("output", "place"),
    [
        ("reports", "reports/report-acme.xlsx"),
        ("output/report.xlsx", "output/report-acme.xlsx"),
        ("spring.XLSX", "spring-acme.XLSX"),
        ("reports/{value}.xlsx", "reports/acme.xlsx"),
        ("{value}/report.xlsx", "acme/report.xlsx"),
        ("{value}", "acme/report-acme.xlsx"),
    ],
)
def test_places(output: str, place: str) -> None:
    assert Places.of_option("--output", Path(output), "report.xlsx").of_slug("acme") == Path(place)


def test_place_of_another_kind_is_refused() -> None:
    with pytest.raises(
        OptionError, match=r"'report\.pdf' is not allowed\. Allowed: a folder, or a file name that ends"
    ):
        Places.of_option("--output", Path("report.pdf"), "report.xlsx")
