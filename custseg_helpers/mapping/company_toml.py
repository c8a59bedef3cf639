"""`company.toml` of a team's own data: which column is which field, and every decision, in one small file.

```toml
name = "my_shop"
as_of = 2025-07-01            # the snapshot: the day after the last order
currency = "CNY"
time_zone = "Asia/Shanghai"

[orders]
file = "orders.xlsx"          # beside this file

[orders.columns]              # standard field = column in the file
order_id = "单号"
customer_id = "会员号"
order_date = "下单日期"
amount = "实付金额"           # or quantity and price

[orders.returns]
by = "sign"                   # or "status", "prefix" with values = […]

[customers]                   # if there are such files; likewise [products], [interactions]
file = "members.xlsx"
[customers.columns]
customer_id = "会员号"
signup_date = "注册日期"
```
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from custseg_helpers.company.schema import TABLES, fields
from custseg_helpers.mapping import stated_values as stated
from custseg_helpers.mapping.stated_database import stated_database
from custseg_helpers.reading.database import Database
from custseg_helpers.words.text import T, UserError

ABOUT = ("title", "industry", "story", "goal", "question")
MAPPED = ("orders", "customers", "products", "interactions")
"""Tables that can come from a file of one's own."""
TOP = ("name", *ABOUT, "as_of", "currency", "time_zone", *MAPPED, "facts", "write_back")
SOURCE = (
    "file",
    "address",
    "table",
    "query",
    "sheet",
    "header_row",
    "encoding",
    "separator",
    "dates",
    "skip",
    "columns",
)
ORDERS = (*SOURCE, "rows", "duplicates", "returns")

CUSTOMER_FIELDS = {"customer_name": "text", "region": "code", "city": "code", "industry": "code", "gender": "code", "birth_year": "integer"}  # fmt: skip
PRODUCT_FIELDS = {"product_name": "text", "category": "code"}
EXTRA: dict[str, dict[str, str]] = {
    "orders": {"price": "money", "status": "code"} | CUSTOMER_FIELDS | PRODUCT_FIELDS,
    "customers": {"customer_name": "text", "phone": "id"},
    "products": {"product_name": "text"},
    "interactions": {"interaction_id": "id"},
    "facts": {
        "customer_id": "id", "recency_days": "integer", "frequency": "integer", "monetary": "money", "gross": "money",
        "returned": "money", "first_order": "date", "last_order": "date", "tenure_days": "integer", "order_days": "integer",
        "mean_gap_days": "decimal", "last_gap_days": "decimal", "mean_spend": "money",
    },
}  # fmt: skip
"""What a column may be besides the fields of the standard table, and of which kind."""

CHOICES = {"dates": ("ymd", "dmy", "mdy"), "rows": ("lines", "orders"), "duplicates": ("keep", "drop")}
RETURNS = ("sign", "status", "prefix")


def field_kinds(table: str) -> dict[str, str]:
    """Return what a column of a file can be mapped to, and the kind of each such field.

    >>> field_kinds("interactions")["interaction_date"]
    'date'
    """
    standard = fields(table) if table in TABLES else ()
    return {field.name: str(field.kind) for field in standard} | EXTRA[table]


@dataclass(frozen=True)
class Source:
    """A file, several, a folder of parts or a database's table, and what its columns are."""

    table: str
    file: Path
    """the file or folder; of several files the first; of a database the name of its table"""
    columns: Mapping[str, str]
    """standard field → column in the file"""
    reading: Mapping[str, Any] = field(default_factory=dict)
    """what is stated about the file: sheet, header_row, encoding, separator"""
    dates: str = "ymd"
    skip: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """rows that do not count: field → values"""
    files: tuple[Path, ...] = ()
    """all files and folders that are stated"""
    database: Database | None = None


@dataclass(frozen=True)
class OwnData:
    """A mapping that has been read and found consistent; paths are resolved."""

    path: Path
    name: str
    as_of: pd.Timestamp
    sources: Mapping[str, Source]
    currency: str = "CNY"
    time_zone: str = "Asia/Shanghai"
    rows: str = "lines"
    duplicates: str = "keep"
    returns: str = "sign"
    return_values: tuple[str, ...] = ()
    write_back: Database | None = None
    """the table that gets the tags"""

    @property
    def orders(self) -> Source:
        """The file of orders; a company of which only facts are handed over has none."""
        if "orders" not in self.sources:
            raise UserError(
                zh=f"“{self.path}”只有事实表 [facts]，没有订单明细 [orders]：可以运行 custseg run；上课、检查数据需要订单明细。",
                en=f"“{self.path}” has a table of facts, [facts], and no order lines, [orders]: custseg run works from it; lessons and the audit need order lines.",
            )
        return self.sources["orders"]


def is_own_data(path: Path) -> bool:
    """Tell whether a `company.toml` maps a file (a sample company's does not)."""
    return not {"orders", "facts"}.isdisjoint(stated.read_toml(path))


def read_mapping(path: Path | str) -> OwnData:
    """Read and check a mapping; whatever is wrong is a `UserError` that names the key."""
    path = Path(path)
    if path.is_dir():
        path = path / "company.toml"
    words = stated.read_toml(path)
    stated.known_keys(words, TOP, path, "")
    for key in set(ABOUT) & set(words):
        told = words[key]
        if (
            not isinstance(told, dict)
            or set(told) != {"zh", "en"}
            or not all(isinstance(t, str) for t in told.values())
        ):
            raise stated.wrong(path, key, T(zh="应有 zh 与 en 两段文字", en="needs a text zh and a text en"))
    orders = stated.table(words, "orders", path, missing={} if "facts" in words else None)
    if "orders" in words and "facts" in words:
        raise stated.wrong(
            path, "facts", T(zh="[orders] 与 [facts] 只写一个", en="state either [orders] or [facts]")
        )
    stated.known_keys(orders, ORDERS, path, "orders.")
    returns = stated.table(orders, "returns", path, "orders.", missing={"by": "sign"})
    stated.known_keys(returns, ("by", "values"), path, "orders.returns.")
    own = OwnData(
        path=path,
        name=stated.text(words.get("name"), path, "name"),
        as_of=stated.day(words.get("as_of"), path, "as_of"),
        sources={table: _source(words, table, path) for table in (*MAPPED, "facts") if table in words},
        currency=stated.text(words.get("currency", "CNY"), path, "currency"),
        time_zone=stated.zone(words.get("time_zone", "Asia/Shanghai"), path, "time_zone"),
        rows=_choice(orders, "rows", path, "orders."),
        duplicates=_choice(orders, "duplicates", path, "orders."),
        returns=stated.one_of(returns.get("by", "sign"), RETURNS, path, "orders.returns.by"),
        return_values=stated.texts(returns.get("values", []), path, "orders.returns.values"),
        write_back=_write_back(words, path),
    )
    if own.returns != "sign" and not own.return_values:
        raise stated.wrong(
            path,
            "orders.returns.values",
            T(zh="写出退货的状态或单号开头", en="list the statuses or prefixes of returns"),
        )
    return own


def _source(words: Mapping[str, Any], table: str, path: Path) -> Source:
    told = stated.table(words, table, path)
    stated.known_keys(told, ORDERS if table == "orders" else SOURCE, path, f"{table}.")
    columns = stated.table(told, "columns", path, f"{table}.")
    stated.known_keys(columns, field_kinds(table), path, f"{table}.columns.")
    skip = stated.table(told, "skip", path, f"{table}.", missing={})
    stated.known_keys(skip, columns, path, f"{table}.skip.")
    for key, value in columns.items():
        stated.text(value, path, f"{table}.columns.{key}")
    reading: dict[str, Any] = {
        key: stated.text(told[key], path, f"{table}.{key}")
        for key in ("sheet", "encoding", "separator")
        if key in told
    }
    if "header_row" in told:
        reading["header_row"] = stated.whole_number(told["header_row"], path, f"{table}.header_row")
        if reading["header_row"] < 1:
            raise stated.wrong(path, f"{table}.header_row", T(zh="从 1 数起", en="count from 1"))
    database = stated_database(told, path, f"{table}.")
    files = () if database else stated.files(told.get("file"), path, f"{table}.file")
    return Source(
        table=table,
        file=files[0] if database is None else Path(database.name),
        files=files,
        database=database,
        columns=columns,
        reading=reading,
        dates=_choice(told, "dates", path, f"{table}."),
        skip={key: stated.texts(values, path, f"{table}.skip.{key}") for key, values in skip.items()},
    )


def _write_back(words: Mapping[str, Any], path: Path) -> Database | None:
    if "write_back" not in words:
        return None
    told = stated.table(words, "write_back", path)
    stated.known_keys(told, ("address", "table"), path, "write_back.")
    stated.text(told.get("address"), path, "write_back.address")
    stated.text(told.get("table"), path, "write_back.table")
    return stated_database(told, path, "write_back.")


def complete(own: OwnData) -> None:
    """Raise a `UserError` unless the mapping has all that tagging customers needs. Reading and auditing need less."""
    columns = own.orders.columns
    missing = [name for name in ("customer_id", "order_date") if name not in columns]
    if "amount" not in columns and not {"quantity", "price"} <= set(columns):
        missing.append("amount")
    if "order_id" not in columns and (own.rows == "lines" or own.returns == "prefix"):
        missing.append("order_id")
    if own.returns == "status" and "status" not in columns:
        missing.append("status")
    if "customers" in own.sources and "customer_id" not in own.sources["customers"].columns:
        raise stated.wrong(
            own.path, "customers.columns", T(zh="缺少 customer_id", en="customer_id is missing")
        )
    if "products" in own.sources and not {"product_id", "price"} <= set(own.sources["products"].columns):
        raise stated.wrong(
            own.path,
            "products.columns",
            T(zh="缺少 product_id 或 price", en="product_id or price is missing"),
        )
    if missing == ["customer_id"]:
        raise UserError(
            zh=f"映射文件“{own.path}”没有 customer_id：不知道每一行是谁买的，就不能给客户打标签、分层。"
            "请向系统管理员要会员号或客户名称列。现在仍可做的：custseg audit 检查数据；按商品、门店、日期汇总销售。",
            en=f"“{own.path}” maps no customer_id: without knowing who bought, customers cannot be tagged or tiered. "
            "Ask for a column of member numbers or customer names. What can still be done: custseg audit; sales by product, store and day.",
        )
    if missing:
        raise UserError(
            zh=f"映射文件“{own.path}”的 [orders.columns] 缺少：{'、'.join(missing)}。"
            '（金额可由 quantity 与 price 相乘；一行就是一单时写 rows = "orders"，可以没有 order_id。）',
            en=f"[orders.columns] in “{own.path}” lacks {', '.join(missing)}. "
            '(Instead of amount, quantity and price will do; without order_id, state rows = "orders" if every row is one order.)',
        )


def _choice(told: Mapping[str, Any], key: str, path: Path, where: str) -> str:
    return stated.one_of(told.get(key, CHOICES[key][0]), CHOICES[key], path, f"{where}{key}")
