"""The double behind a proxy on the loopback interface: an unmodified program believes it talks to Google."""

from __future__ import annotations

import contextlib
import socket
import ssl
import sys
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from tests.google.certificate import HOSTS, Authority
from tests.google.double import GoogleDouble
from tests.google.wire import Answer, Call, ClientKilledError, ConnectionCutError


class GoogleServer:
    """Serves a double while its context is open, and fails at its end where the double did.

    `on_kill` is called where a fault kills the client.
    """

    def __init__(self, google: GoogleDouble, folder: Path) -> None:
        self.google = google
        self.on_kill: Callable[[], None] = lambda: None
        self._authority = Authority(folder)
        self._proxy = _Proxy(self)

    def __enter__(self) -> GoogleServer:
        threading.Thread(target=self._proxy.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._proxy.shutdown()
        self._proxy.server_close()
        if self._proxy.failures:
            raise self._proxy.failures[0]

    @property
    def environment(self) -> dict[str, str]:
        """The variables that lead a program's requests here: add them to its environment."""
        proxy = f"http://127.0.0.1:{self._proxy.server_address[1]}"
        names = ("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy")
        bundle = str(self._authority.bundle)
        direct = {"NO_PROXY": "", "no_proxy": "", "ALL_PROXY": "", "all_proxy": ""}
        return {**dict.fromkeys(names, proxy), **direct, "REQUESTS_CA_BUNDLE": bundle, "SSL_CERT_FILE": bundle}

    def encrypt(self, connection: socket.socket) -> ssl.SSLSocket:
        """The connection as the host at its other end speaks it."""
        return self._authority.server_context.wrap_socket(connection, server_side=True)


class _Proxy(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, owner: GoogleServer) -> None:
        super().__init__(("127.0.0.1", 0), _Tunnel)
        self.owner = owner
        self.failures: list[BaseException] = []

    def handle_error(self, *_: object) -> None:
        """Keep a mistake of the double for the end of the test; a client that hangs up is none."""
        error = sys.exception()
        if error is not None and not isinstance(error, OSError):
            self.failures.append(error)


class _Tunnel(BaseHTTPRequestHandler):
    """The proxy's side of a connection: CONNECT to a host of Google's, refused for any other."""

    server: _Proxy
    protocol_version = "HTTP/1.1"

    def do_CONNECT(self) -> None:
        """Open a tunnel, and answer at its other end."""
        host = self.path.partition(":")[0]
        if host not in HOSTS:
            self._refuse(f"CONNECT {self.path}")
            return
        self.send_response(200, "Connection established")
        self.end_headers()
        self.close_connection = True
        with contextlib.suppress(ssl.SSLError, ConnectionError), self.server.owner.encrypt(self.connection) as tunnel:
            _Endpoint(tunnel, self.client_address, self.server)

    def do_GET(self) -> None:
        """Refuse a request in clear text."""
        self._refuse(f"GET {self.path}")

    do_POST = do_PUT = do_GET  # noqa: N815

    def log_message(self, format: str, *args: Any) -> None:
        """Keep quiet: the double has its own record."""

    def _refuse(self, what: str) -> None:
        self.server.owner.google.refused.append(what)
        self.send_error(403)
        self.close_connection = True


class _Endpoint(BaseHTTPRequestHandler):
    """Google's side of a tunnel."""

    server: _Proxy
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Answer a request of any method."""
        owner = self.server.owner
        length = int(self.headers.get("Content-Length", 0))
        url = f"https://{self.headers['Host']}{self.path}"
        call = Call.to_url(self.command, url, dict(self.headers.items()), self.rfile.read(length))
        try:
            self._send(owner.google.answer(call))
        except ConnectionCutError:
            self.close_connection = True
        except ClientKilledError:
            owner.on_kill()
            self.close_connection = True

    do_POST = do_PUT = do_DELETE = do_PATCH = do_GET  # noqa: N815

    def date_time_string(self, timestamp: float | None = None) -> str:
        """What the double's clock shows."""
        return super().date_time_string(self.server.owner.google.sign_in.clock() if timestamp is None else timestamp)

    def log_message(self, format: str, *args: Any) -> None:
        """Keep quiet: the double has its own record."""

    def _send(self, answer: Answer) -> None:
        payload = answer.payload()
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.content_type)
        self.send_header("Content-Length", str(len(payload)))
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(payload)
