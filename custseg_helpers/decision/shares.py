"""What of an order's total belongs to each of its items; where the items do not add up to it, it is asked."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pandas as pd

from custseg_helpers.decision.questions import Choice, Question
from custseg_helpers.decision.readings import (
    CENT,
    by_order,
    grain,
    order_codes,
    parts_of_total,
    reconciles,
    worths_of_lines,
)
from custseg_helpers.decision.statuses import first_row_only
from custseg_helpers.evidence.layout import Layout
from custseg_helpers.evidence.plain_lines import (
    buckets,
    by_values,
    counted_lines,
    fill_down,
    several_statuses,
)
from custseg_helpers.evidence.sheet_evidence import Evidence
from custseg_helpers.words.text import T

MOST = 0.98
"""Of the orders with several lines, so many must have a line that is worth something."""
ADDS_UP = T(
    zh="每单的“{a}”与它各行的 {l} 对得上（算上运费、优惠、税），按 {l} 分到每行，所以按商品汇总也对。",
    en="“{a}” of each order agrees with {l} of its lines (with shipping, discounts and tax). It is shared among the lines by {l}, so that sales by product are right, too.",
)
APART = T(
    zh="每单的“{a}”与它各行的 {l} 对不上。客户付的是哪一个？",
    en="“{a}” of the orders and {l} of their lines do not agree. Which of them did customers pay?",
)
MIXED = T(
    zh="有的单里各行状态不同，“{a}”却是整单的。没成交、退掉的行要不要从里面减？",
    en="Lines of one order have different statuses, while “{a}” is the whole order's. Are lines that were cancelled or came back to be taken off it?",
)
SHARED = T(
    zh="“{a}”是整单的，按 {l} 分到每行：净额 {n:,.2f}",
    en="“{a}” is the whole order's, shared among its lines by {l}: {n:,.2f} net",
)
ITEMS = T(zh="按每行的 {l}：净额 {n:,.2f}", en="{l} of each line: {n:,.2f} net")


def shared(
    found: Evidence, layout: Layout, known: bool, asked: bool
) -> tuple[Layout, list[Question], list[T]]:
    """Share an order's amount among its lines, so that sales by product are right as well.

    Args:
        found: the sheet.
        layout: how it is read, with its statuses.
        known: a known system's file says which amount was paid.
        asked: whether it is a question already.
    """
    if layout.amount_per != "order" or "amount" not in layout.columns:
        return layout, [], []
    amount = found.columns[layout.columns["amount"]]
    fields = _on_first_rows(found, layout)
    if fields is None:
        return layout, [], []
    order = order_codes(found, layout.columns)
    total = by_order(found, amount, order, layout)
    several = np.bincount(order)[np.unique(order)] > 1
    parts = [part[several] for part in parts_of_total(found, order, layout)]
    worths = {
        names: added
        for names, worth in worths_of_lines(found).items()
        if amount.name not in names
        and (len(names) > 1 or grain(found, found.columns[names[0]], worth, order) == "line")
        and (added := _added(worth, order)[several]).size
        and np.mean(added[total[several] > 0] > 0) >= MOST
    }
    if not worths:
        return layout, [], []
    agree = [names for names, added in worths.items() if reconciles(total[several], added, parts)]
    names = (agree or list(worths))[0]
    layout = replace(layout, shared_by=names, fill=(*layout.fill, *fields))
    quoted = [T(zh="“{c}”", en="“{c}”").format(c=name) for name in names]
    said = {"a": amount.name, "l": T(zh="×", en=" × ").join(quoted)}
    work = found.frame.copy(deep=False)
    fill_down(work, layout)
    said_of_rows, _ = buckets(layout, len(work), by_values(work, layout, found.columns))
    mixed = bool(several_statuses(said_of_rows.codes, order).any())
    note = [ADDS_UP.format(**said)] if agree else []
    if asked or (not mixed and (agree or known or "paid" in amount.roles[:1])):
        return layout, [], note
    return layout, _ask(found, layout, MIXED if mixed else APART, said), note


def _on_first_rows(found: Evidence, layout: Layout) -> list[str] | None:
    """Return which of day and customer stand on an order's first row only; None where one is missing in another way."""
    named = [layout.columns[key] for key in ("order_date", "customer_id") if key in layout.columns]
    gaps = [name for name in named if name not in layout.fill and (found.columns[name].codes < 0).any()]
    number = layout.columns.get("order_id")
    whole = number is not None and all(first_row_only(found.columns[name], found, number) for name in gaps)
    return gaps if whole or not gaps else None


def _added(worth: np.ndarray, order: np.ndarray) -> np.ndarray:
    return pd.Series(np.nan_to_num(worth)).groupby(order).sum().to_numpy()


def _ask(found: Evidence, layout: Layout, ask: T, said: Mapping[str, object]) -> list[Question]:
    """Ask whether the orders' totals or their lines were paid, with the sum of each; no question where both are the same."""
    names = layout.shared_by
    columns = (
        {"amount": names[0]} if len(names) == 1 else dict(zip(("quantity", "price"), names, strict=True))
    )
    others = {key: name for key, name in layout.columns.items() if key != "amount"}
    of_lines = replace(layout, columns=others | columns, amount_per="line")
    nets = [
        counted_lines(found.frame, one, found.no_aside, found.columns).totals["net"]
        for one in (layout, of_lines)
    ]
    if abs(nets[0] - nets[1]) < CENT:
        return []
    lines = {"columns": {"amount": ""} | columns, "amount_per": "line"}
    choices = (
        Choice(SHARED.format(**said, n=nets[0]), {"amount_per": "order", "shared_by": list(names)}, nets[0]),
        Choice(ITEMS.format(**said, n=nets[1]), lines, nets[1]),
    )
    return [Question("amount", ask.format(**said), choices, abs(nets[0] - nets[1]))]
