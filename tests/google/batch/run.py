"""A batch: all of its requests, or none."""

from __future__ import annotations

from typing import Final

from tests.google.batch import (
    banding,
    cells,
    charts,
    dimensions,
    duplicate,
    insertion,
    merges,
    metadata,
    names,
    paste,
    protection,
    rules,
    sheets,
    slicers,
    sorting,
    tables,
    tidying,
)
from tests.google.batch.draft import Caller, Draft, Handlers
from tests.google.problem import BeyondDoubleError, RefusedError, beyond, invalid
from tests.google.spreadsheet import Spreadsheet
from tests.google.wire import Json

_MODULES: Final = (
    banding,
    cells,
    charts,
    dimensions,
    duplicate,
    insertion,
    merges,
    metadata,
    names,
    paste,
    protection,
    rules,
    sheets,
    slicers,
    sorting,
    tables,
    tidying,
)
_HANDLERS: Final[Handlers] = {kind: handler for module in _MODULES for kind, handler in module.HANDLERS.items()}


def run_batch(spreadsheet: Spreadsheet, requests: list[Json], caller: Caller) -> tuple[Spreadsheet, list[Json]]:
    """The spreadsheet after all requests, and their replies; the one given stays as it is.

    Raises `ApiError` for the first request that is refused.
    """
    if not requests:
        raise invalid("Must specify at least one request.")
    draft = Draft(spreadsheet.copy(), caller)
    replies = [_run_one(draft, i, request) for i, request in enumerate(requests)]
    return draft.spreadsheet, replies


def _run_one(draft: Draft, index: int, request: Json) -> Json:
    if not request:
        raise invalid(f"Invalid requests[{index}]: No request set.")
    kind, body = next(iter(request.items()))
    if kind not in _HANDLERS:
        raise beyond(f"requests[{index}] is of the kind {kind}.")
    try:
        reply = _HANDLERS[kind](draft, body)
    except RefusedError as refusal:
        raise invalid(f"Invalid requests[{index}].{kind}: {refusal}") from refusal
    except BeyondDoubleError as limit:
        raise beyond(f"requests[{index}].{kind}: {limit}") from limit
    return {} if reply is None else {kind: reply}
