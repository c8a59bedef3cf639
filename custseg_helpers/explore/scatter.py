"""The scatter whose cut lines are dragged: points go to the browser once, which counts and paints while the hand moves."""

from pathlib import Path
from typing import Any

import anywidget
import numpy as np
import pandas as pd
import traitlets
from matplotlib.ticker import LogLocator, MaxNLocator

from custseg_helpers.plots.quadrant import LOOKS
from custseg_helpers.plots.style import PALETTE
from custseg_helpers.plots.words import axis as axis_name
from custseg_helpers.plots.words import name
from custseg_helpers.words.text import T

HERE = Path(__file__).parent
ORDER = ("low_low", "high_low", "low_high", "high_high")
"""How the browser numbers the quadrants: 1 for high across, 2 for high upwards."""

PICTURE = T(
    zh="每个点是一位客户：横轴是{x}，纵轴是{y}", en="Each point is a customer: {x} across, {y} upwards"
)
NOTE = T(
    zh="{n} 位客户远在图外，点画在边上；人数和金额照样算他们。",
    en="{n} customers lie far outside; their points are drawn on the edge, and they count like all others.",
)


class Scatter(anywidget.AnyWidget):
    """Two measures and the money of every customer, and the two lines (`cuts`) that mouse, finger or arrow key move."""

    _esm = HERE / "scatter.js"
    _css = HERE / "scatter.css"
    x = traitlets.Bytes().tag(sync=True)
    y = traitlets.Bytes().tag(sync=True)
    cents = traitlets.Bytes().tag(sync=True)
    axes: traitlets.List = traitlets.List().tag(sync=True)
    groups: traitlets.List = traitlets.List().tag(sync=True)
    words = traitlets.Dict().tag(sync=True)
    cuts = traitlets.List(traitlets.Float()).tag(sync=True)


def scatter(table: pd.DataFrame, money: pd.Series, cuts: tuple[float, float], lines: tuple[T, T]) -> Scatter:
    """Return the widget for a table of two measures (across, upwards) and the yuan of every customer.

    Customers who lack a measure are not drawn. `lines` says what to call each line.
    """
    table = table[np.isfinite(table).all(axis=1)]
    sent = {
        place: table[column].to_numpy("float64").tobytes() for place, column in zip("xy", table, strict=True)
    }
    cents = np.floor(money.reindex(table.index).to_numpy("float64") * 100 + 0.5)
    axes = [axis(table[column]) | {"line": str(line)} for column, line in zip(table, lines, strict=True)]
    outside = sum(
        (table[column] < axis["low"]) | (table[column] > axis["high"])
        for column, axis in zip(table, axes, strict=True)
    )
    across, up = (axis["label"] for axis in axes)
    return Scatter(
        **sent,
        cents=cents.tobytes(),
        axes=axes,
        groups=[{"name": name(code), "colour": PALETTE[LOOKS[code][0]]} for code in ORDER],
        words={
            "money": str(T(zh="金额", en="money")),
            "picture": str(PICTURE.format(x=across, y=up)),
            "note": str(NOTE.format(n=int((outside > 0).sum()))) if (outside > 0).any() else "",
        },
        cuts=[float(cut) for cut in cuts],
    )


def axis(values: pd.Series) -> dict[str, Any]:
    """Return how to draw a measure: from where to where, on which scale, with which ticks, and how a line steps on it.

    A measure whose largest value is over 20 times its median gets a logarithmic scale, others end at 1.5 times the
    99th percentile; what lies outside is drawn on the edge.

    >>> found = axis(pd.Series([1, 2, 2, 3, 100], name="visits"))
    >>> found["log"], found["step"], found["least"], found["most"]
    (True, 1, 0, 100)
    """
    median, largest = float(values.median()), float(values.max())
    log = bool(median > 0 and largest > 20 * median)
    if log:
        low, high = float(values[values > 0].quantile(0.001)) / 1.2, largest * 1.2
    else:
        low, high = min(0.0, float(values.min())), min(largest * 1.02, float(values.quantile(0.99)) * 1.5)
    high = high if high > low else low + 1
    step = max(1, 10 ** int(np.floor(np.log10(max(median, 1)) - 1)))
    locator = LogLocator(subs=(1, 2, 5) if high < 500 * low else (1,)) if log else MaxNLocator(6)
    return {
        "label": axis_name(values.name),
        "low": low,
        "high": high,
        "log": log,
        "step": step,
        "least": int(min(low, values.min()) // step * step),
        "most": int(-(-largest // step) * step),
        "ticks": [float(tick) for tick in locator.tick_values(low, high) if low <= tick <= high],
    }
