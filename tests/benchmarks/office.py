"""A script for a Python that has LibreOffice's `uno`: opens a workbook and times edits until all is recalculated.

`python3 office.py SOFFICE BOOK REPEATS EDIT…` prints, as JSON, the seconds of loading and of each edit's every repeat.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

START_SECONDS = 60


def desktop_of(pipe: str) -> Any:
    """The desktop of the LibreOffice that listens at a pipe, as soon as it does."""
    import uno

    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(START_SECONDS * 4):
        try:
            context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            return context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        # What it raises is a class of UNO's own making.
        except Exception:
            time.sleep(0.25)
    raise TimeoutError("LibreOffice did not start")


def times(desktop: Any, book: Path, repeats: int, edits: list[str]) -> dict[str, Any]:
    """Seconds of loading and recalculating the workbook, and of each edit: every repeat types another value."""
    import uno

    hidden = uno.createUnoStruct("com.sun.star.beans.PropertyValue")
    hidden.Name, hidden.Value = "Hidden", True
    started = time.perf_counter()
    document = desktop.loadComponentFromURL(book.as_uri(), "_blank", 0, (hidden,))
    loaded = time.perf_counter() - started
    document.calculateAll()
    found = {
        "load": loaded,
        "whole": time.perf_counter() - started - loaded,
        "edits": [[timed(document, edit, turn) for turn in range(repeats)] for edit in edits],
    }
    document.close(True)
    return found


def timed(document: Any, edit: str, turn: int) -> float:
    """Seconds from an edit, `Tab!Cell=1234` or `Tab!Cell=text`, until all is recalculated; texts alternate with All."""
    target, text = edit.split("=", 1)
    tab, cell = target.rsplit("!", 1)
    place = document.Sheets.getByName(tab).getCellRangeByName(cell)
    started = time.perf_counter()
    if text.isdigit():
        place.setValue(int(text) + turn)
    else:
        place.setString(text if turn % 2 == 0 else "All")
    document.calculate()
    return time.perf_counter() - started


def main(soffice: str, book: str, repeats: str, *edits: str) -> None:
    """Print the times of a LibreOffice of its own, with a profile of its own."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        pipe = f"sheetgen{Path(folder).name}"
        options = ["--headless", "--norestore", "--nologo", "--nodefault", f"--accept=pipe,name={pipe};urp;"]
        profile = f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}"
        with subprocess.Popen([soffice, profile, *options], stdout=subprocess.DEVNULL) as process:
            desktop = desktop_of(pipe)
            print(json.dumps(times(desktop, Path(book).resolve(), int(repeats), list(edits))))
            desktop.terminate()
            process.wait()


if __name__ == "__main__":
    main(*sys.argv[1:])
