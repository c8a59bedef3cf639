"""The whole course as web pages that compute in the reader's own browser.

It is made from the unpacked full release of Pyodide (see `pyodide.WHERE`). The result is plain files for any web server:
nothing in them asks another address.
"""

import shutil
import subprocess
import sys
from pathlib import Path

from custseg_helpers.lite import app, contents, pyodide, start, wheels
from custseg_helpers.paths import course_root
from custseg_helpers.words.text import UserError


def build(source: Path, out: Path, room: Path, python: Path, packages: list[Path]) -> None:
    """Lay out the site: file panel, application, Python, start pages. What stood in `out` is replaced at the end."""
    prints = {}
    for lang in app.LANGUAGES:
        folder = room / "files" / lang
        folder.mkdir(parents=True)
        for name, text in contents.pages(lang).items():
            (folder / name).write_text(text, encoding="utf-8", newline="\n")
            prints[f"{lang}/{name}"] = contents.fingerprint(text)
    *pure, own = packages
    draft = room / "lite"
    app.build(python, room / "files", draft)
    app.doors(draft)
    pyodide.lay_out(source, draft / app.PYODIDE, [*pure, wheels.own(own, room / "browser", prints)])
    start.write(draft)
    if out.exists():
        if not (out / "jupyter-lite.json").is_file() and any(out.iterdir()):
            raise UserError(
                zh=f"“{out}”里有别的东西，不会覆盖。请换一个 --out。",
                en=f"“{out}” holds other things and is not replaced. Choose another --out.",
            )
        shutil.rmtree(out)
    out.parent.mkdir(parents=True, exist_ok=True)
    shutil.move(draft, out)


def package(folder: Path) -> Path:
    """Build this package's wheel."""
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=course_root(), check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    return wheel
