"""The course's one look: Chinese font, colour-blind safe palette, slide-sized figures, units on axes."""

import io
import re
from functools import cache
from pathlib import Path
from typing import Any

import matplotlib
import seaborn as sns
from matplotlib import font_manager
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.ticker import ScalarFormatter

from custseg_helpers.looks.tables import YEARS

PALETTE = sns.color_palette("colorblind").as_hex()
"""Ten colours that colour-blind readers can tell apart (seaborn's `colorblind`)."""

HEAT = "cividis"
"""The colour map of every heat map: even in grey, even for the colour-blind."""


class Apart(ScalarFormatter):
    """The numbers along an axis as Matplotlib rounds them, thousands apart and none as a power of ten; years stay years."""

    def __init__(self) -> None:
        super().__init__(useOffset=False)
        self.set_scientific(False)

    def __call__(self, value: float, position: int | None = None) -> str:
        """Return how a value on the axis is written."""
        text: str = super().__call__(value, position)
        low, high = sorted(self.axis.get_view_interval()) if self.axis else (0, 0)
        if YEARS.start <= low and high < YEARS.stop:
            return text
        whole, point, rest = text.partition(".")
        return re.sub(r"\d{4,}", lambda digits: f"{int(digits[0]):,}", whole) + point + rest


class Picture(Figure):
    """A figure that a notebook shows by itself, whichever Matplotlib backend is set."""

    def draw(self, renderer: Any) -> None:
        """Draw it; where nobody has said how an axis writes its numbers, it writes them `Apart`."""
        for ax in self.axes:
            for axis in (ax.xaxis, ax.yaxis):
                if type(axis.get_major_formatter()) is ScalarFormatter:
                    axis.set_major_formatter(Apart())
        super().draw(renderer)

    def _repr_png_(self) -> bytes:
        target = io.BytesIO()
        FigureCanvasAgg(self).print_png(target)  # the same bytes as by savefig, which draws twice
        return target.getvalue()


@cache
def use_style() -> None:
    """Register the bundled Chinese font and set the course's look, once a session."""
    font_manager.fontManager.addfont(str(Path(__file__).parents[1] / "fonts" / "NotoSansSC-Regular.otf"))
    sns.set_theme(
        style="whitegrid",
        palette=PALETTE,
        rc={
            "font.family": ["Noto Sans CJK SC", "DejaVu Sans"],
            "axes.unicode_minus": False,
            "font.size": 14,
            "axes.titlesize": 17,
            "axes.titleweight": "regular",
            "axes.labelsize": 14,
            "xtick.labelsize": 13,
            "ytick.labelsize": 13,
            "legend.fontsize": 12,
            "axes.spines.top": False,
            "axes.spines.right": False,
            "figure.dpi": 80,
            "savefig.dpi": 80,
        },
    )
    matplotlib.rcParams["figure.figsize"] = (9.6, 5.4)


def new_figure(rows: int = 1, columns: int = 1, *, height: float = 5.4) -> tuple[Picture, Any]:
    """Return a figure in the course's look (9.6 inches wide, half a slide) and its axes.

    The figure belongs to nobody's global state: show it as the last line of a cell.

    >>> figure, ax = new_figure()
    >>> ax.bar(["A", "B"], [3, 1]) and None
    """
    use_style()
    figure = Picture(figsize=(9.6, height), layout="constrained")
    return figure, figure.subplots(rows, columns)
