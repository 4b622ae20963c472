"""Messages checked against the discovery document, by the rules of proto3's JSON form."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final

from tests.google.discovery import fields_of
from tests.google.problem import ApiError, invalid
from tests.google.wire import Json

ONE_OF: Final[Mapping[str, Mapping[str, Sequence[str]]]] = {
    "ChartSpec": {
        "chart": (
            "basicChart",
            "pieChart",
            "bubbleChart",
            "candlestickChart",
            "orgChart",
            "histogramChart",
            "waterfallChart",
            "treemapChart",
            "scorecardChart",
        )
    },
    "ColorStyle": {"kind": ("rgbColor", "themeColor")},
    "ConditionalFormatRule": {"rule": ("booleanRule", "gradientRule")},
    "ConditionValue": {"value": ("relativeDate", "userEnteredValue")},
    "DataFilter": {"filter": ("developerMetadataLookup", "a1Range", "gridRange")},
    "DeveloperMetadataLocation": {"location": ("spreadsheet", "sheetId", "dimensionRange")},
    "EmbeddedObjectPosition": {"location": ("sheetId", "overlayPosition", "newSheet")},
    "ExtendedValue": {"value": ("numberValue", "stringValue", "boolValue", "formulaValue", "errorValue")},
    "Request": {"kind": tuple(fields_of("Request"))},
    "UpdateCellsRequest": {"area": ("start", "range")},
}
"""The fields of which a message holds at most one: the discovery document does not say so, the reference does."""

_INT32: Final = range(-(2**31), 2**31)
_PROTO_TYPES: Final = {
    ("string", None): "TYPE_STRING",
    ("boolean", None): "TYPE_BOOL",
    ("integer", "int32"): "TYPE_INT32",
    ("number", "double"): "TYPE_DOUBLE",
    ("number", "float"): "TYPE_FLOAT",
}
_ENUM_HOME: Final = "type.googleapis.com/google.apps.sheets.v4"


def read_message(schema: str, body: Any, path: str = "") -> Json:
    """The request's message with camel-case names and without nulls.

    Raises `ApiError` that lists every field that is unknown or of a wrong kind.
    """
    check = _Check(lenient=True)
    message = check.message(schema, body, path)
    if check.violations:
        raise _invalid_payload(check.violations)
    return message


def response_violations(schema: str, body: Any) -> list[str]:
    """What in a response Google's description does not allow."""
    check = _Check(lenient=False)
    check.message(schema, body, "")
    return [text for _, text in check.violations]


def _invalid_payload(violations: Sequence[tuple[str, str]]) -> ApiError:
    return invalid("\n".join(text for _, text in violations), violations)


@cache
def snake(name: str) -> str:
    """The proto name of a JSON name: `sheetId` is `sheet_id`."""
    return re.sub(r"([A-Z])", lambda letter: f"_{letter[0].lower()}", name)


@cache
def camel(name: str) -> str:
    """The JSON name of a proto name."""
    return re.sub(r"_([a-z0-9])", lambda letter: letter[1].upper(), name)


@dataclass
class _Check:
    """One walk through a message; requests may use proto names and numbers in texts, responses not."""

    lenient: bool
    violations: list[tuple[str, str]] = field(default_factory=list)

    def message(self, schema: str, body: Any, path: str) -> Json:
        if not isinstance(body, dict):
            self._wrong(path, f"{_ENUM_HOME}.{schema}", body)
            return {}
        known = fields_of(schema)
        result: Json = {}
        for given, value in body.items():
            name = camel(given) if self.lenient and given not in known else given
            if name not in known:
                self._unknown(given, path)
            elif value is not None:
                result[name] = self._value(known[name], value, _join(path, snake(name)), schema, name)
        for group, names in ONE_OF.get(schema, {}).items():
            self._one_of(group, [name for name in names if name in result], path)
        return result

    def _value(self, kind: Json, value: Any, path: str, schema: str, name: str) -> Any:
        if "$ref" in kind:
            return self.message(kind["$ref"], value, path)
        match kind["type"]:
            case "array":
                return list(self._items(kind["items"], value, path, schema, name))
            case "object":
                return {
                    key: self.message(kind["additionalProperties"]["$ref"], item, path) for key, item in value.items()
                }
            case "any":
                return value
            case "string" if "enum" in kind:
                return self._enum(kind["enum"], value, path, f"{schema}.{name[0].upper()}{name[1:]}")
            case _:
                return self._scalar(kind, value, path)

    def _items(self, kind: Json, value: Any, path: str, schema: str, name: str) -> Iterator[Any]:
        if not isinstance(value, list):
            self._wrong(path, "list", value)
            return
        for i, item in enumerate(value):
            yield None if item is None else self._value(kind, item, f"{path}[{i}]", schema, name)

    def _enum(self, allowed: Sequence[str], value: Any, path: str, kind: str) -> Any:
        if value not in allowed:
            self._wrong(path, f"{_ENUM_HOME}.{kind}", value)
        return value

    def _scalar(self, kind: Json, value: Any, path: str) -> Any:
        match kind["type"]:
            case "boolean" if isinstance(value, bool):
                return value
            case "string" if isinstance(value, str):
                return value
            case "integer" if (whole := self._whole(value)) is not None:
                return whole
            case "number" if _is_number(value):
                return value
        self._wrong(path, _PROTO_TYPES.get((kind["type"], kind.get("format")), "TYPE_STRING"), value)
        return value

    def _whole(self, value: Any) -> int | None:
        if self.lenient and isinstance(value, str) and re.fullmatch(r"-?\d{1,10}", value):
            value = int(value)
        if not _is_number(value) or value != int(value) or int(value) not in _INT32:
            return None
        return int(value)

    def _one_of(self, group: str, given: Sequence[str], path: str) -> None:
        for extra in given[1:]:
            text = f"Invalid value at '{path}' (oneof), oneof field '{group}' is already set. Cannot set '{extra}'"
            self.violations.append((path, text))

    def _unknown(self, name: str, path: str) -> None:
        where = f" at '{path}'" if path else ""
        text = f'Invalid JSON payload received. Unknown name "{name}"{where}: Cannot find field.'
        self.violations.append((path, text))

    def _wrong(self, path: str, kind: str, value: Any) -> None:
        shown = f'"{value}"' if isinstance(value, str) else value
        self.violations.append((path, f"Invalid value at '{path}' ({kind}), {shown}"))


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _join(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name
