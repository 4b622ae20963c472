"""Problems of a run, as exceptions: each class takes facts and writes the sentence a user reads.

A sentence says where, what was found, what is allowed and what to do. The English text is here;
a language file translates it by class name.
"""

from __future__ import annotations

from typing import ClassVar


class SheetgenError(Exception):
    """Base of every problem that ends a run; `exit_code` is what the command line returns."""

    exit_code: ClassVar[int] = 2
    sentence: ClassVar[str] = "{detail}"

    def __init__(self, **facts: object) -> None:
        self.facts = facts
        super().__init__(self.sentence.format(**facts))

    def __reduce__(self) -> tuple[object, ...]:
        """How another process makes the same problem of its facts."""
        return _remade, (type(self), self.facts)


def _remade(kind: type[SheetgenError], facts: dict[str, object]) -> SheetgenError:
    return kind(**facts)


class InputError(SheetgenError):
    """The user's file, template or option cannot be used as it is."""


class ServiceError(SheetgenError):
    """An outside service or engine failed."""

    exit_code = 3


class UnreadableFileError(InputError):
    """The operating system does not let us read the input (`path`, `reason`)."""

    sentence = "{path}: cannot be read ({reason}). Check the path and its permissions."


class EmptyFileError(InputError):
    """The input holds no data rows (`path`, `found`)."""

    sentence = "{path}: no data rows ({found}). Give a file with a header row and at least one row of campaign data."


class NotATableError(InputError):
    """The input's bytes are not a table we read (`path`, `found`)."""

    sentence = "{path}: this is not a table sheetgen can read ({found}). Give a CSV, TSV, XLSX or Parquet file."


class EncryptedFileError(InputError):
    """The workbook is protected by a password (`path`)."""

    sentence = "{path}: the workbook is encrypted. Save a copy without a password, then run again."


class DamagedFileError(InputError):
    """The input starts like a known format but breaks off (`path`, `reason`)."""

    sentence = "{path}: the file is damaged or incomplete ({reason}). Export it again."


class RaggedTableError(InputError):
    """Too many rows are longer than the header (`path`, `line`, `found`, `expected`, `count`)."""

    sentence = (
        "{path}: line {line}: {found} values under {expected} headers, and so for {count} rows: "
        "the columns are shifted. Put quotes around values that hold the separator, or give every column a header."
    )


class UnknownColumnsError(InputError):
    """No header of the input is recognised well enough (`path`, `headers`, `needed`)."""

    sentence = (
        "{path}: no campaign columns recognised in the header ({headers}). "
        'At least {needed} is needed. Rename the columns, or map them with --map "Header=Column".'
    )


class WideTableError(InputError):
    """The table has one column per channel, not one row (`path`, `headers`)."""

    sentence = (
        "{path}: one column per channel ({headers}) and no column that names campaigns or platforms. "
        "Reshape it to one row per campaign (or platform) and period, "
        "with columns such as Platform, Date, Budget, Revenue."
    )


class StackedTablesError(InputError):
    """A table follows under another one (`path`, `line`, `headers`)."""

    sentence = (
        "{path}: line {line} is the header of another table ({headers}): what is under it has other columns. "
        "Save each table as a file of its own and give them all."
    )


class MixedCurrenciesError(InputError):
    """Money in several currencies cannot be added up (`path`, `found`)."""

    sentence = (
        "{path}: the money is in several currencies ({found}) and cannot be added up. "
        "Give rates to one currency, such as --rate USD=0.92, or build one report per currency."
    )


class OverlapError(InputError):
    """Two files differ about a campaign on the same days (`path`, `other`, `campaign`, `days`, `field`, `found`, …)."""

    sentence = (
        "{path}: {campaign!r}, {days}: {field} is {found} here and {before} in {other} (differences: {count}). "
        "Adding both up would count twice. Let the file given last count with --overlap last, or add them up with "
        "--overlap add if they are parts of one whole, such as two accounts."
    )


class SplitCampaignError(InputError):
    """A file that lacks the column has a campaign of several of its values (`path`, `column`, `campaign`, `found`)."""

    sentence = (
        "{path}: there is no column {column!r}, and campaign {campaign!r} has several of its values in other files "
        "({found}). Give a file that has the column, or leave this one out."
    )


class AmbiguousDatesError(InputError):
    """Every date of a column reads both ways (`path`, `header`, `example`, `readings`)."""

    sentence = (
        "{path}: column {header!r}: every date reads both ways ({example} is {readings}). "
        "Say which with --dayfirst or --monthfirst."
    )


class AmbiguousNumbersError(InputError):
    """A column's decimal sign cannot be told (`path`, `header`, `example`)."""

    sentence = (
        "{path}: column {header!r}: cannot tell the decimal sign ({example}). "
        "Say which with --decimal point or --decimal comma."
    )


class OptionError(InputError):
    """An option has a value that is not allowed (`option`, `found`, `allowed`)."""

    sentence = "{option}: {found!r} is not allowed. Allowed: {allowed}."


class PasswordError(InputError):
    """An address holds a password (`engine`, `place`), which is never shown."""

    sentence = (
        "{engine}://: a password in an address ends up in histories and logs. Leave it out: the engine finds it "
        "by itself in {place}."
    )


class MissingExtraError(InputError):
    """An engine is not installed (`engine`, `extra`)."""

    sentence = "{engine} is not installed. Install it: pip install 'sheetgen[{extra}]'."


class UnknownTableError(InputError):
    """A database has no such table, or several to choose from (`source`, `found`, `tables`)."""

    sentence = "{source}: {found}. Name a table with --table, or give a query with --query. Tables there: {tables}."


class UnreadableColumnError(InputError):
    """No text of a column of events is a plain number (`source`, `header`, `example`)."""

    sentence = (
        "{source}: column {header!r}: no text is a plain number (such as {example!r}). Make numbers of it with "
        '--query, or feed the column from another header with --map "Header=Column".'
    )


class WarehouseError(ServiceError):
    """A database cannot be reached, or cannot do what is asked (`source`, `engine`, `reason`)."""

    sentence = "{source}: {engine} says: {reason}. Check the address, the table or query, and your access."


class OutputError(InputError):
    """The output cannot be written (`path`, `reason`)."""

    sentence = (
        "{path}: cannot be written ({reason}). The earlier file, if any, is untouched. Choose another place with -o."
    )


class LimitError(InputError):
    """The data do not fit the target (`what`, `found`, `allowed`, `remedy`)."""

    sentence = "{what}: {found} is more than the {allowed} allowed. {remedy}"


class TemplateError(InputError):
    """A template file cannot be used (`path`, `where`, `problem`, `remedy`)."""

    sentence = "{path}: {where}: {problem} {remedy}"


class ExpressionError(InputError):
    """An expression cannot be parsed (`source`, `expression`, `problem`, and `pointer` with its caret)."""

    sentence = "{source}: {problem}\n  {expression}\n  {pointer}"


class UnsupportedFormulaError(InputError):
    """A target cannot express a formula (`name`, `target`, `what`, `remedy`)."""

    sentence = "{name}: {target} has no equivalent of {what}. {remedy}"


class EditsError(InputError):
    """A file of edits has a line that is none (`path`, `line`, `problem`)."""

    sentence = "{path}: line {line}: {problem} Give a file written by sheetgen pull -o."


class NotAReportError(InputError):
    """The workbook was not made by sheetgen, or lost what verify needs (`path`, `problem`)."""

    sentence = "{path}: {problem} Give a workbook written by sheetgen build."


class EngineError(ServiceError):
    """The recalculation engine failed (`engine`, `reason`)."""

    sentence = "{engine}: the recalculation failed ({reason}). Run again, or name another engine with --engine."


class EngineTimeoutError(EngineError):
    """The recalculation engine gave no answer in time (`engine`, `seconds`)."""

    sentence = "{engine}: no answer within {seconds} s. Close other programs and run again, or use another --engine."


class CredentialsError(InputError):
    """No credentials, or some that cannot be used (`where`, `problem`, `remedy`)."""

    sentence = "{where}: {problem} {remedy}"


class SignInError(InputError):
    """Google does not accept the credentials (`account`, `reason`, `remedy`)."""

    sentence = "Google does not let {account} sign in ({reason}). {remedy}"


class ClockError(SignInError):
    """This computer's clock is off, so that Google takes no signature of it (`account`, `reason`, `shift`)."""

    sentence = (
        "Google does not let {account} sign in ({reason}). This computer's clock is {shift}: set its date, time and "
        "time zone right, and run again."
    )


class SignInUnfinishedError(InputError):
    """The person who was asked to sign in did not (`problem`, `remedy`)."""

    sentence = "Signing in to Google did not end well: {problem} {remedy}"


class SheetAccessError(InputError):
    """The account may not change the spreadsheet (`account`, `sheet`, `remedy`)."""

    sentence = "{account} may not change the spreadsheet {sheet}. {remedy}"


class ApiDisabledError(InputError):
    """The Sheets API is not enabled for the credentials' project (`project`, and the `page` to do it on)."""

    sentence = (
        "The Google Sheets API is switched off in the project of these credentials ({project}). Switch it on at "
        "{page}, wait a minute and run again."
    )


class SheetNotFoundError(InputError):
    """There is no such spreadsheet (`sheet`)."""

    sentence = (
        "There is no spreadsheet with the ID {sheet}. Take the part of its address between /d/ and the next slash."
    )


class OfficeFileError(InputError):
    """The file is on Google Drive, but of another kind (`sheet`)."""

    sentence = (
        "{sheet} is a file that Google Sheets shows without having made it its own, such as an Excel workbook. Open it "
        "there, choose File, Save as Google Sheets, and give the ID of what that makes."
    )


class SheetsServiceError(ServiceError):
    """Google Sheets fails, or cannot be reached (`reason`, `tries`)."""

    sentence = (
        "Google Sheets cannot be reached or does not answer as it should ({reason}; tries: {tries}). "
        "No half of a report is on the spreadsheet. Run again later."
    )


class SheetsRefusalError(ServiceError):
    """Google Sheets refused a request (`reason`): a bug of ours."""

    sentence = (
        "Google Sheets refused what was sent ({reason}). The spreadsheet is as it was. "
        "This is a fault in sheetgen; please report it."
    )


class PastedNumberError(ServiceError):
    """A spreadsheet does not read a pasted number as it is meant (`found`, `wanted`)."""

    sentence = (
        "The spreadsheet has no room for the data to wait in, and reads a pasted number wrongly: {found} in place of "
        "{wanted}. The spreadsheet is as it was. Give a shorter period or fewer campaigns, or another spreadsheet."
    )


class ScratchTabError(ServiceError):
    """The tab on which `sheetgen doctor --live` worked is still there (`tab`, `reason`)."""

    sentence = (
        "The hidden tab {tab} could not be removed from the spreadsheet ({reason}). Run sheetgen doctor --live again, "
        "which removes it, or delete it: View, Hidden sheets."
    )


class ConcurrentPushError(ServiceError):
    """Another push was quicker (`sheet`)."""

    sentence = (
        "Another push changed the spreadsheet {sheet} while this one was under way. "
        "Nothing of this one was written. Run again."
    )


class SheetEditsError(InputError):
    """Inputs were edited on the sheet, and are not to be (`count`, `edits`)."""

    sentence = (
        "Inputs were edited on the sheet since the last push: {count} ({edits}). Nothing was written. "
        "Keep them with --edits keep, or replace them with --edits overwrite."
    )


class SheetRowsError(InputError):
    """Rows of a table were added or deleted on the sheet (`tab`, `rows`)."""

    sentence = (
        "{tab}: rows were added, deleted or given another key on the sheet ({rows}), which a push cannot keep. "
        "Nothing was written. Change the file alike, or let the file win with --edits overwrite."
    )


class MovedFormulaError(InputError):
    """A formula typed into an input is kept, but its row moves (`place`)."""

    sentence = (
        "{place}: a formula was typed there on the sheet, and its row would move. Nothing was written. "
        "Type the value in its place, or replace it with --edits overwrite."
    )


class StrayCellsError(InputError):
    """Cells outside the report would go (`tab`, `cells`)."""

    sentence = (
        "{tab}: cells beside the report are filled ({cells}), and a push would delete them. Nothing was written. "
        "Move them to a tab of your own, or let them go with --edits overwrite."
    )


class SheetLayoutError(InputError):
    """Rows, columns or tables of a tab are not where the last push put them (`tab`)."""

    sentence = (
        "{tab}: rows, columns, headers or the table were inserted, moved or deleted on the sheet. "
        "Nothing was written. Undo that, or have the tab made anew with --edits overwrite."
    )


class SheetClashError(InputError):
    """Something of the user's has a name that the report needs (`kind`, `name`)."""

    sentence = (
        "{name}: the spreadsheet has {kind} of that name that sheetgen did not make. Nothing was written. "
        "Rename it there, and run again."
    )


class ForeignChartError(InputError):
    """A tab that the report no longer has holds charts of the user's (`tab`, `count`)."""

    sentence = (
        "{tab}: the report no longer has this tab, and charts that sheetgen did not make stand on it ({count}). "
        "Nothing was written. Move them to another tab, and run again."
    )


class FeedSchemaError(InputError):
    """Columns that Looker Studio reads would change (`tab`, `problem`)."""

    sentence = (
        "{tab}: {problem}, which breaks what Looker Studio makes of it. Nothing was written. "
        "Give --allow-schema-change if that may be."
    )


class NoSheetReportError(InputError):
    """The spreadsheet holds no report whose edits could be told (`problem`)."""

    sentence = (
        "The spreadsheet holds no report to pull from: {problem}. Push one with sheetgen push INPUT --sheet-id ID."
    )


class PushStateError(InputError):
    """What the last push noted on the spreadsheet cannot be read (`problem`)."""

    sentence = (
        "What sheetgen noted on the spreadsheet at the last push cannot be read ({problem}). Nothing was written. "
        "Start anew with --edits overwrite, which replaces the inputs on sheetgen's tabs."
    )


class SelfCheckError(ServiceError):
    """The workbook just written does not pass its own check (`path`, `problems`): a bug of ours."""

    sentence = "{path}: the finished workbook failed its self-check ({problems}); it was not kept. Please report this."


class WorkerError(ServiceError):
    """A process that was making a report came to its end (`path`, `code`)."""

    sentence = (
        "{path}: the process that was making it ended (exit code {code}), perhaps for want of memory. "
        "Run again with fewer at a time, such as --jobs 1."
    )


class RenderError(ServiceError):
    """The renderer was given something its target cannot hold (`where`, `problem`): a bug of ours."""

    sentence = "{where}: cannot be written ({problem}). This is a fault in sheetgen; please report it."


class UnexpectedError(ServiceError):
    """A fault that nothing foresaw (`kind`, `detail`): a bug of ours."""

    sentence = (
        "unexpected {kind}: {detail}. This is a fault in sheetgen; please report it, "
        "with what the same command prints when SHEETGEN_DEBUG=1 is set."
    )
