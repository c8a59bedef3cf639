"""How a wrong answer was made from the right one, or from a listed mistake, whatever the exercise.

Layers for `diagnose.py`. `related`: what was given is the right answer in per cent, cumulated, without its ids, …
`another_answer`: it is right, but for another exercise of the lesson. `from_mistake`: it is a listed mistake in another
form. `near_mistake`: it is nearly a listed mistake, or two of them at once. What fits by chance is not told:
`evidence.py` says how much must agree, and where two explanations fit alike, neither is told.
"""

from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd

from custseg_helpers.diagnosis.case import Case, cause_of
from custseg_helpers.diagnosis.company_numbers import company_number, factor_of_company
from custseg_helpers.diagnosis.compare import difference
from custseg_helpers.diagnosis.forms import in_form, shape_of
from custseg_helpers.diagnosis.found import Found
from custseg_helpers.diagnosis.knobs import EITHER
from custseg_helpers.diagnosis.values import plain
from custseg_helpers.relations.evidence import agree, evidence
from custseg_helpers.relations.keyed import column_of, is_number, numeric
from custseg_helpers.relations.related import BESIDES, RARER, SENTENCES, in_shape, related_to
from custseg_helpers.words.text import T, verbatim

OTHER_COUNT, OTHER_ANSWER = 3.0, 4.0
"""Digits by which the answer to another exercise is recognised, where both are whole numbers, and where not."""
NEAR_ROWS, NEAR_LEAST = 0.9, 10
"""Nearly a mistake: of the rows where either the answer or the mistake is wrong, both are so alike in 90 %, and in ten."""
KEYS_ASTRAY = 0.05
"""Up to this part of the rows may be missing for two columns to be held against each other."""
NEAR_NUMBER, APART = 5e-4, 20
"""Nearly a mistake: a number within 0.05 % of it, and twenty times as far from the right answer."""
SEVERAL_AT_ONCE = 5.0
"""Digits by which two listed mistakes at once are recognised."""

OFF_BY_ONE = ("plus_one", "minus_one")
REST_IS_RIGHT = T(zh="其余都对。", en="The rest is right.")
NEARLY = T(zh="你的结果和一个常见的错几乎一样：", en="Yours is nearly what a well-known mistake gives: ")
BOTH = T(
    zh="两处错碰到了一起。其一：{one} 其二：{other}", en="Two mistakes at once. One: {one} The other: {other}"
)
OTHER_EXERCISE = T(
    zh="你给的是另一题“{heading}”（`{id}`）的答案。看一看是不是用错了变量，或者再读一遍题目。",
    en="What you gave is the answer to another exercise, “{heading}” (`{id}`). Is it another variable than you meant? If not, read the task again.",
)


def related(case: Case) -> Found | None:
    """Recognise the right answer in another form."""
    found = _related_to(case.right, case)
    if found is None:
        return None
    names, text = found
    if names in OFF_BY_ONE and (known := company_number(case)):
        said = [EITHER, "· " + text, "· " + known.text]
        return Found(f"relation:{names}|{known.cause}", verbatim("\n").join(said))
    # Where the company has a name for the factor, it is called by it.
    if names in ("factor", "total", "average") and (divided := factor_of_company(case)):
        return divided
    alone = is_number(plain(case.right))  # of one number there is no rest
    return Found(f"relation:{names}", text if alone else SENTENCES.join([text, REST_IS_RIGHT]))


def another_answer(case: Case) -> Found | None:
    """Recognise the right answer to another exercise of the lesson."""
    given = plain(case.given)
    shape = shape_of(given)
    if isinstance(given, str) or _digits(given) < OTHER_COUNT:
        return None
    for identity, heading, value in case.others():
        counts = is_number(value) and float(value).is_integer()
        if shape_of(value) != shape or (not counts and _digits(given) < OTHER_ANSWER):
            continue
        if hasattr(value, "__len__") and len(value) != len(given):
            continue
        if difference(value, case.given) is None:
            return Found(
                f"relation:answer_to={identity}", OTHER_EXERCISE.format(id=identity, heading=heading)
            )
    return None


def from_mistake(case: Case) -> Found | None:
    """Recognise a listed mistake in another form; two that would come to the same are not told apart, nor told.

    Any factor will not do: many a mistake is one itself, and then so is whatever has the right proportions.
    """
    found = [
        (wrong, names, text)
        for wrong in case.wrongs
        if (made := _related_to(wrong.value, case, RARER)) is not None
        for names, text in [made]
        if not names.endswith("factor") and not _undone(wrong.value, case.right, names)
    ]
    if len(found) != 1:
        return None
    wrong, names, text = found[0]
    return Found(f"relation:{names}+{cause_of(wrong.name)}", SENTENCES.join([text, BESIDES + wrong.advice]))


def near_mistake(case: Case) -> Found | None:
    """Recognise what is nearly a listed mistake, within the bounds above, or two listed mistakes at once."""
    values = [plain(case.right), plain(case.given), *(plain(wrong.value) for wrong in case.wrongs)]
    columns = _on_same_keys(values)
    right, given, *wrongs = columns or values
    known = list(zip(case.wrongs, wrongs, strict=True))
    near = [wrong for wrong, value in known if value is not None and _nearly(right, value, given)]
    if len(near) == 1:
        return Found(f"relation:nearly+{cause_of(near[0].name)}", NEARLY + near[0].advice)
    both = [
        (one, other)
        for (one, first), (other, second) in combinations(known, 2)
        if not near and first is not None and second is not None and _both(right, first, second, given)
    ]
    if len(both) != 1:
        return None
    one, other = both[0]
    text = BOTH.format(one=one.advice, other=other.advice)
    return Found(f"relation:both+{cause_of(one.name)}+{cause_of(other.name)}", text)


def _related_to(value: Any, case: Case, more: float = 0) -> tuple[str, T] | None:
    """Look at an answer in the form of the right one, and where that tells nothing, as it was handed in."""
    value = plain(value)
    # What has the form of the right answer has that of a mistake of the same shape.
    given = case.given if shape_of(value) == shape_of(case.right) else in_form(value, case.given)
    found = related_to(value, given, more)
    return found if found or case.answer is None else in_shape(value, plain(case.answer))


def _undone(wrong: Any, right: Any, names: str) -> bool:
    """Tell whether a form leads from a mistake back to the right answer: then neither was made."""
    back = related_to(plain(wrong), plain(right))
    return back is not None and back[0].rpartition("+")[2] == names.rpartition("+")[2]


def _digits(given: Any) -> float:
    """Count the digits for which an exact agreement with this value stands."""
    if is_number(given):
        return evidence(np.array([float(given)]))
    return 0 if isinstance(given, str) or not hasattr(given, "__len__") else 2.0 * len(given)


def _nearly(right: Any, wrong: Any, given: Any) -> bool:
    if all(is_number(side) for side in (right, wrong, given)):
        off = abs(given - wrong)
        return bool(off <= NEAR_NUMBER * abs(wrong) and abs(wrong - right) >= APART * off)
    if all(isinstance(side, (list, set)) for side in (right, wrong, given)):
        sets = [set(map(str, side)) for side in (right, wrong, given)]
        return _alike(sets[1] ^ sets[0], sets[2] ^ sets[0])
    if not all(isinstance(side, pd.Series) for side in (right, wrong, given)):
        return False
    off_wrong, off_given = _rows_off(right, wrong), _rows_off(right, given)
    alike = off_wrong & ~_rows_off(wrong, given)
    return bool(alike.sum() >= NEAR_LEAST and alike.sum() >= NEAR_ROWS * (off_wrong | off_given).sum())


def _alike(one: set[str], other: set[str]) -> bool:
    return len(one & other) >= max(NEAR_LEAST, NEAR_ROWS * len(one | other))


def _on_same_keys(values: list[Any]) -> list[pd.Series | None] | None:
    """Return columns on the keys of the first two; one that has other keys is none of them."""
    first = values[0]
    if not isinstance(first, pd.Series):
        return None
    columns = [
        column_of(value, first) if isinstance(value, (pd.Series, pd.DataFrame)) else None for value in values
    ]
    if columns[0] is None or columns[1] is None or not columns[0].index.is_unique:
        return None
    keys = columns[0].index
    found = [
        column.reindex(keys)
        if column is not None
        and column.index.is_unique
        and keys.isin(column.index).sum() >= (1 - KEYS_ASTRAY) * len(keys)
        else None
        for column in columns
    ]
    return None if found[1] is None else found


def _rows_off(one: pd.Series, other: pd.Series) -> np.ndarray:
    if numeric(one) and numeric(other):
        left, right = (side.to_numpy(float, na_value=np.nan) for side in (one, other))
        return ~np.isclose(left, right, rtol=1e-6, atol=1e-9, equal_nan=True)
    return np.asarray(~((one.to_numpy() == other.to_numpy()) | (one.isna() & other.isna()).to_numpy()))


def _both(right: Any, one: Any, other: Any, given: Any) -> bool:
    """Tell whether two mistakes at once give this: each changes the answer by a factor, or by a difference."""
    sides = (right, one, other, given)
    if all(is_number(side) for side in sides):
        numbers = [np.array([float(side)]) for side in sides]
    elif all(isinstance(side, pd.Series) and numeric(side) for side in sides):
        numbers = [side.to_numpy(float, na_value=np.nan) for side in sides]
    else:
        return False
    with np.errstate(all="ignore"):
        made = (numbers[1] * numbers[2] / numbers[0], numbers[1] + numbers[2] - numbers[0])
    # Two that undo each other come to the right answer: then what is amiss is something else.
    fits = any(agree(one, numbers[3]) and not agree(one, numbers[0]) for one in made)
    return fits and min(map(evidence, numbers)) >= SEVERAL_AT_ONCE
