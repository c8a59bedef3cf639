"""What helps a learner who is stuck: `hint()`, `solution()`, and both at the press of a button below a check."""

import json
import os
import re
from html import escape
from itertools import count
from typing import Any

from custseg_helpers.company.company import SAMPLES
from custseg_helpers.company.in_play import last_loaded
from custseg_helpers.explore.still import NO_SERVER, Kept, Shown
from custseg_helpers.files.alone import needed_above
from custseg_helpers.learn.exercise import Exercise
from custseg_helpers.learn.feedback import Feedback, Note, lines_html
from custseg_helpers.learn.lessons import beginning, exercise, lesson_folder
from custseg_helpers.learn.marks import record
from custseg_helpers.learn.pointer import Judged, opened
from custseg_helpers.learn.rungs import RUNGS, ladder, pressed, standing
from custseg_helpers.paths import course_root
from custseg_helpers.words.text import T, UserError, language

NAMES = {
    "hint": T(zh="提示", en="Hint"),
    "next": T(zh="下一条提示", en="Next hint"),
    "solution": T(zh="参考答案", en="Model answer"),
    "build": T(zh="点选搭建", en="Build by pointing"),
}
ALONE = T(
    zh="前面的格子已经做好的，单独运行才用得着：",
    en="What the cells above have made; needed only to run it alone:",
)
ANSWER = T(zh="这道题的答案：", en="The answer:")
AFTER = "\n>\n> "
"""Between a hint and what to do when it was not enough."""


def hint(identity: str, number: int = 1) -> Note:
    """Show a hint: 1 points the way, 2 nearly gives it."""
    try:
        task = exercise(identity)
    except UserError as error:
        return Note(error.text)
    identity, hints = task.id, task.words.hints
    try:
        number = min(max(int(number), 1), len(hints))
    except (TypeError, ValueError, OverflowError):
        words = T(
            zh='提示按 1 到 {most} 编号，例如 `hint("{id}", {most})`。',
            en='Hints are numbered from 1 to {most}, as in `hint("{id}", {most})`.',
        )
        return Note(words.format(id=identity, most=len(hints)))
    record("hint", exercise=identity, number=number)
    more = (
        T(zh='还卡着？试试 `hint("{id}", {next})`。', en='Still stuck? Try `hint("{id}", {next})`.')
        if number < len(hints)
        else T(zh='再看答案：`solution("{id}")`。', en='Then the answer: `solution("{id}")`.')
    )
    return Note(hints[number - 1] + AFTER + more.format(id=identity, next=number + 1))


def solution(identity: str) -> Note:
    """Show the model answer from the solutions notebook, where the trainer has released it.

    It runs alone, in a new notebook too: above the answer stands what the cells before it have made.
    """
    try:
        identity = exercise(identity).id
    except UserError as error:
        return Note(error.text)
    folder = lesson_folder(identity.partition("-")[0])
    path = course_root() / "solutions" / language() / f"{folder.name}_solutions.ipynb"
    if not path.is_file():
        return Note(
            T(
                zh="答案还没有发放，老师会在课后给大家。",
                en="The answers are not out yet; your trainer will release them.",
            )
        )
    record("solution", exercise=identity)
    cells = [
        cell for cell in json.loads(path.read_text(encoding="utf-8"))["cells"] if cell["cell_type"] == "code"
    ]
    place = next(n for n, cell in enumerate(cells) if cell["metadata"].get("exercise") == identity)
    *above, answer = ("".join(cell["source"]) for cell in cells[: place + 1])
    code, before = answer, needed_above(above, answer)
    if before:
        code = f"# {ALONE}\n{_as_loaded(before)}\n\n# {ANSWER}\n{answer}"
    return Note(T(zh="{id} 的参考答案：", en="Model answer of {id}:").format(id=identity), code)


def _as_loaded(code: str) -> str:
    """Return code that loads the company as it is in play: a learner may have loaded another than her class's."""
    played = last_loaded()
    if played is None or os.environ.get("CUSTSEG_COMPANY") or played.name == SAMPLES[0]:
        return code
    asked = f'"{played.name}"' if played.name in SAMPLES else f'r"{played.folder}"'
    return re.sub(r"\bload\(\)", lambda _: f"load({asked})", code)


def help_below(feedback: Feedback, task: Exercise, judged: Judged) -> Shown:
    """Return a check's verdict with buttons: the hints, one after the other, the model answer, the table builder, the other rungs.

    The buttons ask `hint()` and `solution()`, and what is built goes to `judged`, which is `check()`: what they show
    and what is recorded is the same as by code.
    """
    import ipywidgets as W

    hints = len(task.words.hints)
    numbers = count(1)
    kept, last = Kept(plain=NO_SERVER), feedback._repr_html_()
    more, answer = (W.Button(description=str(NAMES[name])) for name in ("hint", "solution"))
    texts = verdict, helped, answered = W.HTML(last), W.HTML(), W.HTML()
    for text in texts if kept.plain else ():
        text.layout.display = "none"  # it stands in the plain output above

    def show_hint(_: Any) -> None:
        number = next(numbers)
        only_the_hint = str(hint(feedback.exercise, number).text).partition(AFTER)[0]
        helped.value += f"<p style='line-height:1.6'>{lines_html(only_the_hint)}</p>"
        more.description, more.disabled = str(NAMES["next"]), number >= hints
        keep()

    def show_answer(_: Any) -> None:
        note = solution(feedback.exercise)
        code = f"<pre>{escape(note.code)}</pre>" if note.code else ""
        answered.value = f"<p>{lines_html(str(note.text))}</p>{code}"
        keep()

    def keep() -> None:
        kept.update(last + helped.value + answered.value)

    def judged_again(identity: str, answer: Any) -> Feedback:
        nonlocal last
        found = judged(identity, answer)
        last = verdict.value = found._repr_html_()
        keep()
        return found

    def show_builder(_: Any) -> None:
        built.children = [opened(feedback.exercise, judged_again).widget]
        pointing.disabled = True

    more.on_click(show_hint)
    answer.on_click(show_answer)
    buttons = [more, answer]
    pointing, built = W.Button(description=str(NAMES["build"])), W.VBox()
    if beginning(feedback.exercise):
        pointing.on_click(show_builder)
        buttons.append(pointing)
    rungs = _rungs_below(feedback.exercise)
    box = W.VBox([verdict, W.HBox(buttons), helped, answered, built, *rungs])
    return Shown(box, text=repr(feedback), html=feedback._repr_html_(), kept=kept)


def _rungs_below(identity: str) -> list[Any]:
    """Return a button for each rung of an exercise, and where it is said what to do next; nothing where it has none."""
    import ipywidgets as W

    if ladder(identity) is None:
        return []
    said = W.HTML()

    def change(chosen: Any) -> None:
        said.value = f"<p>{lines_html(str(pressed(identity, chosen.rung)))}</p>"
        for button in buttons:
            button.disabled = button is chosen

    buttons = []
    for name, words in RUNGS.items():
        button = W.Button(
            description=str(words), disabled=name == standing(identity), layout=W.Layout(width="auto")
        )
        button.rung = name
        button.on_click(change)
        buttons.append(button)
    # Above the buttons: what appears below them is easily below the edge of the screen.
    return [said, W.HBox(buttons, layout=W.Layout(flex_flow="row wrap"))]
