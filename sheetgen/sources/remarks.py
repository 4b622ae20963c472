"""Everything the ledger can say about an input: one remark per code, its sentence the same on every line.

The facts of a line are in its file, row, field, before and after, so that a language file can translate the sentence.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sheetgen.ledger import LedgerLine, Severity


@dataclass(frozen=True)
class Remark:
    """A code of the ledger with its severity and sentence."""

    code: str
    severity: Severity
    sentence: str

    def line(self, file: str, row: int = 0, field: str = "", before: str = "", after: str = "") -> LedgerLine:
        """One line; row 0 is the whole file."""
        return LedgerLine(self.code, self.severity, file, row, field, before, after, self.sentence)

    def lines(
        self, places: Iterable[tuple[str, int]], field: str, before: Iterable[str], after: Iterable[str]
    ) -> list[LedgerLine]:
        """One line per place (file and row), with its value before and after."""
        return [
            LedgerLine(self.code, self.severity, file, row, field, old, new, self.sentence)
            for (file, row), old, new in zip(places, before, after, strict=True)
        ]


def _info(code: str, sentence: str) -> Remark:
    return Remark(code, Severity.INFO, sentence)


def _warning(code: str, sentence: str) -> Remark:
    return Remark(code, Severity.WARNING, sentence)


def _dropped(code: str, sentence: str) -> Remark:
    return Remark(code, Severity.DROPPED, sentence)


# How the file was read.
READ_AS = _info("read_as", "How the file was read.")
SHEET_CHOSEN = _info("sheet_chosen", "Of several sheets, the one with the most campaign columns was read.")
SHEETS_READ = _info("sheets_read", "Several sheets have the same header: all of them were read.")
SHEET_LEFT = _warning(
    "sheet_left",
    "Another sheet has campaign columns under a header of its own and was not read: save it as a file to have both.",
)
PREAMBLE = _info("preamble", "The lines above the header are not data.")
BYTES_REPLACED = _warning("bytes_replaced", "Some bytes are not valid UTF-8: they show as replacement characters.")
FILLED_DOWN = _info(
    "filled_down", "What stands only on the first row of its group, as in a pivot table, counts for all of its rows."
)
SHORT_ROW = _warning("short_row", "The row has fewer values than the header: its last columns are blank.")
LONG_ROW = _dropped("long_row", "The row has more values than the header, so its values cannot be placed.")
UNPLACED = _warning(
    "unplaced_rows", "Rows of the file have more values than the header: whether they belong to this report is unknown."
)

# What the headers mean.
PLATFORM_RECOGNISED = _info("platform_recognised", "The kind of export, as its headers tell.")
ALTERNATIVE = _info("alternative_column", "Another column could feed this field: --map chooses it.")
COMBINED = _info("columns_added_up", "The field is the sum of several columns.")
RATES_IGNORED = _info("rates_ignored", "Rates are not imported: they are computed again from the totals.")
UNMAPPED = _info("unmapped_headers", "These headers are not recognised and were left out: --map names them.")
PLATFORM_CONSTANT = _info("platform_constant", "The export names no platform: it is the one whose headers it has.")
PLATFORM_IN_NAME = _info(
    "platform_in_name", "The names mention platforms, but no column gives one: Platform stays blank."
)
CONVERTED = _info("money_converted", "The money was converted at the rate of --rate.")
DOLLAR = _info("currency_assumed", "Several currencies share this sign: --currency sets another.")
TOTAL_AGREES = _info("total_agrees", "The file's own total agrees with the sum of its rows.")
RATE_AGREES = _info("rate_agrees", "The file's own rate, at its largest difference from the one computed from its row.")
RATE_DIFFERS = _warning("rate_differs", "The file's own rate differs from the one computed from its row.")
PERIOD_FROM_PREAMBLE = _info("period_from_preamble", "The lines above the header name the days of the report.")
PERIOD_UNCLEAR = _warning(
    "period_unclear", "The days of the report read both ways: --dayfirst or --monthfirst says how to read them."
)

# What the results are.
RESULTS_COUNTED = _info("results_counted", "These results are conversions, as their indicator says.")
RESULTS_LEFT = _info("results_left", "These results are no conversions, as their indicator says: --map counts them.")
RESULTS_UNCLEAR = _warning(
    "results_unclear",
    "Nothing says what these results are: they do not count as conversions unless --map says so.",
)
TYPE_FROM_RESULTS = _info("type_from_results", "No column gives the campaign type: the indicator of results tells it.")
DAILY_BUDGET = _info("daily_budget", "A budget for one day was multiplied by the days of its row.")
DAILY_BUDGET_UNDATED = _warning(
    "daily_budget_undated", "A budget for one day, and no days to multiply it by: the cell is blank."
)

# What the cells hold.
BUDGET_IN_WORDS = _info("budget_in_words", "The planned budget is told in words: the cell is blank.")
ABBREVIATED = _warning("abbreviated", "The number is abbreviated, such as 12.5K: it is only as exact as it is written.")
NOT_A_NUMBER = _warning("not_a_number", "The text is no number: the cell is blank, not zero.")
NOT_A_DATE = _warning("not_a_date", "The text is no date: the cell is blank.")
NOT_AN_HOUR = _warning("not_an_hour", "The text is no hour of the day: the cell is blank.")
NOT_A_WEEKDAY = _warning("not_a_weekday", "The text is no day of the week: the cell is blank.")
PERCENT = _warning("percent_in_measure", "A percentage where a number is expected: it was read as a fraction.")
MIXED_NUMBERS = _warning(
    "mixed_numbers", "The column mixes decimal points and commas: each value was read in its own style."
)
NUMBERS_SETTLED = _info("numbers_settled", "Every value of the column reads both ways: something else settled it.")
MIXED_DATES = _warning("mixed_dates", "The column mixes day-first and month-first dates: each was read as it can be.")
DATES_SETTLED = _info("dates_settled", "Every date of the column reads both ways: something else settled it.")
ID_ROUNDED = _warning("id_rounded", "A spreadsheet rounded this ID, so that it names no campaign: the cell is blank.")

# What the texts hold.
TRIMMED = _info("spaces_trimmed", "Spaces around the text were removed.")
CONTROL_REMOVED = _warning("control_removed", "Control characters that a workbook cannot hold were removed.")
TEXT_CUT = _warning("text_cut", "The text is longer than a cell can hold: it was cut.")
LABEL_CUT = _warning("label_cut", "The label is longer than 255 characters: it was cut.")
LABEL_MERGED = _info("label_merged", "Another spelling of the same label.")

# Rows that are no data.
BLANK_ROW = _dropped("blank_row", "The row is blank.")
DUPLICATE_ROW = _dropped("duplicate_row", "The row repeats an earlier one exactly: it counts once.")
DUPLICATES_COUNTED = _info(
    "duplicates_counted", "Rows repeat earlier ones exactly, and only with them the file's own total agrees: all count."
)
REPEATED_HEADER = _dropped("repeated_header", "The row repeats the header.")
NOTE_ROW = _dropped("note_row", "The row holds one text and no value: it is a note.")
EARLIER_ROW = _dropped("earlier_row", "The row is about an earlier period, set beside the report's own to compare.")
WORDS_ROW = _dropped("words_row", "The row has words where numbers belong and no number: it names units or is a note.")
TOTAL_ROW = _dropped("total_row", "The row is a total of other rows: counting it would count them twice.")
AVERAGE_ROW = _dropped("average_row", "The row is an average of other rows: it is no data of its own.")
TOTAL_DIFFERS = _warning(
    "total_differs", "The file's own total differs from the sum of its rows: a row may be missing."
)
NAMELESS_ROW = _warning(
    "nameless_row", "The row has numbers and no name, and is not surely a total of others: it was kept."
)
ALL_ROW = _warning(
    "all_row", "The row is for all of what other rows part, and does not add them up: both count, perhaps twice."
)
EVENT_WITHOUT_CAMPAIGN = _dropped("event_without_campaign", "The event names no campaign: it counts nowhere.")
HOURS_REPEATED = _dropped(
    "hours_repeated", "The campaign's dated hours are there too: this row would count them twice."
)

# Values that cannot be.
NEGATIVE = _warning("negative_value", "A measure cannot be negative: the cell is blank.")
ADJUSTMENT = _warning("adjustment", "An amount below zero counts as a credit or a refund: it lowers the total.")
END_BEFORE_START = _warning("end_before_start", "The end date is before the start date: the end is blank.")
CLICKS_OVER_IMPRESSIONS = _warning("clicks_over_impressions", "More clicks than impressions: kept as it is.")
REACH_OVER_IMPRESSIONS = _warning("reach_over_impressions", "More people reached than impressions: kept as it is.")
CONVERSIONS_OVER_CLICKS = _warning("conversions_over_clicks", "More conversions than clicks: kept as it is.")

# How rows became campaigns, days and hours.
GRAIN = _info("grain", "What one row of the file is.")
NO_CAMPAIGN = _info("no_campaign_column", "No column names the campaign: each pair of platform and type counts as one.")
ONE_CAMPAIGN = _info("one_campaign", "Nothing tells campaigns apart: all rows count as one.")
ID_SPLIT = _info("id_split", "The same ID is used on several platforms: the platform was added to it.")
NAME_CONFLICT = _warning("name_conflict", "The campaign has several names: the most frequent was taken.")
TYPE_CONFLICT = _warning("type_conflict", "The campaign has several types: the most frequent was taken.")
PLATFORM_CONFLICT = _warning(
    "platform_conflict", "The files disagree about the campaign's platform: the campaign file is right."
)
UNDATED = _warning("undated_row", "The row has no date: it counts in the campaign, but in no day.")
UNTIMED = _warning("untimed_row", "The row has no hour: it counts in the campaign, but in no hour.")
HOUR_ALONE = _info("hour_alone", "Hours without a date or a day of the week make no table of hours.")
WEEKDAY_UNCLEAR = _warning(
    "weekday_unclear", "Days numbered from 0 may start on Sunday or Monday: the column was left out."
)
PLAN_UNCLEAR = _warning(
    "plan_unclear", "The campaign's rows have planned budgets that cannot be added up: it is blank."
)
ONLY_IN_DETAIL = _info("only_in_detail", "The campaign file lacks this campaign: its days or hours made it.")
FILLED_FROM_DETAIL = _info("filled_from_detail", "The campaign file lacks this field: the days or hours gave it.")
TOTALS_DIFFER = _warning(
    "totals_differ", "Campaigns and their detail have different totals: both are kept as they are."
)
DAYS_ADDED = _info("days_added", "One file reports on the campaign as a whole, another on other days: both were added.")
OVERLAP_ROW = _dropped("repeated_by_file", "Another file reports on the same campaign and days: its figures count.")
OVERLAP_FIELD = _info("repeated_field", "Another file has this field for the same campaigns and days: it counts once.")
OVERLAP_ADDED = _warning(
    "overlap_added", "Another file has this field for the same campaigns and days: both were added, as --overlap says."
)
