"""Where the course's files are: beside this package in a checkout, inside it in an installed wheel; and where a learner's are."""

import os
from pathlib import Path

from custseg_helpers.words.text import LANGUAGES, language


def course_root() -> Path:
    """Return the folder that holds `lessons/`, `notebooks/`, `datasets/` and their sisters.

    >>> (course_root() / "lessons").is_dir()
    True
    """
    package = Path(__file__).parent
    inside = package / "shipped"
    return inside if inside.is_dir() else package.parent


def my_folder() -> Path:
    """Return the learner's folder: `CUSTSEG_HOME`, else `my` in a checkout, else `my` where the command runs."""
    if home := os.environ.get("CUSTSEG_HOME"):
        return Path(home).absolute()
    in_checkout = (course_root() / "pyproject.toml").is_file()
    return (course_root() if in_checkout else Path.cwd()) / "my"


def looked_in() -> list[Path]:
    """Return the folders from which a relative path is looked for: the current one, then the learner's and the course's.

    `own/company.toml` lies beside the notebooks (`my/zh`), and is named so in a terminal, too; `my/company.toml`, as
    the first edition said, starts at the course's folder.
    """
    mine = my_folder()
    spoken = sorted(LANGUAGES, key=lambda lang: lang != language())
    return list(dict.fromkeys([Path.cwd(), *(mine / lang for lang in spoken), mine, mine.parent]))


def located(path: Path) -> Path:
    """Return the file or folder that a path names from the first folder of `looked_in()` that has it, else the path itself.

    >>> located(Path("nowhere/company.toml")).as_posix()
    'nowhere/company.toml'
    """
    if path.exists():
        return path
    return next((found for folder in looked_in() if (found := folder / path).exists()), path)
