"""The page the course opens with, and the page for one's own data."""

import json
import re
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

from custseg_helpers.files.cells import PYTHON
from custseg_helpers.learn.lessons import about, exercises, lesson_folders, minutes
from custseg_helpers.learn.papers import PAPERS, papers
from custseg_helpers.words.text import LANGUAGES, Language, T, listed

NAME = "START.ipynb"
OWN_DATA = "adapt.ipynb"
CONTINUE = "continue"
"""The cell that says where the learner was."""
AGAIN = "again"
"""The cell in which the learner writes which workbook to do again."""

TITLE = T(zh="客户分层分析与应用", en="Customer segmentation and what to do with it")
"""The course's name, on its first page and wherever it is named."""
WELCOME = T(
    zh="""# {title}

市场和销售的预算是有限的：先服务谁、给谁什么、不打扰谁？这门课教你给客户打标签、分层，再对每一层采取不同的行动。课上用示例公司的数据，学完就能用在自己公司的数据上。

**不要求会编程。** 讲义里的代码都写好了，运行、看结果就行。练习先从填空开始；会用 Excel 的人，第 00b 课用一小时教你看懂它们。""",
    en="""# {title}

Money and time are short: whom to serve first, what to offer to whom, whom not to contact? This course teaches you to tag customers, to tier them, and to act differently on each tier. It uses a sample company; afterwards you do the same with your own data.

**You need not know how to program.** The code of the lessons is written for you: run it and look at the result. Exercises begin with blanks to fill in, and lesson 00b takes an hour to show people who know Excel how to read them.""",
).format(title=TITLE)
MAP = T(
    zh="## 课程地图\n\n点“并排打开”，左边是讲义，右边是练习册。分钟数按没写过程序的人算。\n\n| 课 | 讲义 | 要回答的问题 | 分钟 | 练习册 | |\n|:--|:--|:--|--:|:--|:--|\n",
    en="## Map of the course\n\n“Side by side” opens the lesson on the left and its workbook on the right. Minutes are those of somebody who has never programmed.\n\n| | Lesson | The question it answers | Minutes | Workbook | |\n|:--|:--|:--|--:|:--|:--|\n",
)
OPEN = T(zh="打开", en="open")
BESIDE = T(
    zh="并排打开", en="side\N{NO-BREAK SPACE}by\N{NO-BREAK SPACE}side"
)  # a table breaks no link in two
GO_ON = T(
    zh="**接着上次：** 第 {number} 课，练习 {exercise}。{open}",
    en="**Go on where you were:** lesson {number}, exercise {exercise}. {open}",
)
BEGIN = T(zh="**从这里开始：** 第 {number} 课。{open}", en="**Begin here:** lesson {number}. {open}")
DONE = T(
    zh="**全部练习都做完了。** 用自己的数据再走一遍吧。",
    en="**All exercises are done.** Now walk the way on your own data.",
)
HELP = T(zh="**手边放着：** {pages}。", en="**At hand:** {pages}.")
BEFORE = T(
    zh="\n第 {number} 课接着第 {before} 课讲，这里没有第 {before} 课：也能学，遇到没见过的词，问老师。\n",
    en="\nLesson {number} goes on from lesson {before}, which is not here: take it all the same, and ask about words that are new.\n",
)
HOW = T(
    zh="""## 怎么用

- **运行一格**：点一下这一格，按 <kbd>Shift</kbd> + <kbd>Enter</kbd>。运行全部：菜单“运行 → 运行所有单元格”。第一次运行要等大约一分钟。
- **做练习**：在练习册里填好空 `____`（或把 `...` 换成你的答案），运行它，再运行下面的 `check(…)`：对不对、差在哪里，它会告诉你。
- **不想写代码**：运行 `check(…)`，按下面的“点选搭建”，用鼠标选表、选列、选做法，看着结果一步步出来；做对了，它把代码写进那一格。
- **卡住了**：按检查结果下面的“提示”按钮，再按一次看下一条；实在不行按“参考答案”。写代码也一样：`hint("rfm-recency")`、`solution("rfm-recency")`。
- **看进度**：运行下面这一格。""",
    en="""## How it works

- **Run a cell**: click it and press <kbd>Shift</kbd> + <kbd>Enter</kbd>. All of them: menu “Run → Run All Cells”. The first run takes about a minute.
- **Do an exercise**: in the workbook, fill the blanks `____` (or put your answer in place of `...`), run it, then run the `check(…)` below: it says whether the answer is right, and where it is not.
- **Rather click than type?** Run `check(…)` and press “Build by pointing” below it: choose a table, a column and what to do, and see each step's result; once it is right, the code is written into the cell for you.
- **Stuck?** Press “Hint” below the verdict, and again for the next one; as a last resort press “Model answer”. In code: `hint("rfm-recency")`, `solution("rfm-recency")`.
- **Your progress**: run the next cell.""",
)
OWN = T(
    zh="""## 这次用的是你自己的数据

{opening}

- 讲义、练习和 `check(…)` 都按你的数据重算，故事里的人名和数字仍是示例公司的。
- 有一步你的数据做不了时，会用一句话说明缺什么，接着往下做就行。""",
    en="""## This time on your own data

{opening}

- Lessons, exercises and `check(…)` are computed from your data; names and numbers in the story are still the sample company's.
- Where your data do not carry a step, one sentence says what is missing; go on with the next.""",
)
ADAPT = T(
    zh="## 用自己的数据\n\n打开[自己的数据](adapt.ipynb)：上传一份订单表，核对每一列，得到分层结果和报告，不用写代码。",
    en="## With your own data\n\nOpen [your own data](adapt.ipynb): upload a table of orders, check its columns, get tiers and a report, without code.",
)
OWN_ABOUT = T(
    zh="""# 自己的数据：从文件到报告

点一下下面这一格，按 <kbd>Shift</kbd> + <kbd>Enter</kbd>，然后从上往下做：上传订单表（Excel、CSV），看看每一列认得对不对，最后得到报告。数据不离开这台电脑。""",
    en="""# Your own data: from file to report

Click the cell below and press <kbd>Shift</kbd> + <kbd>Enter</kbd>, then go from top to bottom: upload a table of orders (Excel, CSV), see whether each column was recognised, get the report. The data stay on this computer.""",
)
OWN_CODE = """from custseg_helpers import use_language
from custseg_helpers.own_page import page

use_language("{lang}")
page.show()"""
OWN_AFTER = T(
    zh="""## 接下来

- 你的约定都在 `own/company.toml` 里，一行一条，可以用编辑器改；不动数据，重跑就得到同样的结果。
- 想用自己的数据上课：把任何一课第一格的 `load()` 换成 `load("own/company.toml")`。
- 从头再来：重新运行上面那一格，旧的约定会另存。""",
    en="""## What next

- Your decisions are in `own/company.toml`, one a line; edit it as you like. The same file and the same decisions give the same result.
- To take a lesson on your own data: in its first cell put `load("own/company.toml")` in place of `load()`.
- To start afresh: run the cell above again; the old decisions are kept under another name.""",
)
PROGRESS = "from custseg_helpers import progress\n\nprogress()"
RESET = 'from custseg_helpers import reset, use_language\n\nuse_language("{lang}")\nreset("")'
WHERE = T(
    zh="""## 我的文件在哪里

这里的讲义和练习册都是你自己的一份，在文件夹 `{folder}` 里，随便改，记得保存（<kbd>Ctrl</kbd> + <kbd>S</kbd>，Mac 用 <kbd>⌘</kbd> + <kbd>S</kbd>）。备份时复制这个文件夹就行。

- 课程更新时，不会覆盖你改过的文件：新版放在旁边，文件名带 `.new`。
- 想重做一课的练习：先保存并关掉那本练习册，在下面一格的引号里写上课号，如 `{lesson}`，再按 <kbd>Shift</kbd> + <kbd>Enter</kbd>。练习册恢复原样，旧的另存为 `.old-1`。
- 收工：保存，关掉网页，再关掉启动课程的那个黑色窗口。""",
    en="""## Where your work lives

The lessons and workbooks here are your own copies, in the folder `{folder}`. Change them as you like and save (<kbd>Ctrl</kbd> + <kbd>S</kbd>, on a Mac <kbd>⌘</kbd> + <kbd>S</kbd>). To back them up, copy that folder.

- An update of the course never overwrites a file that you changed: the newer one is laid beside it, with `.new` in its name.
- To do a workbook again: save and close it, write its number between the quotes of the cell below, such as `{lesson}`, and press <kbd>Shift</kbd> + <kbd>Enter</kbd>. It is restored, and the old one kept as `.old-1`.
- Done for today? Save, close the page, then the black window that started the course.""",
)


def start_page(
    folder: Path,
    lang: Language,
    pages: Collection[str],
    own: T | None = None,
    *,
    lab: bool = False,
    reached: tuple[str, int] | None = None,
    others: Sequence[Language] = (),
) -> str:
    """Return the start page as notebook text; it links to those of `pages` that belong to a lesson.

    Args:
        folder: where the learner's files are, as the page tells it.
        lang: the page's language.
        pages: the names of the files that lie beside it.
        own: whose data the lessons run on, and what is borrowed, where they are a team's own.
        lab: whether JupyterLab shows the page, in which a lesson and its workbook open side by side.
        reached: the lesson and the place in its workbook to go on with, from `progress.reached()`; `None` for somebody
            who has done nothing yet, a lesson of "" for somebody who has done all.
        others: the other languages whose start page lies beside this folder.
    """
    here = [number for number in lesson_folders() if f"{lesson_folders()[number].name}.ipynb" in pages]
    rows = "".join(_row(number, lang, pages, lab) for number in here)
    lesson = "04" if "04" in lesson_folders() else next(iter(lesson_folders()))
    example = next(iter(exercises(lesson)))
    cells = [
        _cell("markdown", "welcome", _languages(others) + WELCOME.within(lang)),
        *([_cell("markdown", CONTINUE, _go_on(here, lang, pages, reached))] if lab and here else []),
        *([_cell("markdown", "own", _own(own, lang))] if own else []),
        _cell("markdown", "map", MAP.within(lang) + rows + _before(here, lang)),
        _cell("markdown", "how", HOW.within(lang).replace("rfm-recency", example)),
        *([_cell("markdown", "help", _help(lang))] if papers(lang).keys() <= set(pages) else []),
        _cell("code", "progress", PROGRESS) | {"execution_count": None, "outputs": []},
        *([_cell("markdown", "adapt", ADAPT.within(lang))] if OWN_DATA in pages else []),
        _cell("markdown", "where", WHERE.within(lang).format(folder=folder, lesson=lesson)),
        _cell("code", AGAIN, RESET.format(lang=lang)) | {"execution_count": None, "outputs": []},
    ]
    return _book(cells)


def own_data_page(lang: Language) -> str:
    """Return the page on which people bring their own data, as notebook text."""
    code = OWN_CODE.format(lang=lang)
    return _book(
        [
            _cell("markdown", "about", OWN_ABOUT.within(lang)),
            _cell("code", "page", code) | {"execution_count": None, "outputs": []},
            _cell("markdown", "after", OWN_AFTER.within(lang)),
        ]
    )


def sources(text: str) -> Any:
    """Return what a notebook's cells say, without outputs: running the start page does not change it.

    Nor does going on with the course or doing a workbook again: the cells for that are left out.
    """
    try:
        cells = [cell for cell in json.loads(text)["cells"] if cell.get("id") not in (CONTINUE, AGAIN)]
        return [(cell["cell_type"], "".join(cell["source"])) for cell in cells]
    except (ValueError, KeyError, TypeError):
        return text


def _languages(others: Sequence[Language]) -> str:
    links = (f"[{LANGUAGES[other].name}](../{other}/{NAME})" for other in others)
    return " · ".join(links) + "\n\n" if others else ""


def _go_on(
    here: Sequence[str],
    lang: Language,
    pages: Collection[str],
    reached: tuple[str, int] | None,
) -> str:
    """Return the line that leads back to where the learner was, or to the first lesson."""
    number, place = reached or (here[0], 0)
    if number not in here:
        return DONE.within(lang)
    text = GO_ON if place else BEGIN
    link = _both(number, lang, pages)
    return text.within(lang).format(number=number, exercise=place, open=link)


def _both(number: str, lang: Language, pages: Collection[str]) -> str:
    """Return a link that opens a lesson and, to the right of it, its workbook: `labextensions/` knows its ending."""
    name = lesson_folders()[number].name
    there = f"{name}_exercises.ipynb" in pages
    return f"[{BESIDE.within(lang)}]({name}.ipynb#beside)" if there else ""


def _help(lang: Language) -> str:
    links = [f"[{title.within(lang)}]({name}.md)" for name, title in PAPERS.items()]
    return HELP.format(pages=listed(links)).within(lang)


def _row(number: str, lang: Language, pages: Collection[str], lab: bool) -> str:
    name = lesson_folders()[number].name
    lesson, workbook = about(number), f"{name}_exercises.ipynb"
    title, question = (T(**lesson[key]).within(lang) for key in ("title", "question"))
    link = f"[{OPEN.within(lang)}]({workbook})" if workbook in pages else ""
    return f"| {number} | [{title}]({name}.ipynb) | {question} | {minutes(number).lesson} | {link} | {_both(number, lang, pages) if lab else ''} |\n"


def _before(here: list[str], lang: Language) -> str:
    """Say which lesson goes on from one that is not here, as in a class pack of a part of the course."""
    lines = [
        BEFORE.within(lang).format(number=number, before=before)
        for number in here
        for before in about(number)["prerequisites"]
        if before not in lesson_folders()
    ]
    return "".join(lines)


def _own(own: T, lang: Language) -> str:
    lines = own.within(lang).splitlines()
    return OWN.within(lang).format(opening="\n\n".join(_plain(line) for line in lines))


def _plain(text: str) -> str:
    """Return a text that Markdown shows as it stands: a company may be called `my_<b>shop`."""
    return re.sub(r"([\\`*_{}\[\]<>#$|~])", r"\\\1", text)


def _book(cells: list[dict[str, Any]]) -> str:
    book = {"cells": cells, "metadata": PYTHON, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(book, ensure_ascii=False, indent=1) + "\n"


def _cell(kind: str, identity: str, source: str) -> dict[str, Any]:
    return {"cell_type": kind, "id": identity, "metadata": {}, "source": source}
