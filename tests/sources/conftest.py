"""Small files of every kind, and what loading them gives."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from sheetgen.dataset import Dataset
from sheetgen.sources.load import ReadOptions, load_dataset

Content = str | bytes
Load = Callable[..., Dataset]
Write = Callable[[str, Content], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a file and gives its path."""

    def write_file(name: str, content: Content) -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write_file


@pytest.fixture
def load(write: Write) -> Load:
    """Loads files given by their content, with the options of `ReadOptions`."""

    def load_contents(*contents: Content, **options: object) -> Dataset:
        paths = [write(f"file{place}.csv", content) for place, content in enumerate(contents, start=1)]
        return load_dataset(paths, ReadOptions(**options))  # type: ignore[arg-type]

    return load_contents


def said(dataset: Dataset, code: str) -> list[tuple[int, str, str, str]]:
    """Row, field, before and after of the ledger lines with a code."""
    return [(line.row, line.field, line.before, line.after) for line in dataset.ledger.lines if line.code == code]
