"""`custseg guide`: what a trainer holds in hand, one page a lesson, and the same as PDF where a browser is found.

Nothing here is written twice: notes, minutes, exercises, known mistakes and quiz come from the lesson itself.
"""

import json
import subprocess
import tempfile
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Literal

import pandas as pd
from markdown_it import MarkdownIt
from markupsafe import Markup

from custseg_helpers.course.clock import HEADING
from custseg_helpers.course.compose import Task, tasks
from custseg_helpers.course.frame import KINDS, LEVELS
from custseg_helpers.course.languages import in_language
from custseg_helpers.course.solutions import solved
from custseg_helpers.course.source import Lesson, paired
from custseg_helpers.course.syllabus import sections, to_skip
from custseg_helpers.diagnosis.knobs import choices_of
from custseg_helpers.files.browsers import find_browser
from custseg_helpers.files.page import PARTS, fill, html_list, page, part
from custseg_helpers.files.tables import html_table
from custseg_helpers.learn.exercise import Exercise
from custseg_helpers.learn.lessons import exercise, minutes_in
from custseg_helpers.learn.quiz import questions
from custseg_helpers.teach.forms import FORMS, GUIDE, numbered
from custseg_helpers.words.text import T, UserError, language, listed

MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
LATE = 20

Coincide = dict[Literal["right", "alike"], list[list[str]]]
"""Mistakes of an exercise that say nothing on a company, by their names: they come to the right answer, or to each other."""
COINCIDE = Path(__file__).with_name("coincide.json")
"""Those of every exercise on every sample company; `python -m benchmarks.knobs` writes it."""
NO_MISTAKE = {
    "right": T(
        zh="{company}：算出来就是正确答案，这里不算错：第 {numbers} 条。",
        en="{company}: the right answer comes out, so no mistake there: {numbers}.",
    ),
    "alike": T(
        zh="{company}：结果一样，分不出是哪一种，一起提示：第 {numbers} 条。",
        en="{company}: the same comes out, nobody can tell which, and all are told: {numbers}.",
    ),
}


def guide(lesson: Lesson) -> str:
    """Return the trainer's page of a lesson as HTML, in the current language.

    >>> from custseg_helpers.course.syllabus import lesson_source
    >>> from custseg_helpers.words.text import use_language
    >>> use_language("en")
    >>> "Where they stumble" in guide(lesson_source("04"))
    True
    """
    files = (
        f"notebooks/{language()}/{lesson.name}.ipynb",
        f"exercises/{language()}/{lesson.name}_exercises.ipynb",
    )
    parts = [
        (T(zh="学员会做什么", en="What learners will be able to do"), html_list(list(lesson.objectives))),
        (
            T(zh="要用的材料", en="Materials"),
            html_list([*files, str(T(zh="白板、便利贴", en="a board and sticky notes"))]),
        ),
        (T(zh="一节一节怎么讲", en="Section by section"), _sections(lesson)),
        (T(zh="练习", en="Exercises"), _exercises(lesson)),
        (T(zh="小测验的答案", en="Quiz: the answers"), _quiz(lesson.number)),
        (T(zh="要点", en="Key points"), html_list(list(lesson.key_points))),
    ]
    lead = lesson.question + T(zh="（{n} 分钟）", en=" ({n} min)").format(n=minutes_in(lesson.folder).lesson)
    return page(PARTS, title=f"{lesson.number} · {lesson.title}", lead=lead, parts=parts)


def notes(lesson: Lesson) -> dict[int, list[T]]:
    """Return the trainer's notes by the number of the section where they stand.

    >>> from custseg_helpers.course.syllabus import lesson_source
    >>> sorted(notes(lesson_source("05")))
    [0, 6]
    """
    found: dict[int, list[T]] = {}
    number = 0
    for cell in paired(lesson.lesson):
        if isinstance(cell, tuple):
            if HEADING.search(cell[0].text):
                number += 1
            if cell[0].for_trainer:
                found.setdefault(number, []).append(T(zh=cell[0].text, en=cell[1].text))
    return found


def course_text() -> str:
    """Return the guide for the whole course as Markdown: before the class, on the day, after it."""
    return fill(GUIDE, **{form: numbered(form) for form in FORMS})


def course_page() -> str:
    """Return the guide for the whole course as a page."""
    opening, *chapters = course_text().split("\n## ")
    title, lead = opening.removeprefix("# ").split("\n", 1)
    cut = [chapter.partition("\n") for chapter in chapters]
    parts = [(head, _markdown(body)) for head, _, body in cut]
    return page(PARTS, title=title, lead=lead.strip(), parts=parts)


def _markdown(text: str) -> Markup:
    return Markup(MARKDOWN.render(text))


def pdf_browser() -> str:
    """Return a browser that can print a page as PDF."""
    found = find_browser(printing=True)
    if not found:
        raise UserError(
            zh="没找到 Chrome、Chromium 或 Edge，做不了 PDF。去掉 --pdf，打开网页后用浏览器的“打印 → 存为 PDF”。",
            en="No Chrome, Chromium or Edge was found to make the PDF. Leave --pdf out, open the page and print it as PDF.",
        )
    return str(found)


def to_pdf(browser: str, html: str, target: Path) -> Path:
    """Print a page that needs no script to a PDF file."""
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder, "page.html")
        page.write_text(html, encoding="utf-8")
        command = [browser, "--headless=new", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
        command += [f"--user-data-dir={folder}", f"--print-to-pdf={target.absolute()}", page.as_uri()]
        done = subprocess.run(command, capture_output=True, timeout=120)
    if done.returncode or not target.is_file():
        raise UserError(
            zh=f"浏览器没能做出“{target.name}”。请打开同名网页，自己打印成 PDF。",
            en=f"The browser did not make “{target.name}”. Open the page of that name and print it yourself.",
        )
    return target


def _sections(lesson: Lesson) -> Markup:
    parts = sections(lesson)
    rows = []
    for section in parts:
        doing = ", ".join(section.exercises)
        rows.append((section.code, str(section.title), section.teach, section.exercise, doing))
    heads = [
        T(zh="节", en="section"), T(zh="内容", en="content"), T(zh="讲（分钟）", en="teach (min)"),
        T(zh="练（分钟）", en="practise (min)"), T(zh="练习", en="exercises"),
    ]  # fmt: skip
    return part(
        "teach/templates/sections.html.jinja",
        table=html_table(pd.DataFrame(rows, columns=list(map(str, heads))), codes=False),
        late=T(zh="晚了 {n} 分钟，先省：{what}。", en="{n} minutes late? Leave out first: {what}.").format(
            n=LATE,
            what=T(zh="、", en="; ").join(
                f"{section.code} {section.title}" for section in to_skip(lesson, LATE)
            ),
        ),
        notes=[
            (parts[number], [_markdown(str(text)) for text in texts])
            for number, texts in notes(lesson).items()
        ],
    )


def _exercises(lesson: Lesson) -> Markup:
    minutes = minutes_in(lesson.folder).exercises
    return Markup().join(_exercise(task, minutes[task.id]) for task in tasks(lesson))


def _exercise(task: Task, minutes: int) -> Markup:
    known, marks = exercise(task.id), task.marks
    return part(
        "teach/templates/exercise.html.jinja",
        head=f"{task.title(language())} · {task.id}",
        kind=f"{KINDS[marks['kind']]} · {LEVELS[marks['level']]} · {_minutes(minutes)}",
        body=_markdown(task.asked(language())),
        answer=solved(replace(task.answer, text=in_language(task.answer, language()))),
        advice=[
            (head, _markdown("\n".join(f"{mark} {text}" for text in texts)))
            for head, mark, texts in _advice(known)
        ],
    )


@cache
def coinciding() -> dict[str, dict[str, Coincide]]:
    """Return, by exercise and sample company, the mistakes that say nothing there."""
    found: dict[str, dict[str, Coincide]] = json.loads(COINCIDE.read_text(encoding="utf-8"))
    return found


def _no_mistakes(known: Exercise) -> list[T]:
    """Say on which company which of an exercise's mistakes, by their numbers, is none or cannot be told from another."""
    place = {mistake.name: number for number, mistake in enumerate(known.mistakes, 1)}
    return [
        NO_MISTAKE[how].format(company=company, numbers=listed([str(place[name]) for name in names]))
        for company, silent in coinciding().get(known.id, {}).items()
        for how, groups in silent.items()
        for names in groups
    ]


def _advice(known: Exercise) -> list[tuple[T, str, list[T]]]:
    """Return what there is to say to an exercise; mistakes are numbered, as class tables number them."""
    words = known.words
    mistakes = [words.advice[mistake.name] for mistake in known.mistakes]
    choice = T(
        zh="`{knob}`：对的是 `{right}`，也认得 {others}",
        en="`{knob}`: right is `{right}`; {others} is recognised",
    )
    choices = [
        choice.format(knob=knob, right=right, others=listed([f"`{other}`" for other in others]))
        for knob, (right, *others) in choices_of(known.answer).items()
    ]
    found = [
        (T(zh="学员常犯的错", en="What learners get wrong"), "1.", mistakes),
        (T(zh="换了公司，有的不算错", en="Where a mistake is none"), "-", _no_mistakes(known)),
        (T(zh="答案里的选择", en="Choices in the answer"), "-", choices),
        (T(zh="提示", en="Hints"), "-", list(words.hints)),
        (T(zh="评分点", en="Points of a full answer"), "-", list(words.rubric.values())),
    ]
    return [(head, mark, texts) for head, mark, texts in found if texts]


def _quiz(number: str) -> Markup:
    asked = [(one, next(option for option in one.options if option.right)) for one in questions(number)]
    return part("teach/templates/quiz.html.jinja", asked=asked)


def _minutes(minutes: int) -> T:
    return T(zh="{n} 分钟", en="{n} min").format(n=minutes)
