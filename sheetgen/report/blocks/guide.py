"""The Guide tab: how to read and edit the report, and each KPI's formula in every tool."""

from __future__ import annotations

from sheetgen.kpis import Target, dictionary
from sheetgen.report.context import Context
from sheetgen.report.model import Block, Cell
from sheetgen.report.style import Format, Role, Style

TEXT_COLUMNS = 8

HOW_TO = (
    (
        "Edit",
        "Change any budget or result on the Campaigns tab, a filter on Overview or a yellow cell on Settings: "
        "every number and chart follows. Nothing here needs a macro.",
    ),
    (
        "Add a campaign",
        "Type a row directly under the Campaigns table. It joins the table with its KPIs and reaches every tab.",
    ),
    (
        "Budget",
        "Budget is the money invested; KPIs divide by it. Where a source has both spend and a budget cap, "
        "spend is Budget and the cap is Planned Budget.",
    ),
    ("Ratios", "A KPI of several campaigns is the ratio of their sums, never the average of their ratios."),
    ("Reach", "Totals of Reach and Frequency add up rows and count a person once per row. They are not unique people."),
    ("Blanks", "A dash means that the number cannot be known: the data lack it, or it would divide by zero."),
    (
        "Checked",
        "Every number was computed twice, in pandas and by the formula in its cell, and both agree. "
        "Run sheetgen verify on this file, also after edits, to see it again.",
    ),
)


def how_to(ctx: Context) -> Block:
    """What a reader should know, in a few sentences."""
    cells = [Cell(0, 0, ctx.say("How to use this workbook"), Style(Role.SECTION))]
    for row, (head, text) in enumerate(HOW_TO, start=1):
        cells.append(Cell(row, 0, ctx.say(head), Style(Role.LABEL)))
        cells.append(Cell(row, 1, ctx.say(text), Style(Role.BODY, Format.TEXT, wrap=True), columns=TEXT_COLUMNS - 1))
    heights = dict.fromkeys(range(1, len(HOW_TO) + 1), 32.0)
    return Block("how_to", len(HOW_TO) + 1, TEXT_COLUMNS, tuple(cells), heights=heights)


def contents(ctx: Context) -> Block:
    """Links to the tabs."""
    links = (
        ("overview", "Overview", "The headline numbers and charts, with the filters."),
        ("kpis", "KPIs", "Every KPI by platform, type, month and weekday."),
        ("campaigns", "Campaigns", "One row per campaign; the place to edit budgets and results."),
        ("settings", "Settings", "Thresholds and benchmarks to make your own."),
        ("quality", "Data Quality", "What was read, changed or dropped, and why."),
    )
    cells = [Cell(0, 0, ctx.say("Where to find what"), Style(Role.SECTION))]
    for row, (tab, name, text) in enumerate(links, start=1):
        cells.append(Cell(row, 0, ctx.say(name), Style(Role.LINK), link=tab))
        cells.append(Cell(row, 1, ctx.say(text), Style(Role.BODY, Format.TEXT), columns=TEXT_COLUMNS - 1))
    return Block("contents", len(links) + 1, TEXT_COLUMNS, tuple(cells))


def kpi_dictionary(ctx: Context) -> Block:
    """Each KPI: what it means and how each tool computes it."""
    targets = (Target.EXCEL, Target.SHEETS, Target.LOOKER, Target.DAX, Target.PANDAS)
    heads = ("KPI", "Meaning", "Definition", *(target.value for target in targets))
    cells = [Cell(0, 0, ctx.say("KPI dictionary"), Style(Role.SECTION))]
    cells += [Cell(1, i, ctx.say(head), Style(Role.HEAD)) for i, head in enumerate(heads)]
    quiet = Style(Role.BODY, Format.TEXT, wrap=True)
    entries = dictionary(ctx.kpis)
    for row, entry in enumerate(entries, start=2):
        texts = (ctx.say(entry.kpi.description), entry.kpi.expression, *(entry.formulas[target] for target in targets))
        cells.append(Cell(row, 0, ctx.say(entry.kpi.header), Style(Role.LABEL)))
        cells += [Cell(row, i, text, quiet) for i, text in enumerate(texts, start=1)]
    heights = dict.fromkeys(range(2, len(entries) + 2), 48.0)
    return Block("kpi_dictionary", len(entries) + 2, len(heads), tuple(cells), heights=heights)
