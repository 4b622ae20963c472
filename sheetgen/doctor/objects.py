"""Questions about what stands on a tab: IDs that are taken, protection, and what a copy of a tab takes along."""

from __future__ import annotations

from typing import Final

from sheetgen.clause import Clause
from sheetgen.doctor.question import ACCEPTED, REFUSED, Found, Question, outcome
from sheetgen.doctor.scratch import COPY, MARK, Scratch
from sheetgen.push.client import Json
from sheetgen.push.manifest import create_metadata

TESTED: Final = "sheetgen.doctor.copied"
AS_SENT: Final = Clause("as it was sent")
COPIED, NOT_COPIED = Clause("copied"), Clause("not copied")
PROTECTIONS: Final = "sheets(properties.sheetId,protectedRanges(protectedRangeId,warningOnly,unprotectedRanges))"


def _taken_id(scratch: Scratch) -> Found:
    number = scratch.number()
    create = create_metadata(TESTED, "1", {"sheetId": scratch.sheet}, number)
    scratch.send(create)
    return outcome(scratch, create)


def _gone_protection(scratch: Scratch) -> Found:
    """A push deletes the protection it saw: that of two pushes only one can is what keeps them apart."""
    return outcome(scratch, {"deleteProtectedRange": {"protectedRangeId": scratch.number()}})


def _warning_only(scratch: Scratch) -> Found:
    number, free = scratch.number(), scratch.cells(0, 0)
    protection = {
        "protectedRangeId": number,
        "range": {"sheetId": scratch.sheet},
        "warningOnly": True,
        "unprotectedRanges": [free],
    }
    found = outcome(scratch, {"addProtectedRange": {"protectedRange": protection}})
    if found.result != ACCEPTED:
        return found
    sheets = scratch.client.get(PROTECTIONS).get("sheets", [])
    kept: list[Json] = [each for sheet in sheets for each in sheet.get("protectedRanges", [])]
    ours: Json = next((each for each in kept if each.get("protectedRangeId") == number), {})
    is_same = ours.get("warningOnly") is True and ours.get("unprotectedRanges") == [free]
    return Found(AS_SENT) if is_same else Found(Clause("changed"), str(ours))


def _duplicated_metadata(scratch: Scratch) -> Found:
    copy = scratch.number()
    duplicate = {"sourceSheetId": scratch.sheet, "newSheetId": copy, "newSheetName": COPY}
    scratch.send({"duplicateSheet": duplicate}, create_metadata(MARK, COPY, {"sheetId": copy}))
    sheets = scratch.client.get("sheets(properties.sheetId,developerMetadata.metadataKey)").get("sheets", [])
    keys = {
        each.get("metadataKey")
        for sheet in sheets
        if sheet["properties"].get("sheetId") == copy
        for each in sheet.get("developerMetadata", [])
    }
    return Found(COPIED if TESTED in keys else NOT_COPIED)


QUESTIONS: Final = (
    Question(2, Clause("developer metadata with an ID that is taken"), REFUSED, _taken_id),
    Question(2, Clause("deleting a protection that is gone"), REFUSED, _gone_protection),
    Question(8, Clause("protection that only warns, with cells left free"), AS_SENT, _warning_only),
    Question(9, Clause("developer metadata of a tab that is duplicated"), COPIED, _duplicated_metadata),
)
