"""Why an answer is wrong: one layer after the other is asked, the most helpful first, and the first that knows speaks."""

import re
from dataclasses import replace

from custseg_helpers.diagnosis.case import Case, cause_of
from custseg_helpers.diagnosis.company_columns import company_column
from custseg_helpers.diagnosis.company_numbers import company_number
from custseg_helpers.diagnosis.compare import difference, rounded_too_far
from custseg_helpers.diagnosis.detour import detour
from custseg_helpers.diagnosis.found import Found
from custseg_helpers.diagnosis.how_far import how_far
from custseg_helpers.diagnosis.knobs import nearest, two_knobs
from custseg_helpers.diagnosis.layers import NOT_IT, Layer, first_found
from custseg_helpers.diagnosis.parts import in_parts
from custseg_helpers.diagnosis.relations import another_answer, from_mistake, near_mistake, related
from custseg_helpers.diagnosis.values import plain
from custseg_helpers.relations.keyed import is_number
from custseg_helpers.relations.related import SENTENCES, related_to
from custseg_helpers.words.text import T

SMALL_COUNT = 20
"""A whole number below this is met by chance too easily for a cause to be told as sure."""
SURE = re.compile("mistake:|knob:|relation:|company:|who:")
PERHAPS = T(zh="也许是这样（数目小，也可能是碰巧）：", en="Perhaps (a number so small may agree by chance): ")


OTHER_SIDES = {
    "one_minus": T(
        zh="它正好是剩下的那一部分：1 减去答案。",
        en="It is the other part of the whole: 1 less what is asked.",
    ),
    "sign": T(zh="正负号正好反了。", en="The sign is turned round."),
    "upside_down": T(zh="它正好是倒数：除反了。", en="It is upside down: 1 divided by what is asked."),
}


def diagnose(case: Case) -> Found:
    """Say why an answer is wrong; the last layer always has something to say.

    >>> from custseg_helpers.diagnosis.case import Wrong
    >>> wrong = Wrong("sum", 12.0, T(zh="你求的是和。", en="You took the sum."))
    >>> diagnose(Case(4.0, 12.0, None, difference, (wrong,))).cause
    'mistake:sum'
    >>> diagnose(Case(4.0, 5.37, None, difference, (wrong,))).cause
    'differs:high'
    """
    return _perhaps(case, first_found(LAYERS, case) or NOT_IT)


def _perhaps(case: Case, found: Found) -> Found:
    """Say of a small count that what was found may be chance: many a way leads to 3 or 12.

    >>> from custseg_helpers.diagnosis.case import Wrong
    >>> wrong = Wrong("lines", 12, T(zh="你数的是行。", en="You counted lines."))
    >>> diagnose(Case(7, 12, None, difference, (wrong,))).text.en
    'Perhaps (a number so small may agree by chance): You counted lines.'
    """
    counts = isinstance(case.right, int) and is_number(case.given)
    if not counts or case.given % 1 or abs(case.given) >= SMALL_COUNT or not SURE.match(found.cause):
        return found
    return replace(found, text=PERHAPS + found.text)


def listed_mistake(case: Case) -> Found | None:
    """Recognise a mistake that the author of the exercise has listed, or a choice of the answer made otherwise.

    What has too few digits left to tell it from the right answer is not taken for a mistake.
    """
    fits = nearest(case.wrongs, case)
    if not fits:
        return None
    exact = case.differs(fits[0].value, case.given, rounding=False) is None
    if not exact and _lacks_digits(case):
        return None
    return Found(cause_of(fits[0].name), SENTENCES.join([fits[0].advice, *_other_side(case)]))


def _other_side(case: Case) -> list[T]:
    """Say of a mistake, where it is so, that it is the other part, the other sign, or upside down.

    >>> _other_side(Case(0.3672, 0.6328, None, difference))[0].en
    'It is the other part of the whole: 1 less what is asked.'
    >>> _other_side(Case(0.3672, 0.65, None, difference))
    []
    """
    related_so = related_to(plain(case.right), plain(case.given))
    return [OTHER_SIDES[related_so[0]]] if related_so and related_so[0] in OTHER_SIDES else []


def too_few_digits(case: Case) -> Found | None:
    """Recognise the right value with too few digits left of it."""
    if not _lacks_digits(case):
        return None
    if case.exact:
        text = T(
            zh="方向对，只是取整了：这里要一分不差，先别取整。",
            en="This looks right but rounded: here it must be exact to the last digit, so do not round.",
        )
        return Found("digits", text)
    text = T(
        zh="方向对，只是舍入得太多了：先别取整，至少留三位有效数字。",
        en="This looks right but rounded too far, or cut off: leave it as it is, or keep at least three digits that count.",
    )
    return Found("digits", text)


def _lacks_digits(case: Case) -> bool:
    return case.differs is difference and rounded_too_far(case.right, case.given)


def part_by_part(case: Case) -> Found | None:
    """Judge an answer of several parts one by one."""
    return in_parts(case, (*CAUSES, who), how_far)


def who(case: Case) -> Found | None:
    """Describe the customers, orders, products or days that differ."""
    from custseg_helpers.diagnosis.who_differs import who_differs

    return who_differs(case.right, case.given, case.company)


CAUSES: tuple[Layer, ...] = (
    listed_mistake,
    two_knobs,
    too_few_digits,
    related,
    company_number,
    company_column,
    another_answer,
    detour,
    from_mistake,
)
"""The layers that explain a whole value, also the value of one part."""
LAYERS: tuple[Layer, ...] = (*CAUSES, part_by_part, who, near_mistake, how_far)
"""Each layer looks at one kind of cause and returns None where it finds none; a new one is a line here."""
