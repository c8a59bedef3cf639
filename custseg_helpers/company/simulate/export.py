"""Spoiling a clean table the way departments do, and keeping the key to it.

A *form* can be read in full by who takes care; a *fault* is wrong and needs a decision.
"""

from collections.abc import Callable
from typing import Any

import numpy as np

from custseg_helpers.words.text import T

FORMS: dict[str, T] = {
    "currency_sign": T(zh="带货币符号与千分位：¥1,234.50", en="currency sign and thousands comma: ¥1,234.50"),
    "ten_thousands": T(zh="以万为单位：1.2万", en="in ten thousands: 1.2万"),
    "full_width": T(zh="全角数字：１２３", en="full-width digits: １２３"),
    "text_number": T(zh="以文本存储的数字", en="a number stored as text"),
    "date_slash": T(zh="斜线日期：2025/10/3", en="date with slashes: 2025/10/3"),
    "date_chinese": T(zh="中文日期：2025年10月3日", en="Chinese date: 2025年10月3日"),
    "date_compact": T(zh="紧凑日期：20251003", en="compact date: 20251003"),
    "date_serial": T(zh="Excel 日期序号：45933", en="Excel serial date: 45933"),
}
FAULTS: dict[str, T] = {
    "duplicate_row": T(zh="整行重复", en="the same row twice"),
    "duplicate_id": T(
        zh="同一编号登记了两次，内容不同", en="one id registered twice with different contents"
    ),
    "near_duplicate": T(zh="同一手机号，不同会员号", en="same phone under another id"),
    "test_customer": T(zh="测试客户", en="test customer"),
    "unknown_customer": T(zh="登记表里没有这位客户", en="a customer who is not registered"),
    "unknown_product": T(zh="没有这种产品", en="a product that does not exist"),
    "missing_customer": T(zh="缺会员号", en="no customer id"),
    "missing_amount": T(zh="缺金额", en="no amount"),
    "missing_date": T(zh="缺日期", en="no date"),
    "missing_birth_year": T(zh="缺出生年份", en="no birth year"),
    "impossible_date": T(zh="不存在的日期", en="a date that does not exist"),
    "future_date": T(zh="未来的日期", en="a date in the future"),
    "impossible_birth_year": T(zh="不可能的出生年份", en="an impossible birth year"),
    "impossible_quantity": T(zh="不可能的数量", en="an impossible quantity"),
    "impossible_amount": T(
        zh="小数点错位，金额大了一百倍", en="decimal point lost: a hundred times too much"
    ),
    "impossible_score": T(zh="超出 1–5 的评分", en="a score outside 1 to 5"),
    "sign_mismatch": T(zh="数量为负而金额为正", en="negative quantity with positive amount"),
    "unknown_code": T(zh="写错的城市名", en="a misspelt city"),
    "signup_after_order": T(zh="注册日期晚于首次下单", en="signed up after the first order"),
    "summary_row": T(zh="夹在数据里的合计行", en="a total among the data"),
    "blank_row": T(zh="空行", en="an empty row"),
}

Cells = dict[str, Any]
Change = Callable[[Any], Any]


class Export:
    """A table on its way out: rows as cells, and what was planted where. A row is spoilt at most once."""

    def __init__(self, rows: list[Cells], rng: np.random.Generator):
        self.rows, self.rng = rows, rng
        self.planted: list[tuple[Cells, str, str, Any]] = []

    def _fresh(self, count: int, fit: Callable[[Cells], bool]) -> list[Cells]:
        spoilt = {id(row) for row, *_ in self.planted}
        free = [row for row in self.rows if id(row) not in spoilt and fit(row)]
        return [free[i] for i in sorted(self.rng.choice(len(free), count, replace=False))]

    def plant(
        self,
        kind: str,
        column: str,
        count: int,
        change: Change,
        fit: Callable[[Cells], bool] = lambda row: True,
    ) -> None:
        """Change one column of some rows that are still as they should be."""
        for row in self._fresh(count, fit):
            self.planted.append((row, column, kind, row[column]))
            row[column] = change(row[column])

    def insert(
        self, kind: str, column: str, row: Cells, original: Any = "", *, behind: Cells | None = None
    ) -> None:
        """Put a further row in at a random place, or at a random place behind another row."""
        first = 1 if behind is None else 1 + next(i for i, other in enumerate(self.rows) if other is behind)
        self.rows.insert(int(self.rng.integers(first, len(self.rows) + 1)), row)
        self.planted.append((row, column, kind, original))

    def copies(self, count: int) -> list[Cells]:
        """Return copies of rows that are still as they should be."""
        return [dict(row) for row in self._fresh(count, lambda row: True)]

    def repeat(self, column: str, count: int) -> None:
        """Let some rows that are still as they should be stand a second time further down."""
        for row in self._fresh(count, lambda row: True):
            self.insert("duplicate_row", column, dict(row), behind=row)

    def key(self, file: str, first_row: int) -> list[Cells]:
        """Return the answer key of this file; its first row of data is spreadsheet row `first_row`."""
        place = {id(row): first_row + position for position, row in enumerate(self.rows)}
        return sorted(
            (
                {
                    "file": file,
                    "row": place[id(row)],
                    "column": column,
                    "group": "form" if kind in FORMS else "fault",
                    "kind": kind,
                    "written": row.get(column, ""),
                    "original": original,
                }
                for row, column, kind, original in self.planted
            ),
            key=lambda entry: (entry["row"], entry["column"]),
        )
