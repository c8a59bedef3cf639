"""The card on top of a workbook: every column of its tables, as it is called, as code writes it, with three rows."""

import ast
from collections.abc import Iterator
from functools import cache
from typing import Any

from custseg_helpers.words.text import Language, T

TITLE = T(zh="名称卡：列叫什么，代码里怎么写", en="Names: what a column is called, and how code writes it")
ABOUT = T(
    zh='表里显示的是中文名称，代码里写英文代码。忘了就看这里；也可以问 `label("{code}")`，反过来写中文名称也行。下面是示例公司的前三行。',
    en='Tables show names for readers, code is written with codes. Look here when you forget one, or ask `label("{code}")`; a name is answered with its code. The rows are the sample company\'s first three.',
)
RAW = ("raw_sales", "raw_members", "raw_service")
MADE_BY = ("order_facts", "customer_table", *RAW)
"""Functions of a workbook that make a table."""


def names_card(code: list[str], lang: Language) -> str:
    """Return a workbook's card as Markdown; empty where its code uses no table.

    `code` are the texts of its code cells.
    """
    parts = [
        f"**`{name}`** · {title.within(lang)}\n\n{_card(source, name, lang)}"
        for name, source, title in tables(code)
    ]
    if not parts:
        return ""
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


@cache
def _table(source: str) -> Any:
    """Return a table of the sample company. What it needs is imported here: a build first tells an author's slips."""
    from custseg_helpers.company import raw
    from custseg_helpers.company.company import load_sample
    from custseg_helpers.facts.per_customer import order_facts
    from custseg_helpers.tags.table import customer_table

    sample = load_sample("retail")
    if source == "order_facts":
        return order_facts(sample.orders, sample.as_of)
    if source == "customer_table":
        return customer_table(sample)
    return getattr(raw, source)() if source in RAW else getattr(sample.owner(source), source)
