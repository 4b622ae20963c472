"""What several blocks of a report need is worked out once for each context."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar
from weakref import WeakKeyDictionary

from sheetgen.report.context import Context

Found = TypeVar("Found")


def remembered(find: Callable[[Context], Found]) -> Callable[[Context], Found]:
    """The function, with its result kept as long as the context lives; callers must not change the result."""
    kept: WeakKeyDictionary[Context, Found] = WeakKeyDictionary()

    @wraps(find)
    def once(ctx: Context) -> Found:
        if ctx not in kept:
            kept[ctx] = find(ctx)
        return kept[ctx]

    return once
