"""What a request works on: a draft of the spreadsheet, and who asks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tests.google.grid import Area
from tests.google.mask import Mask, MaskError, parse_mask
from tests.google.problem import RefusedError
from tests.google.spreadsheet import Spreadsheet
from tests.google.wire import Json


@dataclass(frozen=True, slots=True)
class Caller:
    """Who a token belongs to: an e-mail address, and the number of the Cloud project it comes from."""

    email: str
    project: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A spreadsheet that requests change one after the other."""

    spreadsheet: Spreadsheet
    caller: Caller

    def area_to_write(self, grid_range: Json) -> Area:
        """The cells of a range, if the caller may change them; raises `RefusedError`."""
        area = self.spreadsheet.area(grid_range)
        self.require_writable(area)
        return area

    def require_writable(self, area: Area) -> None:
        """Refuse an area that someone protects from the caller."""
        for protection in self.spreadsheet.protected_ranges.values():
            if self._locks(protection, area):
                raise RefusedError(
                    "You are trying to edit a protected cell or object. Please contact the spreadsheet owner to remove "
                    "protection if you need to edit."
                )

    def _locks(self, protection: Json, area: Area) -> bool:
        editors = protection.get("editors", {}).get("users", [])
        if protection.get("warningOnly") or self.caller.email in editors or "range" not in protection:
            return False
        shared = self.spreadsheet.area(protection["range"]).intersection(area)
        free = [self.spreadsheet.area(each) for each in protection.get("unprotectedRanges", [])]
        return shared is not None and not any(each.holds(shared) for each in free)


Handler = Callable[[Draft, Json], Json | None]
"""Carries a request out on the draft and gives its reply, None for an empty one; raises `RefusedError`."""

Handlers = Mapping[str, Handler]
"""The handlers of a module, by the kind of request."""


def update_mask(body: Json, schema: str) -> Mask:
    """The mask of a request's `fields` below the message they are fields of; raises `RefusedError`."""
    if not body.get("fields"):
        raise RefusedError("At least one field must be listed in 'fields'. (Use '*' to indicate all fields.)")
    try:
        return parse_mask(body["fields"], schema)
    except MaskError as error:
        raise RefusedError(f"Invalid field: {error}") from error


def lists(mask: Mask, name: str) -> bool:
    """Whether an update changes anything of the field."""
    return not mask or "*" in mask or name in mask
