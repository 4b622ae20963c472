"""KPI templates: the shipped contract, a user's additions, and every mistake with its sentence."""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path

import pytest

from sheetgen.errors import ExpressionError, SheetgenError, TemplateError
from sheetgen.formula.parse import parse_expression
from sheetgen.formula.to_pandas import evaluate
from sheetgen.kpis import Benchmark, Kpi, Target, Unit, dictionary, load_kpis

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"


def by_key(kpis: tuple[Kpi, ...]) -> dict[str, Kpi]:
    return {kpi.key: kpi for kpi in kpis}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def load_with(folder: Path, text: str) -> dict[str, Kpi]:
    (folder / "kpis.toml").write_text(text, encoding="utf-8")
    return by_key(load_kpis(folder))


SHIPPED = [
    ("ctr", "CTR", "clicks / impressions", Unit.PERCENT, "higher"),
    ("engagement_rate", "Engagement Rate", "engagement / reach", Unit.PERCENT, "higher"),
    ("cpc", "CPC", "budget / clicks", Unit.MONEY, "lower"),
    ("cpm", "CPM", "budget / impressions * 1000", Unit.MONEY, "lower"),
    ("conversion_rate", "Conversion Rate", "conversions / clicks", Unit.PERCENT, "higher"),
    ("cost_per_conversion", "Cost Per Conversion", "budget / conversions", Unit.MONEY, "lower"),
    ("roas", "ROAS", "revenue / budget", Unit.RATIO, "higher"),
    ("roi", "ROI", "(revenue - budget) / budget", Unit.PERCENT, "higher"),
    ("frequency", "Frequency", "impressions / reach", Unit.RATIO, "none"),
    ("cost_per_engagement", "Cost Per Engagement", "budget / engagement", Unit.MONEY, "lower"),
    ("revenue_per_click", "Revenue Per Click", "revenue / clicks", Unit.MONEY, "higher"),
]


def test_shipped_kpis_are_the_contract_in_order() -> None:
    found = [(kpi.key, kpi.header, kpi.expression, kpi.unit, kpi.better) for kpi in load_kpis()]
    assert found == SHIPPED


def test_shipped_benchmarks_are_ratios_for_percent() -> None:
    ranges = {kpi.key: (kpi.benchmark.low, kpi.benchmark.high) for kpi in load_kpis() if kpi.benchmark}
    assert ranges == {"ctr": (0.005, 0.02), "cpc": (0.5, 2.0), "conversion_rate": (0.02, 0.05), "roi": (2.0, None)}


def test_every_shipped_kpi_says_what_it_is() -> None:
    assert all(kpi.description.endswith(".") for kpi in load_kpis())


def test_two_lines_add_a_kpi(folder: Path) -> None:
    kpis = load_with(folder, '[[kpi]]\nkey = "profit"\nexpr = "revenue - budget"\n')
    expr = parse_expression("revenue - budget", "test")
    assert list(kpis)[-1] == "profit"
    assert kpis["profit"] == Kpi("profit", "Profit", expr, Unit.NUMBER, "none", 2, "", None, "revenue - budget")
    assert kpis["profit"].fields == ("revenue", "budget")


def test_all_lines_of_a_kpi(folder: Path) -> None:
    text = """
        [[kpi]]
        key = "margin"
        header = "Gewinn (von Umsatz) %"
        expr = "1 - 1 / roas"
        unit = "percent"
        better = "higher"
        decimals = 0
        description = "Was vom Umsatz bleibt."
        benchmark = { low = 0.1, source = "Controlling", year = 2025 }
    """
    assert load_with(folder, text)["margin"] == Kpi(
        key="margin",
        header="Gewinn (von Umsatz) %",
        expr=parse_expression("1 - 1 / (revenue / budget)", "test"),
        unit=Unit.PERCENT,
        better="higher",
        decimals=0,
        description="Was vom Umsatz bleibt.",
        benchmark=Benchmark(0.1, None, "Controlling", 2025),
        expression="1 - 1 / roas",
    )


def test_a_user_changes_only_the_lines_that_differ(folder: Path) -> None:
    shipped = by_key(load_kpis())
    kpis = load_with(folder, '[[kpi]]\nkey = "ctr"\nbenchmark = { high = 0.03, source = "Our median" }\n')
    assert list(kpis) == list(shipped)
    assert kpis["ctr"].benchmark == Benchmark(None, 0.03, "Our median", None)
    assert kpis["ctr"].expr == shipped["ctr"].expr


def test_a_changed_kpi_reaches_those_that_build_on_it(folder: Path) -> None:
    text = '[[kpi]]\nkey = "cpc"\nexpr = "(budget + 1) / clicks"\n[[kpi]]\nkey = "double"\nexpr = "2 * cpc"\n'
    assert load_with(folder, text)["double"].expr == parse_expression("2 * ((budget + 1) / clicks)", "test")


def test_a_folder_without_kpis_changes_nothing(folder: Path) -> None:
    assert load_kpis(folder) == load_kpis()


@pytest.mark.parametrize("header", ["Profit", "Coût par clic", "ROI 2.0 (net)", "広告費率", "R&D_Share - %", "मूल्य"])
def test_headers_of_any_script(folder: Path, header: str) -> None:
    assert load_with(folder, f'[[kpi]]\nkey = "x"\nexpr = "clicks"\nheader = "{header}"\n')["x"].header == header


X = '[[kpi]]\nkey = "x"\nexpr = "clicks / reach"\n'

MISTAKES = [
    ("kpi = 3", "file: kpi stands outside a [[kpi]]. Begin each KPI with a line [[kpi]]"),
    ('profit = "revenue - budget"', "file: profit stands outside a [[kpi]]."),
    ("[[kpi]\n", "line 1, column"),
    ('[[kpi]]\nexpr = "clicks"', "[[kpi]] number 1: key is missing. Use small letters, digits and _"),
    ('[[kpi]]\nkey = "Profit"\nexpr = "clicks"', "number 1: key 'Profit' is not allowed."),
    ('[[kpi]]\nkey = "clicks"\nexpr = "reach"', "key 'clicks' is already the name of a field or a function."),
    ('[[kpi]]\nkey = "min"\nexpr = "reach"', "key 'min' is already the name of a field or a function."),
    ('[[kpi]]\nkey = "x"', 'KPI x: expr is missing. Add a line expr = "…".'),
    ('[[kpi]]\nkey = "x"\nexpr = 3', "KPI x: expr is 3, which is not a text. Write it in quotes"),
    ('[[kpi]]\nkey = "x"\nexpr = "1000"', "KPI x: its expression uses no field."),
    ('[[kpi]]\nkey = "x"\nexpr = "clicks / (2 - 2)"', "KPI x: its expression divides by zero."),
    (X + X, "KPI x: this key is used twice in the file."),
    (X + "color = 1", "KPI x: setting 'color' is not known. Allowed: key, expr, header"),
    (X + 'units = "money"', "KPI x: setting 'units' is not known. Did you mean unit?"),
    (X + 'unit = "euro"', "KPI x: unit 'euro' is not known. Use one of percent, money, ratio, number."),
    (X + 'better = "up"', "KPI x: better 'up' is not known. Use one of higher, lower, none."),
    (X + "decimals = 7", "KPI x: decimals is 7. Write a whole number from 0 to 6."),
    (X + "decimals = true", "KPI x: decimals is True."),
    (X + 'header = ""', "KPI x: header '' is not allowed"),
    (X + 'header = "2x"', "KPI x: header '2x' is not allowed"),
    (X + 'header = "=A1"', "KPI x: '=' in header '=A1' is not allowed"),
    (X + 'header = "Cost/conv"', "KPI x: '/' in header 'Cost/conv' is not allowed: some spreadsheets"),
    (X + 'header = "A [1]"', "KPI x: '[' in header"),
    (X + 'header = "A  B"', "KPI x: header 'A  B' is not allowed"),
    (X + f'header = "{"A" * 61}"', "KPI x: its header has 61 characters. Use at most 60."),
    (X + 'header = "clicks"', "KPI x: header 'clicks' is already the column Clicks."),
    (X + 'header = "Planned Budget"', "is already the column Planned Budget."),
    (X + 'header = "cpc"', "KPI x: header 'cpc' is already the header of KPI cpc. Give it a header of its own."),
    (X + "benchmark = 2", "KPI x: benchmark is 2. Write benchmark = { low"),
    (X + 'benchmark = { source = "s" }', "KPI x: its benchmark goes from None to None."),
    (X + 'benchmark = { low = 2, high = 1, source = "s" }', "KPI x: its benchmark goes from 2.0 to 1.0."),
    (X + 'benchmark = { low = "2%", source = "s" }', "its benchmark low is '2%'. Write a number; 0.02 for 2%."),
    (X + "benchmark = { low = 2 }", "KPI x: its benchmark has source None and year None. Say where it comes from"),
    (X + 'benchmark = { lo = 2, source = "s" }', "benchmark setting 'lo' is not known. Did you mean low?"),
]


@pytest.mark.parametrize(("text", "sentence"), MISTAKES)
def test_mistake_in_a_template(folder: Path, text: str, sentence: str) -> None:
    with pytest.raises(TemplateError) as caught:
        load_with(folder, text)
    assert str(caught.value).startswith(f"{folder / 'kpis.toml'}: ")
    assert sentence in str(caught.value)


def test_a_bad_expression_points_at_the_character(folder: Path) -> None:
    with pytest.raises(ExpressionError) as caught:
        load_with(folder, '[[kpi]]\nkey = "profit"\nexpr = "revenue - cpcc"\n')
    first, shown, caret = str(caught.value).split("\n")
    assert first.startswith(f"{folder / 'kpis.toml'}: KPI profit: there is no field or KPI 'cpcc'. Did you mean cpc?")
    assert (shown, caret) == ("  revenue - cpcc", "            ^")


def test_mistakes_end_with_exit_code_2() -> None:
    assert issubclass(TemplateError, SheetgenError)
    assert TemplateError.exit_code == ExpressionError.exit_code == 2


def test_dictionary_has_every_target_for_every_kpi(folder: Path) -> None:
    load_with(folder, '[[kpi]]\nkey = "profit"\nexpr = "revenue - budget"\n')
    entries = dictionary(load_kpis(folder))
    assert [entry.kpi.key for entry in entries] == [key for key, *_ in SHIPPED] + ["profit"]
    assert all(set(entry.formulas) == set(Target) and all(entry.formulas.values()) for entry in entries)
    assert entries[-1].formulas == {
        Target.PANDAS: 'df["Revenue"] - df["Budget"]',
        Target.EXCEL: '=IF(COUNT([@Revenue],[@Budget])<2,"",[@Revenue]-[@Budget])',
        Target.SHEETS: '=IF(OR(total_revenue="";total_budget="");"";total_revenue-total_budget)',
        Target.LOOKER: "SUM(Revenue) - SUM(Budget)",
        Target.DAX: "IF(ISBLANK(SUM(Campaigns[Revenue])) || ISBLANK(SUM(Campaigns[Budget])), BLANK(), "
        "SUM(Campaigns[Revenue]) - SUM(Campaigns[Budget]))",
    }


MEASURES = {"spend": "budget"} | {key: key for key in ("impressions", "clicks", "conversions", "revenue")}
KPIS = {
    "CTR %": ("ctr", 100),
    "conversion rate %": ("conversion_rate", 100),
    "CPC": ("cpc", 1),
    "CPM": ("cpm", 1),
    "CPA": ("cost_per_conversion", 1),
    "ROAS": ("roas", 1),
    "ROI %": ("roi", 100),
}


@pytest.mark.skipif(not (DATA / "TRUTH.csv").is_file(), reason="the real campaign files are not here")
def test_kpis_of_real_totals() -> None:
    """Ratios of the totals of real files equal those that others computed from the same files."""
    totals: dict[str, dict[str, float]] = defaultdict(dict)
    wanted: list[tuple[str, str, float]] = []
    with (DATA / "TRUTH.csv").open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            if line["source"] == "computed" and line["metric"] in MEASURES:
                totals[line["file"]][MEASURES[line["metric"]]] = float(line["value"])
            elif line["source"] == "computed" and line["metric"] in KPIS:
                wanted.append((line["file"], line["metric"], float(line["value"])))
    kpis = by_key(load_kpis())
    assert len(wanted) > 30
    for name, metric, value in wanted:
        key, scale = KPIS[metric]
        assert evaluate(kpis[key].expr, totals[name]) == pytest.approx(value / scale, rel=1e-4), (name, metric)
