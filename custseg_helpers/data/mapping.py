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

import difflib
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd

from custseg_helpers.data.schema import fields
from custseg_helpers.files import read_text
from custseg_helpers.text import T, UserError

ABOUT = ("title", "industry", "story", "goal", "question")
MAPPED = ("orders", "customers", "products", "interactions")
"""Tables that can come from a file of one's own."""
TOP = ("name", *ABOUT, "as_of", "currency", "time_zone", *MAPPED)
SOURCE = ("file", "sheet", "header_row", "encoding", "separator", "dates", "skip", "columns")
ORDERS = (*SOURCE, "rows", "duplicates", "returns")

CUSTOMER_FIELDS = {"customer_name": "text", "region": "code", "city": "code", "industry": "code", "gender": "code", "birth_year": "integer"}  # fmt: skip
PRODUCT_FIELDS = {"product_name": "text", "category": "code"}
EXTRA: dict[str, dict[str, str]] = {
    "orders": {"price": "money", "status": "code"} | CUSTOMER_FIELDS | PRODUCT_FIELDS,
    "customers": {"customer_name": "text", "phone": "id"},
    "products": {"product_name": "text"},
    "interactions": {"interaction_id": "id"},
}
"""What a column may be besides the fields of the standard table, and of which kind."""

CHOICES = {"dates": ("ymd", "dmy", "mdy"), "rows": ("lines", "orders"), "duplicates": ("keep", "drop")}
RETURNS = ("sign", "status", "prefix")


def field_kinds(table: str) -> dict[str, str]:
    """Return what a column of a file can be mapped to, and the kind of each such field.

    >>> field_kinds("interactions")["interaction_date"]
    'date'
    """
    return {field.name: str(field.kind) for field in fields(table)} | EXTRA[table]


@dataclass(frozen=True)
class Source:
    """A file, and what its columns are."""

    table: str
    file: Path
    columns: Mapping[str, str]
    """standard field → column in the file"""
    reading: Mapping[str, Any] = field(default_factory=dict)
    """what is stated about the file: sheet, header_row, encoding, separator"""
    dates: str = "ymd"
    skip: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """rows that do not count: field → values"""


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

    @property
    def orders(self) -> Source:
        """The file of orders."""
        return self.sources["orders"]


def is_own_data(path: Path) -> bool:
    """Tell whether a `company.toml` maps a file (a sample company's does not)."""
    return "orders" in _toml(path)


def read_mapping(path: Path | str) -> OwnData:
    """Read and check a mapping; whatever is wrong is a `UserError` that names the key."""
    path = Path(path)
    if path.is_dir():
        path = path / "company.toml"
    words = _toml(path)
    _known(words, TOP, path, "")
    for key in set(ABOUT) & set(words):
        told = words[key]
        if (
            not isinstance(told, dict)
            or set(told) != {"zh", "en"}
            or not all(isinstance(t, str) for t in told.values())
        ):
            raise _wrong(path, key, T(zh="应有 zh 与 en 两段文字", en="needs a text zh and a text en"))
    orders = _table(words, "orders", path)
    _known(orders, ORDERS, path, "orders.")
    returns = _table(orders, "returns", path, "orders.", missing={"by": "sign"})
    _known(returns, ("by", "values"), path, "orders.returns.")
    own = OwnData(
        path=path,
        name=_is(words.get("name"), str, path, "name"),
        as_of=_day(words, path),
        sources={table: _source(words, table, path) for table in MAPPED if table in words},
        currency=_is(words.get("currency", "CNY"), str, path, "currency"),
        time_zone=_zone(words.get("time_zone", "Asia/Shanghai"), path),
        rows=_choice(orders, "rows", path, "orders."),
        duplicates=_choice(orders, "duplicates", path, "orders."),
        returns=_one_of(returns.get("by", "sign"), RETURNS, path, "orders.returns.by"),
        return_values=_texts(returns.get("values", []), path, "orders.returns.values"),
    )
    if own.returns != "sign" and not own.return_values:
        raise _wrong(
            path,
            "orders.returns.values",
            T(zh="写出退货的状态或单号开头", en="list the statuses or prefixes of returns"),
        )
    return own


def _source(words: Mapping[str, Any], table: str, path: Path) -> Source:
    stated = _table(words, table, path)
    _known(stated, ORDERS if table == "orders" else SOURCE, path, f"{table}.")
    columns = _table(stated, "columns", path, f"{table}.")
    _known(columns, field_kinds(table), path, f"{table}.columns.")
    skip = _table(stated, "skip", path, f"{table}.", missing={})
    _known(skip, columns, path, f"{table}.skip.")
    for key, value in columns.items():
        _is(value, str, path, f"{table}.columns.{key}")
    reading: dict[str, Any] = {
        key: _is(stated[key], int if key == "header_row" else str, path, f"{table}.{key}")
        for key in ("sheet", "header_row", "encoding", "separator")
        if key in stated
    }
    if reading.get("header_row", 1) < 1:
        raise _wrong(path, f"{table}.header_row", T(zh="从 1 数起", en="count from 1"))
    return Source(
        table=table,
        file=path.parent / _is(stated.get("file"), str, path, f"{table}.file"),
        columns=columns,
        reading=reading,
        dates=_choice(stated, "dates", path, f"{table}."),
        skip={key: _texts(values, path, f"{table}.skip.{key}") for key, values in skip.items()},
    )


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
        raise _wrong(own.path, "customers.columns", T(zh="缺少 customer_id", en="customer_id is missing"))
    if "products" in own.sources and not {"product_id", "price"} <= set(own.sources["products"].columns):
        raise _wrong(
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


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(read_text(path))
    except tomllib.TOMLDecodeError as error:
        raise UserError(
            zh=f"映射文件“{path}”不是合格的 TOML：{error}。文字要加引号，路径里的反斜杠写成 /。",
            en=f"“{path}” is not valid TOML: {error}. Put texts in quotes, and write / in paths.",
        ) from None


def _table(
    words: Mapping[str, Any], key: str, path: Path, where: str = "", missing: Any = None
) -> dict[str, Any]:
    found = words.get(key, missing)
    if not isinstance(found, dict):
        raise _wrong(
            path,
            f"{where}{key}",
            T(zh="应是一个表 [{k}]", en="must be a table [{k}]").format(k=f"{where}{key}"),
        )
    return found


def _known(given: Iterable[str], known: Iterable[str], path: Path, where: str) -> None:
    known = list(known)
    for key in given:
        if key not in known:
            near = difflib.get_close_matches(key, known, n=3, cutoff=0.5) or known
            raise UserError(
                zh=f"映射文件“{path}”里有不认识的“{where}{key}”。可写：{'、'.join(near)}。",
                en=f"“{path}” has an unknown key “{where}{key}”. Known are: {', '.join(near)}.",
            )


def _is(value: Any, kind: type, path: Path, key: str) -> Any:
    if not isinstance(value, kind) or isinstance(value, bool) or value == "":
        what = (
            T(zh="整数", en="a whole number")
            if kind is int
            else T(zh="一段带引号的文字", en="a text in quotes")
        )
        raise _wrong(path, key, T(zh="应是{w}", en="must be {w}").format(w=what))
    return value


def _texts(values: Any, path: Path, key: str) -> tuple[str, ...]:
    if not isinstance(values, list) or not all(isinstance(value, str) and value for value in values):
        raise _wrong(
            path, key, T(zh='应是一列文字，如 ["退货"]', en='must be a list of texts, such as ["returned"]')
        )
    return tuple(values)


def _choice(stated: Mapping[str, Any], key: str, path: Path, where: str) -> str:
    return _one_of(stated.get(key, CHOICES[key][0]), CHOICES[key], path, f"{where}{key}")


def _one_of(value: Any, choices: tuple[str, ...], path: Path, key: str) -> str:
    if value not in choices:
        raise _wrong(
            path,
            key,
            T(zh="可选：{c}", en="choose one of {c}").format(c=", ".join(f'"{c}"' for c in choices)),
        )
    return str(value)


def _day(words: Mapping[str, Any], path: Path) -> pd.Timestamp:
    value = words.get("as_of")
    if isinstance(value, str):
        try:
            value = date.fromisoformat(value)
        except ValueError:
            value = None
    if not isinstance(value, date) or not 1970 < value.year < 2200:
        raise _wrong(path, "as_of", T(
            zh="写快照日，如 as_of = 2025-07-01（通常是最后一个下单日的次日）",
            en="state the snapshot, such as as_of = 2025-07-01 (usually the day after the last order)",
        ))  # fmt: skip
    return pd.Timestamp(value.date() if isinstance(value, datetime) else value)


def _zone(value: Any, path: Path) -> str:
    try:
        return str(ZoneInfo(_is(value, str, path, "time_zone")))
    except (KeyError, ValueError, OSError):
        raise _wrong(
            path, "time_zone", T(zh='写时区名，如 "Asia/Shanghai"', en='write a zone such as "Asia/Shanghai"')
        ) from None


def _wrong(path: Path, key: str, what: T) -> UserError:
    return UserError(zh=f"映射文件“{path}”的 {key}：{what.zh}。", en=f"{key} in “{path}”: {what.en}.")
