"""Languages: every text of a report can be translated, and the shipped languages translate them all."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from pathlib import Path

import numpy as np
import openpyxl
import pandas as pd
import pytest

from sheetgen import api
from sheetgen.dataset import Dataset
from sheetgen.engines.cellrune import CellruneEngine
from sheetgen.fields import CAMPAIGN_FIELDS, MEASURES
from sheetgen.formula.tree import Node, Text, walk
from sheetgen.inputs import load_settings
from sheetgen.kpis import dictionary, load_kpis
from sheetgen.language import Language, error_sentences, fields_of, load_language
from sheetgen.report.build import build_report
from sheetgen.report.catalog import BLOCKS
from sheetgen.report.context import Context
from sheetgen.report.design import load_design
from sheetgen.report.layout import FORBIDDEN_IN_TITLE, MAX_TITLE
from sheetgen.report.model import Block, ChoiceInput, Report
from sheetgen.report.recipe import Recipe, first_inputs
from sheetgen.report.shape import shape_of
from sheetgen.sources.load import ReadOptions, load_dataset
from sheetgen.templates import list_templates
from sheetgen.verify import verify_workbook
from tests.language_keys import Recorder, constants, texts_in_code, texts_in_definitions, texts_in_templates

TRANSLATED = [code for code in list_templates("languages") if code != "en"]
NO_BREAK_SPACE = "\u00a0"
FULL_WIDTH = {ord(letter): ord(letter) + 0xFEE0 for letter in string.ascii_letters}

NEEDS_A_TABLE = {"daily": "daily", "hours": "hours"}
"""Blocks that only data of that grain can fill."""


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    path = tmp_path_factory.mktemp("languages") / "campaigns.csv"
    return api.generate(path, api.SampleOptions(5, date(2025, 1, 6), date(2025, 2, 2), seed=5))


@pytest.fixture(scope="module")
def datasets(files: tuple[Path, Path]) -> dict[str, Dataset]:
    full, plain = load_dataset(files, ReadOptions()), load_dataset(files[:1], ReadOptions())
    rows = plain.campaigns
    undated = pd.Series(pd.NaT, index=rows.index, dtype=rows["Start Date"].dtype)
    return {
        "full": full,
        "plain": plain,
        "undated": replace(plain, campaigns=rows.assign(**dict.fromkeys(("Start Date", "End Date"), undated))),
        "one platform": replace(plain, campaigns=rows.assign(Platform="Instagram")),
        "no revenue": replace(plain, campaigns=rows.assign(Revenue=np.nan)),
    }


def recipe_in(language: Language, data: Dataset, template: str = "full") -> Recipe:
    design, kpis = load_design(template)
    return Recipe(design, kpis, load_settings(), language, shape_of(data), currency="EUR", title="2025")


def report_in(language: Language, data: Dataset, template: str = "full") -> Report:
    recipe = recipe_in(language, data, template)
    return build_report(data, first_inputs(recipe, data), recipe)


def each_block(language: Language, data: Dataset) -> Iterator[Block]:
    """Every block of the catalog, whether a template places it or not."""
    recipe = recipe_in(language, data)
    inputs = first_inputs(recipe, data)
    ctx = Context(data, inputs, recipe.kpis, recipe.settings, language, recipe.shape, "EUR", recipe.title)
    for key, build in BLOCKS.items():
        if key not in NEEDS_A_TABLE or getattr(recipe.shape, NEEDS_A_TABLE[key]):
            yield build(ctx, 6)


@pytest.fixture(scope="module")
def asked(datasets: dict[str, Dataset]) -> set[str]:
    """Every text that the reports of these data ask for."""
    recorder = Recorder()
    for data in datasets.values():
        report_in(recorder, data)
    for template in list_templates("reports"):
        report_in(recorder, datasets["plain"], template)
    for data in (datasets["full"], datasets["plain"]):
        list(each_block(recorder, data))
    return recorder.asked


@pytest.mark.parametrize("code", TRANSLATED)
def test_every_text_has_a_translation(code: str, asked: set[str]) -> None:
    texts = asked | texts_in_code() | texts_in_templates() | texts_in_definitions()
    missing = sorted(texts - set(load_language(code).texts))
    assert not missing, f"{code}.toml lacks under [texts]:\n" + "\n".join(missing)


@pytest.mark.parametrize("code", TRANSLATED)
def test_every_error_has_a_translation(code: str) -> None:
    bases = {"InputError", "ServiceError"}
    missing = sorted(set(error_sentences()) - bases - set(load_language(code).errors))
    assert not missing, f"{code}.toml lacks under [errors]: {', '.join(missing)}"


@pytest.mark.parametrize("code", TRANSLATED)
def test_no_translation_is_left_over(code: str, asked: set[str]) -> None:
    language = load_language(code)
    orphans = sorted(set(language.texts) - asked - constants())
    orphans += sorted(set(language.errors) - set(error_sentences()))
    assert not orphans, f"{code}.toml translates what nothing says:\n" + "\n".join(orphans)


@pytest.mark.parametrize("code", TRANSLATED)
def test_translations_use_the_fields_of_the_english_text(code: str) -> None:
    language, sentences = load_language(code), error_sentences()
    pairs = [*language.texts.items(), *((sentences[name], text) for name, text in language.errors.items())]
    filled = [(english, text) for english, text in pairs if has_fields(english)]
    assert [english for english, text in filled if fields_of(english) != fields_of(text)] == []


def has_fields(english: str) -> bool:
    try:
        return bool(fields_of(english))
    except ValueError:
        return False


@pytest.mark.parametrize("code", list_templates("languages"))
def test_tab_titles_fit_a_spreadsheet(code: str) -> None:
    say = load_language(code)
    for name in list_templates("reports"):
        titles = [say(tab.title) for tab in load_design(name)[0].tabs]
        assert max(map(len, titles)) <= MAX_TITLE
        assert not FORBIDDEN_IN_TITLE & set("".join(titles))
        assert len({title.casefold() for title in titles}) == len(titles)


@pytest.mark.parametrize("code", list_templates("languages"))
def test_metrics_to_pick_from_have_labels_of_their_own(code: str) -> None:
    say = load_language(code)
    headers = [field.header for field in MEASURES] + [kpi.header for kpi in load_kpis()]
    labels = [say(header).casefold() for header in headers]
    assert len(set(labels)) == len(labels)


def test_french_puts_no_break_spaces_before_its_signs() -> None:
    french = load_language("fr")
    texts = [re.sub(r"\{[^}]*\}", "x", text) for text in chain(french.texts.values(), french.errors.values())]
    assert [text for text in texts if re.search(r" [:;!?%»](\s|$)|« |\w[;?»]|\w'\w", text)] == []
    assert sum(NO_BREAK_SPACE in text for text in texts) > len(texts) / 10


@dataclass(frozen=True)
class Disguise(Language):
    """A language that writes every letter wide: what is still narrow in a report is data, or was not translated."""

    def __call__(self, english: str, **facts: object) -> str:
        parts = re.split(r"(\{.*?\})", english)
        wide = "".join(part if part.startswith("{") else part.translate(FULL_WIDTH) for part in parts)
        return replace(self, texts={english: wide}).translated(english, **facts)

    def translated(self, english: str, **facts: object) -> str:
        return super().__call__(english, **facts)


def data_texts(data: Dataset) -> list[str]:
    """What a report shows as it is: names and formulas of the data and the KPIs, the longest first."""
    kpis = load_kpis()
    found = {text for source in data.sources for text in (source.file, source.header)}
    found |= {text for line in data.ledger.lines for text in (line.code, line.file)}
    found |= {str(text) for text in data.campaigns[["Platform", "Campaign Type", "Campaign Name"]].to_numpy().flat}
    found |= {text for entry in dictionary(kpis) for text in (entry.kpi.expression, *entry.formulas.values())}
    found |= {setting.default for setting in load_settings() if isinstance(setting.default, str)} | {"EUR"}
    return sorted(found - {""}, key=len, reverse=True)


def shown_texts(block: Block) -> Iterator[str]:
    """The texts a reader can see in a block, those in formulas included."""
    for cell in block.cells:
        yield from texts_of(cell.content)
        yield cell.note or ""
        if isinstance(cell.input, ChoiceInput) and isinstance(cell.input.choices, tuple):
            yield from cell.input.choices
    for chart in block.charts:
        yield from (chart.title, chart.alt, chart.x.title, chart.y.title, chart.y2.title)
        yield from (series.name for series in chart.series if isinstance(series.name, str))
    for column in block.table.columns if block.table else ():
        if not column.hidden:
            yield from (column.note or "", *texts_of(column.formula))


def texts_of(content: Node | float | str | None) -> Iterator[str]:
    if isinstance(content, str):
        yield content
    elif isinstance(content, Node):
        yield from (part.value for part in walk(content) if isinstance(part, Text))


@pytest.mark.parametrize(
    ("kind", "template"),
    [*((kind, "full") for kind in ("full", "plain", "undated", "one platform", "no revenue")), ("full", "executive")],
)
def test_pages_show_no_text_past_the_language(kind: str, template: str, datasets: dict[str, Dataset]) -> None:
    data = datasets[kind]
    own = data_texts(data)
    untranslated = []
    for tab, place in report_in(Disguise(), data, template).blocks():
        for text in shown_texts(place.block) if not tab.hidden else ():
            rest = text
            for known in own:
                rest = rest.replace(known, "")
            untranslated += [f"{place.block.key}: {text}"] if re.search("[A-Za-z]{2}", rest) else []
    assert untranslated == []


@pytest.fixture(scope="module")
def french_book(files: tuple[Path, Path]) -> Path:
    path = files[0].with_name("french.xlsx")
    api.build(files, api.BuildOptions(path, lang="fr", currency="EUR"))
    return path


@pytest.mark.parametrize(
    "edits",
    [
        [],
        ["filter_platform=Facebook", "filter_type=Tous", "top_metric=Coût par conversion"],
        ["filter_type=", "top_metric=taux de CONVERSION"],
    ],
)
def test_a_french_report_agrees_with_pandas(french_book: Path, edits: list[str]) -> None:
    (found,) = verify_workbook(french_book, [CellruneEngine()], edits)
    assert found.passed
    assert found.comparison.count > 1000


def test_a_french_report_keeps_the_names_that_others_rely_on(french_book: Path) -> None:
    book = openpyxl.load_workbook(french_book)
    assert "Synthèse" in book.sheetnames
    table = book["Campagnes"].tables["Campaigns"]
    assert table.column_names[: len(CAMPAIGN_FIELDS)] == [known.header for known in CAMPAIGN_FIELDS]
    assert {"Cost Per Conversion", "ROI"} < set(table.column_names)
    assert {"total_budget", "kpi_ctr", "filter_platform", "set_roi_scale"} < set(book.defined_names)
