"""Where the course's files are: beside this package in a checkout, inside it in an installed wheel."""

from pathlib import Path


def course_root() -> Path:
    """Return the folder that holds `lessons/`, `notebooks/`, `datasets/` and their sisters.

    >>> (course_root() / "lessons").is_dir()
    True
    """
    package = Path(__file__).parent
    inside = package / "shipped"
    return inside if inside.is_dir() else package.parent
