"""Typed rows: what the cells of one or more files mean, column by column, each row with its place in its file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from sheetgen.fields import FIELDS_BY_KEY, Kind
from sheetgen.sources.table import BoolArray, DateArray, FloatArray, IntArray, RawColumn

TEXT_KEYS = tuple(key for key, field in FIELDS_BY_KEY.items() if field.kind is Kind.TEXT)
DATE_KEYS = tuple(key for key, field in FIELDS_BY_KEY.items() if field.kind is Kind.DATE)
NUMBER_KEYS = tuple(key for key, field in FIELDS_BY_KEY.items() if field.kind in (Kind.MONEY, Kind.COUNT))
MEASURE_KEYS = tuple(key for key in NUMBER_KEYS if key not in ("planned_budget", "hour", "weekday"))

Chosen = BoolArray | IntArray | slice
"""Rows chosen by a mask, by their positions or as a run."""


@dataclass(frozen=True)
class Texts:
    """A text column: per row the place of its text in `stored`, -1 where blank.

    A text may be stored in several places unless `is_distinct`; `codes` and `values` are the same with each text once.
    To find equal texts among millions takes as long as to read them, so that waits until it is asked for.
    """

    places: IntArray
    stored: pa.StringArray
    is_distinct: bool = True

    @classmethod
    def of(cls, cells: pa.StringArray) -> Texts:
        """The texts of these cells; a null is blank."""
        encoded = pc.dictionary_encode(cells)
        return cls(_places(encoded), encoded.dictionary)

    @classmethod
    def of_column(cls, column: RawColumn) -> Texts:
        """The texts of a raw column."""
        is_distinct = column.ascends or not column.seldom_repeats
        return cls(_places(column.compact), column.compact.dictionary, is_distinct)

    @classmethod
    def nothing(cls, size: int) -> Texts:
        """A column of blanks."""
        return cls(np.full(size, -1, dtype=np.int64), pa.array([], pa.string()))

    @cached_property
    def distinct(self) -> Texts:
        """The same with each text stored once."""
        return self if self.is_distinct else self.rewritten(self.stored)

    @property
    def codes(self) -> IntArray:
        """Per row the place of its text in `values`, -1 where blank."""
        return self.distinct.places

    @property
    def values(self) -> pa.StringArray:
        """The distinct texts."""
        return self.distinct.stored

    @cached_property
    def blank(self) -> BoolArray:
        """Where there is no text."""
        return self.places < 0

    def where(self, rows: Chosen) -> Texts:
        """The rows chosen."""
        return Texts(self.places[rows], self.stored, self.is_distinct)

    def at(self, rows: IntArray) -> Texts:
        """The rows at these positions; -1 makes a blank."""
        return Texts(np.where(rows < 0, -1, self.places[rows]), self.stored, self.is_distinct)

    def without(self, some: BoolArray) -> Texts:
        """The texts without some of those stored: their cells are blank."""
        if not some.any():
            return self
        return Texts(np.where(self.marked(some), -1, self.places), self.stored, self.is_distinct)

    def marked(self, some: BoolArray) -> BoolArray:
        """By row, whether its text is one of some of those stored."""
        found: BoolArray = np.append(some, False)[self.places]
        return found

    def rewritten(self, texts: pa.StringArray) -> Texts:
        """Each stored text replaced by the one in its place (null: blank); equal ones become one."""
        encoded = pc.dictionary_encode(texts)
        return Texts(np.append(_places(encoded), -1)[self.places], encoded.dictionary)

    def filled(self, codes: IntArray) -> Texts:
        """The blanks filled from other codes of the same values."""
        return Texts(np.where(self.blank, codes, self.codes), self.values)

    def completed(self, text: str) -> Texts:
        """The blanks filled with one text."""
        stored = pa.concat_arrays([self.stored, pa.array([text], pa.string())])
        return Texts(np.where(self.blank, len(self.stored), self.places), stored).rewritten(stored)

    def objects(self) -> npt.NDArray[np.object_]:
        """One str or None per row."""
        if len(self.places) < len(self.stored):
            taken = self.stored.take(pa.array(self.places, mask=self.blank))
            few: npt.NDArray[np.object_] = taken.to_numpy(zero_copy_only=False).astype(object)
            return few
        texts = np.empty(len(self.stored) + 1, dtype=object)
        texts[:-1] = self.stored.to_numpy(zero_copy_only=False)
        each: npt.NDArray[np.object_] = texts[self.places]
        return each


def _places(cells: pa.DictionaryArray) -> IntArray:
    """The place of each cell's text in the dictionary, -1 for a null."""
    places: IntArray = cells.indices.fill_null(-1).to_numpy().astype(np.int64)
    return places


@dataclass(frozen=True)
class Rows:
    """Rows of all files: `file` is the place of each row's file in `files`, `line` its line there.

    `texts`, `numbers` and `dates` have every key of `fields.py`, all blank where no file has the column.
    """

    files: tuple[str, ...]
    file: IntArray
    line: IntArray
    texts: Mapping[str, Texts]
    numbers: Mapping[str, FloatArray]
    dates: Mapping[str, DateArray]

    def __len__(self) -> int:
        return len(self.line)

    def where(self, places: BoolArray | IntArray) -> Rows:
        """The rows of a mask or of an array of positions."""
        if places.dtype == np.bool_ and places.all():
            return self
        chosen = _run(places)
        return Rows(
            self.files,
            self.file[chosen],
            self.line[chosen],
            {key: texts.where(chosen) for key, texts in self.texts.items()},
            _taken(self.numbers, chosen),
            _taken(self.dates, chosen),
        )

    def named(self, places: IntArray) -> Rows:
        """The rows at these positions with their texts alone."""
        texts = {key: texts.where(places) for key, texts in self.texts.items()}
        return Rows(self.files, self.file[places], self.line[places], texts, {}, {})

    def places(self, rows: Chosen) -> list[tuple[str, int]]:
        """File and line of these rows."""
        return [
            (self.files[file], line)
            for file, line in zip(self.file[rows].tolist(), self.line[rows].tolist(), strict=True)
        ]

    def replaced(
        self,
        texts: Mapping[str, Texts] | None = None,
        numbers: Mapping[str, FloatArray] | None = None,
        dates: Mapping[str, DateArray] | None = None,
    ) -> Rows:
        """The same rows with some columns replaced."""
        return Rows(
            self.files,
            self.file,
            self.line,
            {**self.texts, **(texts or {})},
            {**self.numbers, **(numbers or {})},
            {**self.dates, **(dates or {})},
        )


def _run(places: BoolArray | IntArray) -> Chosen:
    """The same rows as a slice, which copies nothing, where a mask leaves out only the first and last ones."""
    if places.dtype == np.bool_ and places.any():
        first, end = int(places.argmax()), len(places) - int(places[::-1].argmax())
        if places[first:end].all():
            return slice(first, end)
    return places


def _taken(columns: Mapping[str, npt.NDArray[Any]], places: Chosen) -> dict[str, npt.NDArray[Any]]:
    """These rows of the columns; columns that are the same array, such as one of blanks, stay one."""
    different = {id(values): values for values in columns.values()}
    taken = {name: values[places] for name, values in different.items()}
    return {key: taken[id(values)] for key, values in columns.items()}


def join_rows(parts: Sequence[Rows]) -> Rows:
    """The rows of several files, in their order."""
    if len(parts) == 1:
        return parts[0]
    sizes = [len(part) for part in parts]
    return Rows(
        tuple(part.files[0] for part in parts),
        np.repeat(np.arange(len(parts), dtype=np.int64), sizes),
        np.concatenate([part.line for part in parts]),
        {key: _join_texts([part.texts[key] for part in parts]) for key in TEXT_KEYS},
        {key: np.concatenate([part.numbers[key] for part in parts]) for key in NUMBER_KEYS},
        {key: np.concatenate([part.dates[key] for part in parts]) for key in DATE_KEYS},
    )


def _join_texts(parts: Sequence[Texts]) -> Texts:
    starts = np.cumsum([0, *(len(part.stored) for part in parts[:-1])])
    places = np.concatenate(
        [np.where(part.blank, -1, part.places + start) for part, start in zip(parts, starts.tolist(), strict=True)]
    )
    stored: Any = pa.concat_arrays([part.stored for part in parts])
    return Texts(places, stored).rewritten(stored)
