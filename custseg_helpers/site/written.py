"""Pages whose text stands elsewhere: the guides of `docs/`, the trainer's guide, the dictionary, the glossary."""

import re
from collections.abc import Mapping
from html import escape
from pathlib import Path

from custseg_helpers.paths import course_root
from custseg_helpers.teach.guide import course_text
from custseg_helpers.words.glossary import glossary
from custseg_helpers.words.text import Language, T

PAGES = Path(__file__).with_name("pages")
"""Texts written for the site alone, one folder a language, the same names in both."""

GLOSSARY = T(
    zh="""# 词汇表

课程里的每一个词，中英对照。“代码”是它在表格里的写法，`label("dormant")` 会显示成“休眠客户”。
""",
    en="""# Glossary

Every term of the course in both languages. The code is how tables write it; `label("dormant")` shows it as “dormant”.
""",
)
FILTER = T(zh="在词汇表里找：", en="Find in the glossary: ")
HEAD = T(zh="中文|英文|代码|说明与用词", en="English|Chinese|code")
COLUMNS = T(zh="zh_cn|en|id|note", en="en|zh_cn|id")
"""The columns of `glossary.csv` under the head; the first gives the order."""
FOR_TRAINERS = T(zh="## 给讲师的命令", en="## Commands for trainers")
COMMAND_HEAD = T(zh="| 命令 | 做什么 |", en="| command | what it does |")
MORE = T(
    zh="每条命令加 `--help` 有说明；细节见左边的几页。",
    en="Each has a `--help`; the pages on the left say more.",
)


def own_text(name: str, lang: Language) -> str:
    """Return a page of `pages/`."""
    return (PAGES / lang / f"{name}.md").read_text(encoding="utf-8")


def guide_text(path: str, lang: Language) -> str:
    """Return one language's half of a guide that holds both, Chinese first, parted by a rule.

    Files of the course's folder that are no pages (`../CONTRIBUTING.md`) are named, not linked.

    >>> guide_text("docs/scale.md", "en").splitlines()[0]
    '# When the data are large'
    """
    zh, en = (course_root() / path).read_text(encoding="utf-8").split("\n---\n")
    half = T(zh, en).within(lang).strip()
    half = re.sub(r"^\[\w+\]\(#.+\)\n\n", "", half, flags=re.MULTILINE)
    return re.sub(r"\[([^\]]+)\]\(\.\./[^)]+\)", r"`\1`", half) + "\n"


def guides() -> list[str]:
    """Return the names of the guides in `docs/` that are for readers: those written in both languages.

    >>> {"own-data", "scale", "grading"} <= set(guides()), "architecture" in guides()
    (True, False)
    """
    texts = {
        path.stem: path.read_text(encoding="utf-8") for path in sorted((course_root() / "docs").glob("*.md"))
    }
    return [name for name, text in texts.items() if "\n---\n" in text]


def trainer_text(lang: Language, commands: Mapping[str, T]) -> str:
    """Return the trainer's guide for the whole course, with the commands made for trainers."""
    rows = [f"| `custseg {name}` | {does.within(lang)} |" for name, does in commands.items()]
    table = "\n".join([COMMAND_HEAD.within(lang), "|:--|:--|", *rows])
    return "\n\n".join([course_text(), FOR_TRAINERS.within(lang), table, MORE.within(lang)]) + "\n"


def glossary_text(lang: Language) -> str:
    """Return the glossary as one table, in the order of the language's own dictionaries.

    The order of GB 2312 is that of pinyin for everyday characters, which `gb18030` keeps.

    >>> glossary_text("en").count("<tr>") == len(glossary()) + 1
    True
    """
    columns = COLUMNS.within(lang).split("|")
    terms = sorted(glossary().values(), key=lambda row: row[columns[0]].lower().encode("gb18030"))
    head = "".join(f'<th scope="col">{name}</th>' for name in HEAD.within(lang).split("|"))
    rows = "".join(_row(row, columns) for row in terms)
    search = (
        f'<label class="filter">{FILTER.within(lang)}<input type="search" data-filter="glossary"></label>'
    )
    return (
        f"{GLOSSARY.within(lang)}\n````{{raw}} html\n{search}\n"
        f'<div class="pst-scrollable-table-container" tabindex="0"><table class="table" id="glossary">'
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>\n````\n"
    )


def _row(row: dict[str, str], columns: list[str]) -> str:
    cells = [f"<code>{row[name]}</code>" if name == "id" else escape(row[name]) for name in columns]
    return f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"
