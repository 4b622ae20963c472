"""Header lines as exports of several platforms and languages are known to have them, and what must feed what."""

from __future__ import annotations

import pytest

from sheetgen.sources.platforms import load_platforms
from sheetgen.sources.recognition import recognise

PLATFORMS = load_platforms()

SEEN = {
    "Account name,Campaign name,Day,Impressions,Currency,Amount spent (EUR),Purchases,Link clicks,Reporting starts": (
        "meta",
        {"budget": "Amount spent (EUR)", "clicks": "Link clicks", "conversions": "Purchases", "date": "Day"},
    ),
    "Kampagnenname;Anzeigenname;Ausgegebener Betrag (USD);Klicks (alle);Link-Klicks;Website-Käufe;ROAS (Käufe)": (
        "meta",
        {"budget": "Ausgegebener Betrag (USD)", "clicks": "Klicks (alle)", "conversions": "Website-Käufe"},
    ),
    "Nombre de la campaña;Mes;Inicio;Finalización;Divisa;Importe gastado (MXN);Clics en el enlace": (
        "meta",
        {"budget": "Importe gastado (MXN)", "currency": "Divisa", "end_date": "Finalización"},
    ),
    "Dia;Objetivo;Nome do anúncio;Alcance;Valor usado (BRL);Cliques no link;Cliques (todos);Leads": (
        "meta",
        {"budget": "Valor usado (BRL)", "conversions": "Leads", "campaign_name": "Nome do anúncio"},
    ),
    "Giorno;Copertura;Impression;Importo speso (EUR);Clic sul link;Interazione con la Pagina;Reazioni al post": (
        "meta",
        {"budget": "Importo speso (EUR)", "engagement": "Interazione con la Pagina", "reach": "Copertura"},
    ),
    "Campagnenaam;Resultaattype;Resultaten;Besteed bedrag (EUR);Begint op;Eindigt op;Conversiewaarde aankopen": (
        "meta",
        {"budget": "Besteed bedrag (EUR)", "result_indicator": "Resultaattype", "start_date": "Begint op"},
    ),
    "Jour;Nom de la campagne;Montant dépensé (USD);Impressions": (
        "meta",
        {"budget": "Montant dépensé (USD)", "date": "Jour"},
    ),
    "Campaign state,Campaign,Currency code,Budget,Campaign status,Day,Campaign ID,Impr.,Cost,Clicks,Customer ID": (
        "google_ads",
        {"budget": "Cost", "planned_budget": "Budget", "currency": "Currency code", "campaign_id": "Campaign ID"},
    ),
    "Search term,Match type,Added/Excluded,Campaign,Ad group,Clicks,Impr.,CTR,Currency code,Avg. CPC,Cost": (
        "google_ads",
        {"budget": "Cost", "campaign_name": "Campaign", "clicks": "Clicks"},
    ),
    "Kampagne,Kosten/Conv.,Impressionen,Klicks,Kosten,Conversions": (
        "google_ads",
        {"budget": "Kosten", "conversions": "Conversions"},
    ),
    "Campaign name,Primary status,Campaign Budget,Cost,CPC (destination),Clicks (destination),Deep funnel result": (
        "tiktok",
        {"budget": "Cost", "planned_budget": "Campaign Budget", "clicks": "Clicks (destination)"},
    ),
    "Start Date (in UTC),Campaign Name,Campaign Start Date,Creative Name,Total Spent,Clicks to Landing Page": (
        "linkedin",
        {"budget": "Total Spent", "clicks": "Clicks to Landing Page", "start_date": "Campaign Start Date"},
    ),
    "Campaign Name,Ad Group Name,Customer Search Term,Clicks,Spend,7 Day Total Sales,7 Day Total Orders (#)": (
        "generic",
        {"budget": "Spend", "revenue": "7 Day Total Sales", "conversions": "7 Day Total Orders (#)"},
    ),
    "Campaign_ID,Channel_Used,Conversion_Rate,Acquisition_Cost,ROI,Clicks,Impressions,Engagement_Score,Date": (
        "generic",
        {"budget": "Acquisition_Cost", "platform": "Channel_Used", "clicks": "Clicks"},
    ),
    "キャンペーン名,リーチ,インプレッション,消化金額 (JPY),リンククリック数,レポート開始日,レポート終了日": (
        "meta",
        {"budget": "消化金額 (JPY)", "clicks": "リンククリック数", "period_start": "レポート開始日"},
    ),
    "캠페인 이름,도달,노출,지출 금액 (KRW),링크 클릭,보고 시작,보고 종료": (
        "meta",
        {"budget": "지출 금액 (KRW)", "clicks": "링크 클릭", "impressions": "노출"},
    ),
    "广告系列名称,覆盖人数,展示次数,已花费金额 (USD),链接点击量,点击量（全部）": (
        "meta",
        {"budget": "已花费金额 (USD)", "clicks": "点击量（全部）", "impressions": "展示次数"},
    ),
    "Nazwa kampanii;Zasięg;Wyświetlenia;Wydana kwota (PLN);Kliknięcia linku": (
        "meta",
        {"budget": "Wydana kwota (PLN)", "clicks": "Kliknięcia linku", "reach": "Zasięg"},
    ),
    "Kampanj;Kostnad;Visn.;Klick;Konverteringar": (
        "google_ads",
        {"budget": "Kostnad", "clicks": "Klick", "conversions": "Konverteringar"},
    ),
    "Nom campagne;Levier;Budget investi HT;Nb impressions;Nb clics;Nb conversions;CA généré": (
        "generic",
        {"budget": "Budget investi HT", "platform": "Levier", "clicks": "Nb clics", "revenue": "CA généré"},
    ),
    "Campagne;Kanaal;Mediakosten;Impressies;Kliks;Aankopen;Omzet": (
        "generic",
        {"budget": "Mediakosten", "clicks": "Kliks", "conversions": "Aankopen"},
    ),
    "Session campaign,Sessions,Engaged sessions,Key events,Total revenue,Ads cost": (
        "generic",
        {"campaign_name": "Session campaign", "conversions": "Key events", "budget": "Ads cost"},
    ),
}
NEVER_FED = {"conversions": {"Conversion_Rate", "Deep funnel result"}, "engagement": {"Engagement_Score"}}


@pytest.mark.parametrize("line", SEEN)
def test_headers_feed_what_they_mean(line: str) -> None:
    platform, wanted = SEEN[line]
    found = recognise(line.split(";" if ";" in line else ","), PLATFORMS)
    fed = {match.field: " + ".join(match.headers) for match in found.mapping}
    assert found.platform.key == platform
    assert {key: fed.get(key) for key in wanted} == wanted
    assert not [fed[key] for key, headers in NEVER_FED.items() if fed.get(key) in headers]
