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
- 故事里的人和文字里的数是悦选的；换了公司，图、表和打印出来的数是你选的那家，文字不变。
- 练习在 [{name}_exercises.ipynb]({exercises}) 里：点一下，它开在右边；读到“动手试试”就过去做。
- 灰底的一块叫单元格（不是 Excel 的格子），里面是代码。从上到下，点进去按 Shift + Enter，它就运行。""",
    en="""# {number} · {title}

> {question}

## After this lesson you can

{objectives}

## Before you start

- ⏱ About {minutes} minutes. {prerequisites}
- The people of the story and the numbers in the text are Yuexuan's; with another company the figures, tables and printed numbers are that company's, and the text stays.
- The exercises are in [{name}_exercises.ipynb]({exercises}): click it, and it opens on the right; go there whenever you read “Now try”.
- A grey block is a cell (not one of Excel's) and holds code. From top to bottom, click into each and press Shift + Enter: it runs.""",
)
_WORKBOOK = T(
    zh="""# {number} · {title}：{what}

课文在 [{name}.ipynb]({lesson})。""",
    en="""# {number} · {title}: {what}

The lesson is [{name}.ipynb]({lesson}).""",
)
_HOW = T(
    zh="""1. 先运行第一个代码单元格，就是下面 `{begins} …` 开头的灰格子：点进去，按 Shift + Enter。不用看懂它。
2. 每道题填好空 `____`（或把 `...` 换成你的答案），运行；再运行下面的 `check(…)`，它说对不对、差在哪里。
3. 没做对，`check` 下面有按钮：提示，参考答案，“点选搭建”（用鼠标选，不写代码），还有容易些和难些的做法。

按钮也可以写成代码：`hint("{first}")` 提示，`solution("{first}")` 答案，`rung("{first}", "order")` 换做法（`look` 看，`order` 排，`fill` 填，`write` 写），`progress()` 进度。""",
    en="""1. Run the first code cell, the grey one below that begins with `{begins} …`: click into it and press Shift + Enter. It need not be understood.
2. Fill the blanks `____` of each exercise (or put your answer in place of `...`) and run it; then run the `check(…)` below: it says whether the answer is right, and where it is not.
3. Not right yet? There are buttons below the `check`: hints, the model answer, “Build by pointing” (click instead of typing), and easier or harder ways to do the exercise.

The buttons can be typed, too: `hint("{first}")`, `solution("{first}")`, `rung("{first}", "order")` for another way (`look`, `order`, `fill`, `write`), `progress()` for how far you are.""",
)
_HAND_IN = {
    "decide": T(
        zh='（把 `...` 换成一个字母，带英文引号，如 `"a"`。）',
        en='(Put a letter in place of `...`, in straight quotes, such as `"a"`.)',
    ),
    "explain": T(
        zh='（把 `...` 换成你的话，放在一对英文引号里，像 `"..."` 这样，不换行。）',
        en='(Put your words in place of `...`, between two straight double quotes, like `"..."`, on one line.)',
    ),
}
"""How to write an answer that is not worked out."""
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
    if solved:
        return text
    begins = next(cell.text for cell in lesson.exercise if cell.kind == "code").split(maxsplit=1)[0]
    return f"{text}\n\n{_say(_HOW, lang, first=first, begins=begins)}"


def exercise_task(cell: Cell, number: int, marks: dict[str, Any], minutes: int, lang: str) -> str:
    """Return an exercise's text with its number in the heading and its kind, level and minutes below."""
    heading, _, task = cell.text.partition("\n")
    if not heading.startswith("### "):
        raise Problem(cell.place, zh="题目要以 `### 标题` 开头。", en="A task begins with `### title`.")
    hand_in = _HAND_IN.get(marks["kind"])
    told = f"\n\n{hand_in.within(lang)}" if hand_in else ""
    return f"### {number} · {heading[4:].strip()}\n\n{_marks(marks, minutes).within(lang)}\n\n{task.strip()}{told}"


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
    return T(zh="先学过：{titles}。", en="Prerequisites: {titles}.").format(titles=listed(before))


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
