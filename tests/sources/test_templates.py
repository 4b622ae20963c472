"""Templates are found in the user's folder first, and a broken one is an error with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from sheetgen.errors import TemplateError
from sheetgen.sources.platforms import load_platforms
from sheetgen.templates import list_templates, read_template


def put(folder: Path, name: str, text: str) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_the_shipped_platforms_are_listed() -> None:
    assert "generic" in list_templates("platforms")


def test_a_users_file_wins_and_the_others_stay(tmp_path: Path) -> None:
    put(tmp_path, "platforms/generic.toml", 'label = "mine"')
    put(tmp_path, "platforms/acme.toml", 'label = "Acme"')
    assert read_template("platforms", "generic", tmp_path) == {"label": "mine"}
    assert {"generic", "acme"} <= set(list_templates("platforms", tmp_path))
    assert "nulls" in list_templates("values", tmp_path)


def test_a_broken_file_is_an_error_with_line_and_column(tmp_path: Path) -> None:
    put(tmp_path, "platforms/generic.toml", 'label = "a"\nmarks = [1,, 2]\n')
    with pytest.raises(TemplateError, match="line 2, column") as caught:
        read_template("platforms", "generic", tmp_path)
    assert "generic.toml" in str(caught.value)


def test_an_unknown_name_is_an_error_that_lists_the_known() -> None:
    with pytest.raises(TemplateError, match="generic"):
        read_template("platforms", "no-such-platform")


def test_a_file_in_another_encoding_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "platforms").mkdir()
    (tmp_path / "platforms/generic.toml").write_bytes('label = "é"'.encode("cp1252"))
    with pytest.raises(TemplateError, match="not UTF-8"):
        read_template("platforms", "generic", tmp_path)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("column = 3", "file: column is 3. Write a list of tables"),
        ("marks = [3]", r"file: marks is \[3\]. Write a list of texts"),
        ("[rows]\nnulls = 3", "rows: nulls is 3. Write a list of texts"),
        ('[[column]]\nfield = "rate"\ntimes = "x"', "column 1: times is 'x'. Write a number"),
    ],
)
def test_a_platform_with_a_value_of_another_kind_is_told(tmp_path: Path, text: str, told: str) -> None:
    put(tmp_path, "platforms/acme.toml", text)
    with pytest.raises(TemplateError, match=rf"acme\.toml: {told}"):
        load_platforms(tmp_path)
