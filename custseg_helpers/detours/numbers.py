"""The numbers that people put in the place of another: the next one, round ones not far away, the other part of a share."""

from bisect import bisect_left

ROUND = (
    *(
        1,
        2,
        3,
        4,
        5,
        6,
        7,
        8,
        10,
        12,
        14,
        15,
        20,
        21,
        25,
        28,
        30,
        45,
        50,
        60,
        90,
        100,
        120,
        150,
        180,
        182,
        184,
    ),
    *(200, 250, 270, 300, 360, 365, 400, 500, 600, 730, 800, 1000, 1500, 2000, 2500, 3000, 4000, 5000, 10000),
)
SHARES = (
    0.01,
    0.02,
    0.05,
    0.1,
    0.15,
    0.2,
    0.25,
    0.3,
    0.33,
    0.4,
    0.5,
    0.6,
    0.66,
    0.7,
    0.75,
    0.8,
    0.9,
    0.95,
    0.99,
)
SEEDS = (0, 1, 2, 3, 5, 7, 10, 11, 12, 13, 14, 21, 31, 42, 99, 100, 123, 1234, 2024, 2025, 2026)
"""Numbers that people take to draw lots by."""
PERIODS = (7, 14, 30, 60, 90, 180, 365)
"""Days that people take for one another, near or far."""
AROUND = 9
"""So many round numbers below and above."""


def neighbours(number: float) -> list[float]:
    """Return what people put in the place of a number, the nearest first.

    >>> neighbours(90)[:6], neighbours(0.2)[:3], neighbours(-1)
    ([89, 91, 60, 100, 50, 120], [0.8, 0.15, 0.25], [0])
    """
    if number < 0:
        return [0] if number == -1 else []
    if number == 0:
        return [-1, 1]
    if 0 < number < 1:
        found = [round(1 - number, 6), *_near(SHARES, number)]
    elif isinstance(number, float) and not number.is_integer():
        found = [1 + 2 * (number - 1), 1 + (number - 1) / 2, number - 1, 1.0]
    else:
        scaled = [number * 2, number * 10, *(number / by for by in (2, 10) if number % by == 0)]
        periods = PERIODS if PERIODS[0] <= number <= PERIODS[-1] else ()
        found = [number - 1, number + 1, *_near(ROUND, number), *scaled, *periods]
    kind = type(number)
    return [kind(one) for one in dict.fromkeys(found) if one != number]


def _near(among: tuple[float, ...], number: float) -> list[float]:
    place = bisect_left(among, number)
    below = list(reversed(among[max(0, place - AROUND) : place]))
    above = [one for one in among[place : place + AROUND + 1] if one != number]
    both = [one for pair in zip(below, above, strict=False) for one in pair]
    return both + below[len(above) :] + above[len(below) :]
