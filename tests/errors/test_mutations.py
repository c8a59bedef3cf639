"""One place of a right line changed: what is said of a cell that Python cannot read gives back what stood there."""

from collections import Counter

import pandas as pd
import pytest

from benchmarks.slips.mutated import outcome
from benchmarks.slips.mutations import KINDS, slips
from custseg_helpers.errors.explain import explain
from custseg_helpers.words.text import LANGUAGES, use_language

ANSWER = """# keep the large ones
large = orders[(orders["amount"] >= 50) & (orders["channel"] == "store")]
# take the money of each customer
by_customer = large.groupby("customer_id")["amount"].sum()
# the largest of them
most = round(by_customer.max(), 2)"""


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_line_with_one_slip_that_cannot_be_read_is_given_back(lang):
    use_language(lang)
    orders = pd.DataFrame({"amount": [60.0], "channel": ["store"], "customer_id": ["C1"]})
    names = {"orders": orders, "large": orders, "by_customer": orders["amount"]}
    told = Counter()
    for slip in slips(ANSWER, names, ()):
        try:
            compile(slip.typed, "<cell>", "exec")
        except SyntaxError as error:
            read = str(explain(error, slip.typed, names).text)
            if slip.kind != "neighbours swapped":  # two slips in one
                told[outcome(read, slip, ANSWER, stopped=True)] += 1
    assert told.total() > 150
    assert told["explained"] >= 0.9 * told.total(), told


def test_every_kind_of_slip_changes_a_place_that_it_fits():
    found = {slip.kind for slip in slips(ANSWER, {}, ())}
    assert {
        "bracket left out",
        "full-width sign",
        "quotes left out",
        "step left out",
        "call left open",
    } <= found
    assert found - {"step left out"} <= set(KINDS)
