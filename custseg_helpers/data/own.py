"""A team's own company: `company.toml` and the file it maps → the same `Company` that every lesson uses."""

from dataclasses import dataclass
from pathlib import Path

from custseg_helpers.data.clean import REASONS, Cleaned, clean, customers_of, products_of
from custseg_helpers.data.companies import Company, company
from custseg_helpers.data.mapping import OwnData, read_mapping
from custseg_helpers.data.read import Sheet, read_sheet
from custseg_helpers.text import UserError


@dataclass(frozen=True)
class Own:
    """A company of one's own, and how its file became it."""

    company: Company
    mapping: OwnData
    sheet: Sheet
    cleaned: Cleaned


def read_own(path: Path | str) -> Own:
    """Read the file that a mapping names and make it a company.

    The company has `orders`, `customers` and, where the file names products, `products`; every other table is
    borrowed from a sample company, and `company.borrowed` says so. Orders hold only lines that count; what was left
    out is in `cleaned.left_out`.
    """
    mapping = read_mapping(path)
    sheet = read_sheet(mapping.file, **mapping.reading, columns=list(mapping.columns.values()))
    cleaned = clean(sheet, mapping)
    orders = cleaned.orders
    if orders.empty:
        reasons = [(REASONS[reason], count) for reason, count in cleaned.left_out.items()]
        zh, en = (
            "、".join(f"{r.zh} {n:,}" for r, n in reasons),
            ", ".join(f"{r.en} {n:,}" for r, n in reasons),
        )
        raise UserError(
            zh=f"“{mapping.file.name}”的 {len(cleaned.lines):,} 行没有一行可用：{zh}。请检查映射文件里的列和 as_of。",
            en=f"None of the {len(cleaned.lines):,} rows of “{mapping.file.name}” can be used: {en}. Check the columns and as_of in the mapping.",
        )
    if "product_id" not in orders and "product_name" in orders:
        orders = orders.assign(product_id=orders["product_name"])
    tables = {"customers": customers_of(orders), "products": products_of(orders)}
    tables["orders"] = orders if "product_id" in orders else orders.assign(product_id=None)
    made = company(mapping.path, {name: table for name, table in tables.items() if table is not None})
    return Own(made, mapping, sheet, cleaned)
