"""Builds the whole report from data, inputs and a template."""

from __future__ import annotations

from collections.abc import Callable

from sheetgen.dataset import Dataset
from sheetgen.inputs import Inputs
from sheetgen.report.baseline import ENTRY, Baseline, pack_baseline
from sheetgen.report.context import Context
from sheetgen.report.layout import lay_out
from sheetgen.report.model import Report
from sheetgen.report.recipe import Recipe, as_record
from sheetgen.report.record import record_tab
from sheetgen.report.unread import without_unread


def build_report(
    data: Dataset,
    inputs: Inputs,
    recipe: Recipe,
    baseline: Baseline | None = None,
    told: Callable[[float], None] = lambda _done: None,
) -> Report:
    """The report of a dataset under the inputs: tabs, formulas and what pandas expects of each.

    Its record remembers the baseline, if there is one, so that later edits can be told. It is `told`
    how much of the tabs is there.
    """
    ctx = Context(
        data=data,
        inputs=inputs,
        kpis=recipe.kpis,
        settings=recipe.settings,
        say=recipe.language,
        shape=recipe.shape,
        currency=recipe.currency,
        title=recipe.title,
    )
    tabs = without_unread(lay_out(ctx, recipe.template, told))
    properties = {
        "title": recipe.title,
        "subject": recipe.language("Campaign performance"),
        "author": "sheetgen",
        "keywords": "KPI, ROI, ROAS, CTR, CPC, CPM",
    }
    remembered = {} if baseline is None else {ENTRY: pack_baseline(baseline)}
    record = record_tab(as_record(recipe, data) | remembered)
    return Report(recipe.title, (*tabs, record), recipe.currency, recipe.language.code, properties)
