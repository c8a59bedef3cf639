"""Explorer of lesson 02: choose a check, and see which rows of the sales file it catches and what they are worth."""

import pandas as pd

from custseg_helpers.company.company import Company, load_sample
from custseg_helpers.company.raw import answer_key, raw_sales
from custseg_helpers.explore.base import View, explorer
from custseg_helpers.explore.still import Shown
from custseg_helpers.reading.dates import dates
from custseg_helpers.reading.numbers import numbers
from custseg_helpers.words.text import T

FILE = "sales_orders.csv"

CHECKS: dict[str, T] = {
    "blank": T(zh="整行空白", en="blank rows"),
    "summary": T(zh="合计行", en="lines of totals"),
    "double": T(zh="整行重复", en="rows equal in every cell"),
    "no_customer": T(zh="没有客户编号", en="no customer id"),
    "unknown_customer": T(zh="不认识的客户", en="unknown customers"),
    "unknown_product": T(zh="不认识的产品", en="unknown products"),
    "date": T(zh="日期读不懂或在将来", en="dates unreadable or in the future"),
    "amount": T(zh="金额空着或离谱", en="amounts empty or absurd"),
    "quantity": T(zh="件数为零、离谱或与金额正负不符", en="pieces zero, absurd or of the wrong sign"),
}
"""The checks of the sales file."""


def findings(sales: pd.DataFrame, company: Company, largest: float = 10_000) -> pd.DataFrame:
    """Return which rows each check catches: one row a line of the file, one column a check.

    `company` knows the customers and products; an amount above `largest` yuan counts as absurd.

    >>> int(findings(raw_sales(), load_sample("retail"))["summary"].sum())
    1
    """
    amount, pieces = numbers(sales["amount"])[0], numbers(sales["quantity"])[0]
    day, unread, _ = dates(sales["order_date"])
    filled = sales["product_id"].notna()
    customers, products = company.customers["customer_id"], company.products["product_id"]
    return pd.DataFrame(
        {
            "blank": sales.isna().all(axis=1),
            "summary": ~filled & sales["amount"].notna(),
            "double": sales.duplicated() & sales["order_id"].notna(),
            "no_customer": sales["customer_id"].isna() & filled,
            "unknown_customer": sales["customer_id"].notna() & ~sales["customer_id"].isin(customers),
            "unknown_product": filled & ~sales["product_id"].isin(products),
            "date": unread | (day >= company.as_of),
            "amount": filled & (sales["amount"].isna() | (amount.abs() > largest)),
            "quantity": (pieces == 0) | (pieces.abs() > 100) | (pieces * amount < 0),
        }
    )


def view(
    sales: pd.DataFrame, company: Company, faulty: set[int], *, check: str, largest: float, first: int = 1
) -> View:
    """Return rows and money that a check catches, beside what all checks catch of the planted faults.

    `faulty` holds the row numbers of the planted faults; `largest` is as for `findings`; the table shows
    eight of the rows caught, from number `first` on or as near to it as there are any.
    """
    from custseg_helpers.plots.data import caught

    found = findings(sales, company, largest)
    amount = numbers(sales["amount"])[0]
    rows = found.index[found[check]]
    real = len(faulty.intersection(rows))
    everything = len(faulty.intersection(found.index[found.any(axis=1)]))
    counts = pd.Series({str(CHECKS[code]): int(found[code].sum()) for code in CHECKS})
    first = min(first, max(len(rows) - 7, 1))
    return View(
        figure=caught(counts, str(CHECKS[check])),
        tables={
            T(zh="抓到的行（从第 {n} 行起）", en="Rows caught (from number {n} on)").format(
                n=first
            ): sales.loc[
                rows[first - 1 : first + 7],
                ["order_id", "customer_id", "order_date", "product_id", "quantity", "amount"],
            ].fillna("")
        },
        words=T(
            zh="“{check}”抓到 {n} 行，牵涉 {money:,.2f} 元；其中 {real} 行是真错。全部检查合起来抓住 {faulty} 行真错里的 {everything} 行。",
            en="The check for {check} catches {n} rows worth {money:,.2f} yuan; {real} are real faults. All checks together catch {everything} of {faulty} faulty rows.",
        ).format(
            check=CHECKS[check],
            n=len(rows),
            money=amount[rows].sum(),
            real=real,
            faulty=len(faulty),
            everything=everything,
        ),
    )


def show() -> Shown:
    """Show the explorer on Yuexuan's sales file."""
    import ipywidgets as W

    sales, key, company = raw_sales(), answer_key(), load_sample("retail")
    faulty = set(key.loc[(key["file"] == FILE) & (key["group"] == "fault"), "row"])
    most = int(findings(sales, company, 100).sum().max())
    controls = {
        "check": W.Dropdown(
            options=[(str(name), code) for code, name in CHECKS.items()],
            value="unknown_customer",
            description=str(T(zh="检查", en="Check")),
        ),
        "largest": W.IntSlider(
            value=10_000,
            min=100,
            max=20_000,
            step=100,
            description=str(T(zh="超过多少元算离谱", en="Absurd: above yuan")),
        ),
        "first": W.IntSlider(
            value=1,
            min=1,
            max=most,
            step=8,
            description=str(T(zh="从第几行翻起", en="Show rows from number")),
        ),
    }
    return explorer(
        lambda **settings: view(sales, company, faulty, **settings),
        controls,
        T(zh="审计浏览器", en="Audit browser"),
    )
