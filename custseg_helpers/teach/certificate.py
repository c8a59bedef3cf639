"""`custseg certificate`: one sheet for each learner, to print or to send, with a name, the lessons, hours and a date.

It says what the trainer knows: that somebody completed these lessons. Names come from a list or from a graded class.
"""

import csv
import io
import json
import re
from collections.abc import Sequence
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pandas as pd

from custseg_helpers.course.frame import LEVELS
from custseg_helpers.files.folder import MANIFEST, whole_folder
from custseg_helpers.files.whole import write_whole
from custseg_helpers.grading.class_tables import HEADS
from custseg_helpers.learn.feedback import WORDS
from custseg_helpers.reading.encodings import encoding_of
from custseg_helpers.reading.workbook import first_sheet
from custseg_helpers.teach.certificate_sheet import Sheet, html, svg
from custseg_helpers.teach.guide import to_pdf
from custseg_helpers.words.text import LANGUAGES, T, UserError, listed

NAME_HEADS = {"姓名", "名字", "学员", "学员姓名", "name", "full name", "learner", "participant"}
MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
ALL = "all"


def names_in(wanted: str) -> list[str]:
    """Return the names in a file (CSV, text, Excel; a column called name or 姓名, else the first) or in the text itself.

    >>> names_in("林晓，Ana María de la Cruz")
    ['林晓', 'Ana María de la Cruz']
    """
    path = Path(wanted)
    if path.suffix.lower() in (".csv", ".txt", ".xlsx", ".xls"):
        rows = _rows(path)
        heads = [cell.strip().casefold() for cell in rows[0]] if rows else []
        column = next((place for place, head in enumerate(heads) if head in NAME_HEADS), None)
        cells = [row[column or 0] for row in rows[column is not None :] if len(row) > (column or 0)]
    else:
        cells = re.split(r"[,，、;；\n]", wanted)
    names = list(dict.fromkeys(filter(None, (re.sub(r"\s+", " ", cell).strip() for cell in cells))))
    if not names:
        raise UserError(zh=f"“{wanted}”里没有名字。", en=f"There are no names in “{wanted}”.")
    return names


def shares(folder: Path, lessons: Sequence[str] | None = None) -> dict[str, dict[str, float]]:
    """Return what part of the core exercises each learner of a graded class passed: by lesson, and of all under `ALL`.

    Texts, which no machine judges, are not among them: see `text_shares`.

    Args:
        folder: what `custseg collect` wrote.
        lessons: only these; by default all that the class handed in.
    """
    core = _core(folder, lessons)
    core = core[core["points"] != ""]
    found: dict[str, dict[str, float]] = {}
    for learner, own in core.groupby("learner"):
        passed = own["points"] == "1"
        found[_name(learner)] = {ALL: float(passed.mean())} | passed.groupby(own["lesson"]).mean().to_dict()
    return found


def text_shares(folder: Path, lessons: Sequence[str] | None = None) -> dict[str, float]:
    """Return what part of the points for core texts each learner got from the trainer, where texts were marked.

    A text that is not marked yet counts for nobody; one that somebody did not write, while others' were marked, is 0.
    """
    core = _core(folder, lessons)
    if "text_points" not in core:
        return {}
    texts = core[core["points"] == ""]
    worth = pd.to_numeric(texts["text_points"]) / pd.to_numeric(texts["text_of"])
    marked = texts["exercise"].isin(texts.loc[worth.notna(), "exercise"])
    waiting = worth.isna() & texts["outcome"].isin(_every(WORDS["written"]))
    counted = texts.assign(worth=worth.fillna(0.0))[marked & ~waiting]
    return {_name(learner): float(own.mean()) for learner, own in counted.groupby("learner")["worth"]}


def _name(learner: Any) -> str:
    return re.sub(r"^'(?=[=+@-])", "", str(learner))


def _core(folder: Path, lessons: Sequence[str] | None) -> pd.DataFrame:
    """Return the rows of a graded class's core exercises, columns by their codes."""
    path = folder / "answers.csv"
    try:
        table = pd.read_csv(path, dtype=str, encoding="utf-8-sig", keep_default_na=False)
    except (OSError, ValueError):
        raise UserError(
            zh=f"“{folder}”里没有 answers.csv。先用 custseg collect 批改，再写它的 --out 文件夹。",
            en=f"There is no answers.csv in “{folder}”. Grade with custseg collect first and name its --out folder.",
        ) from None
    codes = {word: code for code, head in HEADS.items() for word in _every(head)}
    table = table.rename(columns=codes)
    if not {"learner", "lesson", "level", "points"} <= set(table.columns):
        raise UserError(
            zh=f"“{path}”不是 custseg collect 写的表。", en=f"“{path}” is not a table by custseg collect."
        )
    core = table[table["level"].isin(_every(LEVELS["core"]))]
    graded = sorted(core["lesson"].unique())
    if missing := [number for number in lessons or () if number not in graded]:
        raise UserError(
            T(zh="这个班没有交过第 {n} 课。", en="Nobody handed in lesson {n}.").format(n=listed(missing))
        )
    return core[core["lesson"].isin(lessons or graded)]


def _every(text: T) -> list[str]:
    """Return a text in every language: a table may have been written in any."""
    return [text.within(code) for code in LANGUAGES]


def long_date(day: date) -> str:
    """Return a date in words, in the current language.

    >>> from custseg_helpers.words.text import use_language
    >>> use_language("en")
    >>> long_date(date(2026, 11, 30))
    '30 November 2026'
    """
    return str(
        T(zh=f"{day.year} 年 {day.month} 月 {day.day} 日", en=f"{day.day} {MONTHS[day.month - 1]} {day.year}")
    )


def write(sheets: dict[str, Sheet], out: Path, browser: str | None = None) -> None:
    """Write an SVG and a page for each sheet (`{file name: sheet}`) and one page with all, whole or not at all."""
    with whole_folder(out) as draft:
        for name, sheet in sheets.items():
            write_whole(draft / f"certificate-{name}.svg", svg(sheet))
            write_whole(draft / f"certificate-{name}.html", html([sheet]))
        write_whole(draft / f"{ALL}.html", html(list(sheets.values())))
        if browser:
            for page in sorted(draft.glob("*.html")):
                to_pdf(browser, page.read_text(encoding="utf-8"), page.with_suffix(".pdf"))
        manifest = {"command": "certificate", "version": version("custseg"), "certificates": len(sheets)}
        write_whole(draft / MANIFEST, json.dumps(manifest, indent=2, sort_keys=True) + "\n")


def _rows(path: Path) -> list[list[str]]:
    if path.suffix.lower().startswith(".xls") and path.is_file():
        return [[str(cell) for cell in row] for row in first_sheet(path)]
    try:
        content = path.read_bytes()
    except (OSError, ValueError) as error:
        raise UserError(
            zh=f"读不了名单“{path}”：{error}", en=f"The list of names “{path}” cannot be read: {error}"
        ) from None
    text = content.decode(encoding_of(content).codec, errors="replace")
    return [row for row in csv.reader(io.StringIO(text.replace("\t", ","))) if any(map(str.strip, row))]
