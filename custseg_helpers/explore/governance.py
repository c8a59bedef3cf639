"""Explorer of lesson 14: move an approved line, adjust many by hand or single customers, and see what follows."""

from collections.abc import Sequence
from typing import Literal

import pandas as pd

from custseg_helpers.company.company import Company
from custseg_helpers.explore.base import View, explorer
from custseg_helpers.explore.still import Shown
from custseg_helpers.facts.per_customer import order_facts
from custseg_helpers.governance.kpis import GOALS
from custseg_helpers.tiers.cuts import levels, quantile_cuts
from custseg_helpers.words.glossary import label
from custseg_helpers.words.text import T

Reason = Literal["near_the_line", "to_look_good"]
BESIDE = 10
"""So many customers on either side of the line are offered one by one."""


def approved_lines(money: pd.Series) -> tuple[int, int]:
    """Return the scheme's two lines: thirds of the customers, rounded to one digit so that people remember them."""
    medium, high = (int(float(f"{line:.1g}")) for line in quantile_cuts(money))
    return medium, high


def adjusted(money: pd.Series, tier: pd.Series, number: int, reason: Reason) -> pd.Series:
    """Return the tiers after `number` customers were made high by hand.

    Near the line they are those who spend most of the others; to look good they are simply anybody (evenly spread
    over the list by id).
    """
    others = money[tier != "high"].sort_index()
    if reason == "near_the_line":
        chosen = others.sort_values(ascending=False, kind="stable").index[:number]
    else:
        step = max(len(others) // max(number, 1), 1)
        chosen = others.index[::step][:number]
    return tier.where(~tier.index.isin(chosen), "high")


def beside(money: pd.Series, line: float) -> list[str]:
    """Return the customers closest to a line, ten above and ten below, the biggest spender first."""
    ordered = money.sort_index().sort_values(ascending=False, kind="stable")
    above = int((ordered >= line).sum())
    return ordered.index[max(above - BESIDE, 0) : above + BESIDE].tolist()


def turned(tier: pd.Series, customers: Sequence[str]) -> pd.Series:
    """Return the tiers after single customers changed sides: high becomes medium, the others become high."""
    picked = tier.index.isin(customers)
    return tier.mask(picked & (tier == "high"), "medium").mask(picked & (tier != "high"), "high")


def view(
    money: pd.Series, *, high_line: int, overrides: int, reason: Reason, customers: Sequence[str] = ()
) -> View:
    """Return calculated tiers beside those in use: one line of `high`, a number of overrides, single customers."""
    from custseg_helpers import plots

    medium, approved = approved_lines(money)
    tier = levels(money, (min(medium, high_line), high_line))
    alone = money.index.isin(customers)
    in_use = turned(tier, customers)
    in_use = in_use.where(alone, adjusted(money[~alone], tier[~alone], overrides, reason))
    changed = int((tier != in_use).sum())
    share = changed / max(len(money), 1)
    light = GOALS["override_share"].light(share)
    sides = {"calculated": tier, "in_use": in_use}
    sizes = pd.DataFrame({side: groups.value_counts() for side, groups in sides.items()})
    sizes = sizes.reindex(["high", "medium", "low"]).fillna(0).astype(int).rename_axis("tier")
    above, all_high, raised = (
        money[group].mean() if group.any() else 0.0
        for group in (tier == "high", in_use == "high", tier != in_use)
    )
    standing = "approved" if high_line == approved else "changed_after_approval"
    words = T(
        zh="{s}（批准的线是 {a:,} 元）。人工调整 {n:,} 位，占 {p:.1%}：{l}。他们平均 {r:,.0f} 元；“高”的客均价值从 {b:,.0f} 元变成 {c:,.0f} 元。",
        en="{s} (the approved line is {a:,} yuan). {n:,} adjusted by hand, {p:.1%}: {l}. They are worth {r:,.0f} yuan on average; a customer called high was worth {b:,.0f} and is now worth {c:,.0f}.",
    ).format(
        s=label(standing), a=approved, n=changed, p=share, l=label(light), r=raised, b=above, c=all_high
    )  # fmt: skip
    tables = {T(zh="各层客户数", en="Customers of each tier"): sizes}
    if len(customers):
        tables[T(zh="逐位调整的客户", en="Customers adjusted one by one")] = pd.DataFrame(
            sides | {"monetary": money}
        ).loc[list(customers)]
    return View(plots.governance.tiers_in_use(tier, in_use, money), tables, words)


def show(company: Company) -> Shown:
    """Show the explorer for one company; it opens on the approved scheme with 150 overrides."""
    import ipywidgets as W

    money = order_facts(company.orders, company.as_of)["monetary"]
    medium, approved = approved_lines(money)
    step = max(approved // 20, 1)
    reasons = [
        (str(T(zh="差一点就够线的", en="those just below the line")), "near_the_line"),
        (str(T(zh="谁都行，数字好看", en="anybody, to look good")), "to_look_good"),
    ]
    controls = {
        "high_line": W.IntSlider(
            value=approved,
            min=medium,
            max=3 * approved,
            step=step,
            description=str(T(zh="“高”的线（元）", en="Line of high (yuan)")),
        ),
        "overrides": W.IntSlider(
            value=min(150, len(money)),
            min=0,
            max=min(500, len(money)),
            step=10,
            description=str(T(zh="人工调成“高”（位）", en="Made high by hand")),
        ),
        "reason": W.ToggleButtons(
            options=reasons,
            value="near_the_line",
            description=str(T(zh="调整谁", en="Whom")),
            style={"button_width": "initial"},
        ),
        "customers": W.SelectMultiple(
            options=[(_beside_the_line(money[one], approved, one), one) for one in beside(money, approved)],
            rows=8,
            description=str(
                T(
                    zh="逐位调到线的另一边（按住 Ctrl 多选）",
                    en="Single customers to the other side (Ctrl: several)",
                )
            ),
            layout=W.Layout(width="44em", max_width="100%"),
        ),
    }
    title = T(zh="分层方案与人工调整探索器", en="Explorer of scheme and overrides")
    return explorer(lambda **settings: view(money, **settings), controls, title)


def _beside_the_line(spent: float, line: float, customer: str) -> str:
    away = (
        T(zh="超过线 {d:,.2f} 元", en="{d:,.2f} over")
        if spent >= line
        else T(zh="差 {d:,.2f} 元", en="{d:,.2f} short")
    )
    return f"{customer} · {away.format(d=abs(spent - line))}"
