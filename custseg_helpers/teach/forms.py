"""`custseg forms`: a survey before the class, feedback after it, a letter that asks for data; and what came back.

A form is one page: to print on A4, or to fill on a screen, also a phone's, without network. What a learner saves is a
small file of JSON; `--summarise` reads a folder of such files, or a text into which they were pasted.
"""

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from markdown_it import MarkdownIt
from markupsafe import Markup

from custseg_helpers.files.page import asset, page, spoken
from custseg_helpers.words.text import T, verbatim

HERE = Path(__file__).parent
FORMS = ("needs", "feedback")
LETTER = "data_request"
GUIDE = "teach/course_guide/{language}.md"
"""What a trainer reads of the whole course."""
WORDS = {
    "name": T(zh="您的名字（可不写）", en="Your name (if you like)"),
    "save": T(zh="保存", en="Save"),
    "as_text": T(zh="复制成文字", en="Copy as text"),
}
SAID = {
    "left": T(zh="还有 {n} 题没有答。", en="{n} questions are not answered. "),
    "saved": T(
        zh="已存到“下载”文件夹：{file}。请把它发给老师。",
        en="It is in your downloads as {file}; please send it to your trainer.",
    ),
    "copied": T(
        zh="下面这段文字已经选好：复制，粘贴到聊天里发给老师。",
        en="The text below is selected: copy it and paste it into a message to your trainer.",
    ),
}
ROOM = {"needs": ("5mm", "33mm"), "feedback": ("3.4mm", "19mm")}
"""On paper: the space between questions and the height of a written answer, so that a form fills its page."""


@cache
def source() -> dict[str, Any]:
    """Return what `forms.toml` says: every form, and the letter."""
    return tomllib.loads((HERE / "forms.toml").read_text(encoding="utf-8"))


def questions(form: str) -> list[dict[str, Any]]:
    """Return the questions of a form: `id`, `kind`, the words as `text`, and what may be answered.

    >>> [question["id"] for question in questions("feedback")][:3]
    ['useful', 'clear', 'able']
    """
    return [entry | {"text": T(zh=entry["zh"], en=entry["en"])} for entry in source()[form]["questions"]]


def numbered(form: str) -> str:
    """Return the questions of a form as a numbered list in Markdown, in the current language.

    >>> from custseg_helpers.words.text import use_language
    >>> use_language("en")
    >>> numbered("feedback").splitlines()[3]
    '4. The pace was: too slow / right / too fast'
    """
    lines = []
    for number, question in enumerate(questions(form), 1):
        text = str(question["text"])
        if "options" in question:
            chosen = " / ".join(str(words) for _, words in possible(question))
            text = f"{text.rstrip('？?')}{T(zh='：', en=': ')}{chosen}"
        elif question["kind"] == "scale":
            ends = T(zh="（{first} 到 {last} 分）", en=" ({first} to {last})")
            text += str(ends.format(first=question["first"], last=question["last"]))
        lines.append(f"{number}. {text}")
    return "\n".join(lines)


def possible(question: dict[str, Any]) -> list[tuple[Any, T]]:
    """Return what may be answered to a question: the value that is kept, and its words."""
    if question["kind"] == "scale":
        return [(number, verbatim(number)) for number in range(question["first"], question["last"] + 1)]
    return [(one["code"], T(zh=one["zh"], en=one["en"])) for one in question.get("options", ())]


def form_page(form: str, course: str = "", day: str = "") -> str:
    """Return a form as one HTML page that needs nothing from outside, in the current language."""
    entry = source()[form]
    about = " · ".join(filter(None, [course, day]))
    gap, lines = ROOM[form]
    return page(
        "teach/templates/form.html.jinja",
        title=T(**entry["title"]) + (f" · {about}" if about else ""),
        lead=T(**entry["lead"]),
        form=form,
        course=about,
        questions=questions(form),
        possible=possible,
        ends=_ends,
        gap=gap,
        lines=lines,
        words=WORDS,
        said={key: str(text) for key, text in SAID.items()},
    )


def _ends(question: dict[str, Any]) -> T:
    """Return what the ends of a scale mean."""
    ends = zip((question["first"], question["last"]), question["ends"], strict=True)
    return T(zh="　", en="　").join(f"{value} = " + T(**end) for value, end in ends)


def letter(trainer: str = "", day: str = "") -> str:
    """Return the letter that asks a company for its data; its table is the one of the trainer's guide."""
    entry = source()[LETTER]
    table = re.search(r"^\|(?:.*\n\|)+.*\n", asset(spoken(GUIDE)), re.MULTILINE)
    assert table
    *after, thanks = entry["after"]
    lines = [T(**text) for text in entry["before"]]
    lines += [verbatim(table[0]), *(T(**text) for text in after)]
    lines += [T(**entry["due"]).format(date=day)] if day else []
    lines += [T(**thanks)]
    lines += [T(**entry["from"]).format(trainer=trainer)] if trainer else []
    text = MarkdownIt("commonmark", {"html": False}).enable("table").render("\n\n".join(map(str, lines)))
    return page("teach/templates/letter.html.jinja", title=T(**entry["title"]), text=Markup(text))
