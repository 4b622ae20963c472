"""Exports of Google Ads, TikTok, LinkedIn, Pinterest, Snapchat and X, with what each puts around and into its rows."""

from __future__ import annotations

import pytest

from sheetgen.sources.platforms import load_platforms
from sheetgen.sources.recognition import recognise
from tests.sources.conftest import Load, said

GOOGLE = {
    "en": (
        'Campaign report\n"July 8, 2025 - July 31, 2025"\n'
        "Campaign status,Campaign,Budget,Currency code,Impr.,Clicks,Cost,Conversions,Conv. value,Avg. CPC\n"
        'Enabled,Brand,50.00,EUR,"2,000",40,100.50,3.50,700.25,2.51\n'
        "Paused,Generic, --,EUR,500,10,50.25,0.00,0.00,5.03\n"
        'Total: Campaigns, --, --,EUR,"2,500",50,150.75,3.50,700.25,3.02\n'
        'Total: Account,,,EUR,"2,500",50,150.75,3.50,700.25,3.02\n'
    ),
    "fr": (
        "Rapport sur les campagnes\n8 juillet 2025 - 31 juillet 2025\n"
        "État de la campagne;Campagne;Budget;Code de la devise;Impr.;Clics;Coût;Conversions;Valeur de conv.;CPC moy.\n"
        "Activée;Brand;50,00;EUR;2 000;40;100,50;3,50;700,25;2,51\n"
        "Suspendue;Generic;--;EUR;500;10;50,25;0,00;0,00;5,03\n"
        "Total : compte;;;EUR;2 500;50;150,75;3,50;700,25;3,02\n"
    ),
    "de": (
        "Kampagnenbericht\n8. Juli 2025 - 31. Juli 2025\n"
        "Kampagnenstatus\tKampagne\tBudget\tWährungscode\tImpr.\tKlicks\tKosten\tConversions\tConv.-Wert\t"
        "Durchschn. CPC\n"
        "Aktiviert\tBrand\t50,00\tEUR\t2.000\t40\t100,50\t3,50\t700,25\t2,51\n"
        "Pausiert\tGeneric\t --\tEUR\t500\t10\t50,25\t0,00\t0,00\t5,03\n"
        "Gesamt: Kampagnen\t --\t --\tEUR\t2.500\t50\t150,75\t3,50\t700,25\t3,02\n"
        "Gesamt: Konto\t\t\tEUR\t2.500\t50\t150,75\t3,50\t700,25\t3,02\n"
    ),
    "es": (
        "Informe de campaña\n8 de julio de 2025 - 31 de julio de 2025\n"
        "Estado de la campaña;Campaña;Presupuesto;Código de moneda;Impr.;Clics;Coste;Conversiones;"
        "Valor de conv.;CPC medio\n"
        "Habilitada;Brand;50,00;EUR;2.000;40;100,50;3,50;700,25;2,51\n"
        "Detenida;Generic;--;EUR;500;10;50,25;0,00;0,00;5,03\n"
        "Total: cuenta;;;EUR;2.500;50;150,75;3,50;700,25;3,02\n"
    ),
}
LINKEDIN = (
    "Campaign Performance Report (in UTC)\n"
    '"Report Start: July 1, 2025, 12:00 AM"\n'
    '"Report End: July 31, 2025, 11:59 PM"\n'
    '"Date Generated: August 2, 2025, 9:00 AM"\n'
    "\n"
    "Account Name\tCurrency\tCampaign Group Name\tCampaign Name\tTotal Spent\tImpressions\tClicks\t"
    "Total Engagements\tConversions\n"
    'Acme\tEUR\tGroup\t"Brand\nSummer"\t100.50\t2000\t40\t60\t3\n'
    "Acme\tEUR\tGroup\tLeads\t50.25\t500\t10\t12\t1\n"
)
TIKTOK = (
    "Campaign name,Primary status,Budget,Cost,Impressions,Clicks (destination),CTR (destination),Conversions,Currency\n"
    "Brand,Active,50.00,100.50,2000,40,2.00%,3,USD\n"
    "Sale,Active,50.00,50.25,500,10,2.00%,1,USD\n"
    "-,-,-,150.75,2500,50,2.00%,4,USD\n"
    "Total of 2 results,-,-,150.75,2500,50,2.00%,4,USD\n"
)
PINTEREST = (
    "Campaign ID,Campaign name,Date,Spend in account currency,Impressions,Pin clicks,Outbound clicks,Saves,"
    "Total conversions\n"
    "1,Brand,2025-07-01,100.50,2000,90,40,5,3\n2,Sale,2025-07-01,50.25,500,20,10,1,1\n"
)
SNAPCHAT = (
    "Start Time,Campaign Name,Amount Spent (USD),Paid Impressions,Swipe Ups,eCPSU,Total Conversions\n"
    "2025-07-01,Brand,100.50,2000,40,2.51,3\n2025-07-01,Sale,50.25,500,10,5.03,1\n"
)
X = (
    "Campaign,Objective,Campaign start date,Campaign end date,Spend,Impressions,Clicks,Link clicks,Engagements,"
    "Billed engagements,Total conversions\n"
    "Brand,Website traffic,2025-07-01,2025-07-31,100.50,2000,40,30,60,41,3\n"
    "Sale,Website traffic,2025-07-01,2025-07-31,50.25,500,10,8,12,9,1\n"
)


@pytest.mark.parametrize("language", GOOGLE)
def test_google_ads_with_its_preamble_period_and_totals(load: Load, language: str) -> None:
    data = load(GOOGLE[language])
    assert data.campaigns[["Campaign Name", "Platform"]].to_numpy().tolist() == [
        ["Brand", "Google Ads"],
        ["Generic", "Google Ads"],
    ]
    assert data.campaigns["Budget"].tolist() == [100.5, 50.25]
    assert data.campaigns["Impressions"].tolist() == [2000, 500]
    assert data.campaigns["Conversions"].tolist() == [3.5, 0]
    assert data.campaigns["Revenue"].sum() == 700.25
    assert data.campaigns["Planned Budget"].fillna(-1).tolist() == [50, -1]
    assert data.campaigns["Start Date"].dt.strftime("%Y-%m-%d").tolist() == ["2025-07-08"] * 2
    assert data.campaigns["End Date"].dt.strftime("%Y-%m-%d").tolist() == ["2025-07-31"] * 2
    assert data.currency == "EUR"


@pytest.mark.parametrize(
    ("text", "platform", "clicks"),
    [
        (LINKEDIN, "LinkedIn", 50),
        (TIKTOK, "TikTok", 50),
        (PINTEREST, "Pinterest", 50),
        (SNAPCHAT, "Snapchat", 50),
        (X, "X", 50),
    ],
    ids=["linkedin", "tiktok", "pinterest", "snapchat", "x"],
)
def test_totals_of_other_platforms(load: Load, text: str, platform: str, clicks: int) -> None:
    campaigns = load(text).campaigns
    assert campaigns["Platform"].tolist() == [platform] * 2
    sums = campaigns[["Budget", "Impressions", "Clicks", "Conversions"]].sum().tolist()
    assert sums == [150.75, 2500, clicks, 4]


def test_linkedin_names_its_period_above_the_header(load: Load) -> None:
    campaigns = load(LINKEDIN.encode("utf-16")).campaigns
    assert campaigns["Campaign Name"].tolist() == ["Brand\nSummer", "Leads"]
    assert campaigns["Start Date"].dt.strftime("%Y-%m-%d").tolist() == ["2025-07-01"] * 2
    assert campaigns["End Date"].dt.strftime("%Y-%m-%d").tolist() == ["2025-07-31"] * 2


@pytest.mark.parametrize(
    ("line", "days"),
    [
        ("Jul 8, 2025 – Jul 31, 2025", ["2025-07-08", "2025-07-31"]),
        ("8 – 31 juil. 2025", ["2025-07-08", "2025-07-31"]),
        ("Du 08/07/2025 au 31/07/2025", ["2025-07-08", "2025-07-31"]),
        ("Zeitraum: 08.07.2025 - 31.07.2025", ["2025-07-08", "2025-07-31"]),
        ("2025-07-08 to 2025-07-31", ["2025-07-08", "2025-07-31"]),
        ("dal 8 luglio 2025 al 31 luglio 2025", ["2025-07-08", "2025-07-31"]),
        ("8 juli 2025 t/m 31 juli 2025", ["2025-07-08", "2025-07-31"]),
        ("01/02/2025 - 03/04/2025", []),
        ("All time", []),
    ],
)
def test_periods_above_the_header(load: Load, line: str, days: list[str]) -> None:
    campaigns = load(f'Report\n"{line}"\nCampaign,Cost,Clicks\nA,1,2\n').campaigns
    found = [date for column in ("Start Date", "End Date") for date in campaigns[column].dropna().dt.strftime("%F")]
    assert found == days


def test_a_period_that_reads_both_ways_is_left_out_with_a_warning_and_read_as_the_user_says(load: Load) -> None:
    text = "01/02/2025 - 03/04/2025\nCampaign,Cost,Clicks\nA,1,2\n"
    assert [before for _, _, before, _ in said(load(text), "period_unclear")] == ["01/02/2025 - 03/04/2025"]
    assert load(text, dayfirst=True).campaigns["End Date"].dt.strftime("%F").tolist() == ["2025-04-03"]


@pytest.mark.parametrize(
    ("headers", "platform"),
    [
        (("Campaign name", "Amount spent (USD)", "Link clicks"), "meta"),
        (("Campaign", "Amount spent", "Clicks"), "generic"),
        (("Campaign", "Cost", "Impr.", "Clicks"), "google_ads"),
        (("Campaign name", "Cost", "Clicks (destination)", "Results", "Cost per result"), "tiktok"),
        (("Start Date (in UTC)", "Campaign Name", "Total Spent"), "linkedin"),
        (("Date", "Campaign name", "Ad group name", "Ad group ID", "Cost", "Video views"), "generic"),
        (("Platform", "Campaign", "Reach", "Likes", "Engagement rate", "Spend"), "generic"),
    ],
)
def test_the_platform_that_headers_tell(headers: tuple[str, ...], platform: str) -> None:
    assert recognise(headers, load_platforms()).platform.key == platform


def test_the_user_names_the_platform(load: Load) -> None:
    data = load("Campaign,Cost,Clicks\nA,1,2\n", source="tiktok")
    assert data.campaigns["Platform"].tolist() == ["TikTok"]
    assert [before for _, _, before, _ in said(data, "platform_recognised")] == ["named by --source"]
