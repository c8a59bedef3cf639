"""The model answer with one thing done otherwise: every turn that people take is found and named, chance is not."""

import pandas as pd
import pytest

from custseg_helpers.company.company import load_sample
from custseg_helpers.detours.collect import detours
from custseg_helpers.detours.trace import run
from custseg_helpers.diagnosis.case import Case, Detour, Wrong
from custseg_helpers.diagnosis.compare import difference
from custseg_helpers.diagnosis.detour import detour
from custseg_helpers.diagnosis.diagnose import diagnose
from custseg_helpers.learn.check import judge
from custseg_helpers.learn.lessons import exercise, exercises, lesson_folders
from custseg_helpers.learn.rungs import ladder
from custseg_helpers.words.text import T, use_language

TABLE = """
import pandas as pd
table = pd.DataFrame(
    {"days": list(range(1, 2001)), "money": [n * n % 1009 for n in range(2000)], "kind": ["A", "B", "C", "D"] * 500}
)
ages = pd.DataFrame({"years": [n * 37 % 83 for n in range(120)]})
"""


def told(steps, given):
    """Return the cause told for a wrong answer to the model answer `steps`, which ends in `n`."""
    trace = run(TABLE, steps, "n", {})
    case = Case(trace.value, given, None, difference, detours=lambda: detours(trace, None))
    found = detour(case)
    return found.cause if found else None


COUNTS = 'late = table["days"] > 30\nrich = table["money"] >= 400\nn = (late & rich).sum()'
ROWS = run(TABLE, "n = 1", "n", {}).names["table"]
LATE, RICH = ROWS["days"] > 30, ROWS["money"] >= 400


@pytest.mark.parametrize(
    ("given", "cause"),
    [
        ((LATE | RICH).sum(), "or_for_and"),
        ((LATE & ~RICH).sum(), "opposite"),
        (((ROWS["days"] > 90) & RICH).sum(), "number"),
        (LATE.sum(), "one_condition"),
    ],
)
def test_conditions_done_otherwise_are_named(given, cause):
    assert cause in (told(COUNTS, int(given)) or "")


def test_another_column_measure_and_step_are_named():
    steps = 'n = table["money"].sum() / len(ages)'
    money = ROWS["money"].sum()
    assert "column" in told(steps, ROWS["days"].sum() / 120)
    assert "aggregate" in told(steps, ROWS["money"].median() / 120)
    assert "not_divided" in told(steps, int(money))
    assert "other_table" in told(steps, money / 2000) or "denominator" in told(steps, money / 2000)


def test_one_label_for_another_is_named():
    steps = 'n = table.loc[table["kind"] == "A", "money"].sum()'
    assert "label" in told(steps, int(ROWS.loc[ROWS["kind"] == "C", "money"].sum()))


def test_the_line_itself_is_named_in_words():
    ways = detours(run(TABLE, 'n = table["days"] > 30', "n", {}), None)
    bound = next(one for one in ways if one.name == "bound")
    assert bound.value.sum() == 1971
    assert "exactly on the line" in bound.advice.en and "恰好" in bound.advice.zh


def test_a_small_count_that_chance_meets_is_not_told():
    ways = [Detour("number", n, T(zh="别的数", en="another number")) for n in range(1, 12)]
    assert detour(Case(12, 7, None, difference, detours=lambda: ways)) is None
    assert (
        detour(Case(12, 0, None, difference, detours=lambda: [Detour("x", 0, T(zh="零", en="none"))])) is None
    )


def test_what_is_not_touched_is_not_worked_out_again():
    seen = []

    def fitted(n):
        seen.append(n)
        return n

    trace = run("", "model = fitted(5)\nn = model * 3", "n", {"fitted": fitted})
    assert [trace.otherwise(number, {part: 4}) for number, part in trace.parts() if part.text == "3"] == [20]
    assert seen == [5]


def test_a_detour_that_fails_or_warns_is_no_trouble_to_the_learner(recwarn):
    trace = run("", "few = [3, 0]\nn = few[0] / 2", "n", {})
    assert all(one.value != trace.value or one.value == 1.5 for one in detours(trace, None))
    assert not recwarn


def test_a_name_within_a_comprehension_is_no_name_of_its_line():
    trace = run("pairs = [(1, 2)]", "table = {a: b for a, b in pairs}\nsize = len(table)", "size", {})
    assert trace.value == 1 and [line.name for line in trace.lines if not line.given] == ["table", "size"]


def test_check_names_a_turn_that_nobody_has_listed():
    use_language("en")
    company = load_sample("retail")
    task = exercise("python-big-single")
    orders = company.orders
    limit = orders["amount"].mean().round()
    both = (orders["amount"] >= limit) | (orders["quantity"] == 1)
    feedback = judge(task, int(both.sum()), company)
    assert not feedback and feedback.cause.startswith(("knob:", "mistake:"))


@pytest.mark.slow
@pytest.mark.parametrize("number", lesson_folders())
def test_every_model_answer_with_the_lines_above_it_comes_to_the_answer(number):
    company = load_sample("retail")
    for task in exercises(number).values():
        steps = ladder(task.id)
        if task.answer is None or steps is None or not steps.before["en"]:
            continue
        code = "\n".join(step.code for step in steps.steps["en"])
        trace = run(steps.before["en"], code, steps.names[-1], {"company": company})
        if task.id != "capstone-one-page":  # its answer is a plan in the learner's own words
            assert (
                difference(task.answer(company), trace.value, rounding=False) is None or task.same != "value"
            )


def test_what_keeps_a_file_is_never_done_a_second_time(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    above = """
from custseg_helpers import work_folder
folder = work_folder("x", "n.txt")
limit = 5
written = (folder / "n.txt").write_text(str(limit))
kept = (folder / "n.txt").read_text()
"""
    trace = run(above, "n = int(kept) + limit", "n", {})
    assert trace.value == 10
    assert {line.name for line in trace.lines for _ in trace.parts_of(line)} == {"limit", "n"}
    list(detours(trace, None))
    assert list(tmp_path.iterdir()) == []


def test_a_number_of_a_line_above_is_tried_otherwise_too():
    above = TABLE + 'late = table["days"] > 30\n'
    trace = run(above, 'n = (late & (table["money"] >= 400)).sum()', "n", {})
    given = int(((ROWS["days"] > 60) & RICH).sum())
    found = detour(Case(trace.value, given, None, difference, detours=lambda: detours(trace, None)))
    assert found and "number" in found.cause


def test_a_share_in_place_of_a_number_is_named_with_what_it_is_a_share_of():
    trace = run(TABLE, 'n = (table["days"] > 437).sum()', "n", {})
    given = float(trace.value) / 2000
    found = detour(Case(trace.value, given, None, difference, detours=lambda: detours(trace, None)))
    assert found and ("share_of" in found.cause or "aggregate" in found.cause)


def test_an_infinite_detour_explains_nothing():
    trace = run(
        TABLE, 'few = table[table["days"] < 9]\nn = few["days"].sum() / (table["money"] >= 0).sum()', "n", {}
    )
    ways = [Detour("aggregate", float("inf"), T(zh="无", en="none"))]
    assert detour(Case(trace.value, 0.0234, None, difference, detours=lambda: ways)) is None


PAID = "cost = table['days'].sum()\nn = cost / table['money'].sum()"
LABELLED = 'n = (table["kind"] != "A").sum()'
LATE_RICH = 'late = table["days"] > 30\nrich = table["money"] >= 400\nn = late[rich].mean()'
BETWEEN = 'n = table["money"][table["days"].between(100, 900)].sum()'
THROUGHOUT = 'first = table[table["days"] <= 700]\nn = first["money"].sum() / first["days"].sum()'


@pytest.mark.parametrize(
    ("steps", "given", "cause"),
    [
        (PAID, (ROWS["days"] / ROWS["money"].replace(0, float("nan"))).mean(), None),
        (LABELLED, (ROWS["kind"] == "B").sum() - 1, None),
        (LATE_RICH, RICH[LATE].mean(), "converse"),
        (BETWEEN, ROWS["money"][ROWS["days"] > 900].sum(), "one_end"),
        (THROUGHOUT, ROWS["money"].sum() / ROWS["days"].sum(), "unfiltered"),
        (THROUGHOUT, ROWS["money"].mean() / 350.5, None),
    ],
)
def test_the_converse_one_end_and_the_number_of_those_are_named(steps, given, cause):
    found = told(steps, float(given) if given % 1 else int(given))
    assert cause in found if cause else found is None


def test_the_mean_of_quotients_for_a_quotient_of_sums_is_named():
    rows = 'rows = table.assign(money=table["money"] + 1)\n'
    given = (ROWS["days"] / (ROWS["money"] + 1)).mean()
    assert "mean_of_ratios" in told(rows + "n = rows['days'].sum() / rows['money'].sum()", given)


def test_another_seed_is_named():
    steps = 'n = table.sample(200, random_state=13)["money"].sum()'
    assert "seed" in told(steps, int(ROWS.sample(200, random_state=42)["money"].sum()))


def test_of_a_small_count_a_cause_is_told_as_a_perhaps():
    use_language("en")
    ways = (Detour("bound", 512, T(zh="线上的", en="On the line.")),)
    wrong = Wrong("lines", 12, T(zh="你数的是行。", en="You counted lines."))
    small = diagnose(Case(7, 12, None, difference, (wrong,)))
    assert small.cause == "mistake:lines" and small.text.en.startswith("Perhaps")
    assert diagnose(Case(498, 512, None, difference, detours=lambda: ways)).text.en == "On the line."


def test_two_mistakes_that_undo_each_other_are_not_told():
    right = pd.Series(range(100, 400), index=[f"C{n}" for n in range(300)]).astype(float)
    one, other = (Wrong(name, right + by, T(zh=name, en=name)) for name, by in (("more", 1), ("less", -1)))
    given = right.drop("C7").rename({"C9": "X9"})
    found = diagnose(Case(right, given, None, difference, (one, other)))
    assert "both" not in found.cause


def test_the_same_columns_in_another_order_are_told_as_another_order():
    """Nobody is told that a column is left out where all are in, in another order."""
    steps = 'first = lambda columns: table[columns[0]]\nn = first(["days", "money"]).sum() + first(["days"]).max()'
    trace = run(TABLE, steps, "n", {})
    given = int(ROWS["money"].sum() + ROWS["days"].max())
    found = detour(Case(trace.value, given, None, difference, detours=lambda: detours(trace, None)))
    assert "other_order" in found.cause and "the order matters" in found.text.en
