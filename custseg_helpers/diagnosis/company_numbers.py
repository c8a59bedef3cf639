"""The company's own numbers: "2,623 is the number of customers who bought; orders are asked".

A catalogue of what a company can be counted by, made once a company. A wrong answer is looked up in it, and so is the
factor between a wrong answer and the right one: "you divided by all who are registered". A number that stands in the
catalogue under two names, or has too few digits to be told from chance, is not told.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd

from custseg_helpers.diagnosis.case import Case
from custseg_helpers.diagnosis.found import Found
from custseg_helpers.diagnosis.values import plain
from custseg_helpers.relations.evidence import NOISE, Written, close, evidence, shown, written_digits
from custseg_helpers.relations.keyed import coded, column_of, is_number, numeric
from custseg_helpers.words.text import T

COUNT_DIGITS, OTHER_DIGITS = 3, 4
"""Digits by which a count, and any other number of the catalogue, is recognised."""
FACTOR_DIGITS = 5
"""Digits by which one number divided by another of the catalogue is recognised as a factor."""


@dataclass(frozen=True)
class Known:
    """A number of the company: what it is called, and whether it counts something that one can divide by."""

    name: str
    text: T
    value: float
    counts: str = ""
    """what it counts, such as people; "" where it is no count"""


WORDS: dict[str, T] = {
    "registered": T(
        zh="登记在册的客户数（包括从没买过的）",
        en="the number of registered customers, with those who never bought",
    ),
    "buyers": T(zh="买过东西的客户数", en="the number of customers who bought"),
    "never_bought": T(zh="从没买过的客户数", en="the number of customers who never bought"),
    "in_orders": T(
        zh="订单表里出现过的客户数（包括只退过货的）",
        en="the number of customers in the orders, with those who only returned something",
    ),
    "once": T(zh="只买过一次的客户数", en="the number of customers who bought once"),
    "again": T(zh="买过不止一次的客户数", en="the number of customers who bought more than once"),
    "returners": T(zh="退过货的客户数", en="the number of customers who returned something"),
    "orders": T(zh="购买的订单数", en="the number of purchase orders"),
    "all_orders": T(zh="连退货单在内的订单数", en="the number of orders with returns"),
    "return_orders": T(zh="退货单的数目", en="the number of returns"),
    "lines": T(zh="连退货在内的明细行数", en="the number of order lines with returns"),
    "purchase_lines": T(zh="购买的明细行数", en="the number of order lines without returns"),
    "return_lines": T(zh="退货的明细行数", en="the number of lines of returns"),
    "pieces": T(zh="买出去的件数（没减退货）", en="the number of pieces sold, returns not taken off"),
    "net_pieces": T(zh="减去退货后的件数", en="the number of pieces sold, less returns"),
    "products": T(zh="产品数", en="the number of products"),
    "products_sold": T(zh="卖出过的产品数", en="the number of products ever sold"),
    "days_with_orders": T(zh="有订单的天数", en="the number of days with orders"),
    "days": T(zh="从第一单到最后一单的天数", en="the number of days from the first order to the last"),
    "months_with_orders": T(zh="有订单的月数", en="the number of months with orders"),
    "net": T(zh="减去退货后的销售额", en="net sales, returns taken off"),
    "gross": T(zh="没减退货的销售额", en="gross sales, returns not taken off"),
    "returned": T(zh="退货的金额", en="the money returned"),
    "all_added": T(
        zh="把退货也当正数加进去的金额", en="all amounts added up, with returns as if they were purchases"
    ),
    "net_per_order": T(zh="每张购买订单的平均净额", en="net sales per purchase order"),
    "gross_per_order": T(zh="每张购买订单的平均金额（没减退货）", en="gross sales per purchase order"),
    "net_per_any_order": T(
        zh="净额除以所有订单（退货单也算一张）", en="net sales per order, returns counted as orders"
    ),
    "net_per_buyer": T(zh="每位买过的客户的平均净额", en="net sales per customer who bought"),
    "gross_per_buyer": T(zh="每位买过的客户的平均金额（没减退货）", en="gross sales per customer who bought"),
    "net_per_registered": T(zh="平均到每位登记客户的净额", en="net sales per registered customer"),
    "per_line": T(zh="每一行的平均金额（退货行也在内）", en="the average amount of a line, with returns"),
    "per_purchase_line": T(zh="每一购买行的平均金额", en="the average amount of a purchase line"),
    "median_line": T(zh="每一行金额的中位数", en="the median amount of a line"),
    "median_order": T(zh="每张购买订单金额的中位数", en="the median of a purchase order"),
    "median_buyer": T(zh="每位买过的客户净额的中位数", en="the median of a customer's net spending"),
    "orders_per_buyer": T(zh="每位买过的客户的平均订单数", en="purchase orders per customer who bought"),
    "lines_per_order": T(zh="每张购买订单的平均行数", en="lines per purchase order"),
    "pieces_per_order": T(zh="每张购买订单的平均件数", en="pieces per purchase order"),
    "buyers_share": T(zh="买过的人占登记客户的比例", en="buyers as a share of registered customers"),
    "once_share": T(
        zh="只买过一次的人占买过的人的比例", en="those who bought once as a share of those who bought"
    ),
    "returned_share": T(zh="退货金额占销售额的比例", en="returned money as a share of gross sales"),
    "return_line_share": T(zh="退货行占所有行的比例", en="lines of returns as a share of all lines"),
    "return_order_share": T(zh="退货单占所有订单的比例", en="returns as a share of all orders"),
    "interactions": T(zh="互动记录的条数", en="the number of interactions"),
    "contacts": T(zh="联系人数", en="the number of contacts"),
    "responses": T(zh="活动名单的行数", en="the number of lines on the campaigns' lists"),
    "treated": T(zh="活动名单上被联系的人次", en="the number of customers contacted on the campaigns' lists"),
    "held_out": T(
        zh="活动名单上留出对照的人次", en="the number of customers held out on the campaigns' lists"
    ),
}
COUNTED = {
    **dict.fromkeys(
        ("registered", "buyers", "never_bought", "in_orders", "once", "again", "returners"), "people"
    ),
    **dict.fromkeys(("orders", "all_orders", "return_orders"), "orders"),
    **dict.fromkeys(("lines", "purchase_lines", "return_lines"), "lines"),
    **dict.fromkeys(("pieces", "net_pieces"), "pieces"),
    **dict.fromkeys(("products", "products_sold"), "products"),
    **dict.fromkeys(("days_with_orders", "days"), "days"),
    **dict.fromkeys(("net", "gross", "all_added"), "money"),
    **dict.fromkeys(
        ("months_with_orders", "interactions", "contacts", "responses", "treated", "held_out"), "others"
    ),
}
"""What a number counts: where a share is divided by one of them, it may have been divided by its neighbour."""

IS = T(zh="{yours} 是{name}。", en="{yours} is {name}. ")
ASKED = T(zh="这里问的是{asked}。", en="What is asked is {asked}.")
NOT_ASKED = T(zh="这里问的不是它。", en="That is not what is asked.")
DIVIDED_BY_OTHER = T(
    zh="{start}除错了数：你除以的是{yours}（{n}），应该除以{wanted}。",
    en="{start}you divided by {yours} ({n}); divide by {wanted}.",
)
NOT_DIVIDED = T(
    zh="{start}还差一步：除以{name}（{n}）。", en="{start}one step is missing: divide by {name} ({n})."
)
DIVIDED = T(
    zh="{start}多除了一次：你除以了{name}（{n}），这里要数目本身。",
    en="{start}you divided by {name} ({n}); the number itself is wanted.",
)
START = T(zh="你给的是 {yours}：", en="You gave {yours}: ")
START_COLUMN = T(zh="每个值都差同一个倍数：", en="Every value is off by the same factor: ")


def company_number(case: Case) -> Found | None:
    """Recognise a number of the company, or one that was divided by the wrong one of them."""
    right, given = plain(case.right), plain(case.given)
    if is_number(right) and is_number(given):
        return _named(right, given, case.company) or factor_of_company(case)
    return factor_of_company(case)


@lru_cache(maxsize=8)
def catalogue(company: Any) -> Mapping[str, Known]:
    """Return what a company is counted by, by name; what its tables do not tell is left out."""
    values = {}
    for measure in (_counts, _money, _lists):
        try:
            values.update(measure(company))
        except Exception:
            # A company may lack a table or a column; what rests on it is not in the catalogue.
            continue
    known: dict[tuple[str, float], Known] = {}
    for name, value in values.items():
        # Where nobody only returns something, say, two names are one number: the plainer one comes first.
        if np.isfinite(value) and value:
            counts = COUNTED.get(name, "")
            known.setdefault((counts, round(float(value), 6)), Known(name, WORDS[name], float(value), counts))
    return {one.name: one for one in known.values()}


def _counts(company: Any) -> dict[str, float]:
    orders, customers = company.orders, company.customers
    back = orders["quantity"] < 0
    bought, returned = orders[~back], orders[back]
    times = bought.groupby("customer_id")["order_id"].nunique()
    day = orders["order_date"]
    return {
        "registered": len(customers),
        "buyers": len(times),
        "never_bought": len(customers) - len(times),
        "in_orders": orders["customer_id"].nunique(),
        "once": (times == 1).sum(),
        "again": (times > 1).sum(),
        "returners": returned["customer_id"].nunique(),
        "orders": bought["order_id"].nunique(),
        "all_orders": orders["order_id"].nunique(),
        "return_orders": returned["order_id"].nunique(),
        "lines": len(orders),
        "purchase_lines": len(bought),
        "return_lines": len(returned),
        "pieces": bought["quantity"].sum(),
        "net_pieces": orders["quantity"].sum(),
        "products": len(company.products),
        "products_sold": bought["product_id"].nunique(),
        "days_with_orders": day.dt.normalize().nunique(),
        "days": (day.max() - day.min()).days,
        "months_with_orders": day.dt.to_period("M").nunique(),
        "orders_per_buyer": times.mean(),
        "lines_per_order": len(bought) / bought["order_id"].nunique(),
        "pieces_per_order": bought["quantity"].sum() / bought["order_id"].nunique(),
        "buyers_share": len(times) / len(customers),
        "once_share": (times == 1).mean(),
        "return_line_share": back.mean(),
        "return_order_share": returned["order_id"].nunique() / orders["order_id"].nunique(),
    }


def _money(company: Any) -> dict[str, float]:
    orders = company.orders
    back = orders["quantity"] < 0
    bought = orders[~back]
    amount, paid = orders["amount"], bought["amount"]
    number, buyers = bought["order_id"].nunique(), bought["customer_id"].nunique()
    of_buyers = (
        orders[orders["customer_id"].isin(bought["customer_id"])].groupby("customer_id")["amount"].sum()
    )
    return {
        "net": amount.sum(),
        "gross": paid.sum(),
        "returned": -amount[back].sum(),
        "all_added": amount.abs().sum(),
        "net_per_order": amount.sum() / number,
        "gross_per_order": paid.sum() / number,
        "net_per_any_order": amount.sum() / orders["order_id"].nunique(),
        "net_per_buyer": of_buyers.mean(),
        "gross_per_buyer": paid.sum() / buyers,
        "net_per_registered": amount.sum() / len(company.customers),
        "per_line": amount.mean(),
        "per_purchase_line": paid.mean(),
        "median_line": amount.median(),
        "median_order": bought.groupby("order_id")["amount"].sum().median(),
        "median_buyer": of_buyers.median(),
        "returned_share": -amount[back].sum() / paid.sum(),
    }


def _lists(company: Any) -> dict[str, float]:
    arms = company.responses["arm"].value_counts()
    return {
        "interactions": len(company.interactions),
        "contacts": len(company.contacts),
        "responses": int(arms.sum()),
        "treated": arms.get("treatment", 0),
        "held_out": arms.get("holdout", 0),
    }


def looked_up(value: float, known: Mapping[str, Known]) -> Known | None:
    """Return the one number of a catalogue that a number is; None where it is none, or might be several.

    >>> known = {"buyers": Known("buyers", WORDS["buyers"], 2623.0, "people")}
    >>> looked_up(2623, known).name, looked_up(2624, known)
    ('buyers', None)
    """
    written = Written([value])
    found = [one for one in known.values() if written.agree(np.array([one.value]))]
    if len(found) != 1:
        return None
    whole = found[0].counts not in ("", "money")
    return found[0] if written_digits(value) >= (COUNT_DIGITS if whole else OTHER_DIGITS) else None


def _named(right: float, given: float, company: Any) -> Found | None:
    known = catalogue(company)
    yours = looked_up(float(given), known)
    if yours is None:
        return None
    asked = looked_up(float(right), known)
    text = IS.format(yours=shown(given), name=yours.text)
    return Found(f"company:{yours.name}", text + (ASKED.format(asked=asked.text) if asked else NOT_ASKED))


def factor_of_company(case: Case) -> Found | None:
    """Recognise an answer, or a whole column, that was divided by another number of the company, or by one too many."""
    found = _factor(plain(case.right), plain(case.given))
    if found is None:
        return None
    factor, digits, start, ratio, whole = found
    ways = list(_ways(factor, digits, catalogue(case.company), ratio, whole))
    if len(ways) != 1:
        return None
    cause, text, words = ways[0]
    return Found(f"company:{cause}", text.format(start=start, **words))


def _factor(right: Any, given: Any) -> tuple[float, float, T, bool, bool] | None:
    """Return given ÷ right where that is one number, its digits, a first phrase, and what kind of numbers they are."""
    if is_number(right) and is_number(given):
        if not right or not given or not np.isfinite([right, given]).all():
            return None
        digits = min(evidence(np.array([float(given)])), 2 * evidence(np.array([float(right)])))
        ratio, whole = not float(right).is_integer(), float(given).is_integer()
        return given / right, digits, START.format(yours=shown(given)), ratio, whole
    columns = _columns(right, given)
    if columns is None:
        return None
    wanted, yours = columns
    some = np.isfinite(wanted) & np.isfinite(yours) & (wanted != 0)
    if len(np.unique(wanted[some])) < 3:
        return None
    factor = float(np.median(yours[some] / wanted[some]))
    if not close(wanted[some] * factor, yours[some]):
        return None
    whole = bool((yours[some] == np.round(yours[some])).all())
    ratio = bool((wanted[some] != np.round(wanted[some])).any())
    return factor, min(evidence(yours), 8.0), START_COLUMN, ratio, whole


def _ways(
    factor: float, digits: float, known: Mapping[str, Known], ratio: bool, whole: bool
) -> Iterator[tuple[str, T, dict[str, Any]]]:
    """Yield each way in which the company's counts make this factor; `digits` of the answer speak for it."""
    counts = [one for one in known.values() if one.counts and one.value >= 10]

    def near(value: float) -> bool:
        return abs(factor / value - 1) <= NOISE

    for one in counts:
        words = {"name": one.text, "n": shown(one.value)}
        if ratio and near(one.value) and digits >= (COUNT_DIGITS if whole else OTHER_DIGITS):
            yield f"not_divided_by={one.name}", NOT_DIVIDED, words
        if near(1 / one.value) and digits >= OTHER_DIGITS:
            yield f"divided_by={one.name}", DIVIDED, words
        for other in counts:
            alike = ratio and other.counts == one.counts and other.name != one.name
            # The right answer is divided by `one`, the learner's by `other`.
            if alike and digits >= FACTOR_DIGITS and near(one.value / other.value):
                words = {"yours": other.text, "n": shown(other.value), "wanted": one.text}
                yield f"divided_by={other.name}+not={one.name}", DIVIDED_BY_OTHER, words


def _columns(right: Any, given: Any) -> tuple[np.ndarray, np.ndarray] | None:
    if (
        not isinstance(right, pd.Series)
        or not numeric(right)
        or not isinstance(given, (pd.Series, pd.DataFrame))
    ):
        return None
    wanted, yours = coded(right), column_of(given, right)
    if yours is None or not numeric(yours) or not (wanted.index.is_unique and yours.index.is_unique):
        return None
    if len(wanted.index.difference(yours.index)):
        return None
    return wanted.to_numpy(float, na_value=np.nan), yours.reindex(wanted.index).to_numpy(
        float, na_value=np.nan
    )
