"""The currency of a file: from its headers, its currency column, or the signs beside its numbers."""

from __future__ import annotations

import pyarrow.compute as pc

from sheetgen.errors import MixedCurrenciesError
from sheetgen.ledger import LedgerLine
from sheetgen.sources.money import Currencies
from sheetgen.sources.platforms import CURRENCY
from sheetgen.sources.recognition import Recognition
from sheetgen.sources.remarks import DOLLAR
from sheetgen.sources.settle import Place
from sheetgen.sources.table import BoolArray, RawTable


def find_currency(
    place: Place, table: RawTable, recognition: Recognition, signs: set[str], kept: BoolArray, currencies: Currencies
) -> tuple[str | None, list[LedgerLine]]:
    """The ISO code of the file's money, None where nothing tells it.

    Raises `MixedCurrenciesError` where the file names several.
    """
    texts = {*recognition.currencies, *signs, *_column_texts(table, recognition, kept)}
    codes = {code for text in texts if not currencies.is_shared(text) and (code := currencies.code_of(text))}
    shared = sorted(text for text in texts if currencies.is_shared(text))
    if len(codes) > 1:
        raise MixedCurrenciesError(path=place.path, found=", ".join(sorted(codes)))
    clashing = [sign for sign in shared if codes and not codes & currencies.shared_by(sign)]
    if clashing or len({currencies.code_of(sign) for sign in shared}) > 1:
        raise MixedCurrenciesError(path=place.path, found=", ".join([*sorted(codes), *shared]))
    if codes or not shared:
        return next(iter(codes), None), []
    code = currencies.code_of(shared[0])
    return code, [DOLLAR.line(place.file, before=shared[0], after=code or "")]


def _column_texts(table: RawTable, recognition: Recognition, kept: BoolArray) -> list[str]:
    match = recognition.match(CURRENCY)
    if match is None:
        return []
    column = table.columns[match.positions[0]]
    texts: list[str] = pc.unique(column.text.filter(kept)).to_pylist()
    return [text.strip() for text in texts]
