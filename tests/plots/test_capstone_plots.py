"""The picture of a plan: whole in both languages, and true to its numbers."""

import numpy as np
import pandas as pd
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Text

from custseg_helpers.plots.capstone import promise_and_proof
from custseg_helpers.words.text import use_language

SALES = pd.Series({"last_year": 1_313_181.17, "brought_by_plan": 49_832.0, "still_open": 147_145.0})
EFFECT = pd.Series({"extra_promised": 0.032, "smallest_visible": 0.077})


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("effect", [EFFECT, EFFECT.replace(0.077, np.nan), EFFECT * 0])
@pytest.mark.parametrize("sales", [SALES, SALES * 100, SALES * [1, 0, 0]])
def test_it_is_whole(language, sales, effect):
    use_language(language)
    figure = promise_and_proof(sales, effect)
    FigureCanvasAgg(figure).draw()
    width, height = figure.canvas.get_width_height()
    for text in figure.findobj(Text):
        if text.get_text().strip() and text.get_visible():
            box = text.get_window_extent()
            assert box.x0 >= -1 and box.x1 <= width + 1, text.get_text()
            assert box.y0 >= -1 and box.y1 <= height + 1, text.get_text()


def test_bars_are_the_numbers_and_the_dashed_line_is_their_sum():
    top, bottom = promise_and_proof(SALES, EFFECT).axes
    assert [bar.get_width() for bar in top.patches] == SALES.tolist()
    assert top.lines[0].get_xdata()[0] == pytest.approx(SALES.sum())
    assert [bar.get_width() for bar in bottom.patches] == pytest.approx([3.2, 7.7])
    assert [text.get_text() for text in bottom.texts] == ["3.2", "7.7"]
