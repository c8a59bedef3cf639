"""A team's own company: `company.toml` and the file it maps → the same `Company` that every lesson uses."""

from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from custseg_helpers.company.company import Company, company
from custseg_helpers.company.schema import fields, key
from custseg_helpers.evidence.contents import same_but_for_zeros
from custseg_helpers.evidence.overlaps import without_overlaps
from custseg_helpers.mapping.as_exported import by_comma, in_plain_lines, layout_of
from custseg_helpers.mapping.cells import ids, pick, read_fields, skipped
from custseg_helpers.mapping.clean import Cleaned, clean, customers_of, products_of
from custseg_helpers.mapping.columns import FOR_CAMPAIGNS
from custseg_helpers.mapping.company_toml import complete, read_mapping
from custseg_helpers.mapping.keys import Orders, OwnData, Source
from custseg_helpers.mapping.plan import REASONS
from custseg_helpers.mapping.unsaid import unsaid
from custseg_helpers.mapping.without_lines import Account, Reduced
from custseg_helpers.reading.fetch import read_database
from custseg_helpers.reading.joined import joined
from custseg_helpers.reading.parts import read_parts
from custseg_helpers.reading.sheet import Sheet
from custseg_helpers.words.glossary import term
from custseg_helpers.words.text import LANGUAGES, T, UserError, listed

ESSENTIAL = ("order_id", "customer_id", "order_date", "amount", "quantity", "price")
"""Fields of orders that every one of several files must have; a refund or a status may have come with a later month."""


@dataclass(frozen=True)
class Own:
    """A company of one's own, and how its file became it."""

    company: Company
    mapping: OwnData
    sheet: Sheet
    cleaned: Cleaned | Account
    reduced: Reduced | None = None
    """the facts, where an engine or a warehouse made them and no order lines are held in memory"""


def read_own(path: Path | str) -> Own:
    """Read the files that a mapping names and make them a company.

    The company has `orders`, `customers` and, where they are mapped or stand in the order lines, `products` and
    `interactions`; every other table is borrowed from a sample company, and `company.borrowed` says so. Orders hold
    only lines that count; what was left out is in `cleaned.left_out`.
    """
    mapping = read_mapping(path)
    complete(mapping)
    sheet = open_source(mapping.orders)
    cleaned = clean(sheet, mapping)
    orders = cleaned.orders
    if orders.empty:
        raise none_left(mapping, cleaned.left_out)
    if "product_id" not in orders:
        orders = orders.assign(product_id=orders.get("product_name"))
    tables = {"orders": orders, "customers": customers_of(orders)}
    if orders["product_id"].notna().any():
        tables["products"] = products_of(orders)
    return Own(company_of(mapping, tables), mapping, sheet, cleaned)


def company_of(mapping: OwnData, tables: dict[str, pd.DataFrame]) -> Company:
    """Make a company of tables made of order lines, and of the files of customers, products and interactions."""
    tables = dict(tables)
    for source in mapping.sources.values():
        if source.table not in ("orders", "facts"):
            tables[source.table] = side_table(source, mapping, tables.get(source.table))
    return company(mapping.path, tables)


def company_without_lines(mapping: OwnData, facts: pd.DataFrame) -> Company:
    """Make a company whose order lines stay where they are: the table `orders` is empty."""
    customers = pd.DataFrame({"customer_id": facts.index, "signup_date": facts.get("first_order", pd.NaT)})
    orders = pd.DataFrame(columns=[found.name for found in fields("orders")])
    return company_of(mapping, {"orders": orders, "customers": customers.reset_index(drop=True)})


def none_left(mapping: OwnData, left_out: dict[str, int]) -> UserError:
    """Return what to say where no row of the orders can be used."""
    rows = sum(left_out.values())
    if left_out.get("masked", 0) > 0.5 * rows:
        return UserError(
            T(
                zh='“{file}”的“{c}”列打了码（{n:,} 行，共 {rows:,} 行），几个人可能共用一个编号，不能用来认客户。哪一列能认出同一位客户？请在 [orders.columns] 里把 customer_id 换成会员号、邮箱、手机号或客户名称那一列。确知每个打码的编号各是一位客户，就在 [orders] 里写 masked = "keep"。',
                en='Column “{c}” of “{file}” is masked ({n:,} of {rows:,} rows): several people may share an id, so it tells nobody apart. Which column does? Map customer_id to member numbers, e-mails, phones or names under [orders.columns]. If each masked id is certainly one customer, write masked = "keep" under [orders].',
            ).format(
                file=mapping.orders.file.name,
                c=mapping.orders.columns["customer_id"],
                n=left_out["masked"],
                rows=rows,
            )
        )
    reasons = listed(REASONS[reason] + f" {count:,}" for reason, count in left_out.items() if count)
    return UserError(
        T(
            zh="“{file}”的 {rows:,} 行没有一行可用：{reasons}。请检查映射文件里的列和 as_of。",
            en="None of the {rows:,} rows of “{file}” can be used: {reasons}. Check the columns and as_of in the mapping.",
        ).format(file=mapping.orders.file.name, rows=rows, reasons=reasons)
    )


def open_source(source: Source) -> Sheet:
    """Read a mapped file, files, folder of parts or table of a database."""
    needed = columns = list(source.columns.values())
    if isinstance(source, Orders):
        needed = [column for name, column in source.columns.items() if name in ESSENTIAL]
        columns = [*columns, *layout_of(source).named]
        if source.heads:
            needed, columns = [source.heads.of], [*columns, source.heads.of]
    if source.database:
        sheet = read_database(source.database, columns)
    else:
        sheet = read_parts(source.files, columns=columns, needed=needed, **source.reading)
    return as_lines(with_heads(sheet, source), source)


def with_heads(sheet: Sheet, source: Source) -> Sheet:
    """Return the items of orders, each with what the row of its order says, where that stands in a table of its own."""
    if not isinstance(source, Orders) or not source.heads:
        return sheet
    heads = read_parts(source.heads.files, columns=None, needed=[source.heads.by], sheet=source.heads.sheet)
    first = replace(heads, file=source.heads.files[0]), replace(sheet, file=source.files[0])
    return joined(*first, source.heads.by, source.heads.of)


def as_lines(sheet: Sheet, source: Source) -> Sheet:
    """Return a sheet as it is to be cleaned: orders as a program exported them are put into plain lines first."""
    sheet = replace(sheet, notes=(*sheet.notes, *unsaid(sheet, source)))
    if not isinstance(source, Orders):
        return sheet
    sheet = without_overlaps(sheet, source.columns, source.statuses, source.dates)
    return in_plain_lines(sheet, source) if source.as_exported or by_comma(sheet, source) else sheet


def side_table(source: Source, mapping: OwnData, known: pd.DataFrame | None = None) -> pd.DataFrame:
    """Read a file of customers, products or interactions: names as codes where there is one, first row of an id counts.

    `known` are rows found in the order lines: they fill what the file leaves empty, and add who is not in it.
    """
    sheet = open_source(source)
    frame = pick(sheet, source)
    table, _ = read_fields(frame[~skipped(frame, source)], source, mapping.time_zone, sheet)
    table = table.drop(columns=[name for name in FOR_CAMPAIGNS if name in table])
    for name in ("customer_name", "product_name"):
        if name in table:
            table["name_zh"] = table["name_en"] = table.pop(name)
    for found in fields(source.table):
        if found.codes and found.name in table:
            table[found.name] = table[found.name].replace(code_names(found.codes))
    names = [found.name for found in fields(source.table) if found.required and found.name in table]
    table = table.dropna(subset=[name for name in names if known is None or name in key(source.table)])
    if known is None:
        return table
    identity = key(source.table)
    if source.table == "customers":
        same = same_but_for_zeros(table["customer_id"], known["customer_id"])
        table["customer_id"] = [same.get(one, one) for one in table["customer_id"]]
    table = table.drop_duplicates(identity).set_index(identity)
    return table.combine_first(known.set_index(identity)).reset_index()


def for_campaigns(mapping: OwnData) -> pd.DataFrame:
    """Read what only a campaign needs of the customers (`FOR_CAMPAIGNS`), a row a customer, as it stands in the file.

    A phone keeps its + and its zeros. Without a file of customers, or without such columns in it, the table is empty.
    """
    source = mapping.customers
    wanted = [name for name in FOR_CAMPAIGNS if source and name in source.columns]
    if source is None or not wanted:
        return pd.DataFrame(index=pd.Index([], name="customer_id", dtype=object))
    frame = pick(open_source(source), source)
    frame = frame[~skipped(frame, source)]
    read = pd.DataFrame({name: ids(frame[name]) for name in ("customer_id", *wanted)})
    return read.dropna(subset="customer_id").drop_duplicates("customer_id").set_index("customer_id")


def code_names(codes: tuple[str, ...]) -> dict[str, str]:
    """Return what people write for each code, in Chinese and English.

    >>> code_names(("female", "male"))["女"]
    'female'
    """
    names = {name: code for code in codes for name in (code, *map(term(code).within, LANGUAGES))}
    return names | {name.removesuffix("性"): code for name, code in names.items()}
