"""The pages that lead: home, how to start, the list of lessons, the list of workbooks."""

from collections.abc import Iterator
from typing import Any

from custseg_helpers.course.compose import tasks
from custseg_helpers.course.syllabus import lesson_source
from custseg_helpers.learn.lessons import about, lesson_folders, minutes_in
from custseg_helpers.learn.start_page import HOW, WELCOME
from custseg_helpers.site.download import NAME as ARCHIVE
from custseg_helpers.site.written import own_text
from custseg_helpers.words.text import Language


def home_page(lang: Language, *, lite: bool) -> str:
    """Return the first page; the browser edition is offered where it is part of the site.

    >>> "lite/en/index.html" in home_page("en", lite=True), "lite/" in home_page("en", lite=False)
    (True, False)
    """
    title, _, welcome = WELCOME.within(lang).partition("\n\n")
    return own_text("home", lang, title=title, welcome=welcome, lite=lite, lessons=_lessons(lang))


def start_guide(lang: Language, megabytes: int, *, lite: bool) -> str:
    """Return the page with the ways to start, and how a notebook works."""
    how = HOW.within(lang).rpartition("\n")[0]  # its last line is about a cell of the start page
    return own_text("start", lang, megabytes=megabytes, archive=ARCHIVE, lite=lite, how=how)


def lesson_list(lang: Language) -> str:
    """Return what each lesson is for."""
    return own_text("lessons", lang, lessons=_lessons(lang)) + _toctree(lang)


def workbook_list(lang: Language) -> str:
    """Return the list of workbooks: how many exercises, and the minutes of the core ones."""
    return own_text("workbooks", lang, lessons=_lessons(lang)) + _toctree(lang)


def _lessons(lang: Language) -> Iterator[dict[str, Any]]:
    """Yield what the pages say about each lesson."""
    for number, folder in lesson_folders().items():
        lesson = about(number)
        exercises = {task.id: task.marks["level"] for task in tasks(lesson_source(number))}
        minutes = minutes_in(folder)
        yield {
            "number": number,
            "name": folder.name,
            "title": lesson["title"][lang],
            "question": lesson["question"][lang],
            "objectives": [objective[lang] for objective in lesson["objectives"]],
            "minutes": minutes.lesson,
            "exercises": len(exercises),
            "core_minutes": sum(
                minutes.exercises[name] for name, level in exercises.items() if level == "core"
            ),
        }


def _toctree(lang: Language) -> str:
    pages = "".join(
        f"{lesson['number']} · {lesson['title']} <{lesson['name']}>\n" for lesson in _lessons(lang)
    )
    return f"```{{toctree}}\n:hidden:\n\n{pages}```\n"
