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


class NotAReportError(InputError):
    """The workbook was not made by sheetgen, or lost what verify needs (`path`, `problem`)."""

    sentence = "{path}: {problem} Give a workbook written by sheetgen build."


class EngineError(ServiceError):
    """The recalculation engine failed (`engine`, `reason`)."""

    sentence = "{engine}: the recalculation failed ({reason}). Run again, or name another engine with --engine."


class EngineTimeoutError(EngineError):
    """The recalculation engine gave no answer in time (`engine`, `seconds`)."""

    sentence = "{engine}: no answer within {seconds} s. Close other programs and run again, or use another --engine."


class SelfCheckError(ServiceError):
    """The workbook just written does not pass its own check (`path`, `problems`): a bug of ours."""

    sentence = "{path}: the finished workbook failed its self-check ({problems}); it was not kept. Please report this."


class RenderError(ServiceError):
    """The renderer was given something its target cannot hold (`where`, `problem`): a bug of ours."""

    sentence = "{where}: cannot be written ({problem}). This is a fault in sheetgen; please report it."


class UnexpectedError(ServiceError):
    """A fault that nothing foresaw (`kind`, `detail`): a bug of ours."""

    sentence = (
        "unexpected {kind}: {detail}. This is a fault in sheetgen; please report it, "
        "with what the same command prints when SHEETGEN_DEBUG=1 is set."
    )
