"""Sets of event files: Parquet or CSV, in folders of any depth."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from sheetgen.clause import Clause
from sheetgen.errors import DamagedFileError, OptionError, UnreadableFileError
from sheetgen.sources.files import find_files

PARQUET = (".parquet", ".pq")
TEXT = (".csv", ".tsv", ".txt", ".csv.gz", ".tsv.gz")
LARGEST = 2 * 1024**3
"""Bytes of Parquet and CSV files up to which they are read whole, with all that is done for exports."""


@dataclass(frozen=True)
class EventFiles:
    """Files of one kind; `name` is how reports call them, `zone` the one in which their times are to be read."""

    name: str
    paths: tuple[Path, ...]
    is_parquet: bool
    zone: str


def find_event_files(inputs: Sequence[Path]) -> EventFiles:
    """The event files of these inputs: folders give all their Parquet files, or else all their CSV files.

    Raises `OptionError` for other files or both kinds at once, `UnreadableFileError` for a folder without any.
    """
    paths = tuple(dict.fromkeys(path for given in inputs for path in _expanded(given)))
    kinds = {_is(path, PARQUET) for path in paths if _is(path, PARQUET + TEXT)}
    others = [path.name for path in paths if not _is(path, PARQUET + TEXT)]
    if others or len(kinds) != 1:
        found = ", ".join(others[:3]) or Clause("Parquet and CSV files")
        raise OptionError(option="--events", found=found, allowed=Clause("files that are all Parquet, or all CSV"))
    missing = next((path for path in paths if not path.is_file()), None)
    if missing:
        raise UnreadableFileError(path=missing, reason=Clause("there is no such file"))
    is_parquet = kinds.pop()
    return EventFiles(", ".join(path.name for path in inputs), paths, is_parquet, _zone(paths[0], is_parquet))


def is_large(inputs: Sequence[Path]) -> bool:
    """Whether the files are more than fits comfortably into memory, and all of a kind that DuckDB reads."""
    if any(not _is(path, PARQUET + TEXT) and not path.is_dir() for path in inputs):
        return False
    paths = [path for path in find_files(inputs) if path.is_file()]
    alike = len({_is(path, PARQUET) for path in paths}) == 1 and all(_is(path, PARQUET + TEXT) for path in paths)
    return alike and sum(path.stat().st_size for path in paths) > LARGEST


def _expanded(given: Path) -> Iterator[Path]:
    if not given.is_dir():
        yield from find_files([given])
        return
    inside = sorted(path for path in given.rglob("*") if path.is_file() and not path.name.startswith((".", "_")))
    kinds = ([path for path in inside if _is(path, kind)] for kind in (PARQUET, TEXT))
    found = next(filter(None, kinds), None)
    if not found:
        raise UnreadableFileError(path=given, reason=Clause("it is a folder without a Parquet or CSV file"))
    yield from found


def _is(path: Path, endings: tuple[str, ...]) -> bool:
    return path.name.lower().endswith(endings)


def _zone(path: Path, is_parquet: bool) -> str:
    """The time zone that a Parquet file names for its times: DuckDB would read them in its own."""
    if not is_parquet:
        return "UTC"
    # Whoever gives exports does not wait for it.
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        kinds = pq.read_schema(path).types
    except (pa.ArrowException, OSError) as error:
        raise DamagedFileError(path=path, reason=str(error).splitlines()[0]) from error
    zones = {kind.tz for kind in kinds if pa.types.is_timestamp(kind) and kind.tz}
    return str(zones.pop()) if len(zones) == 1 else "UTC"
