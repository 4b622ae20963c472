"""The browser of this computer."""

from __future__ import annotations

import os
import threading
import webbrowser
from pathlib import PurePath
from typing import Final

IN_TERMINAL: Final = frozenset({"www-browser", "links", "links2", "elinks", "lynx", "w3m"})
"""Browsers that would take over the terminal, and cannot show Google's sign-in."""


def open_browser(address: str) -> bool:
    """Open an address in a browser of its own, if there is one; whether there is."""
    try:
        browser = webbrowser.get()
    except webbrowser.Error:
        return False
    if PurePath(getattr(browser, "name", "")).name in IN_TERMINAL and not os.environ.get("BROWSER"):
        return False
    # Some wait until they are closed.
    threading.Thread(target=browser.open, args=(address,), daemon=True).start()
    return True
