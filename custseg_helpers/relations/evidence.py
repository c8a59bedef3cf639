"""How sure it is that a value was made from another one, and not met by chance.

A number that agrees in its last written digit says as much as it has digits: 37.2 of 0.3718 says three. A column says the
digits of all its different numbers, and on top of that which of them stands where. A relation is told only where the
agreement has more digits than the relation asks for (`benchmarks/relations.py` measures what chance does to that).
"""

from functools import cached_property
from typing import Any

import numpy as np

MOST_DIGITS = 8
"""A number written with more digits than this was computed and never rounded."""
NOISE = 1e-6
"""Relative difference of two ways to compute the same."""
LOOKED_AT = 512
"""Values of a long column that are weighed; agreement is always asked of all of them."""
MANY = 64
"""Of a column longer than this a part is tried before the whole."""
FIRST_LOOK = 24
"""Values of a long column that are looked at first."""


def written_digits(value: float) -> int:
    """Count the significant digits a number is written with, at most eight; zeros at its end say nothing.

    >>> [written_digits(value) for value in (37.2, 0.0372, 1200, 0.1 + 0.2, 2 / 3, 0)]
    [3, 3, 2, 1, 8, 0]
    """
    if not np.isfinite(value) or value == 0:
        return 0
    mantissa = f"{abs(value):.{MOST_DIGITS - 1}e}".partition("e")[0]
    return len(mantissa.replace(".", "").rstrip("0"))


class Written:
    """Numbers as a learner handed them in, with the decimals they are written with.

    >>> Written([37.2, 4.25]).decimals, Written([12.0, 7.0]).decimals, Written([1 / 3]).decimals
    (2, 0, 8)
    """

    def __init__(self, values: Any):
        self.values = np.asarray(values, float)
        # A few of a long column, at which most guesses fail already.
        self._some = slice(None, None, max(1, len(self.values) // FIRST_LOOK))

    @cached_property
    def some(self) -> "Written":
        """Some of many numbers, which are looked at before all are."""
        return Written(self.values[:: max(1, len(self.values) // MANY)])

    @cached_property
    def hollow(self) -> np.ndarray:
        """Where there is no value."""
        return np.isnan(self.values)

    @cached_property
    def decimals(self) -> int:
        """How many decimals the numbers are written with; numbers never rounded have eight."""
        finite = self.values[np.isfinite(self.values)]
        for some in (finite[:: max(1, len(finite) // FIRST_LOOK)], finite):
            least = next(
                (n for n in range(MOST_DIGITS) if (abs(some - some.round(n)) < 1e-10).all()), MOST_DIGITS
            )
            if least == MOST_DIGITS:
                break
        return least

    @cached_property
    def digits(self) -> float:
        """How many digits agreement with these numbers stands for."""
        return evidence(self.values)

    def agree(self, wanted: np.ndarray) -> bool:
        """Tell whether all are the wanted numbers, as computed or rounded to the decimals they are written with.

        >>> Written([37.2, 4.2]).agree(np.array([37.18, 4.2])), Written([37.3]).agree(np.array([37.18]))
        (True, False)
        """
        return self._agree(wanted, self._some) and (
            len(self.values) <= FIRST_LOOK or self._agree(wanted, slice(None))
        )

    def _agree(self, wanted: np.ndarray, some: slice) -> bool:
        wanted, given, hollow = wanted[some], self.values[some], self.hollow[some]
        if (np.isnan(wanted) != hollow).any() or np.isinf(wanted).any():
            return False
        with np.errstate(invalid="ignore"):
            off = np.abs(wanted - given)
        off[hollow] = 0
        if (off <= NOISE * np.abs(np.where(hollow, 0, wanted)) + 1e-12).all():
            return True
        if self.decimals == MOST_DIGITS:
            return False
        return bool((off <= 0.5 * 10.0**-self.decimals * (1 + 1e-9)).all())


def agree(wanted: np.ndarray, given: np.ndarray) -> bool:
    """Tell whether all of `given` are `wanted`, computed or rounded to the decimals they are written with.

    >>> agree(np.array([37.18, 4.2]), np.array([37.2, 4.2]))
    True
    """
    return Written(given).agree(wanted)


def close(one: Any, other: Any) -> bool:
    """Tell whether numbers that were both computed are the same but for float noise.

    >>> close(0.1 + 0.2, 0.3), close([1, 2], [1, 2.1])
    (True, False)
    """
    return bool(np.allclose(one, other, rtol=NOISE, atol=1e-9, equal_nan=True))


def evidence(given: np.ndarray) -> float:
    """Count the digits that agreement with these numbers would stand for.

    >>> evidence(np.array([37.2])), evidence(np.array([0.0, 0.0, 0.0])), evidence(np.array([1.5, 2.5, 3.25]))
    (3.0, 0.0, 7.0)
    """
    looked = given[np.isfinite(given)]
    looked = looked[:: max(1, len(looked) // LOOKED_AT)]
    different, times = np.unique(looked, return_counts=True)
    digits = float(sum(written_digits(value) for value in different[:64]))
    share = times / max(1, times.sum())
    return digits + float(-(share * np.log10(share)).sum()) * (len(looked) - len(different))


def shown(value: Any) -> str:
    """Write a number as people read it: with commas, and with no more digits than are of use.

    >>> [shown(value) for value in (12964.0, 1461.4057640423698, 37.2, 0.37182, True, 0.000423)]
    ['12,964', '1,461.41', '37.2', '0.3718', 'True', '0.000423']
    """
    if isinstance(value, (bool, np.bool_)) or not isinstance(value, (int, float, np.number)):
        return str(value)
    number = float(value)
    if not np.isfinite(number):
        return str(number)
    if number.is_integer():
        return f"{number:,.0f}"
    if abs(number) >= 1000:
        return f"{number:,.2f}".rstrip("0").rstrip(".")
    return f"{number:.4g}"
