"""`custseg slides`: a deck a lesson, from the lesson's own source, as one file that needs no network.

Double-click it. S opens the speaker's window with the trainer's notes, F fills the screen; `?print-pdf` behind the
address lays the slides out for paper. reveal.js lies beside this module.
"""

from html import escape
from pathlib import Path

from custseg_helpers.course.source import Lesson
from custseg_helpers.files.fonts import font_css
from custseg_helpers.teach.slide_list import MARKDOWN, Slide, slides
from custseg_helpers.words.text import LANGUAGES, T

ASSETS = Path(__file__).with_name("deck")
START = """\
Reveal.initialize({
  width: 1280, height: 720, margin: 0, center: false, display: "flex", hash: true,
  slideNumber: "c/t", transition: "none", backgroundTransition: "none", pdfSeparateFragments: false,
  plugins: [RevealNotes]
});
"""
DARK = "#014f7b"


def deck(lesson: Lesson, lang: str) -> str:
    """Return a lesson's slides in one language as one HTML page.

    >>> from custseg_helpers.course.syllabus import lesson_source
    >>> page = deck(lesson_source("00"), "en")
    >>> page.count("<section") > 10, "<link" in page
    (True, False)
    """
    scripts = "\n".join(
        f"<script>{script}</script>" for script in (_script("reveal.js"), _script("notes.js"), START)
    )
    return _page(lesson, lang, ("reveal.css", "slides.css"), scripts)


def paper(lesson: Lesson, lang: str) -> str:
    """Return a lesson's slides in one language as one HTML page to print: a sheet a slide, without a script.

    >>> from custseg_helpers.course.syllabus import lesson_source
    >>> "<script" in paper(lesson_source("00"), "en")
    False
    """
    return _page(lesson, lang, ("slides.css", "paper.css"))


def _page(lesson: Lesson, lang: str, styles: tuple[str, ...], scripts: str = "") -> str:
    sections = "\n".join(_section(slide, lesson) for slide in slides(lesson, lang))
    title = escape(f"{lesson.number} · {lesson.title.within(lang)}")
    place = T(zh="第 {n} 课的幻灯片（{lang}）", en="slides of lesson {n} ({lang})").format(
        n=lesson.number, lang=LANGUAGES[lang].name
    )
    return (
        f'<!doctype html>\n<html lang="{"zh-CN" if lang == "zh" else "en"}"><head><meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>{title}</title>\n'
        f"<style>{font_css(sections, place)}{''.join(map(_asset, styles))}</style></head>\n"
        f'<body><div class="reveal"><div class="slides">\n{sections}\n</div></div>\n{scripts}</body></html>\n'
    )


def _section(slide: Slide, lesson: Lesson) -> str:
    notes = f'<aside class="notes">{"".join(slide.notes)}</aside>' if slide.notes else ""
    title, section = (MARKDOWN.renderInline(text) for text in (slide.title, slide.section))
    if slide.kind == "opening":
        return (
            f'<section class="opening" data-background-color="{DARK}"><p class="number">{lesson.number}</p>'
            f"<h1>{title}</h1>{slide.words}{notes}</section>"
        )
    words = f'<div class="words">{slide.words}</div>' if slide.words.strip() else ""
    return (
        f'<section class="{slide.kind} {slide.look}"><header><p>{lesson.number} · {section}</p>'
        f'<h2>{title}</h2></header><div class="body">{words}{slide.output}</div>{notes}</section>'
    )


def _asset(name: str) -> str:
    return (ASSETS / name).read_text(encoding="utf-8")


def _script(name: str) -> str:
    """Return a script as it may stand inside a page: nothing in it opens a comment or ends the script."""
    return _asset(name).replace("</script", r"\x3C/script").replace("<!--", r"\x3C!--")
