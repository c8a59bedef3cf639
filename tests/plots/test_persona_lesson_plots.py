"""The picture of lesson 10: both sides add up to 100 %, and one customer or nobody is no error."""

import numpy as np
import pandas as pd
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg

from custseg_helpers.plots import persona as persona_plots

VALUES = pd.Series(np.arange(200.0), name="average_order_value")


def test_both_sides_add_up_to_100_percent_with_their_means():
    inside = VALUES >= 150
    ax = persona_plots.overlap(VALUES, inside).axes[0]
    means = [line.get_xdata()[0] for line in ax.lines]
    assert means == [VALUES[inside].mean(), VALUES[~inside].mean()]
    heights, width = [], 16
    for patch in ax.patches:
        outline = patch.get_xy()[:, 1]
        heights.append(outline[1 : 2 * width : 2].sum())
    assert heights == pytest.approx([100, 100])


@pytest.mark.parametrize("values", [VALUES[:0], VALUES[:1], VALUES * np.nan])
def test_nearly_nobody(values):
    FigureCanvasAgg(persona_plots.overlap(values, values > 5)).draw()
