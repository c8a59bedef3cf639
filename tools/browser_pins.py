"""Every notebook under the versions that the browser's Python has, on the CPython of this machine.

    python -m tools.browser_pins

makes an environment for each file in `lite/pins/` (uv, network) and runs lessons, workbooks and solutions in it, cell
after cell in one process a language: a cell that fails, a warning of a missing glyph or an answer that does not pass
is named. The release that the course ships with runs in both languages, another one in Chinese.
"""

import io
import json
import os
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

from custseg_helpers.course.source import FAILS
from custseg_helpers.files.cells import run_cell
from custseg_helpers.lite.pyodide import VERSION
from custseg_helpers.paths import course_root
from custseg_helpers.words.text import LANGUAGES, T, UserError
from tools.lock import pins
from tools.pyodide_pins import FOLDER

KINDS = ("notebooks", "exercises", "solutions")
COMPUTING = ("pandas", "numpy", "scipy", "scikit-learn", "matplotlib", "contourpy", "kiwisolver", "pillow")


def main(arguments: list[str]) -> int:
    """Run everything under every file of pins; with `run LANGUAGE …`, run the notebooks right here."""
    if arguments[:1] == ["run"]:
        return run_here(arguments[1:])
    failed = []
    for file in sorted(FOLDER.glob("pyodide-*.txt")):
        languages = list(LANGUAGES)[: None if file.stem.endswith(f"-{VERSION}") else 1]
        with tempfile.TemporaryDirectory(prefix="custseg-pins-") as room:
            python = environment(Path(room), file)
            jobs = [
                subprocess.Popen(
                    [str(python), "-m", "tools.browser_pins", "run", lang, room],
                    cwd=course_root(),
                    env=_alone(),
                )
                for lang in languages
            ]
            failed += [file.stem for job in jobs if job.wait()]
    if failed:
        print(T(zh="没有通过：{n}", en="Failed: {n}").format(n=", ".join(sorted(set(failed)))))
    return 1 if failed else 0


def environment(room: Path, constraints: Path) -> Path:
    """Make an environment with this folder's package under the constraints; return its Python."""
    python = room / "venv" / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    # What the pins leave open comes in the versions that everything else is tested with.
    lock = [pin for pin in pins((course_root() / "requirements-test.lock").read_text("utf-8"))]
    others = room / "others.txt"
    others.write_text("\n".join(pin for pin in lock if pin.split("==")[0] not in COMPUTING), encoding="utf-8")
    uv = [sys.executable, "-m", "uv"]
    wanted = [str(course_root()) + "[data]"]
    limits = ["--constraint", str(constraints), "--constraint", str(others)]
    for command in (
        [*uv, "venv", "--quiet", "--python", sys.executable, str(room / "venv")],
        [*uv, "pip", "install", "--quiet", "--python", str(python), *limits, *wanted],
        [*uv, "pip", "uninstall", "--quiet", "--python", str(python), "custseg"],
    ):
        done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8")
        if done.returncode:
            raise UserError(
                zh=f"{constraints.stem} 的环境没有建成：{done.stderr[-1500:]}",
                en=f"The environment of {constraints.stem} could not be made: {done.stderr[-1500:]}",
            )
    return python


def run_here(arguments: list[str]) -> int:
    """Run all notebooks of a language in this process; return 1 when something went wrong."""
    lang, room = arguments
    home = Path(room) / f"home-{lang}"
    home.mkdir()
    os.environ |= {"CUSTSEG_HOME": str(home), "CUSTSEG_PROGRESS": os.devnull}
    os.chdir(home)
    wrong = count = 0
    for kind in KINDS:
        for path in sorted((course_root() / kind / lang).glob("*.ipynb")):
            count += 1
            for place, said in faults(path):
                wrong += 1
                print(f"{kind}/{lang}/{path.name} [{place}] {said}", flush=True)
    import numpy as np
    import pandas as pd

    print(
        f"{lang}: pandas {pd.__version__}, numpy {np.__version__}: {count} notebooks, {wrong} faults",
        flush=True,
    )
    return 1 if wrong else 0


def faults(path: Path) -> Iterator[tuple[int, str]]:
    """Run a notebook's cells in names of their own; yield the number of each cell that fails, and what it said.

    A cell that is meant to fail is left out.
    """
    names: dict[str, Any] = {"__name__": "__main__", "display": lambda *_, **__: None}
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    for place, cell in enumerate(cells):
        if cell["cell_type"] != "code" or FAILS in cell["metadata"].get("tags", ()):
            continue
        try:
            with redirect_stdout(io.StringIO()), warnings.catch_warnings():
                warnings.filterwarnings("error", message="Glyph .* missing")
                shown = run_cell("".join(cell["source"]), names)
                _drawn(shown)
        except Exception as error:
            yield place, f"{type(error).__name__}: {error}"
        else:
            if path.parts[-3] == "solutions" and getattr(shown, "outcome", "passed") not in (
                "passed",
                "written",
            ):
                yield place, f"{shown}"


def _drawn(shown: Any) -> None:
    """Draw a picture as a notebook would, so that a missing character is noticed."""
    if hasattr(shown, "_repr_png_"):
        shown._repr_png_()


def _alone() -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith("CUSTSEG_")}
    return kept | {"OMP_NUM_THREADS": "1", "PYTHONUTF8": "1", "MPLBACKEND": "agg"}


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except UserError as error:
        sys.exit(str(error))
