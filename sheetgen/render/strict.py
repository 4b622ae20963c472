"""XlsxWriter made strict: where it warns, or returns a negative code and leaves something out, we raise."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from xlsxwriter.exceptions import XlsxWriterException

from sheetgen.errors import RenderError


class RefusedError(Exception):
    """Something a workbook cannot hold; `located` says where it is."""


@contextmanager
def warnings_raised() -> Iterator[None]:
    """While open, what XlsxWriter warns about is raised as `UserWarning`."""
    with warnings.catch_warnings():
        warnings.simplefilter("error", UserWarning)
        yield


@contextmanager
def located(where: str | Callable[[], str]) -> Iterator[None]:
    """Turns what is refused inside, by us or by XlsxWriter, into a `RenderError` that says where."""
    try:
        yield
    except (RefusedError, UserWarning, XlsxWriterException) as problem:
        place = where if isinstance(where, str) else where()
        raise RenderError(where=place, problem=str(problem)) from problem


def accept(code: object) -> None:
    """Take a return code of XlsxWriter.

    Raises `RefusedError` for a negative one.
    """
    if isinstance(code, int) and code < 0:
        raise RefusedError(f"XlsxWriter returned {code}")
