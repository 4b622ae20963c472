"""The product of a command, on stdout."""

from __future__ import annotations

import json
from collections.abc import Iterable

import click

from sheetgen.cli.run import Common


def print_product(common: Common, values: object, lines: Iterable[str]) -> None:
    """The product of a command on stdout: its values with --json, else its lines."""
    if common.as_json:
        click.echo(json.dumps(values, indent=2))
        return
    for line in lines:
        click.echo(line)
