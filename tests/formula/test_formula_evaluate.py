"""KPI values: hand-computed numbers, blanks, zeros, and the printed pandas text against them."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from sheetgen.errors import UnsupportedFormulaError
from sheetgen.fields import FIELDS_BY_KEY
from sheetgen.formula.parse import parse_expression
from sheetgen.formula.to_pandas import evaluate, to_pandas
from sheetgen.formula.tree import Field, Name, Node, call, eq

BLANK = math.nan

VALUES = [
    ("clicks / impressions", {"clicks": 25.0, "impressions": 1000.0}, 0.025),
    ("budget / impressions * 1000", {"budget": 30.0, "impressions": 20000.0}, 1.5),
    ("(revenue - budget) / budget", {"revenue": 300.0, "budget": 100.0}, 2.0),
    ("(revenue - budget) / budget", {"revenue": 0.0, "budget": 100.0}, -1.0),
    ("clicks ^ 2 - 1", {"clicks": 3.0}, 8.0),
    ("-clicks / 4", {"clicks": 3.0}, -0.75),
    ("min(clicks, 2) + max(clicks, 2)", {"clicks": 5.0}, 7.0),
    ("abs(revenue - budget)", {"revenue": 1.0, "budget": 4.0}, 3.0),
    ("round(clicks, 0)", {"clicks": 2.5}, 3.0),
    ("round(-clicks, 0)", {"clicks": 2.5}, -3.0),
    ("round(clicks, 2)", {"clicks": 1.005}, 1.01),
    ("round(clicks, -2)", {"clicks": 1250.0}, 1300.0),
    ("clicks / impressions", {"clicks": 0.0, "impressions": 1000.0}, 0.0),
    ("clicks / impressions", {"clicks": 25.0, "impressions": 0.0}, BLANK),
    ("clicks / impressions", {"clicks": 0.0, "impressions": 0.0}, BLANK),
    ("clicks / impressions", {"clicks": BLANK, "impressions": 1000.0}, BLANK),
    ("clicks / impressions", {"clicks": 25.0}, BLANK),
    ("1 / (budget / clicks)", {"budget": 0.0, "clicks": 5.0}, BLANK),
    ("min(clicks, reach)", {"clicks": BLANK, "reach": 5.0}, BLANK),
    ("clicks * 0", {"clicks": BLANK}, BLANK),
    ("clicks / (revenue - budget)", {"clicks": 1.0, "revenue": 0.1 + 0.2, "budget": 0.3}, BLANK),
    ("clicks ^ 9", {"clicks": 1e99}, BLANK),
]


@pytest.mark.parametrize(("expression", "known", "value"), VALUES)
def test_value(expression: str, known: dict[str, float], value: float) -> None:
    assert evaluate(parse_expression(expression, "test"), known) == pytest.approx(value, rel=1e-15, nan_ok=True)


CTR = parse_expression("clicks / impressions", "test")


def test_columns_are_computed_row_by_row() -> None:
    clicks = np.array([1.0, 2.0, math.nan, 4.0])
    impressions = np.array([10.0, 0.0, 30.0, 80.0])
    values = evaluate(CTR, {"clicks": clicks, "impressions": impressions})
    np.testing.assert_array_equal(values, [0.1, math.nan, math.nan, 0.05])


def test_nullable_columns_and_single_numbers_mix() -> None:
    clicks = pd.Series([1, None, 4], dtype="Int64")
    values = evaluate(CTR, {"clicks": clicks, "impressions": 10.0})
    np.testing.assert_array_equal(values, [0.1, math.nan, 0.4])


@pytest.mark.parametrize(
    "tree", [Name("total_clicks"), eq(Field("clicks"), 1), call("SUM", Field("clicks")), call("LN", Field("clicks"))]
)
def test_only_kpi_expressions_are_evaluated(tree: Node) -> None:
    with pytest.raises(UnsupportedFormulaError, match="A KPI: pandas has no equivalent of"):
        evaluate(tree, {"clicks": 1.0})


@pytest.mark.parametrize("expression", dict.fromkeys(expression for expression, _, _ in VALUES[:9]))
def test_the_printed_text_gives_the_same_values(expression: str) -> None:
    tree = parse_expression(expression, "test")
    rows = {key: [0.0, 3.0, math.nan, 8.5] for key in ("clicks", "budget")}
    rows |= {key: [0.0, 5.0, 1.0, math.nan] for key in ("impressions", "revenue")}
    frame = pd.DataFrame({FIELDS_BY_KEY[key].header: column for key, column in rows.items()})
    printed = eval(to_pandas(tree), {"np": np, "df": frame})
    np.testing.assert_array_equal(printed, evaluate(tree, {key: np.array(column) for key, column in rows.items()}))
