"""`custseg forms`: a survey before the class, feedback after it, a letter that asks for data; and what came back.

A form is one page: to print on A4, or to fill on a screen, also a phone's, without network. What a learner saves is a
small file of JSON; `--summarise` reads a folder of such files, or a text into which they were pasted.
"""

import json
import re
import tomllib
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

from markdown_it import MarkdownIt

from custseg_helpers.files.page import page
from custseg_helpers.words.text import T, language

HERE = Path(__file__).parent
FORMS = ("needs", "feedback")
LETTER = "data_request"
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

    >>> use_language("en")
    >>> numbered("feedback").splitlines()[3]
    '4. The pace was: too slow / right / too fast'
    """
    colon = T(zh="：", en=": ")
    lines = []
    for number, question in enumerate(questions(form), 1):
        text = str(question["text"])
        if "options" in question:
            text = (
                text.rstrip("？?")
                + f"{colon}{' / '.join(option[language()] for option in question['options'])}"
            )
        elif question["kind"] == "scale":
            first, last = question["first"], question["last"]
            text += str(T(zh=f"（{first} 到 {last} 分）", en=f" ({first} to {last})"))
        lines.append(f"{number}. {text}")
    return "\n".join(lines)


def form_page(form: str, course: str = "", day: str = "") -> str:
    """Return a form as one HTML page that needs nothing from outside, in the current language."""
    entry = source()[form]
    about = " · ".join(filter(None, [course, day]))
    gap, lines = ROOM[form]
    places = {
        "lang": {"zh": "zh-CN", "en": "en"}[language()],
        "title": escape(entry["title"][language()] + (f" · {about}" if about else "")),
        "lead": escape(entry["lead"][language()]),
        "form": form,
        "course": escape(about),
        "questions": "\n".join(_question(number, one) for number, one in enumerate(questions(form), 1)),
        "words": json.dumps({key: str(text) for key, text in SAID.items()}, ensure_ascii=False),
        "gap": gap,
        "lines": lines,
        **{key: escape(str(text)) for key, text in WORDS.items()},
    }
    template = (HERE / "forms.html").read_text(encoding="utf-8")
    return re.sub(r"\{\{(\w+)\}\}", lambda place: places[place[1]], template)


def letter(trainer: str = "", day: str = "") -> str:
    """Return the letter that asks a company for its data; its table is the one of the trainer's guide."""
    entry = source()[LETTER]
    guide = (HERE / "course_guide" / f"{language()}.md").read_text(encoding="utf-8")
    table = re.search(r"^\|(?:.*\n\|)+.*\n", guide, re.MULTILINE)
    assert table
    lines = [text[language()] for text in entry["before"]]
    lines += [table[0], *(text[language()] for text in entry["after"][:-1])]
    lines += [entry["due"][language()].format(date=day)] if day else []
    lines += [entry["after"][-1][language()]]
    lines += [entry["from"][language()].format(trainer=trainer)] if trainer else []
    text = MarkdownIt("commonmark", {"html": False}).enable("table").render("\n\n".join(lines))
    html = page(entry["title"][language()], "", [])
    return html.replace("</body>", f"{text}</body>").replace('<p class="lead"></p>', "")


def _question(number: int, question: dict[str, Any]) -> str:
    key, kind = question["id"], question["kind"]
    if kind == "scale":
        values = [(str(n), str(n)) for n in range(question["first"], question["last"] + 1)]
        ends = zip((question["first"], question["last"]), question["ends"], strict=True)
        meant = escape("　".join(f"{value} = {end[language()]}" for value, end in ends))
        body = f'<div class="row">{_picks(key, "radio", values)}<span class="end">{meant}</span></div>'
    elif kind == "text":
        body = f'<textarea aria-labelledby="q-{key}" maxlength="4000"></textarea>'
    else:
        values = [(option["code"], option[language()]) for option in question["options"]]
        body = f'<div class="row">{_picks(key, "radio" if kind == "choice" else "checkbox", values)}</div>'
    legend = f'<legend id="q-{key}">{number}. {escape(str(question["text"]))}</legend>'
    return f'<fieldset data-question="{key}" data-kind="{kind}">{legend}{body}</fieldset>'


def _picks(key: str, kind: str, values: list[tuple[str, str]]) -> str:
    return "".join(
        f'<label class="pick"><input type="{kind}" name="{key}" value="{value}">{escape(words)}</label>'
        for value, words in values
    )
