"""A record of what was asked of Google and answered, without what tells whose spreadsheet it was."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from sheetgen import __version__
from sheetgen.doctor.question import Answer, Question
from sheetgen.output import whole_file
from sheetgen.push.client import Exchange
from sheetgen.redaction import without_secrets

Json = dict[str, Any]

LONGEST: Final = 500
"""Characters of a text that are kept, and members of a list."""

EMAIL: Final = re.compile(r"[\w.+%-]{1,64}@[\w-]+(\.[\w-]+)+")
PROJECT: Final = re.compile(r"(projects?[/ =]|project_number:)[\w-]*\d[\w-]*")


@dataclass
class Transcript:
    """The exchanges of a session on one spreadsheet, each with the point that it was for."""

    spreadsheet_id: str
    exchanges: list[Json] = field(default_factory=list)
    _point: int | None = None

    def turn_to(self, question: Question) -> None:
        """Note what the next exchanges are for."""
        self._point = question.point

    def hear(self, exchange: Exchange) -> None:
        """Note an exchange."""
        noted = {
            "point": self._point,
            "method": exchange.method.upper(),
            "address": exchange.address,
            "parameters": dict(exchange.parameters),
            "request": _content(exchange.sent),
            "status": exchange.status,
            "response": _content(exchange.answer),
            "seconds": round(exchange.seconds, 3),
        }
        self.exchanges.append(self._redacted(noted))

    def write(self, path: Path, answers: Sequence[Answer]) -> None:
        """Save it with the answers.

        Raises `OutputError` where the file cannot be written.
        """
        content = {
            "sheetgen": __version__,
            "answers": [self._redacted(answer_values(answer)) for answer in answers],
            "exchanges": self.exchanges,
        }
        with whole_file(path) as temporary:
            temporary.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")

    def _redacted(self, part: Any) -> Any:
        """The part with names in place of IDs, addresses and secrets, and the start of what is long."""
        match part:
            case str():
                text = self._anonymous(part[: 4 * LONGEST])
                return text if len(part) <= LONGEST else f"{text[:LONGEST]}… ({len(part)} characters)"
            case list():
                kept = [self._redacted(each) for each in part[:LONGEST]]
                return kept if len(part) <= LONGEST else [*kept, f"… ({len(part)})"]
            case dict():
                return {self._redacted(name): self._redacted(each) for name, each in part.items()}
            case _:
                return part

    def _anonymous(self, text: str) -> str:
        named = without_secrets(text.replace(self.spreadsheet_id, "SPREADSHEET_ID"))
        return PROJECT.sub(r"\1PROJECT", EMAIL.sub("E-MAIL", named))


def answer_values(answer: Answer) -> Json:
    """An answer as plain values."""
    return {
        "point": answer.question.point,
        "asked": str(answer.question.asked),
        "expected": str(answer.expected),
        "found": str(answer.found.result),
        "detail": str(answer.found.detail),
        "verdict": answer.verdict.value,
    }


def _content(body: bytes) -> Any:
    """What a body says: JSON read, everything else as text."""
    if body.startswith(b"\x1f\x8b"):
        return {"gzip": _content(gzip.decompress(body))}
    text = body.decode("utf-8", "replace")
    try:
        return json.loads(text) if text else None
    except ValueError:
        return text
