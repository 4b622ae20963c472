"""Charts: every range they draw is there."""

from __future__ import annotations

from collections.abc import Iterator

from sheetgen.workbook.checks.anatomy import Anatomy
from sheetgen.workbook.checks.formulas import formula_problems, scope_of


def check_charts(anatomy: Anatomy) -> Iterator[str]:
    """Problems of the charts' references."""
    scope = scope_of(anatomy)
    for sheet in anatomy.sheets:
        for drawing in anatomy.related(sheet.part, "drawing"):
            for part in anatomy.related(drawing, "chart"):
                for reference in anatomy.trees[part].iter("f"):
                    problems = formula_problems(reference.text or "", scope, structured=False)
                    yield from (f"{sheet.title}: the chart {part}: {problem}" for problem in problems)
