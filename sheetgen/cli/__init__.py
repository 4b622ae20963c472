"""The command line: options, one call of the pipeline, an exit code."""

from __future__ import annotations

from sheetgen.cli.commands import main

__all__ = ["main"]
