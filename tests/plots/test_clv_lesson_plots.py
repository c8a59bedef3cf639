"""The pictures of lesson 09: silence drawn as long as it is, and a curve against its cost."""

import pandas as pd
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg

from custseg_helpers.plots import clv as clv_plots
from custseg_helpers.words.text import use_language

ORDERS = pd.DataFrame(
    {
        "customer_id": ["C2", "C1", "C2", "C2"],
        "order_date": pd.to_datetime(["2025-01-01", "2025-03-01", "2025-02-01", "2026-05-01"]),
    }
)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_one_line_a_customer_with_the_days_of_silence(language):
    use_language(language)
    figure = clv_plots.timelines(ORDERS, "2025-03-11", pd.Series({"C1": 0.9, "C2": 0.25}))
    FigureCanvasAgg(figure).draw()
    ax = figure.axes[0]
    assert [text.get_text() for text in ax.get_yticklabels()] == ["C2", "C1"]
    said = [text.get_text() for text in ax.texts]
    assert said[0].startswith("38") and said[0].endswith("25%") and said[1].startswith("10")
    assert [len(points.get_offsets()) for points in ax.collections] == [2, 1]


def test_without_probabilities_none_are_shown():
    assert "%" not in clv_plots.timelines(ORDERS, "2025-03-11").axes[0].texts[0].get_text()


@pytest.mark.parametrize("cost", [0, 5000])
def test_the_cost_line_is_always_in_sight(cost):
    curve = pd.DataFrame({"clv": [10.0, 18.0], "naive": [12.0, 24.0]}, index=[1, 2])
    ax = clv_plots.worth_curve(curve, cost).axes[0]
    assert ax.get_ylim()[1] > cost and list(ax.lines[0].get_ydata()) == [10, 18]
