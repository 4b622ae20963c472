"""Field masks: which part of a response is wanted, which part of an object an update replaces."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from tests.google.discovery import fields_of
from tests.google.message import camel
from tests.google.problem import invalid
from tests.google.wire import Json

Mask = Mapping[str, "Mask"]
"""A tree of field names; a field without anything under it is wanted whole."""

_TOKEN: Final = re.compile(r"[\w*]+|[(),./]")


class MaskError(Exception):
    """A mask that cannot be read, or names a field that there is not; the text is the path in question."""


def parse_mask(text: str, schema: str) -> Mask:
    """The tree of `a,b.c,d(e,f)` below a message; `*` is everything.

    Raises `MaskError` with the path that is not a field.
    """
    squeezed = "".join(text.split())
    tokens = _TOKEN.findall(squeezed)
    if "".join(tokens) != squeezed or not tokens:
        raise MaskError(text)
    tree = _Reader(tokens).read()
    _require_fields(tree, schema, "")
    return tree


def response_mask(text: str, schema: str) -> Mask:
    """The mask of the `fields` parameter; raises `ApiError`."""
    try:
        return parse_mask(text, schema)
    except MaskError as error:
        description = f"Error expanding 'fields' parameter. Cannot find matching fields for path '{error}'."
        raise invalid("Request contains an invalid argument.", [(str(error), description)]) from error


def wants(mask: Mask, *path: str) -> bool:
    """Whether a response with this mask shows anything of the field."""
    for name in path:
        if not mask or "*" in mask:
            return True
        if name not in mask:
            return False
        mask = mask[name]
    return True


def project(value: Any, mask: Mask) -> Any:
    """The part of a response that the mask keeps."""
    if isinstance(value, list):
        return [project(item, mask) for item in value]
    if not mask or not isinstance(value, dict):
        return value
    if "*" in mask:
        return {name: project(item, mask["*"]) for name, item in value.items()}
    return {name: project(item, mask[name]) for name, item in value.items() if name in mask}


def updated(target: Json, source: Json, mask: Mask) -> Json:
    """The target with the masked fields as in the source: what the mask names and the source lacks is gone."""
    if not mask or "*" in mask:
        return source
    result = dict(target)
    for name, inner in mask.items():
        value = source.get(name)
        if inner and "*" not in inner:
            value = updated(result.get(name, {}), value or {}, inner)
        if value is None or value == {}:
            result.pop(name, None)
        else:
            result[name] = value
    return result


def _require_fields(mask: Mask, schema: str, path: str) -> None:
    known = fields_of(schema)
    for name, inner in mask.items():
        place = f"{path}{name}"
        if name == "*":
            continue
        if name not in known:
            raise MaskError(place)
        kind = known[name].get("items", known[name])
        if "$ref" in kind:
            _require_fields(inner, kind["$ref"], f"{place}.")
        elif inner:
            raise MaskError(f"{place}.{next(iter(inner))}")


class _Reader:
    def __init__(self, tokens: list[str]) -> None:
        self._tokens = tokens
        self._next = 0

    def read(self) -> Mask:
        tree: dict[str, Mask] = {}
        while True:
            self._path(tree)
            if self._next == len(self._tokens):
                return tree
            self._expect(",")

    def _path(self, tree: dict[str, Mask]) -> None:
        name = camel(self._take())
        if not re.fullmatch(r"\w+|\*", name):
            raise MaskError(name)
        fresh = name not in tree
        below = dict(tree.get(name, {}))
        match self._peek():
            case "." | "/":
                self._next += 1
                self._path(below)
            case "(":
                self._next += 1
                self._group(below)
            case _:
                tree[name] = {}
                return
        tree[name] = below if fresh or tree[name] else {}

    def _group(self, tree: dict[str, Mask]) -> None:
        self._path(tree)
        while self._peek() == ",":
            self._next += 1
            self._path(tree)
        self._expect(")")

    def _peek(self) -> str:
        return self._tokens[self._next] if self._next < len(self._tokens) else ""

    def _take(self) -> str:
        if self._next == len(self._tokens):
            raise MaskError("")
        self._next += 1
        return self._tokens[self._next - 1]

    def _expect(self, sign: str) -> None:
        if self._take() != sign:
            raise MaskError(sign)
