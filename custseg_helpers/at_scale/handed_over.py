"""Facts that a warehouse has counted itself, one row a customer: `[facts]` in the mapping, in place of `[orders]`.

```toml
[facts]
address = "postgresql://reader@warehouse/sales"
table = "customer_facts"            # or file = "facts.parquet"

[facts.columns]
customer_id = "customer_id"
recency_days = "recency_days"       # days from the last order to the snapshot
frequency = "frequency"             # orders
monetary = "monetary"               # money net of returns
```
"""

import narwhals.stable.v2 as nw
import numpy as np
import pandas as pd

from custseg_helpers.facts.history import observed_until
from custseg_helpers.mapping import plan
from custseg_helpers.mapping.cells import marked, pick, read_fields
from custseg_helpers.mapping.keys import OwnData
from custseg_helpers.mapping.own_company import Own, company_without_lines, open_source
from custseg_helpers.mapping.plan import KEPT, REASONS, Counted
from custseg_helpers.mapping.stated import wrong
from custseg_helpers.mapping.without_lines import Account, Reduced, by_name
from custseg_helpers.words.text import T, UserError, listed

NEEDED = ("customer_id", "recency_days", "frequency", "monetary")
WHOLE = ("recency_days", "frequency", "tenure_days", "order_days")
GAPS = ("mean_gap_days", "first_gap_days", "last_gap_days")


def read_facts(own: OwnData) -> Own:
    """Read facts that were handed over, one row a customer.

    Needed are `customer_id`, `recency_days`, `frequency` and `monetary`. With `tenure_days` and `order_days` the
    lifecycle follows as well, and with `mean_spend` the customer lifetime value; what is missing is said.

    Raises:
        UserError: a column is missing, or a customer has two rows.
    """
    source = own.sources["facts"]
    missing = [name for name in NEEDED if name not in source.columns]
    if missing:
        lacks = T(zh="缺少 {missing}", en="lacks {missing}").format(missing=listed(missing))
        raise wrong(own.path, "facts.columns", lacks)
    sheet = open_source(source)
    frame = pick(sheet, source)
    rows, unread = read_fields(frame, source, own.time_zone, sheet)
    for name in WHOLE:
        if name in rows:
            rows[name] = rows[name].where(rows[name] == np.floor(rows[name]))
    planned = plan.customer_rows(nw.from_native(rows.assign(**marked(frame, source))).lazy())
    reason = planned.select("reason").collect().to_native()["reason"]
    kept = rows[reason.eq(KEPT).to_numpy()]
    twice = kept["customer_id"].duplicated(keep=False).to_numpy()
    if twice.any():
        one, other = kept.index[
            twice & kept["customer_id"].eq(kept["customer_id"][twice].iloc[0]).to_numpy()
        ][:2]
        first, second = sheet.row_name(int(one)), sheet.row_name(int(other))
        raise UserError(
            T(
                zh="事实表“{file}”应当一位客户一行，但{first}和{second}是同一位。请先汇总。",
                en="The table of facts “{file}” must have one row a customer, but {first} and {second} are the same one. Add them up first.",
            ).format(file=source.file.name, first=first, second=second)
        )
    counts = plan.by_reason(planned)
    left_out = {name: counts[name] for name in REASONS if counts[name]}
    if kept.empty:
        raise UserError(
            zh=f"事实表“{source.file.name}”没有一行可用。", en=f"No row of the table of facts “{source.file.name}” can be used."
        )  # fmt: skip
    facts = complete_facts(by_name(kept.set_index("customer_id")), own.as_of)
    made = Reduced(facts.drop(columns="mean_spend"), _history(facts, own.as_of))
    account = Account(Counted(len(rows), len(kept)), left_out, unread.reset_index(drop=True), len(unread))
    return Own(company_without_lines(own, facts), own, sheet, account, made)


def complete_facts(rows: pd.DataFrame, as_of: pd.Timestamp) -> pd.DataFrame:
    """Return all columns of `order_facts`, and `mean_spend`: what follows from the others, else empty.

    Money before returns, if nobody says, is taken to be the net money.

    >>> rows = pd.DataFrame({"recency_days": [5.0], "frequency": [3.0], "monetary": [60.0], "tenure_days": [45.0], "order_days": [3.0]}, index=["C1"])
    >>> complete_facts(rows, pd.Timestamp("2025-03-01"))[["last_order", "mean_gap_days", "gross"]].astype(str).values.tolist()
    [['2025-02-24', '20.0', '60.0']]
    """
    empty = pd.Series(np.nan, index=rows.index)
    known = {str(name): rows[name] for name in rows}
    days = pd.to_timedelta(rows["recency_days"], unit="D")
    known.setdefault("last_order", as_of - days)
    if "tenure_days" in known:
        known.setdefault("first_order", as_of - pd.to_timedelta(known["tenure_days"], unit="D"))
    elif "first_order" in known:
        known["tenure_days"] = (as_of - known["first_order"]).dt.days
    if "gross" not in known:
        known["gross"] = rows["monetary"] + known.get("returned", 0.0)
    else:
        known.setdefault("returned", known["gross"] - rows["monetary"])
    tenure, order_days = known.get("tenure_days", empty), known.get("order_days", empty)
    known.setdefault(
        "mean_gap_days", (tenure - rows["recency_days"]) / (order_days - 1).where(order_days > 1)
    )
    for name in ("returned", "tenure_days", "order_days", "mean_spend", *GAPS):
        known.setdefault(name, empty)
    known.setdefault("first_order", pd.Series(pd.NaT, index=rows.index))
    table = pd.DataFrame(known, index=rows.index)
    for name in ("monetary", "gross", "returned"):
        table[name] = np.floor(table[name] * 100 + 0.5) / 100
    table["average_order_value"] = table["monetary"] / table["frequency"]
    for name in WHOLE:
        if table[name].notna().all():
            table[name] = table[name].astype("int64")
    return table


def _history(facts: pd.DataFrame, as_of: pd.Timestamp) -> pd.DataFrame | None:
    """Return the purchase history, or `None` where the facts do not tell it."""
    if (
        facts["tenure_days"].isna().any()
        or facts["order_days"].isna().any()
        or facts["mean_spend"].isna().all()
    ):
        return None
    early = (as_of - observed_until(as_of - pd.Timedelta(days=int(facts["recency_days"].min())), as_of)).days
    return pd.DataFrame(
        {
            "repeat_purchases": facts["order_days"] - 1,
            "last_purchase_day": facts["tenure_days"] - facts["recency_days"],
            "observed_days": facts["tenure_days"] - early,
            "mean_spend": facts["mean_spend"].where((facts["mean_spend"] > 0) & (facts["order_days"] > 1)),
        },
        index=facts.index,
    )
