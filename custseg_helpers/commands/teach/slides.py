"""`custseg slides`: a deck a lesson, from the lesson's own source, as one file that needs no network.

Double-click it. S opens the speaker's window with the trainer's notes, F fills the screen; `?print-pdf` behind the
address lays the slides out for paper. reveal.js lies beside this module.
"""

import time
from pathlib import Path

import click

from custseg_helpers.commands.parameters import flag, lessons, out
from custseg_helpers.course.syllabus import chosen, lesson_source
from custseg_helpers.files.whole import write_whole
from custseg_helpers.teach.guide import pdf_browser, to_pdf
from custseg_helpers.teach.slides import deck, paper
from custseg_helpers.words.text import T, language


def parameters() -> list[click.Parameter]:
    """Return what `custseg slides` takes."""
    return [
        lessons(),
        out("slides"),
        flag("--pdf", T(zh="另存 PDF（要有浏览器）", en="PDF as well (needs a browser)")),
    ]


def main(lessons: str | None, out: Path, pdf: bool) -> None:
    """Run `custseg slides`."""
    browser = pdf_browser() if pdf else None
    begun = time.monotonic()
    lang = language()
    out.mkdir(parents=True, exist_ok=True)
    chosen_lessons = [lesson_source(number) for number in chosen(lessons)]
    decks = [deck(lesson, lang) for lesson in chosen_lessons]
    for lesson, page in zip(chosen_lessons, decks, strict=True):
        name = f"{lesson.name}_{lang}"
        write_whole(out / f"{name}.html", page)
        if browser:
            to_pdf(browser, paper(lesson, lang), out / f"{name}.pdf")
    print(
        T(
            zh="{n} 份幻灯片在“{out}”（{seconds:.0f} 秒）。双击打开；S 看讲稿，F 全屏，方向键翻页。",
            en="Decks: {n}, in “{out}” ({seconds:.0f} s). Double-click one. S: speaker's notes, F: full screen, arrows: next and back.",
        ).format(n=len(chosen_lessons), out=out, seconds=time.monotonic() - begun)
    )
