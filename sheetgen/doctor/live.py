"""Asks Google the questions whose answers sheetgen only assumes, on a scratch tab of a real spreadsheet."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from sheetgen.clause import Clause
from sheetgen.doctor import formulas, objects, values
from sheetgen.doctor.question import Answer, Found, Question, Verdict
from sheetgen.doctor.scratch import Scratch, scratch_tab
from sheetgen.errors import InputError, SheetgenError, SheetsRefusalError
from sheetgen.push.client import SheetsClient

UNKNOWN: Final = "–"

BY_HAND: Final = (
    Question(9, Clause("developer metadata after File, Make a copy"), Clause("copied")),
    Question(11, Clause("Looker Studio report after another push"), Clause("works as before")),
)

QUESTIONS: Final = (*objects.QUESTIONS, *formulas.QUESTIONS, *values.QUESTIONS, *BY_HAND)
"""All questions in the order in which they are asked: the largest last."""


def ask_google(client: SheetsClient, asking: Callable[[Question], None]) -> tuple[Answer, ...]:
    """The answers to all questions; `asking` hears of each before it is asked.

    The scratch tab is gone when this ends. Raises a `SheetgenError` where it cannot be made or removed, or where
    Google lets the account in no more.
    """
    answers = []
    with scratch_tab(client) as scratch:
        for question in QUESTIONS:
            asking(question)
            answers.append(_answer(question, scratch))
    return tuple(sorted(answers, key=lambda answer: answer.question.point))


def _answer(question: Question, scratch: Scratch) -> Answer:
    expected = question.expected_in(scratch.decimal)
    try:
        found = question.ask(scratch) if question.ask else None
    except SheetsRefusalError as refusal:
        return Answer(question, expected, Found(UNKNOWN, str(refusal.facts["reason"])), Verdict.DIFFERENT)
    except InputError:
        raise
    except SheetgenError as problem:
        return Answer(question, expected, Found(UNKNOWN, str(problem)), Verdict.OPEN)
    if found is None:
        return Answer(question, expected, Found(UNKNOWN), Verdict.OPEN)
    return Answer(question, expected, found, Verdict.EXPECTED if found.result == expected else Verdict.DIFFERENT)
