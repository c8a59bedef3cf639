"""`python3 start.py licences`: every package of the lock files with its licence and age; a licence that is not allowed fails.

What is known of each stands in `tools/licences.csv`, so that this works without a network and tells the same to
everybody. `python3 start.py lock` writes that file again with the locks: licences as the installed packages state them
(or as `STATED` says), release dates from the package index.
"""

import argparse
import csv
import re
import sys
import tempfile
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass, fields
from datetime import UTC, date, datetime
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from typing import Any

from custseg_helpers.paths import course_root
from custseg_helpers.words.text import T, UserError

TABLE = "tools/licences.csv"
ALLOWED = {
    *("MIT", "MIT-0", "MIT-CMU", "ISC", "Zlib", "BSD", "BSD-2-Clause", "BSD-3-Clause", "0BSD"),
    *("Apache-2.0", "PSF-2.0", "MPL-2.0", "OFL-1.1", "CC0-1.0", "Public-Domain"),
}
IN_EXTRAS = {"LGPL-3.0-only", "LGPL-2.1-only", "LGPL-3.0-or-later", "LGPL-2.1-or-later"}
"""Allowed where a package comes unmodified, and only with an extra that nobody needs for the lessons."""
LESSONS = ("requirements.lock", "requirements-site.lock", "requirements-browser.lock")
"""What reaches learners and readers; the other locks are for tests and for building."""
NAMES = {
    r"MIT.*License": "MIT",
    r"(Modified |3-Clause )?BSD( License)?": "BSD",
    r"Apache.*": "Apache-2.0",
    r"ISC.*": "ISC",
    r"Mozilla Public License 2\.0.*": "MPL-2.0",
    r"Python Software Foundation License": "PSF-2.0",
}
"""What licences are called by packages that do not use the names of SPDX."""
STATED = {
    "appnope": "BSD-2-Clause",  # for macOS alone
    "axe-playwright-python": "MIT",  # says so in its licence file only
    "colorama": "BSD-3-Clause",  # for Windows alone
    "docutils": "Public-Domain AND BSD-2-Clause AND PSF-2.0",  # its GPL file is for Emacs, and not in the wheel
    "doit": "MIT",
    "jupyterlite-core": "BSD-3-Clause",
    "jupyterlite-pyodide-kernel": "BSD-3-Clause",
    "pkginfo": "MIT",
    "pywinpty": "MIT",  # for Windows alone
}
"""Read by a person, where a package does not say, or is not installed where the locks are made."""


@dataclass(frozen=True, order=True)
class Package:
    """A locked package: its licence as SPDX says it, and the day it was released."""

    name: str
    version: str
    licence: str
    released: str


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; return 1 where a licence is not allowed or a package is not in the table."""
    argparse.ArgumentParser(prog="start.py licences").parse_args(arguments)
    root, today = course_root(), datetime.now(UTC).date()
    try:
        known = read(root)
    except OSError as error:
        print(
            UserError(zh=f"读不了 {TABLE}：{error}", en=f"{TABLE} cannot be read: {error}"), file=sys.stderr
        )
        return 2
    for package in known:
        print(f"{package.name:32} {package.version:18} {package.licence:52} {age(package, today):>6} d")
    wrong = faults(known, locked(root))
    for fault in wrong:
        print(fault, file=sys.stderr)
    if not wrong:
        oldest = max(known, key=lambda one: age(one, today))
        print(
            T(
                zh="{n} 个软件包，许可证都在许可之列；最旧的是 {old}，{days} 天。",
                en="{n} packages, every licence allowed; the oldest is {old}, {days} days.",
            ).format(n=len(known), old=oldest.name, days=age(oldest, today))
        )
    return 1 if wrong else 0


def age(package: Package, today: date) -> int:
    """Return how many days ago a package was released.

    >>> age(Package("six", "1.17.0", "MIT", "2024-12-04"), date(2024, 12, 31))
    27
    """
    return (today - date.fromisoformat(package.released)).days


def faults(known: Sequence[Package], pinned: Mapping[tuple[str, str], set[str]]) -> list[T]:
    """Return what is wrong: a locked package that is not in the table, or whose licence is not allowed."""
    table = {(one.name, one.version): one.licence for one in known}
    found = []
    for (name, version), files in sorted(pinned.items()):
        licence = table.get((name, version))
        if licence is None:
            found.append(
                T(
                    zh="{name} {version} 不在 {table} 里。请运行 python3 start.py lock",
                    en="{name} {version} is not in {table}. Run python3 start.py lock",
                ).format(name=name, version=version, table=TABLE)
            )
        elif not allowed(licence, extra=files.isdisjoint(LESSONS)):
            found.append(
                T(
                    zh="{name} {version} 的许可证是 {licence}，不在许可之列",
                    en="{name} {version} is under {licence}, which is not allowed",
                ).format(name=name, version=version, licence=licence)
            )
    return found


def allowed(licence: str, *, extra: bool = False) -> bool:
    """Return whether a licence may be used; `extra`: the package comes with no lesson and no page.

    >>> allowed("MIT OR GPL-3.0-only"), allowed("MIT AND GPL-3.0-only"), allowed("Apache-2.0 AND BSD-2-Clause")
    (True, False, True)
    >>> allowed("LGPL-3.0-only", extra=True), allowed("LGPL-3.0-only"), allowed("?"), allowed("")
    (True, False, False, False)
    """
    possible = ALLOWED | (IN_EXTRAS if extra else set())
    return any(
        all(one.strip(" ()") in possible for one in choice.split(" AND ")) for choice in licence.split(" OR ")
    )


def locked(root: Path) -> dict[tuple[str, str], set[str]]:
    """Return every package and version of the lock files, and the files that have it."""
    found: dict[tuple[str, str], set[str]] = {}
    for file in sorted(root.glob("requirements*.lock")):
        for name, version in re.findall(r"^([\w.-]+)==([^\s;\\]+)", file.read_text("utf-8"), re.MULTILINE):
            found.setdefault((name, version), set()).add(file.name)
    return found


def read(root: Path) -> list[Package]:
    """Return the table of what is known."""
    with (root / TABLE).open(encoding="utf-8", newline="") as file:
        return [Package(**row) for row in csv.DictReader(file)]


def renew(root: Path, compile_lock: Any) -> None:
    """Write the table again for the locks as they are; the release dates are asked of the package index."""
    released = _released(root, compile_lock)
    rows = [Package(name, version, stated(name), released[name, version]) for name, version in locked(root)]
    with (root / TABLE).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([field.name for field in fields(Package)])
        writer.writerows(map(astuple, sorted(rows)))


def _released(root: Path, compile_lock: Any) -> dict[tuple[str, str], str]:
    found = {}
    for file in sorted(root.glob("requirements*.lock")):
        with tempfile.TemporaryDirectory() as folder:
            detailed = Path(folder, "pylock.toml")
            python = "3.12" if "browser" in file.name else "3.11"
            compile_lock(
                root,
                str(detailed),
                file.name,
                "--format",
                "pylock.toml",
                "--no-deps",
                "--python-version",
                python,
            )
            for package in tomllib.loads(detailed.read_text(encoding="utf-8"))["packages"]:
                files = [*package.get("wheels", ()), *filter(None, [package.get("sdist")])]
                days = [str(one["upload-time"])[:10] for one in files]
                found[package["name"], package["version"]] = min(days)
    return found


def stated(name: str) -> str:
    """Return a package's licence in the names of SPDX, `?` where nobody has said it.

    >>> stated("colorama"), stated("no-such-package")
    ('BSD-3-Clause', '?')
    """
    if name in STATED:
        return STATED[name]
    try:
        about: Any = metadata(name)
    except PackageNotFoundError:
        return "?"
    if expression := about.get("License-Expression"):
        return str(expression)
    classified = [
        one.split(" :: ")[-1] for one in about.get_all("Classifier", []) if one.startswith("License ::")
    ]
    words = classified or str(about.get("License") or "?").strip().splitlines()[:1]
    return (
        " AND ".join(
            sorted({_named(word) for word in words if word not in ("OSI Approved", "DFSG approved")})
        )
        or "?"
    )


def _named(word: str) -> str:
    return next((name for pattern, name in NAMES.items() if re.fullmatch(pattern, word)), word)


if __name__ == "__main__":
    sys.exit(main())
