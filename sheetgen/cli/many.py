"""Many reports from one `sheetgen build`: what it answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from sheetgen.cli.answers import ledger_lines, summary_values
from sheetgen.cli.product import print_product
from sheetgen.cli.run import Common
from sheetgen.console import Console
from sheetgen.language import Language
from sheetgen.ledger import Ledger
from sheetgen.many.build import ManyOptions, build_many
from sheetgen.many.task import Outcome


def make_reports(common: Common, inputs: tuple[Path, ...], options: ManyOptions) -> int:
    """Make the reports and say what became of each; those that are finished when it is stopped are said too."""
    console = common.console()
    outcomes: list[Outcome] = []
    left = Ledger()
    try:
        with console.progress() as progress:
            many = build_many(inputs, options, progress, outcomes.append)
        outcomes, left = list(many.outcomes), many.left
    finally:
        _tell(console, outcomes, left)
        values = [outcome_values(outcome, console.language) for outcome in outcomes]
        print_product(common, values, [str(outcome.path) for outcome in outcomes if outcome.summary])
    return max((outcome.problem.exit_code for outcome in outcomes if outcome.problem), default=0)


def _tell(console: Console, outcomes: Sequence[Outcome], left: Ledger) -> None:
    for line in outcome_lines(outcomes, console.language):
        console.tell(line)
    if left.rows_in:
        console.say("{rows:,} rows are in no report:", rows=left.rows_in)
        for line in ledger_lines(left, console.language):
            console.tell(line)
    if outcomes:
        made = sum(outcome.summary is not None for outcome in outcomes)
        console.say("{made:,} of {count:,} reports made.", made=made, count=len(outcomes))


def outcome_lines(outcomes: Sequence[Outcome], language: Language) -> Iterator[str]:
    """What became of each report, a line each."""
    for outcome in outcomes:
        made, value = outcome.summary, language.clause(outcome.value)
        if outcome.problem:
            yield f"{value}: {language.error(outcome.problem)}"
        elif made:
            facts = {"rows": made.rows_in, "dropped": made.rows_dropped, "campaigns": made.campaigns}
            said = language("{rows:,} rows read, {dropped:,} dropped; {campaigns:,} campaigns", **facts)
            yield f"{value}: {said}"


def outcome_values(outcome: Outcome, language: Language) -> dict[str, Any]:
    """What became of a report, as plain values: without a problem, what `build` says of a single one."""
    head = {"value": outcome.value, "path": str(outcome.path)}
    if outcome.summary:
        return {**head, "error": None, **summary_values(outcome.summary)}
    return {**head, "error": language.error(outcome.problem) if outcome.problem else None}
