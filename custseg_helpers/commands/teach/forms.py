"""`custseg forms`: a survey before the class, feedback after it, a letter that asks for data; and what came back.

A form is one page: to print on A4, or to fill on a screen, also a phone's, without network. What a learner saves is a
small file of JSON; `--summarise` reads a folder of such files, or a text into which they were pasted.
"""

import argparse
from datetime import date
from pathlib import Path

from custseg_helpers.files.whole import write_whole
from custseg_helpers.teach.forms import FORMS, LETTER, form_page, letter
from custseg_helpers.words.text import LANGUAGES, T, language, use_language


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments of `custseg forms`."""
    add = parser.add_argument
    add("--summarise", type=Path, metavar="FOLDER", help=str(T(zh="汇总收回的表：放表的文件夹", en="sum up: the folder of what came back")))  # fmt: skip
    add("--lang", choices=LANGUAGES, default=language(), help=str(T(zh="语言", en="language")))
    add("--course", default="", help=str(T(zh="写在表头的课程名称", en="the course's name, on top of the form")))  # fmt: skip
    add("--date", type=date.fromisoformat, help=str(T(zh="写在表头的日期；信里是截止日期", en="the date on top; in the letter, the day the data are due")))  # fmt: skip
    add("--trainer", default="", help=str(T(zh="信的落款", en="who signs the letter")))
    add("--out", type=Path, default=Path("forms"), help=str(T(zh="输出文件夹，默认 forms", en="output folder; default: forms")))  # fmt: skip


def main(options: argparse.Namespace) -> int:
    """Run `custseg forms`."""
    use_language(options.lang)
    if options.summarise:
        from custseg_helpers.teach.forms_summary import summarise

        print(summarise(options.summarise, options.out))
        return 0
    day = options.date.isoformat() if options.date else ""
    options.out.mkdir(parents=True, exist_ok=True)
    for form in FORMS:
        write_whole(options.out / f"{form}.html", form_page(form, options.course, day))
    write_whole(options.out / f"{LETTER}.html", letter(options.trainer, day))
    print(
        T(
            zh="“{out}”里有课前调查 needs.html、课后反馈 feedback.html、数据请求信 data_request.html：打印，或把文件发给学员。",
            en="In “{out}”: the survey needs.html, the feedback form feedback.html, the letter data_request.html. Print them, or send the files.",
        ).format(out=options.out)
    )
    return 0
