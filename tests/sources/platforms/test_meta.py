"""Exports of Meta Ads Manager in seven languages: one set of rows, the same totals from each."""

from __future__ import annotations

import pytest

from sheetgen.dataset import Dataset
from tests.sources.conftest import Load, said

# Each file: two campaigns, a row of totals without a name, budgets in words, blanks as the interface writes them.
ENGLISH = (
    "\ufeffReporting starts,Reporting ends,Campaign name,Campaign delivery,Results,Result indicator,Reach,Impressions,"
    "Ad set budget,Amount spent (EUR),Ends,Link clicks,Clicks (all),Purchases conversion value\n"
    "2025-03-01,2025-03-31,,,,,2500,4500,,150.75,,60,90,800.5\n"
    "2025-03-01,2025-03-31,Spring,active,4,actions:offsite_conversion.fb_pixel_purchase,1000,2000,"
    "Using campaign budget,"
    "100.5,Ongoing,40,60,800.5\n"
    "2025-03-01,2025-03-31,Brand,active,1500,reach,1500,2500,20,50.25,2025-04-30,20,30,\n"
)
FRENCH = (
    "Début des rapports;Fin des rapports;Nom de la campagne;Résultats;Indicateur de résultats;Couverture;Impressions;"
    "Budget de l’ensemble de publicités;Montant dépensé (EUR);Fin;Clics sur un lien;Clics (tous);"
    "Valeur de conversion des achats;CPM (Coût pour 1\u00a0000 impressions) (EUR)\n"
    "2025-03-01;2025-03-31;;;;2\u202f500;4\u202f500;;150,75;;60;90;800,5;33,5\n"
    "2025-03-01;2025-03-31;Spring;4;actions:omni_purchase;1\u202f000;2\u202f000;Utilise le budget de campagne;100,5;"
    "En cours;40;60;800,5;50,25\n"
    "2025-03-01;2025-03-31;Brand;1\u202f500;reach;1\u202f500;2\u202f500;20;50,25;2025-04-30;20;30;;20,1\n"
)
GERMAN = (
    "Berichtsstart;Berichtsende;Name der Kampagne;Ergebnisse;Ergebnisindikator;Reichweite;Impressionen;"
    "Ausgegebener Betrag (EUR);Ende;Link-Klicks;Klicks (alle);Conversion-Wert von Käufen\n"
    "01.03.2025;31.03.2025;Spring;4;actions:purchase;1.000;2.000;100,50;Fortlaufend;40;60;800,50\n"
    "01.03.2025;31.03.2025;Brand;1.500;reach;1.500;2.500;50,25;30.04.2025;20;30;–\n"
    "01.03.2025;31.03.2025;;;;2.500;4.500;150,75;;60;90;800,50\n"
)
SPANISH = (
    "Inicio del informe,Fin del informe,Nombre de la campaña,Resultados,Indicador de resultado,Alcance,Impresiones,"
    "Importe gastado (EUR),Clics en el enlace,Clics (todos),Valor de conversión de compras\n"
    '2025-03-01,2025-03-31,Spring,4,actions:omni_purchase,1000,2000,"100,50",40,60,"800,50"\n'
    '2025-03-01,2025-03-31,Brand,1500,reach,1500,2500,"50,25",20,30,\n'
)
PORTUGUESE = (
    "Início dos relatórios,Encerramento dos relatórios,Nome da campanha,Resultados,Indicador de resultados,"
    "Alcance,Impressões,"
    "Valor usado (EUR),Cliques no link,Cliques (todos),Valor de conversão da compra\n"
    "2025-03-01,2025-03-31,Spring,4,actions:offsite_conversion.fb_pixel_purchase,1000,2000,100.5,40,60,800.5\n"
    "2025-03-01,2025-03-31,Brand,1500,reach,1500,2500,50.25,20,30,\n"
)
ITALIAN = (
    "Inizio dei report,Fine dei report,Nome della campagna,Risultati,Indicatore di risultato,Copertura,Impression,"
    "Budget del gruppo di inserzioni,Importo speso (EUR),Fine,Clic sul link,Clic (tutti),"
    "Valore di conversione degli acquisti\n"
    '2025-03-01,2025-03-31,Spring,4,actions:omni_purchase,1000,2000,Budget della campagna,"100,50",In corso,'
    '40,60,"800,50"\n'
    '2025-03-01,2025-03-31,Brand,1500,reach,1500,2500,20,"50,25",2025-04-30,20,30,\n'
)
DUTCH = (
    "Begin rapportage;Einde rapportage;Campagnenaam;Resultaten;Resultatenindicator;Bereik;Weergaven;"
    "Besteed bedrag (EUR);"
    "Klikken op links;Klikken (alle);Conversiewaarde van aankopen\n"
    "1-3-2025;31-3-2025;Spring;4;actions:omni_purchase;1.000;2.000;100,5;40;60;800,5\n"
    "1-3-2025;31-3-2025;Brand;1.500;reach;1.500;2.500;50,25;20;30;\n"
)
FILES = {
    "en": ENGLISH,
    "fr": FRENCH,
    "de": GERMAN,
    "es": SPANISH,
    "pt": PORTUGUESE,
    "it": ITALIAN,
    "nl": DUTCH,
}
TOTALS = {
    "Budget": 150.75,
    "Impressions": 4500,
    "Reach": 2500,
    "Clicks": 90,
    "Conversions": 4,
    "Revenue": 800.5,
}


def totals(data: Dataset) -> dict[str, float]:
    return {column: data.campaigns[column].sum() for column in TOTALS}


@pytest.mark.parametrize("language", FILES)
def test_the_same_totals_in_every_language(load: Load, language: str) -> None:
    data = load(FILES[language])
    assert totals(data) == pytest.approx(TOTALS)
    assert data.campaigns["Platform"].tolist() == ["Meta", "Meta"]
    assert (data.currency, data.campaigns["Start Date"].dt.strftime("%d %m").tolist()) == ("EUR", ["01 03", "01 03"])


def test_a_file_read_in_the_wrong_encoding_is_put_right(load: Load) -> None:
    data = load(FRENCH.replace("\u202f", "").replace("\u00a0", " ").encode().decode("cp1252", "replace"))
    assert totals(data)["Budget"] == 150.75


def test_utf_16_with_tabs(load: Load) -> None:
    data = load(GERMAN.replace(";", "\t").encode("utf-16"))
    assert totals(data) == pytest.approx(TOTALS)


def test_only_results_that_are_conversions_count_and_the_ledger_says_which(load: Load) -> None:
    data = load(ENGLISH)
    assert said(data, "results_counted") == [
        (0, "Conversions", "Results: actions:offsite_conversion.fb_pixel_purchase", "")
    ]
    assert said(data, "results_left") == [(0, "Conversions", "Results: reach", "")]
    assert data.campaigns["Campaign Type"].tolist() == ["Sales", "Awareness"]


def test_the_user_has_all_results_count(load: Load) -> None:
    assert load(ENGLISH, mapping=(("Results", "Conversions"),)).campaigns["Conversions"].tolist() == [4, 1500]


def test_results_that_nothing_explains_do_not_count(load: Load) -> None:
    data = load("Campaign name,Results,Amount spent (USD)\nA,5,10\n")
    assert data.campaigns["Conversions"].isna().all()
    assert said(data, "results_unclear") == [(0, "Conversions", "Results", "")]


@pytest.mark.parametrize(("objective", "conversions"), [("OUTCOME_SALES", 5.0), ("Prospects", 5.0), ("Trafic", None)])
def test_without_an_indicator_the_objective_tells(load: Load, objective: str, conversions: float | None) -> None:
    data = load(f"Campaign name,Objective,Results,Amount spent (USD)\nA,{objective},5,10\n")
    assert data.campaigns["Conversions"].dropna().tolist() == ([] if conversions is None else [conversions])


def test_purchases_come_before_results(load: Load) -> None:
    data = load("Campaign name,Results,Result indicator,Purchases,Amount spent (USD)\nA,9,actions:lead,2,10\n")
    assert data.campaigns["Conversions"].tolist() == [2]
    assert (0, "Conversions", "Results", "Purchases") in said(data, "alternative_column")


def test_budgets_of_a_day_are_planned_for_the_days_of_the_flight(load: Load) -> None:
    data = load(
        "Campaign name,Starts,Ends,Ad set budget,Ad set budget type,Amount spent (USD)\n"
        "A,2025-03-01,2025-03-10,7,Daily,60\nB,2025-03-01,2025-03-10,500,Lifetime,90\nC,2025-03-01,Ongoing,7,Daily,5\n"
    )
    assert data.campaigns["Planned Budget"].fillna(-1).tolist() == [70, 500, -1]
    assert len(said(data, "daily_budget_undated")) == 1


def test_rows_that_report_on_one_day_each_make_days_whatever_the_flight(load: Load) -> None:
    data = load(
        "Campaign name,Starts,Ends,Reporting starts,Reporting ends,Amount spent (USD)\n"
        "A,2025-02-01,Ongoing,2025-03-01,2025-03-01,1\nA,2025-02-01,Ongoing,2025-03-02,2025-03-02,2\n"
    )
    assert data.daily is not None
    assert data.daily["Budget"].tolist() == [1, 2]


def test_platforms_of_a_breakdown_are_named(load: Load) -> None:
    data = load("Campaign name,Platform,Amount spent (USD),Clicks (all)\nA,facebook,1,1\nA,instagram,2,1\n")
    assert data.campaigns["Platform"].tolist() == ["Facebook", "Instagram"]


def test_engagement_adds_up_from_its_parts(load: Load) -> None:
    data = load("Campaign name,Amount spent (USD),Post reactions,Post comments,Post shares,Post saves\nA,1,5,2,1,1\n")
    assert data.campaigns["Engagement"].tolist() == [9]
