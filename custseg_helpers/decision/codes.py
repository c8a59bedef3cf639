"""Short codes that no name explains: kinds of documents, perhaps, of which quotations and credits are no sales."""

import re

import numpy as np
import pandas as pd

from custseg_helpers.decision.questions import Choice, Question
from custseg_helpers.decision.readings import order_codes
from custseg_helpers.decision.statuses import EACH, meanings
from custseg_helpers.evidence.contents import Column, fixes, share_fixed
from custseg_helpers.evidence.layout import Layout
from custseg_helpers.evidence.plain_lines import Counted
from custseg_helpers.evidence.sheet_evidence import Evidence
from custseg_helpers.words.text import T, listed

_CODE = re.compile(r"[A-Z]{1,4}[0-9]{0,2}")
FEW = 8
"""Kinds of documents are at most so many."""
_DOCUMENTS = {"OR", "TA", "QT", "AG", "RE", "CR", "G2", "CN", "CRN", "INV", "RET", "RMA", "QUO", "EST", "SO"}
"""Codes of orders, quotations, returns, credits, asked about even where another column tells statuses."""


def ask_codes(found: Evidence, layout: Layout, made: Counted) -> list[Question]:
    """Ask which codes are sales, where orders have a code that no name, customer or product explains."""
    order = order_codes(found, layout.columns)
    sold = made.sold.reindex(found.frame.index, fill_value=0.0).to_numpy()
    for column in found.columns.values():
        if column.name in {*layout.columns.values(), *layout.statuses} or not _holds_codes(column):
            continue
        money = np.bincount(column.codes + 1, weights=sold, minlength=column.distinct + 1)[1:]
        other = bool(layout.statuses) and not _DOCUMENTS & set(column.texts())
        if other or (money > 0).sum() < 2 or share_fixed(order, column.codes) < MOSTLY:
            continue
        if not any(_explains(one, column, order) for one in found.columns.values()):
            return [_ask(column, money)]
    return []


MOSTLY = 0.9
"""Of the orders, so many have one kind; a code that changes within them is a size or a unit."""


def _holds_codes(column: Column) -> bool:
    return (
        column.kind == "text"
        and not column.roles
        and 1 < column.distinct <= FEW
        and all(_CODE.fullmatch(text) for text in column.texts())
    )


def _explains(one: Column, column: Column, order: np.ndarray) -> bool:
    """Tell whether each value of another column, such as a customer or a product, always has the same code.

    That shows only in values that several orders have: every code must stand beside one of them.
    """
    if one.distinct <= column.distinct or one.kind not in ("text", "email", "phone", "number"):
        return False
    if one.decimal or not fixes(one.codes, column.codes):
        return False
    pairs = pd.DataFrame({"one": one.codes, "order": order, "code": column.codes}).drop_duplicates()
    several = pairs["one"].duplicated(keep=False) & (pairs["one"] >= 0) & (pairs["code"] >= 0)
    return bool(pairs.loc[several, "code"].nunique() == column.distinct)


def _ask(column: Column, money: np.ndarray) -> Question:
    texts, rows = column.texts(), column.counts
    said = [f"{text} ({rows[place]:,}, {money[place]:,.2f})" for place, text in enumerate(texts)]
    ask = T(
        zh="“{c}”里有 {v}（括号里是行数和金额），没有一处说明这些代码是什么；报价、取消、退货不是销售。这些算哪一种？",
        en="“{c}” says {v} (rows and money in brackets), and nothing tells what these codes are; quotations, cancellations and returns are no sales. What are they?",
    ).format(c=column.name, v=listed(said))
    off = Choice(
        T(zh="冲减以前的销售", en="taken off earlier sales"), {"statuses": {column.name: {"credit": texts}}}
    )
    return Question("statuses", ask + EACH, (*meanings(column.name, texts), off), float(money.sum()))
