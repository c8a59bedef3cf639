"""`custseg slides`: a deck a lesson, from the lesson's own source, as one file that needs no network.

Double-click it. S opens the speaker's window with the trainer's notes, F fills the screen; `?print-pdf` behind the
address lays the slides out for paper. reveal.js lies beside this module.
"""

import argparse
import time
from pathlib import Path

from custseg_helpers.course.syllabus import chosen, lesson_source
from custseg_helpers.files.whole import write_whole
from custseg_helpers.teach.guide import pdf_browser, to_pdf
from custseg_helpers.teach.slides import deck, paper
from custseg_helpers.words.text import LANGUAGES, T, language


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments of `custseg slides`."""
    parser.add_argument("--lessons", default="00-15", help=str(T(zh="哪些课，如 00-07", en="which lessons, such as 00-07")))  # fmt: skip
    parser.add_argument("--lang", choices=LANGUAGES, help=str(T(zh="中文或英文", en="Chinese or English")))
    parser.add_argument("--out", type=Path, default=Path("slides"), help=str(T(zh="输出文件夹，默认 slides", en="output folder; default: slides")))  # fmt: skip
    parser.add_argument("--pdf", action="store_true", help=str(T(zh="另存 PDF（要有浏览器）", en="PDF as well (needs a browser)")))  # fmt: skip


def main(options: argparse.Namespace) -> int:
    """Run `custseg slides`."""
    browser = pdf_browser() if options.pdf else None
    begun = time.monotonic()
    lang = options.lang or language()
    options.out.mkdir(parents=True, exist_ok=True)
    lessons = [lesson_source(number) for number in chosen(options.lessons)]
    decks = [deck(lesson, lang) for lesson in lessons]
    for lesson, page in zip(lessons, decks, strict=True):
        name = f"{lesson.name}_{lang}"
        write_whole(options.out / f"{name}.html", page)
        if browser:
            to_pdf(browser, paper(lesson, lang), options.out / f"{name}.pdf")
    print(
        T(
            zh="{n} 份幻灯片在“{out}”（{seconds:.0f} 秒）。双击打开；S 看讲稿，F 全屏，方向键翻页。",
            en="Decks: {n}, in “{out}” ({seconds:.0f} s). Double-click one. S: speaker's notes, F: full screen, arrows: next and back.",
        ).format(n=len(lessons), out=options.out, seconds=time.monotonic() - begun)
    )
    return 0
