"""The executed lessons as pages: links between pages, words for every picture, a quiz whose reasons unfold."""

import re
from html import escape
from pathlib import Path

import nbformat

from custseg_helpers.learn.lessons import exercises, number_and_topic
from custseg_helpers.learn.quiz import Question, questions
from custseg_helpers.paths import course_root
from custseg_helpers.words.text import Language, T

FILE_NAME = re.compile(r"\[(\w+?)(_exercises)?\.ipynb\]")
LINK = re.compile(r"\]\((?:\.\./\.\./(?:notebooks|exercises)/\w+/)?(\w+?)(_exercises)?\.ipynb\)")
TASK = re.compile(r"^> - (\d+) ·", re.MULTILINE)
HEADING = re.compile(r"^#+ (?:\d+[a-z]?(?: ·|\.) )?(.+)$", re.MULTILINE)
FIGURE = T(zh="图：{what}", en="Figure: {what}")
AGAIN = T(zh="（第 {n} 幅）", en=" ({n})")
STILL = T(
    zh="> 👆 这里是第一幅画面。[打开课程](../start.md)上这一课，就能动手调，图和表随手变。",
    en="> 👆 This is the first picture. [Open the course](../start.md) and this lesson's controls move; figure and tables follow.",
)
WORKBOOK = T(zh="第 {n} 课的练习册", en="the workbook of lesson {n}")
LESSON = T(zh="第 {n} 课的讲义", en="lesson {n}")
REASONS = T(zh="选一个，点开看理由。", en="Choose one and open it to read why.")
RIGHT, WRONG = T(zh="✓ 对。", en="✓ Right. "), T(zh="✗ 不对。", en="✗ Not this one. ")


def lesson_page(name: str, lang: Language) -> str:
    """Return a lesson as the notebook the site is built from; what it says and shows is the executed one's.

    >>> page = lesson_page("04_rfm", "en")
    >>> "> - [1](../workbooks/04_rfm.md#rfm-recency)" in page, "../../exercises" in page
    (True, False)
    """
    path = course_root() / "notebooks" / lang / f"{name}.ipynb"
    book = nbformat.read(path, as_version=4)
    seen: dict[str, int] = {}
    heading, cells = "", []
    for cell in book.cells:
        cells.append(cell)
        if cell.cell_type == "markdown":
            heading = next(reversed(HEADING.findall(cell.source)), heading)
            cell.source = links(cell.source, "lessons", name, lang)
            continue
        for output in cell.outputs:
            if "image/png" in output.get("data", {}):
                explorer = "explorer" in cell.metadata.get("tags", ())
                what = output.data["text/plain"] if explorer else plain(heading)
                cell.metadata["mystnb"] = {"image": {"alt": alternative(what, lang, seen)}}
        if cell.source.startswith("quiz("):
            cell.outputs[0].data = {"text/html": quiz_html(questions(name), lang)}
        if "explorer" in cell.metadata.get("tags", ()):
            cells.append(nbformat.v4.new_markdown_cell(STILL.within(lang), id=f"{cell.id}-still"))
    book.cells = cells
    return nbformat.writes(book)


def links(text: str, folder: str, name: str, lang: Language) -> str:
    """Let links between notebooks lead to pages, and the exercises of a "now try" box to their place.

    >>> links("[04_rfm.ipynb](../../notebooks/en/04_rfm.ipynb)", "workbooks", "04_rfm", "en")
    '[lesson 04](../lessons/04_rfm.ipynb)'
    """

    def page(match: re.Match[str]) -> str:
        if not number_and_topic(match[1]):
            return match[0]
        target = f"workbooks/{match[1]}.md" if match[2] else f"lessons/{match[1]}.ipynb"
        return f"]({Path(target).name})" if target.startswith(folder) else f"](../{target})"

    def title(match: re.Match[str]) -> str:
        lesson = number_and_topic(match[1])
        words = (WORKBOOK if match[2] else LESSON).within(lang)
        return f"[{words.format(n=lesson[0])}]" if lesson else match[0]

    def task(match: re.Match[str]) -> str:
        anchor = list(exercises(name))[int(match[1]) - 1]
        return f"> - [{match[1]}](../workbooks/{name}.md#{anchor}) ·"

    text = LINK.sub(page, FILE_NAME.sub(title, text))
    return TASK.sub(task, text)


def alternative(what: str, lang: Language, seen: dict[str, int]) -> str:
    """Return the words that stand for a picture, numbered where a section has several.

    >>> seen = {}
    >>> [alternative("Scores", "en", seen) for _ in range(2)]
    ['Figure: Scores', 'Figure: Scores (2)']
    """
    seen[what] = seen.get(what, 0) + 1
    again = AGAIN.within(lang).format(n=seen[what]) if seen[what] > 1 else ""
    return FIGURE.within(lang).format(what=what) + again


def plain(text: str) -> str:
    """Return a heading without its markup."""
    return re.sub(r"[`*]", "", text).strip()


def quiz_html(asked: tuple[Question, ...], lang: Language) -> str:
    """Return a quiz that works without a kernel: every option unfolds its own reason.

    >>> quiz_html(questions("04"), "en").count("<details>")
    12
    """
    parts = [f"<p>{escape(REASONS.within(lang))}</p>"]
    for number, question in enumerate(asked, 1):
        parts.append(f"<p><strong>{number}. {escape(question.text.within(lang))}</strong></p>")
        for option in question.options:
            verdict = (RIGHT if option.right else WRONG).within(lang)
            reason = option.reason.within(lang).removeprefix(verdict.lstrip("✓✗ "))
            parts.append(
                f"<details><summary>{escape(option.text.within(lang))}</summary>"
                f"<p>{escape(verdict + reason)}</p></details>"
            )
    return f'<div class="quiz">{"".join(parts)}</div>'
