"""Markdown as JupyterLab reads it: tokens with their lines, and the parts that a language does not change."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.token import Token

_PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
_MATHS = re.compile(r"\$\$.+?\$\$|(?<![\\$])\$[^\s$](?:[^$\n]*[^\s$])?\$", re.DOTALL)
_WORDS_IN_MATHS = re.compile(r"\\(text|mathrm|textrm|operatorname)\{[^{}]*\}")


@dataclass(frozen=True)
class Parts:
    """What must be the same in both languages, and the prose that is left."""

    headings: tuple[int, ...]
    items: tuple[int, ...]
    tables: tuple[tuple[int, int], ...]
    fences: tuple[str, ...]
    code: frozenset[str]
    links: Counter[str]
    images: Counter[str]
    maths: Counter[str]
    prose: str


_CODE = re.compile(r"^```.*?^```|(`+)(?!`).+?(?<!`)\1(?!`)|\]\([^)]*\)|<[^>\n]+>", re.DOTALL | re.MULTILINE)


def without_code(text: str) -> str:
    """Blank out code, formulas, link targets and HTML, every line staying where it is.

    >>> without_code("算出 `days` 与 $x$，见[这里](a.md)")
    '算出        与    ，见[这里       '
    """
    for pattern in (_CODE, _MATHS):
        text = pattern.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)
    return text


def inline(text: str) -> Iterator[tuple[int, Token]]:
    """Go through the paragraphs, headings and table cells of a text, each with its line from 1."""
    blanked = _MATHS.sub(lambda match: re.sub(r"[^\n]", "x", match[0]), text)
    for token in _PARSER.parse(blanked):
        if token.type == "inline":
            yield (token.map or [0])[0] + 1, token


def parts(text: str) -> Parts:
    r"""Take a text apart.

    >>> found = parts("## R\n\n- `days` 3\n- $x^2$ [a](b.md)")
    >>> found.headings, found.items, set(found.code), dict(found.links), dict(found.maths)
    ((2,), (1, 1), {'days'}, {'b.md': 1}, {'$x^2$': 1})
    """
    maths = [_WORDS_IN_MATHS.sub(r"\\\1{}", formula) for formula in _MATHS.findall(text)]
    tokens = _PARSER.parse(_MATHS.sub(" ", text))
    children = [child for token in tokens for child in token.children or ()]
    tables: list[list[int]] = []
    for token in tokens:
        if token.type == "table_open":
            tables.append([0, 0])
        elif token.type in ("tr_open", "th_open"):
            tables[-1][token.type == "th_open"] += 1
    return Parts(
        headings=tuple(int(token.tag[1]) for token in tokens if token.type == "heading_open"),
        items=tuple(token.level // 2 + 1 for token in tokens if token.type == "list_item_open"),
        tables=tuple((rows, columns) for rows, columns in tables),
        fences=tuple(token.info.strip() for token in tokens if token.type in ("fence", "code_block")),
        code=frozenset(child.content for child in children if child.type == "code_inline"),
        links=Counter(_target(child, "href") for child in children if child.type == "link_open"),
        images=Counter(_target(child, "src") for child in children if child.type == "image"),
        maths=Counter(re.sub(r"\s+", " ", formula) for formula in maths),
        prose="\n".join(words(token) for token in tokens if token.type == "inline"),
    )


def words(token: Token) -> str:
    """Return what a reader reads of a paragraph, without inline code."""
    said = []
    for child in token.children or ():
        if child.type in ("softbreak", "hardbreak"):
            said.append("\n")
        elif child.type == "image":
            said.append(words(child))
        else:
            said.append(" " if child.type == "code_inline" else child.content)
    return "".join(said)


def _target(token: Token, key: str) -> str:
    """Return where a link goes, without its language: `../zh/x.ipynb#…` and `../en/x.ipynb#…` are one."""
    target = str(token.attrs.get(key, "")).partition("#")[0] or "#"
    return re.sub(r"(?<![a-z])(zh|en)(?=[/._-])", "*", target)
