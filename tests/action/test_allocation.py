import numpy as np
import pandas as pd
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment

from custseg_helpers.action.allocation import KNOWLEDGE, allocate, workload
from custseg_helpers.mapping.load import load
from custseg_helpers.words.text import UserError

quiet = settings(phases=[Phase.generate], max_examples=60)
industry, region = (
    st.sampled_from(["pharma", "retail", "steel", None]),
    st.sampled_from(["east", "west", None]),
)


@st.composite
def cases(draw):
    people = draw(st.lists(st.tuples(industry, region, st.integers(1, 3)), min_size=1, max_size=14))
    staff = draw(st.lists(st.tuples(industry, region, st.integers(0, 6)), min_size=1, max_size=4))
    customers = pd.DataFrame(
        people, columns=["industry", "region", "tier"], index=[f"C{n:02d}" for n in range(len(people))]
    )
    reps = pd.DataFrame(staff, columns=["industry", "region", "capacity"])
    reps.insert(0, "rep_id", [f"R{n}" for n in range(len(reps))])
    return customers[["industry", "region"]], reps, customers["tier"]


def points(customers, reps):
    fit = np.zeros((len(customers), len(reps)))
    for column, worth in KNOWLEDGE.items():
        theirs = reps[column].to_numpy(dtype=object)
        fit += [
            [worth * (mine is not None and mine == other) for other in theirs] for mine in customers[column]
        ]
    return fit


def law_of_allocation(function):
    @quiet
    @given(cases())
    def everybody_once_nobody_over_capacity_and_no_better_way(case):
        customers, reps, priority = case
        result = function(customers, reps, priority=priority)
        assert result.index.equals(customers.index)
        load = result["rep_id"].value_counts().reindex(reps["rep_id"], fill_value=0)
        assert (load.to_numpy() <= reps["capacity"].to_numpy()).all()
        assert (result["rep_id"].notna() == (result["reason"] == "assigned")).all()
        fit = pd.DataFrame(points(customers, reps), index=customers.index, columns=reps["rep_id"])
        for customer, rep in result["rep_id"].dropna().items():
            assert result.at[customer, "fit"] == fit.at[customer, rep] > 0
        nobody_knows = fit.max(axis=1) == 0
        assert ((result["reason"] == "no_match") == nobody_knows).all()
        rank = priority.rank(method="dense").to_numpy()
        slots = fit.to_numpy()[:, np.repeat(np.arange(len(reps)), reps["capacity"])]
        worth = np.where(slots > 0, rank[:, None] * (1000 + slots), 0)
        best = worth[linear_sum_assignment(-worth)].sum() if worth.size else 0
        assigned = (result["reason"] == "assigned").to_numpy()
        assert (rank * (1000 + result["fit"].to_numpy()))[assigned].sum() == pytest.approx(best)

    everybody_once_nobody_over_capacity_and_no_better_way()


def test_the_best_total_as_the_assignment_problem_finds_it():
    law_of_allocation(allocate)


def first_come(customers, reps, priority):
    """Serve customers in file order with the best rep who still has room."""
    room = reps["capacity"].to_numpy().copy()
    rows = []
    for fit in points(customers, reps):
        open_to = np.where(room > 0, fit, 0)
        rep = int(open_to.argmax())
        if open_to[rep] > 0:
            room[rep] -= 1
            rows.append((reps["rep_id"][rep], int(fit[rep]), "assigned"))
        else:
            rows.append((None, 0, "no_capacity" if fit.max() else "no_match"))
    return pd.DataFrame(rows, columns=["rep_id", "fit", "reason"], index=customers.index)


def test_counterfeit_first_come_first_served_is_caught():
    with pytest.raises(AssertionError):
        law_of_allocation(first_come)


def test_counterfeit_without_capacity_is_caught():
    def best_rep(customers, reps, priority):
        return first_come(customers, reps.assign(capacity=1000), priority)

    with pytest.raises(AssertionError):
        law_of_allocation(best_rep)


@quiet
@given(cases())
def test_any_row_order_gives_the_same_answer_and_changes_nothing(case):
    customers, reps, priority = case
    before = customers.copy()
    result = allocate(customers, reps, priority=priority)
    turned = allocate(customers[::-1], reps[::-1], priority=priority[::-1])
    pd.testing.assert_frame_equal(turned[::-1], result)
    pd.testing.assert_frame_equal(customers, before)


def test_important_customers_are_served_first():
    customers = pd.DataFrame(
        {"industry": ["steel"] * 3, "region": ["east", "east", "west"]}, index=list("abc")
    )
    reps = pd.DataFrame({"rep_id": ["R1"], "capacity": [1], "industry": ["steel"], "region": ["east"]})
    result = allocate(customers, reps, priority=pd.Series({"a": 1, "b": 1, "c": 2}))
    assert result["reason"].to_dict() == {"a": "no_capacity", "b": "no_capacity", "c": "assigned"}


def test_equal_fit_is_shared_evenly():
    customers = pd.DataFrame({"industry": "steel", "region": "east"}, index=[f"C{n:03d}" for n in range(60)])
    reps = pd.DataFrame({"rep_id": ["R1", "R2"], "capacity": [40, 80], "industry": "steel", "region": "east"})
    load = workload(allocate(customers, reps), reps)
    assert load["load"].tolist() == [0.5, 0.5]


def test_nobody_and_nobody_to_serve():
    customers = pd.DataFrame({"industry": ["steel"], "region": ["east"]}, index=["a"])
    reps = pd.DataFrame({"rep_id": ["R1"], "capacity": [1], "industry": ["steel"], "region": ["east"]})
    assert allocate(customers, reps[:0])["reason"].tolist() == ["no_match"]
    assert allocate(customers[:0], reps).empty
    assert allocate(customers, reps.assign(capacity=0))["reason"].tolist() == ["no_capacity"]
    with pytest.raises(UserError, match="unique"):
        allocate(customers, pd.concat([reps, reps]))


def test_the_retail_company_is_allocated_by_region():
    company = load("retail")
    customers = company.customers.set_index("customer_id")
    result = allocate(company.customers, company.reps)
    pd.testing.assert_frame_equal(result, allocate(customers, company.reps))
    load_ = workload(result, company.reps)
    assert (load_["customers"] <= load_["capacity"]).all()
    region = company.reps.set_index("rep_id")["region"]
    assigned = result[result["reason"] == "assigned"]
    assert (assigned["rep_id"].map(region) == customers["region"].reindex(assigned.index)).all()
    assert load_["customers"].sum() + (result["reason"] != "assigned").sum() == len(customers)


def test_reps_who_fit_alike_get_the_same_mix_of_priorities():
    customers = pd.DataFrame({"industry": "steel", "region": "east"}, index=[f"C{n:02d}" for n in range(60)])
    reps = pd.DataFrame(
        {"rep_id": ["R1", "R2", "R3"], "capacity": [30, 20, 10], "industry": "steel", "region": "east"}
    )
    grade = pd.Series(["A"] * 30 + ["B"] * 18 + ["C"] * 12, index=customers.index)
    given = allocate(customers, reps, priority=grade.map({"A": 3, "B": 2, "C": 1}))
    mix = pd.crosstab(given["rep_id"], grade)
    assert mix.to_numpy().tolist() == [[15, 9, 6], [10, 6, 4], [5, 3, 2]]


def test_a_better_fit_is_not_given_up_for_the_mix():
    customers = pd.DataFrame({"industry": "steel", "region": "east"}, index=["C1", "C2"])
    reps = pd.DataFrame(
        {"rep_id": ["R1", "R2"], "capacity": [1, 1], "industry": ["steel", "coal"], "region": "east"}
    )
    given = allocate(customers, reps, priority=pd.Series({"C1": 1, "C2": 2}))
    assert given["rep_id"].tolist() == ["R2", "R1"]
