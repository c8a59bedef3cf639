"""`custseg forms`: a survey before the class, feedback after it, a letter that asks for data; and what came back.

A form is one page: to print on A4, or to fill on a screen, also a phone's, without network. What a learner saves is a
small file of JSON; `--summarise` reads a folder of such files, or a text into which they were pasted.
"""

from datetime import datetime
from pathlib import Path

import click

from custseg_helpers.commands.parameters import DAY, PATH, option, out
from custseg_helpers.files.whole import write_whole
from custseg_helpers.teach.forms import FORMS, LETTER, form_page, letter
from custseg_helpers.words.text import T


def parameters() -> list[click.Parameter]:
    """Return what `custseg forms` takes."""
    return [
        option(
            "--summarise",
            T(zh="汇总收回的表：放表的文件夹", en="sum up: the folder of what came back"),
            type=PATH,
            metavar="FOLDER",
        ),
        option(
            "--course", T(zh="写在表头的课程名称", en="the course's name, on top of the form"), default=""
        ),
        option(
            "--date day",
            T(
                zh="写在表头的日期；信里是截止日期",
                en="the date on top; in the letter, the day the data are due",
            ),
            type=DAY,
            metavar="DATE",
        ),
        option("--trainer", T(zh="信的落款", en="who signs the letter"), default=""),
        out("forms"),
    ]


def main(summarise: Path | None, course: str, day: datetime | None, trainer: str, out: Path) -> None:
    """Run `custseg forms`."""
    if summarise:
        from custseg_helpers.teach import forms_summary

        print(forms_summary.summarise(summarise, out))
        return
    date = f"{day:%Y-%m-%d}" if day else ""
    out.mkdir(parents=True, exist_ok=True)
    for form in FORMS:
        write_whole(out / f"{form}.html", form_page(form, course, date))
    write_whole(out / f"{LETTER}.html", letter(trainer, date))
    print(
        T(
            zh="“{out}”里有课前调查 needs.html、课后反馈 feedback.html、数据请求信 data_request.html：打印，或把文件发给学员。",
            en="In “{out}”: the survey needs.html, the feedback form feedback.html, the letter data_request.html. Print them, or send the files.",
        ).format(out=out)
    )
