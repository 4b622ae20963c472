"""Themes: the colours, fonts and logo of a report, one file each in `templates/themes/`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import NoReturn

from sheetgen.clause import Clause
from sheetgen.errors import OptionError, TemplateError
from sheetgen.report.style import SERIES_INKS, Ink
from sheetgen.templates import list_templates, read_template, template_root

DEFAULT = "default"
KIND = "themes"

IMAGE_TYPES = (".png", ".jpg", ".jpeg", ".gif", ".bmp")


@dataclass(frozen=True)
class Fonts:
    """The fonts of texts and titles."""

    body: str
    title: str


@dataclass(frozen=True)
class Colors:
    """The colours of the page, as `#RRGGBB`."""

    text: str
    muted: str
    line: str
    card: str
    header: str
    header_text: str
    accent: str
    good: str
    bad: str
    warning: str
    input: str
    input_fill: str


@dataclass(frozen=True)
class Theme:
    """The look of a report; `series` are the eight colours of charts, `scale` the low, middle and high of heatmaps."""

    name: str
    fonts: Fonts
    colors: Colors
    series: tuple[str, ...]
    scale: tuple[str, ...]
    logo: Path | None = None
    logo_alt: str = ""

    def color(self, ink: Ink) -> str:
        """The colour of an ink; `Ink.NONE` has none and raises `KeyError`."""
        colors = dict(zip(SERIES_INKS, self.series, strict=True)) | {
            Ink.ACCENT: self.colors.accent,
            Ink.GOOD: self.colors.good,
            Ink.BAD: self.colors.bad,
            Ink.WARN: self.colors.warning,
            Ink.MUTED: self.colors.muted,
            Ink.SCALE_LOW: self.scale[0],
            Ink.SCALE_MIDDLE: self.scale[1],
            Ink.SCALE_HIGH: self.scale[2],
        }
        return colors[ink]


SECTIONS: Mapping[str, tuple[str, ...]] = {
    "fonts": tuple(field.name for field in fields(Fonts)),
    "colors": tuple(field.name for field in fields(Colors)),
    "charts": ("series", "scale"),
    "logo": ("image", "alt"),
}
"""The sections of a theme file and their keys."""


def tint(color: str, share: float) -> str:
    """The colour thinned with white: `share` 1 is the colour itself, 0 is white."""
    parts = (round(255 - (255 - part) * share) for part in _channels(color))
    return "#" + "".join(f"{part:02X}" for part in parts)


def is_dark(color: str) -> bool:
    """Whether white text reads better on the colour than dark text (WCAG contrast, even at 0.18)."""
    shares = [part / 255 for part in _channels(color)]
    linear = [share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] < 0.18


def _channels(color: str) -> tuple[int, int, int]:
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)


def load_theme(name: str = DEFAULT, extra: Path | None = None) -> Theme:
    """The theme of that name; what its file leaves out is as in the default theme.

    Raises `OptionError` for a theme without a file and `TemplateError` for a file that is not a theme.
    """
    known = list_templates(KIND, extra)
    if name not in known:
        raise OptionError(option="--theme", found=name, allowed=", ".join(known))
    base = _Reader(DEFAULT, read_template(KIND, DEFAULT, None))
    return _theme(_Reader(name, read_template(KIND, name, extra)), base, extra)


def _theme(own: _Reader, base: _Reader, extra: Path | None) -> Theme:
    own.require_known()
    fonts = {key: own.font(key) or base.font(key) for key in SECTIONS["fonts"]}
    colors = {key: own.color(key) or base.color(key) for key in SECTIONS["colors"]}
    series = own.series("series", len(SERIES_INKS)) or base.series("series", len(SERIES_INKS))
    scale = own.series("scale", 3) or base.series("scale", 3)
    return Theme(own.name, Fonts(**fonts), Colors(**colors), series, scale, own.logo(extra), own.logo_alt())


class _Reader:
    """Reads one theme file and says what is wrong with it; a key that is absent reads as empty."""

    def __init__(self, name: str, content: Mapping[str, object]) -> None:
        self.name = name
        self.content = content

    def require_known(self) -> None:
        """Refuse sections and keys that no theme has."""
        for section in self.content:
            if section not in SECTIONS:
                remedy = Clause("A theme has {names}.", names=_listed(SECTIONS))
                self.refuse(f"[{section}]", Clause("is not part of a theme."), remedy)
            for key in self.section(section):
                if key not in SECTIONS[section]:
                    remedy = Clause("Use one of {names}.", names=_listed(SECTIONS[section]))
                    self.refuse(f"[{section}] {key}", Clause("is not known."), remedy)

    def section(self, name: str) -> Mapping[str, object]:
        """A section of the file, empty when absent."""
        found = self.content.get(name, {})
        if not isinstance(found, Mapping):
            self.refuse(name, Clause("is not a section."), Clause("Write [{name}] on a line of its own.", name=name))
        return found

    def font(self, key: str) -> str:
        """The name of a font."""
        found = self.section("fonts").get(key, "")
        if not isinstance(found, str):
            problem = Clause("{found!r} is not a font name.", found=found)
            self.refuse(f"[fonts] {key}", problem, Clause('Write {key} = "Calibri".', key=key))
        return found

    def color(self, key: str) -> str:
        """A colour of the `[colors]` section."""
        found = self.section("colors").get(key)
        return "" if found is None else self.hex(f"[colors] {key}", found)

    def series(self, key: str, count: int) -> tuple[str, ...]:
        """A list of that many colours of the `[charts]` section."""
        found = self.section("charts").get(key)
        if found is None:
            return ()
        if not isinstance(found, list) or len(found) != count:
            problem = Clause("has the wrong number of colours.")
            self.refuse(f"[charts] {key}", problem, Clause("Give a list of {count}.", count=count))
        return tuple(self.hex(f"[charts] {key}", entry) for entry in found)

    def hex(self, where: str, found: object) -> str:
        """A colour in capital letters."""
        if not isinstance(found, str) or not re.fullmatch("#[0-9A-Fa-f]{6}", found):
            problem = Clause("{found!r} is not a colour.", found=found)
            self.refuse(where, problem, Clause('Write it as "#RRGGBB", for example "#2563EB".'))
        return found.upper()

    def logo(self, extra: Path | None) -> Path | None:
        """The image file: an absolute path, or relative to the folder of the themes."""
        found = self.section("logo").get("image", "")
        if found == "":
            return None
        if not isinstance(found, str) or Path(found).suffix.lower() not in IMAGE_TYPES:
            problem = Clause("{found!r} is not an image.", found=found)
            self.refuse("[logo] image", problem, Clause("Use one of {names}.", names=_listed(IMAGE_TYPES)))
        places = [root / KIND / found for root in (extra, template_root()) if root is not None]
        logo = next((place for place in places if place.is_file()), None)
        if logo is None:
            problem = Clause("{path} is not there.", path=places[0])
            self.refuse("[logo] image", problem, Clause("Put the image beside the theme file."))
        return logo

    def logo_alt(self) -> str:
        """What the logo shows, for screen readers."""
        return str(self.section("logo").get("alt", ""))

    def refuse(self, where: str, problem: Clause, remedy: Clause) -> NoReturn:
        """Raise `TemplateError` for a place of this file."""
        raise TemplateError(path=f"{KIND}/{self.name}.toml", where=where, problem=problem, remedy=remedy)


def _listed(names: Mapping[str, object] | tuple[str, ...]) -> str:
    return ", ".join(names)
