"""`custseg guide`: what a trainer holds in hand, one page a lesson, and the same as PDF where a browser is found.

Nothing here is written twice: notes, minutes, exercises, known mistakes and quiz come from the lesson itself.
"""

from pathlib import Path

import click

from custseg_helpers.commands.parameters import flag, lessons, out
from custseg_helpers.course.syllabus import chosen, lesson_source
from custseg_helpers.files.whole import write_whole
from custseg_helpers.teach.guide import course_page, guide, pdf_browser, to_pdf
from custseg_helpers.words.text import T


def parameters() -> list[click.Parameter]:
    """Return what `custseg guide` takes."""
    return [
        lessons(),
        out("guide"),
        flag("--pdf", T(zh="另存 PDF（要有浏览器）", en="PDF as well (needs a browser)")),
    ]


def main(lessons: str | None, out: Path, pdf: bool) -> None:
    """Run `custseg guide`."""
    browser = pdf_browser() if pdf else None
    out.mkdir(parents=True, exist_ok=True)
    pages = {"course": course_page()}
    pages |= {source.name: guide(source) for source in map(lesson_source, chosen(lessons))}
    for name, html in pages.items():
        write_whole(out / f"{name}.html", html)
        if browser:
            to_pdf(browser, html, out / f"{name}.pdf")
    print(
        T(
            zh="{n} 份讲师手册在“{out}”，先看 course.html。",
            en="{n} trainer's pages are in “{out}”; start with course.html.",
        ).format(n=len(pages), out=out)
    )
