"""Reading a call: method, parameters and body, checked against Google's description."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping, Sequence
from typing import Any, Final, NoReturn

from tests.google.discovery import Method, document, methods
from tests.google.message import read_message, snake
from tests.google.problem import ApiError, invalid
from tests.google.wire import Call, Json

MAX_PAYLOAD: Final = 10_485_760


def find_method(call: Call) -> tuple[Method, dict[str, str]]:
    """The method that a call means, with its path parameters; raises `ApiError`."""
    for method in methods():
        found = method.match(call.method, call.path)
        if found is not None:
            return method, found
    raise ApiError(404, "NOT_FOUND", f"The requested URL {call.plain_path} was not found on this server.")


def checked_query(method: Method, query: Mapping[str, Sequence[str]]) -> Mapping[str, Sequence[str]]:
    """The query parameters, all of them known and of the right kind; raises `ApiError`."""
    known: Mapping[str, Json] = {**document()["parameters"], **method.parameters}
    for name, values in query.items():
        if name not in known:
            text = (
                f"Invalid JSON payload received. Unknown name \"{name}\": Cannot bind query parameter. Field '{name}' "
                "could not be found in request message."
            )
            raise invalid(text, [("", text)])
        for value in values:
            _check_parameter(name, known[name], value)
    return query


def read_body(method: Method, call: Call) -> Json:
    """The body as the method's message; raises `ApiError`."""
    content = _decompressed(call)
    if len(content) > MAX_PAYLOAD:
        raise invalid(f"Request payload size exceeds the limit: {MAX_PAYLOAD} bytes.")
    if method.request is None:
        return {}
    return read_message(method.request, _parsed(content) if content else {})


def _decompressed(call: Call) -> bytes:
    return gzip.decompress(call.body) if call.headers.get("content-encoding") == "gzip" else call.body


def _parsed(content: bytes) -> Any:
    try:
        return json.loads(content, parse_constant=_refuse_constant)
    except ValueError as error:
        text = f"Invalid JSON payload received. {error}"
        raise invalid(text, [("", text)]) from error


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"Unexpected token. {name}")


def _check_parameter(name: str, kind: Json, value: str) -> None:
    wrong = "enum" in kind and value not in kind["enum"]
    if kind["type"] == "boolean":
        wrong = value.lower() not in ("true", "false")
    if wrong:
        wanted = "TYPE_BOOL" if kind["type"] == "boolean" else "TYPE_ENUM"
        text = f"Invalid value at '{snake(name)}' ({wanted}), \"{value}\""
        raise invalid(text, [(snake(name), text)])
