"""`custseg certificate`: one sheet for each learner, to print or to send, with a name, the lessons, hours and a date.

It says what the trainer knows: that somebody completed these lessons. Names come from a list or from a graded class.
"""

import argparse
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from custseg_helpers.course.syllabus import chosen
from custseg_helpers.grading.class_report import file_names
from custseg_helpers.learn.lessons import about
from custseg_helpers.teach.certificate import ALL, long_date, names_in, shares, write
from custseg_helpers.teach.certificate_sheet import Sheet
from custseg_helpers.teach.guide import pdf_browser
from custseg_helpers.teach.pack import TITLE
from custseg_helpers.words.text import LANGUAGES, T, UserError, language, listed, use_language


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
        print(T(zh="没有发给：{who}", en="None for: {who}").format(who=listed(left)))  # fmt: skip
    return 0


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
