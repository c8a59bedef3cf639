"""A sheet as a program exported it → plain order lines, by what the mapping says under [orders]."""

from dataclasses import replace

import pandas as pd

from custseg_helpers.evidence.contents import as_number, decimal_mark
from custseg_helpers.evidence.layout import Layout
from custseg_helpers.evidence.plain_lines import Counted, Plain, plain_lines
from custseg_helpers.mapping.keys import Orders
from custseg_helpers.reading.sheet import Sheet
from custseg_helpers.words.text import T, UserError, listed


def layout_of(source: Orders) -> Layout:
    """Return the layout that a mapping states."""
    return Layout(
        columns=source.columns,
        statuses={name: lists.lists() for name, lists in source.statuses.items()},
        amount_per=source.amount_per,
        refund_per=source.refund_per,
        shared_by=source.shared_by,
        rows=source.rows,
        fill=source.fill,
        paid_when=source.paid_when,
        decimal=source.decimal,
        worth=source.worth,
        plus=source.plus,
        minus=source.minus,
        nobody=source.nobody,
        zeros=source.zeros,
    )


def by_comma(sheet: Sheet, source: Orders) -> bool:
    """Tell whether amounts are written with a decimal comma; where 1.250 could be read either way, ask.

    Raises:
        UserError: every amount has a point and three digits behind it, and nothing says which it is.
    """
    for field in ("amount", "price"):
        name = source.columns.get(field)
        if name is None or list(sheet.frame.columns).count(name) != 1:
            continue
        texts = [cell for cell in sheet.frame[name].dropna().unique() if isinstance(cell, str)]
        mark = decimal_mark(texts)
        if mark == "?":
            raise UserError(
                T(
                    zh='“{c}”列的 {x} 可能是 {many}，也可能是 {few}。请在 [orders] 里写 decimal = ","（点是千位），或 tidy = true（点是小数）。',
                    en='{x} in column “{c}” can be {many} or {few}. Under [orders] write decimal = "," (the point marks thousands) or tidy = true (it marks decimals).',
                ).format(
                    c=name,
                    x=texts[0],
                    many=f"{as_number(texts[0], ','):,.0f}",
                    few=f"{as_number(texts[0]):,.3f}",
                )
            )
        if mark == ",":
            return True
    return False


def not_on_spark(source: Orders) -> None:
    """Raise a `UserError` where Spark is to count orders that have to be put into plain lines first."""
    if source.as_exported:
        raise UserError(
            T(
                zh="映射文件的 {keys} 要先把订单整理成一行一笔，Spark 上做不了。改用 --engine duckdb（先在内存里整理，再汇总），或去掉 --engine；也可以先在 Spark 里把表整理好，再去掉这些键。",
                en="{keys} in the mapping put the orders into plain lines first, which Spark cannot do. Use --engine duckdb (which does it in memory and counts after that) or no --engine; or make plain lines of the table in Spark and take these keys out.",
            ).format(keys=listed(source.exported_keys))
        )


def in_plain_lines(sheet: Sheet, source: Orders) -> Sheet:
    """Put a sheet of orders into plain lines.

    Raises:
        UserError: a column is missing, a stated status occurs nowhere near what is in the file, or a status that
            nobody has explained carries money.
    """
    layout = layout_of(source)
    names = [str(name) for name in sheet.frame.columns]
    needed = [*layout.columns.values(), *layout.named]
    if any(names.count(name) != 1 for name in needed):
        return (
            sheet
            if any(names.count(name) != 1 for name in layout.columns.values())
            else _lacks(sheet, needed)
        )
    frame = sheet.frame.loc[:, [names.count(name) == 1 for name in names]]
    made = plain_lines(frame, layout)
    if made.unknown:
        raise unknown_statuses(made, source)
    return replace(sheet, frame=made.frame, notes=(*sheet.notes, *left_out(made), *nowhere(frame, layout)))


def _lacks(sheet: Sheet, needed: list[str]) -> Sheet:
    names = list(map(str, sheet.frame.columns))
    lacks = [name for name in needed if names.count(name) != 1]
    raise UserError(
        T(
            zh="“{f}”里没有“{c}”列（或有几列同名），映射文件的 statuses 或 fill 要用它。",
            en="“{f}” has no column “{c}” (or several of that name), which statuses or fill in the mapping need.",
        ).format(f=sheet.file.name, c=listed(lacks))
    )


def left_out(made: Plain | Counted) -> list[T]:
    """Say which rows were left out, how many, and how much money stood in them."""
    return [
        T(
            zh="{why}：{n:,} 行，金额 {m:,.2f}，不计入。", en="{why}: {n:,} rows with {m:,.2f}, left out."
        ).format(why=why, n=rows, m=money)
        if money
        else T(zh="{why}：{n:,} 行，不计入。", en="{why}: {n:,} rows, left out.").format(why=why, n=rows)
        for why, rows, money in made.left_out
    ]


def nowhere(frame: pd.DataFrame, layout: Layout) -> list[T]:
    """Say which stated statuses occur nowhere in the file."""
    said = []
    for name, lists in layout.statuses.items():
        there = set(frame[name].dropna().astype(str).str.strip().str.lstrip("`'"))
        missing = [value for values in lists.values() for value in values if value not in there]
        if missing and len(missing) == sum(map(len, lists.values())):
            said.append(
                T(
                    zh="“{c}”列里没有映射文件写的任何一种状态（{v}）。",
                    en="None of the statuses that the mapping states for “{c}” occurs in the file ({v}).",
                ).format(c=name, v=listed(missing[:5]))
            )
    return said


def unknown_statuses(made: Plain, source: Orders) -> UserError:
    """Return what to say of statuses that carry money and stand in no list."""
    said = [
        T(
            zh="“{c}”里的 {v}：{n:,} 行，金额 {m:,.2f}，例如订单 {o}",
            en="{v} in “{c}”: {n:,} rows with {m:,.2f}, order {o} for example",
        ).format(c=one.column, v=one.value, n=one.rows, m=one.money, o=one.example)
        for one in made.unknown[:5]
    ]
    return UserError(
        T(
            zh="“{f}”里有没说过意思的状态，金额取决于它：{said}。请写进映射文件的 [orders.statuses.列名]：sale（卖成了）、never（没成交）、back（卖了又退）之一。",
            en="“{f}” has statuses whose meaning is not stated, and money depends on it: {said}. Put each into sale (sold), never (never came about) or back (sold and returned) under [orders.statuses.COLUMN] in the mapping.",
        ).format(f=source.file.name, said=listed(said))
    )
