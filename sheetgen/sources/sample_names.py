"""Names of sample campaigns as an agency writes them: brand – theme – format – audience."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

import numpy as np

from sheetgen.sources.apportion import IntArray
from sheetgen.sources.sample_campaigns import Flights
from sheetgen.sources.sample_section import Bounds, Section

SEPARATOR = " – "


@dataclass(frozen=True)
class Wordbook:
    """The words of one language: formats per platform, audiences per type, themes per month from January."""

    locale: str
    brands: tuple[str, ...]
    campaigns_per_brand: float
    formats: tuple[tuple[str, ...], ...]
    audiences: tuple[tuple[str, ...], ...]
    themes: tuple[tuple[str, ...], ...]


def read_wordbooks(root: Section) -> dict[str, Wordbook]:
    """The words of each language of the template, by language; `TemplateError` at the first gap in any."""
    locales = root.section("locales")
    languages = tuple(locales.table)
    brands = root.section("brands")
    brands.allow(("campaigns_per_brand", *languages))
    formats = _read_words(root, "platforms", "formats", languages)
    audiences = _read_words(root, "types", "audiences", languages)
    themes = _read_themes(root, languages)
    return {
        language: Wordbook(
            locale=_read_locale(locales, language),
            brands=brands.texts(language),
            campaigns_per_brand=brands.number("campaigns_per_brand", Bounds(1, 1000, closed=True)),
            formats=formats[language],
            audiences=audiences[language],
            themes=themes[language],
        )
        for language in languages
    }


def write_names(rng: np.random.Generator, book: Wordbook, flights: Flights, months: IntArray, seed: int) -> list[str]:
    """One name per flight, no two alike; `months` is the month, 0 to 11, in which each starts."""
    brands = _invent_brands(rng, book, ceil(len(months) / book.campaigns_per_brand), seed)
    draws = rng.random((len(months), 4)).tolist()
    seen: Counter[str] = Counter()
    names = []
    for draw, month, platform, kind in zip(draws, months, flights.platform, flights.kind, strict=True):
        lists = (brands, book.themes[month], book.formats[platform], book.audiences[kind])
        name = SEPARATOR.join(words[int(part * len(words))] for words, part in zip(lists, draw, strict=True))
        seen[name] += 1
        names.append(name if seen[name] == 1 else f"{name}{SEPARATOR}{seen[name]}")
    return names


def _invent_brands(rng: np.random.Generator, book: Wordbook, count: int, seed: int) -> Sequence[str]:
    # Not with the module: Faker takes as long to import as the smallest report to read.
    from faker import Faker

    people = Faker(book.locale)
    people.seed_instance(seed)
    patterns = rng.integers(len(book.brands), size=count)
    return [book.brands[pattern].replace("{name}", people.last_name()) for pattern in patterns]


def _read_locale(locales: Section, language: str) -> str:
    from faker.config import AVAILABLE_LOCALES

    locale = locales.text(language)
    if locale not in AVAILABLE_LOCALES:
        raise locales.error(language, f"Faker has no locale {locale!r}.", "Give one it has, such as en_US or fr_FR.")
    return locale


def _read_words(root: Section, kind: str, key: str, languages: Sequence[str]) -> dict[str, tuple[tuple[str, ...], ...]]:
    sections = [section.section(key) for _, section in root.sections(kind)]
    for section in sections:
        section.allow(languages)
    return {language: tuple(section.texts(language) for section in sections) for language in languages}


def _read_themes(root: Section, languages: Sequence[str]) -> dict[str, tuple[tuple[str, ...], ...]]:
    words: dict[str, list[list[str]]] = {language: [[] for _ in range(12)] for language in languages}
    for entry in root.entries("themes"):
        entry.allow(("months", *languages))
        for month in entry.whole_numbers("months", 1, 12):
            for language in languages:
                words[language][month - 1].extend(entry.texts(language))
    for month, themes in enumerate(words[languages[0]], start=1):
        if not themes:
            raise root.error("themes", f"no theme for month {month}.", f"Add {month} to the months of at least one.")
    return {language: tuple(map(tuple, months)) for language, months in words.items()}
