"""The way back from Google: an address on this computer's loopback interface to which the browser returns."""

from __future__ import annotations

import hmac
import queue
import threading
import time
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler
from socketserver import ThreadingTCPServer
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

HOST: Final = "127.0.0.1"
TICK: Final = 0.5
"""Seconds after which a wait looks up: Windows tells of Ctrl-C only then."""

PAGE: Final = """\
<!doctype html>
<html><head><meta charset="utf-8"><title>sheetgen</title></head>
<body style="font:18px sans-serif;margin:15vh auto;max-width:32em">{text}</body></html>
"""


@dataclass(frozen=True)
class Pages:
    """What the browser shows at the end: after leave was given, after it was not, and for any other visit."""

    allowed: str
    denied: str
    stray: str


class Redirect:
    """Listens while its context is open; only a visitor who knows `state` is believed.

    Raises `OSError` where nothing can be listened to.
    """

    def __init__(self, state: str, pages: Pages) -> None:
        self._state = state
        self._pages = pages
        self._arrivals: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._server = _Server((HOST, 0), _Visit)
        self._server.redirect = self

    def __enter__(self) -> Redirect:
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def address(self) -> str:
        """Where the browser is to return to."""
        return f"http://{HOST}:{self._server.server_address[1]}/"

    def page(self, address: str) -> tuple[int, str]:
        """What a visitor of that address is shown, with its HTTP status."""
        answer = self._answer(address)
        if answer is None:
            return 400, self._pages.stray
        return 200, self._pages.denied if "error" in answer else self._pages.allowed

    def take(self, address: str) -> bool:
        """Take the address at which the browser arrived; whether it is one of this sign-in."""
        is_taken = self._answer(address) is not None
        if is_taken:
            self._arrivals.put(f"https://{HOST}/?{urlsplit(address).query}")
        return is_taken

    def wait(self, seconds: float) -> str:
        """The address at which the browser arrived, as if it were encrypted.

        Raises `TimeoutError` when it does not within that time.
        """
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            try:
                return self._arrivals.get(timeout=min(TICK, left))
            except queue.Empty:
                continue
        raise TimeoutError

    def _answer(self, address: str) -> dict[str, list[str]] | None:
        """What Google has to say by that address; None where it is not Google's answer to this sign-in."""
        try:
            query = parse_qs(urlsplit(address).query)
        except ValueError:
            return None
        states = query.get("state", [""])
        is_ours = hmac.compare_digest(states[0].encode(), self._state.encode())
        return query if is_ours and ("code" in query or "error" in query) else None


class _Server(ThreadingTCPServer):
    # Each visit has a thread: browsers open connections in advance and say nothing on them.
    daemon_threads = True
    block_on_close = False
    redirect: Redirect

    def handle_error(self, *_: object) -> None:
        """Keep quiet: a browser may hang up."""


class _Visit(BaseHTTPRequestHandler):
    server: _Server
    timeout = 10

    def do_GET(self) -> None:
        """Show where the sign-in stands, and take Google's answer."""
        try:
            self._show(*self.server.redirect.page(self.path))
        finally:
            self.server.redirect.take(self.path)

    def log_message(self, format: str, *args: Any) -> None:
        """Keep quiet: addresses hold the code."""

    def _show(self, status: int, text: str) -> None:
        page = PAGE.format(text=text).encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(page)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(page)
