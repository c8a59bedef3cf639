"""What a run says in words: what came in and what was left out, what to know before believing it, what was decided."""

from typing import Any

import attrs

from custseg_helpers.facts.counts import cents
from custseg_helpers.governance.overrides import STATUSES
from custseg_helpers.governance.personal import said_of
from custseg_helpers.mapping.decisions import assumed, decisions
from custseg_helpers.mapping.keys import OwnData
from custseg_helpers.mapping.own_company import Own
from custseg_helpers.mapping.plan import REASONS
from custseg_helpers.results.result import Result
from custseg_helpers.words.glossary import term
from custseg_helpers.words.text import T, listed, verbatim


def came_in(own: Own) -> list[T]:
    """Say in a few lines what was read and what was left out."""
    cleaned, counted = own.cleaned, own.cleaned.counted
    rows = T(zh="读入 {i:,} 行，计入 {k:,} 行", en="{i:,} rows read, {k:,} count").format(
        i=counted.rows_in, k=counted.rows_kept
    )
    kinds = T(zh="", en="")
    if counted.bought is not None:
        kinds = T(zh="（购买 {b:,}，退货 {r:,}）", en=" ({b:,} bought, {r:,} returned)").format(
            b=counted.bought, r=counted.returned
        )
    said = [T(zh="{r}{k}。", en="{r}{k}.").format(r=rows, k=kinds)]
    left_out = T(zh="未计入 {n:,} 行：{why}。", en="{n:,} rows left out: {why}.")
    said += [left_out.format(n=n, why=REASONS[reason]) for reason, n in cleaned.left_out.items()]
    if cleaned.unread_count:
        unread = T(
            zh="有 {n:,} 个值读不懂，逐个列在 unread.csv。",
            en="{n:,} values could not be read; unread.csv lists each.",
        )
        said.append(unread.format(n=cleaned.unread_count))
    return said


def summary(result: Result) -> list[T]:
    """Say what came in, what came of it, what was assumed, and what a reader should know before believing it."""
    facts = result.tagged.facts
    came_of_it = T(
        zh="{c:,} 位客户，{o:,} 张订单，退货前 {g:,.2f}，净额 {n:,.2f}（{m}）。",
        en="{c:,} customers, {o:,} orders, {g:,.2f} before returns, {n:,.2f} net ({m}).",
    ).format(
        c=len(facts),
        o=int(facts["frequency"].sum()),
        g=cents(facts["gross"]).sum() / 100,
        n=cents(facts["monetary"]).sum() / 100,
        m=result.own.mapping.currency,
    )
    found = [*came_in(result.own), came_of_it, *assumed(result.own.mapping)]
    return [*found, *warnings(result.own), *result.notes]


def warnings(own: Own) -> list[T]:
    """Name what a reader should know before believing the numbers."""
    found = list(own.sheet.notes)
    shared = own.cleaned.counted.shared_orders
    if shared:
        found.append(
            T(
                zh="{n:,} 个单号同时属于几位客户；每位客户各算一单。",
                en="{n:,} order numbers belong to several customers; each customer's part counts as an order.",
            ).format(n=shared)
        )
    return found


def mapping_decisions(own: OwnData) -> list[T]:
    """Say what a mapping decides, without the customers that it leaves out by name."""
    if "orders" in own.sources:
        orders = attrs.evolve(own.orders, skip=said_of(own.orders.skip), only=said_of(own.orders.only))
        own = attrs.evolve(own, orders=orders)
    return decisions(own)


def fixed(result: Result) -> list[T]:
    """Say which cuts the scheme fixes, and to what."""
    stated = result.scheme.thresholds if result.scheme else {}
    used = result.tagged.tiers.used.to_dict()
    numbers = {key: value for key, value in stated.items() if value == used.get(key)}
    return [
        T(zh="{k}：{v}", en="{k}: {v}").format(k=_name(key), v=_value(value))
        for key, value in numbers.items()
    ]


def decided(result: Result) -> list[T]:
    """Say what the mapping and the scheme decide, and by which cuts the customers were tiered."""
    stated = result.scheme.thresholds if result.scheme else {}
    said = []
    for key, value in result.tagged.tiers.used.to_dict().items():
        how = BY["scheme"] if key in stated else BY["customers"] if key in CUT_ANEW else BY["default"]
        said.append(T(zh="{k}：{v}（{h}）", en="{k}: {v} ({h})").format(k=_name(key), v=_value(value), h=how))
    return [*mapping_decisions(result.own.mapping), *said]


BY = {
    "scheme": T(zh="方案定的", en="fixed by the scheme"),
    "customers": T(zh="按这批客户算的", en="from these customers"),
    "default": T(zh="默认", en="default"),
}
CUT_ANEW = ("recency_days", "frequency", "monetary", "quadrant", "cycle_days")
"""What the customers at hand decide where no scheme does."""


def _value(value: Any) -> T:
    if isinstance(value, dict):
        value = [
            T(zh="{n} {v}", en="{n} {v}").format(n=term(name), v=_value(cut)) for name, cut in value.items()
        ]
    if isinstance(value, list):
        parts = [part if isinstance(part, T) else _value(part) for part in value]
        return listed(parts)
    if isinstance(value, str):
        return term(value) if value in (*CUT_ANEW, "tenure_days", "mean_gap_days") else verbatim(value)
    written = f"{float(value):,.2f}".rstrip("0").rstrip(".")
    return verbatim(written)


NAMES = {
    "segments": T(zh="RFM 分群数", en="number of RFM segments"),
    "abc_shares": T(zh="ABC 累计占比的两条线", en="the two lines of ABC, as cumulative shares"),
    "quadrant": T(zh="象限分界线", en="lines of the quadrants"),
    "clusters": T(zh="聚类所用的列", en="columns of the clusters"),
    "cycle_days": T(zh="典型购买间隔（天）", en="usual gap between purchases (days)"),
    "dormant_after": T(zh="几个间隔没来算休眠", en="gaps until dormant"),
    "churned_after": T(zh="几个间隔没来算流失", en="gaps until churned"),
    "loyal_orders": T(zh="几张订单算忠诚", en="orders until loyal"),
    "forecast_days": T(zh="预测天数", en="days ahead"),
    "margin": T(zh="毛利率", en="margin"),
}


def _name(key: str) -> T:
    return NAMES[key] if key in NAMES else T(zh="{k}的分界点", en="cuts of {k}").format(k=term(key))


def kept(result: Result) -> list[T]:
    """Say what became of the overrides, in numbers: who and why stands in overrides.csv."""
    report = result.tagged.overrides
    if report.empty:
        return []
    counts = report["status"].value_counts()
    return [
        T(zh="{s}：{n:,} 条", en="{s}: {n:,}").format(s=term(status), n=int(counts[status]))
        for status in STATUSES
        if status in counts
    ]


MANY_TAGS = {
    "not_computed": T(zh="缺少数据、算不出的标签：{t}", en="Not computed for want of data: {t}"),
    "dead_tag": T(zh="没有客户符合的标签：{t}", en="No customer has: {t}"),
}


def tag_findings(result: Result) -> list[T | str]:
    """Say which tags have expired, wait for a refresh, cannot be computed or reach nobody."""
    found = result.tagged.findings
    colon = T(zh="：", en=": ")
    said: list[T | str] = [
        f"{row[1]}{colon}{row[2]}"
        for row in found[["name", "advice"]][~found["finding"].isin(MANY_TAGS)].itertuples()
    ]
    for finding, words in MANY_TAGS.items():
        names = found.loc[found["finding"] == finding, "name"]
        if len(names):
            said.append(words.format(t=listed(names)))
    return said
