"""The traps of real exports, one file each: what it must add up to, and what the ledger must say about it."""

from __future__ import annotations

import io
from dataclasses import dataclass, field

import openpyxl
import pytest

from sheetgen.errors import AmbiguousDatesError, AmbiguousNumbersError, InputError
from tests.sources.conftest import Content, Load, said


@dataclass(frozen=True)
class Trap:
    """A file, the sums it must give, and the codes its ledger must have with their numbers of lines."""

    content: Content
    sums: dict[str, float]
    says: dict[str, int] = field(default_factory=dict)


def workbook(*rows: list[object]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


FRENCH_META = (
    "Jour;Nom de la campagne;Nom de l\u2019ensemble de publicités;Couverture;Répétition;Impressions;"
    "CPM (Coût pour 1\u00a0000 impressions) (EUR);Clics sur un lien;Montant dépensé (EUR);"
    "ROAS (retour sur les dépenses publicitaires) des achats\n"
    "2025-03-01;Été;A;1\u00a0000;2,00;2\u202f000;25,00;40;50,00;\n"
    "2025-03-02;Été;B;500;1,00;500;20,10;10;10,05;\n"
)
LINKEDIN_LINES = (
    "Campaign Performance Report (in UTC)\t\nReport Start: September 1, 2026, 12:00 AM\t\n"
    "Report End: September 30, 2026, 11:59 PM\t\nDate Generated: October 2, 2026\t\n\n"
)

TRAPS = {
    "meta-en-total-first-without-a-name": Trap(
        "Campaign name,Campaign delivery,Amount spent (USD),Impressions\n,0,30,300\nA,active,10,100\nB,active,20,200\n",
        {"Budget": 30, "Impressions": 300},
        {"total_row": 1, "total_agrees": 2},
    ),
    "meta-de-total-last-named-gesamt": Trap(
        "Name der Kampagne;Ausgegebener Betrag (EUR);Impressionen\nA;10,50;1.100\nB;20,25;2.200\nGesamt;30,75;3.300\n",
        {"Budget": 30.75, "Impressions": 3300},
        {"total_row": 1},
    ),
    "meta-nl-total-differs-is-said": Trap(
        "Campagnenaam;Besteed bedrag (EUR);Weergaven\nA;10,50;100\nB;20,25;200\nTotaal;99,00;300\n",
        {"Budget": 30.75, "Impressions": 300},
        {"total_differs": 1, "total_agrees": 1},
    ),
    "meta-fr-pivot-subtotals-named-tous": Trap(
        "Nom de la campagne;Âge;Sexe;Montant dépensé (EUR);Clics (tous)\nA;Tous;Tous;30,00;3\n"
        "A;18-24;homme;10,00;1\nA;25-34;femme;20,00;2\n",
        {"Budget": 30, "Clicks": 3},
        {"total_row": 1},
    ),
    "meta-es-breakdown-rows-of-one-ad-add-up": Trap(
        "Nombre de la campaña;Nombre del anuncio;Edad;Importe gastado (EUR);Alcance;Clics (todos)\n"
        "A;Uno;18-24;10,50;100;1\nA;Uno;25-34;20,25;200;2\n",
        {"Budget": 30.75, "Clicks": 3, "Reach": 300},
    ),
    "meta-it-empty-dash-and-long-dash-are-blank": Trap(
        "Nome della campagna;Importo speso (EUR);Acquisti;Clic (tutti)\nA;10,50;-;\nB;20,25;—;--\nC;1,00;4;5\n",
        {"Budget": 31.75, "Conversions": 4, "Clicks": 5},
    ),
    "meta-pt-mark-of-utf-8": Trap(
        b"\xef\xbb\xbf" + "Nome da campanha,Valor usado (BRL),Alcance\nVerão,1.5,7\n".encode(),
        {"Budget": 1.5, "Reach": 7},
    ),
    "meta-en-period-of-a-month-has-no-days": Trap(
        "Reporting starts,Reporting ends,Campaign name,Amount spent (USD)\n2025-03-01,2025-03-31,A,10\n",
        {"Budget": 10},
        {"grain": 1},
    ),
    "meta-en-budgets-and-ends-in-words": Trap(
        "Campaign name,Ad set budget,Ends,Amount spent (USD)\nA,Using campaign budget,Ongoing,10\nB,50,2025-04-30,20\n",
        {"Budget": 30, "Planned Budget": 50},
        {"budget_in_words": 1},
    ),
    "meta-ja-end-in-words": Trap("Campaign name,Ends,Amount spent (JPY)\nA,継続,1000\n", {"Budget": 1000}),
    "meta-fr-curly-apostrophe-and-no-break-spaces": Trap(
        FRENCH_META, {"Budget": 60.05, "Impressions": 2500, "Reach": 1500, "Clicks": 50}, {"unmapped_headers": 0}
    ),
    "meta-fr-read-in-the-wrong-encoding": Trap(
        FRENCH_META.replace("\u202f", "").replace("\u00a0", "").encode().decode("cp1252", "replace"),
        {"Budget": 60.05, "Clicks": 50},
    ),
    "google-en-title-and-quoted-range": Trap(
        'Campaign report\n"July 8, 2025 - July 31, 2025"\nCampaign,Impr.,Cost\nA,"1,200",10.50\n',
        {"Impressions": 1200, "Budget": 10.5},
        {"preamble": 2, "period_from_preamble": 1},
    ),
    "google-fr-several-totals": Trap(
        "Campagne;Impr.;Coût\nA;1 200;10,50\nTotal : campagnes;1 200;10,50\nTotal : compte;1 200;10,50\n",
        {"Impressions": 1200, "Budget": 10.5},
        {"total_row": 2},
    ),
    "google-de-several-totals": Trap(
        "Kampagne;Impr.;Kosten\nA;1.200;10,50\nGesamt: Kampagnen;1.200;10,50\nGesamt: Konto;1.200;10,50\n",
        {"Impressions": 1200, "Budget": 10.5},
        {"total_row": 2},
    ),
    "google-es-fractional-conversions-and-dashes": Trap(
        "Campaña;Impr.;Coste;Conversiones;Valor de conv.\nA;1.200;10,50;3,50; --\nB;5;1,00; --;100,25\n",
        {"Conversions": 3.5, "Revenue": 100.25, "Budget": 11.5},
    ),
    "google-en-excel-csv-is-utf-16-with-tabs": Trap(
        "Campaign\tImpr.\tCost\nA\t1,200\t10.50\n".encode("utf-16-le"),
        {"Impressions": 1200, "Budget": 10.5},
    ),
    "google-en-rates-that-sound-like-cost": Trap(
        "Campaign,Avg. cost,Cost / conv.,Cost,Impr.,Search impr. share\nA,9.00,8.00,10.50,100,< 10%\n",
        {"Budget": 10.5},
        {"not_a_number": 0},
    ),
    "linkedin-en-preamble-and-line-feeds-in-names": Trap(
        f"{LINKEDIN_LINES}Campaign Name\tCurrency\tTotal Spent\tClicks\n"
        '"Brand\nSummer"\tEUR\t100.50\t40\n"Leads"\tEUR\t50.25\t10\nTotal\t\t150.75\t50\n'.encode("utf-16"),
        {"Budget": 150.75, "Clicks": 50},
        {"total_row": 1},
    ),
    "linkedin-en-with-commas": Trap(
        LINKEDIN_LINES.replace("\t", "") + 'Campaign Name,Total Spent,Clicks\nA,"1,100.50",40\n',
        {"Budget": 1100.5, "Clicks": 40},
    ),
    "tiktok-en-footer-and-row-with-a-dash": Trap(
        "Campaign name,Cost,Clicks (destination)\nA,10,1\nB,20,2\n-,30,3\nTotal of 2 results,30,3\n",
        {"Budget": 30, "Clicks": 3},
        {"total_row": 2},
    ),
    "tiktok-fr-footer-and-row-with-a-dash": Trap(
        "Nom de la campagne;Coût;Clics (destination)\nA;10,5;1\nB;20,25;2\n-;30,75;3\nTotal de 2 résultats;30,75;3\n",
        {"Budget": 30.75, "Clicks": 3},
        {"total_row": 2},
    ),
    "tiktok-de-footer-and-row-with-a-dash": Trap(
        "Kampagnenname;Kosten;Klicks (Ziel)\nA;10,5;1\nB;20,25;2\n-;30,75;3\nGesamtzahl von 2 Ergebnissen;30,75;3\n",
        {"Budget": 30.75, "Clicks": 3},
        {"total_row": 2},
    ),
    "tiktok-es-footer": Trap(
        "Nombre de la campaña;Coste;Clics (destino)\nA;10,5;1\nB;20,25;2\nTotal de 2 resultados;30,75;3\n",
        {"Budget": 30.75, "Clicks": 3},
        {"total_row": 1},
    ),
    "tiktok-pt-footer": Trap(
        "Nome da campanha;Custo;Cliques (destino)\nA;10,5;1\nB;20,25;2\nTotal de 2 resultados;30,75;3\n",
        {"Budget": 30.75, "Clicks": 3},
        {"total_row": 1},
    ),
    "pinterest-en-clicks-that-leave": Trap(
        "Campaign name,Spend in account currency,Paid impressions,Pin clicks,Outbound clicks\nA,10.50,100,9,4\n",
        {"Budget": 10.5, "Impressions": 100, "Clicks": 4},
    ),
    "snapchat-en-swipe-ups-are-clicks": Trap(
        "Campaign Name,Amount Spent (USD),Paid Impressions,Swipe Ups,Swipe Up Rate\nA,10.50,100,4,4.00%\n",
        {"Budget": 10.5, "Impressions": 100, "Clicks": 4},
        {"rate_agrees": 1},
    ),
    "x-en-its-own-names": Trap(
        "Campaign,Campaign total budget,Spend,Impressions,Clicks,Engagements,Billed engagements\nA,99,10.5,100,4,6,5\n",
        {"Budget": 10.5, "Engagement": 6, "Clicks": 4, "Planned Budget": 99},
    ),
    "numbers-us": Trap('Campaign,Cost,Clicks\nA,"$1,234.50","1,000"\n', {"Budget": 1234.5, "Clicks": 1000}),
    "numbers-french": Trap("Campagne;Coût;Clics\nA;1\u202f234,50 €;1\u00a0000\n", {"Budget": 1234.5, "Clicks": 1000}),
    "numbers-german": Trap("Kampagne;Kosten;Klicks\nA;1.234,50 €;1.000\n", {"Budget": 1234.5, "Clicks": 1000}),
    "numbers-brazilian": Trap("Campanha;Custo;Cliques\nA;R$ 1.234,50;1.000\n", {"Budget": 1234.5, "Clicks": 1000}),
    "numbers-swiss": Trap("Kampagne;Kosten;Klicks\nA;CHF 1'234.50;1’000\n", {"Budget": 1234.5, "Clicks": 1000}),
    "numbers-indian": Trap('Campaign,Cost,Clicks\nA,"₹12,34,567.50",5\n', {"Budget": 1234567.5}),
    "rates-with-a-percent-are-not-imported": Trap(
        "Campaign,Impressions,Clicks,CTR,Cost\nA,1000,21,2.10%,5\n", {"Clicks": 21}, {"rates_ignored": 1}
    ),
    "dates-one-above-12-decides": Trap("Campaign,Date,Cost\nA,03/04/2026,1\nA,13/04/2026,2\n", {"Budget": 3}),
    "workbook-named-csv-with-serials": Trap(
        workbook(["Campaign", "Day", "Cost"], ["A", 45717, 10.5], ["A", "45718", 20.25]), {"Budget": 30.75}
    ),
    "cells-that-look-like-formulas": Trap(
        "Campaign,Cost\n=1+1,1\n+sale,2\n-sale,3\n@home,4\n", {"Budget": 10}, {"nameless_row": 0}
    ),
    "emoji-and-other-scripts": Trap("Campaign,Cost\nÉté 🌞,1\nحملة,2\n夏の広告,3\n", {"Budget": 6}),
}


@pytest.mark.parametrize("name", TRAPS)
def test_a_trap_gives_its_sums(load: Load, name: str) -> None:
    trap = TRAPS[name]
    data = load(trap.content)
    assert {column: data.campaigns[column].sum() for column in trap.sums} == pytest.approx(trap.sums)
    counts = data.ledger.counts()
    assert {code: counts.get(code, 0) for code in trap.says} == trap.says


def test_a_period_of_a_month_makes_no_days(load: Load) -> None:
    data = load(TRAPS["meta-en-period-of-a-month-has-no-days"].content)
    assert data.daily is None
    assert data.campaigns["End Date"].dt.strftime("%F").tolist() == ["2025-03-31"]


def test_serials_of_excel_are_days(load: Load) -> None:
    data = load(TRAPS["workbook-named-csv-with-serials"].content)
    assert data.daily is not None
    assert data.daily["Date"].dt.strftime("%F").tolist() == ["2025-03-01", "2025-03-02"]


@pytest.mark.parametrize(
    ("language", "content", "day"),
    [
        ("en", "Start Date (in UTC)\tCampaign Name\tTotal Spent\n9/2/2026\tA\t1\n9/3/2026\tA\t2\n", "2026-09-02"),
        ("nl", "Startdatum (in UTC)\tCampagnenaam\tTotaal besteed\n2-9-2026\tA\t1\n3-9-2026\tA\t2\n", "2026-09-02"),
        (
            "fr",
            "Date de début (en UTC)\tNom de la campagne\tTotal dépensé\n02/09/2026\tA\t1\n03/09/2026\tA\t2\n",
            "2026-09-02",
        ),
        (
            "de",
            "Startdatum (in UTC)\tKampagnenname\tGesamtausgaben\n02.09.2026\tA\t1\n03.09.2026\tA\t2\n",
            "2026-09-02",
        ),
    ],
)
def test_linkedin_writes_dates_in_the_order_of_its_language(load: Load, language: str, content: str, day: str) -> None:
    data = load(content.encode("utf-16"))
    assert data.daily is not None
    assert str(data.daily["Date"].iloc[0].date()) == day
    assert any("LinkedIn" in after for *_, after in said(data, "dates_settled")), language


def test_linkedin_decimals_go_by_language_where_they_read_both_ways(load: Load) -> None:
    dutch = "Startdatum (in UTC);Campagnenaam;Totaal besteed\n2026-09-21;A;1,234\n"
    english = 'Start Date (in UTC),Campaign Name,Total Spent\n2026-09-21,A,"1,234"\n'
    assert load(dutch).campaigns["Budget"].tolist() == [1.234]
    assert load(english).campaigns["Budget"].tolist() == [1234]


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        ("Campaign,Date,Cost\nA,03/04/2026,1\n", AmbiguousDatesError),
        ('Campaign,Cost\nA,"12,345"\n', AmbiguousNumbersError),
    ],
)
def test_what_reads_both_ways_is_asked_about(load: Load, content: str, refusal: type[InputError]) -> None:
    with pytest.raises(refusal, match=r"--dayfirst|--decimal"):
        load(content)
