"""The picture of a plan: whole in both languages, and true to its numbers."""

import numpy as np
import pandas as pd
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Text

from custseg_helpers.plots.capstone import promise_and_proof
from custseg_helpers.words.text import use_language

PARTS = ["todays_customers", "newcomers", "brought_by_plan"]
SALES = pd.Series(
    [1_104_108.35, 245_121.72, 49_832.0, 111_096.28, 1_510_158.35], [*PARTS, "still_open", "target"]
)
ROOM = SALES + pd.Series([0, 200_000.0, 0, -200_000.0, 0], SALES.index)
EFFECT = pd.Series({"extra_promised": 0.032, "smallest_visible": 0.077})


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("effect", [EFFECT, EFFECT.replace(0.077, np.nan), EFFECT * 0])
@pytest.mark.parametrize("sales", [SALES, SALES * 100, ROOM])
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


def test_bars_are_the_numbers_and_the_dashed_line_is_the_target():
    top, bottom = promise_and_proof(SALES, EFFECT).axes
    assert [bar.get_width() for bar in top.patches] == pytest.approx(SALES.drop("target").tolist())
    assert top.lines[0].get_xdata()[0] == SALES["target"] == pytest.approx(SALES.drop("target").sum())
    assert [bar.get_width() for bar in bottom.patches] == pytest.approx([3.2, 7.7])
    assert [text.get_text() for text in bottom.texts] == ["3.2", "7.7"]


def test_bars_reach_beyond_the_target_where_there_is_room():
    top, _ = promise_and_proof(ROOM, EFFECT).axes
    assert [bar.get_width() for bar in top.patches] == pytest.approx([*ROOM[PARTS], 0])
    assert top.lines[0].get_xdata()[0] < sum(ROOM[PARTS])
