"""Who differs: the simplest fact that fits all customers (orders, days, products) that differ, and nobody else.

A fact is told only if it would hardly fit by chance. Of `n` keys picked blindly out of `N`, every choice is as likely as
any other; so a family of `m` facts, each true of `n` keys, fits "all and only" with chance `m / C(N, n)` at most. Facts
are looked for in the order of how short they are to say: one trait, a value met exactly, a range, two traits at once;
then a trait that all differing keys have and others have too, by the same count. The bound is `CHANCE` a family.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from math import lgamma, log
from numbers import Number
from typing import Any

import numpy as np
import pandas as pd

from custseg_helpers.diagnosis.compare import same_values
from custseg_helpers.diagnosis.found import Found
from custseg_helpers.diagnosis.traits import KINDS, NOTHING, Trait, Traits, kind_of, traits_of
from custseg_helpers.words.text import T, listed, verbatim

CHANCE = 1e-3
"""The chance, a family of facts, that one of them fits a set of keys picked blindly."""
MOST_LINES = 4
"""So many values at most are told as "exactly 30, 60, 90 or 180"."""
TOO_MANY = 200_000
"""With more keys than this no two traits are tried together."""
EXAMPLES = 3
MOST_LABELS = 20
"""An answer with more different values than this is no label."""
LEAST_ALIKE = 10
"""So many must have been given the same label before they are looked at apart; fewer often share one by chance."""
RARE = 1 / 200
"""So many groups at most, as a share of the count, or one would fit by chance."""
LEAST_MONEY = 100.0
"""Yuan; smaller sums are too common."""
FEWEST = 10
"""An answer with fewer keys is read at a glance: where it differs is said, not who."""
SMALLEST_GROUP = 10
"""A count that is off by less than this is off by too many things at once."""

LINE = T(
    zh="正好在线上的算哪一边？看看该用 `<=` 还是 `<`，`>=` 还是 `>`。",
    en="On which side are those exactly on the line? Look whether `<=` or `<`, `>=` or `>` is right.",
)
ROLES = {
    "surplus": T(zh="多了 {n} {kind}：", en="{n} {kind} too many: "),
    "missing": T(zh="少了 {n} {kind}：", en="{n} {kind} are missing: "),
    "high": T(zh="有 {n} {kind}的值偏大：", en="{n} {kind} have too high a value: "),
    "low": T(zh="有 {n} {kind}的值偏小：", en="{n} {kind} have too low a value: "),
    "other": T(zh="有 {n} {kind}的值不对：", en="{n} {kind} have another value: "),
}
CALLED = T(zh="在你写成“{called}”的里面，", en="of those you gave “{called}”, ")
EXACTLY = T(zh="正好就是{says}的那些。", en="exactly those {who} {says}. ")
ALONE = T(zh="正好就是{says}的那些，其余的都对。", en="exactly those {who} {says}; all others are right. ")
SHARED = T(
    zh="它们都属于“{says}”（另有 {also} 个也属于，却没有错）。",
    en="all of them {says} ({also} others do, too, and are right). ",
)
IN_COUNT = T(
    zh="你的数{side}了 {gap}，正好是{says}的{kind}的数目。",
    en="Yours is {gap} {side}: exactly the number of {kind} {who} {says}. ",
)
IN_MONEY = T(
    zh="你的数{side}了 {gap} 元，正好是{says}的{kind}的金额。",
    en="Yours is {gap} yuan {side}: exactly what the {kind} {who} {says} add up to. ",
)
TWICE_THE_MONEY = T(
    zh="你的数{side}了 {gap} 元，正好是{says}的{kind}的金额的两倍：该减的成了加，或者算了两遍。",
    en="Yours is {gap} yuan {side}: exactly twice what the {kind} {who} {says} add up to, "
    "added instead of taken off, or counted twice. ",
)
COUNTED = {
    "customers": (
        "never_bought",
        "bought_once",
        "has_returns",
        "only_returned",
        "on_snapshot_day",
        "orders_after_snapshot",
        "unregistered",
        "joined_after_snapshot",
        "test_or_staff",
        "no_birth_year",
        "no_gender",
    ),
    "orders": ("return", "after_snapshot", "no_customer"),
    "lines": ("return", "free", "double", "after_snapshot", "no_customer_id"),
}
"""The groups that a count of each kind is held against: few, so that none fits by chance."""
BOTH = T(zh="{one}、而且{two}", en="{one} and {two}")


@dataclass(frozen=True)
class Fact:
    """A fact that fits: its name for machines, how it is said, where to look, and whether others have it, too."""

    name: str
    says: T
    look: T
    also: int = 0
    """how many have it without differing; 0 where it fits all and only them"""


def fact_of(known: Traits, among: np.ndarray, differ: np.ndarray) -> Fact | None:
    """Return the simplest fact that is true of the keys that `differ`, `among` those that could.

    >>> from custseg_helpers.company.company import load_sample
    >>> from custseg_helpers.diagnosis.traits import traits_of
    >>> known = traits_of(load_sample("retail"), "customers")
    >>> born = known.values["birth_year"]
    >>> everyone = np.ones(len(known.keys), bool)
    >>> fact_of(known, everyone, np.isnan(born)).says.en
    'have no birth year'
    >>> fact_of(known, everyone, born >= 1990).says.en
    'were born in 1990 or more'
    """
    differ = differ[among]
    size, picked = len(differ), int(differ.sum())
    if not 0 < picked < size:
        return None
    search = _Search(known, among, differ)
    families = (search.single, search.on_the_line, search.beyond, search.between, search.pair, search.shared)
    return next((fact for family in families if (fact := family()) is not None), None)


class _Search:
    """One search: the traits and measures of the keys among which some differ."""

    def __init__(self, known: Traits, among: np.ndarray, differ: np.ndarray):
        has = known.has[:, among]
        count = has.sum(axis=1)
        telling = np.flatnonzero((count > 0) & (count < len(differ)))
        self.traits = [known.traits[i] for i in telling]
        self.has, self.count = has[telling], count[telling]
        self.differ, self.size, self.picked = differ, len(differ), int(differ.sum())
        self.says = {measure.name: measure.says for measure in known.measures}
        self.values = {name: column[among] for name, column in known.values.items()}
        self.fits_all = self.has[:, differ].all(axis=1)

    def by_chance(self, facts: float, held_by: int | None = None) -> bool:
        """Tell whether one of so many facts, each true of `held_by` keys, would fit a blind choice too often."""
        held_by = self.picked if held_by is None else held_by
        odds = _log_choose(held_by, self.picked) - _log_choose(self.size, self.picked)
        return facts > 0 and log(facts) + odds > log(CHANCE)

    def single(self) -> Fact | None:
        exact = np.flatnonzero(self.fits_all & (self.count == self.picked))
        rivals = int((self.count == self.picked).sum())
        if not len(exact) or self.by_chance(rivals):
            return None
        trait = self.traits[exact[0]]
        return Fact(trait.name, trait.says, trait.look)

    def on_the_line(self) -> Fact | None:
        """A few values that all differing keys have exactly, and no other key has."""
        for name, column in self.values.items():
            lines = np.unique(column[self.differ])
            if len(lines) > MOST_LINES or np.isnan(lines).any() or np.isin(column[~self.differ], lines).any():
                continue
            known = len(np.unique(column[np.isfinite(column)]))
            if self.by_chance(len(self.values) * np.exp(_log_choose(known, len(lines)))):
                continue
            if len(lines) > 1 and _neighbours(column, lines):
                continue
            return Fact(
                f"{name}=" + "|".join(_value(name, line) for line in lines),
                _exactly(self.says[name], name, lines),
                LINE,
            )
        return None

    def beyond(self) -> Fact | None:
        """All keys above a value, or all below one."""
        if self.by_chance(2 * len(self.values)):
            return None
        for name, column in self.values.items():
            inside, outside = column[self.differ], column[~self.differ]
            if np.isnan(inside).any():
                continue
            outside = outside[np.isfinite(outside)]
            if not len(outside):
                continue
            if inside.min() > outside.max():
                return Fact(
                    f"{name}>={inside.min():g}", _bounded(self.says[name], name, inside.min(), None), NOTHING
                )
            if inside.max() < outside.min():
                return Fact(
                    f"{name}<={inside.max():g}", _bounded(self.says[name], name, None, inside.max()), NOTHING
                )
        return None

    def between(self) -> Fact | None:
        if self.by_chance(self.size * len(self.values)):
            return None
        for name, column in self.values.items():
            inside = column[self.differ]
            low, high = inside.min(), inside.max()
            if np.isfinite(low + high) and not ((column >= low) & (column <= high))[~self.differ].any():
                return Fact(f"{low:g}<={name}<={high:g}", _bounded(self.says[name], name, low, high), NOTHING)
        return None

    def pair(self) -> Fact | None:
        """Two traits that only the differing keys have both."""
        able = np.flatnonzero(self.fits_all)
        if self.size > TOO_MANY or len(able) < 2:
            return None
        sets = self.has[able].astype(np.float32)
        rows, columns = np.nonzero(np.triu(sets @ sets.T, 1) == self.picked)
        if not len(rows):
            return None
        sets = self.has.astype(np.float32)
        if self.by_chance(int((np.triu(sets @ sets.T, 1) == self.picked).sum())):
            return None
        one, two = self.traits[able[rows[0]]], self.traits[able[columns[0]]]
        return Fact(f"{one.name}+{two.name}", BOTH.format(one=one.says, two=two.says), one.look or two.look)

    def shared(self) -> Fact | None:
        """A trait that all differing keys have, and few enough others for that to tell something."""
        able = [i for i in np.flatnonzero(self.fits_all) if 2 * self.count[i] <= self.size]
        for i in sorted(able, key=lambda i: self.count[i]):
            if not self.by_chance(len(self.traits), int(self.count[i])):
                trait = self.traits[i]
                return Fact(trait.name, trait.says, trait.look, int(self.count[i]) - self.picked)
        return None


@dataclass(frozen=True)
class Part:
    """Some keys of an answer that are not as they should be, among those that could be."""

    role: str
    """`surplus`, `missing`, `high`, `low` or `other`"""
    keys: pd.Index
    among: pd.Index
    yours: pd.Series | None = None


def who_differs(right: Any, given: Any, company: Any) -> Found | None:
    """Describe the customers (orders, products, days …) that an answer has too many, lacks, or gives another value.

    A number is held against the groups of the company: "312 too many: exactly those who never bought".
    """
    if isinstance(right, Number) and isinstance(given, Number):
        return group_of_gap(float(right), float(given), company)  # type: ignore[arg-type]
    parts = list(parts_of(right, given))
    if not parts or company is None:
        return None
    known = kind_of(parts[0].among, company)
    if known is None:
        return None
    told = [found for part in parts if (found := _told(part, known))]
    if not told:
        return None
    return Found(told[0].cause, verbatim("\n").join(found.text for found in told))


def count_groups(right: Any, company: Any) -> None:
    """Count the groups that answers of this form are held against, before one is: they are kept with the company."""
    if isinstance(right, Number):
        _sizes(company)
        _worths(company)
    elif (keys := _keys_of(right)) is not None:
        kind_of(keys, company)


def parts_of(right: Any, given: Any) -> Iterator[Part]:
    """Yield the keys that are too many, that are missing, and whose value differs, each among those that could be.

    >>> right = pd.Series(range(20), index=[f"C{n}" for n in range(20)])
    >>> [(part.role, list(part.keys)) for part in parts_of(right, right.drop("C3").replace(7, 9))]
    [('missing', ['C3']), ('high', ['C7'])]
    """
    wanted, got = _keys_of(right), _keys_of(given)
    if wanted is None or got is None or len(wanted) < FEWEST or not len(wanted.intersection(got)):
        return
    surplus, missing = got.difference(wanted, sort=False).unique(), wanted.difference(got, sort=False)
    if len(surplus):
        yield Part("surplus", surplus, wanted)
    if len(missing):
        yield Part("missing", missing, wanted)
    sides = _values(right, given)
    if sides is None or not got.is_unique or not wanted.is_unique:
        return
    both = wanted.intersection(got, sort=False)
    wanted_values, values = (side.loc[both] for side in sides)
    differ = ~_alike(wanted_values, values)
    if 0 < differ.sum() < len(both):
        column = values.iloc[:, 0] if values.shape[1] == 1 else None
        role = "other" if column is None else _direction(wanted_values.iloc[:, 0][differ], column[differ])
        yield Part(role, both[differ], both, column)


def _told(part: Part, known: Traits) -> Found | None:
    differ = known.keys.isin(part.keys)
    if differ.sum() < len(part.keys):
        return None
    among = known.keys.isin(part.among)
    choices = [np.ones(len(among), bool), ~among] if part.role == "surplus" else [among]
    for choice in choices:
        if fact := fact_of(known, choice, differ):
            return _say(part, known, fact)
    if part.yours is None or part.role in ("surplus", "missing"):
        return None
    same = part.yours.loc[part.keys].unique()
    if len(same) == 1 and len(part.keys) >= LEAST_ALIKE and part.yours.nunique() <= MOST_LABELS:
        called = known.keys.isin(part.yours.index[(part.yours == same[0]).to_numpy()])
        if fact := fact_of(known, called, differ):
            return _say(part, known, fact, same[0])
    return None


def _say(part: Part, known: Traits, fact: Fact, called: Any = None) -> Found:
    noun = KINDS[known.kind]
    words = dict(
        n=f"{len(part.keys):,}",
        kind=noun.one if len(part.keys) == 1 else noun.many,
        who=noun.who,
        says=fact.says,
        also=f"{fact.also:,}",
    )
    alone = called is None and part.role not in ("surplus", "missing")
    said = [
        ROLES[part.role],
        NOTHING if called is None else CALLED.format(called=_shown(called)),
        SHARED if fact.also else ALONE if alone else EXACTLY,
    ]
    told = [*(text.format(**words) for text in said), _examples(part), fact.look]
    return Found(f"who:{fact.name}", verbatim("").join(told))


def _examples(part: Part) -> T:
    def shown(key: Any) -> T:
        if part.yours is None:
            return verbatim(key)
        return T(zh="{key}（你的：{value}）", en="{key} (yours: {value})").format(
            key=key, value=_shown(part.yours.loc[key])
        )

    return T(zh="例如：{some}。", en="For example: {some}. ").format(
        some=listed([shown(key) for key in part.keys[:EXAMPLES]])
    )


def group_of_gap(right: float, given: float, company: Any) -> Found | None:
    """Say which group of the company is exactly as large, or worth as much, as a number is off.

    >>> from custseg_helpers.company.company import load_sample
    >>> group_of_gap(2623, 3000, load_sample("retail")).cause
    'who:never_bought'
    """
    gap = given - right
    if company is None or not np.isfinite(gap):
        return None
    side = T(zh="多", en="too much") if gap > 0 else T(zh="少", en="too little")

    def told(form: T, kind: str, trait: Trait) -> Found:
        noun = KINDS[kind]
        words = dict(gap=_shown(abs(gap)), side=side, kind=noun.bare, who=noun.who, says=trait.says)
        return Found(f"who:{trait.name}", form.format(**words) + trait.look)

    whole = given == round(given)
    if whole and right == round(right) and abs(gap) >= SMALLEST_GROUP:
        scale = max(abs(right), abs(given))
        groups = [group for group in _sizes(company) if group[-1] <= scale]
        if len({size for *_, size in groups}) <= RARE * scale:
            for kind, trait, size in groups:
                if size == abs(gap):
                    return told(IN_COUNT, kind, trait)
    for kind, trait, worth in _worths(company):
        within = 0.5 if whole and abs(worth) >= 100 * LEAST_MONEY else 0.011
        for times, form in ((1, IN_MONEY), (2, TWICE_THE_MONEY)):
            if abs(worth) >= LEAST_MONEY and abs(abs(gap) - times * abs(worth)) <= within:
                return told(form, kind, trait)
    return None


@lru_cache(maxsize=16)
def _sizes(company: Any) -> tuple[tuple[str, Trait, int], ...]:
    """Return how many customers, orders and lines belong to each group that a count may wrongly hold or lack."""
    return tuple(
        (kind, trait, int(row.sum()))
        for kind in COUNTED
        for known in (traits_of(company, kind),)
        for trait, row in zip(known.traits, known.has, strict=True)
        if trait.name in COUNTED[kind]
    )


@lru_cache(maxsize=16)
def _worths(company: Any) -> tuple[tuple[str, Trait, float], ...]:
    """Return the net yuan of each group of order lines."""
    known = traits_of(company, "lines")
    return tuple(
        ("lines", trait, float(np.nansum(known.values["amount"][row])))
        for trait, row in zip(known.traits, known.has, strict=True)
    )


def _log_choose(n: int, k: int) -> float:
    return lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1) if 0 <= k <= n else float("-inf")


def _neighbours(column: np.ndarray, lines: np.ndarray) -> bool:
    """Tell whether values follow each other without another between them: then they are a range."""
    inside = (column >= lines[0]) & (column <= lines[-1])
    return bool(np.isin(column[inside], lines).all())


def _keys_of(value: Any) -> pd.Index | None:
    """Return what an answer is about: its index, its column of ids, or the items of a list."""
    if isinstance(value, (list, tuple, set, frozenset, np.ndarray)):
        items = list(value)
        return (
            _text(pd.Index(items))
            if all(isinstance(item, (str, int, np.integer)) for item in items)
            else None
        )
    if isinstance(value, pd.Index):
        return _text(value)
    if isinstance(value, (pd.Series, pd.DataFrame)) and not isinstance(value.index, pd.MultiIndex):
        return _text(value.index)
    return None


def _text(keys: pd.Index) -> pd.Index:
    if not pd.api.types.is_numeric_dtype(keys):
        keys = pd.Index([str(key).strip() for key in keys.to_numpy(object)], dtype=object)
    return keys.astype(object)


def _values(right: Any, given: Any) -> tuple[pd.DataFrame, pd.DataFrame] | None:
    """Return the values of both answers in columns that both have, under their keys as text."""
    frames = [
        value.to_frame("value") if isinstance(value, pd.Series) else value
        for value in (right, given)
        if isinstance(value, (pd.Series, pd.DataFrame))
    ]
    if len(frames) < 2:
        return None
    wanted, got = (frame.set_axis(_text(frame.index)) for frame in frames)
    if isinstance(right, pd.Series) and got.shape[1] == 1:
        got = got.set_axis(["value"], axis=1)
    columns = [column for column in wanted.columns if column in got.columns]
    return (wanted[columns], got[columns]) if columns else None


def _alike(wanted: pd.DataFrame, got: pd.DataFrame) -> np.ndarray:
    return np.logical_and.reduce([same_values(wanted[column], got[column]) for column in wanted.columns])


def _direction(wanted: pd.Series, got: pd.Series) -> str:
    if not all(
        pd.api.types.is_numeric_dtype(side) and not pd.api.types.is_bool_dtype(side) for side in (wanted, got)
    ):
        return "other"
    return "high" if (got > wanted).all() else "low" if (got < wanted).all() else "other"


def _is_day(name: str) -> bool:
    return name.endswith("_date")


def _value(name: str, number: float) -> str:
    if _is_day(name):
        return str(np.datetime64(int(number), "D"))
    return f"{number:.0f}" if name == "birth_year" else _shown(number)


def _shown(value: Any) -> str:
    """Write a value as people do: thousands apart, at most four decimals, no `.0`.

    >>> _shown(1234.5), _shown(3.0), _shown("A")
    ('1,234.5', '3', 'A')
    """
    if isinstance(value, Number) and not isinstance(value, (bool, np.bool_)):
        return f"{float(value):,.4f}".rstrip("0").rstrip(".")  # type: ignore[arg-type]
    return str(value)


def _exactly(says: T, name: str, lines: np.ndarray) -> T:
    words = T(zh="正好是 {lines} ", en="on {lines}" if _is_day(name) else "exactly {lines}")
    return says.format(v=words.format(lines=listed([_value(name, line) for line in lines])))


def _bounded(says: T, name: str, low: float | None, high: float | None) -> T:
    """Say a range; a side that is None is open."""
    form = {
        (True, False): (
            T(zh="不小于 {low} ", en="{low} or more"),
            T(zh="不早于 {low} ", en="on or after {low}"),
        ),
        (False, True): (
            T(zh="不大于 {high} ", en="{high} or less"),
            T(zh="不晚于 {high} ", en="on or before {high}"),
        ),
        (True, True): (
            T(zh="在 {low} 到 {high} 之间", en="{low} to {high}"),
            T(zh="在 {low} 到 {high} 之间", en="from {low} to {high}"),
        ),
    }[low is not None, high is not None][_is_day(name)]
    return says.format(
        v=form.format(
            low="" if low is None else _value(name, low), high="" if high is None else _value(name, high)
        )
    )
