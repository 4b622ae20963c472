"""How much a spreadsheet takes, and a call of the API."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """The most `cells` that the grids of a spreadsheet may have, filled or not, and bytes of calls.

    `body` is the most of a batch, below the ten million and some that Google refuses, `chunk` that of values sent
    ahead, in ranges of about `piece`; of `data` more cells are not tried in one batch, for they never fit.
    """

    cells: int = 10_000_000
    body: int = 8_000_000
    chunk: int = 8_000_000
    piece: int = 2_000_000
    data: int = 200_000
