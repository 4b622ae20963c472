"""What `sheetgen inspect` answers: lines for people, values for --json."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from typing import Any

from sheetgen.api import FedColumn, FileInspection, Inspection
from sheetgen.cli.answers import ledger_lines
from sheetgen.language import Language
from sheetgen.ledger import LedgerLine


def inspection_values(found: Inspection) -> dict[str, Any]:
    """Everything recognised, as plain values."""
    ledger = found.data.ledger
    return {
        "files": [_file_values(one) for one in found.files],
        "blank": list(found.blank),
        "blank_kpis": list(found.blank_kpis),
        "campaigns": len(found.data.campaigns),
        "rows": {"in": ledger.rows_in, "used": ledger.rows_used, "dropped": ledger.rows_dropped},
        "ledger": ledger.counts(),
    }


def _file_values(one: FileInspection) -> dict[str, Any]:
    return {
        "file": one.file,
        "platform": one.platform,
        "reason": one.reason,
        "language": one.language,
        "layout": one.layout,
        "grain": one.grain,
        "period": [day.isoformat() for day in one.period] if one.period else None,
        "currency": one.currency,
        "columns": [
            {
                "column": fed.column,
                "headers": list(fed.headers),
                "confidence": fed.confidence.value,
                "alternatives": list(fed.alternatives),
                "partial": fed.is_partial,
            }
            for fed in one.columns
        ],
        "unmapped": list(one.unmapped),
        "totals": [_comparison(line) for line in one.totals],
        "rates": [_comparison(line) for line in one.rates],
        "map": list(one.mapping),
    }


def _comparison(line: LedgerLine) -> dict[str, Any]:
    agrees = line.code.endswith("agrees")
    return {"row": line.row, "field": line.field, "file": line.before, "computed": line.after, "agrees": agrees}


def inspection_lines(found: Inspection, language: Language) -> Iterator[str]:
    """Everything recognised, line by line."""
    for one in found.files:
        yield from _file_lines(one, language)
        yield ""
    if found.blank:
        yield _named(language("stays blank"), ", ".join(map(language, found.blank)))
        yield _named(language("and so do"), ", ".join(map(language, found.blank_kpis)))
    ledger = found.data.ledger
    yield language(
        "{rows_in:,} rows read, {used:,} used, {dropped:,} dropped; {campaigns:,} campaigns.",
        rows_in=ledger.rows_in,
        used=ledger.rows_used,
        dropped=ledger.rows_dropped,
        campaigns=len(found.data.campaigns),
    )
    yield from ledger_lines(ledger, language)


def _file_lines(one: FileInspection, language: Language) -> Iterator[str]:
    yield one.file
    yield _named(language("platform"), f"{one.platform} ({language.clause(one.reason)})")
    yield _named(language("language"), one.language)
    yield _named(language("layout"), language.clause(one.layout))
    yield _named(language("one row is"), language.clause(one.grain))
    yield _named(language("period"), " – ".join(map(str, one.period)) if one.period else language("unknown"))
    yield _named(language("currency"), one.currency or language("unknown"))
    for fed in one.columns:
        yield _named(language(fed.column), f"{' + '.join(fed.headers)} ({_sureness(fed, language)})")
    if one.unmapped:
        yield _named(language("left out"), ", ".join(one.unmapped))
    for line in one.totals:
        yield _named(language("total"), _reconciled(line, language))
    for line in one.rates:
        yield _named(language("rate"), _compared(line, language))
    yield "  " + " ".join(f"--map {shlex.quote(pair)}" for pair in one.mapping)


def _sureness(fed: FedColumn, language: Language) -> str:
    """How sure a column is, whether only part of it counts, and what it could be instead."""
    parts = [language(fed.confidence.value)]
    if fed.is_partial:
        parts.append(language("only the rows whose results are conversions"))
    if fed.alternatives:
        parts.append(language("or {headers}", headers=", ".join(fed.alternatives)))
    return "; ".join(parts)


def _reconciled(line: LedgerLine, language: Language) -> str:
    facts = {"field": language(line.field), "row": line.row, "told": line.before, "summed": line.after}
    if line.code.endswith("agrees"):
        return language("{field}: {told} in row {row}, and the rows add up to {summed}", **facts)
    return language("{field}: {told} in row {row}, BUT the rows add up to {summed}", **facts)


def _compared(line: LedgerLine, language: Language) -> str:
    facts = {"field": line.field, "row": line.row, "told": line.before, "computed": line.after}
    if line.code.endswith("agrees"):
        return language("{field}: as computed; at most apart in row {row}: {told}, computed {computed}", **facts)
    return language("{field}: NOT as computed; most apart in row {row}: {told}, computed {computed}", **facts)


def _named(name: str, text: str) -> str:
    return f"  {name:<18} {text}"
