"""What a marketer changed since the last push, and what becomes of it: three versions of every input compared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from sheetgen.push.values import InputValues, Scalar, TableValues, is_same


class Edits(Enum):
    """What to do with edits: keep them, write over them, or write nothing at all."""

    KEEP = "keep"
    OVERWRITE = "overwrite"
    FAIL = "fail"


@dataclass(frozen=True)
class Edit:
    """An input that the sheet has otherwise than the last push proposed.

    `table` is empty for a single cell, which goes by `column`; else `row` is the row's key. `before` is what the last
    push proposed, `after` what the sheet has, `proposed` what this push proposes. `is_kept` says whether it stays.
    """

    table: str
    row: str
    column: str
    before: Scalar
    after: Scalar
    proposed: Scalar
    is_kept: bool

    @property
    def place(self) -> str:
        """Where it is, as a sentence names it."""
        return f"{self.table}: {self.row}, {self.column}" if self.table else self.column


@dataclass(frozen=True, eq=False)
class Merge:
    """The inputs as they are to be, the edits, and by table the keys of rows that were `added` or `deleted`."""

    values: InputValues
    edits: tuple[Edit, ...]
    added: Mapping[str, tuple[str, ...]]
    deleted: Mapping[str, tuple[str, ...]]


def merge(base: InputValues, now: InputValues, proposed: InputValues, edits: Edits) -> Merge:
    """The proposed inputs with the edits since `base` kept, unless they are to be overwritten.

    An input is edited where the sheet differs from the last proposal and from this one.
    """
    keeps = edits is not Edits.OVERWRITE
    found: list[Edit] = []
    names = {}
    for name, ours in proposed.names.items():
        theirs = now.names.get(name, ours)
        edit = _edit(("", "", name), base.names.get(name, theirs), theirs, ours, keeps)
        found += [edit] if edit else []
        names[name] = edit.after if edit and keeps else ours
    tables: dict[str, TableValues] = {}
    added: dict[str, tuple[str, ...]] = {}
    deleted: dict[str, tuple[str, ...]] = {}
    for name, table in proposed.tables.items():
        known = [each.tables.get(name, TableValues(table.headers, {})) for each in (base, now)]
        tables[name] = _merged_table(name, known[0], known[1], table, keeps, found)
        if name in now.tables and name in base.tables:
            added[name] = tuple(key for key in known[1].rows if key not in known[0].rows and key not in table.rows)
            deleted[name] = tuple(key for key in known[0].rows if key not in known[1].rows and key in table.rows)
    return Merge(InputValues(names, tables), tuple(found), _filled(added), _filled(deleted))


def _edit(place: tuple[str, str, str], base: Scalar, theirs: Scalar, ours: Scalar, keeps: bool) -> Edit | None:
    if is_same(theirs, base) or is_same(theirs, ours):
        return None
    return Edit(*place, base, theirs, ours, keeps)


def _merged_table(
    name: str, base: TableValues, now: TableValues, ours: TableValues, keeps: bool, found: list[Edit]
) -> TableValues:
    """A table row by row; edits of rows that are no more are found, and cannot be kept."""
    before, after = _positions(base, ours.headers), _positions(now, ours.headers)
    rows = {}
    for key, row in ours.rows.items():
        theirs, old = now.rows.get(key), base.rows.get(key)
        if theirs is None or (_aligned(theirs, after, row) == row):
            rows[key] = row
            continue
        aligned = _aligned(theirs, after, row)
        edits = list(_row_edits(name, key, ours.headers, _aligned(old, before, aligned), aligned, row, keeps))
        found += edits
        kept = {edit.column: edit.after for edit in edits if edit.is_kept}
        rows[key] = tuple(kept.get(header, value) for header, value in zip(ours.headers, row, strict=True))
    for key in now.rows.keys() & base.rows.keys() - ours.rows.keys():
        blank = (None,) * len(ours.headers)
        old, theirs = _aligned(base.rows[key], before, blank), _aligned(now.rows[key], after, blank)
        found += _row_edits(name, key, ours.headers, old, theirs, blank, keeps=False)
    return TableValues(ours.headers, rows)


def _row_edits(
    table: str,
    key: str,
    headers: Sequence[str],
    base: Sequence[Scalar],
    theirs: Sequence[Scalar],
    ours: Sequence[Scalar],
    keeps: bool,
) -> Iterator[Edit]:
    for header, *values in zip(headers, base, theirs, ours, strict=True):
        edit = _edit((table, key, header), values[0], values[1], values[2], keeps)
        if edit:
            yield edit


def _positions(table: TableValues, headers: Sequence[str]) -> list[int | None]:
    """Where each header is in a table that may have other columns."""
    known = {header: i for i, header in enumerate(table.headers)}
    return [known.get(header) for header in headers]


def _aligned(
    row: Sequence[Scalar] | None, positions: Sequence[int | None], otherwise: Sequence[Scalar]
) -> tuple[Scalar, ...]:
    """A row in the order of other headers; what it lacks is as in another row."""
    if row is None:
        return tuple(otherwise)
    return tuple(value if i is None else row[i] for i, value in zip(positions, otherwise, strict=True))


def _filled(keys: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    return {name: each for name, each in keys.items() if each}
