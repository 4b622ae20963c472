"""Google's own description of the Sheets API: its methods, and the messages they take and give."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import unquote

from tests.google.wire import Json

_DOCUMENT = Path(__file__).parent / "vendor" / "sheets.v4.json"


@dataclass(frozen=True, slots=True)
class Method:
    """A method of the API: `request` and `response` name the messages in its body."""

    name: str
    verb: str
    path: str
    parameters: Mapping[str, Json]
    request: str | None
    response: str
    scopes: frozenset[str]

    @property
    def writes(self) -> bool:
        """Whether it can change a spreadsheet: what its quota goes by."""
        return not any(scope.endswith("spreadsheets.readonly") for scope in self.scopes)

    def match(self, verb: str, path: str) -> dict[str, str] | None:
        """The path's parameters, decoded; None for another method's path."""
        found = _pattern(self.path).fullmatch(path.lstrip("/")) if verb == self.verb else None
        return None if found is None else {name: unquote(value) for name, value in found.groupdict().items()}


@cache
def document() -> Json:
    """The discovery document."""
    content: Json = json.loads(_DOCUMENT.read_text(encoding="utf-8"))
    return content


def fields_of(schema: str) -> Mapping[str, Json]:
    """The fields of a message, by their JSON names."""
    properties: Mapping[str, Json] = document()["schemas"][schema].get("properties", {})
    return properties


@cache
def methods() -> Sequence[Method]:
    """All methods of the API."""
    return tuple(_methods(document()))


@cache
def _pattern(path: str) -> re.Pattern[str]:
    pieces = re.split(r"\{(\w+)\}", path)
    parts = [f"(?P<{piece}>[^/]+?)" if i % 2 else re.escape(piece) for i, piece in enumerate(pieces)]
    return re.compile("".join(parts))


def _methods(resource: Json) -> list[Method]:
    found = [
        Method(
            method["id"],
            method["httpMethod"],
            method["path"],
            method.get("parameters", {}),
            method.get("request", {}).get("$ref"),
            method["response"]["$ref"],
            frozenset(method["scopes"]),
        )
        for method in resource.get("methods", {}).values()
    ]
    return found + [method for inner in resource.get("resources", {}).values() for method in _methods(inner)]
