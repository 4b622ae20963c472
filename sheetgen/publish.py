"""Reports on Google Sheets: the pipelines of `sheetgen push` and `sheetgen pull --sheet-id`, for a program to call."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from sheetgen.api import BuildOptions, MadeReport, Progress, make_report
from sheetgen.clause import Clause
from sheetgen.errors import OptionError
from sheetgen.events.address import Input
from sheetgen.inputs import load_settings
from sheetgen.pull.edit import Pulled
from sheetgen.pull.spreadsheet import pull_spreadsheet
from sheetgen.push.client import connect
from sheetgen.push.credentials import Account, Prompt, load_account
from sheetgen.push.looker_link import looker_link, sheet_link
from sheetgen.push.pace import Pace
from sheetgen.push.plan import Titles
from sheetgen.push.run import Push, PushOptions, push_report
from sheetgen.render.sheets.build import build_sheets
from sheetgen.render.sheets.looker import DATA_CAMPAIGNS, with_looker
from sheetgen.render.sheets.model import Remark, SheetsReport
from sheetgen.report.locale import load_locale
from sheetgen.report.theme import load_theme

ADDRESS: Final = re.compile(r"https://docs\.google\.com/spreadsheets/(?:u/\d+/)?d/([\w-]+)")
ID: Final = re.compile(r"[\w-]{20,100}", re.ASCII)


@dataclass(frozen=True)
class Target:
    """The spreadsheet to push to or pull from, by its ID, and the account that does so."""

    sheet: str
    account: Account


@dataclass(frozen=True)
class PublishOptions:
    """How the report is made and pushed; `pace` says how waits are told."""

    report: BuildOptions = field(default_factory=BuildOptions)
    push: PushOptions = field(default_factory=PushOptions)
    pace: Pace = field(default_factory=Pace)


@dataclass(frozen=True, eq=False)
class Published:
    """A report on its spreadsheet: where it is, the link that opens Looker Studio on it, and what was done."""

    link: str
    looker: str
    push: Push
    made: MadeReport
    remarks: tuple[Remark, ...]
    warnings: tuple[Clause, ...]


def open_target(
    sheet: str, credentials: Path | None = None, prompt: Prompt | None = None, pace: Pace | None = None
) -> Target:
    """The spreadsheet of that ID or address, and the account of a credentials file, None for the machine's own.

    Where a person has to sign in, the `prompt` asks them to. Raises `OptionError` for no spreadsheet, and what signing
    in raises.
    """
    chosen = sheet_id(sheet)
    return Target(chosen, load_account(credentials, prompt, pace))


def publish(
    inputs: Sequence[Input],
    target: Target,
    options: PublishOptions | None = None,
    progress: Progress = lambda _step, _done: None,
) -> Published:
    """Read campaign files and put their report on a spreadsheet.

    Raises a `SheetgenError` that says what cannot be read, used or written.
    """
    options = options or PublishOptions()
    made = make_report(inputs, options.report, lambda step, done: progress(step, done * 0.5))
    client = connect(target.account, target.sheet, options.pace)
    build = _builder(made, options.report)
    push = push_report(client, build, options.push, lambda step, done: progress(step, 0.3 + 0.7 * done))
    return _published(target, push, made)


def pull_published(target: Target, pace: Pace | None = None, templates: Path | None = None) -> Pulled:
    """The edits that a report on a spreadsheet has had since it was last pushed.

    Raises a `SheetgenError` for a spreadsheet without a report, or that cannot be read.
    """
    return pull_spreadsheet(connect(target.account, target.sheet, pace or Pace()), load_settings(templates))


def sheet_id(text: str) -> str:
    """The ID of a spreadsheet, from itself or from its address.

    Raises `OptionError` for neither.
    """
    found = ADDRESS.match(text)
    sheet = found[1] if found else text
    if not ID.fullmatch(sheet):
        allowed = Clause("the ID of a spreadsheet, which its address has between /d/ and the next slash")
        raise OptionError(option="--sheet-id", found=text, allowed=allowed)
    return sheet


def _builder(made: MadeReport, options: BuildOptions) -> Callable[[Titles], SheetsReport]:
    recipe = made.recipe
    report = with_looker(made.report, recipe.kpis, recipe.language)
    theme = load_theme(options.theme, options.templates)
    locale = load_locale(options.lang, report.currency, options.templates)
    return lambda titles: build_sheets(report, theme, locale, titles)


def _published(target: Target, push: Push, made: MadeReport) -> Published:
    first = push.plan.report.tabs[0].key
    return Published(
        link=sheet_link(target.sheet, push.sheets[first]),
        looker=looker_link(target.sheet, push.sheets[DATA_CAMPAIGNS], made.recipe.title),
        push=push,
        made=made,
        remarks=push.plan.report.remarks,
        warnings=target.account.warnings,
    )
