"""Where sign-ins are kept: which folder, and what is taken from it."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from sheetgen.errors import CredentialsError
from sheetgen.push.credentials.store import Store, config_folder

ONLY_POSIX = pytest.mark.skipif(os.name != "posix", reason="modes of files are POSIX")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "config" / "sheetgen")


def test_each_client_has_a_sign_in_of_its_own(store: Store) -> None:
    store.save("one", "1//first")
    store.save("two", "1//second")
    store.save("one", "1//third")
    assert (store.load("one"), store.load("two"), store.load("three")) == ("1//third", "1//second", None)


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"refresh_token": 5}', "\x00"])
def test_a_damaged_sign_in_is_none(store: Store, content: str) -> None:
    store.save("one", "1//first")
    store.path("one").write_text(content, encoding="utf-8")
    assert store.load("one") is None


@ONLY_POSIX
def test_an_open_folder_is_closed_and_an_open_mask_does_no_harm(store: Store) -> None:
    store.folder.mkdir(parents=True)
    store.folder.chmod(0o777)
    mask = os.umask(0)
    try:
        store.save("one", "1//first")
    finally:
        os.umask(mask)
    assert store.folder.stat().st_mode & 0o777 == 0o700
    assert store.path("one").stat().st_mode & 0o777 == 0o600


@ONLY_POSIX
@pytest.mark.parametrize("mode", [0o604, 0o640, 0o620, 0o602])
def test_what_others_may_read_or_write_is_refused(store: Store, mode: int) -> None:
    store.save("one", "1//first")
    store.path("one").chmod(mode)
    with pytest.raises(CredentialsError, match="others on this computer"):
        store.load("one")


@ONLY_POSIX
def test_a_link_to_another_file_is_not_followed(store: Store, tmp_path: Path) -> None:
    store.save("one", "1//first")
    elsewhere = store.path("one").rename(tmp_path / "elsewhere.json")
    store.path("one").symlink_to(elsewhere)
    with pytest.raises(CredentialsError, match="cannot be read"):
        store.load("one")


def test_a_failed_save_leaves_the_earlier_sign_in_alone(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    store.save("one", "1//first")

    def fail(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="No space left"):
        store.save("one", "1//second")
    assert store.load("one") == "1//first"
    assert list(store.folder.iterdir()) == [store.path("one")]


def test_forgetting_gives_the_tokens_and_leaves_other_files(store: Store) -> None:
    store.save("one", "1//first")
    store.save("two", "1//second")
    store.path("two").write_text("?", encoding="utf-8")
    (store.folder / "notes.txt").touch()
    assert sorted(store.empty(), key=str) == ["1//first", None]
    assert [path.name for path in store.folder.iterdir()] == ["notes.txt"]


@pytest.mark.parametrize(
    ("platform", "variables", "folder"),
    [
        ("linux", {}, "home/.config/sheetgen"),
        ("linux", {"XDG_CONFIG_HOME": "{tmp}/xdg"}, "xdg/sheetgen"),
        ("linux", {"XDG_CONFIG_HOME": "relative"}, "home/.config/sheetgen"),
        ("darwin", {}, "home/Library/Application Support/sheetgen"),
        ("win32", {"LOCALAPPDATA": "{tmp}/local"}, "local/sheetgen"),
        ("win32", {}, "home/AppData/Local/sheetgen"),
    ],
)
def test_the_folder_is_where_the_system_keeps_such_things(
    platform: str, variables: dict[str, str], folder: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("XDG_CONFIG_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value.format(tmp=tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setattr(sys, "platform", platform)
    assert config_folder() == tmp_path / folder
