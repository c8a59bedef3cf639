"""What people call columns and statuses, in nine languages: two tables, `names/columns.csv` and `names/statuses.csv`.

Names only break ties: what a column holds is told from its contents (`contents`).
"""

import csv
import re
import unicodedata
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

from custseg_helpers.reading.numbers import CURRENCIES

_NOT_LETTERS = re.compile(r"[\s_\-–—./\\:：,，、'’`´()（）\[\]【】#°º?？*]+")
_UNIT = re.compile(r"\s*[(（\[【][^()（）\[\]【】]*[)）\]】]\s*$")


def plain(name: str) -> str:
    """Return a name without case, accents, spaces and signs, so that spellings of one name are one.

    >>> plain("Order_Total"), plain("orderTotal"), plain("Número de pedido"), plain("订单 Id")
    ('ordertotal', 'ordertotal', 'numerodepedido', '订单id')
    """
    folded = unicodedata.normalize("NFKC", name).casefold()
    if folded.isascii() or _latin(folded):
        parts = unicodedata.normalize("NFD", folded)
        folded = "".join(letter for letter in parts if unicodedata.category(letter) != "Mn")
    return _NOT_LETTERS.sub("", folded) or folded.strip()


def _latin(text: str) -> bool:
    return all(ord(letter) < 0x250 for letter in text)


@lru_cache
def _table(name: str) -> dict[str, tuple[str, ...]]:
    """Read a table of words: plain word → what it may mean, the first meaning first."""
    found: dict[str, tuple[str, ...]] = {}
    text = (files("custseg_helpers.mapping") / "names" / f"{name}.csv").read_text(encoding="utf-8")
    for meaning, _, words in csv.reader(text.splitlines()[1:]):
        for word in words.split("|"):
            known = found.setdefault(plain(word), ())
            if meaning not in known:
                found[plain(word)] = (*known, meaning)
    return found


def roles(name: str) -> tuple[str, ...]:
    """Return what a column of this name usually holds; a unit at its end does no harm.

    >>> roles("Order Total"), roles("金额（元）"), roles("amount_usd"), roles("order total target"), roles("Customer Group")
    (('total',), ('total',), ('total',), (), ('attribute',))
    """
    table = _table("columns")
    if known := table.get(plain(name), ()) or table.get(plain(_UNIT.sub("", name)), ()):
        return known
    said = unit(name)
    money = table.get(plain(said.rest), ())
    if money[:1] == ("rate",) and said.currency:  # a discount in euros is no share
        return ("discount",)
    if MONEY.intersection(money[:1]):
        return money
    return _by_words(said.rest if said.currency or said.worth != 1 else _UNIT.sub("", name))


_REFUND = re.compile(
    r"refund|退款|返金|返品額|환불|reembols|rembours|erstatt|rimbors|devoluci|estorn|terugbetaal",
    re.IGNORECASE,
)
_PAID = re.compile(
    r"(实际|實際)(支付|付款|收款|成交)|实付|實付|实收|實收|\b(amount|total|money) (actually )?paid\b|\bpaid (amount|total)\b|"
    r"実際支払|支払(済)?金額|결제\s*(금액|액)|실결제",
    re.IGNORECASE,
)
_NO_SUM = re.compile(
    r"状态|狀態|状態|상태|status|日期|时间|時間|\bdate|\btime|\bat$|\bon$|quantity|qty|count|pieces|数量|件数|次数|\b(id|no|number|"
    r"reason|type|by|method|currency|currency code|rate|note)$|号|编号|原因|类型|方式|币种|说明|备注|率|%|fee|手续费|服务费|\?$",
    re.IGNORECASE,
)
_OF_PART = re.compile(
    r"运费|運費|邮费|shipping|postage|tax|税|平台|积分|優惠|优惠|补贴|定金|尾款|应|未|待|premium|due|unpaid|deposit",
    re.IGNORECASE,
)


def _by_words(name: str) -> tuple[str, ...]:
    """Tell of a name that stands in no list that it is about money that went back, or that was paid, by a word in it.

    >>> _by_words("Refunds Total"), _by_words("订单实际支付金额"), _by_words("Refund date"), _by_words("运费实付金额")
    (('refund',), ('paid',), (), ())
    """
    if _NO_SUM.search(name.strip()) or _OF_PART.search(name):
        return ()
    if _REFUND.search(name):
        return ("refund",)
    return ("paid",) if _PAID.search(name) else ()


_PARTS_OF_MONEY = {
    0.01: "cents?|fen|分|pence|minor(?:[ _]units?)?|centimes?|centavos?|céntimos?",
    1e3: "千元|千円|k元|thousands?|teur|k€",
    1e4: "万元|萬元|万円|万",
    1e6: "百万元|百万円|millions?",
}
_WORDS = {"DOLLAR": "USD", "YUAN": "CNY", "YEN": "JPY", "WON": "KRW", "POUND": "GBP", "RUPEE": "INR"}
_SIGNS = CURRENCIES | _WORDS | {f"{word}S": code for word, code in _WORDS.items()}
_OWN = r"[\s_/·-]*[(（\[【]?(?<=[\s_/·(（\[【-])(?:单位[:：]?|in[\s_])?\s*"
"""What keeps a unit apart from the name before it; after a Chinese word for money nothing has to."""
_WORTH = re.compile(
    f"(?:{_OWN}|(?<=[额額价價格费費款]))(?:"
    + "|".join(f"(?P<x{place}>{words})" for place, words in enumerate(_PARTS_OF_MONEY.values()))
    + r")\s*[)）\]】]?\s*$",
    re.IGNORECASE,
)
_MARKS = "|".join(re.escape(sign) for sign in sorted(_SIGNS, key=len, reverse=True))
_CURRENCY = re.compile(
    rf"(?:{_OWN}|(?<=[额額价價格费費款]))(?P<last>{_MARKS})\s*[)）\]】]?\s*$|^(?P<first>{_MARKS})[\s_-]+",
    re.IGNORECASE,
)
_JOINED = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


class Unit(NamedTuple):
    """A name of a column, and the unit that it says."""

    rest: str
    """the name without its unit"""
    worth: float
    """what 1 is worth in whole yuan, euros …"""
    currency: str | None


@lru_cache
def unit(name: str) -> Unit:
    """Take the unit of money off a name.

    >>> [unit(name) for name in ("amount_usd_cents", "实付金额元", "totalEUR")]
    [Unit(rest='amount', worth=0.01, currency='USD'), Unit(rest='实付金额', worth=1.0, currency='CNY'), Unit(rest='total', worth=1.0, currency='EUR')]
    """
    rest, by, currency = _JOINED.sub("_", name), 1.0, None
    if found := _WORTH.search(rest):
        by = float(next(by for place, by in enumerate(_PARTS_OF_MONEY) if found[f"x{place}"]))
        rest = rest[: found.start()]
    if found := _CURRENCY.search(rest):
        currency = _SIGNS[(found["last"] or found["first"]).upper()]
        rest = rest[: found.start()] + rest[found.end() :]
    return Unit(rest, by, currency)


MONEY = {
    "paid",
    "total",
    "line_total",
    "part",
    "unit_price",
    "discount",
    "shipping",
    "tax",
    "refund",
    "after_refunds",
}
"""What columns of money are."""


def worth(name: str) -> float:
    """Return what 1 in a column of money is worth in whole yuan, euros …, by the unit at the end of its name.

    >>> worth("amount_cents"), worth("实付金额(分)"), worth("金额（万元）"), worth("Total"), worth("时长(分)")
    (0.01, 0.01, 10000.0, 1.0, 1.0)
    """
    return unit(name).worth if MONEY.intersection(roles(name)[:1]) else 1.0


_BACK = re.compile("退款成功|退款完成|全额退款|退货完成|退货成功|已退款|已退货")
_PARTIAL = re.compile("部分退|partial(ly)?[ _-]?(refund|return)")
_NEVER = re.compile(
    "^(订单|交易|用户|买家|卖家|系统|商家)?(主动|自动|超时)?(已)?(取消|关闭|作废)(成功|完成|订单|交易)?$|等待.*付款|待.*付款|待支付|未付款|未支付|已取消|已关闭|交易关闭|交易被关闭|已作废|付款失败|支付失败"
)


def bucket(value: str) -> str | None:
    """Tell which kind of status a word is: sale, never, back, partial, in, out, aside; None where nobody knows.

    >>> [bucket(word) for word in ("Closed Won", "等待买家付款", "partially_refunded", "Batal", "Sunny")]
    ['sale', 'never', 'partial', 'never', None]
    """
    known = _table("statuses").get(plain(value))
    if known:
        return known[0]
    if _PARTIAL.search(value.casefold()):
        return "partial"
    if _BACK.search(value):
        return "back"
    return "never" if _NEVER.search(value) else None


def direction(value: str) -> str | None:
    """Tell of a word in a column of directions whether money comes in or goes out.

    >>> direction("支出"), direction("Credit"), direction("否")
    ('out', 'in', 'in')
    """
    word = plain(value)
    if word in _IN:
        return "in"
    if word in _OUT:
        return "out"
    found = bucket(value)
    return {"sale": "in", "back": "out"}.get(found or "", found)


_IN = {
    plain(word)
    for word in (
        "credit",
        "c",
        "cr",
        "h",
        "haben",
        "in",
        "no",
        "n",
        "false",
        "0",
        "否",
        "贷",
        "收入",
        "sale",
        "正常",
        "+",
        "いいえ",
        "nein",
    )
}
_OUT = {
    plain(word)
    for word in (
        "debit",
        "d",
        "dr",
        "s",
        "soll",
        "out",
        "yes",
        "y",
        "true",
        "1",
        "是",
        "借",
        "支出",
        "return",
        "退货",
        "−",
        "はい",
        "ja",
    )
}
