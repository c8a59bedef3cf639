"""Columns of numbers that no name explains and that could be money paid."""

import re
from collections.abc import Mapping

import numpy as np

from custseg_helpers.decision.prices import product_codes
from custseg_helpers.evidence.contents import (
    Column,
    fixes,
)
from custseg_helpers.evidence.sheet_evidence import Evidence


def unknown_money(found: Evidence, order: np.ndarray, columns: Mapping[str, str]) -> list[Column]:
    """Return columns of numbers without a known name that could be money paid."""
    taken = set(columns.values())
    codes = product_codes(found)
    who = found.of("customer_id", "customer_email", "customer_phone", "customer_name")
    who = [column for column in who if column.filled and not column.constant]
    made = []
    for column in found.columns.values():
        fixed = column.constant and column.filled == len(order)
        if column.kind != "number" or column.roles or column.name in taken or fixed:
            continue
        if any(word in column.name.casefold() for word in _NO_AMOUNT) or _NUMBERS.search(column.name):
            continue
        values = column.numbers(found.decimal)
        known = values[~np.isnan(values)]
        if np.abs(known).sum() == 0 or np.abs(known).max() > 1e10:
            continue
        whole = bool((known == np.round(known)).all()) and column.decimal is None
        if whole and ((len(np.unique(known)) == len(known) and len(known) > 3) or np.abs(known).max() < 20):
            continue
        if whole and not _MONEY.search(column.name) and _number_of_something(column, known, order):
            continue
        telling = column.filled >= 0.5 * len(
            order
        )  # of a few filled cells each may go with one product by chance
        if telling and codes is not None and column.distinct > 1 and fixes(codes, column.codes):
            continue
        if telling and who and who[0].distinct < 0.9 * len(order) and fixes(who[0].codes, column.codes):
            continue
        made.append(column)
    return made


_NO_AMOUNT = (
    *("refund", "退款", "fee", "手续费", "discount", "优惠", "tax", "税", "%", "percent", "率"),
    *("面积", "㎡", "m²", "area (", "weight", "重量", "体积", "kg"),
)
_MONEY = re.compile(
    r"价|價|金额|金額|款|price|amount|revenue|total|[(（](万)?元[)）]|금액|가격|合計", re.IGNORECASE
)


_NUMBERS = re.compile(
    r"(\b(number|no|nr|id|code|sku|número|numero|numéro)\.?|番号|번호|编号|編號|单号|單號|號碼|号码|号)\s*$",
    re.IGNORECASE,
)
"""How columns of numbers that name something are called."""


def _number_of_something(column: Column, known: np.ndarray, order: np.ndarray) -> bool:
    """Tell whether whole numbers are ids (long, all of one length) rather than money."""
    lengths = {len(text.lstrip("-")) for text in column.texts()[:2000]}
    starts_with_zero = any(text.startswith("0") and len(text) > 1 for text in column.texts()[:2000])
    return starts_with_zero or (len(lengths) == 1 and max(lengths) >= 5)
