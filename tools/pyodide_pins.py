"""Constraint files: what a Pyodide release pins of the packages that notebooks compute and draw with.

    python -m tools.pyodide_pins FOLDER …

writes `pins/pyodide-VERSION.txt` from each folder's `pyodide-lock.json` (npm `pyodide` has it as well as the release).
`tools.browser_pins` runs the notebooks under them on the CPython of this machine.
"""

import json
import sys
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "pins"
PINNED = ("contourpy", "kiwisolver", "matplotlib", "numpy", "pandas", "pillow", "scikit-learn", "scipy")
"""Packages that Pyodide compiles and a notebook computes or draws with; pure ones come in our own versions."""
NOT_ON_311 = {("scipy", "1.18.0"): "no wheel for CPython 3.11"}
"""Pins that the oldest Python of the course cannot install, and why; they are written as a remark."""


def constraints(lock: dict[str, Any], version: str) -> str:
    """Return a constraint file of the core packages.

    >>> print(constraints({"packages": {name: {"version": "1.0"} for name in PINNED}}, "0.1"), end="")
    # Pyodide 0.1, from its pyodide-lock.json: made by `python -m tools.pyodide_pins`
    contourpy==1.0
    kiwisolver==1.0
    matplotlib==1.0
    numpy==1.0
    pandas==1.0
    pillow==1.0
    scikit-learn==1.0
    scipy==1.0
    """
    lines = [f"# Pyodide {version}, from its pyodide-lock.json: made by `python -m tools.pyodide_pins`"]
    for name in PINNED:
        pin = lock["packages"][name]["version"]
        why = NOT_ON_311.get((name, pin))
        lines.append(f"# {name}=={pin}: {why}" if why else f"{name}=={pin}")
    return "\n".join(lines) + "\n"


def main(folders: list[str]) -> int:
    """Write a constraint file for each folder that holds a lock."""
    for folder in map(Path, folders):
        lock = json.loads((folder / "pyodide-lock.json").read_text(encoding="utf-8"))
        version = (
            lock["info"].get("version") or json.loads((folder / "package.json").read_text("utf-8"))["version"]
        )
        target = FOLDER / f"pyodide-{version}.txt"
        target.write_text(constraints(lock, version), encoding="utf-8", newline="\n")
        print(target)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
