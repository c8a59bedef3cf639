"""The rows that a workbook starts from: orders, order lines and customers up to the snapshot day."""

import pandas as pd

from custseg_helpers.company.company import Company
from custseg_helpers.spreadsheets.sheets import DAY, MONEY, TEXT, Column
from custseg_helpers.words.glossary import label
from custseg_helpers.words.text import T

BOUGHT, BACK = T(zh="购买", en="purchase"), T(zh="退货", en="return")


def lines(company: Company) -> pd.DataFrame:
    """Return the order lines that count, by customer and date."""
    orders = company.orders
    counted = orders[
        (orders["order_date"] < company.as_of + pd.Timedelta(days=1)) & orders["customer_id"].notna()
    ]
    return counted.sort_values(["customer_id", "order_date", "order_id"], kind="stable")


def orders(company: Company) -> pd.DataFrame:
    """Return one row an order, purchases and returns apart, by customer and date: what a pivot table makes of the lines."""
    each = lines(company)
    each = each.assign(bought=each["quantity"] > 0, order_date=each["order_date"].dt.normalize())
    keys = ["customer_id", "order_id", "bought"]
    made = each.groupby(keys, sort=False, dropna=False).agg(
        order_date=("order_date", "max"), amount=("amount", "sum")
    )
    made = made.reset_index().sort_values(["customer_id", "order_date", "order_id"], kind="stable")
    return made.assign(amount=made["amount"].round(2), kind=kinds(made["bought"]))


def kinds(bought: pd.Series) -> pd.Series:
    """Return in words whether an order is a purchase or a return."""
    return bought.map({True: str(BOUGHT), False: str(BACK)})


def buyers(table: pd.DataFrame) -> list[str]:
    """Return the customers who bought, in order of their ids."""
    return sorted(table.loc[table["bought"], "customer_id"].unique())


def order_columns(table: pd.DataFrame) -> list[Column]:
    """Return the columns of the sheet of orders, with the names that formulas use."""
    return [
        Column("order_id", label("order_id"), table["order_id"].tolist(), TEXT),
        Column("customer_id", label("customer_id"), table["customer_id"].tolist(), TEXT, "order_customer"),
        Column("order_date", label("order_date"), table["order_date"].tolist(), DAY, "order_date"),
        Column("amount", label("amount"), table["amount"].tolist(), MONEY, "order_amount"),
        Column("kind", T(zh="买还是退", en="kind"), table["kind"].tolist(), TEXT, "order_kind"),
    ]


def guarded(formula: str, *needs: str) -> str:
    """Return a formula that stays empty until what it needs is typed.

    >>> guarded("=[a]+[b]", "a", "b")
    '=IF(OR([a]="",[b]=""),"",[a]+[b])'
    """
    empty = ",".join(f'[{need}]=""' for need in needs)
    return f'=IF(OR({empty}),"",{formula.removeprefix("=")})'
