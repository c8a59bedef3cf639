"""Pyodide as its makers release it: checked against its own lock, cut down to what the course uses, and our wheels added.

The release's `pyodide-lock.json` holds a sha256 for every package. Packages added here stand in the same file, so that
a plain `import seaborn` loads them: no `%pip`, no request to anybody.
"""

import hashlib
import json
import re
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from custseg_helpers.lite.wheels import modules
from custseg_helpers.words.text import UserError

VERSION = "0.27.7"
CORE = ("pyodide.js", "pyodide.mjs", "pyodide.asm.js", "pyodide.asm.wasm", "python_stdlib.zip")
LOCK = "pyodide-lock.json"
KERNEL = ("ssl", "sqlite3", "micropip", "packaging", "ipython", "jedi", "traitlets")
"""What JupyterLite's kernel loads before the first cell."""
COURSE = ("numpy", "pandas", "scipy", "scikit-learn", "matplotlib", "jinja2")
ON_DEMAND = ("pyarrow",)
"""Only the own-data page needs it; it is fetched when that page runs."""
NEEDS = {
    "custseg": [
        *(*COURSE, "anywidget", "attrs", "cattrs", "charset-normalizer", "ipywidgets", "narwhals"),
        *("openpyxl", "pyyaml", "rich", "seaborn", "tzdata"),
    ],
    "cattrs": ["attrs", "typing-extensions"],
    "anywidget": ["ipywidgets", "psygnal", "typing-extensions"],
    "ipywidgets": ["comm", "ipython", "traitlets"],
    "openpyxl": ["et-xmlfile"],
    "rich": ["pygments"],
    "seaborn": ["matplotlib", "numpy", "pandas"],
}
"""Which packages an added one needs in the browser."""

WHERE = f"https://github.com/pyodide/pyodide/releases/tag/{VERSION}: pyodide-{VERSION}.tar.bz2"


def read_lock(folder: Path) -> dict[str, Any]:
    """Return the lock of an unpacked distribution; another version, or none, is a `UserError`."""
    try:
        lock: dict[str, Any] = json.loads((folder / LOCK).read_text(encoding="utf-8"))
        version = lock["info"]["version"]
    except (OSError, ValueError, KeyError, TypeError):
        raise UserError(
            zh=f"“{folder}”里没有 Pyodide 的 {LOCK}。请下载并解压 {WHERE}，再用 --pyodide 指向解压出的文件夹。",
            en=f"“{folder}” holds no {LOCK} of Pyodide. Download and unpack {WHERE}, and name that folder with --pyodide.",
        ) from None
    if version != VERSION:
        raise UserError(
            zh=f"“{folder}”是 Pyodide {version}，课程配的是 {VERSION}：{WHERE}",
            en=f"“{folder}” is Pyodide {version}; the course is matched to {VERSION}: {WHERE}",
        )
    return lock


def closure(packages: dict[str, Any], wanted: Iterable[str]) -> list[str]:
    """Return the packages wanted and all that they need, by name.

    >>> closure({"a": {"depends": ["b"]}, "b": {"depends": []}, "c": {"depends": []}}, ["a"])
    ['a', 'b']
    """
    found: set[str] = set()
    waiting = [canonical(name) for name in wanted]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += [canonical(need) for need in packages[name]["depends"]]
    return sorted(found)


def canonical(name: str) -> str:
    """Return a package's name as the lock spells its keys: `et_xmlfile` → `et-xmlfile`."""
    return re.sub(r"[-_.]+", "-", name).lower()


def lay_out(source: Path, target: Path, wheels: Iterable[Path]) -> dict[str, Any]:
    """Copy what the course uses of the distribution `source`, add `wheels`, and write the lock that knows both.

    Every file of the distribution is compared with the official lock; returns the written lock.

    Raises:
        UserError: a file is missing, or is not the one that the official lock names.
    """
    lock = read_lock(source)
    packages = lock["packages"]
    target.mkdir(parents=True, exist_ok=True)
    added = {canonical(wheel.name.split("-")[0]): wheel for wheel in wheels}
    for name, wheel in added.items():
        packages[name] = _entry(name, wheel)
    used = closure(packages, [*KERNEL, *ON_DEMAND, *added])
    for name in CORE:
        _copy(source / name, target / name)
    for name in used:
        file = packages[name]["file_name"]
        if name in added:
            shutil.copyfile(added[name], target / file)
        else:
            _copy(source / file, target / file, packages[name]["sha256"])
    lock["packages"] = {name: packages[name] for name in used}
    (target / LOCK).write_text(json.dumps(lock, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return lock


def _entry(name: str, wheel: Path) -> dict[str, Any]:
    return {
        "depends": sorted(map(canonical, NEEDS.get(name, []))),
        "file_name": wheel.name,
        "imports": modules(wheel),
        "install_dir": "site",
        "name": name,
        "package_type": "package",
        "sha256": hashlib.sha256(wheel.read_bytes()).hexdigest(),
        "unvendored_tests": False,
        "version": wheel.name.split("-")[1],
    }


def _copy(source: Path, target: Path, sha256: str | None = None) -> None:
    if not source.is_file():
        raise UserError(
            zh=f"Pyodide 文件夹里缺少 {source.name}。请下载完整的发行包：{WHERE}",
            en=f"{source.name} is missing from the Pyodide folder. Download the full release: {WHERE}",
        )
    if sha256 and hashlib.sha256(source.read_bytes()).hexdigest() != sha256:
        raise UserError(
            zh=f"{source.name} 和 Pyodide 官方锁定文件里的校验值不一致。请重新下载：{WHERE}",
            en=f"{source.name} is not the file that Pyodide's own lock names. Download it again: {WHERE}",
        )
    shutil.copyfile(source, target)
