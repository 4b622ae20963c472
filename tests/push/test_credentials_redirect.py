"""The way back from Google: who is believed, who is not, and what they are shown."""

from __future__ import annotations

import http.client
import socket
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from sheetgen.push.credentials.redirect import Pages, Redirect

PAGES = Pages("Welcome.", "Too bad.", "Who are you?")


@pytest.fixture
def redirect() -> Iterator[Redirect]:
    with Redirect("secret-state", PAGES) as opened:
        yield opened


def ask(redirect: Redirect, path: str, method: str = "GET") -> tuple[int, str]:
    """Status and page of a visit."""
    place = urlsplit(redirect.address)
    connection = http.client.HTTPConnection(place.hostname or "", place.port, timeout=10)
    connection.request(method, path)
    answer = connection.getresponse()
    shown = answer.status, answer.read().decode()
    connection.close()
    return shown


def test_the_browser_comes_back_with_a_code(redirect: Redirect) -> None:
    status, page = ask(redirect, "/?state=secret-state&code=4/0Axyz&scope=s")
    assert (status, "Welcome." in page) == (200, True)
    assert redirect.wait(5) == "https://127.0.0.1/?state=secret-state&code=4/0Axyz&scope=s"


def test_the_browser_comes_back_without_leave(redirect: Redirect) -> None:
    assert "Too bad." in ask(redirect, "/?error=access_denied&state=secret-state")[1]
    assert "error=access_denied" in redirect.wait(5)


@pytest.mark.parametrize(
    "path", ["/favicon.ico", "/", "/?code=stolen", "/?code=stolen&state=guess", "/?state=secret-state", "//[/?state="]
)
def test_others_are_turned_away_and_the_right_one_still_comes_through(redirect: Redirect, path: str) -> None:
    status, page = ask(redirect, path)
    assert (status, "Who are you?" in page) == (400, True)
    assert "stolen" not in page
    ask(redirect, "/?state=secret-state&code=right")
    assert redirect.wait(5).endswith("code=right")


def test_a_connection_that_says_nothing_holds_nobody_up(redirect: Redirect) -> None:
    place = urlsplit(redirect.address)
    with socket.create_connection((place.hostname, place.port)):
        ask(redirect, "/?state=secret-state&code=right")
        assert redirect.wait(5).endswith("code=right")


def test_only_this_computer_is_listened_to(redirect: Redirect) -> None:
    assert urlsplit(redirect.address).hostname == "127.0.0.1"


def test_only_visits_are_answered(redirect: Redirect) -> None:
    assert ask(redirect, "/?state=secret-state&code=right", "POST")[0] == 501
    with pytest.raises(TimeoutError):
        redirect.wait(0.1)


def test_an_address_that_is_pasted_counts_like_a_visit(redirect: Redirect) -> None:
    assert not redirect.take("https://example.com/?code=x&state=guess")
    assert redirect.take("http://127.0.0.1:5/?code=pasted&state=secret-state")
    assert redirect.wait(5).endswith("code=pasted&state=secret-state")
