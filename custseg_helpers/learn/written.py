"""A written answer is read by people: the learner marks herself point by point, the trainer marks for the record.

No machine says that a text is right or wrong. It shows the points of a full answer beside the text, and at most asks:
no number in it yet?
"""

import re
from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

from custseg_helpers.explore.still import NO_SERVER, Kept, Shown
from custseg_helpers.learn.exercise import Exercise
from custseg_helpers.learn.feedback import Feedback, head_html, lines_html
from custseg_helpers.learn.lessons import current
from custseg_helpers.learn.marks import entries, record
from custseg_helpers.words.text import LANGUAGES, T, language, verbatim

SHORTEST = 15
"""A text below this many characters is a note, not yet an answer."""

MARKS = {
    "said": T(zh="说到了", en="said"),
    "partly": T(zh="说到一部分", en="partly"),
    "not": T(zh="没说到", en="not said"),
}
"""How a point of the rubric is marked, by the learner and by the trainer."""
WORTH = {"said": 1.0, "partly": 0.5, "not": 0.0}
"""Points for a mark."""

LINES = verbatim("\n")
BESIDE = T(
    zh="这样的题由人来读，不由机器打分。对照要点看看自己的话：",
    en="People read this, no machine marks it. Hold your text against the points:",
)
GOOD, WEAK = T(zh="好的回答：", en="A full answer: "), T(zh="单薄的回答：", en="A thin answer: ")
YOURS, POINTS = T(zh="你写的", en="What you wrote"), T(zh="要点", en="The points")
EXAMPLES = T(zh="看一个好的回答和一个单薄的", en="Show a full answer and a thin one")
ALL_SAID = T(zh="要点都说到了。", en="You said every point.")
IMPROVE = T(
    zh="还差 {n} 条：在上面的格子里补进去，再运行一次。",
    en="{n} to go: add to your text in the cell above and run it again.",
)

_NUMBER = re.compile(
    r"\d|[一二三四五六七八九十百千万两半]|\b(?:one|two|three|half|third|ten|hundred)\b", re.I
)


def written(task: Exercise, answer: Any) -> Feedback:
    """Return what `check()` says of a text: written, or still to do; never right or wrong."""
    if not isinstance(answer, str):
        text = T(zh='请用引号写一段文字：`"……"`。', en='Write a text in quotes: `"…"`.')
        return Feedback(task.id, "todo", text)
    if len(answer.strip()) < SHORTEST:
        text = T(
            zh="再写一两句：同事要能凭它去做事。",
            en="Write a sentence or two more: a colleague should be able to act on it.",
        )
        return Feedback(task.id, "todo", text)
    return Feedback(
        task.id, "written", LINES.join([*_points(task), *suggestions(task, answer), *examples(task)])
    )


def suggestions(task: Exercise, text: str) -> list[T]:
    """Return what a reader may ask about a text at first sight; nobody has to follow it.

    >>> from custseg_helpers.learn.lessons import exercise
    >>> from custseg_helpers.words.text import use_language
    >>> use_language("en")
    >>> text = "We ask who stays away for longer than she ever did, and we ask the same next month."
    >>> [said.en for said in suggestions(exercise("lifecycle-churn-rate"), text)]
    ['Only a question: no number in it yet?']
    """
    good, weak = task.words.good, task.words.weak
    if good and text.strip() in [good.within(code) for code in LANGUAGES]:
        return [
            T(
                zh="这是那个好的回答的原话。用你自己的话说呢？",
                en="Those are the words of the full answer. How would you put it?",
            )
        ]
    asked = []
    if good and _NUMBER.search(good.within(language())) and not _NUMBER.search(text):
        asked.append(T(zh="只是问一句：还没有数字？", en="Only a question: no number in it yet?"))
    if weak and len(text.strip()) <= len(weak.within(language())):
        asked.append(
            T(
                zh="只是问一句：同事看了，知道要做什么吗？",
                en="Only a question: would a colleague know what to do?",
            )
        )
    return asked


def examples(task: Exercise) -> list[T]:
    """Return the full answer and the thin one, each with its name in front."""
    pairs = ((GOOD, task.words.good), (WEAK, task.words.weak))
    return [name + text for name, text in pairs if text]


def own_marks(identity: str) -> dict[str, str]:
    """Return how a learner marked her own text last, by point, from her progress file."""
    return {
        str(mark.get("point")): str(mark.get("mark"))
        for mark in entries()[0]
        if mark["event"] == "own_mark"
        and current(mark.get("exercise")) == identity
        and mark.get("mark") in MARKS
    }


def review(feedback: Feedback, task: Exercise, text: str) -> Shown:
    """Return a written answer beside its points, to be marked by the learner; a saved notebook keeps what she marked."""
    import ipywidgets as W

    marks = {name: mark for name, mark in own_marks(task.id).items() if name in task.words.rubric}
    opened = False
    kept = Kept(plain=NO_SERVER)
    asked = "".join(f"<p>{lines_html(str(said))}</p>" for said in suggestions(task, text))
    texts = head, yours, last, found = (
        W.HTML(head_html(feedback.exercise, "written", BESIDE)),
        W.HTML(_yours(text) + asked),
        W.HTML(_told(task, marks)),
        W.HTML(),
    )
    for one in texts if kept.plain else ():
        one.layout.display = "none"  # it stands in the plain output above

    def state() -> str:
        return _state(feedback, task, text, marks) + asked + (_examples(task) if opened else "")

    def mark(change: Any) -> None:
        marks[change["owner"].point] = change["new"]
        record("own_mark", exercise=task.id, point=change["owner"].point, mark=change["new"])
        last.value = _told(task, marks)
        kept.update(state())

    def show(_: Any) -> None:
        nonlocal opened
        opened = more.disabled = True
        found.value = _examples(task)
        kept.update(state())

    choices = []
    for name, point in task.words.rubric.items():
        choice = W.ToggleButtons(
            options=[(str(words), code) for code, words in MARKS.items()],
            value=marks.get(name),
            style=W.ToggleButtonsStyle(button_width="7.5em"),
        )
        choice.point = name
        choice.observe(mark, "value")
        choices.append(
            W.VBox([W.HTML(f"<span style='line-height:1.6'>{lines_html(str(point))}</span>"), choice])
        )
    more = W.Button(description=str(EXAMPLES), layout=W.Layout(width="auto", align_self="flex-start"))
    more.on_click(show)
    halves = [
        W.VBox([yours], layout=W.Layout(flex="1 1 22em", min_width="16em")),
        W.VBox([W.HTML(f"<strong>{POINTS}</strong>"), *choices], layout=W.Layout(flex="1 1 22em")),
    ]
    box = W.VBox(
        [
            head,
            W.HBox(halves, layout=W.Layout(flex_flow="row wrap")),
            last,
            more,
            found,
        ]
    )
    return Shown(box, text=repr(feedback), html=state(), kept=kept)


def _points(task: Exercise) -> Iterator[T]:
    yield BESIDE
    yield from ("· " + point for point in task.words.rubric.values())


def _told(task: Exercise, marks: Mapping[str, str]) -> str:
    """Say how many points are still missing, once every one is marked."""
    if len(marks) < len(task.words.rubric):
        return ""
    missing = sum(mark != "said" for mark in marks.values())
    return f"<p>{IMPROVE.format(n=missing) if missing else ALL_SAID}</p>"


def _state(feedback: Feedback, task: Exercise, text: str, marks: Mapping[str, str]) -> str:
    """Return the text, the points and how they are marked, as they stay in a saved notebook."""
    lines = "".join(
        f"<li>{lines_html(str(point))}{f' <strong>— {MARKS[marks[name]]}</strong>' if name in marks else ''}</li>"
        for name, point in task.words.rubric.items()
    )
    return (
        head_html(feedback.exercise, "written", BESIDE)
        + _yours(text)
        + f"<ul>{lines}</ul>"
        + _told(task, marks)
    )


def _yours(text: str) -> str:
    return (
        f"<strong>{YOURS}</strong><p style='white-space:pre-wrap;line-height:1.6'>{escape(text.strip())}</p>"
    )


def _examples(task: Exercise) -> str:
    return "".join(f"<p style='line-height:1.6'>{lines_html(str(text))}</p>" for text in examples(task))
