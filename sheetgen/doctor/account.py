"""Checks of the Google account: where its credentials come from, how they are kept, the clock, and a token."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sheetgen.clause import Clause
from sheetgen.doctor.finding import Finding, State, Subject
from sheetgen.errors import ClockError, CredentialsError, ServiceError, SheetgenError
from sheetgen.push.client import SheetsClient, connect
from sheetgen.push.credentials import Account, Way, load_account
from sheetgen.push.pace import Pace

OURS: Final = Subject.ACCOUNT


@dataclass(frozen=True)
class SignedIn:
    """What is found of the account; `client` is None where it does not sign in."""

    findings: tuple[Finding, ...]
    client: SheetsClient | None


def check_account(credentials: Path | None, sheet: str, pace: Pace, *, is_needed: bool) -> SignedIn:
    """What is found of the account of a credentials file, None for the machine's own, and a client of a spreadsheet.

    Where it `is_needed` no account is a failure; a computer that only makes workbooks needs none.
    """
    try:
        account = load_account(credentials, pace=pace)
    except SheetgenError as refusal:
        return SignedIn((_no_account(refusal, is_needed=is_needed),), None)
    client = connect(account, sheet, pace)
    problem = _problem(client)
    findings = (*_kept(account, credentials), *_clock(client, problem), _token(client, problem))
    return SignedIn(findings, None if problem else client)


def _problem(client: SheetsClient) -> SheetgenError | None:
    try:
        client.sign_in()
    except SheetgenError as problem:
        return problem
    return None


def _no_account(problem: SheetgenError, *, is_needed: bool) -> Finding:
    if is_needed or not isinstance(problem, CredentialsError):
        return OURS.refused("credentials", problem)
    found = Clause("not signed in to Google, which only push and pull --sheet-id need.")
    return OURS.warning(
        "credentials", found, Clause("To push, give --credentials FILE; the README says how to get it.")
    )


def _kept(account: Account, path: Path | None) -> Iterator[Finding]:
    place = Clause("this machine") if path is None else path
    match account.way:
        case Way.KEY:
            found = Clause("{place}: the key of {account}.", place=place, account=account.name)
        case Way.BROWSER:
            found = Clause("{place}: signed in as a person in the browser.", place=place)
        case Way.MACHINE:
            found = Clause("{place}: signed in as {account}.", place=place, account=account.name)
    yield OURS.ok("credentials", found)
    yield from (Finding(OURS, "permissions", State.WARNING, warning) for warning in account.warnings)


def _clock(client: SheetsClient, problem: SheetgenError | None) -> Iterator[Finding]:
    """The clock, unless Google did not answer and so did not tell the time."""
    shift = client.clocks.shift()
    if isinstance(problem, ServiceError):
        return
    if shift is None:
        yield OURS.ok("clock", Clause("this computer's clock agrees with Google's."))
        return
    found = Clause("this computer's clock is {shift}.", shift=shift)
    remedy = Clause("Let the system set date, time and time zone by itself, then run again.")
    is_why = isinstance(problem, ClockError)
    yield OURS.failed("clock", found, remedy) if is_why else OURS.warning("clock", found, remedy)


def _token(client: SheetsClient, problem: SheetgenError | None) -> Finding:
    if problem is not None:
        return OURS.refused("token", problem)
    return OURS.ok("token", Clause("Google lets {account} sign in.", account=client.account))
