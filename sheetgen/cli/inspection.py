"""What `sheetgen inspect` answers: lines for people, values for --json."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from typing import Any

from sheetgen.api import FileInspection, Inspection
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
        others = language("; or {headers}", headers=", ".join(fed.alternatives)) if fed.alternatives else ""
        sure = language(fed.confidence.value)
        yield _named(language(fed.column), f"{' + '.join(fed.headers)} ({sure}{others})")
    if one.unmapped:
        yield _named(language("left out"), ", ".join(one.unmapped))
    for line in (*one.totals, *one.rates):
        sign = "=" if line.code.endswith("agrees") else "≠"
        yield _named(language("check"), f"{language(line.field)}, {line.row}: {line.before} {sign} {line.after}")
    yield "  " + " ".join(f"--map {shlex.quote(pair)}" for pair in one.mapping)


def _named(name: str, text: str) -> str:
    return f"  {name:<18} {text}"
