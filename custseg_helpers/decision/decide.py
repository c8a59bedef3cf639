"""What a strange table of orders is: contents first, then the systems that are known, names last; what differs in money is asked.

The sequence is that of the evidence: rows aside → types → date → order → once an order or once a line → amount and
refunds → customer → statuses → the questions. Sums are those of `plain_lines`, the very step that a run takes.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import pandas as pd

from custseg_helpers.decision.amounts import choose_amount
from custseg_helpers.decision.checks import ask_doubled, checks
from custseg_helpers.decision.customers import choose_customer
from custseg_helpers.decision.days import choose_date, without_year
from custseg_helpers.decision.doubts import doubts
from custseg_helpers.decision.orders import (
    ask_order,
    choose_order,
    days_as_orders,
    filled_down,
    on_first_rows,
    told_apart,
)
from custseg_helpers.decision.questions import Choice, Question, assumption, worth_asking
from custseg_helpers.decision.refunds import refunds
from custseg_helpers.decision.shares import shared
from custseg_helpers.decision.statuses import ask_statuses, sale_and_refund, sort_statuses
from custseg_helpers.decision.units import ask_cents, ask_decimal, one_currency
from custseg_helpers.evidence.called import plain
from custseg_helpers.evidence.contents import one_spelling
from custseg_helpers.evidence.layout import Layout
from custseg_helpers.evidence.plain_lines import Counted, counted_lines, day_codes, one_customer
from custseg_helpers.evidence.sheet_evidence import Evidence, evidence
from custseg_helpers.evidence.systems import Match, match
from custseg_helpers.words.text import T, listed


@dataclass
class Decision:
    """How to read a table of orders, why, and what only a person can say."""

    layout: Layout
    plain: Counted
    match: Match | None
    questions: tuple[Question, ...]
    assumed: tuple[T, ...] = ()
    """what was taken for granted where more could have been asked"""
    notes: tuple[T, ...] = ()
    why: Mapping[str, T] = field(default_factory=dict)
    currency: str | None = None
    by_contents: frozenset[str] = frozenset()
    """fields whose column's name says nothing: to be checked by a person"""
    needed: bool = False
    """whether the sheet has to be put into plain lines first"""


def decide(frame: pd.DataFrame, separator: str | None = None, known_systems: bool = True) -> Decision:
    """Decide how a table of orders is to be read; whatever moves money and cannot be told is a question."""
    found = evidence(frame, separator)
    hit = match(found.frame.columns) if known_systems else None
    asked: list[Question] = []
    notes: list[T] = []
    why: dict[str, T] = {}
    columns = _columns_of_system(found, hit) if hit else {}
    if hit and columns:
        word = T(zh="{s} 的导出表", en="an export of {s}").format(s=hit.system.name)
        why |= dict.fromkeys(columns, word)
    date = columns.get("order_date") or choose_date(found)
    notes += [] if date else without_year(found)
    if date:
        columns["order_date"] = date
    day = day_codes(found.columns[date]) if date else None
    order = columns.get("order_id") or choose_order(found, date, day)
    found = told_apart(found, order, day)
    del day  # a million rows take eight megabytes
    fill = on_first_rows(found, order)
    if fill:
        found = filled_down(found, fill, order)
    if order:
        columns["order_id"] = order
    told = dict(hit.system.layout) if hit else {}
    worth = {column.name: column.worth for column in found.columns.values() if column.worth != 1}
    rows = "lines" if order else "orders"
    layout = Layout(columns=columns, fill=fill, decimal=found.decimal, worth=worth, rows=rows)
    layout, more = choose_amount(found, layout, hit, why, told)
    asked += more
    layout, more, said = choose_customer(found, layout, hit, why)
    asked += more
    notes += said
    layout = days_as_orders(found, layout, why)
    statuses, more_fill = sort_statuses(found, layout, hit)
    layout = replace(layout, statuses=statuses, fill=tuple(dict.fromkeys((*layout.fill, *more_fill))))
    if layout.amount_per == "order" and not hit and sale_and_refund(found, layout):
        layout = replace(layout, amount_per="line")
    layout, more = refunds(found, layout, hit, why)
    asked += more
    known = hit is not None and hit.sure
    layout, more, said = shared(found, layout, known, any(one.about == "amount" for one in asked))
    asked += more
    notes += said
    currency, more = one_currency(found, layout)
    if any("columns" in choice.sets for one in more for choice in one.choices):
        asked = [one for one in asked if one.about != "amount"]  # the converted column was one of its choices
    asked += more
    whole = found.whole if found.whole is not None else frame
    used = {*layout.columns.values(), *layout.named}
    if (found.aside != "").any():
        whole = whole[[name for name in whole if name in used]]
    made = counted_lines(whole, layout, found.aside, found.columns)
    asked += ask_statuses(_as_if_answered(made, found, layout, asked), layout)
    asked += ask_decimal(found, layout)
    asked += [] if hit and _agreed(frame, separator, hit, made) else _ask_system(hit, made, layout)
    asked += checks(found, layout, made)
    asked += [] if known else doubts(found, layout, made) + ask_cents(found, layout, made)
    asked += ask_doubled(frame, found)
    asked += ask_order(found, layout)
    asked = [one for one in asked if not _same_sum(one, made, layout, found)]
    needed = bool(
        layout.statuses
        or fill
        or layout.fill
        or layout.nobody
        or found.marked
        or layout.decimal != "."
        or layout.worth
        or made.left_out
        or layout.amount_per == "order"
        or layout.rows == "days"
        or {"refund", "after_refunds", "parent_order"} & set(layout.columns)
        or _several_spellings(found, layout)
    )
    unnamed = frozenset(name for name in ("amount", "customer_id") if name in why and not hit)
    kept, unasked = worth_asking([one for one in asked if one.answerable])
    kept += tuple(one for one in asked if not one.answerable)
    assumed = tuple(assumption(one, layout) for one in unasked)
    return Decision(layout, made, hit, kept, assumed, tuple(notes), why, currency, unnamed, needed)


def _as_if_answered(made: Counted, found: Evidence, layout: Layout, asked: list[Question]) -> Counted:
    """Return what the rows stand for where the amount is a question: by its first choice, so that statuses have money."""
    choices = [one.choices[0].sets for one in asked if one.about == "amount" and one.choices]
    if "amount" in layout.columns or {"quantity", "price"} <= set(layout.columns) or not choices:
        return made
    columns = {**layout.columns, **{key: name for key, name in choices[0].get("columns", {}).items() if name}}
    first = replace(layout, columns=columns, amount_per=choices[0].get("amount_per", layout.amount_per))
    return counted_lines(found.frame, first, found.no_aside, found.columns)


def _same_sum(question: Question, made: Counted, layout: Layout, found: Evidence) -> bool:
    """Tell whether every answer to what was paid gives the same sum once statuses are counted: then it is no question."""
    if question.about != "amount" or len(question.choices) < 2 or "amount" not in layout.columns:
        return False
    nets = set()
    for choice in question.choices:
        columns = dict(layout.columns) | dict(choice.sets.get("columns", {}))
        per = choice.sets.get("amount_per", layout.amount_per)
        rows = choice.sets.get("rows", layout.rows)
        other = replace(
            layout, columns={key: name for key, name in columns.items() if name}, amount_per=per, rows=rows
        )
        totals = counted_lines(found.frame, other, found.no_aside, found.columns).totals
        nets.add(tuple(sorted(totals.items())))
    return len(nets) == 1 and not made.unknown


def _columns_of_system(found: Evidence, hit: Match) -> dict[str, str]:
    there = {plain(name): name for name in reversed(list(found.columns))}
    chosen = {}
    for standard, wanted in hit.system.columns.items():
        names = [there[plain(name)] for name in wanted if plain(name) in there]
        names = [name for name in names if found.columns[name].kind != "blank"]
        if standard == "order_date":
            names = [name for name in names if found.columns[name].kind == "date"]
        if names:
            chosen[standard] = names[0]
    return chosen


def _agreed(frame: pd.DataFrame, separator: str | None, hit: Match, made: Counted) -> bool:
    """Tell whether a file that is only like a system's comes out with the same sums, and without a question, by its contents."""
    if hit.sure or not hit.system.sure or hit.missing:
        return False
    alone = decide(frame, separator, known_systems=False)
    return not alone.questions and alone.plain.totals == made.totals


def _ask_system(hit: Match | None, made: Counted, layout: Layout) -> list[Question]:
    """Ask once where a system is only likely, or its file rests on general knowledge."""
    if hit is None or (hit.sure and hit.system.sure and not hit.missing):
        return []
    ask = T(
        zh="这像是 {s} 的导出表（{p:.0%} 的特征列在）。按它读：{k:,.0f} 位客户、{o:,.0f} 单，净额 {n:,.2f}；金额列“{a}”。对吗？",
        en="This looks like an export of {s} ({p:.0%} of its columns are there). Read so: {k:,.0f} customers, {o:,.0f} orders, {n:,.2f} net; the amount is “{a}”. Is that right?",
    ).format(
        s=hit.system.name,
        p=hit.score,
        k=made.totals["customers"],
        o=made.totals["orders"],
        n=made.totals["net"],
        a=layout.columns.get("amount", "?"),
    )
    if hit.missing:
        lacks = T(
            zh="少了这个系统通常有的列：{m}。{a}",
            en="Columns that this system usually has are missing: {m}. {a}",
        )
        ask = lacks.format(m=listed(hit.missing), a=ask)
    right = Choice(T(zh="对", en="yes"), {}, made.totals["net"])
    return [Question("system", ask, (right,), abs(made.totals["net"]))]


def _several_spellings(found: Evidence, layout: Layout) -> bool:
    """Tell whether one customer is written in several ways."""
    name = layout.columns.get("customer_id")
    if name is None:
        return False
    texts = found.columns[name].texts()
    alike = set(map(one_spelling, texts)), set(one_customer(texts, found.columns[name].counts))
    return min(map(len, alike)) < len(texts)
