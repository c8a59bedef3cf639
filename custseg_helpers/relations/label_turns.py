"""What becomes of right labels: scores the wrong way round, two names swapped, two groups in one, True for False."""

from typing import Any

import numpy as np
import pandas as pd

from custseg_helpers.words.glossary import term
from custseg_helpers.words.text import T, UserError, listed

MOST_LABELS = 20
"""A column with more different values than this holds no labels."""
LEAST_REPEATS = 8
"""So many rows must repeat what the others say: as many labels as rows could be called anything."""

TURNED_ROUND = T(
    zh="True 和 False 正好反了：条件写反了，前面加上 `~`。",
    en="True and False are the wrong way round: turn the condition, with `~` in front.",
)
REVERSED = T(
    zh="打分的方向反了：该得 {high} 的得了 {low}，该得 {low} 的得了 {high}。",
    en="the scores run the wrong way: who should have {high} has {low}, and the other way round.",
)
SWAPPED = T(
    zh="“{one}”和“{other}”互换了，别的组没有错。",
    en="“{one}” and “{other}” are swapped; the other groups are right.",
)
SWAPPED_TWO = T(
    zh="“{one}”和“{other}”互换了：组分对了，名字安反了。",
    en="“{one}” and “{other}” are swapped: the two groups are right, each under the other's name.",
)
OTHER_ORDER = T(
    zh="组分对了，名字安错了：{pairs}。",
    en="the groups are the right ones under the wrong names: {pairs}.",
)
OTHER_WORDS = T(
    zh="组分对了，名字要用题目里的：{pairs}。",
    en="the groups are the right ones; call them as the exercise does: {pairs}.",
)
FROM_OTHER_START = T(
    zh="数都差 {by}：分数应该从 {first} 数起，你的从 {yours} 数起。",
    en="all are off by {by}: scores begin at {first}, yours at {yours}.",
)
JOINED = T(
    zh="有的组合在了一起：你的“{yours}”里既有“{one}”，也有“{other}”。",
    en="some groups are in one: your “{yours}” holds both “{one}” and “{other}”.",
)
SPLIT = T(
    zh="分得太细：本来是一组的“{one}”，你分成了 {yours}。",
    en="too fine: what is one group, “{one}”, is split into {yours}.",
)
NOT_GROUPED = T(
    zh="这是分组用的数，还没有分组：按题目里的线把它们分成 {labels}。",
    en="those are the numbers that the groups are made of, not yet in groups: cut them at the exercise's lines into {labels}.",
)
BECOMES = T(zh="你的“{yours}”应该是“{right}”", en="your “{yours}” should be “{right}”")


def relabelled(right: pd.Series, given: pd.Series) -> tuple[str, T] | None:
    """Name what became of right labels; both columns are on the same keys.

    >>> right = pd.Series([5, 4, 3, 2, 1] * 3)
    >>> relabelled(right, 6 - right)[1].en
    'the scores run the wrong way: who should have 5 has 1, and the other way round.'
    """
    if (
        right.nunique() > MOST_LABELS
        or right.isna().any()
        or given.isna().any()
        or pd.api.types.is_datetime64_any_dtype(given)
    ):
        return None
    if _cut_from(right, given):
        return "not_grouped", NOT_GROUPED.format(labels=listed([_name(label) for label in right.unique()]))
    pairs = pd.DataFrame({"right": right.to_numpy(), "given": given.to_numpy()}).drop_duplicates()
    kinds = pairs.nunique()
    if kinds.min() < 2 or kinds.max() > MOST_LABELS or len(right) < kinds.max() + LEAST_REPEATS:
        return None
    if len(pairs) == kinds["given"] == kinds["right"]:
        return _renamed(dict(zip(pairs["right"], pairs["given"], strict=True)))
    if len(pairs) == kinds["right"]:
        given_label = pairs.loc[pairs["given"].duplicated(), "given"].iloc[0]
        one, other = pairs.loc[pairs["given"] == given_label, "right"].iloc[:2]
        return "joined", JOINED.format(yours=_name(given_label), one=_name(one), other=_name(other))
    if len(pairs) == kinds["given"]:
        one = pairs.loc[pairs["right"].duplicated(), "right"].iloc[0]
        pieces = pairs.loc[pairs["right"] == one, "given"].sort_values(key=lambda labels: labels.map(str))
        return "split", SPLIT.format(one=_name(one), yours=listed([_name(label) for label in pieces]))
    return None


def _cut_from(right: pd.Series, given: pd.Series) -> bool:
    """Tell whether labels were cut from given numbers: each label has a stretch of them to itself."""
    if (
        not pd.api.types.is_numeric_dtype(given)
        or given.nunique() <= right.nunique()
        or len(right) < MOST_LABELS
    ):
        return False
    if not 2 <= right.nunique() <= min(MOST_LABELS, len(right) / 3):
        return False
    ends = pd.Series(given.to_numpy()).groupby(right.to_numpy()).agg(["min", "max"]).sort_values("min")
    return bool((ends["max"].iloc[:-1].to_numpy() < ends["min"].iloc[1:].to_numpy()).all())


def _renamed(names: dict[Any, Any]) -> tuple[str, T] | None:
    """Name the change of labels that leaves the groups as they are."""
    changed = {right: given for right, given in names.items() if right != given}
    if set(names) == {True, False} == set(names.values()):
        return "turned_round", TURNED_ROUND
    if set(names) == set(names.values()):
        if _numbers(names):
            low, high = min(names), max(names)
            if len(names) > 2 and all(given == low + high - right for right, given in names.items()):
                return "reversed", REVERSED.format(low=low, high=high)
        if len(changed) == 2:
            one, other = changed
            text = SWAPPED_TWO if len(names) == 2 else SWAPPED
            return "swapped", text.format(one=_name(one), other=_name(other))
        return "other_order", OTHER_ORDER.format(pairs=_pairs(changed))
    if _numbers(names) and _numbers(dict.fromkeys(names.values())):
        steps = {given - right for right, given in names.items()}
        if len(steps) != 1:
            return None
        return "other_start", FROM_OTHER_START.format(
            by=abs(steps.pop()), first=min(names), yours=min(names.values())
        )
    return "other_words", OTHER_WORDS.format(pairs=_pairs(changed))


def _pairs(changed: dict[Any, Any]) -> T:
    some = list(changed.items())[:3]
    return listed([BECOMES.format(yours=_name(given), right=_name(right)) for right, given in some])


def _numbers(names: dict[Any, Any]) -> bool:
    return all(isinstance(name, (int, float, np.number)) and not isinstance(name, bool) for name in names)


def _name(label: Any) -> T | str:
    """Return what a label is called in both languages, where the glossary knows it."""
    try:
        return term(label) if isinstance(label, str) else str(label)
    except UserError:
        return str(label)
