"""The slides of a lesson, in order: what its source marks for them, and what every lesson has.

Opening, objectives, exercises, quiz, key points and the next lesson come by themselves. In between stand the cells
with `slide` or `slide-only` in their tags; trainers' cells become the notes of the slide before them.
"""

import re
from dataclasses import dataclass, field
from html import escape

from markdown_it import MarkdownIt

from custseg_helpers.course.clock import HEADING
from custseg_helpers.course.compose import Task, side, tasks
from custseg_helpers.course.frame import KINDS, LEVELS
from custseg_helpers.course.languages import in_language
from custseg_helpers.course.source import Cell, Lesson, paired
from custseg_helpers.course.syllabus import Section, sections
from custseg_helpers.learn.lessons import exercise, minutes_in
from custseg_helpers.learn.quiz import questions
from custseg_helpers.teach.slide_outputs import code_outputs, shown
from custseg_helpers.words.text import T

MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
ABOUT_FIGURE = re.compile(
    r"\*\*(?:这张图说了什么：|What the figure tells:)\*\*\s*(.+?)\s*(?:\*\*|$)", re.DOTALL
)


@dataclass
class Slide:
    """One slide: its title and the section's, its words and one output (both HTML), the speaker's notes (HTML)."""

    kind: str
    title: str
    section: str
    words: str = ""
    output: str = ""
    look: str = ""
    notes: list[str] = field(default_factory=list)


def slides(lesson: Lesson, lang: str) -> list[Slide]:
    """Return a lesson's slides in one language.

    >>> from custseg_helpers.course.syllabus import lesson_source
    >>> [slide.title for slide in slides(lesson_source("04"), "en")][1::100]
    ['After this lesson you can']
    """
    return _Deck(lesson, lang).slides


class _Deck:
    """A lesson on its way to slides: the section reached, and what was made so far."""

    def __init__(self, lesson: Lesson, lang: str):
        self.lesson, self.lang = lesson, lang
        self.sections = sections(lesson)
        self.section = self.sections[0]
        self.head = str(lesson.title.within(lang))
        self.tasks = {task.id: task for task in tasks(lesson)}
        self.minutes = minutes_in(lesson.folder)
        self.slides: list[Slide] = []
        self.told: set[int] = set()
        outputs = iter(code_outputs(lesson, lang))
        cells = list(paired(lesson.lesson))
        for place, cell in enumerate(cells):
            if isinstance(cell, tuple):
                self._text(side(cell, lang))
            elif "about" in cell.attributes:
                self._about(cell.attributes["about"])
            elif "try" in cell.attributes:
                self._try(cell.attributes["try"].split())
            elif cell.kind == "code":
                self._code(cell, next(outputs), cells[place + 1 :])

    def _say(self, zh: str, en: str) -> str:
        return T(zh=zh, en=en).within(self.lang)

    def _in(self, text: T) -> str:
        return str(text.within(self.lang))

    def _add(self, kind: str, title: str, words: str = "") -> Slide:
        slide = Slide(kind, title, self.head, words)
        if self.section.number not in self.told and kind != "opening":
            self.told.add(self.section.number)
            slide.notes.append(self._clock(self.section))
        self.slides.append(slide)
        return slide

    def _clock(self, section: Section) -> str:
        practise = self._say(f"，练 {section.exercise} 分钟", f", practise {section.exercise} min")
        text = self._say(
            f"{section.code}：讲 {section.teach} 分钟", f"{section.code}: teach {section.teach} min"
        )
        return f"<p><strong>{text}{practise if section.exercise else ''}</strong></p>"

    def _text(self, cell: Cell) -> None:
        if cell.for_trainer:
            self.slides[-1].notes.append(_html(cell.text))
            return
        heading, _, rest = cell.text.partition("\n")
        if heading.startswith("## ") and not cell.slide_only:
            self.head = re.sub(r"^## (\d+\. )?", "", heading)
            number = HEADING.match(heading)
            self.section = self.sections[int(number[1])] if number else self.section
        if cell.slide_only:
            self._add("text", heading.removeprefix("## "), _html(rest))
        elif "slide" in cell.tags:
            self._add("text", self.head, _html(rest if heading.startswith("## ") else cell.text))

    def _code(self, cell: Cell, outputs: list[dict], following: list) -> None:
        if {"slide", "slide-code"} & set(cell.tags):
            slide = self.slides[-1]
            if slide.kind != "text" or slide.output:
                slide = self._add("text", slide.title if slide.kind == "text" else self.head)
            html, slide.look = shown(outputs, cell, self._alt(slide.title, following))
            if "slide-code" in cell.tags:
                html = f'<pre class="code">{escape(in_language(cell, self.lang))}</pre>{html}'
            slide.output = html
        elif re.search(rf'^quiz\("{self.lesson.number}"\)', cell.text, re.MULTILINE):
            self._quiz()

    def _alt(self, title: str, following: list) -> str:
        """Return a figure's words for those who do not see it: what the lesson itself says the figure tells."""
        texts = (side(c, self.lang) for c in following if isinstance(c, tuple))
        told = next((text.text for text in texts if not (text.slide_only or text.for_trainer)), "")
        found, title = ABOUT_FIGURE.match(told), re.sub("[`*]", "", title)
        return f"{title}{self._say('：', ': ')}{found[1]}" if found else title

    def _about(self, what: str) -> None:
        lesson = self.lesson
        if what == "opening":
            minutes = self._say(f"{self.minutes.lesson} 分钟", f"{self.minutes.lesson} minutes")
            slide = self._add(
                "opening",
                self._in(lesson.title),
                f'<p class="question">{escape(self._in(lesson.question))}</p><p class="minutes">⏱ {minutes}</p>',
            )
            slide.notes.append(
                f"<p>{self._say('S 打开讲稿，F 全屏，B 黑屏，Esc 看全部。', 'S: these notes. F: full screen. B: black screen. Esc: all slides.')}</p>"
            )
            title = self._say("学完这一课，你能", "After this lesson you can")
            self._add("points", title, self._list(lesson.objectives))
        elif what == "key_points":
            self.head = self._in(lesson.title)
            self._add("points", self._say("要点", "Key points"), self._list(lesson.key_points))
        elif what == "next":
            self.head = self._in(lesson.title)
            self._add("text", self._say("下一课", "Next"), f"<p>{escape(self._in(lesson.next))}</p>")

    def _list(self, texts: tuple[T, ...]) -> str:
        return _html("\n".join(f"- {self._in(text)}" for text in texts))

    def _try(self, names: list[str]) -> None:
        chosen = [self.tasks[name] for name in names]
        minutes = sum(self.minutes.exercises[task.id] for task in chosen if task.marks["level"] == "core")
        title = self._say("轮到你", "Now you")
        if minutes:
            title += self._say(f"：{minutes} 分钟", f": {minutes} minutes")
        rows = "".join(map(self._task, chosen))
        book = f"exercises/{self.lang}/{self.lesson.name}_exercises.ipynb"
        where = f'<p class="where">{self._say("练习册：", "Workbook: ")}{book}</p>'
        slide = self._add("try", title, f'<ul class="tasks{" full" * (len(chosen) > 3)}">{rows}</ul>{where}')
        for task in chosen:
            slide.notes += self._stumbles(task)

    def _task(self, task: Task) -> str:
        marks = task.marks
        kind, level = self._in(KINDS[marks["kind"]]), self._in(LEVELS[marks["level"]])
        minutes = self.minutes.exercises[task.id]
        clock = self._say(f"{minutes} 分钟", f"{minutes} min")
        return (
            f'<li class="{marks["level"]}"><span>{escape(task.title(self.lang))}'
            f'<span class="name">{kind} · {level}</span></span><span class="clock">{clock}</span></li>'
        )

    def _stumbles(self, task: Task) -> list[str]:
        known = exercise(task.id)
        advice = [self._in(known.words.advice[mistake.name]) for mistake in known.mistakes]
        head = self._say(f"练习 {task.number} 常犯的错", f"Exercise {task.number}: where they stumble")
        return [_html(f"**{head}**\n\n" + "\n".join(f"- {text}" for text in advice))] if advice else []

    def _quiz(self) -> None:
        asked = questions(self.lesson.number)
        for number, question in enumerate(asked, 1):
            options = "".join(f"<li>{escape(self._in(option.text))}</li>" for option in question.options)
            title = self._say(f"小测验 {number}/{len(asked)}", f"Quiz {number} of {len(asked)}")
            words = f'<p>{escape(self._in(question.text))}</p><ol class="options">{options}</ol>'
            slide = self._add("quiz", title, words)
            for letter, option in zip("ABCDEFGH", question.options, strict=False):
                mark = "✓ " if option.right else ""
                slide.notes.append(f"<p>{mark}{letter}: {escape(self._in(option.reason))}</p>")


def _html(text: str) -> str:
    """Return Markdown as HTML; links become their words: a slide is not clicked."""
    return re.sub(r"</?a\b[^>]*>", "", MARKDOWN.render(text))
