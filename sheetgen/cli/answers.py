"""What commands answer: lines for people, values for --json."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from sheetgen.api import BuildResult, Summary, Verification
from sheetgen.console import Console
from sheetgen.kpis import DictionaryEntry
from sheetgen.language import Language
from sheetgen.ledger import GRAVEST_FIRST, Ledger, LedgerLine, Severity

LONGEST_EXAMPLE: Final = 60


def build_values(result: BuildResult) -> dict[str, Any]:
    """A finished report as plain values."""
    return {"path": str(result.path), **summary_values(result.summary)}


def summary_values(made: Summary) -> dict[str, Any]:
    """What a report was made of, as plain values."""
    return {
        "files": list(made.files),
        "columns": [{"file": it.file, "header": it.header, "column": it.column} for it in made.columns],
        "currency": made.currency,
        "campaigns": made.campaigns,
        "formulas": made.formulas,
        "rows": {"in": made.rows_in, "used": made.rows_used, "dropped": made.rows_dropped},
        "ledger": dict(made.ledger),
    }


def tell_build(console: Console, result: BuildResult) -> None:
    """Say what was read and what the ledger has to tell about it."""
    ledger = result.data.ledger
    console.say(
        "{rows_in:,} rows read, {used:,} used, {dropped:,} dropped; "
        "{campaigns:,} campaigns, {formulas:,} live formulas.",
        rows_in=ledger.rows_in,
        used=ledger.rows_used,
        dropped=ledger.rows_dropped,
        campaigns=len(result.data.campaigns),
        formulas=result.formulas,
    )
    for line in ledger_lines(ledger, console.language):
        console.tell(line)


def ledger_lines(ledger: Ledger, language: Language) -> Iterator[str]:
    """What the ledger tells, one line for each code: how much it matters, how often, the first example, the money."""
    width = max(len(language(severity.value)) for severity in GRAVEST_FIRST)
    for issue in ledger.issues():
        matters = issue.spend is not None and issue.severity is not Severity.INFO
        money = language("; spend: {spend:,.2f}", spend=issue.spend) if matters else ""
        told = _told(language, ledger.lines[issue.places[0]])
        yield f"  {language(issue.severity.value):<{width}} {issue.count:>5,} × {told}{money}"


def _told(language: Language, line: LedgerLine) -> str:
    facts = " → ".join(_shortened(language.clause(text)) for text in (line.before, line.after) if text)
    field = f"{language(line.field)}: " if line.field and facts else ""
    return f"{language.ledger(line)} ({field}{facts})" if facts else language.ledger(line)


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST_EXAMPLE else f"{text[:LONGEST_EXAMPLE]}…"


def verification_values(found: tuple[Verification, ...]) -> dict[str, Any]:
    """What every engine found, as plain values."""
    return {
        "passed": all(verification.passed for verification in found),
        "engines": [_engine_values(verification) for verification in found],
    }


def _engine_values(verification: Verification) -> dict[str, Any]:
    comparison = verification.comparison
    return {
        "engine": verification.engine,
        "passed": verification.passed,
        "formulas": comparison.count,
        "largest": comparison.largest,
        "differences": [difference.sentence for difference in comparison.differences],
        "stale": [str(difference.place) for difference in _stale(verification)],
        "unavailable": list(verification.unavailable),
        "foreign": verification.foreign,
        "left_out": verification.left_out,
    }


def verification_lines(found: tuple[Verification, ...], language: Language) -> Iterator[str]:
    """What every engine found, line by line."""
    for verification in found:
        if verification.left_out is not None:
            reason = language.clause(verification.left_out)
            yield language("{engine}: left out ({reason})", engine=verification.engine, reason=reason)
            continue
        comparison = verification.comparison
        yield language(
            "{engine}: {count:,} formulas recalculated, {differ:,} differ, largest relative difference {largest:.1e}",
            engine=verification.engine,
            count=comparison.count,
            differ=len(comparison.differences),
            largest=comparison.largest,
        )
        yield from (f"  {language.clause(difference.sentence)}" for difference in comparison.differences)
        for difference in _stale(verification):
            yield "  " + language("{place}: the file shows a value that is out of date.", place=difference.place)
        yield from (f"  {language.clause(reason)}" for reason in verification.unavailable)
        if verification.foreign:
            yield "  " + language("{count:,} formulas of your own were left out.", count=verification.foreign)


def _stale(verification: Verification) -> Iterator[Any]:
    return iter(verification.stale.differences if verification.stale else ())


def kpi_values(entry: DictionaryEntry) -> dict[str, str]:
    """A KPI with its formula for every target, as plain values."""
    kpi = entry.kpi
    texts = {"key": kpi.key, "header": kpi.header, "expression": kpi.expression, "description": kpi.description}
    return texts | {target.value: text for target, text in entry.formulas.items()}


def kpi_lines(entry: DictionaryEntry, language: Language) -> Iterator[str]:
    """A KPI with its formula for every target, line by line."""
    kpi = entry.kpi
    yield f"{language(kpi.header)}  ({kpi.key})  {language(kpi.description)}".rstrip()
    yield f"  {language('definition'):<15}{kpi.expression}"
    yield from (f"  {target.value:<15}{text}" for target, text in entry.formulas.items())
