"""From a company to a campaign's folder, and from the folder with new orders to what it earned."""

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from custseg_helpers.action.strategy import leave_out
from custseg_helpers.campaigns import ledger as book
from custseg_helpers.campaigns.audience import Audience, audience, chosen, may_contact
from custseg_helpers.campaigns.draw import draw, in_control
from custseg_helpers.campaigns.lists import write_lists
from custseg_helpers.campaigns.plan import (
    CONTROL,
    PRIVATE,
    Control,
    Plan,
    control_text,
    folder_of,
    home,
    read_control,
    read_plan,
    write_plan,
)
from custseg_helpers.campaigns.results import Reading, covered, read_campaign
from custseg_helpers.campaigns.sizes import reach
from custseg_helpers.campaigns.spending import spent
from custseg_helpers.campaigns.wording import (
    audience_said,
    overlaps_said,
    pays_said,
    plan_page,
    reach_said,
    reading_page,
    reading_said,
)
from custseg_helpers.files.folder import MANIFEST, whole_folder, write_csv
from custseg_helpers.files.whole import write_whole
from custseg_helpers.mapping.own_company import Own, for_campaigns
from custseg_helpers.results.intake import read_company
from custseg_helpers.results.result import Result
from custseg_helpers.results.whole_way import run
from custseg_helpers.words.glossary import labelled
from custseg_helpers.words.text import T, UserError

FEWEST = 60
"""Fewer customers than this cannot give two arms of 30."""


@dataclass(frozen=True)
class Wish:
    """What somebody wants of a campaign."""

    name: str
    start: pd.Timestamp
    end: pd.Timestamp
    tiers: Sequence[str] = ()
    tags: Sequence[str] = ()
    rule: str | None = None
    holdout: float = 0.2
    play: str | None = None
    cost: float | None = None
    margin: float | None = None
    control: float | None = None
    control_until: pd.Timestamp | None = None


def plan_campaign(company: Path, wish: Wish) -> list[T]:
    """Plan a campaign: draw the arms, write lists and the page to sign, note it in the ledger; return what to say.

    Raises:
        UserError: there is such a campaign already, its days are not in the future of the data, or too few customers
            are left.
    """
    folder = folder_of(company, wish.name)
    if folder.exists():
        raise UserError(
            T(
                zh="活动“{n}”已经有了：抽签只抽一次。请另取一个名字。",
                en="There is a campaign “{n}” already: arms are drawn once. Choose another name.",
            ).format(n=wish.name)
        )
    result = run(company)
    snapshot = result.own.company.as_of
    _days_make_sense(wish, snapshot)
    control = _control(company, wish)
    people, reachable = _people(result, wish, control)
    if len(people.customers) < FEWEST:
        raise UserError(
            T(
                zh="只剩 {n:,} 位客户，分不出两组各 30 位（要 {f} 位）。放宽 --tier，或者不留对照、只当作一次普通联系。",
                en="Only {n:,} customers are left, too few for two arms of 30 (it takes {f}). Widen --tier, or contact them without calling it a test.",
            ).format(n=len(people.customers), f=FEWEST)
        )
    customers = people.customers
    play, plan = _plan(result, customers, wish)
    arms = draw(customers["tier"], wish.name, wish.holdout)
    days = pd.Timedelta(days=plan.days)
    orders = result.own.company.orders
    before = spent(orders, customers.index, snapshot - days, snapshot - pd.Timedelta(days=1))
    table = pd.DataFrame(
        {"arm": arms, "tier": customers["tier"], "before": before["amount"], "rep": _reps(result, reachable, customers)}
    ).rename_axis("customer_id")  # fmt: skip
    order_value = float(customers["average_order_value"].mean())
    owned = result.choices.playbook is not None
    expected = result.playbook[play].extra_response * order_value if owned else None
    can_show = reach(before, arms, expected=expected, holdout=wish.holdout)
    said_of_money = pays_said(plan, order_value, can_show.size.treatment)
    overlaps = _overlaps(company, plan, customers.index)
    with whole_folder(folder) as draft:
        plan = write_plan(draft, plan, table.sort_index().reset_index())
        why = _why(result, customers, play)
        listed_ = write_lists(draft, plan, table, why, reachable)
        shown = Audience(customers.assign(arm=arms), people.wanted, people.left_out)
        html = plan_page(
            plan,
            shown,
            can_show,
            said_of_money,
            consent_known="consent" in reachable,
            control=control,
            overlaps=overlaps,
        )
        (draft / "plan.html").write_text(html, encoding="utf-8", newline="\n")
        _manifest(draft, "custseg campaign plan")
    if control and wish.control is not None:
        write_whole(home(company) / CONTROL, control_text(control))
    book.note(
        company,
        {
            "campaign": plan.name, "play": plan.play, "channel": plan.channel, "start": f"{plan.start:%Y-%m-%d}",
            "end": f"{plan.end:%Y-%m-%d}", "planned": len(table), "arms": plan.arms,
        },
    )  # fmt: skip
    return [
        *audience_said(people),
        *overlaps_said(overlaps),
        *reach_said(can_show, plan),
        *said_of_money,
        *listed_,
        T(zh="计划在“{f}”，先看 plan.html，签了字再联系。", en="The plan is in “{f}”; sign plan.html before anybody is contacted.").format(f=folder),
    ]  # fmt: skip


def _days_make_sense(wish: Wish, snapshot: pd.Timestamp) -> None:
    if wish.end < wish.start:
        raise UserError(
            zh=f"活动的最后一天 {wish.end:%Y-%m-%d} 在第一天 {wish.start:%Y-%m-%d} 之前。",
            en=f"The last day {wish.end:%Y-%m-%d} lies before the first, {wish.start:%Y-%m-%d}.",
        )
    if wish.start < snapshot:
        raise UserError(
            T(
                zh="活动从 {s} 开始，数据却已经到 {d}：分组之后才能发生的事，不能已经发生。请用 {s} 之前的数据，或把 --start 写成 {d} 或以后。",
                en="The campaign starts on {s} and the data reach {d}: what is to come of the draw must not have happened yet. Use data up to {s}, or a --start of {d} or later.",
            ).format(s=f"{wish.start:%Y-%m-%d}", d=f"{snapshot:%Y-%m-%d}")
        )


def _control(company: Path, wish: Wish) -> Control | None:
    """Return the permanent control group that holds: the one there is, else the one that is wished for."""
    known = read_control(company)
    if known and known.until >= wish.start:
        if wish.control is not None:
            raise UserError(
                T(
                    zh="已经有一个长期对照组（{s:.0%}，到 {u}）。到期之前不能换，换了就比不了。",
                    en="There is a permanent control group already ({s:.0%}, until {u}). It stays until then, or nothing can be compared.",
                ).format(s=known.share, u=f"{known.until:%Y-%m-%d}")
            )
        return known
    if wish.control is None:
        return None
    if wish.control_until is None or wish.control_until <= wish.end:
        raise UserError(
            zh="长期对照组要写到哪一天为止（--control-until），并且要晚于这次活动。",
            en="A permanent control group needs the day until which it stays (--control-until), later than this campaign.",
        )
    return Control(wish.control, wish.control_until)


def _people(result: Result, wish: Wish, control: Control | None) -> tuple[Audience, pd.DataFrame]:
    customers = result.customers
    reachable = for_campaigns(result.own.mapping)
    inside = chosen(customers, wish.tiers, wish.tags, wish.rule)
    people = audience(
        customers.assign(tier=customers["segment"].astype(str)),
        inside,
        agreed=may_contact(reachable, result.own.mapping, customers.index),
        leave_out=leave_out(customers["segment"], customers, result.playbook),
        control=in_control(customers.index, control.share if control else 0.0),
    )
    return people, reachable


def _plan(result: Result, customers: pd.DataFrame, wish: Wish) -> tuple[str, Plan]:
    play = wish.play or str(customers["tier"].map(result.plan["play"]).mode().iloc[0])
    if play not in result.playbook:
        known = ", ".join(result.playbook)
        raise UserError(
            T(zh="手册里没有打法“{p}”。有：{k}。", en="The playbook has no play “{p}”. It has {k}.").format(
                p=play, k=known
            )
        )
    told, owned = result.playbook[play], result.choices.playbook is not None
    cost = wish.cost if wish.cost is not None else told.cost_per_contact if owned else None
    return play, Plan(
        name=wish.name,
        tiers=tuple(wish.tiers),
        tags=tuple(wish.tags),
        rule=wish.rule or "",
        snapshot=result.own.company.as_of,
        start=wish.start,
        end=wish.end,
        holdout=wish.holdout,
        play=play,
        channel=told.channel,
        currency=result.own.mapping.currency,
        contacts=told.contacts_per_quarter,
        cost=None if cost is None else cost * told.contacts_per_quarter,
        margin=wish.margin if wish.margin is not None else told.margin_rate if owned else None,
    )


def _reps(result: Result, reachable: pd.DataFrame, customers: pd.DataFrame) -> pd.Series:
    """Return who looks after each customer: as the file of customers says, else whoever sold last."""
    if "rep" in reachable:
        return reachable["rep"].reindex(customers.index).fillna("")
    orders = result.own.company.orders
    if "rep_id" not in orders:
        return pd.Series("", index=customers.index)
    last = (
        orders.dropna(subset="rep_id")
        .sort_values("order_date", kind="stable")
        .groupby("customer_id")["rep_id"]
        .last()
    )
    return last.reindex(customers.index).fillna("").astype(str)


def _why(result: Result, customers: pd.DataFrame, play: str) -> pd.DataFrame:
    """Return what a caller should know of each customer, and what to say."""
    told = result.playbook[play]
    script = T(zh="{g}；{o}", en="{g}: {o}").format(g=told.goal, o=told.offer)
    shown = customers[["tier", "last_order", "frequency", "monetary"]].copy()
    shown["last_order"] = shown["last_order"].dt.strftime("%Y-%m-%d")
    shown["script"] = str(script)
    return labelled(shown).set_axis(shown.columns, axis=1).drop(columns="tier").assign(
        segment=labelled(customers[["tier"]]).iloc[:, 0]
    )  # fmt: skip


def _overlaps(company: Path, plan: Plan, ids: pd.Index) -> dict[str, int]:
    """Return how many of these customers are in each campaign that runs on the same days."""
    found = {}
    for other in book.running(book.ledger(company), plan.start, plan.end):
        arms = read_plan(company, other)[1]
        found[other] = int(ids.isin(arms.index).sum())
    return found


def _manifest(draft: Path, made_by: str) -> None:
    (draft / MANIFEST).write_text(json.dumps({"made_by": made_by}) + "\n", encoding="utf-8", newline="\n")
    for file in filter(Path.is_file, draft.rglob("*")):
        os.chmod(file, PRIVATE)


def read_result(
    company: Path,
    name: str,
    *,
    contacted: Path | None = None,
    renamed: Path | None = None,
    sure: bool = False,
) -> list[T]:
    """Read what a campaign earned from new orders, write its page, note it in the ledger; return what to say.

    Args:
        company: the `company.toml` whose files now hold the orders of the campaign.
        name: the campaign.
        contacted: a list that came back, with a column `customer_id`.
        renamed: a file with the columns `old` and `new`, where ids changed.
        sure: the export covers the whole campaign, although its last order is older.
    """
    plan, arms = read_plan(company, name)
    own = read_company(company)
    orders = own.company.orders
    covered(plan, orders, own.company.as_of, sure=sure)
    known = pd.Index(
        pd.concat([orders["customer_id"], own.company.customers["customer_id"]]).dropna().unique()
    )
    changed = _pairs(renamed) if renamed else {}
    listed_ = pd.Index(_column(contacted, "customer_id")) if contacted else None
    reading = read_campaign(plan, arms, orders, known, contacted=listed_, renamed=changed)
    _write_reading(company, reading, own)
    return reading_said(reading)


def _write_reading(company: Path, reading: Reading, own: Own) -> None:
    out = folder_of(company, reading.plan.name) / "result"
    with whole_folder(out) as draft:
        (draft / "result.html").write_text(reading_page(reading), encoding="utf-8", newline="\n")
        if len(reading.tiers):
            write_csv(labelled(reading.tiers.round(4).reset_index()), draft / "by_tier.csv")
        _manifest(draft, "custseg campaign result")
    entry = {
        "campaign": reading.plan.name, "verdict": reading.verdict, "read": f"{own.company.as_of:%Y-%m-%d}",
        "n_treatment": reading.counts.treatment, "n_holdout": reading.counts.holdout,
    }  # fmt: skip
    for word, effect in (("response", reading.shares), ("money", reading.money)):
        if effect:
            entry |= {word: effect.difference, f"{word}_lower": effect.lower, f"{word}_upper": effect.upper}
    book.note(company, entry)


def _pairs(file: Path) -> dict[str, str]:
    table = _table(file, ("old", "new"))
    return dict(zip(table["old"], table["new"], strict=True))


def _column(file: Path, name: str) -> list[str]:
    return _table(file, (name,))[name].tolist()


def _table(file: Path, needs: Sequence[str]) -> pd.DataFrame:
    """Read the columns of a small file that people filled in: CSV in any encoding, or Excel; ids as text."""
    from custseg_helpers.mapping.cells import ids
    from custseg_helpers.reading.parts import read_parts

    frame = read_parts([file], columns=None, needed=list(needs)).frame
    missing = [name for name in needs if name not in frame]
    if missing:
        raise UserError(
            T(zh="“{f}”里没有 {m} 列。需要：{n}。", en="“{f}” has no column {m}. It needs: {n}.").format(
                f=file.name, m=missing[0], n=", ".join(needs)
            )
        )
    return pd.DataFrame({name: ids(frame[name]) for name in needs}).dropna()
