"""The trainer's marks of written answers: one CSV that people open in Excel, and that every later run reads.

A row says how one point of one learner's text is marked. It also bears the text's fingerprint: a text that was changed
since it was marked is a new text.
"""

import csv
import hashlib
import io
import re
from collections.abc import Collection, Mapping
from pathlib import Path

from custseg_helpers.files.whole import write_whole
from custseg_helpers.learn.lessons import current
from custseg_helpers.learn.written import MARKS, WORTH
from custseg_helpers.reading.encodings import decode
from custseg_helpers.words.text import LANGUAGES, T, UserError, listed

NAME = "marks.csv"
COLUMNS = ("learner", "exercise", "point", "mark", "text")

Key = tuple[str, str, str]
"""Learner, exercise, fingerprint of the text."""
_GUARDED = re.compile(r"'*[=+@\-\d]")
"""Names that a spreadsheet would take for a formula, a number or a date get an apostrophe in front: `007` stays `007`."""

TextMarks = dict[Key, dict[str, str]]
"""How each point of each text is marked: `said`, `partly`, `not`."""


def fingerprint(text: str) -> str:
    """Return a short name of a text that is the same however it is spaced.

    >>> fingerprint("Call  them.") == fingerprint(" Call them. ")
    True
    """
    return (
        "t" + hashlib.sha256(" ".join(text.split()).encode()).hexdigest()[:12]
    )  # no number to a spreadsheet


def points(marks: Mapping[str, str], rubric: Collection[str]) -> float | None:
    """Return what a text is worth once each of its points is marked; `None` before.

    >>> points({"money": "said", "who": "partly"}, ["money", "who"]), points({"money": "said"}, ["money", "who"])
    (1.5, None)
    """
    return sum(WORTH[marks[name]] for name in rubric) if set(rubric) <= set(marks) else None


def read_marks(path: Path) -> TextMarks:
    """Read the marks; no file is no marks. What is no mark is told with its line.

    Spreadsheets may have saved it in another encoding, and people may have typed a mark in words.
    """
    if not path.is_file():
        return {}
    try:
        content = path.read_bytes()
    except OSError as error:  # such as a program that holds it open
        raise UserError(
            zh=f"读不了文件“{path}”：{error.strerror}。别的程序开着它的话，请先关上。",
            en=f"The file “{path}” cannot be read: {error.strerror}. If another program has it open, close it there first.",
        ) from None
    text = decode(content, None, path.name)[0].removeprefix("\ufeff")
    between = next((mark for mark in ",;\t" if mark in text.partition("\n")[0]), ",")
    found: TextMarks = {}
    codes = {words.within(code).casefold(): mark for mark, words in MARKS.items() for code in LANGUAGES}
    for line, row in enumerate(csv.DictReader(io.StringIO(text), delimiter=between), 2):
        if not any(row.values()):
            continue
        given = str(row.get("mark") or "").strip().casefold()
        mark = given if given in MARKS else codes.get(given)
        if mark is None or not all(row.get(column) for column in COLUMNS):
            raise UserError(
                T(
                    zh="{file} 第 {line} 行看不懂：要有 {columns} 五列，mark 写 {marks}。",
                    en="{file}, line {line}, cannot be read: it has the columns {columns}, and mark is {marks}.",
                ).format(file=path, line=line, columns=listed(COLUMNS), marks=listed(MARKS))
            )
        learner = row["learner"]
        if learner.startswith("'") and _GUARDED.match(learner):
            learner = learner[1:]
        key = learner, current(row["exercise"]), row["text"]
        found.setdefault(key, {})[row["point"]] = mark
    return found


def write_marks(path: Path, marks: TextMarks) -> None:
    """Write all marks, whole or not at all, as CSV that Excel opens."""
    lines = io.StringIO()
    table = csv.writer(lines, lineterminator="\n")
    table.writerow(COLUMNS)
    for (learner, exercise, text), own in sorted(marks.items()):
        harmless = f"'{learner}" if _GUARDED.match(learner) else learner
        table.writerows((harmless, exercise, point, mark, text) for point, mark in own.items())
    write_whole(path, "\ufeff" + lines.getvalue())
