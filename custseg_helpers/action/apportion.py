"""Whole numbers that add up: sharing out cents or customers so that no cent and no customer is lost.

Exact rational arithmetic, so the same input gives the same answer in any row order and on any machine.
"""

from collections.abc import Sequence
from fractions import Fraction

import numpy as np

from custseg_helpers.words.text import UserError


def apportion(units: int, weights: Sequence[float]) -> list[int]:
    """Share out `units` in proportion to `weights`: everyone gets the whole part, the largest remainders the rest.

    Every share is within one unit of its exact quota and the shares add up to `units`. Of equal remainders the
    earlier one is served: give the weights in a fixed order, for instance sorted by name.

    Source: the largest-remainder method (Hamilton 1792). Checked against Hamilton's own table of the 120 seats
    of the House of Representatives, *Papers of Alexander Hamilton* vol. 11.

    >>> apportion(10, [1, 1, 1])
    [4, 3, 3]
    """
    exact = [Fraction(float(weight)) if np.isfinite(weight) else Fraction(-1) for weight in weights]
    total = sum(exact, Fraction(0))
    if units < 0 or not exact or min(exact) < 0 or total == 0:
        raise UserError(
            zh="要拆分的数量和各权重都不能是负数或空值，权重之和必须大于 0。",
            en="The amount and the weights must not be negative or missing, and some weight must be above 0.",
        )
    quotas = [units * weight / total for weight in exact]
    shares = [int(quota) for quota in quotas]
    by_remainder = sorted(range(len(quotas)), key=lambda place: shares[place] - quotas[place])
    for place in by_remainder[: units - sum(shares)]:
        shares[place] += 1
    return shares


def apportion_table(rows: Sequence[int], columns: Sequence[int]) -> np.ndarray:
    """Fill a table of whole numbers with these row and column sums, each cell within one of row × column ÷ total.

    Such a table always exists (controlled rounding, Bacharach 1966). Each cell gets the whole part of its
    quota; row by row the units left go to the columns that lack most (Gale 1957), of those to the largest
    remainder, then to the first.

    >>> apportion_table([1, 1], [1, 1]).tolist()
    [[1, 0], [0, 1]]
    """
    total = sum(rows)
    if total != sum(columns):
        raise UserError(
            zh="行合计与列合计的总数不一致，无法同时对齐。",
            en="Rows and columns add up to different totals: both cannot be met.",
        )
    product = np.outer(np.array(rows, dtype=object), np.array(columns, dtype=object))
    cells, remainders = (
        (product // max(total, 1), product % max(total, 1)) if product.size else (product, product)
    )
    lacking = [column - sum(cells[:, place]) for place, column in enumerate(columns)]
    for number, row in enumerate(rows):
        left = row - sum(cells[number])
        most = sorted(range(len(columns)), key=lambda place: (-lacking[place], -remainders[number, place]))
        for place in most[:left]:
            cells[number, place] += 1
            lacking[place] -= 1
    return cells.astype("int64")
