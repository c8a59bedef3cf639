"""Two tables that are one: orders, a row an order, and their items; each item gets what its order's row says."""

import numpy as np
import pandas as pd

from custseg_helpers.reading.parts import names
from custseg_helpers.reading.sheet import Sheet
from custseg_helpers.words.text import T, UserError, listed


def order_keys(column: pd.Series) -> pd.Series:
    """Return order numbers as text that is the same in both tables: 17850 for 17850.0, without spaces around.

    >>> order_keys(pd.Series([17850.0, " A1", None])).tolist()
    ['17850', 'A1', None]
    """
    codes, values = pd.factorize(column.astype(object))
    written = [
        str(int(value)) if isinstance(value, float) and value.is_integer() else str(value).strip()
        for value in values
    ]
    return pd.Series(np.array([*written, None], dtype=object)[codes], index=column.index, dtype=object)


def joined(heads: Sheet, items: Sheet, by: str, of: str) -> Sheet:
    """Return the items, each with the columns of its order, and orders without items as rows of their own.

    A column that both tables have keeps its name for the order; for the items it is called after their table.

    Args:
        heads: a row an order.
        items: a row an item.
        by: the column of order numbers in `heads`.
        of: the column of order numbers in `items`.

    Raises:
        UserError: one of the columns is missing, or an order number stands on several rows of `heads`.
    """
    for sheet, column in ((heads, by), (items, of)):
        if names(sheet).count(column) != 1:
            raise UserError(
                T(
                    zh="“{f}”里没有“{c}”列（或有几列同名），两张表靠它合在一起。有：{n}。",
                    en="“{f}” has no column “{c}” (or several of that name), by which the two tables are joined. It has: {n}.",
                ).format(f=_called(sheet), c=column, n=listed(names(sheet)[:30]))
            )
    key, own = order_keys(heads.frame[by]), order_keys(items.frame[of])
    doubled = key[key.notna() & key.duplicated()]
    if len(doubled):
        raise UserError(
            T(
                zh="“{f}”里订单 {o} 有几行，应当一单一行。请改正这个文件。",
                en="Order {o} stands on several rows of “{f}”, which should hold a row an order. Put that file right.",
            ).format(f=_called(heads), o=doubled.iloc[0])
        )
    of_order = heads.frame.drop(columns=by).set_axis(
        [str(name) for name in heads.frame if name != by], axis=1
    )
    both = [name for name in map(str, items.frame) if name in of_order and name != of]
    lines = items.frame.rename(columns={name: f"{name} ({_short(items)})" for name in both})
    of_order = of_order.rename(columns={of: f"{of} ({_short(heads)})"})
    place = {number: row for row, number in enumerate(key) if number is not None}
    found = own.map(place).fillna(-1).astype(int).to_numpy()
    beside = of_order.reset_index(drop=True).reindex(found)
    beside.index = lines.index
    whole = pd.concat([lines, beside], axis=1)
    alone = heads.frame[~np.isin(np.arange(len(key)), found)]
    rest = of_order.loc[alone.index].assign(**{of: alone[by]})
    above = [int(sheet.frame.index[0]) - 1 if len(sheet.frame) else 0 for sheet in (items, heads)]
    whole.index = pd.Index(items.frame.index - above[0])
    rest.index = pd.Index(len(lines) + alone.index - above[1])
    frame = pd.concat([whole, rest]) if len(rest) else whole
    parts = (
        *(items.parts or ((0, _called(items), above[0]),)),
        *(
            (len(lines) + start, name, row)
            for start, name, row in heads.parts or ((0, _called(heads), above[1]),)
        ),
    )
    about = {key: value for key, value in items.about.items() if key != "columns"}
    said = T(
        zh="“{h}”（一单一行，{n:,} 单）与“{i}”（{m:,} 行）按单号合在一起",
        en="“{h}” (a row an order, {n:,} orders) and “{i}” ({m:,} rows) are joined by order number",
    ).format(h=_called(heads), n=len(key), i=_called(items), m=len(lines))
    if (found < 0).any():
        said += T(zh="；{k:,} 行找不到自己的订单", en="; {k:,} rows have no order there").format(
            k=int((found < 0).sum())
        )
    if len(rest):
        said += T(zh="；{k:,} 单没有明细", en="; {k:,} orders have no items").format(k=len(rest))
    notes = items.notes if items.file != heads.file else ()
    return Sheet(frame, items.file, about, (*notes, said + T(zh="。", en=".")), parts)


def _called(sheet: Sheet) -> str:
    name = sheet.about.get("sheet")
    return f"{sheet.file.name} › {name}" if name else sheet.file.name


def _short(sheet: Sheet) -> str:
    return str(sheet.about.get("sheet") or sheet.file.stem)
