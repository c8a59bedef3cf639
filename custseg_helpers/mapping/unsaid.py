"""What a mapping leaves unsaid although its file speaks of it: refunds in a column of their own, visits, values found nowhere."""

import numpy as np
import pandas as pd

from custseg_helpers.evidence.called import roles
from custseg_helpers.evidence.contents import column_of, unmarked_column
from custseg_helpers.evidence.plain_lines import days_of
from custseg_helpers.mapping.cells import ids
from custseg_helpers.mapping.keys import Orders, Source
from custseg_helpers.reading.sheet import Sheet
from custseg_helpers.words.text import T, listed


def unsaid(sheet: Sheet, source: Source) -> list[T]:
    """Return what to say of a sheet that its mapping passes over: nothing is changed, but nobody is left in the dark."""
    names = [str(name) for name in sheet.frame.columns]
    frame = sheet.frame.loc[:, [names.count(name) == 1 for name in names]]
    said = _nowhere(frame, source)
    if isinstance(source, Orders):
        said += [*_refunds(frame, source), *_visits(frame, source)]
    return said


def _nowhere(frame: pd.DataFrame, source: Source) -> list[T]:
    said = []
    for word, lists in (("skip", source.skip), ("only", source.only)):
        for name, values in lists.items():
            column = source.columns[name]
            if column not in frame:
                continue
            there = set(ids(frame[column]).dropna().unique())
            missing = [value for value in values if value not in there]
            if missing:
                said.append(
                    T(
                        zh="映射文件的 {w} 写了 {v}，“{c}”列里没有一行是它。",
                        en="{w} in the mapping names {v}; no row has it in “{c}”.",
                    ).format(w=word, v=listed(missing[:5]), c=column)
                )
    return said


def _refunds(frame: pd.DataFrame, source: Orders) -> list[T]:
    if {"refund", "after_refunds"} & set(source.columns):
        return []
    for name in map(str, frame.columns):
        if "refund" not in roles(name)[:1] or name in source.columns.values():
            continue
        column = column_of(unmarked_column(frame[name]))
        back = (
            np.abs(np.nan_to_num(column.numbers(source.decimal))) if column.kind == "number" else np.zeros(1)
        )
        if back.sum() > 0:
            return [
                T(
                    zh='“{c}”列有退款 {m:,.2f}（{n:,} 行），映射文件没有用它，净额里没有减。要减就在 [orders.columns] 里写 refund = "{c}"。',
                    en='Column “{c}” holds refunds of {m:,.2f} ({n:,} rows); the mapping does not use it, so they are not taken off. To take them off, write refund = "{c}" under [orders.columns].',
                ).format(c=name, m=back.sum(), n=int((back > 0).sum()))
            ]
    return []


def _visits(frame: pd.DataFrame, source: Orders) -> list[T]:
    columns = source.columns
    if source.rows != "orders" or "order_id" in columns or not {"customer_id", "order_date"} <= set(columns):
        return []
    who, when = (columns[name] for name in ("customer_id", "order_date"))
    if not {who, when} <= set(map(str, frame.columns)):
        return []
    visits = pd.DataFrame({"who": frame[who], "day": days_of(frame[when])}).dropna()
    more = int(visits.duplicated().sum())
    if not more:
        return []
    return [
        T(
            zh='每行算一单，可是 {n:,} 行与同一位客户同一天的另一行并存。一天算一单，就在 [orders] 里写 rows = "days"。',
            en='Every row is an order, but {n:,} rows stand beside another one of the same customer and day. To make a day one order, write rows = "days" under [orders].',
        ).format(n=more)
    ]
