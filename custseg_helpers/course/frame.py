"""The cells the build fills in: opening, “now try”, key points, what comes next."""

from pathlib import Path
from typing import Any

from custseg_helpers.course.source import Cell, Lesson, Problem, read_toml
from custseg_helpers.learn.lessons import folders_in
from custseg_helpers.words.text import LANGUAGES, T, listed, verbatim

KINDS = {
    "compute": T(zh="🧮 计算", en="🧮 compute"),
    "decide": T(zh="⚖️ 抉择", en="⚖️ decide"),
    "explain": T(zh="💬 说明", en="💬 explain"),
    "mistake": T(zh="🔍 找错", en="🔍 find the mistake"),
}
COMPUTED = ("compute", "mistake")
"""Kinds whose answer is worked out step by step."""
LEVELS = {"core": T(zh="基础", en="core"), "stretch": T(zh="进阶", en="stretch")}

_OPENING = T(
    zh="""# {number} · {title}

> {question}

## 学完这一课，你能

{objectives}

## 开始之前

- ⏱ 大约 {minutes} 分钟。{prerequisites}
- 练习在 [{name}_exercises.ipynb]({exercises}) 里，请在旁边打开它：读到“动手试试”就过去做。
- 单元格从上到下依次运行：按 Shift + Enter。""",
    en="""# {number} · {title}

> {question}

## After this lesson you can

{objectives}

## Before you start

- ⏱ About {minutes} minutes. {prerequisites}
- The exercises are in [{name}_exercises.ipynb]({exercises}); open it beside this page, and go there whenever you read “Now try”.
- Run the cells from top to bottom: press Shift + Enter.""",
)
_WORKBOOK = T(
    zh="""# {number} · {title}：{what}

课文在 [{name}.ipynb]({lesson})。""",
    en="""# {number} · {title}: {what}

The lesson is [{name}.ipynb]({lesson}).""",
)
_HOW = T(
    zh="""先运行第一个代码单元格，再填每题里的空 `____`（或把 `...` 换成你的答案），然后运行下面的检查。不想写代码，按检查下面的“点选搭建”，用鼠标选出答案。太难或太容易，按检查下面的按钮换一种做法，也可以在题目那一格写 `rung("{first}", "order")` 再运行：`look` 看，`order` 排，`fill` 填，`write` 写。卡住了用 `hint("{first}")`，看答案用 `solution("{first}")`，看进度用 `progress()`。""",
    en="""Run the first code cell, then fill the blanks `____` of each exercise (or put your answer in place of `...`) and run the check below it. Rather click than type? Press “Build by pointing” below the check. Too hard or too easy? Change the rung by the buttons below the check, or run `rung("{first}", "order")` in the exercise's cell: `look`, `order`, `fill`, `write`. Stuck? `hint("{first}")`. The answer: `solution("{first}")`. How far you are: `progress()`.""",
)
_TRY = T(zh="> ✏️ **动手试试：** 到[练习册]({link})里做：", en="> ✏️ **Now try:** in the [workbook]({link}):")


def opening(lesson: Lesson, minutes: int, lang: str) -> str:
    """Return the lesson's first cell: title, question, objectives, before you start."""
    return _say(
        _OPENING,
        lang,
        number=lesson.number,
        title=lesson.title,
        question=lesson.question,
        objectives=_list(lesson.objectives),
        minutes=minutes,
        prerequisites=_prerequisites(lesson),
        name=lesson.name,
        exercises=_exercises(lesson, lang),
    )


def workbook_opening(lesson: Lesson, lang: str, *, solved: bool) -> str:
    """Return the first cell of the workbook or of the solutions."""
    what = T(zh="参考答案", en="model answers") if solved else T(zh="练习册", en="workbook")
    link = f"../../notebooks/{lang}/{lesson.name}.ipynb"
    text = _say(
        _WORKBOOK, lang, number=lesson.number, title=lesson.title, name=lesson.name, what=what, lesson=link
    )
    first = next(
        (cell.attributes["exercise"] for cell in lesson.exercise if "exercise" in cell.attributes), ""
    )
    return text if solved else f"{text}\n\n{_say(_HOW, lang, first=first)}"


def exercise_task(cell: Cell, number: int, marks: dict[str, Any], minutes: int, lang: str) -> str:
    """Return an exercise's text with its number in the heading and its kind, level and minutes below."""
    heading, _, task = cell.text.partition("\n")
    if not heading.startswith("### "):
        raise Problem(cell.place, zh="题目要以 `### 标题` 开头。", en="A task begins with `### title`.")
    return f"### {number} · {heading[4:].strip()}\n\n{_marks(marks, minutes).within(lang)}\n\n{task.strip()}"


def try_these(lesson: Lesson, exercises: list[tuple[str, dict[str, Any], int]], lang: str) -> str:
    """Return the cell that sends learners to exercises, given as title, marks and minutes."""
    line = T(zh="> - {title}（{marks}）", en="> - {title} ({marks})")
    lines = [
        _say(line, lang, title=title, marks=_marks(marks, minutes)) for title, marks, minutes in exercises
    ]
    return "\n".join([_say(_TRY, lang, link=_exercises(lesson, lang)), ">", *lines])


def key_points(lesson: Lesson, lang: str) -> str:
    """Return the cell of key points."""
    return _say(
        T(zh="## 要点\n\n{points}", en="## Key points\n\n{points}"), lang, points=_list(lesson.key_points)
    )


def next_lesson(lesson: Lesson, lang: str) -> str:
    """Return the lesson's last cell: what the next one does with its result, and a link to it."""
    text = _say(T(zh="## 下一课\n\n{next}", en="## Next\n\n{next}"), lang, next=lesson.next)
    numbers = list(folders_in(lesson.folder.parent))
    later = numbers[numbers.index(lesson.number) + 1 :]
    follower = _title(lesson.folder.parent, later[0]) if later else None
    return f"{text}\n\n→ {follower.within(lang)}" if follower else text


def _prerequisites(lesson: Lesson) -> T:
    before = [_title(lesson.folder.parent, number) or verbatim(number) for number in lesson.prerequisites]
    if not before:
        return T(zh="不需要先学别的课。", en="No other lesson is needed first.")
    return T(zh="先学过：{titles}。", en="Do first: {titles}.").format(titles=listed(before))


def _title(lessons: Path, number: str) -> T | None:
    """Return a link to another lesson by its title, where it exists."""
    folder = folders_in(lessons).get(number)
    if folder is None or not (folder / "about.toml").is_file():
        return None
    title = T(**read_toml(folder / "about.toml")["title"])
    return T(**{lang: f"[{number} · {title.within(lang)}]({folder.name}.ipynb)" for lang in LANGUAGES})


def _exercises(lesson: Lesson, lang: str) -> str:
    return f"../../exercises/{lang}/{lesson.name}_exercises.ipynb"


def _marks(marks: dict[str, Any], minutes: int) -> T:
    time = T(zh="{n} 分钟", en="{n} min").format(n=minutes)
    return verbatim(" · ").join([KINDS[marks["kind"]], LEVELS[marks["level"]], time])


def _list(texts: tuple[T, ...]) -> T:
    return verbatim("\n").join("- " + text for text in texts)


def _say(text: T, lang: str, **values: Any) -> str:
    return str(text.format(**values).within(lang)).rstrip()
