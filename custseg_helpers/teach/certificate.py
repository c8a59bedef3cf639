"""`custseg certificate`: one sheet for each learner, to print or to send, with a name, the lessons, hours and a date.

It says what the trainer knows: that somebody completed these lessons. Names come from a list or from a graded class.
"""

import argparse
import csv
import io
import json
import re
from collections.abc import Sequence
from datetime import date
from importlib.metadata import version
from pathlib import Path

import pandas as pd

from custseg_helpers.course.syllabus import chosen
from custseg_helpers.files.folder import MANIFEST, whole_folder
from custseg_helpers.files.whole import write_whole
from custseg_helpers.grading.class_report import LEVELS, file_names
from custseg_helpers.grading.class_tables import HEADS
from custseg_helpers.learn.lessons import about
from custseg_helpers.reading.encodings import encoding_of
from custseg_helpers.teach.certificate_sheet import Sheet, html, svg
from custseg_helpers.teach.guide import pdf_browser, to_pdf
from custseg_helpers.teach.pack import TITLE
from custseg_helpers.words.text import LANGUAGES, T, UserError, language, use_language

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

    Args:
        folder: what `custseg collect` wrote.
        lessons: only these; by default all that the class handed in.
    """
    path = folder / "answers.csv"
    try:
        table = pd.read_csv(path, dtype=str, encoding="utf-8-sig", keep_default_na=False)
    except (OSError, ValueError):
        raise UserError(
            zh=f"“{folder}”里没有 answers.csv。先用 custseg collect 批改，再写它的 --out 文件夹。",
            en=f"There is no answers.csv in “{folder}”. Grade with custseg collect first and name its --out folder.",
        ) from None
    codes = {word: code for code, head in HEADS.items() for word in (head.zh, head.en)}
    table = table.rename(columns=codes)
    if not {"learner", "lesson", "level", "points"} <= set(table.columns):
        raise UserError(
            zh=f"“{path}”不是 custseg collect 写的表。", en=f"“{path}” is not a table by custseg collect."
        )
    core = table[table["level"].isin([LEVELS["core"].zh, LEVELS["core"].en])]
    graded = sorted(core["lesson"].unique())
    if missing := [number for number in lessons or () if number not in graded]:
        raise UserError(
            zh=f"这个班没有交过第 {'、'.join(missing)} 课。",
            en=f"Nobody handed in lesson {', '.join(missing)}.",
        )
    core = core[core["lesson"].isin(lessons or graded)]
    found: dict[str, dict[str, float]] = {}
    for learner, own in core.groupby("learner"):
        passed = own["points"] == "1"
        name = re.sub(r"^'(?=[=+@-])", "", str(learner))
        found[name] = {ALL: float(passed.mean())} | passed.groupby(own["lesson"]).mean().to_dict()
    return found


def long_date(day: date) -> str:
    """Return a date in words, in the current language.

    >>> use_language("en")
    >>> long_date(date(2026, 11, 30))
    '30 November 2026'
    """
    return str(
        T(zh=f"{day.year} 年 {day.month} 月 {day.day} 日", en=f"{day.day} {MONTHS[day.month - 1]} {day.year}")
    )


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments of `custseg certificate`."""
    add = parser.add_argument
    whose = parser.add_mutually_exclusive_group(required=True)
    whose.add_argument(
        "--names",
        help=str(T(zh="名单文件，或名字，如“林晓,王芳”", en="a file of names, or names: “Ana Ruiz, Li Na”")),
    )
    whose.add_argument(
        "--from",
        dest="graded",
        type=Path,
        metavar="CLASS",
        help=str(T(zh="custseg collect 的结果文件夹", en="the folder that custseg collect wrote")),
    )
    add("--at-least", type=float, default=0.6, metavar="SHARE",
        help=str(T(zh="用 --from 时：基础题至少通过几成，默认 0.6", en="with --from: share of core exercises passed; default 0.6")))  # fmt: skip
    add("--lessons", help=str(T(zh="学完了哪些课，如 00-07", en="which lessons, such as 00-07")))
    add("--hours", type=float, help=str(T(zh="学时；默认按各课分钟数合计", en="hours; default: the lessons' minutes")))  # fmt: skip
    add("--course", help=str(T(zh="课程名称", en="the course's name")))
    add("--date", type=date.fromisoformat, default=date.today(), help=str(T(zh="日期，如 2026-11-30；默认今天", en="date, such as 2026-11-30; default: today")))  # fmt: skip
    add("--trainer", default="", help=str(T(zh="讲师姓名", en="the trainer's name")))
    add("--organisation", default="", help=str(T(zh="单位名称", en="the organisation")))
    add("--lang", choices=LANGUAGES, default=language(), help=str(T(zh="证书的语言", en="its language")))
    add("--out", type=Path, default=Path("certificates"), help=str(T(zh="输出文件夹", en="output folder")))
    add("--pdf", action="store_true", help=str(T(zh="另存 PDF（要有浏览器）", en="PDF as well (needs a browser)")))  # fmt: skip


def main(options: argparse.Namespace) -> int:
    """Run `custseg certificate`."""
    use_language(options.lang)
    browser = pdf_browser() if options.pdf else None
    numbers = chosen(options.lessons) if options.lessons else None
    left: list[str] = []
    done: dict[str, list[str]] = {}
    if options.graded:
        if not 0 < options.at_least <= 1:
            raise UserError(
                zh="--at-least 应大于 0，不超过 1，如 0.6。",
                en="--at-least is above 0 and at most 1, such as 0.6.",
            )
        for name, parts in shares(options.graded, numbers).items():
            if parts[ALL] >= options.at_least:
                done[name] = [
                    number for number, part in parts.items() if number != ALL and part >= options.at_least
                ]
            else:
                left.append(f"{name} ({parts[ALL]:.0%})")
    else:
        done = dict.fromkeys(names_in(options.names), numbers or chosen("00-15"))
    sheets = {file: _sheet(name, done[name], options) for name, file in file_names(list(done)).items()}
    if sheets:
        write(sheets, options.out, browser)
    print(
        T(
            zh="{n} 张证书在“{out}”，全部打印就打开 all.html。",
            en="{n} certificates are in “{out}”; to print them all, open all.html.",
        ).format(n=len(sheets), out=options.out)
        if sheets
        else T(zh="没有人达到要求，没有写证书。", en="Nobody reached the share: no certificate was written.")
    )
    if left:
        print(T(zh="没有发给：{who}", en="None for: {who}").format(who="、".join(left) if language() == "zh" else ", ".join(left)))  # fmt: skip
    return 0


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


def _sheet(name: str, numbers: Sequence[str], options: argparse.Namespace) -> Sheet:
    minutes = sum(about(number)["minutes"] for number in numbers)
    return Sheet(
        name=name,
        course=options.course or str(TITLE),
        lessons=tuple(f"{number}  {about(number)['title'][language()]}" for number in sorted(numbers)),
        hours=f"{options.hours or round(minutes / 60, 2):g}",
        date=long_date(options.date),
        trainer=options.trainer,
        organisation=options.organisation,
    )


def _rows(path: Path) -> list[list[str]]:
    try:
        if path.suffix.lower().startswith(".xls"):
            frame = pd.read_excel(path, header=None, dtype=str, engine="calamine").fillna("")
            return [[str(cell) for cell in row] for row in frame.itertuples(index=False)]
        content = path.read_bytes()
    except (OSError, ValueError) as error:
        raise UserError(
            zh=f"读不了名单“{path}”：{error}", en=f"The list of names “{path}” cannot be read: {error}"
        ) from None
    text = content.decode(encoding_of(content).codec, errors="replace")
    return [row for row in csv.reader(io.StringIO(text.replace("\t", ","))) if any(map(str.strip, row))]
