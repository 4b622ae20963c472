"""What a check finds: how it stands, one sentence of what was found, and one of what to do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from sheetgen.clause import Clause
from sheetgen.errors import InputError, SheetgenError


class State(Enum):
    """How a check ends: a warning does not keep anything from working."""

    OK = "ok"
    WARNING = "warning"
    FAILED = "failed"


class Subject(Enum):
    """What a check looks at."""

    COMPUTER = "This computer"
    ACCOUNT = "Google account"
    SPREADSHEET = "Spreadsheet"

    def ok(self, check: str, found: Clause) -> Finding:
        """All is well."""
        return Finding(self, check, State.OK, found)

    def warning(self, check: str, found: Clause, remedy: Clause) -> Finding:
        """Something works now that may not later, or only in part."""
        return Finding(self, check, State.WARNING, found, remedy)

    def failed(self, check: str, found: Clause, remedy: Clause) -> Finding:
        """The user's side is wrong."""
        return Finding(self, check, State.FAILED, found, remedy)

    def refused(self, check: str, problem: SheetgenError) -> Finding:
        """A problem of a run, which says itself what to do."""
        return Finding(self, check, State.FAILED, problem)


@dataclass(frozen=True)
class Finding:
    """What the check of that name found of its subject; `remedy` is what to do, None where `found` says it."""

    subject: Subject
    check: str
    state: State
    found: Clause | SheetgenError
    remedy: Clause | None = None

    @property
    def exit_code(self) -> int:
        """What the command line returns for it."""
        if self.state is not State.FAILED:
            return 0
        return self.found.exit_code if isinstance(self.found, SheetgenError) else InputError.exit_code
