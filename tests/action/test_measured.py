"""What campaigns with a control group measured takes the place of a guess, drawn towards all and with a lower limit."""

import numpy as np
import pandas as pd
import pytest

from custseg_helpers.action import measured, playbook
from custseg_helpers.company.company import load_sample

BCG = """4 119 11 128; 6 300 29 274; 3 228 11 209; 62 13536 248 12619; 33 5036 47 5761; 180 1361 372 1079; 8 2537 10 619;
505 87886 499 87892; 29 7470 45 7232; 17 1699 65 1600; 186 50448 141 27197; 5 2493 3 2338; 27 16886 29 17825"""


def test_the_thirteen_bcg_trials_come_out_as_published():
    cells = np.array([row.split() for row in BCG.split(";")], dtype=float)
    ill, well, ill_without, well_without = cells.T
    treated, others = ill + well, ill_without + well_without
    ratio = np.log((ill / treated) / (ill_without / others))
    variance = 1 / ill - 1 / treated + 1 / ill_without - 1 / others
    found = measured.shrink(ratio, variance)
    assert (round(found.between, 4), round(found.mean, 4)) == (0.3088, -0.7141)


def test_what_is_hardly_known_follows_the_others():
    found = measured.shrink(np.array([0.10, 0.00, 0.30]), np.array([0.0001, 0.0001, 0.04]))
    assert abs(found.effects[0] - 0.10) < 0.01 and found.effects[2] < 0.12
    alone = measured.shrink(np.array([0.05]), np.array([0.01]))
    assert alone.effects.tolist() == [0.05] and alone.errors[0] == pytest.approx(0.1)


@pytest.mark.parametrize("name", ["retail", "b2b", "pharma", "finance", "education"])
def test_the_playbook_says_what_was_measured_and_not_what_was_guessed(name):
    company = load_sample(name)
    book = playbook.sample_playbook(company.customers)
    rows = measured.with_tiers(company.responses, company.campaigns, company.orders)
    table = measured.response_by_play(rows, book)
    assert table["campaigns"].sum() > 0 and list(table.index) == list(book)
    known = table["shrunk"].notna()
    assert (table.loc[known, "lower"] < table.loc[known, "shrunk"]).all()
    new, careful = (measured.into_playbook(book, table, careful=way) for way in (False, True))
    for code in book:
        if known[code]:
            assert (
                new[code].extra_response
                == max(table.loc[code, "shrunk"], 0)
                >= careful[code].extra_response
                >= 0
            )
        else:
            assert new[code] == book[code]


def test_without_a_control_group_the_guess_stays():
    book = playbook.load_playbook()
    none = pd.DataFrame(
        {"campaign_id": "M1", "customer_id": ["a"] * 40, "arm": "treatment", "converted": True, "tier": "new"}
    )
    table = measured.response_by_play(none, book)
    assert table["shrunk"].isna().all() and measured.into_playbook(book, table) == book
