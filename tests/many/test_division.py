"""Files divided by a column: every row in its part, read as the whole file says, and nothing of the others with it."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from sheetgen.dataset import Dataset
from sheetgen.errors import LimitError, OptionError, SplitCampaignError
from sheetgen.ledger import Ledger
from sheetgen.sources.division import divide_files, load_part
from sheetgen.sources.load import ReadOptions, load_dataset

HEADERS = "Account name,Campaign name,Day,Amount spent (EUR),Impressions,Link clicks\n"


class Divided:
    """Files divided by a column: the dataset of each value, and what is in none."""

    def __init__(self, folder: Path, column: str, *texts: str, **options: object) -> None:
        self.folder = folder
        paths = [folder / f"export{place}.csv" for place in range(len(texts))]
        for path, text in zip(paths, texts, strict=True):
            path.write_text(text, encoding="utf-8")
        read = ReadOptions(**options)  # type: ignore[arg-type]
        division = divide_files(paths, read, column, 200, folder, lambda _done: None)
        self.left: Ledger = division.left
        self.rows = {str(part.value): part.rows for part in division.parts}
        self.files = {str(part.value): part.path for part in division.parts}
        self.read = read

    def dataset(self, value: str) -> Dataset:
        return load_part(self.files[value], self.read).data

    def budget(self, value: str) -> float:
        return float(self.dataset(value).campaigns["Budget"].sum())


def test_totals_of_the_whole_file_are_in_no_part(tmp_path: Path) -> None:
    rows = "Acme,Spring,2025-01-01,100,1000,50\nBest,Launch,2025-01-01,10,100,5\n,Total,,110,1100,55\n"
    divided = Divided(tmp_path, "Account name", HEADERS + rows)
    assert divided.rows == {"Acme": 1, "Best": 1}
    assert divided.left.rows_in == 1
    assert divided.left.counts() == {"total_row": 1, "total_agrees": 3}
    assert "total_agrees" not in divided.dataset("Acme").ledger.counts()


def test_subtotal_of_a_value_is_its_parts_to_reconcile(tmp_path: Path) -> None:
    rows = "Acme,Spring,2025-01-01,100,1000,50\nAcme,Fall,2025-01-01,40,400,20\nAcme,Total,,140,1400,70\n"
    divided = Divided(tmp_path, "Account name", HEADERS + rows + "Best,Launch,2025-01-01,10,100,5\n")
    assert divided.rows == {"Acme": 3, "Best": 1}
    ledger = divided.dataset("Acme").ledger
    assert (ledger.rows_in, ledger.rows_used) == (3, 2)
    assert ledger.counts()["total_agrees"] == 3
    assert divided.budget("Acme") == 140


def test_parts_add_up_to_the_whole(tmp_path: Path) -> None:
    rows = "".join(f"{name},C{n},2025-01-0{n},{n}.5,{n}000,{n}\n" for n in range(1, 8) for name in ("Acme", "Best", ""))
    divided = Divided(tmp_path, "account", HEADERS + rows)
    whole = load_dataset([tmp_path / "export0.csv"], ReadOptions())
    assert list(divided.rows) == ["Acme", "Best", "(blank)"]
    assert sum(map(divided.budget, divided.rows)) == whole.campaigns["Budget"].sum() == 94.5


def test_values_that_differ_in_capitals_and_spaces_are_one(tmp_path: Path) -> None:
    rows = "Acme,A,2025-01-01,1,1,1\nACME ,B,2025-01-01,2,1,1\nacme,C,2025-01-01,4,1,1\nAcme,D,2025-01-01,8,1,1\n"
    divided = Divided(tmp_path, "Account name", HEADERS + rows)
    assert divided.rows == {"Acme": 4}


@pytest.mark.parametrize(
    ("header", "word"),
    [
        ("Account", "account"),
        ("Ad Account Name", "Account"),
        ("Kontoname", "account"),
        ("Nom du compte", "client"),
        ("Client Name", "client"),
        ("Advertiser", "account"),
        ("Region of sales", "region of sales"),
    ],
)
def test_column_is_found_by_its_header_or_a_common_word(tmp_path: Path, header: str, word: str) -> None:
    rows = "Acme,Spring,2025-01-01,100,1000,50\nBest,Launch,2025-01-01,10,100,5\n"
    divided = Divided(tmp_path, word, HEADERS.replace("Account name", header) + rows)
    assert divided.rows == {"Acme": 1, "Best": 1}


def test_client_comes_before_account_where_both_are_there(tmp_path: Path) -> None:
    rows = "Client,Account ID,Campaign,Cost,Clicks\nAcme,1,A,10,1\nAcme,2,B,20,2\n"
    assert Divided(tmp_path, "client", rows).rows == {"Acme": 2}
    assert Divided(tmp_path, "account", rows).rows == {"1": 1, "2": 1}


def test_platform_of_an_export_without_a_platform_column(tmp_path: Path) -> None:
    meta = "Campaign name,Amount spent (EUR),Impressions,Link clicks,Ad set delivery\nA,1,10,1,active\n"
    google = "Campaign,Cost,Impr.,Clicks,Avg. CPC,Campaign status\nB,2,20,2,1,Enabled\n"
    divided = Divided(tmp_path, "platform", meta, google)
    assert {value: divided.budget(value) for value in divided.rows} == {"Meta": 1.0, "Google Ads": 2.0}


def test_file_without_the_column_goes_by_its_campaigns(tmp_path: Path) -> None:
    campaigns = "Campaign ID,Client,Campaign Name,Budget,Clicks\n1,Acme,Spring,10,1\n2,Best,Fall,20,2\n"
    days = "Campaign ID,Date,Budget,Clicks\n2,2025-01-01,5,1\n1,2025-01-01,10,1\n2,2025-01-02,15,1\n"
    best = Divided(tmp_path, "client", campaigns, days).dataset("Best")
    assert best.daily is not None
    assert best.daily["Budget"].tolist() == [5, 15]


def test_campaign_of_two_values_cannot_be_told_apart(tmp_path: Path) -> None:
    campaigns = "Client,Campaign Name,Budget,Clicks\nAcme,Spring,10,1\nBest,Spring,20,2\n"
    days = "Campaign Name,Date,Budget,Clicks\nSpring,2025-01-01,30,3\n"
    with pytest.raises(SplitCampaignError, match=r"no column 'client', and campaign 'Spring' .* \(Acme, Best\)"):
        Divided(tmp_path, "client", campaigns, days)


def test_dates_are_read_as_the_whole_file_says(tmp_path: Path) -> None:
    rows = "Acme,Spring,03/04/2025,1,10,1\nBest,Launch,25/04/2025,1,10,1\n"
    daily = Divided(tmp_path, "account", HEADERS + rows).dataset("Acme").daily
    assert daily is not None
    assert daily["Date"].dt.strftime("%Y-%m-%d").tolist() == ["2025-04-03"]


def test_each_account_may_have_a_currency_of_its_own(tmp_path: Path) -> None:
    rows = "Client,Currency,Campaign,Cost,Clicks\nAcme,EUR,A,10,1\nBest,USD,B,20,2\n"
    divided = Divided(tmp_path, "client", rows)
    assert [divided.dataset(value).currency for value in divided.rows] == ["EUR", "USD"]
    signs = "Client,Campaign,Cost,Clicks\nAcme,A,€10.00,1\nBest,B,£20.00,2\n"
    divided = Divided(tmp_path, "client", signs)
    assert [divided.dataset(value).currency for value in divided.rows] == ["EUR", "GBP"]


def test_nothing_of_another_value_is_in_a_part(tmp_path: Path) -> None:
    header = "Client,Campaign,Day,Cost,Clicks,Results,Result indicator\n"
    secret = 'Zebra,zulu,02/03/2025,"1,777",7654321,31,actions:offsite_conversion.custom.zebra\n'
    own = 'Acme,spring,02/03/2025,"1,111",2,3,actions:lead\n,note of zebra,,,,,\n'
    divided = Divided(tmp_path, "client", header + secret + own, dayfirst=True, decimal=".")
    stored = divided.files["Acme"].read_bytes()
    assert pickle.loads(stored)
    assert b"zebra" not in stored.lower()
    assert b"zulu" not in stored
    assert b"1,777" not in stored
    assert b"7654321" not in stored


def test_rows_that_cannot_be_placed_are_mentioned_in_every_part(tmp_path: Path) -> None:
    fill = "".join(f"Acme,C{n},2025-01-01,1,10,1\n" for n in range(40))
    rows = fill + "Best,Launch,2025-01-01,10,100,5\nBest,Odd,2025-01-01,10,100,5,6,7\n"
    divided = Divided(tmp_path, "account", HEADERS + rows)
    assert divided.left.counts() == {"long_row": 1}
    assert "Odd" not in str(divided.dataset("Acme").ledger.lines)
    assert divided.dataset("Acme").ledger.counts()["unplaced_rows"] == 1


def test_repeated_rows_count_where_the_files_own_total_needs_them(tmp_path: Path) -> None:
    twice = "Acme,Spring,2025-01-01,100,1000,50\n" * 2
    total = ",Total,,210,2100,105\n"
    divided = Divided(tmp_path, "account", HEADERS + twice + "Best,Launch,2025-01-01,10,100,5\n" + total)
    assert divided.budget("Acme") == 200
    assert divided.dataset("Acme").ledger.counts()["duplicates_counted"] == 1


@pytest.mark.parametrize(
    ("column", "sentence"),
    [
        ("Customer tier", "'Customer tier' is not allowed. Allowed: Account name, Campaign name, Day"),
        ("Impressions", "'Impressions' is not allowed. Allowed: Campaign name"),
        ("budget", "'budget' is not allowed"),
    ],
)
def test_column_that_cannot_be(tmp_path: Path, column: str, sentence: str) -> None:
    with pytest.raises(OptionError, match=sentence):
        Divided(tmp_path, column, HEADERS + "Acme,Spring,2025-01-01,100,1000,50\n")


def test_more_values_than_reports_allowed(tmp_path: Path) -> None:
    rows = "".join(f"A{n},Spring,2025-01-01,100,1000,50\n" for n in range(201))
    with pytest.raises(LimitError, match=r"201 values is more than the 200 reports allowed\. .* --limit 201"):
        Divided(tmp_path, "account", HEADERS + rows)
