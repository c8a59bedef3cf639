"""The order in which codes stand in tables and on pictures."""

from collections.abc import Iterable
from typing import Any

NATURAL = (
    *("micro", "small", "low", "medium", "high", "large"),
    *("potential", "intent", "closed", "new", "active", "loyal", "won_back", "dormant", "churned"),
    *("introduction", "growth", "maturity", "decline"),
    *("slowing_down", "steady", "speeding_up"),
)
LAST = ("mixed", "no_preference", "none", "other", "unknown")


def ordered(codes: Iterable[Any]) -> list:
    """Return different codes in their natural order, others by alphabet, `"other"` and `"unknown"` last.

    >>> ordered(["unknown", "high", "low", "medium", "low"]), ordered(["west", "other", "east"])
    (['low', 'medium', 'high', 'unknown'], ['east', 'west', 'other'])
    """

    def place(code: Any) -> tuple[int, Any]:
        if code in LAST:
            return (2, LAST.index(code))
        return (0, NATURAL.index(code)) if code in NATURAL else (1, code)

    return sorted(set(codes), key=place)
