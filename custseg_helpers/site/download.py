"""The course as one zip file: what `start.py` needs on somebody's own computer."""

from collections.abc import Iterator
from pathlib import Path

from custseg_helpers.files import zips as pack_zip

NAME = "custseg-course.zip"
FILES = (
    "start.py",
    "*.bat",
    "*.command",
    "pyproject.toml",
    "requirements.lock",
    "environment.yml",
    "README*.md",
    "LICENSE*",
)
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
    files = {f"custseg/{path.relative_to(root).as_posix()}": path.read_bytes() for path in parts(root)}
    return -(-pack_zip.write_zip(files, target) // 1_000_000)
