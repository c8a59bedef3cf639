"""The dragged quadrant without a browser: what is sent, where the axes run, and a table that follows the lines."""

import numpy as np
import pandas as pd
import pytest

from custseg_helpers.company.company import SAMPLES, load_sample
from custseg_helpers.explore import quadrant
from custseg_helpers.explore.scatter import axis, scatter
from custseg_helpers.explore.still import picture_html
from custseg_helpers.facts.per_customer import order_facts
from custseg_helpers.words.text import T

pytestmark = pytest.mark.slow

LINES = (T(zh="线", en="line"), T(zh="线", en="line"))


def numbers(sent):
    return np.frombuffer(sent, "float64").tolist()


def test_customers_are_sent_once_as_numbers_and_money_as_whole_cents():
    table = pd.DataFrame({"frequency": [1, 2, 3], "average_order_value": [9.5, np.nan, np.inf]}, list("abc"))
    found = scatter(table, pd.Series({"a": 0.1 + 0.2, "b": 5, "c": 7}), (2, 4.5), LINES)
    assert [numbers(found.x), numbers(found.y), numbers(found.cents)] == [[1], [9.5], [30]]
    assert found.cuts == [2, 4.5] and found.words["note"] == ""
    assert (table.shape, table.columns.tolist()) == ((3, 2), ["frequency", "average_order_value"])


def test_who_lies_beyond_an_axis_is_counted_in_a_note():
    table = pd.DataFrame({"frequency": [3] * 200, "average_order_value": [100.0] * 199 + [1900.0]})
    found = scatter(table, pd.Series(1.0, table.index), (3, 100), LINES)
    assert not found.axes[1]["log"] and found.axes[1]["high"] < 1900 <= found.axes[1]["most"]
    assert found.words["note"].startswith("1 ")


@pytest.mark.parametrize(
    "values", [[0.0], [5.0, 5.0], [-3.0, 0.0, 4.0], [0.0, 1.0, 2.0, 500.0], [1.0, 1e9, 2.0]]
)
def test_an_axis_always_has_a_length_and_its_line_reaches_everybody(values):
    values = pd.Series(values, name="visits")
    found = axis(values)
    assert found["low"] < found["high"] and found["step"] >= 1
    assert found["least"] <= values.min() and found["most"] >= values.max()
    assert not found["log"] or found["low"] > 0


def test_the_table_follows_the_lines_and_the_boxes_follow_both_ways():
    company = load_sample("retail")
    facts = order_facts(company.orders, company.as_of)
    shown = quadrant.show(company)
    left, right, _ = shown.widget.children
    *boxes, words = left.children
    picture, tables = right.children
    picture.cuts = [5.0, 300.0]
    assert [box.value for box in boxes] == [5, 300]
    expected = quadrant.view(facts, orders=5, basket=300)
    assert (
        words.value == f"<p>{expected.words}</p>"
        and f"{next(iter(expected.tables.values()))['customers'].iloc[0]:,}" in tables.value
    )
    boxes[1].value = 400
    assert (
        picture.cuts == [5, 400]
        and words.value == f"<p>{quadrant.view(facts, orders=5, basket=400).words}</p>"
    )


def test_a_notebook_opened_again_shows_the_lines_as_they_were_left(monkeypatch):
    company = load_sample("retail")
    facts = order_facts(company.orders, company.as_of)
    shown = quadrant.show(company)
    kept = []
    monkeypatch.setattr(shown.kept, "update", kept.append)
    shown.widget.children[1].children[0].cuts = [5.0, 300.0]
    left = quadrant.view(facts, orders=5, basket=300)
    assert picture_html(left.figure._repr_png_()) in kept[-1] and str(left.words) in kept[-1]


def test_at_first_the_numbers_are_those_of_the_medians():
    company = load_sample("retail")
    facts = order_facts(company.orders, company.as_of)
    words = quadrant.show(company).widget.children[0].children[-1].value
    parted = quadrant.quadrants(*(column for _, column in quadrant.measures(facts).items()))
    assert f"{(parted['quadrant'] == 'high_high').sum()}" in words


@pytest.mark.parametrize("name", SAMPLES)
def test_it_opens_on_every_company_and_has_a_still(name):
    assert quadrant.show(load_sample(name)).png.startswith(b"\x89PNG")
