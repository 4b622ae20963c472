"""How a person is asked to sign in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from sheetgen.language import Language


@dataclass(frozen=True)
class Prompt:
    """Asks a person to sign in: `tell` shows a line to them, `patience` is how many seconds they have.

    With `opens_browser` a browser of this computer is opened, where there is one.
    """

    tell: Callable[[str], None]
    language: Language = field(default_factory=Language)
    opens_browser: bool = True
    patience: float = 300.0

    def say(self, english: str, **facts: object) -> None:
        """Show a line in the person's language."""
        self.tell(self.language(english, **facts))
