"""Headers are matched whole, whatever their capitals, accents, spaces and punctuation."""

from __future__ import annotations

from pathlib import Path

import pytest

from sheetgen.errors import OptionError, TemplateError
from sheetgen.sources.headers import header_key
from sheetgen.sources.platforms import Platforms, load_platforms
from sheetgen.sources.recognition import Recognition, recognise
from tests.sources.conftest import Load, said

PLATFORMS: Platforms = load_platforms()


def fed(*headers: str) -> dict[str, tuple[str, ...]]:
    """Which headers feed which field."""
    return {match.field: match.headers for match in recognise(headers, PLATFORMS).mapping}


@pytest.mark.parametrize(
    "text",
    [
        "Campaign Name",
        "campaign_name",
        "CAMPAIGN-NAME",
        "campaignName",
        " Campaign\u00a0name ",
        "Campaign  name:",
        "\ufeffCampaign name",
        "Ｃampaign name",
    ],
)
def test_spellings_of_one_header(text: str) -> None:
    assert header_key(text) == header_key("Campaign Name")


def test_accents_apostrophes_and_mojibake_do_not_matter() -> None:
    assert header_key("Montant dépensé") == header_key("Montant depense") == header_key("Montant dÃ©pensÃ©")
    assert header_key("Chiffre d’affaires") == header_key("chiffre d'affaires")


@pytest.mark.parametrize(
    "header", ["Avg. cost", "Cost / conv.", "Cost per click", "Impr. (Top)", "Clicks %", "Costume"]
)
def test_a_header_is_never_matched_in_part(header: str) -> None:
    assert set(fed(header, "Campaign")) == {"campaign_name"}


@pytest.mark.parametrize(
    "header", ["Spend (USD)", "Spend [USD]", "spend_usd", "Spend USD", "Spend (US$)", "Amount spent (USD)"]
)
def test_a_currency_in_a_header_is_pulled_out(load: Load, header: str) -> None:
    data = load(f"Campaign,{header}\nA,1.5\n")
    assert data.currency == "USD"
    assert data.campaigns["Budget"].tolist() == [1.5]


def test_synonyms_in_several_languages() -> None:
    french = fed("Nom de la campagne", "Jour", "Montant dépensé (EUR)", "Couverture", "Clics sur un lien", "Achats")
    assert set(french) == {"campaign_name", "date", "budget", "reach", "clicks", "conversions"}
    assert set(fed("Kampagne", "Kosten", "Klicks", "Umsatz")) == {"campaign_name", "budget", "clicks", "revenue"}
    assert set(fed("Campaña", "Importe gastado", "Alcance")) == {"campaign_name", "budget", "reach"}


def test_spend_is_preferred_and_the_budget_becomes_the_planned_one() -> None:
    assert fed("Campaign", "Budget", "Spend") == {
        "campaign_name": ("Campaign",),
        "budget": ("Spend",),
        "planned_budget": ("Budget",),
    }
    assert fed("Campaign", "Budget")["budget"] == ("Budget",)
    assert "planned_budget" not in fed("Campaign", "Budget")


def test_clicks_of_any_kind_are_preferred_to_link_clicks() -> None:
    assert fed("Campaign", "Link clicks", "Clicks (all)")["clicks"] == ("Clicks (all)",)
    assert fed("Campaign", "Link clicks")["clicks"] == ("Link clicks",)


def test_likes_comments_and_shares_add_up_to_engagement(load: Load) -> None:
    data = load("Campaign,Cost,Likes,Comments,Shares\nA,1,5,2,\nB,1,,,\n")
    assert data.campaigns["Engagement"][0] == 7
    assert data.campaigns["Engagement"].isna().tolist() == [False, True]
    assert said(data, "columns_added_up") == [(0, "Engagement", "Likes + Comments + Shares", "")]


def test_rates_are_known_and_never_imported(load: Load) -> None:
    data = load("Campaign,Cost,Clicks,CTR,Avg. CPC,ROAS,Frequency\nA,1,2,50%,0.5,3,1\n")
    assert said(data, "rates_ignored") == [(0, "", "CTR, Avg. CPC, ROAS, Frequency", "")]
    assert data.campaigns["Revenue"].isna().all()


def test_the_ledger_names_what_was_left_out_and_what_could_serve_too(load: Load) -> None:
    data = load("Campaign,Cost,Orders,Leads,Mood,Weather\nA,1,2,3,4,5\n")
    assert data.campaigns["Conversions"].tolist() == [2.0]
    assert said(data, "alternative_column") == [(0, "Conversions", "Leads", "Orders")]
    assert said(data, "unmapped_headers") == [(0, "", "Mood, Weather", "")]


def test_the_dataset_says_which_header_fed_which_column(load: Load) -> None:
    data = load("Campaign,Spent\nA,1\n")
    assert [(source.header, source.column) for source in data.sources] == [
        ("Campaign", "Campaign Name"),
        ("Spent", "Budget"),
    ]


def test_the_user_maps_a_header(load: Load) -> None:
    data = load("Title;Money out;Cost;Clicks\nA;1;9;2\n", mapping=(("title", "Campaign Name"), ("Money out", "budget")))
    assert data.campaigns["Campaign Name"].tolist() == ["A"]
    assert data.campaigns["Budget"].tolist() == [1.0]


@pytest.mark.parametrize(("pair", "found"), [(("Nope", "Budget"), "Nope"), (("Title", "Profit"), "Profit")])
def test_a_mapping_of_what_is_not_there_is_an_error(load: Load, pair: tuple[str, str], found: str) -> None:
    with pytest.raises(OptionError, match=f"--map: '{found}' is not allowed"):
        load("Title,Cost,Clicks\nA,1,2\n", mapping=(pair,))


def acme(folder: Path, columns: str = "") -> Path:
    """A user's folder with a template of an ad platform."""
    text = f"""
        label = "Acme Ads"
        platform = "Acme"
        marks = ["Acme score"]
        [rows]
        nulls = ["n.b."]
        blank_name_is_total = true
        [[column]]
        field = "budget"
        headers.en = ["Burned"]
        {columns}
    """
    (folder / "platforms").mkdir()
    (folder / "platforms" / "acme.toml").write_text(text, encoding="utf-8")
    return folder


def recognised(folder: Path, *headers: str, source: str = "auto") -> Recognition:
    return recognise(headers, load_platforms(folder), source)


def test_a_platform_is_data_only(load: Load, tmp_path: Path) -> None:
    text = "Campaign,Burned,Acme score,Clicks\n,100,,\nA,1.5,7,3\nB,2.5,8,n.b.\n"
    data = load(text, templates=acme(tmp_path))
    assert data.campaigns["Budget"].tolist() == [1.5, 2.5]
    assert data.campaigns["Platform"].tolist() == ["Acme", "Acme"]
    assert said(data, "total_row") == [(2, "", "", "")]
    assert said(data, "not_a_number") == []


def test_a_platform_is_recognised_by_its_marks_and_else_looked_up_in_the_generic_one(tmp_path: Path) -> None:
    folder = acme(tmp_path)
    found = recognised(folder, "Campaign", "Burned", "Acme score", "Impressions")
    assert (found.platform.key, found.reason) == ("acme", "headers of Acme Ads: Acme score")
    assert {match.field for match in found.mapping} == {"campaign_name", "budget", "impressions"}
    assert recognised(folder, "Campaign", "Burned", "Impressions").platform.key == "generic"
    assert recognised(folder, "Campaign", "Burned", "Impressions", source="acme").platform.key == "acme"


def test_an_unknown_source_is_an_error_that_lists_the_known(load: Load) -> None:
    with pytest.raises(OptionError, match="auto, generic"):
        load("Campaign,Cost\nA,1\n", source="nope")


def test_a_template_with_an_unknown_field_is_an_error_with_its_place(tmp_path: Path) -> None:
    folder = acme(tmp_path, '[[column]]\nfield = "profit"\nheaders.en = ["Profit"]')
    with pytest.raises(TemplateError, match=r"acme\.toml: column 2: 'profit' is no field"):
        load_platforms(folder)
