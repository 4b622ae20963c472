"""`sheetgen doctor`: its options, and what it answers."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from sheetgen.clause import Clause
from sheetgen.cli.options import FILE
from sheetgen.cli.product import print_product
from sheetgen.cli.run import EXITS, Common, command
from sheetgen.cli.target import pace_of
from sheetgen.console import Console
from sheetgen.errors import OptionError, SheetgenError
from sheetgen.language import Language

if TYPE_CHECKING:
    from sheetgen.doctor.examination import Examination
    from sheetgen.doctor.finding import Finding
    from sheetgen.doctor.question import Answer, Question

COLORS: Final = {"ok": "green", "warning": "yellow", "failed": "red"}
VERDICTS: Final = {"as expected": "green", "different": "red", "open": "yellow"}
OUTPUT: Final = Path("output")


@click.command(epilog=EXITS)
@click.option("--sheet-id", "sheet", metavar="ID", help="A spreadsheet to look at: its ID, or its address.")
@click.option(
    "--credentials",
    type=FILE,
    help="Key file of a service account, or of a desktop client; else what this machine is signed in as.",
)
@click.option("--live", is_flag=True, help="Ask Google what sheetgen assumes, on a hidden tab that is then removed.")
@click.option("--transcript", type=FILE, metavar="FILE.json", help="Save what --live sent and got, without secrets.")
@click.option("--yes", is_flag=True, help="Do not ask before --live writes.")
@command
def doctor(common: Common, sheet: str | None, credentials: Path | None, **options: Any) -> int:
    """Check this computer, the Google account and a spreadsheet, and say what to do."""
    from sheetgen.doctor.examination import Examination
    from sheetgen.publish import sheet_id

    console = common.console()
    _require_spreadsheet(sheet, **options)
    chosen = None if sheet is None else sheet_id(sheet)
    examination = Examination(chosen, credentials, OUTPUT, common.templates, pace_of(console))
    with console.progress() as progress:
        progress("Checking", 0.0)
        findings = tuple(examination.run())
    code = next((finding.exit_code for finding in findings if finding.exit_code), 0)
    is_live = options["live"] and code == 0 and (options["yes"] or _agrees(common, console))
    answers = _live(console, examination, options["transcript"]) if is_live else ()
    lines = (*finding_lines(findings, console.language), *answer_lines(answers, console.language))
    print_product(common, doctor_values(findings, answers), lines)
    return code or int(any(answer.verdict.value == "different" for answer in answers))


def _require_spreadsheet(sheet: str | None, *, live: bool, transcript: Path | None, yes: bool) -> None:
    """Refuse options that go with others, but without them.

    Raises `OptionError`.
    """
    if live and sheet is None:
        raise OptionError(option="--live", found="", allowed=Clause("with --sheet-id ID"))
    for option, given in (("--transcript", transcript), ("--yes", yes)):
        if given and not live:
            raise OptionError(option=option, found=str(given), allowed=Clause("with --live"))


def _live(console: Console, examination: Examination, transcript: Path | None) -> Sequence[Answer]:
    """The answers of Google, and their transcript in a file if one is given.

    Raises a `SheetgenError` where the tab cannot be made or removed, or the file cannot be written.
    """
    from sheetgen.doctor.live import QUESTIONS, ask_google
    from sheetgen.doctor.transcript import Transcript

    client = examination.client
    if client is None:
        return ()
    record = Transcript(client.spreadsheet_id)
    client.heard = record.hear
    with console.progress() as progress:

        def asking(question: Question) -> None:
            record.turn_to(question)
            progress("Asking Google", QUESTIONS.index(question) / len(QUESTIONS))

        answers = ask_google(client, asking)
    if transcript:
        record.write(transcript, answers)
    return answers


def _agrees(common: Common, console: Console) -> bool:
    """Whether the user lets us write.

    Raises `OptionError` where nobody can be asked.
    """
    if common.quiet or common.as_json or not sys.stdin.isatty():
        raise OptionError(option="--live", found="", allowed=Clause("with --yes, where nobody can be asked"))
    text = console.language("This adds hidden tabs to the spreadsheet, and removes them. Go on?")
    return click.confirm(text, err=True)


def finding_lines(findings: Sequence[Finding], language: Language) -> Iterator[str]:
    """What was found, line by line, under the name of each subject."""
    width = _widest((finding.state.value for finding in findings), language)
    subject = None
    for finding in findings:
        if finding.subject is not subject:
            subject = finding.subject
            yield click.style(language(subject.value), bold=True)
        word = language(finding.state.value)
        yield f"  {click.style(f'{word:<{width}}', fg=COLORS[finding.state.value])}  {_said(finding.found, language)}"
        if finding.remedy:
            yield f"  {'':<{width}}  → {language.clause(finding.remedy)}"


def answer_lines(answers: Sequence[Answer], language: Language) -> Iterator[str]:
    """What Google answered, line by line."""
    if answers:
        yield click.style(language("Google Sheets"), bold=True)
    width = _widest((answer.verdict.value for answer in answers), language)
    for answer in answers:
        word = language(answer.verdict.value)
        text = language(
            "{point}. {asked}: expected {expected}; found {found}",
            point=answer.question.point,
            asked=answer.question.asked,
            expected=answer.expected,
            found=answer.found.result,
        )
        detail = f" ({language.clause(answer.found.detail)})" if answer.found.detail else ""
        yield f"  {click.style(f'{word:<{width}}', fg=VERDICTS[answer.verdict.value])}  {text}{detail}"


def _widest(words: Iterable[str], language: Language) -> int:
    return max((len(language(word)) for word in words), default=0)


def _said(found: Clause | SheetgenError, language: Language) -> str:
    return language.error(found) if isinstance(found, SheetgenError) else language.clause(found)


def doctor_values(findings: Sequence[Finding], answers: Sequence[Answer]) -> dict[str, Any]:
    """What was found, as plain values."""
    from sheetgen.doctor.transcript import answer_values

    checks = [
        {
            "subject": finding.subject.name.lower(),
            "check": finding.check,
            "state": finding.state.value,
            "found": str(finding.found),
            "remedy": None if finding.remedy is None else str(finding.remedy),
        }
        for finding in findings
    ]
    return {"checks": checks, "live": [answer_values(answer) for answer in answers]}
