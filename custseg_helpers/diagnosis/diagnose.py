"""Why an answer is wrong: one layer after the other is asked, the most helpful first, and the first that knows speaks."""

from collections.abc import Callable

from custseg_helpers.diagnosis.case import Case, cause_of
from custseg_helpers.diagnosis.company_columns import company_column
from custseg_helpers.diagnosis.company_numbers import company_number
from custseg_helpers.diagnosis.found import Found
from custseg_helpers.diagnosis.knobs import two_knobs
from custseg_helpers.diagnosis.relations import another_answer, from_mistake, near_mistake, related
from custseg_helpers.words.text import T


def diagnose(case: Case) -> Found:
    """Say why an answer is wrong; the last layer always has something to say.

    >>> from custseg_helpers.diagnosis.case import Wrong
    >>> from custseg_helpers.diagnosis.compare import difference
    >>> wrong = Wrong("sum", 12.0, T(zh="你求的是和。", en="You took the sum."))
    >>> diagnose(Case(4.0, 12.0, None, difference, (wrong,))).cause
    'mistake:sum'
    >>> diagnose(Case(4.0, 5.0, None, difference, (wrong,))).cause
    'differs'
    """
    return next(found for layer in LAYERS if (found := layer(case)) is not None)


def listed_mistake(case: Case) -> Found | None:
    """Recognise a mistake that the author of the exercise has listed, or a choice of the answer made otherwise."""
    for rounding in (False, True):
        for wrong in case.wrongs:
            if case.differs(wrong.value, case.given, rounding=rounding) is None:
                return Found(cause_of(wrong.name), wrong.advice)
    return None


def where_it_differs(case: Case) -> Found:
    """Say at least where the answer first differs."""
    return Found(
        "differs", case.differs(case.right, case.given) or T(zh="和答案不一致。", en="It does not agree.")
    )


def who(case: Case) -> Found | None:
    """Describe the customers, orders, products or days that differ."""
    from custseg_helpers.diagnosis.who_differs import who_differs

    return who_differs(case.right, case.given, case.company)


LAYERS: tuple[Callable[[Case], Found | None], ...] = (
    listed_mistake,
    two_knobs,
    related,
    company_number,
    company_column,
    another_answer,
    from_mistake,
    who,
    near_mistake,
    where_it_differs,
)
"""Each layer looks at one kind of cause and returns None where it finds none; a new one is a line here."""
