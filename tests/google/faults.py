"""Faults that a test asks for: a call fails, before it takes effect or after, or never ends."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, auto

from tests.google.problem import ApiError
from tests.google.wire import Answer

_STATUSES: Mapping[int, tuple[str, str]] = {
    400: ("INVALID_ARGUMENT", "Request contains an invalid argument."),
    403: ("PERMISSION_DENIED", "The caller does not have permission"),
    408: ("DEADLINE_EXCEEDED", "Request timed out."),
    429: ("RESOURCE_EXHAUSTED", "Resource has been exhausted (e.g. check quota)."),
    500: ("INTERNAL", "Internal error encountered."),
    503: ("UNAVAILABLE", "The service is currently unavailable."),
    504: ("DEADLINE_EXCEEDED", "Deadline expired before operation could complete."),
}


class When(Enum):
    """Whether a call has taken effect when its fault strikes."""

    BEFORE = auto()
    AFTER = auto()


class Ending(Enum):
    """How a call with a fault ends: as ever, with a status, a closed connection, or the death of the client."""

    USUAL = auto()
    STATUS = auto()
    CUT = auto()
    KILL = auto()


@dataclass(frozen=True)
class Fault:
    """What happens to one call of the Sheets API.

    `call` counts the calls since the double started, from 1; None is the next one that `method` ends. `delay` is in
    seconds, before the call is looked at.
    """

    ending: Ending = Ending.STATUS
    status: int = 503
    when: When = When.BEFORE
    call: int | None = None
    method: str = ""
    retry_after: str | None = None
    delay: float = 0

    def answer(self) -> Answer:
        """The error that the call ends with; a bad gateway speaks HTML."""
        headers = {} if self.retry_after is None else {"Retry-After": self.retry_after}
        if self.status == 502:
            return Answer(502, "<!DOCTYPE html><title>Error 502 (Server Error)!!1</title>", headers)
        name, message = _STATUSES[self.status]
        return ApiError(self.status, name, message, headers=headers).answer()


@dataclass
class Faults:
    """The faults to come; each strikes once."""

    pending: list[Fault] = field(default_factory=list)

    def add(self, *faults: Fault) -> None:
        """Plan faults; those for the same calls strike in this order, one a call."""
        self.pending.extend(faults)

    def take(self, call: int, method: str) -> Fault | None:
        """The fault of this call, which is then over."""
        for fault in self.pending:
            if fault.call in (None, call) and method.endswith(fault.method):
                self.pending.remove(fault)
                return fault
        return None
