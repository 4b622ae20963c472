"""Which browser is opened to sign in, if any."""

from __future__ import annotations

import threading
import webbrowser
from collections.abc import Callable

import pytest

from sheetgen.push.credentials.browser import open_browser

ADDRESS = "https://accounts.google.com/"


class Browser(webbrowser.BaseBrowser):
    """A browser that is open until its window is closed."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.shown: list[str] = []
        self.is_opened, self.is_closed = threading.Event(), threading.Event()

    def open(self, url: str, *_: object, **__: object) -> bool:
        self.shown.append(url)
        self.is_opened.set()
        return self.is_closed.wait(10)


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Browser]:
    """Has one browser of that name on this computer, which no variable names."""
    monkeypatch.delenv("BROWSER", raising=False)

    def install(name: str) -> Browser:
        browser = Browser(name)
        monkeypatch.setattr(webbrowser, "get", lambda: browser)
        return browser

    return install


def test_nobody_waits_until_the_browser_is_closed(installed: Callable[[str], Browser]) -> None:
    browser = installed("firefox")
    assert open_browser(ADDRESS)
    assert browser.is_opened.wait(10)
    assert browser.shown == [ADDRESS]
    browser.is_closed.set()


@pytest.mark.parametrize("name", ["w3m", "/usr/bin/lynx", "www-browser"])
def test_a_browser_in_the_terminal_is_none(installed: Callable[[str], Browser], name: str) -> None:
    browser = installed(name)
    assert not open_browser(ADDRESS)
    assert browser.shown == []


def test_the_browser_that_the_user_names_is_taken(
    installed: Callable[[str], Browser], monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = installed("w3m")
    monkeypatch.setenv("BROWSER", "w3m")
    assert open_browser(ADDRESS)
    browser.is_closed.set()


def test_no_browser_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise webbrowser.Error("could not locate runnable browser")

    monkeypatch.setattr(webbrowser, "get", fail)
    assert not open_browser(ADDRESS)
