"""The engines on this machine."""

from __future__ import annotations

from sheetgen.engines.base import Engine
from sheetgen.engines.cellrune import CellruneEngine
from sheetgen.engines.libreoffice import LibreOfficeEngine, find_soffice
from sheetgen.errors import OptionError


def available_engines() -> tuple[Engine, ...]:
    """The embedded engine, and LibreOffice where it is installed."""
    soffice = find_soffice()
    embedded = CellruneEngine()
    return (embedded,) if soffice is None else (embedded, LibreOfficeEngine(soffice))


def engine_named(name: str) -> Engine:
    """The engine of that name, in any case.

    Raises `OptionError` where this machine has none of that name.
    """
    engines = available_engines()
    found = next((engine for engine in engines if engine.name == name.lower()), None)
    if found is None:
        raise OptionError(option="--engine", found=name, allowed=", ".join(engine.name for engine in engines))
    return found
