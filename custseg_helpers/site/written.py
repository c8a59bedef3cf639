"""Pages whose text stands elsewhere: the guides of `docs/`, the trainer's guide, the dictionary, the glossary."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd
from markupsafe import Markup

from custseg_helpers.files.page import fill
from custseg_helpers.files.tables import html_table
from custseg_helpers.paths import course_root
from custseg_helpers.teach.guide import course_text
from custseg_helpers.words.glossary import glossary
from custseg_helpers.words.text import Language, T, speaking

PAGES = Path(__file__).with_name("pages")
"""Texts written for the site alone, one folder a language, the same names in both."""


def own_text(name: str, lang: Language, **values: Any) -> str:
    """Return a page of `pages/` with its places filled."""
    with speaking(lang):
        return fill(f"site/pages/{{language}}/{name}.md", **values)


def guide_text(path: str, lang: Language) -> str:
    """Return one language's half of a guide that holds both, Chinese first, parted by a rule.

    Files of the course's folder that are no pages (`../CONTRIBUTING.md`) are named, not linked.

    >>> guide_text("docs/scale.md", "en").splitlines()[0]
    '# When the data are large'
    """
    halves = (course_root() / path).read_text(encoding="utf-8").split("\n---\n")
    half = T(*halves).within(lang).strip()
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
    return own_text("trainers", lang, guide=course_text(), commands=commands)


def glossary_text(lang: Language) -> str:
    """Return the glossary as one table; the page says which columns it has, and goes by the first.

    >>> glossary_text("en").count("<tr>") == len(glossary()) + 1
    True
    """
    return own_text("glossary", lang, terms=_terms)


def _terms(**heads: str) -> Markup:
    """Return columns of the glossary under their heads.

    The order of GB 2312, which `gb18030` keeps, is that of pinyin for everyday characters and of the alphabet for Latin ones.
    """
    terms = pd.DataFrame(glossary().values())[list(heads)]
    order = terms.iloc[:, 0].map(lambda name: name.lower().encode("gb18030")).argsort()
    table = terms.iloc[order].reset_index(drop=True).rename(columns=heads)
    return html_table(table, {heads["id"]: Markup("<code>{}</code>").format}, codes=False)
