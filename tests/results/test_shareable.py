"""A shareable output, read by somebody who has every number in it and a linear program."""

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from custseg_helpers.company.company import SAMPLES, load_sample
from custseg_helpers.results.released import release
from custseg_helpers.results.tagging import tag_customers
from custseg_helpers.tags.apply import tag_coverage
from custseg_helpers.tiers.value import by_group
from custseg_helpers.words.text import UserError

SEGMENTS = ["champions", "loyal", "new", "lost"]


class Onlooker:
    """Keeps every printed number as bounds of unknowns, and asks how far one of them can go."""

    def __init__(self):
        self.at, self.bounds, self.rows = {}, {}, []

    def known(self, name, low=0.0, high=np.inf):
        self.at.setdefault(name, len(self.at))
        before = self.bounds.get(name, (0.0, np.inf))
        self.bounds[name] = (max(low, before[0]), min(high, before[1]))

    def adds_up(self, whole, parts):
        for name in (whole, *parts):
            self.known(name)
        self.rows.append((whole, parts))

    def span(self, name):
        rows = np.zeros((len(self.rows), len(self.at)))
        for row, (whole, parts) in zip(rows, self.rows, strict=True):
            row[self.at[whole]] = 1
            row[[self.at[part] for part in parts]] = -1
        ends = []
        for sign in (1, -1):
            cost = np.zeros(len(self.at))
            cost[self.at[name]] = sign
            solved = linprog(
                cost, A_eq=rows, b_eq=np.zeros(len(rows)), bounds=[self.bounds[one] for one in self.at]
            )
            assert solved.status in (0, 3), solved.message
            ends.append(np.inf * -sign if solved.status == 3 else solved.x[self.at[name]])
        return ends


def read_counts(released):
    """All counts of an output: of groups, tags, and moves with their totals."""
    onlooker = Onlooker()
    onlooker.known("all", released.customers, released.customers)
    blank = []

    def see(name, n):
        if pd.isna(n):
            onlooker.known(name)
            blank.append(name)
        else:
            onlooker.known(name, n, n)

    for tier, table in released.groups.items():
        for group, row in table.iterrows():
            see((tier, group), row["customers"])
            if not pd.isna(row["share"]):
                share = round(row["share"], 3)
                assert (
                    abs(row["customers"] - share * released.customers) <= 0.0005 * released.customers + 1e-6
                )
        onlooker.adds_up("all", [(tier, group) for group in table.index])
    for tag, row in released.tags.iterrows():
        see((tag, True), row["customers"])
        onlooker.adds_up("all", [(tag, True), (tag, False)])
    if released.moves is not None:
        inner = released.moves.drop(index="total", columns="total")
        for then, row in released.moves.iterrows():
            for now, n in row.items():
                name = (
                    ("segment", now) if then == "total" and ("segment", now) in onlooker.at else (then, now)
                )
                if (then, now) != ("total", "total"):
                    see(name, n)
        for then in inner.index:
            onlooker.adds_up((then, "total"), [(then, now) for now in inner])
        for now in inner:
            whole = ("segment", now) if ("segment", now) in onlooker.at else ("total", now)
            onlooker.adds_up(whole, [(then, now) for then in inner.index])
    return onlooker, list(dict.fromkeys(blank))


def read_money(released, tier):
    """The money of one tier: sums and averages as printed, and what all bring together."""
    onlooker, half = Onlooker(), 0.5 * 10.0**-released.decimals
    if not pd.isna(released.net):
        onlooker.known("all", released.net - half, released.net + half)
    blank = []
    for group, row in released.groups[tier].iterrows():
        onlooker.known(group)
        if pd.isna(row["value"]):
            blank.append(group)
            assert pd.isna(row["mean_value"]) and pd.isna(row["value_share"])
        else:
            n = row["customers"]
            onlooker.known(group, row["value"] - half, row["value"] + half)
            onlooker.known(group, n * (row["mean_value"] - half), n * (row["mean_value"] + half))
    onlooker.adds_up("all", list(released.groups[tier].index))
    return onlooker, blank


def attack(result):
    """Try every blank of an output; return how many were tried."""
    released, k = release(result), result.choices.k
    onlooker, blank = read_counts(released)
    for name in blank:
        low, high = onlooker.span(name)
        assert low <= 1 + 1e-6 and high >= k - 1 - 1e-6, (name, low, high)
    tried = len(blank)
    for tier in released.groups:
        onlooker, hidden = read_money(released, tier)
        true = result.tagged.groups[tier]["value"].rename(index=str)
        for group in hidden:
            low, high = onlooker.span(group)
            assert low < 0.9 * true[group] + 1e-6 or high > 1.1 * true[group] - 1e-6 or true[group] <= 0, (
                tier,
                group,
                low,
                high,
            )
        tried += len(hidden)
    for table in released.groups.values():
        shown = table["customers"].dropna()
        assert ((shown == 0) | (shown >= k)).all()
    return tried


def result_of(customers, tiers, tags, before=None, k=10):
    """What a run hands to its writer, as far as numbers go."""
    return SimpleNamespace(
        customers=customers,
        choices=SimpleNamespace(k=k),
        before=None if before is None else SimpleNamespace(tiers=before.to_frame("segment")),
        tagged=SimpleNamespace(
            groups={tier: by_group(customers[tier], customers["monetary"]) for tier in tiers},
            tags=tag_coverage(customers[tags]),
        ),
    )


@st.composite
def results(draw):
    rng = np.random.default_rng(draw(st.integers(0, 10**6)))
    n, k = draw(st.integers(20, 300)), draw(st.sampled_from([2, 5, 10]))
    weights = rng.dirichlet(np.full(4, draw(st.sampled_from([0.3, 1.0, 5.0]))))
    customers = pd.DataFrame(
        {
            "monetary": rng.lognormal(4, draw(st.sampled_from([0.5, 2.5])), n).round(2),
            "frequency": rng.poisson(3, n) + 1,
            "segment": rng.choice(SEGMENTS, n, p=weights),
            "grade": rng.choice(list("ABC"), n, p=rng.dirichlet(np.ones(3))),
        },
        index=[f"C{number}" for number in range(n)],
    )
    customers["vip"] = customers["segment"] == "champions"  # a group by another name
    customers["big"] = customers["monetary"] > customers["monetary"].quantile(0.97)
    before = None
    if draw(st.booleans()):
        before = customers["segment"].sample(frac=0.9, random_state=1)
        before = before.where(rng.random(len(before)) < 0.8, rng.choice(SEGMENTS))
        before = pd.concat(
            [before, pd.Series("lost", index=[f"G{number}" for number in range(int(rng.integers(0, 15)))])]
        )
    return result_of(customers, ["segment", "grade"], ["vip", "big"], before, k)


@settings(max_examples=20)
@given(results())
def test_no_blank_of_a_random_output_can_be_worked_out(result):
    attack(result)


@pytest.mark.slow
@pytest.mark.parametrize("name", SAMPLES)
def test_no_blank_of_the_sample_companies_can_be_worked_out(name):
    tagged = tag_customers(load_sample(name))
    rng = np.random.default_rng(7)
    now = tagged.customers["segment"].astype(str)
    then = now.where(rng.random(len(now)) < 0.85, rng.permutation(now)).sample(frac=0.93, random_state=1)
    gone = pd.Series(now.iloc[0], index=[f"gone {number}" for number in range(6)])
    tags = list(tagged.tags.index)
    result = result_of(tagged.customers, list(tagged.groups), tags, pd.concat([then, gone]))
    assert attack(result) > 10
    released = release(result)
    assert released.groups, "the groups themselves are what a shareable result is for"


def test_a_group_of_which_one_customer_brings_nearly_all_shows_its_number_and_not_its_money():
    money = [10.0 + place for place in range(60)]
    customers = pd.DataFrame(
        {"monetary": [*money, 900_000.0], "segment": [*["loyal", "new", "lost"] * 20, "new"]}
    )
    customers["vip"] = False
    released = release(result_of(customers, ["segment"], ["vip"]))
    table = released.groups.get("segment")
    assert table["customers"].notna().all() and table["value"].isna().all()
    assert pd.isna(released.net) and "monetary" not in released.measures
    assert "money" in str(released.given_up[0])


def test_fewer_customers_than_k_are_no_result_to_share():
    customers = pd.DataFrame({"monetary": [5.0] * 4, "segment": ["new"] * 4, "vip": [False] * 4})
    with pytest.raises(UserError, match="4 customers only, fewer than 10"):
        release(result_of(customers, ["segment"], ["vip"]))
