"""What order lines mean, beyond their form: ids that are nobody's, lines that are no goods, orders cancelled at once, weekdays.

Each check gets the lines as read (and the cells as written, for weekdays) and gives row positions.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd

from custseg_helpers.audit.faults import TEST
from custseg_helpers.evidence.contents import damaged, guests, masked
from custseg_helpers.mapping.keys import Returns

FEE = re.compile(
    r"((dotcom|dhl|ups|fedex|standard|express|economy|international|free|flat[- ]rate)\s+)?"
    r"(postage|shipping|carriage|freight|delivery|handling)(\s*(and|&|\+)\s*(handling|packing|packaging|delivery|insurance))?(\s+(fee|cost|charge)s?)?"
    r"|(bank|amazon|service|transaction|payment|gift[- ]?wrap(ping)?|restocking|platform)\s*(fee|charge|commission)s?|fees?|surcharge|tips?"
    r"|discounts?|([\w ]+ )?commission|post|dot|ship|yf|((快递|配送|包装|打包|餐盒|手续|服务|物流|平台|运|邮|小)费|邮资|运费险)(补拍|专拍|链接|差价)?|(补)?(运费|邮费)?差价(补拍|专拍|链接)?"
    r"|運費|手續費|送料|配送料|手数料|代引手数料|배송비|택배비|수수료|versand(kosten)?|porto|bearbeitungsgebühr|frais de (port|livraison)|(gastos de )?env[ií]o|frete",
    re.IGNORECASE,
)
"""Names and numbers of what is no goods: postage, fees, differences made up."""
FEE_COLUMNS = ("product_id", "product_name", "category")
TEST_COLUMNS = ("order_id", "product_id", "product_name")

BULK = 5
"""An order is a bulk order from this many times what 99 in 100 orders come to."""
AT_ONCE = 1
"""Days within which a cancelled order was cancelled at once."""

WEEKDAYS = {
    name: day
    for day, names in enumerate(
        (
            "monday mon montag lundi lunes segunda-feira 一 月 월",
            "tuesday tue tues dienstag mardi martes terça-feira 二 火 화",
            "wednesday wed mittwoch mercredi miércoles quarta-feira 三 水 수",
            "thursday thu thur thurs donnerstag jeudi jueves quinta-feira 四 木 목",
            "friday fri freitag vendredi viernes sexta-feira 五 金 금",
            "saturday sat samstag sonnabend samedi sábado 六 土 토",
            "sunday sun sonntag dimanche domingo 日 天 일",
        )
    )
    for name in names.split()
}
_LATIN = "|".join(sorted((name for name in WEEKDAYS if len(name) > 1), key=len, reverse=True))
WEEKDAY = re.compile(
    rf"(?<![^\W\d_])({_LATIN})(?![^\W\d_])|(?:星期|周|週|礼拜|禮拜)([一二三四五六日天])"
    r"|([月火水木金土日])曜|([월화수목금토일])요일|[(（]([月火水木金土日一二三四五六월화수목금토일])[)）]",
    re.IGNORECASE,
)
ABOUT_THE_DATE = 0.5
"""A column of weekdays speaks of the order's date if so many rows agree with it."""


def _told(values: pd.Series, tell: Callable[[Sequence[str]], list[str]]) -> np.ndarray:
    """Tell which rows hold one of the values that `tell` picks from all different ones."""
    return values.isin(tell([str(value) for value in values.dropna().unique()])).to_numpy(dtype=bool)


def masked_ids(ids: pd.Series) -> np.ndarray:
    """Tell which ids have stars in place of signs, so that several people may share one.

    >>> masked_ids(pd.Series(["*******528", "138****1000", "C1", None])).tolist()
    [True, True, False, False]
    """
    return _told(ids, masked)


def guest_ids(ids: pd.Series) -> np.ndarray:
    """Tell which ids stand for nobody in particular: 散客, walk-in, guest, 0.

    >>> guest_ids(pd.Series(["散客", "Walk-in", "0", "C0"])).tolist()
    [True, True, True, False]
    """
    return _told(ids, guests)


def damaged_ids(ids: pd.Series) -> np.ndarray:
    """Tell which ids a spreadsheet has damaged: 1.39E+10, #REF!.

    >>> damaged_ids(pd.Series(["1.39E+10", "#REF!", "13900000001"])).tolist()
    [True, True, False]
    """
    return _told(ids, damaged)


def trial_ids(ids: pd.Series) -> np.ndarray:
    """Tell which ids say that somebody tried the system: TEST01, 测试, test@test.com.

    >>> trial_ids(pd.Series(["test@test.com", "测试", "Testa Rossa GmbH"])).tolist()
    [True, True, False]
    """
    return _told(ids, lambda texts: [text for text in texts if TEST.fullmatch(text.strip())])


def _worded(lines: pd.DataFrame, columns: Sequence[str], pattern: re.Pattern[str]) -> np.ndarray:
    found = np.zeros(len(lines), dtype=bool)
    for name in columns:
        if name in lines:
            found |= _told(
                lines[name],
                lambda texts: [
                    text for text in texts if pattern.fullmatch(unicodedata.normalize("NFKC", text).strip())
                ],
            )
    return found


def fees(lines: pd.DataFrame) -> np.ndarray:
    """Tell which lines are postage or a fee, and no goods.

    >>> fees(pd.DataFrame({"product_name": ["DOTCOM POSTAGE", "运费补拍", "Postage stamp album", "快递柜"]})).tolist()
    [True, True, False, False]
    """
    return _worded(lines, FEE_COLUMNS, FEE)


def trial_lines(lines: pd.DataFrame) -> np.ndarray:
    """Tell which lines were entered to try the system, by the number of the order or the product.

    >>> trial_lines(pd.DataFrame({"order_id": ["TEST-001", "A1"], "product_name": ["Tea", "Test tube"]})).tolist()
    [True, False]
    """
    return _worded(lines, TEST_COLUMNS, TEST)


def signed(lines: pd.DataFrame, returns: Returns) -> pd.Series:
    """Return the money of each line, returns negative by the mapping's rule."""
    money = lines["amount"] if "amount" in lines else lines["quantity"] * lines["price"]
    if returns.by == "prefix" and "order_id" in lines:
        back = lines["order_id"].fillna("").str.startswith(tuple(returns.values)).to_numpy(dtype=bool)
    elif returns.by == "status" and "status" in lines:
        back = lines["status"].isin(list(returns.values)).to_numpy(dtype=bool)
    else:
        return money
    return money.where(~back, -money.abs())


def cancelled_at_once(lines: pd.DataFrame, returns: Returns) -> np.ndarray:
    """Tell which lines belong to a bulk order that its customer cancelled within a day.

    Sale and cancellation have one customer and the same money, as whole orders or as single lines, and each is a
    bulk order: see `BULK`. They add up to nothing, but who looks at sales before returns sees the best customer.
    """
    number = lines["order_id"] if "order_id" in lines else pd.Series(lines.index, index=lines.index)
    table = pd.DataFrame(
        {
            "place": np.arange(len(lines)),
            "customer": lines["customer_id"].to_numpy(dtype=object),
            "order": number.to_numpy(dtype=object),
            "day": lines["order_date"].dt.normalize().to_numpy(),
            "cents": np.floor(signed(lines, returns).to_numpy(dtype=float) * 100 + 0.5),
        }
    ).dropna()
    by_order = table.groupby(["customer", "order"], sort=False)
    orders = by_order.agg(day=("day", "min"), cents=("cents", "sum")).reset_index()
    bought = orders["cents"][orders["cents"] > 0]
    if bought.empty:
        return np.zeros(len(lines), dtype=bool)
    bulk = BULK * bought.quantile(0.99)
    found = np.zeros(len(lines), dtype=bool)
    found[_paired(table, bulk)["place"]] = True
    pairs = _paired(orders, bulk)[["customer", "order"]]
    found[table.merge(pairs, on=["customer", "order"])["place"]] = True
    return found


def _paired(rows: pd.DataFrame, bulk: float) -> pd.DataFrame:
    """Return the rows of bulk that another row of the customer cancels at once, and those others."""
    large = rows[rows["cents"].abs() >= bulk].reset_index(names="row")
    sales, backs = (
        large[large["cents"] > 0],
        large[large["cents"] < 0].assign(cents=lambda back: -back["cents"]),
    )
    both = sales.merge(backs, on=["customer", "cents"], suffixes=("", "_back"))
    both = both[(both["day_back"] - both["day"]).dt.days.between(0, AT_ONCE)]
    return rows.loc[pd.concat([both["row"], both["row_back"]]).unique()]


def weekday(text: str) -> int | None:
    """Return the weekday that a text names, Monday as 0.

    >>> [weekday(text) for text in ("周二", "2025-03-05 (水)", "Thu, 13 Mar 2025", "Freitag", "2025-03-05", "Monika")]
    [1, 2, 3, 4, None, None]
    """
    found = WEEKDAY.search(unicodedata.normalize("NFKC", text).casefold())
    return WEEKDAYS[next(filter(None, found.groups()))] if found else None


def against_the_weekday(cells: pd.DataFrame, dated: str, days: pd.Series) -> np.ndarray:
    """Tell which dates do not fall on the weekday written with them, or in a column of weekdays beside them.

    Args:
        cells: the rows as written.
        dated: the column that holds the dates.
        days: the dates as read.
    """
    wrong = np.zeros(len(cells), dtype=bool)
    real = days.dt.day_of_week.to_numpy(dtype=float, na_value=np.nan)
    for place, name in enumerate(cells.columns):
        codes, values = pd.factorize(cells.iloc[:, place])
        if name != dated and not 2 <= len(values) <= 4 * len(WEEKDAYS):
            continue
        told = [weekday(value) if isinstance(value, str) and len(value) < 60 else None for value in values]
        if name != dated and None in told:
            continue
        written = np.array([*(np.nan if day is None else day for day in told), np.nan], dtype=float)[codes]
        known = ~np.isnan(written) & ~np.isnan(real)
        differs = known & (written != real)
        if name == dated or (known.any() and 1 - differs.sum() / known.sum() >= ABOUT_THE_DATE):
            wrong |= differs
    return wrong
