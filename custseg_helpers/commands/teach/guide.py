"""`custseg guide`: what a trainer holds in hand, one page a lesson, and the same as PDF where a browser is found.

Nothing here is written twice: notes, minutes, exercises, known mistakes and quiz come from the lesson itself.
"""

import argparse
from pathlib import Path

from custseg_helpers.course.syllabus import chosen, lesson_source
from custseg_helpers.files.whole import write_whole
from custseg_helpers.teach.guide import course_page, guide, pdf_browser, to_pdf
from custseg_helpers.words.text import T


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments of `custseg guide`."""
    parser.add_argument(
        "--lessons", default="00-15", help=str(T(zh="哪些课，如 00-04", en="which lessons, such as 00-04"))
    )
    parser.add_argument("--out", type=Path, default=Path("guide"), help=str(T(zh="输出文件夹，默认 guide", en="output folder; default: guide")))  # fmt: skip
    parser.add_argument("--pdf", action="store_true", help=str(T(zh="另存 PDF（要有浏览器）", en="PDF as well (needs a browser)")))  # fmt: skip


def main(options: argparse.Namespace) -> int:
    """Run `custseg guide`."""
    browser = pdf_browser() if options.pdf else None
    options.out.mkdir(parents=True, exist_ok=True)
    pages = {"course": course_page()}
    pages |= {source.name: guide(source) for source in map(lesson_source, chosen(options.lessons))}
    for name, html in pages.items():
        write_whole(options.out / f"{name}.html", html)
        if browser:
            to_pdf(browser, html, options.out / f"{name}.pdf")
    print(
        T(
            zh="{n} 份讲师手册在“{out}”，先看 course.html。",
            en="{n} trainer's pages are in “{out}”; start with course.html.",
        ).format(n=len(pages), out=options.out)
    )
    return 0
