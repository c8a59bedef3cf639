"""The standard tables of a company: every table and field, defined once, in `schema.csv`.

Labels, the data dictionary, reading, the audit's checks and the simulator's output all follow `TABLES` and
`FIELDS`. A company may lack a table; a table it has carries every field, empty where the company has nothing.
"""

import csv
import difflib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import pandas as pd

from custseg_helpers.words.glossary import term
from custseg_helpers.words.text import T, UserError, listed

Kind = Literal["id", "text", "code", "date", "integer", "decimal", "money", "share", "flag"]
Sensitivity = Literal["public", "internal", "personal"]

TABLES: dict[str, T] = {
    "customers": T(zh="客户", en="customers"),
    "products": T(zh="产品", en="products"),
    "orders": T(zh="订单明细", en="order lines"),
    "interactions": T(zh="互动记录", en="interactions"),
    "contacts": T(zh="联系人", en="contacts"),
    "campaigns": T(zh="营销活动", en="campaigns"),
    "responses": T(zh="活动响应", en="campaign responses"),
    "reps": T(zh="销售代表", en="sales reps"),
    "channels": T(zh="渠道月报", en="channels by month"),
    "targets": T(zh="年度目标", en="yearly targets"),
}
"""The standard tables, in the order in which people meet them."""

UNITS: dict[str, T] = {
    "yuan": T(zh="元", en="yuan"),
    "year": T(zh="年", en="year"),
    "people": T(zh="人", en="people"),
    "customers": T(zh="位客户", en="customers"),
    "pieces": T(zh="件", en="pieces"),
    "points": T(zh="分", en="points"),
    "times": T(zh="次", en="times"),
}


KINDS: dict[str, T] = {
    "id": T(zh="编号", en="id"),
    "text": T(zh="文字", en="text"),
    "code": T(zh="代码", en="code"),
    "date": T(zh="日期", en="date"),
    "integer": T(zh="整数", en="whole number"),
    "decimal": T(zh="小数", en="decimal"),
    "money": T(zh="金额", en="money"),
    "share": T(zh="比例 0–1", en="share 0–1"),
    "flag": T(zh="是否", en="yes or no"),
}
SENSITIVITY: dict[str, T] = {
    "public": T(zh="公开", en="public"),
    "internal": T(zh="内部", en="internal"),
    "personal": T(zh="个人信息", en="personal"),
}


@dataclass(frozen=True)
class Field:
    """One column of a standard table.

    `codes` lists the allowed values of a code; an empty tuple means that each company has its own.
    `low` and `high` bound a number, both included. `refers_to` names the table whose key this column holds.
    `title` is the glossary's name of the column, unless this table calls it something else.
    """

    table: str
    name: str
    kind: Kind
    key: bool
    required: bool
    refers_to: str | None
    unit: T | None
    codes: tuple[str, ...]
    low: float | None
    high: float | None
    sensitivity: Sensitivity
    title: T
    description: T


def _field(row: dict[str, Any]) -> Field:
    return Field(
        table=row["table"],
        name=row["name"],
        kind=row["kind"],
        key=row["key"] == "key",
        required=row["required"] == "required",
        refers_to=row["refers_to"] or None,
        unit=UNITS[row["unit"]] if row["unit"] else None,
        codes=tuple(row["codes"].split("|")) if row["codes"] else (),
        low=float(row["low"]) if row["low"] else None,
        high=float(row["high"]) if row["high"] else None,
        sensitivity=row["sensitivity"],
        title=T(zh=row["title_zh"], en=row["title_en"]) if row["title_zh"] else term(row["name"]),
        description=T(zh=row["about_zh"], en=row["about_en"]),
    )


with open(Path(__file__).with_name("schema.csv"), encoding="utf-8", newline="") as _lines:
    FIELDS: tuple[Field, ...] = tuple(_field(row) for row in csv.DictReader(_lines))
"""Every field of every standard table, in column order."""

_FLAGS = {True: True, False: False, "True": True, "False": False, "TRUE": True, "FALSE": False}
_TEXT = pd.Series(["text"]).dtype
"""What this pandas makes of text: `str` from 3.0 on, `object` before."""


def fields(table: str) -> tuple[Field, ...]:
    """Return the fields of a standard table, in column order.

    >>> [field.name for field in fields("targets")]
    ['year', 'amount']
    """
    found = tuple(field for field in FIELDS if field.table == table)
    if not found:
        known = difflib.get_close_matches(table, TABLES, n=3) or list(TABLES)
        raise UserError(
            T(
                zh="没有“{table}”这张表。有：{known}。", en="There is no table “{table}”. There are: {known}."
            ).format(table=table, known=listed(known))
        )
    return found


def columns(table: str) -> list[str]:
    """Return the column names of a standard table, in order.

    >>> columns("responses")[:3]
    ['campaign_id', 'customer_id', 'arm']
    """
    return [field.name for field in fields(table)]


def key(table: str) -> list[str]:
    """Return the columns that together name one row; empty where rows have no name of their own.

    >>> key("orders"), key("interactions")
    (['order_id', 'product_id'], [])
    """
    return [field.name for field in fields(table) if field.key]


def conform(table: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Return a copy of `frame` with exactly the columns of `table`, in order and of the right type.

    Optional columns that are not there come as empty ones; other columns are left out. Numbers with gaps are
    floats, so that the same code runs on every pandas. A missing required column is a `UserError`.

    >>> conform("targets", pd.DataFrame({"amount": ["5"], "year": ["2026"]})).dtypes.astype(str).tolist()
    ['int64', 'float64']
    """
    missing = [field for field in fields(table) if field.required and field.name not in frame.columns]
    if missing:
        titled = T(zh="{title}（{name}）", en="{name}")
        names = listed(titled.format(title=field.title, name=field.name) for field in missing)
        raise UserError(
            T(
                zh="{title}表（{table}）缺少列：{names}。", en="Table {table} lacks the columns {names}."
            ).format(title=TABLES[table], table=table, names=names)
        )
    return pd.DataFrame(
        {field.name: _typed(frame, field) for field in fields(table)}, index=frame.index
    ).reset_index(drop=True)


def _typed(frame: pd.DataFrame, field: Field) -> pd.Series:
    if field.name in frame.columns:
        column = frame[field.name]
    else:
        column = pd.Series(None, index=frame.index, dtype=object)
    try:
        return _cast(column, field.kind)
    except (ValueError, TypeError) as error:
        raise UserError(
            T(
                zh="{title}表（{table}）的列“{name}”读不成{kind}：{error}",
                en="Column “{name}” of table {table} cannot be read as {kind}: {error}",
            ).format(
                title=TABLES[field.table],
                table=field.table,
                name=field.name,
                kind=KINDS[field.kind],
                error=error,
            )
        ) from None


def _cast(column: pd.Series, kind: Kind) -> pd.Series:
    if kind == "date":
        return pd.to_datetime(column).astype("datetime64[ns]").dt.normalize()
    if kind == "flag":
        return column.map(_FLAGS).astype(bool if column.notna().all() else object)
    if kind in ("id", "text", "code"):
        ready = column.dtype == _TEXT and not pd.api.types.is_object_dtype(column)
        return column if ready else column.astype(object).where(column.notna(), None).astype(_TEXT)
    numbers = pd.to_numeric(column)
    whole = kind == "integer" and numbers.notna().all() and (numbers % 1 == 0).all()  # weights are not
    return numbers.astype("int64" if whole else "float64")


def pandera_schema(table: str) -> Any:
    """Return the pandera schema of a standard table: keys, required values, allowed codes, bounds.

    It checks what one table can tell; that ids exist elsewhere (`Field.refers_to`) is for whoever holds both tables.

    >>> tidy = conform("targets", pd.DataFrame({"year": [2026], "amount": [5.0]}))
    >>> len(pandera_schema("targets").validate(tidy))
    1
    """
    import pandera.pandas as pa

    def checks(field: Field) -> list[Any]:
        made = [pa.Check.isin(field.codes)] if field.codes else []
        made += [pa.Check.ge(field.low)] if field.low is not None else []
        return made + ([pa.Check.le(field.high)] if field.high is not None else [])

    return pa.DataFrameSchema(
        {field.name: pa.Column(checks=checks(field), nullable=not field.required) for field in fields(table)},
        unique=key(table) or None,
        strict=True,
        ordered=True,
        name=table,
    )
