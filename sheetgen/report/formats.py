"""Which number format a field, a KPI or a setting reads in."""

from __future__ import annotations

from sheetgen.fields import Field, Kind
from sheetgen.kpis import Kpi, Unit
from sheetgen.report.style import Format

UNIT_FORMATS = {
    Unit.PERCENT: (Format.PERCENT, Format.PERCENT_FINE),
    Unit.MONEY: (Format.MONEY, Format.MONEY_CENTS),
    Unit.RATIO: (Format.RATIO, Format.RATIO),
    Unit.NUMBER: (Format.COUNT, Format.NUMBER),
}
"""The coarse and the fine format of a unit."""
FIELD_FORMATS = {
    Kind.MONEY: Format.MONEY_CENTS,
    Kind.COUNT: Format.COUNT,
    Kind.DATE: Format.DATE,
    Kind.TEXT: Format.TEXT,
}


def kpi_format(kpi: Kpi) -> Format:
    """The format of a KPI: the fine one of its unit, unless it asks for few decimals."""
    coarse, fine = UNIT_FORMATS[kpi.unit]
    few = 1 if kpi.unit is Unit.PERCENT else 0
    return coarse if kpi.decimals <= few else fine


def unit_format(unit: Unit) -> Format:
    """The format of an input in a unit."""
    return UNIT_FORMATS[unit][unit is not Unit.PERCENT]


def field_format(field: Field) -> Format:
    """The format of a field in a table: money with cents."""
    return FIELD_FORMATS[field.kind]


def summary_format(field: Field) -> Format:
    """The format of a field in a summary: money in whole units."""
    return Format.MONEY if field.kind is Kind.MONEY else FIELD_FORMATS[field.kind]
