"""KPI expressions: what they mean, and where the caret points when they are wrong."""

from __future__ import annotations

import pytest

from sheetgen.errors import ExpressionError
from sheetgen.formula.expand import Expression, expand_expressions
from sheetgen.formula.parse import parse_expression
from sheetgen.formula.tree import Call, Field, Negate, Node, Number

BUDGET, CLICKS, REACH, REVENUE = (Field(key) for key in ("budget", "clicks", "reach", "revenue"))

MEANINGS: dict[str, Node] = {
    "clicks": CLICKS,
    " 1000 ": Number(1000.0),
    ".5": Number(0.5),
    "2. * clicks": Number(2.0) * CLICKS,
    "clicks / reach": CLICKS / REACH,
    "revenue - budget - clicks": REVENUE - BUDGET - CLICKS,
    "revenue - (budget - clicks)": REVENUE - (BUDGET - CLICKS),
    "revenue / budget * 1000": REVENUE / BUDGET * 1000,
    "revenue + budget * clicks": REVENUE + BUDGET * CLICKS,
    "revenue * budget + clicks": REVENUE * BUDGET + CLICKS,
    "budget * clicks ^ 2": BUDGET * CLICKS**2,
    "(budget * clicks) ^ 2": (BUDGET * CLICKS) ** 2,
    "-clicks * reach": Negate(CLICKS) * REACH,
    "-(clicks ^ 2)": Negate(CLICKS**2),
    "clicks - -reach": CLICKS - Negate(REACH),
    "min(clicks, reach + 1)": Call("MIN", (CLICKS, REACH + 1)),
    "round(abs(clicks), -2)": Call("ROUND", (Call("ABS", (CLICKS,)), Negate(Number(2.0)))),
    "clicks\n / reach": CLICKS / REACH,
}


@pytest.mark.parametrize(("text", "tree"), MEANINGS.items(), ids=repr)
def test_meaning(text: str, tree: Node) -> None:
    assert parse_expression(text, "kpis.toml") == tree


MISTAKES = [
    ("", "^", "the expression is empty. Allowed: fields, other KPIs, numbers"),
    ("click / reach", "^", "there is no field or KPI 'click'. Did you mean clicks? Allowed: budget, "),
    ("Clicks", "^", "Did you mean clicks?"),
    ("clicks / zzz", "         ^", "there is no field or KPI 'zzz'. Allowed: budget, "),
    ("clicks / ", "        ^", "ends too early: a field, a KPI, a number or ( is missing"),
    ("* clicks", "^", "'*' is not expected here: a field"),
    ("clicks + * 2", "         ^", "'*' is not expected here"),
    ("clicks / (reach", "         ^", "this ( is never closed"),
    ("min(clicks, reach", "   ^", "this ( is never closed"),
    ("clicks)", "      ^", "this ) closes nothing"),
    ("()", " ^", "')' is not expected here"),
    ("clicks reach", "       ^", "'reach' follows a finished term"),
    ("2clicks", " ^", "'clicks' follows a finished term"),
    ("1.2.3", "   ^", "'.3' follows a finished term"),
    ("(clicks reach)", "        ^", "'reach' is not expected here. Put an operator before it"),
    ("clicks $ 2", "       ^", "'$' is not allowed"),
    ("clicks × 2", "       ^", "'×' is not allowed. Write * instead"),
    ("revenue − budget", "        ^", "'−' is not allowed. Write - instead"),
    ("min(clicks; reach)", "          ^", "';' is not allowed. Write , instead"),
    ("5%", " ^", "Write 0.05 for 5%"),
    ("sum(clicks)", "^", "there is no function 'sum'. Allowed: min(a, b)"),
    ("mim(clicks, 1)", "^", "there is no function 'mim'. Did you mean min?"),
    ("min(clicks)", "^", "min takes 2 and not 1 arguments"),
    ("abs()", "^", "abs takes 1 and not 0 arguments"),
    ("round(clicks, reach)", "              ^", "round takes its digits as a whole number from -9 to 9"),
    ("round(clicks, 0.5)", "              ^", "round takes its digits as a whole number"),
    ("-clicks ^ 2", "        ^", "a minus before a power reads two ways"),
    ("clicks ^ 2 ^ 3", "           ^", "a power of a power reads two ways"),
    ("clicks ^ reach", "         ^", "^ takes a whole number from 2 to 9"),
    ("clicks ^ 0.5", "         ^", "^ takes a whole number from 2 to 9"),
    ("clicks / 0", "         ^", "a division by 0 is always blank"),
    ("clicks * 1234567890123456", "         ^", "more digits than the 15"),
    ("(" * 31 + "1" + ")" * 31, " " * 30 + "^", "more than 30 levels of nesting"),
    ("広告 * zzz", "^", "there is no field or KPI '広告'"),
    ("clicks * 広 * zzz", "         ^", "there is no field or KPI '広'"),
    ("clicks /\n\tzzz", "          ^", "there is no field or KPI 'zzz'"),
]


@pytest.mark.parametrize(("text", "pointer", "problem"), MISTAKES, ids=[repr(text[:40]) for text, _, _ in MISTAKES])
def test_mistake_is_pointed_at(text: str, pointer: str, problem: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        parse_expression(text, "kpis.toml: KPI profit")
    first, *_, shown, caret = str(caught.value).split("\n")
    assert first.startswith("kpis.toml: KPI profit: ")
    assert problem in first
    assert (shown, caret) == (f"  {' '.join(text.splitlines())}".replace("\t", " "), f"  {pointer}")


def test_the_caret_stands_under_a_character_after_wide_ones() -> None:
    with pytest.raises(ExpressionError) as caught:
        parse_expression("広告 $", "kpis.toml", names=["広告"])
    assert str(caught.value).splitlines()[-1] == "       ^"


def test_too_long() -> None:
    with pytest.raises(ExpressionError, match="has 599 characters, more than 500"):
        parse_expression("+".join(["1"] * 300), "kpis.toml")


def test_longest_expression_is_no_problem() -> None:
    parse_expression("+".join(["1"] * 250), "kpis.toml")


def written(**texts: str) -> dict[str, Expression]:
    return {key: Expression(text, f"kpis.toml: KPI {key}") for key, text in texts.items()}


def test_a_kpi_may_use_others_in_any_order() -> None:
    trees = expand_expressions(written(margin="profit / revenue", profit="revenue - budget"))
    assert trees["margin"] == (REVENUE - BUDGET) / REVENUE


def test_a_misspelt_kpi_is_suggested() -> None:
    with pytest.raises(ExpressionError, match=r"no field or KPI 'proft'. Did you mean profit\?"):
        expand_expressions(written(profit="revenue - budget", margin="proft / budget"))


def test_a_circle_is_pointed_at_where_it_closes() -> None:
    with pytest.raises(ExpressionError) as caught:
        expand_expressions(written(a="clicks + b", b="2 * c", c="1 - a"))
    assert str(caught.value) == (
        "kpis.toml: KPI c: a → b → c → a is a circle. A KPI cannot build on itself.\n  1 - a\n      ^"
    )


def test_kpis_that_double_each_other_are_refused_before_they_grow() -> None:
    doubling = {f"k{i}": f"k{i - 1} * k{i - 1}" for i in range(1, 20)}
    with pytest.raises(ExpressionError, match="more than 150 terms"):
        expand_expressions(written(k0="clicks", **doubling))


def test_a_long_chain_is_refused() -> None:
    chain = {f"k{i}": f"k{i + 1}" for i in range(30)}
    with pytest.raises(ExpressionError, match="more than 20 KPIs build on one another"):
        expand_expressions(written(**chain, k30="clicks"))
