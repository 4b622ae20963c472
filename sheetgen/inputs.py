"""The inputs of a report: what a reader may type on its pages, by defined name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from sheetgen.clause import Clause
from sheetgen.errors import TemplateError
from sheetgen.kpis import Kpi, Unit
from sheetgen.templates import read_template
from sheetgen.values import Value

PICK = "top_metric"
"""The defined name of the cell that picks the metric of the campaign ranking."""

PIE_BY, WATERFALL_BY = "pie_by", "waterfall_by"
"""The defined names of the cells that pick what the budget pie and the revenue waterfall are split by."""

SPLITS = ("Platform", "Campaign Type", "Campaign")
"""What they can be split by (English; the cells hold the words of the report's language)."""

GOAL_NAMES = tuple(f"goal_{k}" for k in range(1, 21))
"""The defined names of the cells that overrule the goal of a campaign type, in the types' order of appearance."""

CONTRAST = ("contrast_a", "contrast_b")
"""The defined names of the cells that pick the two platforms to compare."""

HEAT_METRIC = "heat_metric"
"""The defined name of the cell that picks the metric of the heatmap."""

TOTAL_TO_ALLOCATE = "optimiser_total"
"""The defined name of the cell with the total that the optimiser allocates; blank is the current one."""

CURVE_CAMPAIGN = "curve_campaign"
"""The defined name of the cell that picks the campaign whose response curve is drawn."""

SEGMENT_NAMES = tuple(f"segment_{k}" for k in range(1, 9))
EXPONENT_NAMES = tuple(f"exponent_{k}" for k in range(1, 9))
"""The defined names of the cells with a campaign type, and with the exponent that the reader gives it."""

MATRIX_ROI = "matrix_roi"
"""The defined name of the cell with the ROI that parts the matrix; blank is the ROI of all its campaigns."""

PACING_DATE = "pacing_date"
"""The defined name of the cell with the day up to which money is spent; blank is the last day of the data."""

FILTER_NAMES = ("filter_platform", "filter_type", "filter_from", "filter_to")


@dataclass(frozen=True)
class Setting:
    """A threshold, assumption or list of words on the Settings tab; its cell carries the defined name `set_<key>`."""

    key: str
    label: str
    default: float | str
    unit: Unit
    low: float | None
    high: float | None
    note: str
    whole: bool = False

    @property
    def name(self) -> str:
        """The defined name of the setting's cell."""
        return f"set_{self.key}"

    @property
    def is_text(self) -> bool:
        """Whether it holds words rather than a number."""
        return isinstance(self.default, str)


@dataclass(frozen=True)
class Inputs:
    """The value of each input by defined name; a name that is absent or None is blank."""

    values: Mapping[str, Value] = field(default_factory=dict)

    def number(self, name: str) -> float | None:
        """The input as a number, None where it is blank or not a number."""
        value = self.values.get(name)
        return float(value) if isinstance(value, float | int) and not isinstance(value, bool) else None

    def text(self, name: str) -> str:
        """The input as a text, empty where it is blank."""
        value = self.values.get(name)
        return "" if value is None else str(value)


def load_settings(extra: Path | None = None) -> tuple[Setting, ...]:
    """The settings of `templates/settings.toml`.

    Raises `TemplateError` for a setting without a key, label or default.
    """
    content = read_template("", "settings", extra)
    return tuple(_setting(entry) for entry in content.get("setting", []))


def _setting(entry: Mapping[str, object]) -> Setting:
    key, label, default = entry.get("key"), entry.get("label"), entry.get("default")
    unit = str(entry.get("unit", "number"))
    if not isinstance(key, str) or not isinstance(label, str) or not isinstance(default, int | float | str):
        raise TemplateError(
            path="settings.toml",
            where=Clause("setting {key!r}", key=key),
            problem=Clause("needs a key, a label and a default number or text."),
            remedy=Clause('Write key = "roi_scale", label = "…", default = 2.0.'),
        )
    units = {known.name.lower(): known for known in Unit}
    if unit not in units:
        raise TemplateError(
            path="settings.toml",
            where=Clause("setting {key!r}", key=key),
            problem=Clause("unit {found!r} is not known.", found=unit),
            remedy=Clause("Use one of {names}.", names=", ".join(units)),
        )
    low, high = _number(entry.get("low")), _number(entry.get("high"))
    note, whole = str(entry.get("note", "")), bool(entry.get("whole", False))
    start = default if isinstance(default, str) else float(default)
    return Setting(key, label, start, units[unit], low, high, note, whole)


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None


def default_inputs(settings: tuple[Setting, ...], kpis: tuple[Kpi, ...], all_label: str, pick: str) -> Inputs:
    """What a new report starts with: no filter, the template's settings and benchmarks, a ranking by `pick`."""
    values: dict[str, Value] = dict.fromkeys(FILTER_NAMES)
    values["filter_platform"] = values["filter_type"] = all_label
    values[PICK] = pick
    values[HEAT_METRIC] = None
    values |= dict.fromkeys((*GOAL_NAMES, MATRIX_ROI, PACING_DATE))
    values[PIE_BY] = values[WATERFALL_BY] = None
    values |= dict.fromkeys(CONTRAST)
    values |= dict.fromkeys((TOTAL_TO_ALLOCATE, CURVE_CAMPAIGN, *SEGMENT_NAMES, *EXPONENT_NAMES))
    values |= {setting.name: setting.default for setting in settings}
    for kpi in kpis:
        low, high = benchmark_names(kpi)
        values[low] = kpi.benchmark.low if kpi.benchmark else None
        values[high] = kpi.benchmark.high if kpi.benchmark else None
    return Inputs(values)


def benchmark_names(kpi: Kpi) -> tuple[str, str]:
    """The defined names of a KPI's low and high benchmark cells."""
    return f"bench_{kpi.key}_low", f"bench_{kpi.key}_high"
