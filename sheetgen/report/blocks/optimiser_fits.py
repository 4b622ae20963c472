"""The estimated exponents on the helper tab: each segment's weeks, and the regression over them."""

from __future__ import annotations

from functools import reduce

from sheetgen.analysis.exponent import DIGITS, FEWEST_TO_FIT, LEAST_VARIATION, OUTSIDE, Verdict
from sheetgen.analysis.groups import blank
from sheetgen.analysis.response import HIGHEST_EXPONENT, LOWEST_EXPONENT
from sheetgen.analysis.segments import ABSENT, Segment, whole_weeks
from sheetgen.formula.tree import At, Column, Name, Node, Number, Span, call, eq, ge, gt, le, lt
from sheetgen.inputs import EXPONENT_NAMES, SEGMENT_NAMES
from sheetgen.report.blocks.optimiser_columns import FITS
from sheetgen.report.blocks.optimiser_plan import WEEKS_BLOCK, segment_weeks_shown, segments_of, week_starts_of
from sheetgen.report.context import Context
from sheetgen.report.model import Block, Cell
from sheetgen.report.style import Format, Role, Style
from sheetgen.report.sums import CAMPAIGNS, DAILY, wildcard_safe

NUMBER, COUNT, VARIATION, SLOPE, MARGIN, R_SQUARED, VERDICT, EXPONENT = range(8)
HEADS = ("Type No", "Weeks", "Variation", "Slope", "Margin", "R²", "Verdict", "Exponent")
FIRST_WEEK, WHOLE, FIRST_SEGMENT = 1, 1, 2
BUDGET, REVENUE, LN_BUDGET, LN_REVENUE, PER_SEGMENT = range(5)
LOOK = Style(Role.MUTED)


def segment_weeks(ctx: Context) -> Block:
    """Each week's budget and revenue of each segment, with their logarithms where the week counts."""
    weeks, starts = segment_weeks_shown(ctx), week_starts_of(ctx)
    if not starts:
        return Block(WEEKS_BLOCK, 0, 0)
    whole, cells = whole_weeks(ctx.live, starts), []
    for k, start in enumerate(starts):
        row = FIRST_WEEK + k
        first_day = weeks.first_day_formula(ctx, k)
        cells.append(Cell(row, 0, first_day, Style(Role.MUTED, Format.DATE), start))
        cells.append(Cell(row, WHOLE, _is_whole(weeks.first_day(k)), LOOK, float(whole[k])))
        for s, segment in enumerate(segments_of(ctx)):
            cells += _week_cells(row, s, segment, k)
    width = FIRST_SEGMENT + PER_SEGMENT * len(segments_of(ctx))
    return Block(WEEKS_BLOCK, FIRST_WEEK + len(starts), width, tuple(cells), needs=("daily", "scope", FITS))


def _is_whole(first_day: Node) -> Node:
    """1 for a week within the data and the filters: one cut short would tie its revenue to its budget."""
    date = Column(DAILY, "Date")
    begun = ge(first_day, call("MAX", call("MIN", date), Name("scope_from")))
    done = le(first_day + 6, call("MIN", call("MAX", date), Name("scope_to")))
    return call("IF", call("AND", begun, done), 1, 0)


def _column(segment: int, what: int) -> int:
    return FIRST_SEGMENT + PER_SEGMENT * segment + what


def _week_cells(row: int, s: int, segment: Segment, k: int) -> list[Cell]:
    week, number = At(WEEKS_BLOCK, row, 0), At(FITS, s + 1, NUMBER)
    where = (Column(DAILY, "Type No"), number, Column(DAILY, "Week"), week, Column(DAILY, "In Filter"), 1)
    budget, revenue = (At(WEEKS_BLOCK, row, _column(s, what)) for what in (BUDGET, REVENUE))
    counts = call("AND", eq(At(WEEKS_BLOCK, row, WHOLE), 1), gt(budget, 0), gt(revenue, 0))
    weeks = segment.weeks
    formulas: tuple[tuple[int, Node, float | None], ...] = (
        (BUDGET, call("SUMIFS", Column(DAILY, "Budget"), *where), float(weeks.budget[k])),
        (REVENUE, call("SUMIFS", Column(DAILY, "Revenue"), *where), float(weeks.revenue[k])),
        (LN_BUDGET, call("IF", counts, call("LN", budget), ""), blank(weeks.ln_budget[k])),
        (LN_REVENUE, call("IF", counts, call("LN", revenue), ""), blank(weeks.ln_revenue[k])),
    )
    return [Cell(row, _column(s, what), formula, LOOK, value) for what, formula, value in formulas]


def segment_fits(ctx: Context) -> Block:
    """A row per segment: its number, the regression of its weeks, the verdict and the exponent in force."""
    cells = [Cell(0, column, ctx.say(head), Style(Role.HEAD, Format.TEXT)) for column, head in enumerate(HEADS)]
    for s, segment in enumerate(segments_of(ctx)):
        fit = segment.fit
        values = (
            segment.number,
            float(fit.periods),
            fit.variation,
            fit.slope,
            fit.margin,
            fit.r_squared,
            float(segment.verdict),
            segment.exponent,
        )
        formulas = _formulas(ctx, s)
        cells += [Cell(s + 1, column, formulas.get(column, value), LOOK, value) for column, value in enumerate(values)]
    needs = ("campaigns", "settings", "exponents", "optimiser_basis", WEEKS_BLOCK)
    return Block(FITS, len(segments_of(ctx)) + 1, len(HEADS), tuple(cells), needs=needs)


def fit_cell(segment: int, what: int) -> At:
    """A segment's cell of a column such as `SLOPE`."""
    return At(FITS, segment + 1, what)


def _formulas(ctx: Context, s: int) -> dict[int, Node]:
    """The formulas by column; without weeks the regression's columns stay empty."""
    label, typed = Name(SEGMENT_NAMES[s]), Name(EXPONENT_NAMES[s])
    of_label = call("MATCH", wildcard_safe(label), Column(CAMPAIGNS, "Campaign Type"), 0)
    number = call("IFERROR", of_label, call("IF", eq(label, ctx.unset), 0, ABSENT))
    clamped = call("MIN", HIGHEST_EXPONENT, call("MAX", LOWEST_EXPONENT, typed))
    is_used = eq(fit_cell(s, VERDICT), Verdict.USED)
    estimated = call("IF", is_used, fit_cell(s, SLOPE), Name("optimiser_exponent"))
    return {
        NUMBER: call("IF", eq(label, ""), ABSENT, number),
        VERDICT: call("IF", call("ISNUMBER", typed), Verdict.TYPED, _verdict(s)),
        EXPONENT: call("IF", call("ISNUMBER", typed), clamped, estimated),
        **(_regression(ctx, s) if segment_weeks_shown(ctx).count else {}),
    }


def _regression(ctx: Context, s: int) -> dict[int, Node]:
    count, variation, slope = (fit_cell(s, what) for what in (COUNT, VARIATION, SLOPE))
    last = FIRST_WEEK + segment_weeks_shown(ctx).count - 1
    columns = (_column(s, what) for what in (LN_BUDGET, LN_REVENUE))
    x, y = (Span(WEEKS_BLOCK, FIRST_WEEK, column, last, column) for column in columns)
    line = call("IF", lt(variation, LEAST_VARIATION), "", _rounded(call("SLOPE", y, x)))
    error = call("STEYX", y, x) / call("SQRT", call("DEVSQ", x))
    explained = call("IF", eq(call("ROUND", call("DEVSQ", y), 2 * DIGITS), 0), "", _rounded(call("RSQ", y, x)))
    return {
        COUNT: call("COUNT", x),
        VARIATION: call("IF", lt(count, FEWEST_TO_FIT), "", _rounded(call("STDEV", x))),
        SLOPE: call("IF", eq(variation, ""), "", line),
        MARGIN: call("IF", eq(slope, ""), "", _rounded(call("TINV", OUTSIDE, count - 2) * error)),
        R_SQUARED: call("IF", eq(slope, ""), "", explained),
    }


def _rounded(number: Node) -> Node:
    return call("ROUND", number, DIGITS)


def _verdict(s: int) -> Node:
    count, variation, slope, margin = (fit_cell(s, what) for what in (COUNT, VARIATION, SLOPE, MARGIN))
    inside = call("AND", ge(slope, LOWEST_EXPONENT), le(slope, HIGHEST_EXPONENT))
    tests = (
        (call("OR", lt(count, Name("set_fit_periods")), eq(variation, "")), Verdict.FEW_PERIODS),
        (eq(slope, ""), Verdict.STEADY_BUDGET),
        (gt(margin, Name("set_fit_margin")), Verdict.UNCERTAIN),
        (inside, Verdict.USED),
    )
    otherwise: Node = Number(Verdict.OUT_OF_LIMITS)
    return reduce(lambda rest, test: call("IF", test[0], test[1], rest), reversed(tests), otherwise)
