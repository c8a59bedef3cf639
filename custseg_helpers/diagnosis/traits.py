"""What is known of a company's customers, orders, order lines, products, days and months, one yes or no each.

`who_differs` looks among these traits for the one that all differing customers share and nobody else has.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd

from custseg_helpers.company.schema import fields
from custseg_helpers.facts.per_customer import order_facts
from custseg_helpers.words.glossary import CODE, glossary, term
from custseg_helpers.words.text import T, verbatim

MOST_VALUES = 20
"""A column with more different values than this is described by its ranges only."""
MOST_KEYS = 0.9
"""An answer is about customers when this share of its keys are customers."""
TEST_NAME = r"(?i)测试|试用|员工|内部|\btest\b|\bdummy\b|\bstaff\b|\bemployee\b"
"""Names that people give to accounts which are no customers."""


NOTHING = T(zh="", en="")


@dataclass(frozen=True)
class Trait:
    """Something that is true of some keys and not of others.

    `says` completes “customers who …” and “…的客户”; `look` says where to look when exactly these differ.
    """

    name: str
    says: T
    look: T = NOTHING


@dataclass(frozen=True)
class Measure:
    """A number or a day that every key has; `says` holds a place `{v}` for “exactly 30”, “at least 500”."""

    name: str
    says: T


@dataclass(frozen=True, eq=False)
class Traits:
    """Every trait of one kind of key: `has[i]` tells for each of `keys` whether it has `traits[i]`."""

    kind: str
    keys: pd.Index
    traits: tuple[Trait, ...]
    has: np.ndarray
    measures: tuple[Measure, ...] = ()
    values: dict[str, np.ndarray] = field(default_factory=dict)


@dataclass(frozen=True)
class Noun:
    """What keys are called: one with its measure word, many, the bare noun, and what English puts before a fact."""

    one: T
    many: T
    bare: T
    who: T


def _noun(measured: str, bare: str, one: str, many: str, who: str = "that") -> Noun:
    return Noun(T(zh=measured, en=one), T(zh=measured, en=many), T(zh=bare, en=many), T(zh="", en=who))


KINDS = {
    "customers": _noun("位客户", "客户", "customer", "customers", "who"),
    "orders": _noun("张订单", "订单", "order", "orders"),
    "lines": _noun("行明细", "明细行", "order line", "order lines"),
    "products": _noun("件产品", "产品", "product", "products"),
    "days": _noun("天", "日子", "day", "days"),
    "months": _noun("个月", "月份", "month", "months"),
}
"""What the kinds of keys are called."""

RETURNS = T(
    zh="看看退货行：该留着，还是该先去掉？",
    en="Look at the lines of returns: do they belong in, or out?",
)
NOBODY = T(
    zh="看看题目问的是谁：所有登记的客户，还是买过东西的客户？",
    en="Look at whom the exercise asks about: everyone registered, or those who have bought?",
)
EMPTY = T(zh="看看空着的值怎么处理。", en="Look at what becomes of the empty values.")
SNAPSHOT = T(
    zh="看看快照日：当天算在内，之后的不算。",
    en="Look at the snapshot day: the day itself counts, later ones do not.",
)
SINGLE = T(
    zh="只有一次的，算不出间隔和平均：看看它们该是什么。",
    en="From a single purchase there is no gap and no mean: look at what they should be.",
)
TWICE = T(zh="看看有没有重复的行。", en="Look for rows that stand twice.")
GROUP = T(zh="看看有没有漏掉或混进这一组。", en="Look whether this group was left out or slipped in.")
DIVISION = T(
    zh="看看有没有除以 0，或者负数有没有保留。",
    en="Look for a division by 0, and whether minus signs were kept.",
)

MEASURES: dict[str, T] = {
    "recency_days": T(zh="最后一次购买距快照日的天数{v}", en="last bought {v} days before the snapshot"),
    "frequency": T(zh="订单数{v}", en="have {v} orders"),
    "monetary": T(zh="净消费（元）{v}", en="spent {v} yuan net of returns"),
    "gross": T(zh="不减退货的消费（元）{v}", en="spent {v} yuan before returns"),
    "average_order_value": T(zh="客单价（元）{v}", en="spend {v} yuan an order"),
    "margin": T(zh="毛利（元）{v}", en="bring a margin of {v} yuan"),
    "discount_share": T(zh="折扣消费占比{v}", en="have a discount share of {v}"),
    "tenure_days": T(zh="第一次购买距快照日的天数{v}", en="first bought {v} days before the snapshot"),
    "order_days": T(zh="买过东西的天数{v}", en="bought on {v} days"),
    "lines": T(zh="订单行数{v}", en="have {v} order lines"),
    "signup_date": T(zh="登记日期{v}", en="signed up {v}"),
    "birth_year": T(zh="出生年份{v}", en="were born in {v}"),
    "employees": T(zh="员工人数{v}", en="have {v} employees"),
    "revenue": T(zh="营业额（元）{v}", en="have a revenue of {v} yuan"),
    "order_date": T(zh="日期{v}", en="are dated {v}"),
    "quantity": T(zh="件数{v}", en="have {v} pieces"),
    "amount": T(zh="金额（元）{v}", en="are worth {v} yuan"),
    "discount": T(zh="折扣{v}", en="have a discount of {v}"),
    "price": T(zh="标价（元）{v}", en="have a list price of {v} yuan"),
    "margin_rate": T(zh="毛利率{v}", en="have a margin rate of {v}"),
    "sold_pieces": T(zh="卖出件数{v}", en="sold {v} pieces"),
}
"""The numbers and days of a key, each with a place for “exactly 30” or “500 or more”."""


class _Collector:
    """Gather traits over a fixed list of keys; one that all or none have says nothing and is left out."""

    def __init__(self, kind: str, keys: pd.Index):
        self.kind, self.keys = kind, keys
        self.traits: list[Trait] = []
        self.rows: list[np.ndarray] = []
        self.values: dict[str, np.ndarray] = {}

    def add(self, name: str, yes: Any, says: T, look: T | None = None, otherwise: T | None = None) -> None:
        """Take a trait and, where it can be said, its opposite."""
        row = np.asarray(yes, dtype=bool)
        if not row.any() or row.all():
            return
        look = look or NOTHING
        self.traits.append(Trait(name, says, look))
        self.rows.append(row)
        if otherwise:
            self.traits.append(Trait(f"not_{name}", otherwise, look))
            self.rows.append(~row)

    def measure(self, name: str, column: pd.Series) -> None:
        """Take a number or a day for each key; days are counted from 1970."""
        if pd.api.types.is_datetime64_any_dtype(column):
            days = column.dt.tz_localize(None).to_numpy("datetime64[D]")
            numbers = np.where(np.isnat(days), np.nan, days.astype("int64").astype(float))
        else:
            numbers = column.to_numpy(dtype=float, na_value=np.nan)
        if np.isfinite(numbers).any():
            self.values[name] = numbers

    def codes(self, name: str, column: pd.Series, title: T) -> None:
        """Take each value of a column that has few."""
        found = column.dropna().unique()
        if 2 <= len(found) <= MOST_VALUES:
            for value in sorted(map(str, found)):
                words = dict(title=title, value=named(value))
                self.add(
                    f"{name}={value}",
                    column.astype(object).map(str) == value,
                    T(zh="{title}为“{value}”", en="have {title} “{value}”").format(**words),
                    GROUP,
                    T(zh="{title}不是“{value}”", en="have another {title} than “{value}”").format(**words),
                )

    def empty(self, name: str, column: pd.Series, title: T) -> None:
        """Take whether a column is filled."""
        self.add(
            f"no_{name}",
            column.isna(),
            T(zh="没有{title}", en="have no {title}").format(title=title),
            EMPTY,
            T(zh="有{title}", en="have a {title}").format(title=title),
        )

    def done(self) -> Traits:
        measures = tuple(Measure(name, MEASURES[name]) for name in self.values)
        has = np.array(self.rows) if self.rows else np.zeros((0, len(self.keys)), bool)
        return Traits(self.kind, self.keys.astype(object), tuple(self.traits), has, measures, self.values)


def named(value: str) -> T:
    """Return the name of a code in both languages; a team's own word stays as it is.

    >>> named("east"), named("Office Supplies")
    (T(zh='东区', en='East'), T(zh='Office Supplies', en='Office Supplies'))
    """
    return term(value) if CODE.fullmatch(value) and value in glossary() else verbatim(value)


@lru_cache(maxsize=16)
def traits_of(company: Any, kind: str) -> Traits:
    """Return what is known of a company's keys of one kind; counted once a company.

    >>> from custseg_helpers.company.company import load_sample
    >>> known = traits_of(load_sample("retail"), "customers")
    >>> [trait.name for trait in known.traits][:4]
    ['never_bought', 'not_never_bought', 'has_returns', 'not_has_returns']
    """
    return MAKERS[kind](company)


def _customers(company: Any) -> Traits:
    people, orders = company.customers.set_index("customer_id"), company.orders
    facts = order_facts(orders, company.as_of, products=company.products)
    strangers = pd.Index(orders["customer_id"].dropna().unique()).difference(people.index)
    keys = people.index.append(strangers)
    people, known = people.reindex(keys), facts.reindex(keys)
    found = _Collector("customers", keys)
    found.add(
        "never_bought",
        known["frequency"].isna(),
        T(zh="从没买过", en="never bought"),
        NOBODY,
        T(zh="买过", en="have bought"),
    )
    found.add(
        "has_returns",
        keys.isin(orders.loc[orders["amount"] < 0, "customer_id"]),
        T(zh="有退货", en="have returns"),
        RETURNS,
        T(zh="没有退货", en="have no returns"),
    )
    found.add(
        "bought_once",
        known["frequency"] == 1,
        T(zh="只买过一单", en="bought once"),
        SINGLE,
        T(zh="不是只买过一单", en="did not buy exactly once"),
    )
    found.add(
        "bought_twice_or_more", known["frequency"] >= 2, T(zh="买过不止一单", en="bought more than once")
    )
    found.add("one_day", known["order_days"] == 1, T(zh="只在一天买过", en="bought on one day only"), SINGLE)
    found.add(
        "several_orders_a_day",
        known["frequency"] > known["order_days"],
        T(zh="有一天下过不止一单", en="placed several orders on one day"),
        T(zh="看看数的是订单还是天。", en="Look whether orders or days are counted."),
    )
    found.add(
        "several_lines",
        keys.isin(_owners_of_long_orders(orders)),
        T(zh="有一单买了不止一种产品", en="bought several products in one order"),
        T(zh="看看数的是订单还是明细行。", en="Look whether orders or order lines are counted."),
        T(zh="每单只买一种产品", en="bought one product an order"),
    )
    found.add(
        "on_snapshot_day",
        known["recency_days"] == 0,
        T(zh="在快照日当天买过", en="bought on the snapshot day"),
        SNAPSHOT,
    )
    found.add(
        "orders_after_snapshot",
        keys.isin(orders.loc[orders["order_date"] >= company.as_of + pd.Timedelta(days=1), "customer_id"]),
        T(zh="快照日之后有订单", en="have orders after the snapshot day"),
        SNAPSHOT,
    )
    last = orders.groupby("customer_id")["order_date"].max().reindex(keys)
    found.add(
        "return_last",
        (last > known["last_order"]).fillna(False),
        T(zh="最后一次来是退货", en="came last to return something"),
        RETURNS,
    )
    found.add(
        "only_returned",
        keys.isin(orders["customer_id"]) & known["frequency"].isna().to_numpy(),
        T(zh="只退过货，没有购买", en="only returned and never bought"),
        RETURNS,
    )
    money = known["monetary"]
    found.add("money_negative", money < 0, T(zh="净消费是负数", en="have negative net spend"), DIVISION)
    found.add("money_zero", money == 0, T(zh="净消费正好是 0", en="have a net spend of exactly 0"), DIVISION)
    found.add(
        "margin_negative", known["margin"] < 0, T(zh="毛利是负数", en="bring a negative margin"), DIVISION
    )
    found.add(
        "free_lines",
        keys.isin(orders.loc[orders["amount"] == 0, "customer_id"]),
        T(zh="有金额为 0 的明细行", en="have order lines worth 0"),
    )
    found.add(
        "ever_discounted",
        keys.isin(orders.loc[orders["discount"] > 0, "customer_id"]),
        T(zh="买过打折的东西", en="have bought at a discount"),
        T(zh="看看折扣怎么算。", en="Look at how discounts are counted."),
        T(zh="从没买过打折的东西", en="never bought at a discount"),
    )
    found.add(
        "unregistered",
        keys.isin(strangers),
        T(zh="客户表里没有", en="are not in the customer table"),
    )
    joined = people["signup_date"]
    found.add(
        "joined_after_snapshot",
        joined > company.as_of,
        T(zh="快照日之后才登记", en="signed up after the snapshot day"),
        SNAPSHOT,
    )
    found.add(
        "bought_before_joining",
        (known["first_order"] < joined).fillna(False),
        T(zh="第一单比登记日期还早", en="bought before they signed up"),
    )
    names = people[["name_zh", "name_en"]].fillna("").astype(str)
    tests = np.logical_or.reduce([names[column].str.contains(TEST_NAME) for column in names])
    found.add(
        "test_or_staff", tests, T(zh="名字像是测试账号或员工", en="are called like a test account or staff")
    )
    found.add(
        "name_twice",
        people["name_zh"].notna() & people["name_zh"].duplicated(keep=False),
        T(zh="和别的客户同名", en="share their name with another customer"),
        TWICE,
    )
    found.add(
        "interacted",
        keys.isin(_column(company, "interactions")),
        T(zh="有过互动", en="have had contact with us"),
        None,
        T(zh="没有互动记录", en="never had contact with us"),
    )
    if "responses" not in company.borrowed:
        responses = company.responses
        treated = responses["arm"] == "treatment"
        found.add(
            "on_a_list",
            keys.isin(responses["customer_id"]),
            T(zh="上过活动名单", en="were on a campaign's list"),
            None,
            T(zh="没上过任何活动名单", en="were on no campaign's list"),
        )
        found.add(
            "held_out",
            keys.isin(responses.loc[~treated, "customer_id"]),
            T(zh="当过留出对照", en="were held out of a campaign"),
        )
        found.add(
            "converted",
            keys.isin(responses.loc[responses["converted"].eq(True), "customer_id"]),
            T(zh="响应过活动", en="responded to a campaign"),
        )
    if "contacts" not in company.borrowed:
        found.add(
            "no_contact",
            ~keys.isin(company.contacts["customer_id"]),
            T(zh="没有任何联系人", en="have no contact person"),
            EMPTY,
        )
    for one in fields("customers"):
        if one.kind == "code":
            found.codes(one.name, people[one.name], one.title)
        if one.kind in ("code", "date", "integer", "money") and people[one.name].notna().any():
            found.empty(one.name, people[one.name], one.title)
        if one.name in MEASURES:
            found.measure(one.name, people[one.name])
    for name in facts.columns.intersection(list(MEASURES), sort=False):
        found.measure(name, known[name])
    return found.done()


def _owners_of_long_orders(orders: pd.DataFrame) -> pd.Index:
    lines = orders[orders["amount"] > 0].groupby(["customer_id", "order_id"], sort=False).size()
    return lines[lines > 1].index.get_level_values("customer_id")


def _column(company: Any, table: str) -> pd.Series:
    return company.table(table)["customer_id"] if table not in company.borrowed else pd.Series(dtype=object)


def _orders(company: Any) -> Traits:
    lines = company.orders
    order = lines.groupby("order_id", sort=False)
    keys = pd.Index(order.size().index)
    found = _Collector("orders", keys)
    sums = order.agg(
        order_date=("order_date", "min"),
        last=("order_date", "max"),
        amount=("amount", "sum"),
        quantity=("quantity", "sum"),
        most=("amount", "max"),
        least=("amount", "min"),
        size=("amount", "size"),
        people=("customer_id", "nunique"),
        off=("discount", "max"),
    )
    found.add(
        "return",
        sums["most"] <= 0,
        T(zh="属于退货", en="are returns"),
        RETURNS,
        T(zh="属于购买", en="are purchases"),
    )
    found.add(
        "mixed",
        (sums["most"] > 0) & (sums["least"] < 0),
        T(zh="又买又退", en="hold purchases and returns"),
        RETURNS,
    )
    found.add(
        "several_lines",
        sums["size"] > 1,
        T(zh="不止一行", en="have more than one line"),
        T(zh="看看一单有几行时怎么算。", en="Look at how an order of several lines is counted."),
        T(zh="只有一行", en="have one line"),
    )
    found.add(
        "several_days",
        sums["last"] > sums["order_date"],
        T(zh="跨了不止一天", en="stretch over several days"),
    )
    found.add("no_customer", sums["people"] == 0, T(zh="没有客户编号", en="have no customer"), EMPTY)
    found.add(
        "discounted",
        sums["off"] > 0,
        T(zh="有折扣", en="hold a discount"),
        None,
        T(zh="没有折扣", en="hold no discount"),
    )
    found.add("worth_nothing", sums["amount"] == 0, T(zh="金额为 0", en="are worth 0"))
    firsts = (
        lines[lines["amount"] > 0]
        .sort_values(["order_date", "order_id"])
        .drop_duplicates("customer_id")["order_id"]
    )
    found.add(
        "first_of_customer",
        keys.isin(firsts),
        T(zh="属于客户第一单", en="are a customer's first"),
        None,
        T(zh="不属于客户第一单", en="are not a customer's first"),
    )
    for name in ("channel", "rep_id"):
        found.codes(name, order[name].first(), term(name))
        found.empty(name, order[name].first(), term(name))
    _calendar(found, sums["order_date"], company.as_of)
    for name in ("amount", "quantity"):
        found.measure(name, sums[name])
    return found.done()


def _lines(company: Any) -> Traits:
    lines = company.orders
    found = _Collector("lines", lines.index)
    found.add(
        "return",
        lines["amount"] < 0,
        T(zh="属于退货", en="are returns"),
        RETURNS,
        T(zh="不属于退货", en="are no returns"),
    )
    found.add("free", lines["amount"] == 0, T(zh="金额为 0", en="are worth 0"))
    found.add(
        "discounted",
        lines["discount"] > 0,
        T(zh="打了折", en="are discounted"),
        None,
        T(zh="没打折", en="are at full price"),
    )
    for name in ("customer_id", "product_id", "rep_id", "channel"):
        found.empty(name, lines[name], term(name))
    category = company.products.set_index("product_id")["category"].reindex(lines["product_id"])
    found.codes("category", category.set_axis(lines.index), term("category"))
    found.codes("channel", lines["channel"], term("channel"))
    found.add("double", lines.duplicated(keep=False), T(zh="一模一样的有两行", en="stand twice"), TWICE)
    _calendar(found, lines["order_date"], company.as_of)
    for name in ("amount", "quantity", "discount"):
        found.measure(name, lines[name])
    return found.done()


def _products(company: Any) -> Traits:
    products, lines = company.products.set_index("product_id"), company.orders
    found = _Collector("products", products.index)
    sold = lines[lines["amount"] > 0]
    found.add(
        "never_sold",
        ~products.index.isin(sold["product_id"]),
        T(zh="从没卖出过", en="were never sold"),
        T(zh="看看没卖出过的产品在不在里面。", en="Look whether products never sold are in."),
        T(zh="卖出过", en="were sold"),
    )
    found.add(
        "has_returns",
        products.index.isin(lines.loc[lines["amount"] < 0, "product_id"]),
        T(zh="有退货", en="have returns"),
        RETURNS,
        T(zh="没有退货", en="have no returns"),
    )
    found.codes("category", products["category"], term("category"))
    for name in ("category", "price", "margin_rate"):
        found.empty(name, products[name], term(name))
    for name in ("price", "margin_rate"):
        found.measure(name, products[name])
    found.measure("sold_pieces", sold.groupby("product_id")["quantity"].sum().reindex(products.index))
    return found.done()


def _calendar(found: _Collector, day: pd.Series, as_of: pd.Timestamp) -> None:
    found.add("no_date", day.isna(), T(zh="没有日期", en="have no date"), EMPTY)
    found.add(
        "after_snapshot",
        day >= as_of + pd.Timedelta(days=1),
        T(zh="在快照日之后", en="are after the snapshot day"),
        SNAPSHOT,
    )
    found.add(
        "on_snapshot",
        day.dt.normalize() == as_of.normalize(),
        T(zh="在快照日当天", en="are on the snapshot day"),
        SNAPSHOT,
    )
    found.add(
        "weekend",
        day.dt.day_of_week >= 5,
        T(zh="在周末", en="are on a weekend"),
        None,
        T(zh="不在周末", en="are on a workday"),
    )
    months = day.dt.to_period("M")
    for name, month in (("first_month", months.min()), ("last_month", months.max())):
        found.add(
            name,
            months == month,
            T(zh="在{month}", en="are in {month}").format(month=verbatim(month)),
            T(
                zh="这个月可能不完整：看看区间的两头。",
                en="This month may be incomplete: look at both ends of the period.",
            ),
        )
    for year in sorted(day.dt.year.dropna().unique()):
        found.add(
            f"year={year:.0f}",
            day.dt.year == year,
            T(zh="在 {year} 年", en="are in {year}").format(year=int(year)),
            T(zh="看看题目问的是哪一段时间。", en="Look at which period is asked."),
        )
    found.measure("order_date", day)


def _days(company: Any) -> Traits:
    days = company.orders["order_date"].dropna().dt.normalize()
    keys = pd.DatetimeIndex(sorted(days.unique()))
    found = _Collector("days", pd.Index(keys.strftime("%Y-%m-%d")))
    _calendar(found, pd.Series(keys, index=found.keys), company.as_of)
    returned = company.orders.loc[company.orders["amount"] < 0, "order_date"].dt.normalize()
    found.add(
        "has_returns",
        keys.isin(returned),
        T(zh="有退货", en="have returns"),
        RETURNS,
        T(zh="没有退货", en="have no returns"),
    )
    return found.done()


def _months(company: Any) -> Traits:
    day = company.orders["order_date"].dropna()
    keys = pd.period_range(day.min(), day.max(), freq="M")
    found = _Collector("months", pd.Index(keys.astype(str)))
    _calendar(found, pd.Series(keys.to_timestamp(), index=found.keys), company.as_of)
    return found.done()


MAKERS: dict[str, Callable[[Any], Traits]] = {
    "customers": _customers,
    "orders": _orders,
    "products": _products,
    "days": _days,
    "months": _months,
    "lines": _lines,
}
"""How the traits of each kind of key are counted, in the order in which a key's kind is guessed."""


@lru_cache(maxsize=64)
def _keys(company: Any, table: str, column: str) -> pd.Index:
    return pd.Index(company.table(table)[column].dropna().unique(), dtype=object)


def kind_of(keys: Iterable[Any], company: Any) -> Traits | None:
    """Return the traits of the kind that most keys of an answer belong to: nine in ten at least.

    >>> from custseg_helpers.company.company import load_sample
    >>> kind_of(["P01", "P02", "P03"], load_sample("retail")).kind
    'products'
    """
    wanted = pd.Index(list(keys), dtype=object)
    if not len(wanted):
        return None
    for kind, column in (("customers", "customer_id"), ("orders", "order_id"), ("products", "product_id")):
        owner = company.owner(kind)
        if (_keys(owner, kind, column).get_indexer(wanted) >= 0).mean() >= MOST_KEYS:
            return traits_of(owner, kind)
    text = wanted.astype(str)
    for kind in ("days", "months"):
        if text.str.fullmatch(r"\d{4}-\d\d(-\d\d)?( 00:00:00)?").all():
            known = traits_of(company, kind)
            if text.str[: len(known.keys[0])].isin(known.keys).mean() >= MOST_KEYS and len(text[0]) >= len(
                known.keys[0]
            ):
                return known
    if all(isinstance(key, (int, np.integer)) for key in wanted) and len(wanted) > 0.2 * len(company.orders):
        return traits_of(company, "lines")
    return None
