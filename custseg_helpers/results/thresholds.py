"""The `[thresholds]` of a scheme that `custseg run` follows: what is stated stays fixed, what is not is cut anew.

[thresholds]
recency_days = [30, 60, 90, 180]        # RFM: one to four cuts a measure, all three measures or none
frequency = [2, 3, 5, 10]
monetary = [100, 500, 1000, 5000]
segments = 8                            # or 11
abc_shares = [0.8, 0.95]
cycle_days = 45                         # the usual gap between purchases
dormant_after = 2                       # in usual gaps
churned_after = 4
loyal_orders = 5
quadrant = {frequency = 2, average_order_value = 300}    # a number, "median", "mean" or "p80"
clusters = ["recency_days", "frequency", "monetary"]
forecast_days = 365
margin = 0.3                            # of sales; without it lifetime value is sales, not profit
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from custseg_helpers.governance.scheme import Scheme
from custseg_helpers.tiers.rfm_cuts import MEASURES, Cuts
from custseg_helpers.words.text import T, UserError, listed

SEGMENTS = (8, 11)
QUADRANT = ("frequency", "average_order_value")
NUMBERS = {
    "cycle_days": (1, math.inf),
    "dormant_after": (0, math.inf),
    "churned_after": (0, math.inf),
    "loyal_orders": (1, math.inf),
    "forecast_days": (1, 3650),
    "margin": (0, 1),
}
"""Plain numbers and the range of each."""
KEYS = (*MEASURES, "segments", "abc_shares", "quadrant", "clusters", *NUMBERS)


@dataclass(frozen=True)
class Thresholds:
    """How customers are tiered; `None` and words such as `"median"` mean that the customers at hand decide."""

    cuts: Cuts | None = None
    segments: int = 8
    abc_shares: tuple[float, float] = (0.80, 0.95)
    cycle_days: float | None = None
    dormant_after: float = 2
    churned_after: float = 4
    loyal_orders: float = 5
    quadrant: tuple[float | str, float | str] = ("median", "median")
    clusters: tuple[str, ...] = tuple(MEASURES)
    forecast_days: float = 365
    margin: float | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return what a scheme file would say; what the data could not cut is left out."""
        said: dict[str, Any] = self.cuts.to_dict() if self.cuts else {}
        said |= {
            "segments": self.segments,
            "abc_shares": list(self.abc_shares),
            "clusters": list(self.clusters),
        }
        said |= {key: getattr(self, key) for key in NUMBERS if getattr(self, key) is not None}
        if not any(isinstance(cut, float) and math.isnan(cut) for cut in self.quadrant):
            said["quadrant"] = dict(zip(QUADRANT, self.quadrant, strict=True))
        return {key: said[key] for key in KEYS if key in said}


def thresholds(scheme: Scheme | None) -> Thresholds:
    """Read the thresholds of a scheme; a key that a run does not know, or cannot use, is a `UserError`.

    >>> thresholds(None).abc_shares
    (0.8, 0.95)
    """
    if scheme is None:
        return Thresholds()
    told, path = scheme.thresholds, scheme.path
    for key in told:
        if key not in KEYS:
            near = get_close_matches(key, KEYS, n=3) or KEYS
            what = T(zh="没有这个门槛。可用：{near}", en="there is no such threshold; known: {near}")
            raise _wrong(path, key, what.format(near=listed(near)))
    found: dict[str, Any] = {}
    measures = [measure for measure in MEASURES if measure in told]
    if measures:
        found["cuts"] = _cuts(told, measures, path)
    if "segments" in told:
        if told["segments"] not in SEGMENTS:
            raise _wrong(path, "segments", T(zh="写 8 或 11", en="write 8 or 11"))
        found["segments"] = told["segments"]
    if "abc_shares" in told:
        found["abc_shares"] = _shares(told["abc_shares"], path)
    if "quadrant" in told:
        found["quadrant"] = _quadrant(told["quadrant"], path)
    if "clusters" in told:
        found["clusters"] = _columns(told["clusters"], path)
    for key in NUMBERS:
        if key in told:
            found[key] = _number(told[key], *NUMBERS[key], path, key)
    return Thresholds(**found)


def _cuts(told: Mapping[str, Any], measures: list[str], path: Path) -> Cuts:
    missing = [measure for measure in MEASURES if measure not in measures]
    if missing:
        raise _wrong(
            path, missing[0], T(zh="RFM 的三项分界点要么都写，要么都不写", en="state the cuts of all three RFM measures, or of none")
        )  # fmt: skip
    for measure in measures:
        if (
            not isinstance(told[measure], list)
            or not told[measure]
            or not all(map(_is_number, told[measure]))
        ):
            raise _wrong(
                path,
                measure,
                T(
                    zh="写一至四个数，如 [30, 60, 90, 180]",
                    en="write one to four numbers, such as [30, 60, 90, 180]",
                ),
            )
    return Cuts.from_dict({measure: told[measure] for measure in MEASURES})


def _shares(value: Any, path: Path) -> tuple[float, float]:
    if (
        not isinstance(value, list)
        or len(value) != 2
        or not all(map(_is_number, value))
        or not 0 < value[0] <= value[1] <= 1
    ):
        raise _wrong(
            path, "abc_shares", T(zh="写两个比例，如 [0.8, 0.95]", en="write two shares, such as [0.8, 0.95]")
        )
    return value[0], value[1]


def _quadrant(value: Any, path: Path) -> tuple[float | str, float | str]:
    if (
        not isinstance(value, Mapping)
        or set(value) != set(QUADRANT)
        or not all(_is_number(v) or isinstance(v, str) for v in value.values())
    ):
        raise _wrong(
            path, "quadrant", T(zh="写成 {frequency = 2, average_order_value = 300}", en="write {frequency = 2, average_order_value = 300}")
        )  # fmt: skip
    return value["frequency"], value["average_order_value"]


def _columns(value: Any, path: Path) -> tuple[str, ...]:
    if not isinstance(value, list) or not value or not all(isinstance(name, str) for name in value):
        raise _wrong(path, "clusters", T(zh="写一列列名", en="write a list of column names"))
    return tuple(value)


def _number(value: Any, low: float, high: float, path: Path, key: str) -> float:
    if not _is_number(value) or not low <= value <= high:
        wanted = (
            T(zh="写不小于 {l} 的数", en="write a number, {l} or more")
            if high == math.inf
            else T(zh="写 {l} 到 {h} 之间的数", en="write a number from {l} to {h}")
        )
        raise _wrong(path, key, wanted.format(l=low, h=high))
    return value


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _wrong(path: Path, key: str, what: T) -> UserError:
    return UserError(
        T(
            zh="方案文件“{file}”的 thresholds.{key}：{what}。",
            en="Scheme file “{file}”, thresholds.{key}: {what}.",
        ).format(file=path.name, key=key, what=what)
    )
