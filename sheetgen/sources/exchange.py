"""Money of several currencies made one, at the rates that the user gives."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet

import numpy as np
import numpy.typing as npt

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
from sheetgen.sources.table import BoolArray, FloatArray, RawColumn, RawTable

MONEY = tuple(field.key for field in ALL_MEASURES if field.kind is Kind.MONEY)

UNNAMED = ""
"""The code of a row that names no currency."""

CodeArray = npt.NDArray[np.object_]
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
    """The rows of a file that names several currencies, in the one that has no rate; None for any other file.

    A column names them, or the signs beside the money: a row with money and no name is refused.

    Raises `MixedCurrenciesError` where more than one of them has no rate.
    """
    if not rates:
        return None
    codes = _codes(place, table, rows, recognition, currencies)
    found = set(np.unique(codes[kept & _has_money(rows)]).tolist())
    named = found - {UNNAMED}
    if len(named) < 2:
        return None
    if UNNAMED in found:
        raise MixedCurrenciesError(path=place.path, found=", ".join((*sorted(named), Clause("blank"))))
    base = base_currency(place.path, named, rates)
    worth = {code: rates.get(code, 1.0) for code in named}
    factor = np.array([worth.get(code, 1.0) for code in codes.tolist()])
    lines = [_line(place.file, code, rates, base) for code in sorted(named & set(rates))]
    return _exchanged(rows, factor), base, lines


def _codes(place: Place, table: RawTable, rows: Rows, recognition: Recognition, currencies: Currencies) -> CodeArray:
    """The currency of each row, by its column or else by the signs beside its money; `UNNAMED` without either.

    Raises `MixedCurrenciesError` for a row with two of them.
    """
    match = recognition.match(CURRENCY)
    if match:
        return _by_text(table.columns[match.positions[0]], currencies.code_of)
    sign = re.compile(currencies.pattern(), re.IGNORECASE)
    codes = np.full(len(rows), UNNAMED, dtype=object)
    for match in recognition.mapping:
        for position in match.positions if match.field in MONEY else ():
            said = _by_text(table.columns[position], lambda text: _beside(text, sign, currencies))
            clash = np.flatnonzero((codes != UNNAMED) & (said != UNNAMED) & (codes != said))[:1]
            if len(clash):
                raise MixedCurrenciesError(path=place.path, found=f"{codes[clash[0]]}, {said[clash[0]]}")
            codes = np.where(codes == UNNAMED, said, codes)
    return codes


def _by_text(column: RawColumn, code_of: Callable[[str], str | None]) -> CodeArray:
    texts = column.distinct
    codes = np.array([code_of(text) or UNNAMED for text in texts.dictionary.to_pylist()], dtype=object)
    found: CodeArray = codes[texts.indices.to_numpy()]
    return found


def _beside(text: str, sign: re.Pattern[str], currencies: Currencies) -> str | None:
    """The currency that stands beside an amount."""
    found = sign.search(text)
    return currencies.code_of(found[0]) if found else None


def _has_money(rows: Rows) -> BoolArray:
    found: BoolArray = np.logical_or.reduce([np.nan_to_num(rows.numbers[key]) != 0 for key in MONEY])
    return found


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
