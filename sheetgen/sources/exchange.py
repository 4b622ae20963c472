"""Money of several currencies made one, at the rates that the user gives."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet

import numpy as np

from sheetgen.clause import Clause
from sheetgen.errors import MixedCurrenciesError
from sheetgen.fields import ALL_MEASURES, Kind
from sheetgen.ledger import LedgerLine
from sheetgen.sources.money import Currencies
from sheetgen.sources.platforms import CURRENCY
from sheetgen.sources.recognition import Recognition
from sheetgen.sources.remarks import CONVERTED
from sheetgen.sources.rows import Rows
from sheetgen.sources.settle import Place
from sheetgen.sources.table import BoolArray, FloatArray, RawTable

MONEY = tuple(field.key for field in ALL_MEASURES if field.kind is Kind.MONEY)

Rates = Mapping[str, float]
"""What one unit of a currency, by ISO code, is worth in the currency of the report."""


def exchange_by_row(
    place: Place,
    table: RawTable,
    rows: Rows,
    recognition: Recognition,
    kept: BoolArray,
    currencies: Currencies,
    rates: Rates,
) -> tuple[Rows, str | None, list[LedgerLine]] | None:
    """The rows of a file whose column names several currencies, in the one that has no rate; None for any other file.

    Raises `MixedCurrenciesError` where more than one of them has no rate.
    """
    match = recognition.match(CURRENCY)
    if match is None or not rates:
        return None
    texts = table.columns[match.positions[0]].distinct
    codes = [currencies.code_of(text) for text in texts.dictionary.to_pylist()]
    places = texts.indices.to_numpy()
    found = {codes[at] for at in np.unique(places[kept]).tolist()}
    named = {code for code in found if code}
    if len(named) < 2:
        return None
    if None in found:
        raise MixedCurrenciesError(path=place.path, found=", ".join((*sorted(named), Clause("blank"))))
    base = base_currency(place.path, named, rates)
    factor = np.array([rates.get(code, 1.0) if code else np.nan for code in codes])[places]
    lines = [_line(place.file, code, rates, base) for code in sorted(named & set(rates))]
    return _exchanged(rows, factor), base, lines


def exchange_file(rows: Rows, currency: str, rates: Rates, base: str | None) -> tuple[Rows, LedgerLine]:
    """The rows of a file of one currency, at its rate."""
    return _exchanged(rows, np.full(len(rows), rates[currency])), _line(rows.files[0], currency, rates, base)


def _exchanged(rows: Rows, factor: FloatArray) -> Rows:
    """The rows with their money times a factor."""
    return rows.replaced(numbers={key: rows.numbers[key] * factor for key in MONEY})


def base_currency(path: object, named: AbstractSet[str], rates: Rates) -> str | None:
    """The one currency that has no rate, so that others are converted to it; None where all have one.

    Raises `MixedCurrenciesError` for several.
    """
    without = sorted(named - set(rates))
    if len(without) > 1:
        raise MixedCurrenciesError(path=path, found=", ".join(sorted(named)))
    return without[0] if without else None


def _line(file: str, currency: str, rates: Rates, base: str | None) -> LedgerLine:
    return CONVERTED.line(file, before=f"1 {currency}", after=f"{rates[currency]:.10g} {base or ''}".strip())
