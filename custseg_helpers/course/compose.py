"""Compose a lesson's notebooks: the lesson, the workbook and the solutions, cell by cell, in one language."""

from dataclasses import dataclass, replace
from typing import Any

from custseg_helpers.course import clock, frame
from custseg_helpers.course.asked.before import before
from custseg_helpers.course.asked.steps import BLANKED, has_steps
from custseg_helpers.course.card import names_card
from custseg_helpers.course.languages import in_language
from custseg_helpers.course.solutions import answer_code, check_markers, open_answers, solved, workbook
from custseg_helpers.course.source import SLIDE_TAGS, Cell, Lesson, Problem, paired
from custseg_helpers.learn import rungs
from custseg_helpers.learn.lessons import LONGEST_SLUG, SLUG
from custseg_helpers.words.text import LANGUAGES, T, listed, stand_in


@dataclass(frozen=True)
class Task:
    """One exercise: its id, its place in the workbook (from 1), its text in every language, its answer, rung, minutes."""

    id: str
    number: int
    texts: tuple[Cell, ...]
    answer: Cell
    rung: str
    minutes: int

    @property
    def marks(self) -> dict[str, Any]:
        """Kind and level."""
        return self.answer.attributes

    def title(self, lang: str) -> str:
        """Return its number and the heading of its text: `3 · How much each customer spent`."""
        return f"{self.number} · {self.heading(lang)}"

    def heading(self, lang: str) -> str:
        """Return the heading of its text: `How much each customer spent`."""
        return self._parts(lang)[0].removeprefix("### ").strip()

    def asked(self, lang: str) -> str:
        """Return its text below the heading."""
        return self._parts(lang)[2].strip()

    def _parts(self, lang: str) -> tuple[str, str, str]:
        return side(self.texts, lang).text.partition("\n")


def tasks(lesson: Lesson) -> list[Task]:
    """Return a lesson's exercises in order; wrong numbers and marks are `Problem`s."""
    found: list[Task] = []
    waiting: tuple[Cell, ...] | None = None
    for cell in paired(lesson.exercise):
        if isinstance(cell, tuple):
            if "exercise" in cell[0].attributes:
                if waiting:
                    raise _no_answer(waiting[0])
                waiting = cell
        elif cell.kind == "code":
            check_markers(cell, allowed="exercise" in cell.attributes)
            if "exercise" in cell.attributes:
                found.append(_task(lesson, len(found) + 1, waiting, cell))
                waiting = None
    if waiting:
        raise _no_answer(waiting[0])
    return found


def lesson_cells(lesson: Lesson, lang: str, *, trainer: bool = False) -> list[Cell]:
    """Return the lesson in one language; trainer cells only for the trainer edition."""
    exercises = {task.id: task for task in tasks(lesson)}
    cells = []
    for cell in map(_without_slides, _one_language(lesson.lesson, lang)):
        if cell.slide_only:
            continue
        if cell.kind == "code":
            check_markers(cell, allowed=False)
            cells.append(replace(cell, text=in_language(cell, lang)))
        elif "about" in cell.attributes or "try" in cell.attributes:
            cells.append(replace(cell, text=_filled(lesson, cell, exercises, lang)))
        elif trainer or not cell.for_trainer:
            cells.append(cell)
    return cells


def workbook_cells(
    lesson: Lesson, lang: str, *, answers: bool = False, rung: str | None = None
) -> list[Cell]:
    """Return the exercises without their answers, each on its own rung, or all on `rung`.

    With `answers` all are on the rung `write`, and each answer stands in its markers below its stub.
    """
    own = {task.id: rung or task.rung for task in tasks(lesson)}
    exercises = _exercise_cells(lesson, lang, solved=False)
    cells = workbook(exercises, answers=answers, standing={} if answers else own)
    card = names_card([cell.text for cell in answered_cells(lesson, lang)], lang)
    return [cells[0], *([Cell("markdown", card, cells[0].place)] if card else []), *cells[1:]]


def ladders(lesson: Lesson) -> dict[str, rungs.Ladder]:
    """Return the rungs of a lesson's exercises, where they have steps."""
    known = {task.id: task for task in tasks(lesson)}
    spoken = {
        lang: {cells[one.place].attributes["exercise"]: one for one in open_answers(cells)}
        for lang in LANGUAGES
        for cells in [_exercise_cells(lesson, lang, solved=False)]
    }
    answered = {lang: solution_cells(lesson, lang) for lang in spoken}
    return {
        identity: rungs.Ladder(
            T(**{lang: known[identity].heading(lang) for lang in LANGUAGES}),
            one.names,
            known[identity].rung,
            {lang: found[identity].steps for lang, found in spoken.items()},
            {lang: before(cells, identity) for lang, cells in answered.items()},
        )
        for identity, one in next(iter(spoken.values())).items()
        if one.steps
    }


def solution_cells(lesson: Lesson, lang: str) -> list[Cell]:
    """Return the exercises with their answers, marker lines left out."""
    cells = _exercise_cells(lesson, lang, solved=True)
    return [replace(cell, text=solved(cell)) if cell.kind == "code" else cell for cell in cells]


def answered_cells(lesson: Lesson, lang: str) -> list[Cell]:
    """Return the exercises' code with solutions and markers still in it, for the leak check."""
    return [replace(cell, text=in_language(cell, lang)) for cell in lesson.exercise if cell.kind == "code"]


def _exercise_cells(lesson: Lesson, lang: str, *, solved: bool) -> list[Cell]:
    exercises = {task.id: task for task in tasks(lesson)}
    cells = []
    for cell in _one_language(lesson.exercise, lang):
        if cell.kind == "code":
            cells.append(replace(cell, text=in_language(cell, lang)))
        elif "about" in cell.attributes:
            if cell.attributes["about"] != "opening":
                raise _unknown_about(cell, ("opening",))
            cells.append(replace(cell, text=frame.workbook_opening(lesson, lang, solved=solved)))
        elif "exercise" in cell.attributes:
            task = exercises[cell.attributes["exercise"]]
            cells.append(
                replace(cell, text=frame.exercise_task(cell, task.number, task.marks, task.minutes, lang))
            )
        elif not cell.for_trainer:
            cells.append(cell)
    return cells


def _one_language(cells: tuple[Cell, ...], lang: str) -> list[Cell]:
    return [side(cell, lang) if isinstance(cell, tuple) else cell for cell in paired(cells)]


def side(texts: tuple[Cell, ...], lang: str) -> Cell:
    """Return a text in one language, or in the one that stands in for it."""
    wanted = {cell.lang: cell for cell in texts}
    return wanted.get(lang) or wanted[stand_in(lang)]


def _without_slides(cell: Cell) -> Cell:
    """Return a cell without the tags that put it on slides; one that stands on slides only keeps its own."""
    if cell.slide_only or not SLIDE_TAGS[cell.kind] & set(cell.tags):
        return cell
    tags = [tag for tag in cell.tags if tag not in SLIDE_TAGS[cell.kind]]
    rest = {key: value for key, value in cell.attributes.items() if key != "tags"}
    return replace(cell, attributes={**rest, "tags": tags} if tags else rest)


def _filled(lesson: Lesson, cell: Cell, exercises: dict[str, Task], lang: str) -> str:
    if "try" in cell.attributes:
        wanted = cell.attributes["try"].split()
        unknown = [identity for identity in wanted if identity not in exercises]
        if unknown or not wanted:
            raise Problem(
                cell.place,
                T(
                    zh="exercise.py 里没有练习：{unknown}。", en="exercise.py has no exercise {unknown}."
                ).format(unknown=listed(unknown) or T(zh="（没写名字）", en="(none is named)")),
            )
        chosen = [exercises[identity] for identity in wanted]
        return frame.try_these(
            lesson, [(task.title(lang), task.marks, task.minutes) for task in chosen], lang
        )
    fill = {"key_points": frame.key_points, "next": frame.next_lesson}
    if cell.attributes["about"] == "opening":
        return frame.opening(lesson, clock.minutes(lesson, list(exercises.values())).lesson, lang)
    if cell.attributes["about"] not in fill:
        raise _unknown_about(cell, ("opening", *fill))
    return fill[cell.attributes["about"]](lesson, lang)


def _task(lesson: Lesson, number: int, text: tuple[Cell, ...] | None, answer: Cell) -> Task:
    identity, marks = answer.attributes["exercise"], answer.attributes
    if text is None or text[0].attributes["exercise"] != identity:
        raise Problem(
            answer.place,
            zh=f"练习 {identity} 的题目（两种语言）应紧接在上，答案单元格在下，名字一致。",
            en=f"The text of exercise {identity} belongs above its answer, in both languages, all with this name.",
        )
    if (
        not SLUG.fullmatch(identity)
        or len(identity) > LONGEST_SLUG
        or not identity.startswith(f"{lesson.topic}-")
    ):
        raise Problem(
            answer.place,
            zh=f"练习的名字不能是 {identity}：先写 {lesson.topic}-，再用一两个英文词说明问什么，全用小写字母，如 {lesson.topic}-buyers；最长 {LONGEST_SLUG} 个字符。",
            en=f"An exercise cannot be called {identity}: write {lesson.topic}- and one or two words that say what is asked, in lower case, such as {lesson.topic}-buyers; {LONGEST_SLUG} characters at most.",
        )
    wrong = [
        *(["kind"] if marks.get("kind") not in frame.KINDS else []),
        *(["level"] if marks.get("level") not in frame.LEVELS else []),
    ]
    if wrong:
        raise Problem(
            answer.place,
            T(
                zh="练习 {id} 的 {wrong} 缺少或不对。kind：{kinds}；level：{levels}。",
                en="Exercise {id}: {wrong} missing or wrong. kind: {kinds}; level: {levels}.",
            ).format(
                id=identity, wrong=listed(wrong), kinds=listed(frame.KINDS), levels=listed(frame.LEVELS)
            ),
        )
    if marks["kind"] in frame.COMPUTED and clock.operations(answer_code(answer)) and not has_steps(answer):
        raise Problem(
            answer.place,
            zh=f"练习 {identity} 的答案还没有分步：每步上面写 # zh: 和 # en:，要挖的空写在 {BLANKED}… 后面；没有步骤，看、排、填三种做法都做不出来。",
            en=f"The answer of {identity} has no steps: write # zh: and # en: above each, and what a blank hides behind {BLANKED}…; without steps there is nothing to look at, to order or to fill.",
        )
    of = sum("exercise" in cell.attributes for cell in lesson.exercise if cell.kind == "code")
    rung = rungs.default(lesson.number, number, of) if has_steps(answer) else "write"
    return Task(identity, number, text, answer, rung, clock.exercise(text, answer, rung))


def _no_answer(cell: Cell) -> Problem:
    return Problem(
        cell.place,
        zh=f"练习 {cell.attributes['exercise']} 没有答案单元格。",
        en=f"Exercise {cell.attributes['exercise']} has no cell with its answer.",
    )


def _unknown_about(cell: Cell, known: tuple[str, ...]) -> Problem:
    return Problem(
        cell.place,
        T(
            zh='about="{about}" 看不懂，可以是：{known}。', en='Unknown about="{about}"; known: {known}.'
        ).format(about=cell.attributes["about"], known=listed(known)),
    )
