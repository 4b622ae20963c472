"""A push from the first look at the spreadsheet to the last answer."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass

from sheetgen.errors import ConcurrentPushError, PastedNumberError, SheetgenError, SheetsRefusalError
from sheetgen.push.client import Json, SheetsClient
from sheetgen.push.commit import Commit, encode_batch, new_commit
from sheetgen.push.edits import Edits
from sheetgen.push.limits import Limits
from sheetgen.push.load import Load, make_load
from sheetgen.push.paste import TRIAL
from sheetgen.push.plan import Plan, Titles, changed_inputs, make_plan
from sheetgen.push.reading import SheetInputs, read_inputs
from sheetgen.push.spreadsheet import PresentSpreadsheet, read_spreadsheet
from sheetgen.push.staging import Stage
from sheetgen.render.sheets.model import SheetsReport

Progress = Callable[[str, float], None]


def _silent(_step: str, _done: float) -> None:
    return None


@dataclass(frozen=True)
class PushOptions:
    """How to push: what becomes of edits, whether Looker Studio's columns may change, whether to write at all."""

    edits: Edits = Edits.KEEP
    allows_schema_change: bool = False
    is_dry_run: bool = False
    limits: Limits = Limits()


@dataclass(frozen=True, eq=False)
class Push:
    """A push that is done, or planned: with the sheets' IDs by tab, and the API's calls and bytes, made and to come."""

    plan: Plan
    sheets: Mapping[str, int]
    calls: int
    sent: int


def push_report(
    client: SheetsClient,
    build: Callable[[Titles], SheetsReport],
    options: PushOptions | None = None,
    progress: Progress = _silent,
) -> Push:
    """Bring a spreadsheet up to a report, which `build` makes for tabs of given titles: wholly or not at all.

    Raises a `SheetgenError` that says what cannot be, or what Google refuses.
    """
    options = options or PushOptions()
    progress("Looking at the spreadsheet", 0.0)
    present, inputs = _look(client, options.edits)
    progress("Planning", 0.2)
    plan = make_plan(
        build,
        present,
        inputs,
        options.edits,
        allows_schema_change=options.allows_schema_change,
        limits=options.limits,
    )
    if not plan.writes:
        return Push(plan, _sheets(plan), client.calls, client.sent)
    commit = new_commit(plan)
    load = make_load(commit, changed_inputs(plan.report, present, inputs) if inputs else {}, options.limits)
    if options.is_dry_run:
        sizes = load.sizes()
        return Push(plan, commit.ids.sheets, client.calls + len(sizes), client.sent + sum(sizes))
    _send(client, commit, load, progress)
    progress("Done", 1.0)
    return Push(plan, commit.ids.sheets, client.calls, client.sent)


def _look(client: SheetsClient, edits: Edits) -> tuple[PresentSpreadsheet, SheetInputs | None]:
    present = read_spreadsheet(client)
    if present.manifest is None:
        return present, None
    return present, read_inputs(client, present, needs_base=edits is not Edits.OVERWRITE)


def _sheets(plan: Plan) -> dict[str, int]:
    return {key: sheet.id for key, sheet in plan.present.own_sheets().items()}


def _send(client: SheetsClient, commit: Commit, load: Load, progress: Progress) -> None:
    """Stage and commit; what waits goes where Google, or the push itself, refuses.

    Raises `ConcurrentPushError` where another push was quicker, `PastedNumberError` where numbers are read wrongly.
    """
    try:
        if load.stages:
            client.batch_update(load.create, lambda: _is_staged(client, load.stages))
            _require_trial(client, load)
            for i, body in enumerate(load.chunks()):
                progress("Sending data", 0.3 + 0.5 * (1 - 0.8**i))
                client.write_values(body)
        progress("Writing the spreadsheet", 0.8)
        client.batch_update(load.body, lambda: _is_committed(client, commit))
    except (SheetsRefusalError, PastedNumberError):
        if not _is_committed(client, commit):
            with suppress(SheetgenError):
                client.batch_update(encode_batch(_removed(load.stages)))
            raise


def _require_trial(client: SheetsClient, load: Load) -> None:
    """Refuse to paste numbers that the spreadsheet does not read as they are meant."""
    for rows in client.read_values(load.trials, as_results=True) if load.trials else ():
        if rows != [[TRIAL]]:
            raise PastedNumberError(found=str(rows), wanted=str(TRIAL))


def _removed(stages: Collection[Stage]) -> Iterator[Json]:
    yield from ({"deleteSheet": {"sheetId": stage.sheet}} for stage in stages)


def _is_staged(client: SheetsClient, stages: tuple[Stage, ...]) -> bool:
    """Whether the stages are there, after a call whose outcome is unknown."""
    found = {sheet.id for sheet in read_spreadsheet(client).sheets if sheet.is_staging}
    return all(stage.sheet in found for stage in stages)


def _is_committed(client: SheetsClient, commit: Commit) -> bool:
    """Whether the batch took effect, after a call whose outcome is unknown.

    Raises `ConcurrentPushError` where another one did.
    """
    before, found = commit.plan.present.manifest, read_spreadsheet(client).manifest
    if found is not None and found.push == commit.manifest.push:
        return True
    if (found and found.push) != (before and before.push):
        raise ConcurrentPushError(sheet=client.spreadsheet_id)
    return False
