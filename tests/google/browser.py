"""A browser for programs under test: BROWSER names it, and it goes where Google's consent page sends it."""

from __future__ import annotations

import sys
from http.client import HTTPMessage
from typing import IO
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, ProxyHandler, Request, build_opener


class _Stop(HTTPRedirectHandler):
    """Leaves redirections to the browser: the way back does not lead through the proxy."""

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> None:
        """None, so that the answer itself is seen."""


def visit(address: str) -> None:
    """Open Google's page, and then the page it leads back to."""
    try:
        build_opener(_Stop()).open(address, timeout=30)
    except HTTPError as answer:
        way_back = answer.headers.get("Location")
        if way_back:
            build_opener(ProxyHandler({})).open(way_back, timeout=30).read()


if __name__ == "__main__":
    visit(sys.argv[1])
