"""What three departments of 悦选 really handed over: the raw exports of lesson 02, and the key to their faults."""

from pathlib import Path

import pandas as pd

from custseg_helpers.paths import course_root

SALES = [
    "order_id",
    "customer_id",
    "order_date",
    "product_id",
    "product_name",
    "quantity",
    "discount",
    "amount",
    "channel",
]
MEMBERS = [
    "customer_id",
    "name",
    "gender",
    "birth_year",
    "phone",
    "region",
    "city",
    "signup_date",
    "signup_channel",
    "total_spent",
]
SERVICE = ["record_id", "customer_id", "date", "kind", "product_id", "score"]


def raw_folder() -> Path:
    """Return the folder with the three files and `answer_key.csv`.

    >>> (raw_folder() / "sales_orders.csv").is_file()
    True
    """
    return course_root() / "datasets" / "retail" / "raw"


def raw_sales() -> pd.DataFrame:
    """Read the sales department's GBK file as text; the index is the row in the file, as Excel counts it.

    >>> raw_sales().loc[2, ["order_date", "channel"]].tolist()
    ['2025-10-01', '小程序']
    """
    path = raw_folder() / "sales_orders.csv"
    table = pd.read_csv(path, encoding="gb18030", dtype=str, skip_blank_lines=False)
    return table.set_axis(SALES, axis=1).set_axis(range(2, len(table) + 2))


def raw_members() -> pd.DataFrame:
    """Read the marketing department's Excel file below its two title rows, as text; the index is the Excel row."""
    table = pd.read_excel(raw_folder() / "marketing_members.xlsx", skiprows=2, dtype=str, engine="openpyxl")
    return table.set_axis(MEMBERS, axis=1).set_axis(range(4, len(table) + 4))


def raw_service() -> pd.DataFrame:
    """Read the service department's semicolon file as text; the index is the row in the file."""
    table = pd.read_csv(raw_folder() / "service_records.csv", sep=";", encoding="utf-8-sig", dtype=str)
    return table.set_axis(SERVICE, axis=1).set_axis(range(2, len(table) + 2))


def answer_key() -> pd.DataFrame:
    """Read the key to the planted faults: `file`, `row`, `column`, `group`, `kind`, `written`, `original`.

    `group` is `"fault"` for what is wrong and `"form"` for what is right but written in an unusual way.
    """
    return pd.read_csv(raw_folder() / "answer_key.csv", dtype={"written": str, "original": str})
