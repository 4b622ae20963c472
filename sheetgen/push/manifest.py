"""What a push notes about itself on the spreadsheet: which sheets and objects are its own, and its generation."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Final

from sheetgen.clause import Clause
from sheetgen.errors import LimitError, PushStateError

Json = dict[str, Any]

MANIFEST: Final = "sheetgen.manifest"
TAB: Final = "sheetgen.tab"
STAGING: Final = "sheetgen.staging"
"""Keys of developer metadata: of the spreadsheet, of a tab of ours, of a sheet that holds data on their way."""

VISIBLE: Final = "DOCUMENT"
"""Seen by every program that may edit: another person pushes with other credentials."""

FIRST_ID: Final = 1_397_000_000
"""The ID of a manifest is this and its generation: of two pushes at once Google takes one, for an ID is unique."""

MOST: Final = 29_000
"""Characters, below the 30,000 that Google keeps for a spreadsheet."""


@dataclass(frozen=True)
class TabRecord:
    """A tab as it was pushed: its grid, IDs of its sheet, protection and charts by key, its rules' signatures.

    `places` is a hash of where the named ranges on it were.
    """

    sheet: int
    protection: int
    fingerprint: str
    rows: int
    columns: int
    places: str
    charts: Mapping[str, int] = field(default_factory=dict)
    rules: tuple[str, ...] = ()


@dataclass(frozen=True)
class TableRecord:
    """A table whose columns of those headers are inputs, on the tab of that key."""

    tab: str
    headers: tuple[str, ...]


@dataclass(frozen=True)
class Manifest:
    """What the last push left: `push` tells it from all others, `inputs` are the tabs of single input cells by name.

    `feeds` are the headers of the tabs that Looker Studio reads, `state` is a hash of the inputs as they were proposed.
    """

    generation: int
    push: str
    tabs: Mapping[str, TabRecord]
    inputs: Mapping[str, str]
    tables: Mapping[str, TableRecord]
    feeds: Mapping[str, tuple[str, ...]]
    state: str

    @property
    def metadata_id(self) -> int:
        """The ID of the developer metadata that holds it."""
        return FIRST_ID + self.generation

    def create(self) -> Json:
        """The request that notes it.

        Raises `LimitError` for a report of too many objects.
        """
        text = json.dumps(asdict(self), ensure_ascii=False, separators=(",", ":"))
        if len(text) > MOST:
            raise LimitError(
                what=Clause("notes about the tabs and charts"),
                found=Clause("{count:,} characters", count=len(text)),
                allowed=Clause("{count:,} characters of a spreadsheet", count=MOST),
                remedy=Clause("Take a template with fewer tabs and charts."),
            )
        place = {"spreadsheet": True}
        return create_metadata(MANIFEST, text, place, self.metadata_id)


def create_metadata(key: str, value: str, location: Json, metadata_id: int | None = None) -> Json:
    """The request that adds developer metadata."""
    made = {"metadataKey": key, "metadataValue": value, "location": location, "visibility": VISIBLE}
    numbered = {} if metadata_id is None else {"metadataId": metadata_id}
    return {"createDeveloperMetadata": {"developerMetadata": made | numbered}}


def delete_metadata(**lookup: str | int) -> Json:
    """The request that deletes the developer metadata that have those fields, if there are any."""
    return {"deleteDeveloperMetadata": {"dataFilter": {"developerMetadataLookup": lookup}}}


def parse_manifest(metadata: Iterable[Json]) -> Manifest | None:
    """The newest manifest among a spreadsheet's developer metadata.

    Raises `PushStateError` for one that cannot be read.
    """
    found = [each for each in metadata if each.get("metadataKey") == MANIFEST]
    if not found:
        return None
    newest = max(found, key=lambda each: int(each.get("metadataId", 0)))
    try:
        return _manifest(json.loads(newest.get("metadataValue", "")))
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise PushStateError(problem=Clause("the manifest is damaged")) from error


def _manifest(content: Json) -> Manifest:
    tabs = {key: TabRecord(**{**each, "rules": tuple(each["rules"])}) for key, each in content["tabs"].items()}
    tables = {name: TableRecord(each["tab"], tuple(each["headers"])) for name, each in content["tables"].items()}
    feeds = {key: tuple(headers) for key, headers in content["feeds"].items()}
    return Manifest(**{**content, "tabs": tabs, "tables": tables, "feeds": feeds})
