"""Pages whose text stands elsewhere: the guides of `docs/`, the trainer's guide, the dictionary, the glossary."""

import re
from html import escape
from pathlib import Path

from custseg_helpers.paths import course_root
from custseg_helpers.teach.guide import COURSE
from custseg_helpers.text import Language, T, glossary

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
COMMANDS = T(
    zh="""## 给讲师的命令

| 命令 | 得到什么 |
|:--|:--|
| `custseg agenda --plan one-day --date 2026-12-01 --out agenda` | 课表：几点讲什么、几点练，附日历文件 |
| `custseg guide --out guide` | 每课一页讲师手册：逐节讲法、练习、学员常犯的错 |
| `custseg doctor` | 检查这台电脑能不能上课 |
| `custseg collect 作业文件夹 --out class` | 收作业、批改，得到全班的表，见[收作业与批改](docs/grading.md) |
""",
    en="""## Commands for trainers

| command | what it gives |
|:--|:--|
| `custseg agenda --plan one-day --date 2026-12-01 --out agenda` | the timetable: what when, with a calendar file |
| `custseg guide --out guide` | a trainer's page a lesson: section by section, exercises, what learners get wrong |
| `custseg doctor` | whether this laptop is ready for class |
| `custseg collect handed-in --out class` | grades what a class handed in, see [collecting and grading](docs/grading.md) |
""",
)


def own_text(name: str, lang: Language) -> str:
    """Return a page of `pages/`."""
    return (PAGES / lang / f"{name}.md").read_text(encoding="utf-8")


def guide_text(path: str, lang: Language) -> str:
    """Return one language's half of a guide that holds both, Chinese first, parted by a rule.

    >>> guide_text("docs/scale.md", "en").splitlines()[0]
    '# When the data are large'
    """
    zh, en = (course_root() / path).read_text(encoding="utf-8").split("\n---\n")
    half = {"zh": zh, "en": en}[lang].strip()
    return re.sub(r"^\[\w+\]\(#.+\)\n\n", "", half, flags=re.MULTILINE) + "\n"


def trainer_text(lang: Language) -> str:
    """Return the trainer's guide for the whole course, with the commands it needs."""
    return f"{(COURSE / f'{lang}.md').read_text(encoding='utf-8')}\n{getattr(COMMANDS, lang)}"


def glossary_text(lang: Language) -> str:
    """Return the glossary as one table, in the order of the language's own dictionaries.

    The order of GB 2312 is that of pinyin for everyday characters, which `gb18030` keeps.

    >>> glossary_text("en").count("<tr>") == len(glossary()) + 1
    True
    """
    columns = {"zh": ("zh_cn", "en", "id", "note"), "en": ("en", "zh_cn", "id")}[lang]
    order = {"zh": lambda row: row["zh_cn"].encode("gb18030"), "en": lambda row: row["en"].lower()}[lang]
    head = "".join(f'<th scope="col">{name}</th>' for name in getattr(HEAD, lang).split("|"))
    rows = "".join(_row(row, columns) for row in sorted(glossary().values(), key=order))
    search = (
        f'<label class="filter">{getattr(FILTER, lang)}<input type="search" data-filter="glossary"></label>'
    )
    return (
        f"{getattr(GLOSSARY, lang)}\n````{{raw}} html\n{search}\n"
        f'<div class="pst-scrollable-table-container" tabindex="0"><table class="table" id="glossary">'
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>\n````\n"
    )


def _row(row: dict[str, str], columns: tuple[str, ...]) -> str:
    cells = [f"<code>{row[name]}</code>" if name == "id" else escape(row[name]) for name in columns]
    return f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"
