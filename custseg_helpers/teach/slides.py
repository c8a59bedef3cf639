"""`custseg slides`: a deck a lesson, from the lesson's own source, as one file that needs no network.

Double-click it. S opens the speaker's window with the trainer's notes, F fills the screen; `?print-pdf` behind the
address lays the slides out for paper. reveal.js lies beside this module.
"""

from markupsafe import Markup

from custseg_helpers.course.source import Lesson
from custseg_helpers.files.page import asset, page, token
from custseg_helpers.teach.slide_list import MARKDOWN, slides
from custseg_helpers.words.text import LANGUAGES, T, speaking

START = """\
Reveal.initialize({
  width: 1280, height: 720, margin: 0, center: false, display: "flex", hash: true,
  slideNumber: "c/t", transition: "none", backgroundTransition: "none", pdfSeparateFragments: false,
  plugins: [RevealNotes]
});
"""


def deck(lesson: Lesson, lang: str) -> str:
    """Return a lesson's slides in one language as one HTML page.

    >>> from custseg_helpers.course.syllabus import lesson_source
    >>> page = deck(lesson_source("00"), "en")
    >>> page.count("<section") > 10, "<link" in page
    (True, False)
    """
    scripts = [_script("reveal.js"), _script("notes.js"), Markup(START)]
    return _page(lesson, lang, ["reveal.css", "slides.css"], scripts)


def paper(lesson: Lesson, lang: str) -> str:
    """Return a lesson's slides in one language as one HTML page to print: a sheet a slide, without a script.

    >>> from custseg_helpers.course.syllabus import lesson_source
    >>> "<script" in paper(lesson_source("00"), "en")
    False
    """
    return _page(lesson, lang, ["slides.css", "paper.css"], [])


def _page(lesson: Lesson, lang: str, styles: list[str], scripts: list[Markup]) -> str:
    place = T(zh="第 {n} 课的幻灯片（{lang}）", en="slides of lesson {n} ({lang})").format(
        n=lesson.number, lang=LANGUAGES[lang].name
    )
    with speaking(lang):
        return page(
            "teach/templates/slides.html.jinja",
            place=place,
            title=f"{lesson.number} · {lesson.title}",
            number=lesson.number,
            slides=slides(lesson, lang),
            inline=lambda text: Markup(MARKDOWN.renderInline(text)),
            markup=Markup,
            styles=[asset(f"teach/deck/{name}") for name in styles],
            scripts=scripts,
            brand=token("brand"),
        )


def _script(name: str) -> Markup:
    """Return a script as it may stand inside a page: nothing in it opens a comment or ends the script."""
    text = str(asset(f"teach/deck/{name}"))
    return Markup(text.replace("</script", r"\x3C/script").replace("<!--", r"\x3C!--"))
