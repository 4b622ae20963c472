"""Named ranges."""

from __future__ import annotations

import re
from typing import Final

from tests.google.address import parse_bounds
from tests.google.batch.draft import Draft, Handlers, update_mask
from tests.google.mask import updated
from tests.google.problem import RefusedError
from tests.google.spreadsheet import Spreadsheet, grid_range
from tests.google.wire import Json

_MAX_NAME: Final = 250


def _add_named_range(draft: Draft, body: Json) -> Json:
    book = draft.spreadsheet
    given = body.get("namedRange", {})
    key = given.get("namedRangeId") or book.new_text_id(book.named_ranges)
    if key in book.named_ranges:
        raise RefusedError(f"Cannot add named range with ID: {key}, a named range with that ID already exists.")
    book.named_ranges[key] = _checked(book, given, key)
    return {"namedRange": book.named_ranges[key]}


def _update_named_range(draft: Draft, body: Json) -> None:
    book, given = draft.spreadsheet, body.get("namedRange", {})
    mask = update_mask(body, "NamedRange")
    key = given.get("namedRangeId", "")
    book.named_ranges[key] = _checked(book, updated(_known(book, key), given, mask), key)


def _delete_named_range(draft: Draft, body: Json) -> None:
    key = body.get("namedRangeId", "")
    _known(draft.spreadsheet, key)
    del draft.spreadsheet.named_ranges[key]


HANDLERS: Final[Handlers] = {
    "addNamedRange": _add_named_range,
    "updateNamedRange": _update_named_range,
    "deleteNamedRange": _delete_named_range,
}


def _known(book: Spreadsheet, key: str) -> Json:
    if key not in book.named_ranges:
        raise RefusedError(f"No named range with ID: {key}")
    return book.named_ranges[key]


def _checked(book: Spreadsheet, named: Json, key: str) -> Json:
    name = named.get("name", "")
    if not _is_valid(name):
        raise RefusedError(f"Invalid name: {name}")
    other = book.named(name)
    if other is not None and other["namedRangeId"] != key:
        raise RefusedError(f'A named range with the name "{name}" already exists.')
    if "range" not in named:
        raise RefusedError("A named range needs a range.")
    return {"namedRangeId": key, "name": name, "range": grid_range(book.area(named["range"]))}


def _is_valid(name: str) -> bool:
    """Letters, digits and underscores, not first a digit, and nothing that reads as a truth value or an address."""
    if not re.fullmatch(r"[^\W\d]\w*", name) or len(name) > _MAX_NAME or name.lower() in ("true", "false"):
        return False
    return parse_bounds(name) is None and not re.fullmatch(r"[Rr]\d*[Cc]\d*", name)
