"""The last resort: too high or too low, by about how much, how many rows or items. The right value is never told."""

from typing import Any

import numpy as np
import pandas as pd

from custseg_helpers.diagnosis.case import Case
from custseg_helpers.diagnosis.compare import numbers_of, places, same_values, shape_of, shown, strays
from custseg_helpers.diagnosis.forms import key, word
from custseg_helpers.diagnosis.found import Found
from custseg_helpers.words.text import T, verbatim

TIMES = (2, 3, 4, 5, 7, 10, 20, 50, 100, 200, 500, 1000, 10_000, 100_000, 1_000_000)
PER_CENT = (5, 10, 15, 20, 30, 40, 50, 60, 70, 80, 90)
"""How far is told in coarse steps: enough to see what may be wrong, too little to work out the right value."""

HUNDREDFOLD = T(
    zh="{yours} 不对：正好是答案的 100 倍。要是写成了百分数或百分点，这里要的是小数，再除以 100。",
    en="{yours} is not it: exactly 100 times too high. If it is in per cent or percentage points: a share is asked, so divide by 100.",
)


def how_far(case: Case) -> Found:
    """Say in which direction and by about how much an answer is off; what has another form is told so."""
    where = case.differs(case.right, case.given) or T(zh="和答案不一致。", en="It does not agree.")
    kind = shape_of(case.right)
    if kind == "number" and shape_of(case.given) == "number":
        return _number(case)
    if (
        kind == "series"
        and isinstance(case.given, pd.Series)
        and case.differs(case.right, case.given) is not None
    ):
        return _column(case, where)
    if kind in ("list", "set") and shape_of(case.given) in ("list", "set"):
        return _items(case, where)
    return Found("differs", where)


def off(right: float, given: float) -> T:
    """Say how far a number is off.

    >>> off(100.0, 123.0).en, off(100.0, 310.0).en, off(100.0, 26.0).en
    ('about 20 % too high', 'about 3 times too high', 'too low, about 1/4 of it')
    >>> off(7.0, 6.0).en
    'exactly one too few'
    >>> off(100.0, 102.0).en, off(2.0, -2.0).en
    ('a little too high, by less than 5 %', 'the sign is the other way round, the size is right')
    """
    if not np.isfinite(given):
        return T(zh="没有算出数来（空值或无穷大）", en="no number came out of it (missing or infinite)")
    if abs(given - right) == 1 and right == round(right):
        return (
            T(zh="正好多 1", en="exactly one too many")
            if given > right
            else T(zh="正好少 1", en="exactly one too few")
        )
    if right == 0:
        return T(zh="偏高", en="too high") if given > 0 else T(zh="偏低", en="too low")
    if given == 0:
        return T(zh="不该是 0", en="it should not be 0")
    ratio = given / right
    if ratio < 0:
        turned = T(zh="正负号反了", en="the sign is the other way round")
        if abs(ratio + 1) < 0.05:
            return turned + T(zh="，大小对", en=", the size is right")
        return turned + T(zh="，大小也不对", en=", and the size is not right either")
    high = ratio > 1
    if abs(ratio - 1) < 0.05:
        return (
            T(zh="略微偏高，不到 5%", en="a little too high, by less than 5 %")
            if high
            else T(zh="略微偏低，不到 5%", en="a little too low, by less than 5 %")
        )
    if 0.5 < ratio < 1.9:
        much = min(PER_CENT, key=lambda step: abs(step - abs(ratio - 1) * 100))
        side = (
            T(zh="偏高约 {n}%", en="about {n} % too high")
            if high
            else T(zh="偏低约 {n}%", en="about {n} % too low")
        )
        return side.format(n=much)
    times = min(TIMES, key=lambda step: abs(np.log(step) - abs(np.log(ratio))))
    if high:
        return T(zh="偏高，约为 {n} 倍", en="about {n} times too high").format(n=f"{times:,}")
    if times == 2:
        return T(zh="偏低，约为一半", en="too low, about half of it")
    return T(zh="偏低，约为 {n} 分之一", en="too low, about 1/{n} of it").format(n=f"{times:,}")


def amount(value: Any, case: Case) -> T:
    """Return a value as a message writes it; money with the company's currency.

    >>> amount(1234.5, Case(1.0, 1234.5, None, lambda *_: None, money=True)).en
    '1,234.50 yuan'
    """
    if not case.money or not isinstance(value, (int, float, np.number)) or not np.isfinite(value):
        whole = isinstance(value, float) and value.is_integer()
        return verbatim(f"{value:,.0f}" if whole else shown(value))
    return money(float(value), case.company)


def money(value: float, company: Any) -> T:
    """Return an amount of money as a message writes it, with the company's currency.

    >>> money(93.46208, None).en
    '93.46 yuan'
    """
    currency = getattr(company, "currency", "CNY")
    unit = T(zh="元", en="yuan") if currency == "CNY" else verbatim(currency)
    return T(zh="{n} {unit}", en="{n} {unit}").format(n=f"{value:,.2f}", unit=unit)


def _number(case: Case) -> Found:
    right, given = float(case.right), float(case.given)
    if 0 < abs(right) < 1 and np.isclose(given, 100 * right, rtol=1e-9, atol=0):
        return Found("differs:high", HUNDREDFOLD.format(yours=shown(case.given)))
    return Found(
        "differs:" + _side(right, given),
        T(zh="{yours} 不对：{off}。", en="{yours} is not it: {off}.").format(
            yours=amount(case.given, case), off=off(right, given)
        ),
    )


def _side(right: float, given: float) -> str:
    return "high" if given > right else "low" if given < right else "missing"


def _column(case: Case, where: T) -> Found:
    right, given = pd.Series(case.right), case.given
    found = places(right.index, given.index)
    if found is None:
        return Found("differs:rows", where + _rows(right.index, given.index))
    given = given.iloc[found].set_axis(right.index)
    wrong = ~same_values(right, given)
    if not wrong.any():
        return Found("differs", where)
    first = int(np.argmax(wrong))
    text = T(
        zh="{all} 个值中有 {n} 个不同，例如 {key}：你的是 {yours}。",
        en="{n} of {all} values differ, {key} for one: yours is {yours}.",
    ).format(
        all=f"{len(wrong):,}",
        n=f"{int(wrong.sum()):,}",
        key=key(right.index[first]),
        yours=amount(given.iloc[first], case),
    )
    numbers = numbers_of(given) if pd.api.types.is_numeric_dtype(right) else None
    if pd.api.types.is_bool_dtype(right) and numbers is not None:
        return Found("differs", text + _yes_no(right.to_numpy(bool), numbers))
    if numbers is None:
        return Found("differs", text + _labels(right[wrong], given[wrong]))
    wanted, yours = right.to_numpy(float, na_value=np.nan)[wrong], numbers[wrong]
    both = np.isfinite(wanted) & np.isfinite(yours)
    if not both.any():
        return Found("differs:missing", text)
    high, low = int((yours[both] > wanted[both]).sum()), int((yours[both] < wanted[both]).sum())
    if high and low:
        text = text + T(
            zh="{high} 个偏高，{low} 个偏低。", en=" {high} {are} too high, {low} too low."
        ).format(high=f"{high:,}", low=f"{low:,}", are=_are(high))
        return Found("differs:both", text)
    middle = np.argsort(yours[both] / np.where(wanted[both] == 0, np.nan, wanted[both]))[both.sum() // 2]
    typical = off(float(wanted[both][middle]), float(yours[both][middle]))
    text = text + T(
        zh="不同的都往一边偏，中间的一个{off}。", en=" All are off to the same side, the middle one {off}."
    ).format(off=typical)
    return Found("differs:high" if high else "differs:low", text)


def _yes_no(right: np.ndarray, yours: np.ndarray) -> T:
    many, few = int((~right & (yours == 1)).sum()), int((right & (yours == 0)).sum())
    return T(
        zh="多说了 {many} 个“是”，漏了 {few} 个。",
        en=" {many} {are} marked that should not be, {few} {lack} missing.",
    ).format(many=f"{many:,}", few=f"{few:,}", are=_are(many), lack=_are(few))


def _labels(right: pd.Series, given: pd.Series) -> T:
    """Say which label stands most often where another belongs."""
    pairs = pd.Series(list(zip(map(key, given), map(key, right), strict=True)))
    (yours, wanted), times = pairs.value_counts().index[0], int(pairs.value_counts().iloc[0])
    return T(
        zh="最多的是：你写“{yours}”，该是“{wanted}”（{n} 个）。",
        en=" Most often yours says “{yours}” where “{wanted}” belongs ({n}).",
    ).format(yours=yours, wanted=wanted, n=f"{times:,}")


def _rows(wanted: pd.Index, given: pd.Index) -> T:
    lacking, extra = strays(wanted, given)
    few, many = len(lacking), len(extra)
    return T(zh="一共少 {few} 行，多 {many} 行。", en=" In all {few} {are} missing, {many} too many.").format(
        few=f"{few:,}", many=f"{many:,}", are=_are(few)
    )


def _are(n: int) -> str:
    return "is" if n == 1 else "are"


def _items(case: Case, where: T) -> Found:
    wanted, yours = {word(item) for item in case.right}, {word(item) for item in case.given}
    right = len(wanted & yours)
    if wanted == yours:
        return Found("differs:order" if len(case.right) == len(case.given) else "differs:doubled", where)
    text = T(
        zh="你的 {all} 项里有 {right} 项对，{many} 项不该在里面，另外还缺 {few} 项。",
        en=" {right} of your {all} {are} right, {many} {do} not belong, {few} {lack} missing.",
    ).format(
        are=_are(right),
        do="does" if len(yours - wanted) == 1 else "do",
        lack=_are(len(wanted - yours)),
        all=f"{len(yours):,}",
        right=f"{right:,}",
        many=f"{len(yours - wanted):,}",
        few=f"{len(wanted - yours):,}",
    )
    return Found("differs:items", where + text)
