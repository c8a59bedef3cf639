"""Campaigns in words: the page to sign before, the page to read after, and what the terminal says."""

import math

import pandas as pd
from markupsafe import Markup

from custseg_helpers.action.evaluation import Effect
from custseg_helpers.action.randomization import EXPLAINS
from custseg_helpers.campaigns.audience import WHY, Audience
from custseg_helpers.campaigns.lists import NO_CONSENT
from custseg_helpers.campaigns.plan import Control, Plan
from custseg_helpers.campaigns.results import Reading
from custseg_helpers.campaigns.sizes import Reach
from custseg_helpers.files.page import PARTS, html_list, page
from custseg_helpers.files.tables import html_table
from custseg_helpers.tiers.order import ordered
from custseg_helpers.words.glossary import label
from custseg_helpers.words.text import T, listed, verbatim

YUAN = "CNY"
WHOLE_FROM = 1000
"""Amounts from here on are written without cents."""
VERDICTS = {
    "works": T(zh="有效：多卖出来的钱，靠运气解释不了。", en="It works: luck does not explain the extra money."),
    "harms": T(zh="适得其反：被联系的人花得更少，靠运气解释不了。", en="It harms: those contacted spent less, and luck does not explain it."),
    "unclear": T(
        zh="还看不清：有没有效果，这些客户说不准。这不是“没有效果”。",
        en="Unclear: these customers cannot tell whether it works. That is not “no effect”.",
    ),
    "too_few": T(zh="客户太少：一组不到 30 位，不给数字。", en="Too few: fewer than 30 customers in an arm, so no number."),
    "unfair": T(zh="两组不再是抽签分出来的两组，不给效果。", en="The arms are no longer those that were drawn: no effect is shown."),
}  # fmt: skip


def money(value: float, currency: str) -> T:
    """Return an amount as people write it: cents only where they matter, the currency's name behind.

    >>> money(12.5, "CNY").zh, money(-1234567.0, "GBP").en
    ('12.50 元', '−1,234,567 GBP')
    """
    unit = T(zh="元", en="yuan") if currency == YUAN else verbatim(currency)
    return T(zh="{n} {u}", en="{n} {u}").format(n=bare(value), u=unit)


def bare(value: float) -> str:
    """Return an amount without its currency, as `money` writes it."""
    return f"{value:,.{0 if abs(value) >= WHOLE_FROM else 2}f}".replace("-", "−")


def points(share: float) -> str:
    """Return a difference of two shares in percentage points.

    >>> points(-0.0512)
    '−5.1'
    """
    return f"{100 * share:+.1f}".replace("-", "−")


def between(effect: Effect, currency: str) -> T:
    """Return a difference in money with its interval."""
    return T(zh="{d}（95% 区间 {l} 到 {u}）", en="{d} (95 % interval {l} to {u})").format(
        d=money(effect.difference, currency), l=bare(effect.lower), u=money(effect.upper, currency)
    )


def audience_said(people: Audience) -> list[T]:
    """Say how many were wanted, how many of them are planned for, and why the others are not."""
    gone = [
        T(zh="{w}：{n:,} 位", en="{n:,} {w}").format(w=WHY[why], n=n)
        for why, n in people.left_out.items()
        if n
    ]
    said = [
        T(zh="要找的客户 {w:,} 位，列入计划 {n:,} 位。", en="{w:,} customers are wanted, {n:,} are planned for.").format(
            w=people.wanted, n=len(people.customers)
        )
    ]  # fmt: skip
    return said + (
        [T(zh="没有列入：{g}。", en="Not planned for: {g}.").format(g=listed(gone))] if gone else []
    )


def overlaps_said(overlaps: dict[str, int]) -> list[T]:
    """Say how many of the planned customers are in other campaigns on the same days."""
    return [
        T(
            zh="{n:,} 位同时在活动“{o}”里：两边的效果会混在一起。",
            en="{n:,} of them are in the campaign “{o}” at the same time: the two effects mix.",
        ).format(n=n, o=other)
        for other, n in overlaps.items()
        if n
    ]


def reach_said(reach: Reach, plan: Plan) -> list[T]:
    """Say what a draw of this size can show, before anything is promised."""
    said = [
        T(zh="联系 {t:,} 位，留出 {h:,} 位不联系。", en="{t:,} are contacted, {h:,} are held out.").format(
            t=reach.size.treatment, h=reach.size.holdout
        ),
        T(
            zh="同样这些人，之前同样长的一段时间里有 {r:.1%} 买过。",
            en="Of the same people {r:.1%} bought in an equally long span before.",
        ).format(r=reach.rate),
    ]
    if not math.isnan(reach.uplift):
        said.append(
            T(
                zh="下单率至少要多 {u:.1f} 个百分点，五次里才有四次看得出来。",
                en="It takes a rise of at least {u:.1f} percentage points in the share of buyers to be noticed in four of five cases.",
            ).format(u=100 * reach.uplift)
        )
    if not math.isnan(reach.money):
        said.append(
            T(
                zh="人均至少要多花 {m}，五次里才有四次看得出来。",
                en="It takes at least {m} more a customer to be noticed in four of five cases.",
            ).format(m=money(reach.money, plan.currency))
        )
    if reach.needed and reach.needed > sum(reach.size):
        said.append(
            T(
                zh="按手册的预期，要 {n:,} 位才看得出金额上的效果。只看下单率，或者几次活动合起来看。",
                en="To notice in money what the playbook hopes for would take {n:,} customers. Look at the share of buyers, or put several campaigns together.",
            ).format(n=reach.needed)
        )
    return said


def pays_said(plan: Plan, order_value: float, number: int) -> list[T]:
    """Say what has to come of the campaign for it to pay; a profit that nobody measured is not promised."""
    if plan.cost is None or plan.margin is None:
        return [
            T(
                zh="还没有人说联系一次要花多少、毛利率是多少（--cost、--margin，或自己的 playbook.yaml），所以不算盈亏。",
                en="Nobody has said yet what a contact costs and what margin is left (--cost, --margin, or a playbook.yaml of your own), so nothing is said about profit.",
            )
        ]
    total = plan.cost * number
    said = [T(zh="费用 {c}。", en="It costs {c}.").format(c=money(total, plan.currency))]
    if order_value > 0 and plan.margin > 0:
        share = plan.cost / (order_value * plan.margin)
        said.append(
            T(
                zh="被联系的人里，每 100 人至少多 {s:.1f} 人下单（每单 {v}，毛利率 {m:.0%}），就不亏。",
                en="It pays if of every 100 contacted at least {s:.1f} more buy (an order is {v}, the margin {m:.0%}).",
            ).format(s=100 * share, v=money(order_value, plan.currency), m=plan.margin)
        )
    return said


def plan_page(
    plan: Plan,
    people: Audience,
    reach: Reach,
    said: list[T],
    *,
    consent_known: bool,
    control: Control | None,
    overlaps: dict[str, int],
) -> str:
    """Return the one page to sign before the campaign."""
    arms = people.customers.groupby(["tier", "arm"]).size().unstack(fill_value=0)
    arms = arms.reindex(index=ordered(arms.index), columns=["treatment", "holdout"], fill_value=0)
    warnings = [] if consent_known else [NO_CONSENT]
    when = T(
        zh="{s} 到 {e}，{d} 天。{e} 之前不看效果。",
        en="{s} to {e}, {d} days. No effect is looked at before {e} is over.",
    ).format(s=f"{plan.start:%Y-%m-%d}", e=f"{plan.end:%Y-%m-%d}", d=plan.days)
    others = overlaps_said(overlaps)
    if control:
        others.append(
            T(
                zh="长期对照组：{s:.0%} 的客户在 {u} 之前不进任何活动。",
                en="The permanent control group: {s:.0%} of all customers stay out of every campaign until {u}.",
            ).format(s=control.share, u=f"{control.until:%Y-%m-%d}")
        )
    parts = [
        (T(zh="谁", en="Who"), html_list([*audience_said(people), *others])),
        (T(zh="怎么分", en="How they are divided"), html_table(arms.rename_axis("tier"))),
        (T(zh="能看出什么", en="What it can show"), html_list(reach_said(reach, plan))),
        (T(zh="花多少，怎样才不亏", en="What it costs, and when it pays"), html_list(said)),
        (T(zh="签字", en="Signed"), SIGN.format(who=str(T(zh="负责人", en="in charge")), when=str(T(zh="日期", en="date")))),
    ]  # fmt: skip
    if warnings:
        parts.insert(0, (T(zh="先看这一条", en="Read this first"), html_list(warnings)))
    title = T(zh="活动计划：{n}", en="Campaign: {n}").format(n=plan.name)
    lead = T(zh="{w} 渠道：{c}。", en="{w} Channel: {c}.").format(w=when, c=label(plan.channel))
    return page(PARTS, title=title, lead=lead, parts=parts)


SIGN = Markup("<p>{who}：________________　{when}：________________</p>")


def reading_said(reading: Reading) -> list[T]:
    """Say what a campaign earned, and what not to conclude."""
    plan, said = reading.plan, [VERDICTS[reading.verdict]]
    if reading.money and reading.shares:
        said += [
            T(zh="人均消费，联系的减留出的：{m}。", en="Money a customer, contacted minus held out: {m}.").format(
                m=between(reading.money, plan.currency)
            ),
            T(
                zh="下单的人：联系的 {t:.1%}，留出的 {h:.1%}，差 {d} 个百分点（95% 区间 {l} 到 {u}）。",
                en="Buyers: {t:.1%} of those contacted, {h:.1%} of those held out, {d} percentage points (95 % interval {l} to {u}).",
            ).format(
                t=reading.shares.treatment, h=reading.shares.holdout, d=points(reading.shares.difference),
                l=points(reading.shares.lower), u=points(reading.shares.upper),
            ),
        ]  # fmt: skip
        if reading.explained >= EXPLAINS:
            said.append(
                T(
                    zh="活动前的消费解释了 {r:.0%} 的差别，已经扣掉，区间因此更窄。",
                    en="What they spent before explains {r:.0%} of the differences; it is taken out, which narrows the interval.",
                ).format(r=reading.explained)
            )
    if reading.profit and reading.cost is not None:
        middle, low, high = money(reading.profit[0], plan.currency), *map(bare, reading.profit[1:])
        said.append(
            T(
                zh="费用 {c}；毛利减费用是 {p}（{l} 到 {u}）。",
                en="It cost {c}; margin minus cost is {p} ({l} to {u}).",
            ).format(c=money(reading.cost, plan.currency), p=middle, l=low, u=high)
        )
    return [*said, *reading.notes]


NOT_CONCLUDED = [
    T(
        zh="只说明这批人、这个时候、这种做法。换一批人要再留出、再看。",
        en="This holds for these people, this time and this way of contact. For other people hold out and look again.",
    ),
    T(
        zh="不要把“买了的人”单独拿出来比：谁会买，是活动自己挑出来的。",
        en="Do not compare buyers only: the campaign itself decides who is one.",
    ),
    T(
        zh="没有哪一个客户可以说是“被活动带来的”；能说的只有两组的差别。",
        en="Of no single customer can it be said that the campaign brought the order; only of the arms.",
    ),
]


def reading_page(reading: Reading) -> str:
    """Return the page of a campaign that was read."""
    parts = [(T(zh="结果", en="Result"), html_list(reading_said(reading)))]
    if len(reading.tiers):
        shown = reading.tiers[["n_treatment", "n_holdout", "effect", "lower", "upper", "differs"]]
        formats = dict.fromkeys(("effect", "lower", "upper"), bare)
        what = T(
            zh="人均多花多少（{c}），已向全体靠拢：人少的层级靠得多。“不同”只写给连放宽的区间也不含全体效果的层级。",
            en="More spent a customer ({c}), drawn towards all customers, the more the fewer there are. A tier is called different only where even its widened interval leaves the effect of all out.",
        ).format(c=reading.plan.currency)
        table = shown.rename(columns={"differs": "different"})
        parts.append((T(zh="按层级", en="By tier"), html_list([what]) + html_table(table, formats)))
    parts.append((T(zh="不能得出什么", en="What not to conclude"), html_list(NOT_CONCLUDED)))
    counts = reading.counts
    lead = T(
        zh="{s} 到 {e}；计划 {p:,} 位，认得出 {k:,} 位：实验组 {t:,}，留出对照组 {h:,}。",
        en="{s} to {e}; {p:,} customers planned, {k:,} known: {t:,} treated, {h:,} held out.",
    ).format(
        s=f"{reading.plan.start:%Y-%m-%d}", e=f"{reading.plan.end:%Y-%m-%d}", p=counts.planned,
        k=counts.known, t=counts.treatment, h=counts.holdout,
    )  # fmt: skip
    title = T(zh="活动结果：{n}", en="What came of it: {n}").format(n=reading.plan.name)
    return page(PARTS, title=title, lead=lead, parts=parts)


def ledger_said(table: pd.DataFrame, plays: pd.DataFrame) -> list[T]:
    """Say which campaigns there are, and what the campaigns of each play come to."""
    if table.empty:
        return [
            T(
                zh="还没有活动。用 custseg campaign plan 计划第一次。",
                en="There are no campaigns yet. Plan the first with custseg campaign plan.",
            )
        ]
    said = [
        T(zh="{n}：{s} 到 {e}，{p:,} 位，{v}", en="{n}: {s} to {e}, {p:,} customers, {v}").format(
            n=name, s=row["start"], e=row["end"], p=int(row["planned"]),
            v=label(row["verdict"]) if isinstance(row["verdict"], str) else T(zh="还没有读结果", en="not read yet"),
        )
        for name, row in table.iterrows()
    ]  # fmt: skip
    for play, row in plays.iterrows():
        said.append(
            T(
                zh="{p}，{n} 次合起来：每 100 人多 {m:.1f} 人下单（95% 区间 {l:.1f} 到 {u:.1f}），几次之间的差别 {i:.0%} 不是偶然。",
                en="{p}, {n} together: of every 100 contacted {m:.1f} more buy (95 % interval {l:.1f} to {u:.1f}); {i:.0%} of the differences between them is no chance.",
            ).format(
                p=label(str(play)), n=int(row["campaigns"]), m=100 * row["measured"], l=100 * row["lower"],
                u=100 * row["upper"], i=row["apart"],
            )
        )  # fmt: skip
    return said
