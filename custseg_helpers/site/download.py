"""The course as one zip file: what `start.py` needs on somebody's own computer."""

import zipfile
from collections.abc import Iterator
from pathlib import Path

NAME = "custseg-course.zip"
FILES = ("start.py", "pyproject.toml", "requirements.lock", "environment.yml", "README*.md", "LICENSE*")
FOLDERS = (
    "custseg_helpers",
    "lessons",
    "notebooks",
    "exercises",
    "solutions",
    "datasets",
    "docs",
    "examples",
)
BEGINNING = (1980, 1, 1, 0, 0, 0)
"""The one date in the zip, so that the same course gives the same file."""


def parts(root: Path) -> Iterator[Path]:
    """Yield the files a learner's copy consists of."""
    for pattern in FILES:
        yield from sorted(root.glob(pattern))
    for folder in FOLDERS:
        for path in sorted((root / folder).rglob("*")):
            inside = path.relative_to(root).parts
            if path.is_file() and not any(part.startswith((".", "__pycache__")) for part in inside):
                yield path


def write_zip(root: Path, target: Path) -> int:
    """Write the course to `target` and return its size in whole megabytes, rounded up."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in parts(root):
            entry = zipfile.ZipInfo(f"custseg/{path.relative_to(root).as_posix()}", BEGINNING)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            archive.writestr(entry, path.read_bytes())
    return -(-target.stat().st_size // 1_000_000)
