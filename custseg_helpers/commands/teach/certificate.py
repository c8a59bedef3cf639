"""`custseg certificate`: one sheet for each learner, to print or to send, with a name, the lessons, hours and a date.

It says what the trainer knows: that somebody completed these lessons. Names come from a list or from a graded class.
"""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from custseg_helpers.commands.parameters import DAY, PATH, flag, lessons, option, out
from custseg_helpers.course.syllabus import chosen
from custseg_helpers.grading.class_report import file_names
from custseg_helpers.learn.lessons import about, minutes
from custseg_helpers.learn.start_page import TITLE
from custseg_helpers.teach.certificate import ALL, long_date, names_in, shares, text_shares, write
from custseg_helpers.teach.certificate_sheet import Sheet
from custseg_helpers.teach.guide import pdf_browser
from custseg_helpers.words.text import T, UserError, language, listed, verbatim


def parameters() -> list[click.Parameter]:
    """Return what `custseg certificate` takes."""
    return [
        option(
            "--names",
            T(zh="名单文件，或名字，如“林晓,王芳”", en="a file of names, or names: “Ana Ruiz, Li Na”"),
        ),
        option(
            "--from graded",
            T(zh="custseg collect 的结果文件夹", en="the folder that custseg collect wrote"),
            type=PATH,
            metavar="CLASS",
        ),
        option(
            "--at-least",
            T(
                zh="用 --from 时：基础题至少通过几成，老师评过的话至少得几成，默认 0.6",
                en="with --from: share of core exercises passed, and of the points for texts you marked; default 0.6",
            ),
            type=float,
            default=0.6,
            metavar="SHARE",
        ),
        lessons(),
        option(
            "--hours",
            T(zh="学时；默认按各课分钟数合计", en="hours; default: the lessons' minutes"),
            type=float,
        ),
        option("--course", T(zh="课程名称", en="the course's name")),
        option(
            "--date day",
            T(zh="日期，如 2026-11-30；默认今天", en="date, such as 2026-11-30; default: today"),
            type=DAY,
            metavar="DATE",
        ),
        option("--trainer", T(zh="讲师姓名", en="the trainer's name"), default=""),
        option("--organisation", T(zh="单位名称", en="the organisation"), default=""),
        out("certificates"),
        flag("--pdf", T(zh="另存 PDF（要有浏览器）", en="PDF as well (needs a browser)")),
    ]


def main(
    *,
    names: str | None,
    graded: Path | None,
    at_least: float,
    lessons: str | None,
    pdf: bool,
    out: Path,
    **words: Any,
) -> None:
    """Run `custseg certificate`."""
    if (names is None) == (graded is None):
        raise UserError(
            zh="要 --names（名单）或 --from（批改结果），写其中一个。",
            en="Give --names (a list) or --from (a graded class), one of the two.",
        )
    browser = pdf_browser() if pdf else None
    numbers = chosen(lessons) if lessons else None
    left: list[T] = []
    done: dict[str, list[str]] = {}
    if graded:
        if not 0 < at_least <= 1:
            raise UserError(
                zh="--at-least 应大于 0，不超过 1，如 0.6。",
                en="--at-least is above 0 and at most 1, such as 0.6.",
            )
        texts = text_shares(graded, numbers)
        for name, parts in shares(graded, numbers).items():
            if parts[ALL] >= at_least and texts.get(name, 1) >= at_least:
                done[name] = [number for number, part in parts.items() if number != ALL and part >= at_least]
            else:
                left.append(_short(name, parts[ALL], texts.get(name)))
    elif names is not None:
        done = dict.fromkeys(names_in(names), numbers or chosen(None))
    sheets = {file: _sheet(name, done[name], **words) for name, file in file_names(list(done)).items()}
    if sheets:
        write(sheets, out, browser)
    print(
        T(
            zh="{n} 张证书在“{out}”，全部打印就打开 all.html。",
            en="{n} certificates are in “{out}”; to print them all, open all.html.",
        ).format(n=len(sheets), out=out)
        if sheets
        else T(zh="没有人达到要求，没有写证书。", en="Nobody reached the share: no certificate was written.")
    )
    if left:
        print(T(zh="没有发给：{who}", en="None for: {who}").format(who=listed(left)))  # fmt: skip


def _short(name: str, exercises: float, texts: float | None) -> T:
    """Say how far a learner came who gets no certificate."""
    if texts is None:
        return verbatim(f"{name} ({exercises:.0%})")
    return T(
        zh="{name}（练习 {exercises:.0%}，写下的话 {texts:.0%}）",
        en="{name} (exercises {exercises:.0%}, texts {texts:.0%})",
    ).format(name=name, exercises=exercises, texts=texts)


def _sheet(
    name: str,
    numbers: Sequence[str],
    *,
    course: str | None,
    hours: float | None,
    day: datetime | None,
    trainer: str,
    organisation: str,
) -> Sheet:
    taught = sum(minutes(number).lesson for number in numbers)
    return Sheet(
        name=name,
        course=course or str(TITLE),
        lessons=tuple(f"{number}  {about(number)['title'][language()]}" for number in sorted(numbers)),
        hours=f"{hours or round(taught / 60, 2):g}",
        date=long_date((day or datetime.now()).date()),
        trainer=trainer,
        organisation=organisation,
    )
