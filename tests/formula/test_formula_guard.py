"""Blank semantics of the guarded formula, in table rows and in summary cells."""

from __future__ import annotations

import pytest

from sheetgen.formula.guard import kpi_formula
from sheetgen.formula.locate import Nowhere
from sheetgen.formula.parse import parse_expression
from sheetgen.formula.to_excel import to_excel, to_excel_shown
from sheetgen.formula.tree import Name, Node, ThisRow


class Written:
    """A KPI made of its expression alone."""

    def __init__(self, expression: str) -> None:
        self.expr: Node = parse_expression(expression, "test")


IN_ROWS = {
    "clicks / impressions": 'IF(OR(COUNT([@clicks],[@impressions])<2,[@impressions]=0),"",[@clicks]/[@impressions])',
    "1000 / clicks": 'IF(OR(COUNT([@clicks])<1,[@clicks]=0),"",1000/[@clicks])',
    "(revenue - budget) / budget": 'IF(OR(COUNT([@revenue],[@budget])<2,[@budget]=0),"",'
    "([@revenue]-[@budget])/[@budget])",
    "revenue - budget": 'IF(COUNT([@revenue],[@budget])<2,"",[@revenue]-[@budget])',
    "clicks / 7": 'IF(COUNT([@clicks])<1,"",[@clicks]/7)',
    "budget / (clicks + reach)": 'IF(COUNT([@budget],[@clicks],[@reach])<3,"",'
    'IF([@clicks]+[@reach]=0,"",[@budget]/([@clicks]+[@reach])))',
    "min(clicks, reach)": 'IF(COUNT([@clicks],[@reach])<2,"",MIN([@clicks],[@reach]))',
}

IN_SUMMARIES = {
    "clicks / impressions": 'IF(OR(clicks="",impressions="",impressions=0),"",clicks/impressions)',
    "1000 / clicks": 'IF(OR(clicks="",clicks=0),"",1000/clicks)',
    "revenue - budget": 'IF(OR(revenue="",budget=""),"",revenue-budget)',
    "budget / (clicks + reach)": 'IF(OR(budget="",clicks="",reach=""),"",IF(clicks+reach=0,"",budget/(clicks+reach)))',
    "1 / (clicks / (reach - clicks))": 'IF(OR(clicks="",reach=""),"",IF(reach-clicks=0,"",'
    'IF(clicks/(reach-clicks)=0,"",1/(clicks/(reach-clicks)))))',
    "1 / (clicks - 1) + 1 / (1 / (clicks - 1))": 'IF(clicks="","",IF(clicks-1=0,"",'
    'IF(1/(clicks-1)=0,"",1/(clicks-1)+1/(1/(clicks-1)))))',
}


@pytest.mark.parametrize(("expression", "formula"), IN_ROWS.items())
def test_in_a_table_row_a_blank_or_a_text_is_no_number(expression: str, formula: str) -> None:
    tree = kpi_formula(Written(expression), lambda key: ThisRow("T", key), typed=True)
    assert to_excel_shown(tree, "T") == formula


@pytest.mark.parametrize(("expression", "formula"), IN_SUMMARIES.items())
def test_in_a_summary_no_text_meets_arithmetic(expression: str, formula: str) -> None:
    tree = kpi_formula(Written(expression), Name, typed=False)
    assert to_excel(tree, Nowhere("KPI"), "KPIs") == formula
