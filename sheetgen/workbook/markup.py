"""XML of a package's parts as element trees by local name, and the escapes of its texts."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


class LocalNames(dict[str, str]):
    """Expat's `uri}name` to the local name: transitional, strict and prefixed files then read alike."""

    def __missing__(self, name: str) -> str:
        local = self[name] = name.rpartition("}")[2]
        return local


class TreeSink:
    """Builds an element tree from expat events, by local name."""

    def __init__(self, names: LocalNames) -> None:
        self._names = names
        self._builder = TreeBuilder()
        self.data = self._builder.data

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        names = self._names
        self._builder.start(names[name], {names[key]: value for key, value in attributes.items()})

    def end(self, name: str) -> None:
        """An element ends."""
        self._builder.end(self._names[name])

    def close(self) -> Element:
        """The tree, after the last event."""
        return self._builder.close()


def new_parser() -> expat.XMLParserType:
    """A parser that names elements `uri}name` and refuses document types, which no workbook needs.

    Parsing raises `expat.ExpatError` where the text is not well-formed.
    """
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_doctype
    return parser


def parse_markup(data: bytes) -> Element:
    """The tree of a whole part, tags and attributes by local name.

    Raises `expat.ExpatError` where the text is not well-formed.
    """
    parser = new_parser()
    sink = TreeSink(LocalNames())
    parser.StartElementHandler = sink.start
    parser.EndElementHandler = sink.end
    parser.CharacterDataHandler = sink.data
    parser.Parse(data, True)
    return sink.close()


def unescape_text(text: str) -> str:
    """The text with `_xHHHH_` escapes decoded, as spreadsheets show it."""
    if "_x" not in text:
        return text
    decoded = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
    # Two escapes can be the two halves of one character.
    return decoded.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def escape_text(text: str) -> str:
    """The text with what would read as an escape, and characters that XML cannot hold, escaped."""
    guarded = _ESCAPE.sub(lambda match: f"_x005F{match[0]}", text)
    return re.sub(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]", lambda match: f"_x{ord(match[0]):04X}_", guarded)


def _refuse_doctype(*_: object) -> None:
    raise expat.ExpatError("it declares a document type")
