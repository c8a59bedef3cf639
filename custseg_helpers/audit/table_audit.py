"""Every check of the audit on one table: what is wrong in which row and column, and how much money is concerned.

The schema's own rules (needed values, bounds) are checked by pandera in `schema_check`; here is what needs the file as
written, other rows or other tables.
"""

import numpy as np
import pandas as pd

from custseg_helpers.audit import faults, meaning
from custseg_helpers.audit.faults import FAULTS
from custseg_helpers.audit.schema_check import broken, field_of, needed
from custseg_helpers.mapping.keys import OwnData, Source

COLUMNS = ["table", "file", "row", "column", "field", "kind", "severity", "value", "money"]
IDENTITY = {
    "orders": "order_id",
    "customers": "customer_id",
    "products": "product_id",
    "interactions": "interaction_id",
}
NEARLY_ALL = 0.95
PARTIAL = 0.05
"""A register that lacks more of the rows than this covers a part only; what it lacks is no slip of the pen."""


def check_table(
    own: OwnData, table: str, cells: pd.DataFrame, lines: dict[str, pd.DataFrame], unread: pd.DataFrame
) -> pd.DataFrame:
    """Return one row a finding in a table.

    Args:
        own: the mapping.
        table: which of its tables.
        cells: the rows as written.
        lines: the rows of every table as read.
        unread: row and column of what could not be read.
    """
    source, values = own.sources[table], lines[table]
    found: list[pd.DataFrame] = []
    busy = np.zeros(len(cells), dtype=bool)

    def note(kind: str, column: str, where: np.ndarray, settle: bool = False) -> None:
        """Note a finding on the rows that have no settled one yet; `settle` ends the questioning of these rows."""
        nonlocal busy
        where = np.asarray(where, dtype=bool) & ~busy
        found.append(_finding(source, table, kind, column, cells[where], values[where]))
        busy = busy | where if settle else busy

    identity = IDENTITY[table] if IDENTITY[table] in values else next(iter(values))
    note("blank_row", identity, cells.isna().all(axis=1).to_numpy(), settle=True)
    note("summary_row", identity, faults.is_total(cells), settle=True)
    repeated = faults.groups(cells.astype(str), ~busy)
    twice = "duplicate_row" if IDENTITY[table] in values else "same_row"
    note(twice, identity, faults.out_of_place(values[identity], repeated), settle=twice == "duplicate_row")
    if "customer_id" in values:
        for column in [name for name in ("customer_id", "customer_name") if name in values]:
            named = values[column].fillna("").str.fullmatch(faults.TEST)
            note("test_customer", "customer_id", named.to_numpy(dtype=bool), settle=True)
    if table in ("customers", "products") and identity in values:
        same = faults.groups(values[identity], ~busy & values[identity].notna().to_numpy())
        note("duplicate_id", identity, faults.out_of_place(values[identity], same), settle=True)
    if table == "customers" and "phone" in values:
        same = faults.groups(values["phone"], ~busy & values["phone"].notna().to_numpy())
        note("near_duplicate", "phone", faults.out_of_place(values["customer_id"], same), settle=True)

    beyond = broken(table, values, own.as_of.year)
    nobody = table == "orders" and own.orders.nobody

    def breaks(column: str, kind: str) -> np.ndarray:
        return np.isin(
            np.arange(len(values)),
            beyond.loc[(beyond["column"] == column) & (beyond["kind"] == kind), "place"],
        )

    for column in values:
        wrong = values.index.isin(unread.loc[unread["column"] == source.columns[column], "row"])
        dated = pd.api.types.is_datetime64_any_dtype(values[column])
        note("impossible_date" if dated else "unreadable_number", column, wrong)
        empty = values[column].isna().to_numpy() & ~wrong
        if column in needed(table, values):
            kind = "nobody" if column == "customer_id" and nobody else "missing_value"
            note(kind, column, breaks(column, "missing_value") & ~wrong)
        elif 1 - empty[~busy].mean() >= NEARLY_ALL:
            note("gap", column, empty)
        if dated:
            note("future_date", column, (values[column] > own.as_of).to_numpy())
        note("out_of_range", column, breaks(column, "out_of_range"))
        if _is_code(table, column):
            note("unknown_code", column, faults.misspelt(values[column]))

    for column, other, kind in (
        ("customer_id", "customers", "unknown_customer"),
        ("product_id", "products", "unknown_product"),
    ):
        if column in values and other in lines and other != table and column in lines[other]:
            strange = values[column].notna() & ~values[column].isin(lines[other][column])
            if strange.mean() <= PARTIAL:
                note(kind, column, strange.to_numpy())
    if table == "orders":
        _who(values, note)
        if {"order_id", "order_date"} <= set(values):
            note("several_days", "order_date", faults.on_several_days(values, own.as_of))
        if "order_date" in values:
            dated = source.columns["order_date"]
            note(
                "wrong_weekday", "order_date", meaning.against_the_weekday(cells, dated, values["order_date"])
            )
        _order_lines(own, values, note)
    if (
        table == "customers"
        and {"customer_id", "signup_date"} <= set(values)
        and {"customer_id", "order_date"} <= set(lines["orders"])
    ):
        first = lines["orders"].groupby("customer_id")["order_date"].min()
        note(
            "signup_after_order",
            "signup_date",
            (values["signup_date"] > values["customer_id"].map(first)).to_numpy(),
        )
    return pd.concat(found, ignore_index=True)


def _who(values: pd.DataFrame, note) -> None:  # type: ignore[no-untyped-def]
    """Note ids that are nobody's, and lines that are no goods."""
    if "customer_id" in values:
        note("masked_id", "customer_id", meaning.masked_ids(values["customer_id"]))
        note("guest_id", "customer_id", meaning.guest_ids(values["customer_id"]))
        note("damaged_id", "customer_id", meaning.damaged_ids(values["customer_id"]))
    said = next((name for name in ("product_name", "product_id", "order_id") if name in values), None)
    if said:
        note("trial_line", said, meaning.trial_lines(values))
        note("fee_line", said, meaning.fees(values))


def _order_lines(own: OwnData, values: pd.DataFrame, note) -> None:  # type: ignore[no-untyped-def]
    if {"customer_id", "order_date"} <= set(values) and has_money(values):
        money = "amount" if "amount" in values else "quantity"
        note("cancelled_at_once", money, meaning.cancelled_at_once(values, own.orders.returns))
    if "quantity" not in values:
        return
    note("impossible_quantity", "quantity", (values["quantity"] == 0).to_numpy())
    if "amount" in values:
        if own.orders.returns.by == "sign":
            note("sign_mismatch", "quantity", (values["quantity"] * values["amount"] < 0).to_numpy())
        quantity, amount = faults.misfits(values)
        note("impossible_quantity", "quantity", quantity)
        note("impossible_amount", "amount", amount)


def has_money(values: pd.DataFrame) -> bool:
    """Tell whether an order line has an amount, or a quantity and a price."""
    return "amount" in values or {"quantity", "price"} <= set(values)


def _is_code(table: str, column: str) -> bool:
    """Tell whether a column holds names of a short list, such as cities."""
    field = field_of(table, column)
    return field is not None and field.kind == "code"


def _finding(
    source: Source, table: str, kind: str, column: str, cells: pd.DataFrame, values: pd.DataFrame
) -> pd.DataFrame:
    name = source.columns.get(column, column)
    amount = values.get("amount")
    if amount is None:
        amount = values["quantity"] * values["price"] if has_money(values) else 0.0
    return pd.DataFrame(
        {
            "table": table,
            "file": source.file.name,
            "row": cells.index,
            "column": name,
            "field": column,
            "kind": kind,
            "severity": FAULTS[kind][0],
            "value": [None if pd.isna(value) else str(value) for value in cells[name]],
            "money": np.abs(amount) if table == "orders" else np.nan,
        },
        columns=COLUMNS,
    )
