"""Wheels for the browser: the package itself without what the file panel shows, and others without their compiled part."""

import base64
import hashlib
import json
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

from custseg_helpers.errors.shell import FROM_THE_START

STAMP = (1980, 1, 1, 0, 0, 0)
PAGES = "custseg_helpers/shipped/pages.json"
"""Inside the browser's wheel: a fingerprint of every lesson and workbook as it was delivered."""
SHOWN = ("custseg_helpers/shipped/notebooks/", "custseg_helpers/shipped/exercises/")
TERMINAL = tuple(f"custseg_helpers/{room}/" for room in ("course", "grading", "site", "teach"))
"""Rooms of the command line, of no use in a browser."""


def pure(wheel: Path, folder: Path) -> Path:
    """Return a wheel that runs anywhere: itself, or a copy in `folder` without the compiled modules, which it can do without."""
    if wheel.stem.endswith("-none-any"):
        return wheel
    name, version, *_ = wheel.stem.split("-")
    target = folder / f"{name}-{version}-py3-none-any.whl"
    return repack(wheel, target, lambda path: not path.endswith((".so", ".pyd")))


def own(wheel: Path, folder: Path, pages: Mapping[str, str]) -> Path:
    """Return the package's wheel for the browser: data, checks and answers, but no second copy of the notebooks.

    `pages` are the notebooks' fingerprints by their name in the file panel.
    """
    at_start = f"{'-'.join(wheel.stem.split('-')[:2])}.data/data/etc/ipython/ipython_config.py"
    more = {PAGES: json.dumps(dict(pages), indent=0).encode(), at_start: FROM_THE_START.encode()}
    return repack(wheel, folder / wheel.name, lambda path: not path.startswith(SHOWN + TERMINAL), more)


def repack(
    wheel: Path, target: Path, keep: Callable[[str], bool], more: Mapping[str, bytes] | None = None
) -> Path:
    """Write the kept files and `more` as a wheel with a RECORD of its own; the same files give the same bytes."""
    with zipfile.ZipFile(wheel) as packed:
        files = {
            name: packed.read(name) for name in packed.namelist() if not name.endswith("/") and keep(name)
        }
    files |= more or {}
    record = next(name for name in files if name.endswith(".dist-info/RECORD"))
    lines = [
        f"{name},{_digest(content)},{len(content)}"
        for name, content in sorted(files.items())
        if name != record
    ]
    files[record] = ("\n".join([*lines, f"{record},,"]) + "\n").encode()
    target.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        for name, content in sorted(files.items()):
            packed.writestr(zipfile.ZipInfo(name, STAMP), content, zipfile.ZIP_DEFLATED)
    return target


def modules(wheel: Path) -> list[str]:
    """Return the names that `import` finds in a wheel."""
    with zipfile.ZipFile(wheel) as packed:
        tops = {name.split("/")[0] for name in packed.namelist()}
    tops = {top.removesuffix(".py") for top in tops if not top.endswith((".dist-info", ".data"))}
    return sorted(top for top in tops if top.isidentifier())


def _digest(content: bytes) -> str:
    return "sha256=" + base64.urlsafe_b64encode(hashlib.sha256(content).digest()).decode().rstrip("=")
