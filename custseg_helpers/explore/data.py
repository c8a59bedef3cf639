"""Explorer of lesson 02: choose a check, and see which rows of the sales file it catches and what they are worth."""

from collections.abc import Callable

import pandas as pd

from custseg_helpers.data.companies import load_sample
from custseg_helpers.data.dates import dates
from custseg_helpers.data.numbers import numbers
from custseg_helpers.data.raw import answer_key, raw_sales
from custseg_helpers.explore.base import View, explorer
from custseg_helpers.learn.shown import Shown
from custseg_helpers.text import T

FILE = "sales_orders.csv"

CHECKS: dict[str, tuple[T, Callable[[pd.DataFrame], pd.Series]]] = {
    "blank": (T(zh="整行空白", en="blank rows"), lambda sales: sales.isna().all(axis=1)),
    "summary": (
        T(zh="合计行", en="lines of totals"),
        lambda sales: sales["product_id"].isna() & sales["amount"].notna(),
    ),
    "double": (
        T(zh="整行重复", en="rows equal in every cell"),
        lambda sales: sales.duplicated() & sales["order_id"].notna(),
    ),
    "no_customer": (
        T(zh="没有客户编号", en="no customer id"),
        lambda sales: sales["customer_id"].isna() & sales["product_id"].notna(),
    ),
    "unknown_customer": (
        T(zh="不认识的客户", en="unknown customers"),
        lambda sales: (
            sales["customer_id"].notna()
            & ~sales["customer_id"].isin(load_sample("retail").customers["customer_id"])
        ),
    ),
    "unknown_product": (
        T(zh="不认识的产品", en="unknown products"),
        lambda sales: (
            sales["product_id"].notna()
            & ~sales["product_id"].isin(load_sample("retail").products["product_id"])
        ),
    ),
    "date": (
        T(zh="日期读不懂或在将来", en="dates unreadable or in the future"),
        lambda sales: (
            pd.Series(dates(sales["order_date"])[1], sales.index)
            | (dates(sales["order_date"])[0] >= load_sample("retail").as_of)
        ),
    ),
    "amount": (
        T(zh="金额空着或离谱", en="amounts empty or absurd"),
        lambda sales: (
            sales["product_id"].notna()
            & (sales["amount"].isna() | (numbers(sales["amount"])[0].abs() > 10_000))
        ),
    ),
    "quantity": (
        T(zh="件数为零、离谱或与金额正负不符", en="pieces zero, absurd or of the wrong sign"),
        lambda sales: (
            (numbers(sales["quantity"])[0] == 0)
            | (numbers(sales["quantity"])[0].abs() > 100)
            | (numbers(sales["quantity"])[0] * numbers(sales["amount"])[0] < 0)
        ),
    ),
}
"""Each check of the sales file: its name, and which rows it catches."""


def findings(sales: pd.DataFrame) -> pd.DataFrame:
    """Return which rows each check catches: one row a line of the file, one column a check.

    >>> findings(raw_sales())["summary"].sum()
    1
    """
    return pd.DataFrame({code: catches(sales) for code, (_, catches) in CHECKS.items()})


def view(sales: pd.DataFrame, found: pd.DataFrame, faulty: set[int], *, check: str) -> View:
    """Return rows and money that a check catches, beside what all checks catch of the planted faults.

    `faulty` holds the row numbers of the planted faults.
    """
    from custseg_helpers.plots.data import caught

    amount = numbers(sales["amount"])[0]
    rows = found.index[found[check]]
    real = len(faulty.intersection(rows))
    everything = len(faulty.intersection(found.index[found.any(axis=1)]))
    counts = pd.Series({str(CHECKS[code][0]): int(found[code].sum()) for code in CHECKS})
    return View(
        figure=caught(counts, str(CHECKS[check][0])),
        tables={
            T(zh="抓到的行（前 8 行）", en="Rows caught (the first 8)"): sales.loc[
                rows[:8], ["order_id", "customer_id", "order_date", "product_id", "quantity", "amount"]
            ].fillna("")
        },
        words=T(
            zh=f"“{CHECKS[check][0].zh}”抓到 {len(rows)} 行，牵涉 {amount[rows].sum():,.2f} 元；其中 {real} 行是真错。全部检查合起来抓住 {len(faulty)} 处里的 {everything} 处。",
            en=f"The check for {CHECKS[check][0].en} catches {len(rows)} rows worth {amount[rows].sum():,.2f} yuan; {real} are real faults. All checks together catch {everything} of {len(faulty)}.",
        ),
    )


def show() -> Shown:
    """Show the explorer on Yuexuan's sales file."""
    import ipywidgets as W

    sales, key = raw_sales(), answer_key()
    found = findings(sales)
    faulty = set(key.loc[(key["file"] == FILE) & (key["group"] == "fault"), "row"])
    controls = {
        "check": W.Dropdown(
            options=[(str(name), code) for code, (name, _) in CHECKS.items()],
            value="unknown_customer",
            description=str(T(zh="检查", en="Check")),
            layout=W.Layout(width="34em", max_width="100%"),
        )
    }
    return explorer(
        lambda **settings: view(sales, found, faulty, **settings),
        controls,
        T(zh="审计浏览器", en="Audit browser"),
    )
