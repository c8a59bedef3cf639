"""The card on top of a workbook: what tables show and how code writes it, for columns, groups and every other name."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from custseg_helpers.words.glossary import glossary, term
from custseg_helpers.words.glossary import label as name_of
from custseg_helpers.words.text import Language, T, listed, speaking

if TYPE_CHECKING:
    from custseg_helpers.company.company import Company

TITLE = T(zh="名称卡：列叫什么，代码里怎么写", en="Names: what a column is called, and how code writes it")
ABOUT = T(
    zh='表里显示的是中文名称，代码里写英文代码。忘了就看这里；也可以问 `label("{code}")`，反过来写中文名称也行。下面是示例公司的前三行。',
    en='Tables show names for readers, code is written with codes. Look here when you forget one, or ask `label("{code}")`; a name is answered with its code. The rows are the sample company\'s first three.',
)
TODAY = T(
    zh="**`{name}`** · 快照日：约定好的“今天”，数据算到这一天为止。示例公司是 {day}",
    en='**`{name}`** · the snapshot day: the "today" that was agreed on, up to which everything is counted. For the sample company it is {day}',
)
CODED = T(
    zh="**分成的组和别的名字** · 表里显示前面的名称，代码里写后面的代码，连引号\n",
    en="**Groups and other names** · tables show the name, code is written with the code behind it, quotes included\n",
)
LINE = T(zh="- {of}：{names}", en="- {of}: {names}")
QUOTED = T(zh="别的", en="others")
MOST_CODES = 20
"""A column with more different values holds no kinds."""
RAW = ("raw_sales", "raw_members", "raw_service")
MADE_BY = ("order_facts", "customer_table", *RAW)
"""Functions of a workbook that make a table."""


def names_card(code: list[str], lang: Language) -> str:
    """Return a workbook's card as Markdown; empty where its code uses no table.

    `code` are the texts of its code cells, the answers included.
    """
    parts = [
        f"**`{name}`** · {title.within(lang)}\n\n{_card(source, name, lang)}"
        for name, source, title in tables(code)
    ]
    rows = coded(code)
    if parts and rows:
        with speaking(lang):
            lines = [
                str(LINE.format(of=title, names=listed(_coded(one) for one in names)))
                for title, names in rows
            ]
            parts.append("\n".join([str(CODED), *lines]))
    if not parts:
        return ""
    if today := _snapshot_day(code):
        with speaking(lang):
            parts.insert(0, str(TODAY.format(name=today, day=f"{_sample().as_of:%Y-%m-%d}")))
    about = ABOUT.format(code="customer_id").within(lang)
    return "\n\n".join([f"<details><summary>📇 {TITLE.within(lang)}</summary>", about, *parts, "</details>"])


def tables(code: list[str]) -> Iterator[tuple[str, str, T]]:
    """Yield the tables of a workbook once each: what code calls it, where it comes from, what it is.

    >>> [found[:2] for found in tables(["orders, day = company.orders, 1", "f(company.products, orders)"])]
    [('orders', 'orders'), ('company.products', 'products')]
    """
    from custseg_helpers.company.schema import TABLES

    found: dict[str, str] = {}
    for text in code:
        tree = ast.parse(text)
        for node in ast.walk(tree):
            if isinstance(node, ast.Assign):
                for target, value in _pairs(node.targets[0], node.value):
                    if source := _source(value):
                        found.setdefault(source, target)
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and (source := _source(node)):
                found.setdefault(source, ast.unparse(node))
    made = T(zh="每位客户一行", en="one row a customer")
    raw = T(zh="原始导出", en="a raw export")
    for source, name in found.items():
        yield name, source, TABLES.get(source) or (raw if source in RAW else made)


def _snapshot_day(code: list[str]) -> str:
    """Return what a workbook calls the snapshot day; nothing where it does not name it."""
    for node in (node for text in code for node in ast.walk(ast.parse(text))):
        if isinstance(node, ast.Assign):
            for target, value in _pairs(node.targets[0], node.value):
                if isinstance(value, ast.Attribute) and value.attr == "as_of":
                    return target
    return ""


def coded(code: list[str]) -> list[tuple[T, tuple[str, ...]]]:
    """Return the codes that a workbook works with: by what they are of, all of them, so that none gives an answer away.

    They are those of its tables' columns, those that its functions sort into, and any other name in quotes.

    >>> for title, names in coded(['late = rfm.segments8(scores) == "key_retain"', 'gap = rhythms["usual_gap_days"]']):
    ...     print(title.within("en"), names[:3])
    the eight segments ('high_value_loyal', 'key_develop', 'key_retain')
    others ('usual_gap_days',)
    """
    from custseg_helpers.company.schema import FIELDS

    used, quoted = _words(code)
    rows = [row for _, source, _ in tables(code) for row in _codes_in(source)]
    rows += [(kind.title, kind.codes) for kind in sorted_into() if used & set(kind.functions)]
    told = {one for _, names in rows for one in names} | {field.name for field in FIELDS}
    told |= {column for _, source, _ in tables(code) for column in map(str, _table(source).columns)}
    rest = tuple(sorted(one for one in quoted - told if one in glossary()))
    rows = list({str(title): (title, names) for title, names in rows}.values())
    return [*rows, (QUOTED, rest)] if rest else rows


@dataclass(frozen=True)
class Kind:
    """Groups that functions of the course sort customers into: what they are together, and their codes."""

    title: T
    codes: tuple[str, ...]
    functions: tuple[str, ...]


@cache
def sorted_into() -> tuple[Kind, ...]:
    """Return the kinds of groups that have codes."""
    from custseg_helpers.action.levers import LEVERS
    from custseg_helpers.tiers.behaviour import ROLES
    from custseg_helpers.tiers.cuts import LEVELS
    from custseg_helpers.tiers.cycle import PACES
    from custseg_helpers.tiers.lifecycle import STAGES
    from custseg_helpers.tiers.quadrant import QUADRANTS
    from custseg_helpers.tiers.rfm_segments import SEGMENTS_8

    categories = next(names for title, names in _codes_in("products") if title == term("category"))
    clusters = ("cluster_1", "cluster_2", "cluster_3")
    return (
        Kind(T(zh="八类客户", en="the eight segments"), tuple(SEGMENTS_8.values()), ("segments8",)),
        Kind(term("stage"), STAGES, ("stages", "stage", "transitions")),
        Kind(term("pace"), (*PACES, "unknown"), ("pace",)),
        Kind(term("main_interest"), (*categories, "no_preference", "unknown"), ("main_interest",)),
        Kind(term("price_sensitivity"), (*LEVELS, "unknown"), ("price_sensitivity",)),
        Kind(term("role"), ROLES, ("role_coverage",)),
        Kind(term("quadrant"), QUADRANTS, ("quadrants",)),
        Kind(T(zh="高、中、低", en="levels"), LEVELS, ("levels",)),
        Kind(T(zh="群", en="clusters"), clusters, ("fit_clusters", "kmeans_steps")),
        Kind(T(zh="抓手", en="levers"), LEVERS, ("sales_formula",)),
    )


def _coded(code: str) -> str:
    """Return a code beside what it is called, in the current language; it alone where both are one."""
    called = name_of(code)
    return f'`"{code}"`' if called == code else f'{called} `"{code}"`'


def _words(code: list[str]) -> tuple[set[str], set[str]]:
    """Return the names that code uses, and the texts in quotes."""
    used, quoted = set(), set()
    for text in code:
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Attribute):
                used.add(node.attr)
            elif isinstance(node, ast.Name):
                used.add(node.id)
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                quoted.add(node.value)
    return used, quoted


@cache
def _codes_in(source: str) -> tuple[tuple[T, tuple[str, ...]], ...]:
    """Return the columns of a table that hold codes, each with all that stand in it."""
    found = []
    for column in _table(source).columns:
        values = [one for one in _table(source)[column].dropna().unique() if isinstance(one, str)]
        if column in glossary() and 0 < len(values) <= MOST_CODES and glossary().keys() >= set(values):
            found.append((term(column), tuple(sorted(values))))
    return tuple(found)


def _pairs(target: ast.expr, value: ast.expr) -> Iterator[tuple[str, ast.expr]]:
    if isinstance(target, ast.Name):
        yield target.id, value
    elif isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
        for one, other in zip(target.elts, value.elts, strict=True):
            yield from _pairs(one, other)


def _source(node: ast.expr) -> str | None:
    """Return which table an expression is, as it stands: a company's, or one that a function of the course makes."""
    from custseg_helpers.company.schema import TABLES

    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.attr in TABLES:
        return node.attr if node.value.id in ("company", "firms", "owner") else None
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "dropna":
        return _source(node.func.value)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MADE_BY:
        return node.func.id
    return None


@cache
def _card(source: str, name: str, lang: Language) -> str:
    from custseg_helpers.learn.names import card

    return card(_table(source), name, lang)


def _sample() -> "Company":
    from custseg_helpers.company.company import load_sample

    return load_sample("retail")


@cache
def _table(source: str) -> Any:
    """Return a table of the sample company. What it needs is imported here: a build first tells an author's slips."""
    from custseg_helpers.company import raw
    from custseg_helpers.facts.per_customer import order_facts
    from custseg_helpers.tags.table import customer_table

    sample = _sample()
    if source == "order_facts":
        return order_facts(sample.orders, sample.as_of)
    if source == "customer_table":
        return customer_table(sample)
    return getattr(raw, source)() if source in RAW else getattr(sample.owner(source), source)
