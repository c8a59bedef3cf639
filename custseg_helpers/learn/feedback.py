"""The answer of `check()`: one of five outcomes and a short message in the learner's language."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape
from typing import Any, Literal

from custseg_helpers.words.text import T

Outcome = Literal["passed", "wrong", "todo", "written", "error"]

SIGNS = {"passed": "✓", "wrong": "✗", "todo": "○", "written": "✎", "error": "!"}
COLOURS = {
    "passed": "#017a5b",
    "wrong": "#b04a00",
    "todo": "#5b6470",
    "written": "#0b5fa5",
    "error": "#8a1c4a",
}
WORDS = {
    "passed": T(zh="通过", en="passed"),
    "wrong": T(zh="还不对", en="not yet"),
    "todo": T(zh="待完成", en="to do"),
    "written": T(zh="已写下", en="written"),
    "error": T(zh="无法检查", en="could not be checked"),
}


@dataclass(frozen=True)
class Feedback:
    """What came of one check; shown as a line with a sign, so that colour is never needed.

    As a number it is 1 when passed and 0 otherwise, which is what graders read: a written answer, which people read, is
    worth nothing to a machine.

    >>> from custseg_helpers.words.text import use_language
    >>> use_language("en")
    >>> Feedback("rfm-recency", "passed", T(zh="对。", en="Right."))
    ✓ rfm-recency passed: Right.
    >>> float(Feedback("rfm-recency", "todo", T(zh="", en="")))
    0.0
    """

    exercise: str
    outcome: Outcome
    message: T
    cause: str | None = None
    """What machines read of a wrong answer's cause: `mistake:returns_counted`, `relation:per_cent`, `differs`."""
    help: Callable[["Feedback"], Any] | None = field(default=None, compare=False, repr=False)
    """What shows this verdict with help below it; `check()` attaches it where help is of use."""

    def __repr__(self) -> str:
        colon = T(zh="：", en=": ")
        return f"{SIGNS[self.outcome]} {self.exercise} {WORDS[self.outcome]}{colon}{self.message}"

    def _repr_html_(self) -> str:
        return head_html(self.exercise, self.outcome, self.message)

    def _ipython_display_(self) -> None:
        """Where help is of use, show the verdict so that it stays in a saved notebook; else IPython asks for the bundle."""
        if not self.help:
            raise NotImplementedError
        self.help(self)._ipython_display_()

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        """Show the verdict; where help is of use, with buttons for the hints and the model answer."""
        if self.help:
            shown: dict[str, Any] = self.help(self)._repr_mimebundle_()
            return shown
        return {"text/plain": repr(self), "text/html": self._repr_html_()}

    @property
    def done(self) -> bool:
        """Whether nothing is left to do: an answer passed, or a text is written for people to read."""
        return self.outcome in ("passed", "written")

    def __bool__(self) -> bool:
        return self.outcome == "passed"

    def __float__(self) -> float:
        return float(self.outcome == "passed")


def head_html(exercise: str, outcome: Outcome, message: T) -> str:
    """Return a verdict and its message as HTML."""
    colour = COLOURS[outcome]
    return (
        f'<div style="border-left:5px solid {colour};padding:.4em .8em;margin:.3em 0;line-height:1.6">'
        f'<strong style="color:{colour}">{SIGNS[outcome]} {exercise} {WORDS[outcome]}</strong>'
        f"<br>{lines_html(str(message))}</div>"
    )


def lines_html(text: str) -> str:
    r"""Return a short text as HTML, what stands in backticks as code.

    >>> lines_html("Try `x < 3`,\nthen stop.")
    'Try <code>x &lt; 3</code>,<br>then stop.'
    """
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(text)).replace("\n", "<br>")


@dataclass(frozen=True)
class Note:
    """A message that is no verdict: a hint, a model answer, a remark."""

    text: T
    code: str = ""

    def __repr__(self) -> str:
        return f"{self.text}\n\n{self.code}".strip()

    def _repr_markdown_(self) -> str:
        return f"> {self.text}" + (f"\n\n```python\n{self.code}\n```" if self.code else "")
