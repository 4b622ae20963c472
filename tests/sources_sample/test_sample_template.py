"""The sample template: what a marketer may change, and the sentence for what cannot be used."""

from __future__ import annotations

from pathlib import Path

import pytest

from sheetgen.errors import TemplateError
from sheetgen.sources.sample import Sample, SampleOptions, generate_sample
from sheetgen.templates import template_root

SHIPPED = (template_root() / "sample.toml").read_text(encoding="utf-8")


def _generate(folder: Path, template: str, **options: object) -> Sample:
    (folder / "sample.toml").write_text(template, encoding="utf-8")
    return generate_sample(SampleOptions(campaigns=20, **options), folder)  # type: ignore[arg-type]


def test_a_user_s_template_wins(tmp_path: Path) -> None:
    sample = _generate(tmp_path, SHIPPED.replace("[platforms.TikTok", "[platforms.Pinterest"))
    assert "Pinterest" in set(sample.campaigns["Platform"])
    assert "TikTok" not in set(sample.campaigns["Platform"])


def test_dearer_impressions_buy_fewer(tmp_path: Path) -> None:
    sample = _generate(tmp_path, SHIPPED.replace("cpm = 9.0 ", "cpm = 18.0"))
    shipped = generate_sample(SampleOptions(campaigns=20))
    assert (sample.campaigns["Budget"] == shipped.campaigns["Budget"]).all()
    assert (sample.campaigns["Impressions"] < 0.7 * shipped.campaigns["Impressions"]).all()


def test_without_spread_noise_winners_and_losers_all_are_ordinary(tmp_path: Path) -> None:
    template = SHIPPED.replace("spread = 0.75", "spread = 0").replace("noise = 0.18", "noise = 0")
    template = template.replace("winner_share = 0.07", "winner_share = 0").replace(
        "loser_share = 0.08", "loser_share = 0"
    )
    sample = _generate(tmp_path, template)
    assert set(sample.campaigns["Budget"]) == {2500.0}
    roi = sample.campaigns["Revenue"] / sample.campaigns["Budget"] - 1
    assert roi.between(-0.2, 2.5).all()


def test_a_language_is_added_by_the_template_alone(tmp_path: Path) -> None:
    lines: list[str] = []
    for line in SHIPPED.splitlines():
        lines.append(line)
        if line.startswith("en = ["):
            lines.append('de = ["Grüße"]')
        if line.startswith('en = "'):
            lines.append('de = "de_DE"')
    names = _generate(tmp_path, "\n".join(lines), lang="de").campaigns["Campaign Name"]
    assert names.str.startswith("Grüße – Grüße – Grüße – Grüße").all()
    assert names.is_unique


@pytest.mark.parametrize(
    ("line", "instead", "sentence"),
    [
        (
            "ctr = 0.013 ",
            "ctr = 1.3 #",
            "sample.toml: levels.ctr: found 1.3. Give a number above 0 and up to 1.",
        ),
        (
            "ctr = 0.013 ",
            "ctr = nan #",
            "sample.toml: levels.ctr: found nan. Give a number above 0 and up to 1.",
        ),
        (
            "order_value = 40.0 ",
            "#",
            "sample.toml: levels.order_value: it is missing. Give a number above 0 and up to 1,000,000.",
        ),
        (
            "frequency = [1.1, 4.0]",
            "frequency = [4.0, 1.1]",
            "sample.toml: limits.frequency: the lowest, 4, is not below the highest, 1.1. "
            "Give two numbers, lowest and highest, each from 1 to 100.",
        ),
        (
            "weekdays = [1.00, 0.98, ",
            "weekdays = [1.00, ",
            "sample.toml: platforms.Facebook.weekdays: found 6 values. "
            "Give a list of 7 numbers, each from 0.01 to 100.",
        ),
        (
            "weekdays = [1.00, 0.98, ",
            "weekdays = [1.00, 0, ",
            "sample.toml: platforms.Facebook.weekdays: found 0. Give a list of 7 numbers, each from 0.01 to 100.",
        ),
        (
            "share = 0.36",
            'share = "big"',
            "sample.toml: platforms.Facebook.share: found 'big'. Give a number above 0 and up to 1.",
        ),
        (
            "share = 0.36",
            "share = 0.36\ncrt = 2.0",
            "sample.toml: platforms.Facebook.crt: this name is not known here. Did you mean ctr?",
        ),
        (
            "days = [7, ",
            "days = [0, ",
            "sample.toml: flight.days: found [0, 10, 14, 21, 28, 30, 42, 60]. "
            "Give a list of whole numbers from 1 to 366.",
        ),
        (
            "loser_share = 0.08",
            "loser_share = 0.95",
            "sample.toml: response.loser_share: winner_share and loser_share make 1.02 together. "
            "Lower them: at most 1 together.",
        ),
        (
            'en = ["Feed", "Carousel", "Video", "Marketplace"]',
            "en = []",
            "sample.toml: platforms.Facebook.formats.en: found []. Give a list of one or more texts.",
        ),
        (
            'fr = "fr_FR"',
            'fr = "fr_XX"',
            "sample.toml: locales.fr: Faker has no locale 'fr_XX'. Give one it has, such as en_US or fr_FR.",
        ),
        (
            'fr = ["Rentrée"]',
            "",
            "sample.toml: themes 8.fr: it is missing. Give a list of texts.",
        ),
        (
            "[delivery]",
            "[delivering]",
            "sample.toml: delivering: this name is not known here. Did you mean delivery?",
        ),
    ],
)
def test_a_value_that_cannot_be_used_is_refused(line: str, instead: str, sentence: str, tmp_path: Path) -> None:
    assert line in SHIPPED
    with pytest.raises(TemplateError) as caught:
        _generate(tmp_path, SHIPPED.replace(line, instead, 1))
    assert str(caught.value) == sentence


def test_every_month_needs_a_theme(tmp_path: Path) -> None:
    template = SHIPPED.replace("months = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]", "months = [1]")
    assert _generate(tmp_path, template) is not None
    with pytest.raises(TemplateError, match=r"themes: no theme for month 2\. Add 2 to the months of at least one\."):
        _generate(tmp_path, template.replace("months = [1, 2]", "months = [1]"))


def test_no_platforms_at_all_is_refused(tmp_path: Path) -> None:
    start, end = SHIPPED.index("[platforms.Facebook]"), SHIPPED.index("# A campaign is named")
    with pytest.raises(TemplateError, match=r"platforms: it is empty\. Write at least one section \[platforms\.NAME\]"):
        _generate(tmp_path, SHIPPED[:start] + "[platforms]\n" + SHIPPED[end:])
