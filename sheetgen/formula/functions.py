"""The closed list of spreadsheet functions that mean the same in Excel 2016+, Google Sheets and LibreOffice."""

from __future__ import annotations

from sheetgen.errors import UnsupportedFormulaError

MANY = 255

FUNCTIONS: dict[str, tuple[int, int]] = {
    "ABS": (1, 1),
    "AND": (1, MANY),
    "AVERAGE": (1, MANY),
    "AVERAGEIFS": (3, MANY),
    "CHOOSE": (2, MANY),
    "COLUMN": (0, 1),
    "COUNT": (1, MANY),
    "COUNTA": (1, MANY),
    "COUNTIF": (2, 2),
    "COUNTIFS": (2, MANY),
    "DATE": (3, 3),
    "DAY": (1, 1),
    "DEVSQ": (1, MANY),
    "EDATE": (2, 2),
    "EOMONTH": (2, 2),
    "EXP": (1, 1),
    "FIND": (2, 2),
    "FIXED": (2, 2),
    "FORECAST": (3, 3),
    "HYPERLINK": (1, 2),
    "IF": (2, 3),
    "IFERROR": (2, 2),
    "INDEX": (2, 3),
    "INT": (1, 1),
    "INTERCEPT": (2, 2),
    "ISNUMBER": (1, 1),
    "ISTEXT": (1, 1),
    "LARGE": (2, 2),
    "LEFT": (2, 2),
    "LEN": (1, 1),
    "LN": (1, 1),
    "LOWER": (1, 1),
    "MATCH": (3, 3),
    "MAX": (1, MANY),
    "MIN": (1, MANY),
    "MOD": (2, 2),
    "MONTH": (1, 1),
    "NA": (0, 0),
    "NORMSDIST": (1, 1),
    "NORMSINV": (1, 1),
    "NOT": (1, 1),
    "OR": (1, MANY),
    "ROUND": (2, 2),
    "ROUNDDOWN": (2, 2),
    "ROUNDUP": (2, 2),
    "ROW": (0, 1),
    "ROWS": (1, 1),
    "RSQ": (2, 2),
    "SIGN": (1, 1),
    "SLOPE": (2, 2),
    "SMALL": (2, 2),
    "SQRT": (1, 1),
    "STDEV": (1, MANY),
    "STEYX": (2, 2),
    "SUBSTITUTE": (3, 3),
    "SUM": (1, MANY),
    "SUMIF": (2, 3),
    "SUMIFS": (3, MANY),
    "SUMPRODUCT": (1, MANY),
    "TINV": (2, 2),
    "WEEKDAY": (2, 2),
    "YEAR": (1, 1),
}
"""Name to smallest and largest number of arguments."""

ARRAY_CONTEXT = frozenset({"SUMPRODUCT"})
"""Functions whose arguments are evaluated element by element."""

ELEMENTWISE_UNSAFE = frozenset(
    {
        "ABS",
        "AND",
        "CHOOSE",
        "DATE",
        "DAY",
        "EDATE",
        "EOMONTH",
        "EXP",
        "FIND",
        "FIXED",
        "IF",
        "IFERROR",
        "INT",
        "ISNUMBER",
        "ISTEXT",
        "LEFT",
        "LEN",
        "LN",
        "LOWER",
        "MOD",
        "MONTH",
        "NORMSDIST",
        "NORMSINV",
        "NOT",
        "OR",
        "ROUND",
        "ROUNDDOWN",
        "ROUNDUP",
        "SIGN",
        "SQRT",
        "SUBSTITUTE",
        "TINV",
        "WEEKDAY",
        "YEAR",
    }
)
"""Functions of single values: engines disagree on them over a range inside SUMPRODUCT; use a helper column instead."""


def require_arity(function: str, count: int) -> None:
    """Refuse a function outside the list, or a number of arguments it does not take.

    Raises `UnsupportedFormulaError`.
    """
    bounds = FUNCTIONS.get(function)
    if bounds is None:
        raise UnsupportedFormulaError(
            name=function,
            target="The common set of Excel, Google Sheets and LibreOffice",
            what=f"the function {function}",
            remedy="Build it from the functions in sheetgen/formula/functions.py.",
        )
    if not bounds[0] <= count <= bounds[1]:
        raise UnsupportedFormulaError(
            name=function,
            target="Every spreadsheet",
            what=f"{function} with {count} arguments",
            remedy=f"Give {_count(*bounds)}.",
        )


def _count(low: int, high: int) -> str:
    if low == high:
        return f"exactly {low}"
    return f"{low} or more" if high == MANY else f"{low} to {high}"
