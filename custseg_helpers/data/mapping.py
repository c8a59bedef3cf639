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

from custseg_helpers.files import read_text
from custseg_helpers.text import T, UserError

ABOUT = ("name", "title", "industry", "story", "goal", "question")
TOP = (*ABOUT, "as_of", "currency", "time_zone", "orders")
ORDERS = (
    "file", "sheet", "header_row", "encoding", "separator", "dates", "rows", "duplicates", "columns", "returns", "skip",
)  # fmt: skip
NEEDED = ("customer_id", "order_date")
LINE_FIELDS = (
    "order_id", "customer_id", "order_date", "product_id", "quantity", "discount", "amount", "channel", "rep_id",
    "price", "status",
)  # fmt: skip
CUSTOMER_FIELDS = ("customer_name", "region", "city", "industry", "gender", "birth_year")
PRODUCT_FIELDS = ("product_name", "category")
FIELDS = (*LINE_FIELDS, *CUSTOMER_FIELDS, *PRODUCT_FIELDS)
"""What a column of an order file can be."""

CHOICES = {"dates": ("ymd", "dmy", "mdy"), "rows": ("lines", "orders"), "duplicates": ("keep", "drop")}
RETURNS = ("sign", "status", "prefix")


@dataclass(frozen=True)
class OwnData:
    """A mapping that has been read and found consistent; paths are resolved."""

    path: Path
    name: str
    as_of: pd.Timestamp
    file: Path
    columns: Mapping[str, str]
    """standard field → column in the file"""
    currency: str = "CNY"
    time_zone: str = "Asia/Shanghai"
    reading: Mapping[str, Any] = field(default_factory=dict)
    """what is stated about the file: sheet, header_row, encoding, separator"""
    dates: str = "ymd"
    rows: str = "lines"
    duplicates: str = "keep"
    returns: str = "sign"
    return_values: tuple[str, ...] = ()
    skip: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """lines that do not count: field → values"""


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
    for key in set(ABOUT[1:]) & set(words):
        told = words[key]
        if (
            not isinstance(told, dict)
            or set(told) != {"zh", "en"}
            or not all(isinstance(t, str) for t in told.values())
        ):
            raise _wrong(path, key, T(zh="应有 zh 与 en 两段文字", en="needs a text zh and a text en"))
    orders = _table(words, "orders", path)
    _known(orders, ORDERS, path, "orders.")
    columns = _table(orders, "columns", path, "orders.")
    _known(columns, FIELDS, path, "orders.columns.")
    returns = _table(orders, "returns", path, "orders.", missing={"by": "sign"})
    _known(returns, ("by", "values"), path, "orders.returns.")
    skip = _table(orders, "skip", path, "orders.", missing={})
    _known(skip, columns, path, "orders.skip.")
    for key, value in columns.items():
        _is(value, str, path, f"orders.columns.{key}")
    for key, choices in CHOICES.items():
        _choice(orders.get(key, choices[0]), choices, path, f"orders.{key}")
    by = _choice(returns.get("by", "sign"), RETURNS, path, "orders.returns.by")
    own = OwnData(
        path=path,
        name=_is(words.get("name"), str, path, "name"),
        as_of=_day(words, path),
        file=path.parent / _is(orders.get("file"), str, path, "orders.file"),
        columns=columns,
        currency=_is(words.get("currency", "CNY"), str, path, "currency"),
        time_zone=_zone(words.get("time_zone", "Asia/Shanghai"), path),
        reading={
            key: _is(orders[key], int if key == "header_row" else str, path, f"orders.{key}")
            for key in ("sheet", "header_row", "encoding", "separator")
            if key in orders
        },
        **{key: orders.get(key, choices[0]) for key, choices in CHOICES.items()},
        returns=by,
        return_values=_texts(returns.get("values", []), path, "orders.returns.values"),
        skip={key: _texts(values, path, f"orders.skip.{key}") for key, values in skip.items()},
    )
    _complete(own)
    return own


def _complete(own: OwnData) -> None:
    missing = [name for name in NEEDED if name not in own.columns]
    if "amount" not in own.columns and not {"quantity", "price"} <= set(own.columns):
        missing.append("amount")
    if "order_id" not in own.columns and own.rows == "lines":
        missing.append("order_id")
    if own.returns == "status" and "status" not in own.columns:
        missing.append("status")
    if own.returns == "prefix" and "order_id" not in own.columns:
        missing.append("order_id")
    if missing:
        raise UserError(
            zh=f"映射文件“{own.path}”的 [orders.columns] 缺少：{'、'.join(dict.fromkeys(missing))}。"
            '（金额可由 quantity 与 price 相乘；一行就是一单时写 rows = "orders"，可以没有 order_id。）',
            en=f"[orders.columns] in “{own.path}” lacks {', '.join(dict.fromkeys(missing))}. "
            '(Instead of amount, quantity and price will do; without order_id, state rows = "orders" if every row is one order.)',
        )
    if own.returns != "sign" and not own.return_values:
        raise _wrong(
            own.path,
            "orders.returns.values",
            T(zh="写出退货的状态或单号开头", en="list the statuses or prefixes of returns"),
        )
    header = own.reading.get("header_row", 1)
    if header < 1:
        raise _wrong(own.path, "orders.header_row", T(zh="从 1 数起", en="count from 1"))


def decisions(own: OwnData) -> list[T]:
    """Say in words what the mapping decides; the report and the manifest carry it."""
    amount = (
        T(zh="金额取“{c}”列", en="The amount is column “{c}”").format(c=own.columns["amount"])
        if "amount" in own.columns
        else T(zh="金额＝“{q}”×“{p}”", en="The amount is “{q}” × “{p}”").format(
            q=own.columns["quantity"], p=own.columns["price"]
        )
    )
    values = "、".join(own.return_values), ", ".join(own.return_values)
    returns = {
        "sign": T(zh="金额为负的行是退货", en="Lines with a negative amount are returns"),
        "status": T(
            zh=f"“{own.columns.get('status')}”为 {values[0]} 的行是退货",
            en=f"Lines whose “{own.columns.get('status')}” is {values[1]} are returns",
        ),
        "prefix": T(
            zh=f"单号以 {values[0]} 开头的行是退货",
            en=f"Lines whose order number begins with {values[1]} are returns",
        ),
    }[own.returns]
    said = [
        T(zh="快照日 {d}", en="Snapshot {d}").format(d=f"{own.as_of:%Y-%m-%d}"),
        T(
            zh="币种 {c}，时区 {z}。课程界面里的“元”一律指这个币种",
            en="Currency {c}, time zone {z}; where the course says yuan, read this currency",
        ).format(c=own.currency, z=own.time_zone),
        amount,
        T(zh="{r}：冲减消费金额，不算订单，也不算最近一次购买", en="{r}: they lower monetary, and are neither an order nor a purchase").format(r=returns),
        T(zh="没有客户编号的行不计入", en="Lines without a customer do not count"),
        T(
            zh="整行重复的：{what}",
            en="Exact duplicates: {what}",
        ).format(what=T(zh="保留", en="kept") if own.duplicates == "keep" else T(zh="只留一行", en="one is kept")),
    ]  # fmt: skip
    if own.rows == "orders":
        said.append(T(zh="一行就是一单", en="Every row is one order"))
    said += [
        T(zh=f"“{own.columns[name]}”为 {'、'.join(found)} 的行不计入", en=f"Lines whose “{own.columns[name]}” is {', '.join(found)} do not count")
        for name, found in own.skip.items()
    ]  # fmt: skip
    return said


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


def _choice(value: Any, choices: tuple[str, ...], path: Path, key: str) -> str:
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
