"""How ad platforms write an export in each language: headers, totals, dates and numbers, as facts to test against."""

from __future__ import annotations

from dataclasses import dataclass

NAME, ID, DAY, AGE, GENDER, STATUS, RATE = "name", "id", "day", "age", "gender", "status", "rate"
COUNTS = ("Impressions", "Reach", "Clicks", "Engagement", "Conversions")
MONEY = ("Budget", "Revenue")
COMMA_LANGUAGES = frozenset({"fr", "de", "es", "pt", "it", "nl"})

EVERYONE = {"en": "All", "fr": "Tous", "de": "Alle", "es": "Todos", "pt": "Todos", "it": "Tutti", "nl": "Alle"}


@dataclass(frozen=True)
class Dialect:
    """One platform in one language: the header of each column it can write, and the labels of its total rows.

    `nameless` is true where a total may have no name at all; `above` are the lines over the header.
    """

    platform: str
    language: str
    headers: dict[str, str]
    totals: tuple[str, ...]
    nameless: bool = True
    above: tuple[str, ...] = ()

    @property
    def everyone(self) -> str:
        """What a breakdown says in a row for all of its parts."""
        return EVERYONE[self.language]


def _headers(text: str) -> dict[str, str]:
    """The headers of a line such as `name=Campaign name; Budget=Cost`."""
    return dict(pair.strip().split("=", 1) for pair in text.split(";"))


DIALECTS: tuple[Dialect, ...] = (
    Dialect(
        "meta",
        "en",
        _headers(
            "name=Campaign name;id=Campaign ID;day=Day;age=Age;gender=Gender;status=Campaign delivery;rate=CTR (all);"
            "Impressions=Impressions;Reach=Reach;Clicks=Clicks (all);Engagement=Post engagements;"
            "Conversions=Purchases;Budget=Amount spent (EUR);Revenue=Purchases conversion value"
        ),
        ("Total", ""),
    ),
    Dialect(
        "meta",
        "fr",
        _headers(
            "name=Nom de la campagne;id=ID de campagne;day=Jour;age=Âge;gender=Sexe;status=Diffusion de la campagne;"
            "rate=CTR (tous);Impressions=Impressions;Reach=Couverture;Clicks=Clics (tous);"
            "Engagement=Interactions avec la publication;Conversions=Achats;Budget=Montant dépensé (EUR);"
            "Revenue=Valeur de conversion des achats"
        ),
        ("Total", "Total général", ""),
    ),
    Dialect(
        "meta",
        "de",
        _headers(
            "name=Name der Kampagne;id=Kampagnen-ID;day=Tag;age=Alter;gender=Geschlecht;status=Kampagnenauslieferung;"
            "rate=CTR (alle);Impressions=Impressionen;Reach=Reichweite;Clicks=Klicks (alle);"
            "Engagement=Beitragsinteraktionen;Conversions=Käufe;Budget=Ausgegebener Betrag (EUR);"
            "Revenue=Conversion-Wert von Käufen"
        ),
        ("Gesamt", "Gesamtergebnis", ""),
    ),
    Dialect(
        "meta",
        "es",
        _headers(
            "name=Nombre de la campaña;id=Identificador de la campaña;day=Día;age=Edad;gender=Sexo;"
            "status=Entrega de la campaña;rate=CTR (todos);Impressions=Impresiones;Reach=Alcance;Clicks=Clics (todos);"
            "Engagement=Interacción con la publicación;Conversions=Compras;Budget=Importe gastado (EUR);"
            "Revenue=Valor de conversión de compras"
        ),
        ("Total", "Total general", ""),
    ),
    Dialect(
        "meta",
        "pt",
        _headers(
            "name=Nome da campanha;id=Identificação da campanha;day=Dia;age=Idade;gender=Gênero;"
            "status=Veiculação da campanha;rate=CTR (todos);Impressions=Impressões;Reach=Alcance;"
            "Clicks=Cliques (todos);Engagement=Engajamento com o post;Conversions=Compras;Budget=Valor usado (BRL);"
            "Revenue=Valor de conversão da compra"
        ),
        ("Total", "Total geral", ""),
    ),
    Dialect(
        "meta",
        "it",
        _headers(
            "name=Nome della campagna;id=ID campagna;day=Giorno;age=Età;gender=Genere;"
            "status=Pubblicazione della campagna;rate=CTR (tutti);Impressions=Impression;Reach=Copertura;"
            "Clicks=Clic (tutti);Engagement=Interazione con il post;Conversions=Acquisti;Budget=Importo speso (EUR);"
            "Revenue=Valore di conversione degli acquisti"
        ),
        ("Totale", "Totale complessivo", ""),
    ),
    Dialect(
        "meta",
        "nl",
        _headers(
            "name=Campagnenaam;id=Campagne-ID;day=Dag;age=Leeftijd;gender=Geslacht;status=Weergave van campagne;"
            "rate=CTR (alle);Impressions=Weergaven;Reach=Bereik;Clicks=Klikken (alle);Engagement=Berichtinteracties;"
            "Conversions=Aankopen;Budget=Besteed bedrag (EUR);Revenue=Conversiewaarde van aankopen"
        ),
        ("Totaal", ""),
    ),
    Dialect(
        "google",
        "en",
        _headers(
            "name=Campaign;id=Campaign ID;day=Day;age=Age;gender=Gender;status=Campaign status;rate=Interaction rate;"
            "Impressions=Impr.;Clicks=Clicks;Engagement=Interactions;Conversions=Conversions;Budget=Cost;"
            "Revenue=Conv. value"
        ),
        ("Total: Account", "Total: Campaigns", "Total: Search"),
        above=("Campaign report", "July 8, 2025 - July 31, 2025"),
    ),
    Dialect(
        "google",
        "fr",
        _headers(
            "name=Campagne;id=ID de la campagne;day=Jour;age=Âge;gender=Sexe;status=État de la campagne;"
            "rate=Taux d'interaction;Impressions=Impr.;Clicks=Clics;Engagement=Interactions;Conversions=Conversions;"
            "Budget=Coût;Revenue=Valeur de conv."
        ),
        ("Total : compte", "Total : campagnes"),
        above=("Rapport sur les campagnes", "8 juillet 2025 - 31 juillet 2025"),
    ),
    Dialect(
        "google",
        "de",
        _headers(
            "name=Kampagne;id=Kampagnen-ID;day=Tag;age=Alter;gender=Geschlecht;status=Kampagnenstatus;"
            "rate=Interaktionsrate;Impressions=Impr.;Clicks=Klicks;Engagement=Interaktionen;Conversions=Conversions;"
            "Budget=Kosten;Revenue=Conv.-Wert"
        ),
        ("Gesamt: Konto", "Gesamt: Kampagnen"),
        above=("Kampagnenbericht", "8. Juli 2025 - 31. Juli 2025"),
    ),
    Dialect(
        "google",
        "es",
        _headers(
            "name=Campaña;id=ID de la campaña;day=Día;age=Edad;gender=Sexo;status=Estado de la campaña;"
            "rate=Tasa de interacción;Impressions=Impr.;Clicks=Clics;Engagement=Interacciones;"
            "Conversions=Conversiones;Budget=Coste;Revenue=Valor de conv."
        ),
        ("Total: cuenta", "Total: campañas"),
        above=("Informe de campaña", "8 de julio de 2025 - 31 de julio de 2025"),
    ),
    Dialect(
        "linkedin",
        "en",
        _headers(
            "name=Campaign Name;id=Campaign ID;day=Start Date (in UTC);status=Campaign Status;rate=Click Through Rate;"
            "Impressions=Impressions;Clicks=Clicks;Engagement=Total Engagements;Conversions=Conversions;"
            "Budget=Total Spent;Revenue=Total Conversion Value"
        ),
        ("Total",),
        above=("Campaign Performance Report (in UTC)", "Report Start: July 8, 2025, 12:00 AM", "Date Generated: today"),
    ),
    Dialect(
        "tiktok",
        "en",
        _headers(
            "name=Campaign name;id=Campaign ID;day=By day;age=Age;gender=Gender;status=Primary status;"
            "rate=CTR (destination);Impressions=Impressions;Reach=Reach;Clicks=Clicks (destination);"
            "Conversions=Conversions;Budget=Cost;Revenue=Total complete payment value"
        ),
        ("Total of 2 results", "-"),
    ),
    Dialect(
        "pinterest",
        "en",
        _headers(
            "name=Campaign name;id=Campaign ID;day=Date;status=Campaign status;rate=Outbound click rate;"
            "Impressions=Impressions;Reach=Reach;Clicks=Outbound clicks;Engagement=Engagements;"
            "Conversions=Total conversions;Budget=Spend in account currency;Revenue=Total conversion value"
        ),
        ("Total",),
    ),
    Dialect(
        "snapchat",
        "en",
        _headers(
            "name=Campaign Name;id=Campaign ID;day=Day;status=Status;rate=Swipe Up Rate;Impressions=Paid Impressions;"
            "Reach=Paid Reach;Clicks=Swipe Ups;Conversions=Total Conversions;Budget=Amount Spent (USD);"
            "Revenue=Purchases Value"
        ),
        ("Total",),
    ),
    Dialect(
        "x",
        "en",
        _headers(
            "name=Campaign;id=Campaign ID;day=Time period;status=Status;rate=Link click rate;Impressions=Impressions;"
            "Clicks=Clicks;Engagement=Engagements;Conversions=Total conversions;Budget=Spend;"
            "Revenue=Total sale amount"
        ),
        ("Total",),
    ),
    Dialect(
        "generic",
        "en",
        _headers(
            "name=campaign_name;id=campaign_id;day=date;age=age;gender=gender;status=status;rate=ctr;"
            "Impressions=impressions;Reach=reach;Clicks=clicks;Engagement=engagement;Conversions=conversions;"
            "Budget=spend;Revenue=revenue"
        ),
        ("Total", "Grand total", ""),
    ),
)
