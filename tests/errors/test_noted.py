"""Below a cell that ran and surely does not do what is meant stands one line that says so; below others stands nothing."""

import pandas as pd
import pytest

from custseg_helpers.errors.noted import noted
from custseg_helpers.words.text import LANGUAGES, use_language

ORDERS = pd.DataFrame({"channel": ["store", "online"], "amount": [10.0, 20.0]})


def notes(code):
    """Return what is said below a cell that ran."""
    names = {"orders": ORDERS}
    exec(compile(code, "<cell>", "exec"), names)
    return [str(one.text) for one in noted(code, names)]


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ('x = orders[orders["channel"] == "门店"]', '"store"'),
        ('x = orders["channel"].isin(["门店", "online"])', '"store"'),
        ("x = orders.query(\"channel == 'Store'\")", '"store"'),
        ('x = orders["amount"].sum', 'orders["amount"].sum()'),
        ('orders["amount"].sum', 'orders["amount"].sum()'),
        ("x = 5,", "x = 5"),
        ("x : 5", "x = 5"),
        ("x = 1\nx == len(orders)\ny = x", "x = len(orders)"),
    ],
)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_a_cell_surely_does_not_mean_is_said_in_one_line_with_its_repair(typed, says, lang):
    use_language(lang)
    (said,) = notes(typed)
    assert says in said and "\n" not in said


@pytest.mark.parametrize(
    "typed",
    [
        'x = orders[orders["channel"] == "store"]',
        'x = orders["amount"].sum()',
        "x = len",
        "x = (5,)",
        "x, y = 1, 2",
        "x = 1\nx == 1",
        "x: int = 5",
        'x = orders[orders["amount"] == 10]',
    ],
)
def test_an_honest_cell_has_no_note(typed):
    assert notes(typed) == []


def test_a_text_that_no_row_holds_keeps_every_row_where_it_is_excluded():
    use_language("en")
    (said,) = notes('x = orders[orders["channel"] != "门店"]')
    assert "every row stays" in said and "nothing is left" not in said
