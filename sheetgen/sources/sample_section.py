"""One section of the sample template: values come out checked, or a TemplateError says what to write."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

import numpy as np

from sheetgen.errors import TemplateError
from sheetgen.sources.apportion import FloatArray


@dataclass(frozen=True)
class Bounds:
    """The numbers a template may give: up to `high`, and above `low` or, if `closed`, from it."""

    low: float
    high: float
    closed: bool = False

    def __contains__(self, value: float) -> bool:
        return self.low < value <= self.high or (self.closed and value == self.low)

    def __str__(self) -> str:
        low, high = f"{self.low:,.10g}", f"{self.high:,.10g}"
        return f"from {low} to {high}" if self.closed else f"above {low} and up to {high}"


FACTOR = Bounds(0.01, 100, closed=True)
RATE = Bounds(0, 1)
SHARE = Bounds(0, 1, closed=True)


@dataclass(frozen=True)
class Span:
    """The lowest and the highest value that campaigns take."""

    low: float
    high: float


@dataclass(frozen=True)
class Section:
    """A TOML table of the file `path`; `where` is its dotted place in it, empty at the top."""

    path: str
    where: str
    table: Mapping[str, object]

    def error(self, key: str, problem: str, remedy: str) -> TemplateError:
        """The error for one key of this section."""
        return TemplateError(path=self.path, where=self._place(key), problem=problem, remedy=remedy)

    def allow(self, keys: Collection[str]) -> None:
        """Refuse a key that is none of `keys`, so that a typing mistake is not ignored."""
        for key in self.table:
            if key not in keys:
                close = get_close_matches(key, keys, n=1)
                remedy = f"Did you mean {close[0]}?" if close else f"Allowed here: {', '.join(keys)}."
                raise self.error(key, "this name is not known here.", remedy)

    def section(self, key: str) -> Section:
        """The section inside this one."""
        value = self._value(key, "a section")
        if not isinstance(value, dict):
            raise self.error(key, f"found {value!r}.", f"Write a section: [{self._place(key)}].")
        return Section(self.path, self._place(key), value)

    def sections(self, key: str) -> Iterator[tuple[str, Section]]:
        """The named sections inside the section `key`: at least one."""
        parent = self.section(key)
        if not parent.table:
            raise self.error(key, "it is empty.", f"Write at least one section [{self._place(key)}.NAME].")
        for name in parent.table:
            yield name, parent.section(name)

    def entries(self, key: str) -> Iterator[Section]:
        """The repeated sections `[[key]]`: at least one."""
        value = self._value(key, "a repeated section")
        if not isinstance(value, list) or not value or not all(isinstance(entry, dict) for entry in value):
            raise self.error(key, f"found {value!r}.", f"Write one or more sections [[{self._place(key)}]].")
        for place, entry in enumerate(value, start=1):
            yield Section(self.path, f"{self._place(key)} {place}", entry)

    def number(self, key: str, bounds: Bounds, default: float | None = None) -> float:
        """A number within the bounds; `default` stands for a missing one."""
        if default is not None and key not in self.table:
            return default
        wanted = f"a number {bounds}"
        return self._checked(key, self._value(key, wanted), bounds, wanted)

    def factors(self, key: str, count: int) -> FloatArray:
        """`count` factors, as an array."""
        return np.array(self._numbers(key, FACTOR, count, f"a list of {count} numbers, each {FACTOR}"))

    def span(self, key: str, bounds: Bounds) -> Span:
        """Two numbers within the bounds, the first below the second."""
        wanted = f"two numbers, lowest and highest, each {bounds}"
        low, high = self._numbers(key, bounds, 2, wanted)
        if low >= high:
            raise self.error(key, f"the lowest, {low:g}, is not below the highest, {high:g}.", f"Give {wanted}.")
        return Span(low, high)

    def whole_numbers(self, key: str, low: int, high: int) -> tuple[int, ...]:
        """One or more whole numbers from `low` to `high`."""
        wanted = f"a list of whole numbers from {low} to {high}"
        value = self._value(key, wanted)
        if not isinstance(value, list) or not value or any(type(one) is not int for one in value):
            raise self.error(key, f"found {value!r}.", f"Give {wanted}.")
        if min(value) < low or max(value) > high:
            raise self.error(key, f"found {value!r}.", f"Give {wanted}.")
        return tuple(value)

    def text(self, key: str) -> str:
        """A text that is not blank."""
        value = self._value(key, "a text")
        if not isinstance(value, str) or not value.strip():
            raise self.error(key, f"found {value!r}.", "Give a text.")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """One or more texts, none blank."""
        value = self._value(key, "a list of texts")
        if not isinstance(value, list) or not value or not all(isinstance(one, str) and one.strip() for one in value):
            raise self.error(key, f"found {value!r}.", "Give a list of one or more texts.")
        return tuple(value)

    def _numbers(self, key: str, bounds: Bounds, count: int, wanted: str) -> list[float]:
        value = self._value(key, wanted)
        if not isinstance(value, list):
            raise self.error(key, f"found {value!r}.", f"Give {wanted}.")
        if len(value) != count:
            raise self.error(key, f"found {len(value)} values.", f"Give {wanted}.")
        return [self._checked(key, one, bounds, wanted) for one in value]

    def _checked(self, key: str, value: object, bounds: Bounds, wanted: str) -> float:
        if not isinstance(value, (int, float)) or isinstance(value, bool) or value not in bounds:
            raise self.error(key, f"found {value!r}.", f"Give {wanted}.")
        return float(value)

    def _value(self, key: str, wanted: str) -> object:
        if key not in self.table:
            raise self.error(key, "it is missing.", f"Give {wanted}.")
        return self.table[key]

    def _place(self, key: str) -> str:
        return f"{self.where}.{key}" if self.where else key
