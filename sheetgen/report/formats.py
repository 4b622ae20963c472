"""Which number format a field, a KPI or a setting reads in."""

from __future__ import annotations

from sheetgen.fields import Field, Kind
from sheetgen.kpis import Unit
from sheetgen.report.style import Format

UNIT_FORMATS = {
    Unit.PERCENT: Format.PERCENT_FINE,
    Unit.MONEY: Format.MONEY_CENTS,
    Unit.RATIO: Format.RATIO,
    Unit.NUMBER: Format.NUMBER,
}
FIELD_FORMATS = {
    Kind.MONEY: Format.MONEY_CENTS,
    Kind.COUNT: Format.COUNT,
    Kind.DATE: Format.DATE,
    Kind.TEXT: Format.TEXT,
}


def field_format(field: Field) -> Format:
    """The format of a field in a table: money with cents."""
    return FIELD_FORMATS[field.kind]


def summary_format(field: Field) -> Format:
    """The format of a field in a summary: money in whole units."""
    return Format.MONEY if field.kind is Kind.MONEY else FIELD_FORMATS[field.kind]
