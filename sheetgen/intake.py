"""Inputs of any kind become a dataset: exports that are read whole, or events that an engine rolls up."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from sheetgen.clause import Clause
from sheetgen.dataset import Dataset
from sheetgen.errors import MissingExtraError, OptionError
from sheetgen.events.address import Input, is_address
from sheetgen.events.files import is_large
from sheetgen.sources.load import Loaded, ReadOptions, Told, load_files


def load_inputs(inputs: Sequence[Input], options: ReadOptions, told: Told = lambda _done: None) -> Loaded:
    """The dataset of these inputs, and what was found in each.

    Files are exports unless `options.events` says otherwise or they are too large to be read whole; a database has
    events.
    Raises an `InputError` that says what is wrong with an input or an option, a `ServiceError` where an engine fails.
    """
    paths = [given for given in inputs if isinstance(given, Path)]
    if options.events or any(map(is_address, inputs)) or is_large(paths):
        if find_spec("ibis") is None:
            raise MissingExtraError(engine="Ibis", extra="duckdb")
        # Whoever reads exports does not wait for engines to be imported.
        from sheetgen.events.load import load_events

        return load_events(inputs, options)
    for option, found in (("--table", options.table), ("--query", options.query)):
        if found:
            allowed = Clause("an option for a database, or with --events")
            raise OptionError(option=option, found=found, allowed=allowed)
    return load_files(paths, options, told)


def require_files(inputs: Sequence[Input], options: ReadOptions) -> tuple[Path, ...]:
    """The inputs, for what is made of the rows of exports alone.

    Raises `OptionError` for events.
    """
    paths = tuple(given for given in inputs if isinstance(given, Path) and not is_address(given))
    if len(paths) < len(inputs) or options.events or options.table or options.query:
        allowed = Clause("files of campaigns: of events, build one report for each --query")
        raise OptionError(option="--split-by, --each", found=Clause("events"), allowed=allowed)
    return paths


def load_data(inputs: Sequence[Input], options: ReadOptions, told: Told = lambda _done: None) -> Dataset:
    """The dataset of these inputs alone.

    Raises what `load_inputs` raises.
    """
    return load_inputs(inputs, options, told).data
