"""Hints and the model answer at the press of a button, below a check that has not passed."""

from html import escape
from itertools import count
from typing import Any

from custseg_helpers.explore.still import Shown
from custseg_helpers.learn.check import hint, solution
from custseg_helpers.learn.exercise import Exercise
from custseg_helpers.learn.feedback import Feedback, lines_html
from custseg_helpers.words.text import T

NAMES = {
    "hint": T(zh="提示", en="Hint"),
    "next": T(zh="下一条提示", en="Next hint"),
    "solution": T(zh="参考答案", en="Model answer"),
}


def help_below(feedback: Feedback, known: Exercise) -> Shown:
    """Return a check's verdict with two buttons: the hints, one after the other, and the model answer.

    The buttons ask `hint()` and `solution()`, so that what they show and what is recorded is the same as by code.
    """
    import ipywidgets as W

    hints = len(known.hints)
    numbers = count(1)
    more, answer = (W.Button(description=str(NAMES[name])) for name in ("hint", "solution"))
    helped, answered = W.HTML(), W.HTML()

    def show_hint(_: Any) -> None:
        number = next(numbers)
        only_the_hint = str(hint(feedback.exercise, number).text).partition("\n>\n")[0]
        helped.value += f"<p style='line-height:1.6'>{lines_html(only_the_hint)}</p>"
        more.description, more.disabled = str(NAMES["next"]), number >= hints

    def show_answer(_: Any) -> None:
        note = solution(feedback.exercise)
        code = f"<pre>{escape(note.code)}</pre>" if note.code else ""
        answered.value = f"<p>{lines_html(str(note.text))}</p>{code}"

    more.on_click(show_hint)
    answer.on_click(show_answer)
    box = W.VBox([W.HTML(feedback._repr_html_()), W.HBox([more, answer]), helped, answered])
    return Shown(box, text=repr(feedback), html=feedback._repr_html_())
