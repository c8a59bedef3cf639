"""A lesson's quiz: a few questions, and a reason for every option."""

import tomllib
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from custseg_helpers.explore.still import Kept, Shown
from custseg_helpers.learn.feedback import Feedback
from custseg_helpers.learn.lessons import lesson_folder
from custseg_helpers.learn.marks import record
from custseg_helpers.words.text import LANGUAGES, T, UserError


@dataclass(frozen=True)
class Option:
    """One option of a question, with the reason why it is right or wrong."""

    text: T
    reason: T
    right: bool = False


@dataclass(frozen=True)
class Question:
    """One question with its options; exactly one is right."""

    text: T
    options: tuple[Option, ...]


def questions(lesson: str) -> tuple[Question, ...]:
    """Return the questions of a lesson's quiz."""
    return questions_in(lesson_folder(lesson))


def questions_in(folder: Path) -> tuple[Question, ...]:
    """Read the `quiz.toml` of a lesson's folder; one without exactly one right option a question stops here."""
    path = folder / "quiz.toml"
    asked = []
    for number, entry in enumerate(tomllib.loads(path.read_text(encoding="utf-8"))["questions"], 1):
        options = tuple(Option(_text(o), T(**o["reason"]), o.get("right", False)) for o in entry["options"])
        if sum(option.right for option in options) != 1:
            raise UserError(
                zh=f"{path.name} 第 {number} 题应恰有一个选项 right = true。",
                en=f"Question {number} of {path.name} needs exactly one option with right = true.",
            )
        asked.append(Question(_text(entry), options))
    return tuple(asked)


def _text(entry: dict[str, Any]) -> T:
    return T(**{code: entry[code] for code in LANGUAGES if code in entry})


def answer(lesson: str, question: int, option: int) -> Feedback:
    """Answer a question (both numbers count from 1) and get the reason for that option."""
    chosen = questions(lesson)[question - 1].options[option - 1]
    number = lesson_folder(lesson).name.partition("_")[0]
    record("quiz", lesson=number, question=question, option=option, right=chosen.right)
    return Feedback(f"{number}·{question}", "passed" if chosen.right else "wrong", chosen.reason)


def quiz(lesson: str) -> Shown:
    """Show a lesson's quiz: choose an option and read why it is right or wrong."""
    import ipywidgets as W

    blocks: list[Any] = []
    printed: list[str] = []
    kept = Kept()
    for number, question in enumerate(questions(lesson), 1):
        options = [(str(option.text), place) for place, option in enumerate(question.options, 1)]
        title = f"<strong>{number}. {escape(str(question.text))}</strong>"
        choice = W.RadioButtons(options=options, value=None, layout=W.Layout(width="auto"))
        verdict = W.HTML()

        def tell(
            change: Any,
            number: int = number,
            verdict: Any = verdict,
            title: str = title,
            options: Any = options,
        ) -> None:
            if change["new"] is not None:
                verdict.value = answer(lesson, number, change["new"])._repr_html_()
                printed[number - 1] = _printed(title, options, change["new"]) + verdict.value
                kept.update("".join(printed))

        choice.observe(tell, names="value")
        blocks += [W.HTML(title), choice, verdict]
        printed.append(_printed(title, options))
    name = T(zh=f"第 {lesson} 课测验", en=f"Quiz of lesson {lesson}")
    return Shown(W.VBox(blocks), text=str(name), html="".join(printed), kept=kept)


def _printed(title: str, options: list[tuple[str, int]], chosen: int | None = None) -> str:
    """Return a question as HTML, the option that was chosen ticked."""
    lines = (
        f"<li><strong>✔ {escape(text)}</strong></li>" if place == chosen else f"<li>{escape(text)}</li>"
        for text, place in options
    )
    return f"<p>{title}</p><ul>{''.join(lines)}</ul>"
