"""Asking the layers of the diagnosis one after the other, of a whole answer or of a part of it."""

from collections.abc import Callable, Iterable

from custseg_helpers.diagnosis.case import Case
from custseg_helpers.diagnosis.found import Found
from custseg_helpers.words.text import T

Layer = Callable[[Case], Found | None]
NOT_IT = Found("differs", T(zh="和答案不一致。", en="It does not agree."))
"""What is said where every layer failed."""


def first_found(layers: Iterable[Layer], case: Case) -> Found | None:
    """Return what the first layer that knows something says; one that fails over something odd knows nothing.

    >>> from custseg_helpers.diagnosis.compare import difference
    >>> case = Case(4, 5, None, difference)
    >>> first_found((lambda case: case.right / 0, lambda case: NOT_IT), case).cause
    'differs'
    """
    for layer in layers:
        try:
            found = layer(case)
        except Exception:
            continue
        if found is not None:
            return found
    return None
