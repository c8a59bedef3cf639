"""Where the browsers of this computer are: on Linux on the path, on Windows and macOS where their installers put them."""

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

PRINTING = {
    "chrome": (
        ("chromium", "chromium-browser", "google-chrome", "chrome"),
        r"Google\Chrome\Application\chrome.exe",
        "Google Chrome.app/Contents/MacOS/Google Chrome",
    ),
    "edge": (
        ("msedge", "microsoft-edge"),
        r"Microsoft\Edge\Application\msedge.exe",
        "Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    ),
}
"""Browsers that print a page as PDF without a window: names on the path, place on Windows, place on macOS."""
READING = {
    "firefox": (
        ("firefox",),
        r"Mozilla Firefox\firefox.exe",
        "Firefox.app/Contents/MacOS/firefox",
    ),
    "safari": ((), "", "Safari.app/Contents/MacOS/Safari"),
}
"""Browsers that only show pages."""
ROOMS = ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")
"""The Windows folders, by their environment variables, that programs are installed in."""


def find_browser(*, printing: bool = False) -> Path | None:
    """Return a browser of this computer, one that can print a page as PDF if `printing`; `None` where there is none."""
    return next(_found(PRINTING if printing else PRINTING | READING), None)


def _found(known: dict[str, tuple[tuple[str, ...], str, str]]) -> Iterator[Path]:
    for names, windows, mac in known.values():
        yield from (Path(found) for name in names if (found := shutil.which(name)))
        places: list[Path] = []
        if sys.platform == "win32" and windows:
            places = [Path(os.environ[room], windows) for room in ROOMS if os.environ.get(room)]
        elif sys.platform == "darwin":
            places = [Path(room, mac) for room in ("/Applications", Path.home() / "Applications")]
        yield from (place for place in places if place.is_file())
