"""What becomes of right numbers on the way to a wrong answer: turned round, in per cent, cumulated, in 万, …

A `Turn` looks at the right numbers and at those given, already paired, and says whether the one became the other. It
never looks at their keys or at the shape they came in (`forms.py` does).
"""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd

from custseg_helpers.relations.evidence import MANY, Written, agree, close, evidence, shown, written_digits
from custseg_helpers.words.text import T

Numbers = np.ndarray
Fits = Callable[[Numbers, Written], dict[str, Any] | None]
"""What fills the places of a turn's text; None where the turn does not fit."""


@dataclass(frozen=True)
class Turn:
    """One way in which right numbers become wrong ones.

    `digits`: how many digits must agree before it is told (see `evidence.weight`). `least`: how many numbers there must
    be. `alone`: whether it changes each number by itself, so that some of very many show it. `rare`: whether it is sought
    in rare finds too, which ask for more digits.
    """

    name: str
    fits: Fits
    text: T
    digits: float = 4
    least: int = 1
    alone: bool = True
    rare: bool = True

    def told(self, right: Numbers, given: Written, more: float = 0) -> T | None:
        """Return the text where this turn fits and chance is ruled out; `more` digits are asked of rarer finds.

        Of the small whole numbers too much can be made: half of 4 is 2, and so is its root. So an agreement never
        stands for more than twice the digits of what it was made from.
        """
        if len(right) < self.least or (more and not self.rare):
            return None
        if self.alone and len(right) > MANY and self.fits(right[:: len(right) // MANY], given.some) is None:
            return None
        words = self.fits(right, given)
        if words is None or min(given.digits, 2 * evidence(right)) < self.digits + more:
            return None
        return self.text.format(**words)


def made(make: Callable[[Numbers], Numbers], suits: Callable[[Numbers], Any] = lambda right: True) -> Fits:
    """Return the test for numbers that `make` makes of the right ones, where the right ones suit."""
    return lambda right, given: {} if suits(right) and given.agree(make(right)) else None


def whole(values: Numbers) -> bool:
    """Tell whether all numbers are whole.

    >>> whole(np.array([3.0, 5.0])), whole(np.array([3.5]))
    (True, False)
    """
    return bool((values == np.round(values)).all())


def shares(values: Numbers) -> bool:
    """Tell whether numbers can be shares: all between 0 and 1, and not all of them 0 or 1."""
    return bool(
        (np.nan_to_num(values) >= 0).all() and (np.nan_to_num(values) <= 1).all() and not whole(values)
    )


def changes(values: Numbers) -> bool:
    """Tell whether numbers can be shares or changes of shares: between -1 and 1."""
    return bool((np.abs(np.nan_to_num(values)) <= 1).all() and not whole(values))


def _countable(right: Numbers) -> bool:
    return not changes(right) if len(right) > 1 else whole(right) and bool(right[0] >= 10)


def _per_cent(right: Numbers, given: Written) -> dict[str, Any] | None:
    if not changes(right) or not given.agree(right * 100):
        return None
    first = given.values[np.argmax(np.abs(np.nan_to_num(given.values)) > 0)]
    return {"share": shown(first / 100)}


def _scaled(factor: float) -> Fits:
    return made(lambda right: right * factor)


FACTORS: dict[float, T] = {
    2: T(
        zh="有没有什么数了两遍，比如表合并以后行变多了；或者只取了一半？",
        en="Was something counted twice, such as rows that a merge has doubled, or was only half of it taken?",
    ),
    3: T(zh="三个月是一季：要的是按月还是按季？", en="A quarter has 3 months: which of the two is wanted?"),
    4: T(zh="一年有四季：要的是按季还是按年？", en="A year has 4 quarters: which of the two is wanted?"),
    7: T(zh="一周是 7 天：要的是按天还是按周？", en="A week has 7 days: which of the two is wanted?"),
    12: T(zh="一年是 12 个月：要的是按月还是按年？", en="A year has 12 months: which of the two is wanted?"),
    30: T(zh="一个月算 30 天：要的是天还是月？", en="30 days make a month: are days or months wanted?"),
    365.25 / 12: T(
        zh="一个月平均 30.44 天：要的是天还是月？",
        en="A month has 30.44 days on average: are days or months wanted?",
    ),
    52: T(zh="一年是 52 周：要的是按周还是按年？", en="A year has 52 weeks: which of the two is wanted?"),
    365: T(zh="一年是 365 天：要的是天还是年？", en="A year has 365 days: are days or years wanted?"),
    365.25: T(
        zh="一年平均 365.25 天：要的是天还是年？",
        en="A year has 365.25 days on average: are days or years wanted?",
    ),
    100: T(
        zh="看一看单位：百分数还是小数，元还是分？",
        en="Look at the unit: per cent or a share, yuan or cents?",
    ),
    1000: T(zh="看一看单位：千元还是元？", en="Look at the unit: thousands, or single ones?"),
    10000: T(zh="看一看单位：万元还是元？", en="Look at the unit: 万 (ten thousands), or single ones?"),
    1000000: T(zh="看一看单位：百万还是元？", en="Look at the unit: millions, or single ones?"),
}
"""Factors between units that people mix up, and what each may mean."""
COMPUTED, LEAST_TIMES, LEAST_PART, MOST_PARTS = 6, 10, 100, 10**6
"""A total is told from its average where the average has six digits and the total is ten times it or more; a count from
its share where the share is of a hundred or more, and of a million at most."""
USUAL: dict[float, float] = {100: 3.0, 1000: 3.0, 10000: 3.0, 2: 4.0, 7: 4.0, 12: 4.0}
"""How many digits must agree for the factors that are met most; the others need five."""


def _times(factor: float, why: T) -> tuple[Turn, Turn]:
    name = f"{factor:g}".replace(".", "_") if factor < 1000 else f"{factor:.0f}"
    digits = USUAL.get(factor, 5.0)
    k = shown(float(factor))
    more = T(zh="是答案的 {k} 倍。", en="that is {k} times what it should be. ").format(k=k) + why
    less = T(zh="只有答案的 {k} 分之一。", en="that is what it should be, divided by {k}. ").format(k=k) + why
    if factor == 10000:
        less = T(
            zh="这是以“万”为单位的数。这里的单位是一，不是万。",
            en="that is in 万 (ten thousands); single ones are wanted.",
        )
    return Turn(f"times_{name}", _scaled(factor), more, digits), Turn(
        f"divided_by_{name}", _scaled(1 / factor), less, digits
    )


COMMON = (
    Turn(
        "sign",
        made(np.negative),
        T(
            zh="正负号反了：减的时候，前面的和后面的换过来。",
            en="the sign is turned round: swap what is subtracted from what.",
        ),
        digits=2,
    ),
    Turn(
        "absolute",
        made(np.abs, lambda right: (right < 0).any()),
        T(
            zh="负号丢了：不要取绝对值，负数要留着。",
            en="minus signs are gone: take no absolute values, keep negative ones.",
        ),
        digits=3,
        least=2,
        alone=False,
    ),
    Turn(
        "per_cent",
        _per_cent,
        T(
            zh="这是百分数，这里要小数：{share}。",
            en="that is in per cent. A share is wanted: {share}.",
        ),
        digits=2,
    ),
    Turn(
        "one_minus",
        made(lambda right: 1 - right, shares),
        T(
            zh="这是剩下的那一部分，也就是 1 减去答案：条件写反了，或者数了另一边。",
            en="that is the other part, 1 less what is asked: the condition is turned round, or the other side was counted.",
        ),
        digits=3,
    ),
    Turn(
        "plus_one",
        made(lambda right: right + 1, _countable),
        T(
            zh="多了 1：也许把起点那一天（或自己、表头）也数进去了；也许数的是别的东西，碰巧多 1。",
            en="one too many. Perhaps the first day, the thing itself or the heading is counted too; perhaps something else was counted that comes to one more.",
        ),
        digits=2,
    ),
    Turn(
        "minus_one",
        made(lambda right: right - 1, _countable),
        T(
            zh="少了 1：也许是从 0 数起，或者漏了头尾中的一个；也许数的是别的东西，碰巧少 1。",
            en="one too few. Perhaps counting began at 0, or one end was left out; perhaps something else was counted that comes to one less.",
        ),
        digits=2,
    ),
    Turn(
        "as_ratio",
        made(lambda right: right + 1, lambda right: changes(right)),
        T(
            zh="这是“变成原来的几倍”，这里要“变了多少”：再减去 1。",
            en="that is how many times the old value it has become. How much it has changed is wanted: take 1 off.",
        ),
        digits=4,
    ),
    Turn(
        "as_change",
        made(
            lambda right: right - 1,
            lambda right: not whole(right) and (right > 0).all() and (right < 5).all(),
        ),
        T(
            zh="这是“变了多少”，这里要“是几倍”：再加上 1。",
            en="that is how much it has changed. How many times it has become is wanted: add 1.",
        ),
        digits=4,
    ),
    Turn(
        "missing_as_zero",
        made(np.nan_to_num, lambda right: np.isnan(right).any()),
        T(
            zh="不知道的写成了 0：没有值的地方要留空，不要 `fillna(0)`。",
            en="what is unknown became 0: leave it empty where there is no value, without `fillna(0)`.",
        ),
        digits=0,
        least=3,
        alone=False,
    ),
    Turn(
        "zero_as_missing",
        made(lambda right: np.where(right == 0, np.nan, right), lambda right: (right == 0).any()),
        T(
            zh="应该是 0 的地方空着：加上 `fillna(0)`。",
            en="places that should hold 0 are empty: add `fillna(0)`.",
        ),
        digits=2,
        least=3,
        alone=False,
    ),
)


def _rounded(right: Numbers, given: Written) -> dict[str, Any] | None:
    """Tell what was rounded, to decimals or to tens and hundreds, or cut off behind the point."""
    kept, values = np.isfinite(right), given.values
    if not (np.abs(right - values)[kept] <= 0.05 * np.abs(right)[kept]).all() and len(right) == 1:
        return None
    if not (np.abs(values - np.round(values, 1))[kept] < 1e-9).all():
        return None
    ways = [np.floor(right), np.ceil(right), *(np.round(right, places) for places in range(1, -7, -1))]
    return {} if any(close(way, values) for way in ways) else None


def _amounts(right: Numbers, given: Written) -> dict[str, Any] | None:
    total = np.nansum(given.values)
    return {"total": shown(total)} if abs(total) >= 10 and close(given.values / total, right) else None


def _all_one(right: Numbers, given: Written) -> dict[str, Any] | None:
    """Tell equal parts of the total: every value is the average of the right ones, which are not all alike."""
    known = right[np.isfinite(right)]
    if len(np.unique(known)) < 2 or np.ptp(given.values) > 0.02 + 1e-9 * abs(known.mean()):
        return None
    # The parts of a sum of money may differ by a cent.
    return {} if abs(given.values.mean() - known.mean()) <= 0.01 + 1e-6 * abs(known.mean()) else None


def _rank(right: Numbers, given: Written) -> dict[str, Any] | None:
    places = given.values[~given.hollow]
    if not ((places >= 0) & (places <= len(right))).all() or not (whole(places * 2) or (places <= 1).all()):
        return None
    values = pd.Series(right)
    if values.nunique() <= min(20, len(right) / 2):
        # Scores are ranks already: the wrong way round is another thing (`label_turns.py`).
        return None
    for rising in (True, False):
        for method in ("min", "average", "first", "dense", "max"):
            ranks = values.rank(method=method, ascending=rising).to_numpy()
            if any(given.agree(made) for made in (ranks, ranks - 1, ranks / len(ranks))):
                return {}
    return None


def _misplaced(right: Numbers, given: Written) -> dict[str, Any] | None:
    known = right[np.isfinite(right)]
    if len(np.unique(known)) < max(3, len(known) / 2):
        return None
    return {} if agree(np.sort(right), np.sort(given.values)) else None


def _shifted(right: Numbers, given: Written) -> dict[str, Any] | None:
    for later, earlier in ((given.values[1:], right[:-1]), (given.values[:-1], right[1:])):
        if len(np.unique(earlier[np.isfinite(earlier)])) >= 3 and agree(earlier, later):
            return {}
    return None


def _differences(right: Numbers, given: Written) -> dict[str, Any] | None:
    later = given.values[1:]
    return {} if agree(np.diff(right), later) and not agree(right[1:], later) else None


USUALLY = (
    Turn(
        "rounded",
        _rounded,
        T(
            zh="像是取整或舍入过的：先别取整，或者多留几位小数。",
            en="that looks rounded or cut off: leave it as it is, or keep more decimals.",
        ),
        digits=2,
        rare=False,
    ),
    Turn(
        "upside_down",
        made(lambda right: 1 / right, lambda right: (right != 0).all()),
        T(
            zh="这是倒数，除反了：分子和分母换过来。",
            en="that is upside down: swap what is divided and what it is divided by.",
        ),
    ),
    Turn(
        "share_of_total",
        made(lambda right: right / np.nansum(right)),
        T(
            zh="这是占合计的比例，这里要数目本身：不要再除以合计。",
            en="that is the share of the total. The amounts themselves are wanted: do not divide by the total.",
        ),
        least=2,
        alone=False,
    ),
    Turn(
        "amounts",
        _amounts,
        T(
            zh="这是数目，这里要比例：除以合计（你的合计是 {total}）。",
            en="those are amounts. Shares are wanted: divide by the total (yours add up to {total}).",
        ),
        least=2,
        alone=False,
    ),
    Turn(
        "equal_parts",
        _all_one,
        T(
            zh="每个值都一样，是合计平均分成的：这里各不相同，要按权重（各自的大小）分。",
            en="all values are the same, equal parts of the total. They differ: share it out by weight, each by its own size.",
        ),
        digits=3,
        least=3,
        alone=False,
    ),
    Turn(
        "cumulated",
        made(np.nancumsum),
        T(
            zh="这是逐行累加的数：每一行只要它自己的，去掉 `cumsum`。",
            en="those are running totals. Each row wants its own value alone: drop `cumsum`.",
        ),
        least=3,
        alone=False,
    ),
    Turn(
        "cumulated_share",
        made(
            lambda right: np.nancumsum(right) / np.nansum(right), lambda right: not close(np.nansum(right), 1)
        ),
        T(
            zh="这是累计占比：既逐行累加了，又除以了合计。",
            en="those are running shares: added up row by row, and divided by the total.",
        ),
        least=3,
        alone=False,
    ),
    Turn(
        "differences",
        _differences,
        T(
            zh="这是每一行与上一行的差，这里要数目本身：去掉 `diff`。",
            en="those are the differences from row to row. The values themselves are wanted: drop `diff`.",
        ),
        least=4,
        alone=False,
    ),
    Turn(
        "backwards",
        made(lambda right: right[::-1]),
        T(
            zh="值的顺序整个倒过来了：每个值要和它自己的编号在一起。",
            en="the values stand in reverse: each value belongs to its own key.",
        ),
        least=3,
        alone=False,
    ),
    Turn(
        "keys_shifted",
        _shifted,
        T(
            zh="值都错开了一行：每一行拿到的是邻行的值。看看有没有多用 `shift`，或者拼接时差了一行。",
            en="the values are off by one row: each row holds its neighbour's. Look for a `shift`, or for lists put side by side one row apart.",
        ),
        least=5,
        alone=False,
    ),
    Turn(
        "rank",
        _rank,
        T(
            zh="这是名次（第几名），这里要数值本身：去掉 `rank`。",
            en="those are ranks, first, second, third. The values themselves are wanted: drop `rank`.",
        ),
        least=5,
        alone=False,
    ),
    *(turn for factor in USUAL for turn in _times(factor, FACTORS[factor])),
)


def _total(right: Numbers, given: Written) -> dict[str, Any] | None:
    """Tell a lone total from its average, or a count from its share: the one is a whole number of times the other.

    A share of few is a simple fraction, of which many a whole number is a multiple; it is not told.
    """
    if len(right) > 1 or not right[0] or written_digits(right[0]) < COMPUTED:
        return None
    times = given.values[0] / right[0]
    few = abs(Fraction(float(right[0])).limit_denominator(MOST_PARTS).numerator) < LEAST_PART
    if not LEAST_TIMES <= times <= MOST_PARTS or (few and whole(given.values)):
        return None
    if abs(times - round(times)) > min(1e-9 * times, 1e-5):
        return None
    return {"n": shown(float(round(times)))}


def _mean(right: Numbers, given: Written) -> dict[str, Any] | None:
    return _total(given.values, Written(right)) if len(right) == 1 else None


def _offset(right: Numbers, given: Written) -> dict[str, Any] | None:
    off = (given.values - right)[np.isfinite(right) & ~given.hollow]
    if len(np.unique(right[np.isfinite(right)])) < 3 or not len(off):
        return None
    by = np.median(off)
    if not given.agree(right + by):
        return None
    return {
        "more": T(zh="多", en="too much") if by > 0 else T(zh="少", en="too little"),
        "by": shown(abs(by)),
    }


def _factor(right: Numbers, given: Written) -> dict[str, Any] | None:
    some = np.isfinite(right) & (right != 0)
    if len(np.unique(right[some])) < 3:
        return None
    by = np.median(given.values[some] / right[some])
    return {"by": shown(by)} if by and given.agree(right * by) else None


def _stretched(right: Numbers, given: Written) -> dict[str, Any] | None:
    span, known = np.ptp(right[np.isfinite(right)]), right[np.isfinite(right)]
    if not span or len(np.unique(known)) < 5:
        return None
    ways = [(right - known.min()) / span, *((right - known.mean()) / known.std(ddof=ddof) for ddof in (0, 1))]
    return {} if any(given.agree(way) for way in ways) else None


RARELY = (
    Turn(
        "square",
        made(np.square, lambda right: (right >= 0).all()),
        T(
            zh="这是答案的平方：是不是还差一步开方？",
            en="that is squared: is a square root still to be taken?",
        ),
        digits=5,
    ),
    Turn(
        "root",
        made(np.sqrt, lambda right: (right >= 0).all()),
        T(zh="这是答案的平方根：开方多做了一步。", en="that is the square root: one step too many."),
        digits=5,
    ),
    *(
        Turn(
            name,
            made(log, lambda right: (right > 0).all()),
            T(
                zh="这是取了对数的值：这里要原来的数，不要 `log`。",
                en="those are logarithms. The values as they are are wanted, without `log`.",
            ),
            digits=5,
        )
        for name, log in (("log", np.log), ("log_plus_one", np.log1p), ("log10", np.log10))
    ),
    *(turn for factor, why in FACTORS.items() if factor not in USUAL for turn in _times(factor, why)),
    Turn(
        "standardised",
        _stretched,
        T(
            zh="这是标准化以后的值：这里要原来的单位。",
            en="those are standardised values. The original unit is wanted.",
        ),
        least=5,
        alone=False,
    ),
)
LAST = (
    Turn(
        "total",
        _total,
        T(
            zh="正好是答案的 {n} 倍：像是合计（或者数目），这里要平均（或者比例），再除以 {n}。",
            en="that is exactly {n} times what it should be: a total, or a count, where an average, or a share, is wanted: divide by {n}.",
        ),
        digits=2,
        rare=False,
    ),
    Turn(
        "average",
        _mean,
        T(
            zh="正好是答案的 {n} 分之一：像是平均（或者比例），这里要合计（或者数目），不要除以 {n}。",
            en="that is exactly what it should be, divided by {n}: an average, or a share, where the total, or the count, is wanted.",
        ),
        digits=5,
        rare=False,
    ),
    Turn(
        "offset",
        _offset,
        T(
            zh="每个值都{more}了 {by}：到处差得一样多，说明起点（比如哪一天算“今天”）不同。",
            en="every value is {by} {more}: the same difference everywhere, so the starting point (which day is today, say) is another one.",
        ),
        digits=6,
        least=3,
        alone=False,
    ),
    Turn(
        "factor",
        _factor,
        T(
            zh="每个值都是答案的 {by} 倍，到处是同一个倍数：也许单位不同，或者除以的数不同；也许漏了（或多做了）一步，比如乘上增长。",
            en="every value is {by} times what it should be, the same factor everywhere. Perhaps the unit differs, or the number you divided by; perhaps a step is left out or done twice, such as a growth that all are multiplied by.",
        ),
        digits=8,
        least=3,
        alone=False,
    ),
    Turn(
        "misplaced",
        _misplaced,
        T(
            zh="这些数都对，但有的放到了别人名下：也许排序或拼接时，值和编号分开了；也许条件反了，或者取了另一头的（最大的当成最小的）。",
            en="the numbers are the right ones, but some stand at another key. Perhaps sorting or joining has parted values from their ids; perhaps a condition is turned round, or the other end was taken, the largest for the smallest.",
        ),
        digits=6,
        least=3,
        alone=False,
    ),
)
TIERS: tuple[tuple[Turn, ...], ...] = (COMMON, USUALLY, RARELY, LAST)
"""The plainest explanations first; one of a later row is sought only where none of an earlier row fits."""


def turned(
    right: Numbers, given: Numbers, more: float = 0, tiers: tuple[tuple[Turn, ...], ...] = TIERS
) -> tuple[str, T] | None:
    """Name what became of the right numbers; two explanations of one row are a coincidence, and neither is told.

    >>> turned(np.array([0.3718]), np.array([37.2]))[1].en
    'that is in per cent. A share is wanted: 0.372.'
    >>> turned(np.array([4.0]), np.array([16.0])) is None
    True
    """
    written = Written(given)
    for tier in tiers:
        with np.errstate(all="ignore"):
            fitting = {
                turn.name: text for turn in tier if (text := turn.told(right, written, more)) is not None
            }
        if "share_of_total" in fitting:  # also of a total that is a round number
            return "share_of_total", fitting["share_of_total"]
        if fitting:
            return next(iter(fitting.items())) if len(fitting) == 1 else None
    return None
