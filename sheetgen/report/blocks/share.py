"""How much of a measure a number stands on, in words."""

from __future__ import annotations

from sheetgen.fields import BUDGET, CLICKS, CONVERSIONS, IMPRESSIONS, REACH, Field
from sheetgen.language import Language
from sheetgen.report.sentence import Phrase, sentence

SHARES = {
    BUDGET.key: "{share}% of budget",
    IMPRESSIONS.key: "{share}% of impressions",
    REACH.key: "{share}% of reach",
    CLICKS.key: "{share}% of clicks",
    CONVERSIONS.key: "{share}% of conversions",
}
"""Whole phrases, for a language may need an article of its own before each measure."""


def share_phrase(say: Language, field: Field, percent: Phrase) -> Phrase:
    """A percentage of a measure, such as "14 % of budget"."""
    return sentence(say(SHARES[field.key]), share=percent)
