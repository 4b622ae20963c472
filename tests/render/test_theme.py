"""Themes: the shipped ones are whole and readable, a brand's own needs only what differs, mistakes are said."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from sheetgen.errors import OptionError, TemplateError
from sheetgen.report.style import SERIES_INKS, Ink
from sheetgen.report.theme import Theme, is_dark, load_theme, tint

Own = Callable[[str], Theme]

SHIPPED = ["default", "slate"]


def contrast(color: str, other: str) -> float:
    """The WCAG contrast ratio of two colours."""

    def luminance(color: str) -> float:
        parts = [int(color[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    light, dark = sorted((luminance(color), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.fixture
def own(tmp_path: Path) -> Own:
    """Loads a theme of the user's own, given as TOML."""

    def _own(text: str) -> Theme:
        (tmp_path / "themes").mkdir(exist_ok=True)
        (tmp_path / "themes" / "brand.toml").write_text(text, encoding="utf-8")
        return load_theme("brand", tmp_path)

    return _own


@pytest.mark.parametrize("name", SHIPPED)
def test_texts_of_a_shipped_theme_can_be_read(name: str) -> None:
    theme = load_theme(name)
    colors = theme.colors
    assert contrast(colors.text, "#FFFFFF") > 7
    for text, paper in (
        (colors.muted, "#FFFFFF"),
        (colors.muted, colors.card),
        (colors.header_text, colors.header),
        (colors.accent, "#FFFFFF"),
        (colors.good, tint(colors.good, 0.12)),
        (colors.bad, tint(colors.bad, 0.12)),
        (colors.input, colors.input_fill),
        *((colors.text, color) for color in theme.scale),
    ):
        assert contrast(text, paper) > 4.5, (text, paper)


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_theme_has_eight_different_series_that_show_on_white(name: str) -> None:
    series = load_theme(name).series
    assert len(set(series)) == len(SERIES_INKS)
    assert all(contrast(color, "#FFFFFF") > 1.6 for color in series)


def test_every_ink_but_none_has_a_colour() -> None:
    theme = load_theme()
    assert all(theme.color(ink).startswith("#") for ink in Ink if ink is not Ink.NONE)
    with pytest.raises(KeyError):
        theme.color(Ink.NONE)


def test_a_brand_gives_only_what_differs(own: Own) -> None:
    theme = own('[colors]\naccent = "#e11d48"\n[fonts]\ntitle = "Georgia"')
    assert (theme.name, theme.colors.accent, theme.fonts.title) == ("brand", "#E11D48", "Georgia")
    assert (theme.colors.text, theme.fonts.body, theme.series) == (
        load_theme().colors.text,
        "Calibri",
        load_theme().series,
    )


def test_a_logo_lies_beside_the_theme(own: Own, tmp_path: Path) -> None:
    (tmp_path / "themes").mkdir()
    (tmp_path / "themes" / "logo.png").write_bytes(b"png")
    theme = own('[logo]\nimage = "logo.png"\nalt = "Example agency"')
    assert (theme.logo, theme.logo_alt) == (tmp_path / "themes" / "logo.png", "Example agency")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[colors]\naccent = "blue"', r"themes/brand.toml: \[colors\] accent: 'blue' is not a colour. Write it as"),
        ("[colors]\naccent = 7", r"\[colors\] accent: 7 is not a colour"),
        ('[colors]\nacent = "#112233"', r"\[colors\] acent: is not known. Use one of text, muted, line"),
        ('[colour]\naccent = "#112233"', r"\[colour\]: is not part of a theme. A theme has fonts, colors"),
        ("colors = 3", r"colors: is not a section"),
        ("[fonts]\nbody = 11", r"\[fonts\] body: 11 is not a font name"),
        ('[charts]\nscale = ["#112233"]', r"\[charts\] scale: has the wrong number of colours. Give a list of 3"),
        ('[charts]\nseries = "red"', r"\[charts\] series: has the wrong number of colours. Give a list of 8"),
        ('[logo]\nimage = "logo.svg"', r"\[logo\] image: 'logo.svg' is not an image. Use one of .png"),
        ('[logo]\nimage = "none.png"', r"\[logo\] image: .*none.png is not there. Put the image beside"),
    ],
)
def test_a_mistake_in_a_theme_is_said_with_its_place(text: str, message: str, own: Own) -> None:
    with pytest.raises(TemplateError, match=message):
        own(text)


def test_an_unknown_theme_names_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(OptionError, match=r"--theme: 'neon' is not allowed. Allowed: default, slate"):
        load_theme("neon", tmp_path)


@pytest.mark.parametrize(
    ("color", "share", "expected"),
    [("#000000", 0.5, "#808080"), ("#2563EB", 1, "#2563EB"), ("#2563EB", 0, "#FFFFFF"), ("#B91C1C", 0.1, "#F8E8E8")],
)
def test_a_tint_is_the_colour_thinned_with_white(color: str, share: float, expected: str) -> None:
    assert tint(color, share) == expected


@pytest.mark.parametrize(
    ("color", "dark"), [("#000000", True), ("#0072B2", True), ("#E69F00", False), ("#FFFFFF", False)]
)
def test_dark_colours_take_white_text(color: str, dark: bool) -> None:
    assert is_dark(color) is dark
    assert (contrast(color, "#FFFFFF") > contrast(color, "#000000")) is dark
