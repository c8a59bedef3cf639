"""`python -m tools.minutes`: write each lesson's minutes, as the build has worked them out, into the READMEs' maps."""

import re

from custseg_helpers.files.whole import write_whole
from custseg_helpers.learn.lessons import lesson_folders, minutes
from custseg_helpers.paths import course_root

PAGES = ("README.md", "README.en.md")
ROW = re.compile(r"^(\| (\d\d[a-z]?) \|.*\| )\d+( \|)$", re.MULTILINE)


def renewed(page: str) -> str:
    """Return a page with today's minutes at the end of each row of its map.

    >>> renewed("| 99 | no lesson | 5 |")
    '| 99 | no lesson | 5 |'
    """
    return ROW.sub(
        lambda row: f"{row[1]}{minutes(row[2]).lesson}{row[3]}" if row[2] in lesson_folders() else row[0],
        page,
    )


if __name__ == "__main__":
    for name in PAGES:
        path = course_root() / name
        write_whole(path, renewed(path.read_text(encoding="utf-8")))
