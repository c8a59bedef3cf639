"""Every picture of the tiers: in both languages, whole, with units, and true to its table."""

import math
from functools import cache

import numpy as np
import pandas as pd
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Text

from custseg_helpers.facts.per_customer import facts_at, money_by
from custseg_helpers.mapping.load import load
from custseg_helpers.plots import behaviour as behaviour_plots
from custseg_helpers.plots import cross as cross_plots
from custseg_helpers.plots import lifecycle as lifecycle_plots
from custseg_helpers.plots import persona as persona_plots
from custseg_helpers.plots import quadrant as quadrant_plots
from custseg_helpers.plots import value as value_plots
from custseg_helpers.tiers import behaviour, cohort, cross, cuts, cycle, lifecycle, persona, quadrant, value
from custseg_helpers.words.text import T, use_language


@cache
def retail():
    company = load("retail")
    customers = company.customers.set_index("customer_id")
    orders, as_of = company.orders, company.as_of
    earlier = as_of - pd.DateOffset(months=12)
    facts = facts_at(orders, [earlier, as_of])
    by_category = money_by(orders, "category", products=company.products)
    by_month = money_by(orders, "month")
    stages = lifecycle.stages(facts, customers["signup_date"], cycle.typical_gap(facts[earlier]))
    return customers, facts[as_of], by_category, by_month, stages


def contacts():
    random = np.random.default_rng(1)
    accounts = pd.Index([f"c{i}" for i in range(30)])
    table = pd.DataFrame(
        {"customer_id": random.choice(accounts, 60), "role": random.choice(behaviour.ROLES[:3], 60)}
    )
    return behaviour.role_coverage(table, accounts)


def stones():
    cells = {
        ("A", "small"): (81, 87),
        ("A", "large"): (192, 263),
        ("B", "small"): (234, 270),
        ("B", "large"): (55, 80),
    }
    rows = [(int(i < won), *key) for key, (won, number) in cells.items() for i in range(number)]
    table = pd.DataFrame(rows, columns=["won", "treatment", "size"])
    return cross.within_and_overall(table["won"], table["treatment"], table["size"])


def pictures():
    customers, facts, by_category, by_month, stages = retail()
    spend = facts["monetary"]
    grades = value.abc(spend)
    first, last = stages.columns
    money = by_month.iloc[:, :12].sum(axis=1), by_month.iloc[:, 12:24].sum(axis=1)
    waits = cohort.second_purchase(facts)
    tags = pd.DataFrame({"region": customers["region"], "grade": grades.reindex(customers.index)})
    traits = customers[["gender", "birth_year", "region", "signup_channel"]].join(
        facts[["recency_days", "frequency"]]
    )
    profile = persona.profile(traits, stages[last], spend)
    return {
        "pareto": lambda: value_plots.pareto_curve(value.pareto(spend)),
        "cut points": lambda: value_plots.cut_points(spend, cuts.natural_cuts(spend)),
        "cut points, even": lambda: value_plots.cut_points(
            facts["recency_days"], cuts.quantile_cuts(facts["recency_days"])
        ),
        "group shares": lambda: value_plots.group_shares(value.by_group(grades, spend)),
        "stages": lambda: lifecycle_plots.stage_shares(stages),
        "transitions": lambda: lifecycle_plots.transition_matrix(
            lifecycle.transitions(stages[first], stages[last])
        ),
        "worth": lambda: lifecycle_plots.transition_worth(
            lifecycle.transition_worth(stages[first], stages[last], *money)
        ),
        "retention": lambda: lifecycle_plots.retention(cohort.retention(cohort.cohorts(by_month))),
        "survival": lambda: lifecycle_plots.survival_curve(cohort.survival(waits["days"], waits["happened"])),
        "pace": lambda: behaviour_plots.pace(cycle.pace(facts)),
        "interest": lambda: behaviour_plots.interest_map(
            behaviour.interest(by_category.groupby(grades.reindex(by_category.index)).sum())
        ),
        "discount": lambda: behaviour_plots.discount_shares(facts),
        "tag": lambda: behaviour_plots.tag_sizes(behaviour.main_interest(by_category, facts["lines"])),
        "roles": lambda: behaviour_plots.role_gaps(contacts()),
        "quadrants": lambda: quadrant_plots.quadrants(
            quadrant.quadrants(facts["frequency"], spend, "mean", "mean")
        ),
        "cross": lambda: cross_plots.cells(cross.cross(tags, spend), "mean_value"),
        "paradox": lambda: cross_plots.turned_around(stones(), T(zh="治愈率", en="share cured")),
        "standouts": lambda: persona_plots.standouts(profile, "loyal"),
        "side by side": lambda: persona_plots.side_by_side(profile),
    }


NAMES = [
    *(
        "pareto",
        "cut points",
        "cut points, even",
        "group shares",
        "stages",
        "transitions",
        "worth",
        "retention",
    ),
    *(
        "survival",
        "pace",
        "interest",
        "discount",
        "tag",
        "roles",
        "quadrants",
        "cross",
        "paradox",
        "standouts",
    ),
    "side by side",
]


def words(figure):
    """The texts that are really drawn: ticks beyond the ends of an axis are not."""
    FigureCanvasAgg(figure).draw()
    hidden = set()
    for axis in [side for ax in figure.axes for side in (ax.xaxis, ax.yaxis)]:
        low, high = sorted(axis.get_view_interval())
        for tick in axis.get_major_ticks() + axis.get_minor_ticks():
            if not low <= tick.get_loc() <= high:
                hidden |= {tick.label1, tick.label2}
    every = figure.findobj(Text)
    return [text for text in every if text.get_visible() and text.get_text().strip() and text not in hidden]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", NAMES)
def test_picture_is_whole_and_in_one_language(name, language):
    use_language(language)
    try:
        figure = pictures()[name]()
        texts = words(figure)
    finally:
        use_language("en")
    width, height = figure.bbox.width, figure.bbox.height
    for text in texts:
        box = text.get_window_extent()
        assert box.x0 > -1 and box.y0 > -1 and box.x1 < width + 1 and box.y1 < height + 1, text.get_text()
        assert text.get_fontsize() >= 10
    chinese = any("\u4e00" <= letter <= "\u9fff" for text in texts for letter in text.get_text())
    assert chinese == (language == "zh")
    assert not any("_" in text.get_text() for text in texts), "a code was left untranslated"


def test_every_picture_is_listed():
    assert list(pictures()) == NAMES


def test_curve_ends_at_everything_and_marks_the_top():
    figure = value_plots.pareto_curve(value.pareto(pd.Series([50.0, 20, 10, 10, 10])))
    curve = figure.axes[0].lines[0]
    assert curve.get_xdata()[-1] == curve.get_ydata()[-1] == 1
    assert any("50%" in text.get_text() for text in words(figure))


def test_bars_show_the_table():
    table = value.by_group(pd.Series(["a", "a", "b", "b"]), pd.Series([6.0, 2.0, 1.0, 1.0]))
    ax = value_plots.group_shares(table).axes[0]
    assert [round(bar.get_width()) for bar in ax.patches] == [50, 50, 80, 20]
    tag = pd.Series(["high", "low", "low", "unknown"], name="level")
    ax = behaviour_plots.tag_sizes(tag).axes[0]
    assert [bar.get_width() for bar in ax.patches] == [2, 1, 1]
    assert ax.patches[-1].get_hatch() == "//"


def test_map_of_moves_shows_shares_of_the_row():
    before, after = pd.Series(["new"] * 4), pd.Series(["loyal", "loyal", "loyal", "new"])
    figure = lifecycle_plots.transition_matrix(lifecycle.transitions(before, after))
    assert {"75", "25"} <= {text.get_text() for text in words(figure)}


def test_quadrants_show_their_sizes_and_their_lines():
    table = quadrant.quadrants(pd.Series([1.0, 2, 3, 4], name="a"), pd.Series([1.0, 2, 3, 4], name="b"))
    figure = quadrant_plots.quadrants(table)
    texts = [text.get_text() for text in words(figure)]
    assert sum("2 (50%)" in text for text in texts) == 2 and sum("0 (0%)" in text for text in texts) == 2


def test_small_cells_are_hatched_and_empty_ones_marked():
    tags = pd.DataFrame({"a": ["x"] * 40 + ["y"], "b": ["p"] * 40 + ["q"]})
    figure = cross_plots.cells(cross.cross(tags))
    assert sum(patch.get_hatch() == "//" for patch in figure.axes[0].patches) == 1
    assert sum(text.get_text() == "—" for text in words(figure)) == 2


EMPTY = pd.Series(dtype=float)
ONE = pd.Series([5.0], index=["c1"])


@pytest.mark.parametrize("values", [EMPTY, ONE])
def test_nobody_and_one_customer_can_be_drawn(values):
    facts = pd.DataFrame(
        {"recency_days": values, "order_days": values, "mean_gap_days": values, "last_gap_days": values}
    ).assign(frequency=values, discount_share=values / 10)
    groups = values.astype(str)
    for figure in (
        value_plots.pareto_curve(value.pareto(values)),
        value_plots.cut_points(values, [1, 2]),
        value_plots.group_shares(value.by_group(groups, values)),
        behaviour_plots.pace(cycle.pace(facts)),
        behaviour_plots.discount_shares(facts),
        behaviour_plots.tag_sizes(groups),
        quadrant_plots.quadrants(quadrant.quadrants(values, values)),
        lifecycle_plots.survival_curve(cohort.survival(values, values > 0)),
    ):
        FigureCanvasAgg(figure).draw()


def test_a_line_that_is_never_reached_is_said_in_words():
    curve = cohort.survival(pd.Series([3.0, 9.0]), pd.Series([False, False]))
    assert math.isnan(cohort.days_until(curve))
    assert any("50%" in text.get_text() for text in words(lifecycle_plots.survival_curve(curve)))
