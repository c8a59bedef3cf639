"""Where a file comes from: the currency that its amounts or headings tell, and the time zone that goes with it."""

import re
from collections.abc import Mapping

import pandas as pd

from custseg_helpers.evidence.called import unit
from custseg_helpers.reading.numbers import currencies
from custseg_helpers.reading.sheet import Sheet
from custseg_helpers.words.text import T

SAMPLE = 2_000
ZONES = {
    "HKD": "Asia/Hong_Kong",
    "TWD": "Asia/Taipei",
    "JPY": "Asia/Tokyo",
    "KRW": "Asia/Seoul",
    "GBP": "Europe/London",
    "EUR": "Europe/Berlin",
    "INR": "Asia/Kolkata",
    "IDR": "Asia/Jakarta",
    "SGD": "Asia/Singapore",
    "MYR": "Asia/Kuala_Lumpur",
    "THB": "Asia/Bangkok",
    "VND": "Asia/Ho_Chi_Minh",
    "PHP": "Asia/Manila",
    "BRL": "America/Sao_Paulo",
    "CHF": "Europe/Zurich",
    "PLN": "Europe/Warsaw",
}
"""The time zone of most people who pay in a currency; where one currency spans many zones there is none."""


def currency_of(sheet: Sheet, columns: Mapping[str, str]) -> tuple[str, T | None]:
    """Return the currency that the amounts, their column's name or the headings tell, and why; else CNY and no reason.

    >>> from pathlib import Path
    >>> currency_of(Sheet(pd.DataFrame({"paid": ["$5"]}), Path("x.csv"), {}), {"amount": "paid"})[0]
    'USD'
    """
    for field in ("amount", "price"):
        if field in columns:
            column = columns[field]
            written = set(currencies(sheet.frame[column].dropna().head(SAMPLE)))
            if len(written) == 1:
                code, why = written.pop(), T(zh="金额里写着", en="written in the amounts")
                spoken = spoken_currency(sheet)
                if code == "CNY" and spoken and spoken[0] == "JPY" and _has_yen_sign(sheet.frame[column]):
                    return "JPY", T(
                        zh="金额里写着 ¥，表头是日文", en="¥ in the amounts, headings in Japanese"
                    )
                return code, why
            if named := unit(column).currency:
                return named, T(zh="列名里写着", en="written in the column's name")
    return spoken_currency(sheet) or ("CNY", None)


def spoken_currency(sheet: Sheet) -> tuple[str, T] | None:
    """Return the currency of a country whose writing only its own people use, by the headings of a sheet, and why.

    >>> from pathlib import Path
    >>> spoken_currency(Sheet(pd.DataFrame(columns=["주문번호", "금액"]), Path("x.csv"), {}))[0]
    'KRW'
    """
    names = "".join(map(str, sheet.frame.columns))
    if re.search("[ぁ-ヿ]|注文|受注|会員番号|金額|売上", names) and not re.search("訂|單|實", names):
        return "JPY", T(zh="表头是日文；请核对", en="the headings are Japanese; please check")
    if re.search("[가-힣]", names):
        return "KRW", T(zh="表头是韩文；请核对", en="the headings are Korean; please check")
    return None


def _has_yen_sign(column: pd.Series) -> bool:
    return any(
        isinstance(text, str) and text.strip()[:1] in ("¥", "￥") for text in column.dropna().head(SAMPLE)
    )
