"""CLV against the published results, against plain formulas, against the truth of a simulation, against abuse."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.special import betaln, gammaln

from custseg_helpers.company.company import load_sample
from custseg_helpers.facts.per_customer import order_facts
from custseg_helpers.tiers import buy_till_you_die as btyd
from custseg_helpers.tiers import clv, clv_fit, clv_holdout
from custseg_helpers.words.text import UserError, use_language

pytestmark = pytest.mark.slow

REAL = Path(__file__).parents[2].parent / "shared" / "data"
TRUTH = {"r": 0.6, "alpha": 50.0, "a": 0.7, "b": 4.0, "p": 6.0, "q": 4.0, "gamma": 150.0}
END = pd.Timestamp("2025-12-31")


def simulated(customers=2500, *, seed=1, days=730, opening=0.0, leaving=True):
    """Order lines of a buy-till-you-die shop that starts `days` before END; `opening` of all come in the first month."""
    rng = np.random.default_rng(seed)
    rate = rng.gamma(TRUTH["r"], 1 / TRUTH["alpha"], customers)
    leave = rng.beta(TRUTH["a"], TRUTH["b"], customers) if leaving else np.zeros(customers)
    level = TRUTH["p"] * TRUTH["gamma"] / rng.gamma(TRUTH["q"], 1.0, customers)
    first = np.where(
        rng.random(customers) < opening, 30 * rng.random(customers), days * rng.random(customers)
    )
    who, clock = np.arange(customers), first.copy()
    events = [(who, clock)]
    while len(who):
        clock = clock + rng.exponential(1.0, len(who)) / rate[who]
        here = clock < days
        who, clock = who[here], clock[here]
        events.append((who, clock))
        stays = rng.random(len(who)) >= leave[who]
        who, clock = who[stays], clock[stays]
    buyer = np.concatenate([who for who, _ in events])
    day = np.floor(np.concatenate([clock for _, clock in events])).astype(int)
    return pd.DataFrame(
        {
            "order_id": [f"O{number}" for number in range(len(buyer))],
            "customer_id": [f"C{number:05d}" for number in buyer],
            "order_date": END - pd.to_timedelta(days - 1 - day, unit="D"),
            "amount": np.round(
                np.maximum(level[buyer] * rng.gamma(TRUTH["p"], 1 / TRUTH["p"], len(buyer)), 0.01), 2
            ),
        }
    )


@pytest.fixture(scope="module")
def orders():
    return simulated()


@pytest.fixture(scope="module")
def history(orders):
    return clv.purchase_history(orders, END)


@pytest.fixture(scope="module")
def cdnow():
    path = REAL / "cdnow_sample.csv"
    if not path.exists():
        pytest.skip("the CDNOW sample is not on this machine (../shared/data)")
    lines = pd.read_csv(path, dtype={"sample_id": "str"})
    return pd.DataFrame(
        {
            "order_id": lines.index.astype("str"),
            "customer_id": lines["sample_id"],
            "order_date": pd.to_datetime(lines["date"].astype("str")),
            "amount": lines["dollars"].clip(lower=0.01),  # eight CDs for nothing are purchases, too
        }
    )


@pytest.fixture(scope="module")
def online_retail():
    path = REAL / "online_retail.parquet"
    if not path.exists():
        pytest.skip("Online Retail is not on this machine (../shared/data)")
    lines = pd.read_parquet(path)
    return pd.DataFrame(
        {
            "order_id": lines["InvoiceNo"],
            "customer_id": lines["CustomerID"],
            "order_date": lines["InvoiceDate"],
            "amount": lines["Quantity"] * lines["UnitPrice"],
        }
    )


# published results


def test_cdnow_has_the_published_purchase_parameters(cdnow):
    history = clv.purchase_history(cdnow, "1997-09-30")
    model = clv.fit_purchases(history)
    assert len(history) == 2357
    assert [round(model.r, 4), round(model.alpha, 3), round(model.a, 3), round(model.b, 3)] == [
        0.2426,
        4.414,
        0.793,
        2.426,
    ]
    assert round(model.log_likelihood, 3) == -9582.429


def test_cdnow_has_the_published_spend_parameters(cdnow):
    model = clv.fit_spend(clv.purchase_history(cdnow, "1997-09-30"))
    assert model.repeaters == 946
    assert [round(model.p, 2), round(model.q, 3), round(model.gamma, 2)] == [6.25, 3.744, 15.44]
    assert round(model.average, 2) == 35.17


def test_the_unit_changes_the_name_of_time_and_nothing_else(cdnow):
    history = clv.purchase_history(cdnow, "1997-09-30")
    weeks, days = clv.fit_purchases(history), clv.fit_purchases(history, unit_days=1)
    assert days.alpha == pytest.approx(7 * weeks.alpha)
    pd.testing.assert_series_equal(
        clv.expected_purchases(history, weeks, 90), clv.expected_purchases(history, days, 90)
    )


def test_cdnow_forecast_beats_the_naive_one(cdnow):
    check = clv_holdout.validate(cdnow, "1997-09-30", "1998-06-30")
    assert check.totals["actual_purchases"] == 1882
    assert (
        abs(check.totals["expected_purchases"] / 1882 - 1) < 0.15 < check.totals["naive_purchases"] / 1882 - 1
    )
    assert check.errors["expected_purchases"] < 0.75 * check.errors["naive_purchases"]
    assert check.by_repeats["customers"].sum() == 2357


def test_online_retail_gets_a_verdict_and_no_number(online_retail):
    history = clv.purchase_history(online_retail, "2011-12-09")
    assert len(history) == 4338
    assert clv.fit_purchases(history).code == "history_cut_at_start"
    verdict = clv.fit_purchases(history, complete=True)
    assert verdict.code == "no_proper_optimum" and "a, b" in verdict.text.en
    with pytest.raises(UserError, match="no proper optimum"):
        clv.alive_probability(history, verdict)


def test_cancelled_giants_are_not_the_best_customers(online_retail):
    history = clv.purchase_history(online_retail, "2011-12-09")
    assert history.loc[16446, "mean_spend"] < 3
    assert np.isnan(history.loc[12346, "mean_spend"])


# against plain formulas


def plain_log_likelihood(parameters, x, t_x, T):
    """Equation 6 of Fader, Hardie & Lee (2005), customer by customer, nothing looked up."""
    r, alpha, a, b = parameters
    stayed = betaln(a, b + x) - (r + x) * np.log(alpha + T)
    left = np.where(
        x > 0, betaln(a + 1, np.maximum(b + x - 1, 1e-9)) - (r + x) * np.log(alpha + t_x), -np.inf
    )
    return (np.logaddexp(stayed, left) - betaln(a, b) + gammaln(r + x) - gammaln(r) + r * np.log(alpha)).sum()


customers = st.lists(
    st.tuples(st.integers(0, 30), st.integers(0, 300), st.integers(0, 300)).map(
        lambda c: (c[0], c[0] + c[1] if c[0] else 0, c[0] + c[1] + c[2])
    ),
    min_size=3,
    max_size=40,
)
positive = st.floats(0.05, 20)


@given(customers, st.tuples(positive, st.floats(1, 300), positive, positive))
def test_look_ups_give_the_plain_likelihood_and_its_slope(rows, parameters):
    x, t_x, T = np.array(rows).T
    seen = {}

    def spy(objective, start, weight):
        seen["objective"] = objective

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(btyd, "maximise", spy)
        btyd.fit_bg_nbd(x, t_x, T)
    value, gradient = seen["objective"](np.array(parameters))
    assert value == pytest.approx(plain_log_likelihood(parameters, x, t_x, T), rel=1e-9)
    for place in range(4):
        step = np.zeros(4)
        step[place] = 1e-5 * parameters[place]
        ahead, behind = (plain_log_likelihood(np.array(parameters) + s, x, t_x, T) for s in (step, -step))
        assert gradient[place] == pytest.approx((ahead - behind) / (2 * step[place]), rel=1e-3, abs=1e-3)


@given(
    st.lists(st.tuples(st.integers(1, 20), st.floats(0.5, 5000)), min_size=2, max_size=30),
    st.tuples(positive, positive, positive),
)
def test_spend_look_ups_give_the_plain_likelihood_and_its_slope(rows, parameters):
    x, m = np.array([row[0] for row in rows]), np.array([row[1] for row in rows])
    seen = {}

    def plain(values):
        p, q, g = values
        return (
            gammaln(p * x + q)
            - gammaln(p * x)
            - gammaln(q)
            + q * np.log(g)
            + (p * x - 1) * np.log(m)
            + p * x * np.log(x)
            - (p * x + q) * np.log(g + x * m)
        ).sum()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(btyd, "maximise", lambda objective, start, weight: seen.update(objective=objective))
        btyd.fit_gamma_gamma(x, m)
    value, gradient = seen["objective"](np.array(parameters))
    assert value == pytest.approx(plain(parameters), rel=1e-8, abs=1e-8)
    for place in range(3):
        step = np.zeros(3)
        step[place] = 1e-5 * parameters[place]
        slope = (plain(np.array(parameters) + step) - plain(np.array(parameters) - step)) / (2 * step[place])
        assert gradient[place] == pytest.approx(slope, rel=1e-3, abs=1e-3)


@pytest.mark.parametrize("a", [0.4, 0.999_999_9, 1.0, 2.5])
@pytest.mark.parametrize("b", [0.6, 3.0])
def test_expected_purchases_of_a_new_customer_is_what_the_model_says(a, b):
    """E[X(t)] for given rate and dropout is (1 − exp(−λ p t)) / p; averaged by numbers instead of ₂F₁."""
    from scipy.stats import beta

    r, alpha, days = 0.8, 40.0, 365.0
    steps = (np.arange(20_000) + 0.5) / 20_000
    p = beta.ppf(steps, a, b)
    by_number = np.mean((1 - (alpha / (alpha + p * days)) ** r) / p)
    ours = btyd.growth(np.array([r, alpha, a, b]), np.array([0]), np.array([0]), days)[0]
    assert ours == pytest.approx(by_number, rel=2e-3)


def test_expected_purchases_of_an_old_customer_is_what_the_model_says():
    """Given alive at T with x purchases, rate is Gamma(r+x, α+T) and dropout Beta(a, b+x)."""
    from scipy.stats import beta

    r, alpha, a, b, x, T, days = 0.8, 40.0, 0.7, 3.0, 12, 400, 200.0
    by_number = quad(
        lambda p: (1 - ((alpha + T) / (alpha + T + p * days)) ** (r + x)) / p * beta.pdf(p, a, b + x),
        0,
        1,
        limit=200,
    )[0]
    ours = btyd.growth(np.array([r, alpha, a, b]), np.array([x]), np.array([T]), days)[0]
    assert ours == pytest.approx(by_number, rel=1e-4)


def test_many_purchases_neither_overflow_nor_vanish():
    x, T = np.array([0, 1, 400, 3000]), np.array([4000] * 4)
    ours = btyd.growth(np.array([0.6, 50.0, 0.7, 4.0]), x, T, 365)
    assert np.isfinite(ours).all() and (np.diff(ours) > 0).all() and ours[-1] < 3000 / 4000 * 365
    chance = btyd.alive(np.array([0.6, 50.0, 0.7, 4.0]), x, np.array([0, 10, 500, 3999]), T)
    assert np.isfinite(chance).all() and chance[2] < 1e-9 < 0.9 < chance[3]


# against the truth


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_simulated_shop_gives_back_its_parameters(seed):
    history = clv.purchase_history(simulated(6000, seed=seed), END)
    purchases, spend = clv.fit_purchases(history, unit_days=1), clv.fit_spend(history)
    for name, truth in TRUTH.items():
        model = purchases if hasattr(purchases, name) else spend
        low, high = model.limits[name]
        width = np.log(high / low) / 2
        assert abs(np.log(getattr(model, name) / truth)) < 1.75 * width, name  # 3.4 standard errors
        assert low < getattr(model, name) < high


def test_limits_shrink_with_the_root_of_the_customers():
    few, many = (clv.fit_purchases(clv.purchase_history(simulated(n), END)).limits["r"] for n in (1000, 9000))
    assert np.log(few[1] / few[0]) / np.log(many[1] / many[0]) == pytest.approx(3, rel=0.25)


def test_holdout_forecast_is_right_where_the_model_is(orders):
    check = clv_holdout.validate(orders, END - pd.Timedelta(days=180), END)
    actual, expected, naive = check.totals
    assert abs(expected - actual) < 0.1 * actual < abs(naive - actual)
    assert check.errors["expected_purchases"] < check.errors["naive_purchases"]
    assert "of use" in check.text.en and "预测可用" in check.text.zh


def test_the_curve_follows_the_purchases(orders):
    split = END - pd.Timedelta(days=180)
    check = clv_holdout.validate(orders, split, END)
    curve = clv_holdout.repeat_curve(orders, split, END, check.model)
    table = check.customers
    assert curve["actual"].iloc[-1] == table["repeat_purchases"].sum() + table["actual_purchases"].sum()
    assert (curve.diff().dropna() >= 0).all(axis=None)
    assert (curve["expected"] / curve["actual"]).loc["2025-01-01":].between(0.9, 1.1).all()


# verdicts


def test_too_few_who_came_back():
    history = clv.purchase_history(simulated(60), END)
    assert clv.fit_purchases(history).code == "too_few_repeaters" == clv.fit_spend(history).code


def test_no_orders_at_all():
    history = clv.purchase_history(simulated(5).iloc[:0], END)
    assert history.columns.tolist() == [*clv_fit.COUNTS, "mean_spend"] and history.index.name == "customer_id"
    assert clv.fit_purchases(history).code == "too_few_repeaters"


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_history_that_begins_half_way_is_recognised(seed):
    later = simulated(5000, seed=seed, days=1460)
    later = later[later["order_date"] > END - pd.Timedelta(days=600)]
    assert clv.fit_purchases(clv.purchase_history(later, END)).code == "history_cut_at_start"


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_shop_that_opens_with_a_rush_is_not_mistaken_for_it(seed):
    history = clv.purchase_history(simulated(4000, seed=seed, opening=0.45), END)
    assert isinstance(clv.fit_purchases(history), clv.PurchaseModel)


def test_orders_that_stop_before_the_snapshot_are_recognised(orders):
    assert (
        clv.fit_purchases(clv.purchase_history(orders, END + pd.Timedelta(days=60))).code
        == "history_cut_at_end"
    )


def test_a_quiet_week_before_the_snapshot_is_no_cut():
    busy = clv.purchase_history(simulated(12_000), END + pd.Timedelta(days=7))
    assert isinstance(clv.fit_purchases(busy), clv.PurchaseModel)


def test_a_shop_that_nobody_leaves_has_no_proper_optimum():
    verdict = clv.fit_purchases(clv.purchase_history(simulated(leaving=False), END))
    assert verdict.code == "no_proper_optimum"
    with pytest.raises(UserError):
        clv.customer_value(clv.purchase_history(simulated(100), END), verdict, verdict, margin=0.3)


def people(*groups):
    """Return a purchase history of groups of like customers: how many, x, t_x, T."""
    rows = [row for many, *row in groups for _ in range(many)]
    return pd.DataFrame(rows, columns=clv_fit.COUNTS).assign(mean_spend=20.0)


@pytest.fixture
def sure(monkeypatch):
    """Let every likelihood have a peak, as sharp as a test sets it: what is left are the lines of the verdicts."""
    found = {"errors": 0.1, "q": 4.0}

    def peak(*parameters):
        return btyd.Optimum(
            np.array(parameters), -1.0, np.array([0.1] * (len(parameters) - 1) + [found["errors"]])
        )

    monkeypatch.setattr(btyd, "fit_bg_nbd", lambda *_: peak(0.6, 50.0, 0.7, 4.0))
    monkeypatch.setattr(btyd, "fit_gamma_gamma", lambda *_: peak(6.0, found["q"], 150.0))
    return found


def code(fitted):
    return fitted.code if isinstance(fitted, clv_fit.Verdict) else "model"


def test_fifty_who_came_back_are_enough_and_forty_nine_are_not(sure):
    for many, said in ((49, "too_few_repeaters"), (50, "model")):
        history = people((many, 1, 50, 60), (500, 0, 0, 60))
        assert (code(clv.fit_purchases(history)), code(clv.fit_spend(history))) == (said, said)
    history.iloc[0, history.columns.get_loc("mean_spend")] = 0.0
    assert (code(clv.fit_purchases(history)), code(clv.fit_spend(history))) == ("model", "too_few_repeaters")


def test_the_line_beyond_which_a_parameter_is_not_settled(sure):
    history = people((60, 1, 50, 60))
    for errors, said in ((0.999, "model"), (1.0, "no_proper_optimum")):
        sure["errors"] = errors
        purchases, spend = clv.fit_purchases(history), clv.fit_spend(history)
        assert (code(purchases), code(spend)) == (said, said)
    assert "do not settle b." in purchases.text.en and "do not settle γ." in spend.text.en


def test_an_average_spend_that_does_not_exist_is_no_model(sure):
    """The mean of the model is p·γ / (q − 1): at q = 1 there is none."""
    for q, said in ((1.0, "no_proper_optimum"), (1.001, "model")):
        sure["q"] = q
        assert code(clv.fit_spend(people((60, 1, 50, 60)))) == said


@pytest.mark.parametrize(
    ("quiet", "before", "said"),
    [(14, 10, "model"), (15, 10, "history_cut_at_end"), (15, 75, "history_cut_at_end"), (15, 76, "model")],
    ids=["14 days: a holiday", "15 days: a cut", "20 purchases missed", "fewer than 20 missed"],
)
def test_how_long_nobody_may_buy_before_the_snapshot(sure, quiet, before, said):
    history = people((50, 1, before, before + quiet))
    assert code(clv.fit_purchases(history)) == said
    assert code(clv.fit_purchases(history, complete=True)) == "model"


LATER = (87, 1, 372, 372), (1, 1, 64, 64)
"""88 customers in the eleven twelfths after the first 28 days of 336: 8 in each, so a rush begins at 24."""


@pytest.mark.parametrize(
    ("groups", "said"),
    [
        (((24, 2, 400, 400), *LATER), "history_cut_at_start"),
        (((23, 2, 400, 400), *LATER), "model"),
        (((23, 2, 400, 400), (1, 2, 373, 373), *LATER), "history_cut_at_start"),
        (((5, 2, 400, 400), (19, 1, 400, 400), *LATER), "history_cut_at_start"),
        (((4, 2, 400, 400), (20, 1, 400, 400), *LATER), "model"),
        (((50, 2, 100, 100), (11, 1, 72, 72)), "history_cut_at_start"),
        (((50, 2, 100, 100), (11, 1, 73, 73)), "model"),
    ],
    ids=[
        "a rush",
        "one short of it",
        "the last early day",
        "faster by 1.112",
        "by 1.07",
        "28 days",
        "27 days",
    ],
)
def test_when_first_purchases_were_not_the_first(sure, groups, said):
    assert code(clv.fit_purchases(people(*groups))) == said
    assert code(clv.fit_purchases(people(*groups), complete=True)) == "model"


@pytest.mark.parametrize(("rho", "cautioned"), [(0.3, False), (-0.3, False), (0.301, True), (-0.301, True)])
def test_from_which_correlation_on_the_money_is_a_rough_guide(rho, cautioned):
    model = clv_fit.SpendModel(6.0, 4.0, 150.0, -1.0, 60, rho)
    assert ("rough guide" in model.text.en) == ("只宜作参考" in model.text.zh) == cautioned


def test_verdicts_speak_both_languages():
    verdict = clv.fit_purchases(clv.purchase_history(simulated(60), END))
    use_language("zh")
    assert "RFM" in str(verdict) and "位客户来过第二次" in str(verdict)


def test_spend_that_goes_with_frequency_is_cautioned():
    rng = np.random.default_rng(0)
    x = rng.integers(1, 20, 400)
    spend = np.round(50 * np.sqrt(x) * rng.lognormal(0, 0.6, 400), 2)
    model = clv.fit_spend(
        pd.DataFrame(
            {"repeat_purchases": x, "last_purchase_day": x, "observed_days": 100, "mean_spend": spend}
        )
    )
    assert model.correlation > 0.4 and "rough guide" in model.text.en


# the history


def test_two_orders_on_one_day_are_one_purchase():
    orders = pd.DataFrame(
        {
            "order_id": ["1", "2", "3", "4"],
            "customer_id": ["A"] * 4,
            "order_date": pd.to_datetime(
                ["2025-01-01 08:00", "2025-01-01 20:00", "2025-01-05 23:59", "2025-01-05 00:01"]
            ),
            "amount": [10.0, 20.0, 30.0, 40.0],
        }
    )
    assert clv.purchase_history(orders, "2025-01-10").loc["A"].tolist() == [1, 4, 9, 70.0]


def test_returns_are_no_purchase_and_lower_the_spend():
    orders = pd.DataFrame(
        {
            "order_id": ["1", "2", "3"],
            "customer_id": ["A"] * 3,
            "order_date": pd.to_datetime(["2025-01-01", "2025-01-05", "2025-01-20"]),
            "amount": [100.0, 100.0, -50.0],
        }
    )
    assert clv.purchase_history(orders, "2025-01-31").loc["A"].tolist() == [1, 4, 30, 75.0]


def test_days_are_read_in_the_time_zone_of_the_snapshot():
    orders = pd.DataFrame(
        {
            "order_id": ["1", "2"],
            "customer_id": ["A"] * 2,
            "order_date": pd.to_datetime(["2025-01-01 15:00", "2025-01-01 17:00"]).tz_localize("UTC"),
            "amount": [10.0, 20.0],
        }
    )
    shanghai = clv.purchase_history(orders, pd.Timestamp("2025-01-10", tz="Asia/Shanghai"))
    assert shanghai.loc["A"].tolist() == [1, 1, 9, 20.0]
    assert clv.purchase_history(orders, "2025-01-10").loc["A", "repeat_purchases"] == 0


def test_the_last_purchase_day_is_not_the_recency(history):
    """Counterfeit: days since the last purchase in place of t_x. Customers who just came look long gone."""
    wrong = history.assign(last_purchase_day=history["observed_days"] - history["last_purchase_day"])
    with pytest.raises(UserError, match="impossible purchase history"):
        clv.fit_purchases(wrong)
    repeaters = wrong[wrong["repeat_purchases"].between(1, 5) & (wrong["last_purchase_day"] >= 5)]
    model = clv.fit_purchases(history)
    right = clv.alive_probability(history.loc[repeaters.index], model)
    assert right.corr(clv.alive_probability(repeaters, model)) < 0


def test_nothing_after_the_split_touches_the_forecast(orders):
    """Counterfeit: leaking the future. Change everything after the split and nothing but the outcome may change."""
    split = END - pd.Timedelta(days=180)
    after = orders["order_date"] > split
    changed = orders.assign(amount=orders["amount"].where(~after, orders["amount"] * 7))
    changed = pd.concat([changed[~after], changed[after].iloc[::3]])
    one, two = (clv_holdout.validate(lines, split, END) for lines in (orders, changed))
    assert one.model == two.model == clv.fit_purchases(clv.purchase_history(orders, split))
    same = [*clv_fit.COUNTS, "mean_spend", "expected_purchases", "naive_purchases"]
    pd.testing.assert_frame_equal(one.customers[same], two.customers[same])
    assert one.totals["actual_purchases"] > two.totals["actual_purchases"]
    assert one.customers.attrs["left_out"]["joined_later"] > 0


def test_any_row_order_gives_the_same_to_the_last_bit(orders, history):
    mixed = orders.sample(frac=1, random_state=3)
    pd.testing.assert_frame_equal(clv.purchase_history(mixed, END), history, check_exact=True)
    shuffled = history.sample(frac=1, random_state=4)
    assert clv.fit_purchases(shuffled) == clv.fit_purchases(history)
    assert clv.fit_spend(shuffled) == clv.fit_spend(history)


def test_the_callers_tables_stay_as_they_were(orders, history):
    before, rows = orders.copy(), history.copy()
    purchases, spend = clv.fit_purchases(clv.purchase_history(orders, END)), clv.fit_spend(history)
    clv.customer_value(history, purchases, spend, margin=0.3)
    clv_holdout.validate(orders, END - pd.Timedelta(days=90), END)
    pd.testing.assert_frame_equal(orders, before)
    pd.testing.assert_frame_equal(history, rows)


@pytest.mark.parametrize(
    "change",
    [
        {"repeat_purchases": -1},
        {"last_purchase_day": 9999},
        {"observed_days": np.nan},
        {"last_purchase_day": 3.5},
    ],
)
def test_an_impossible_history_is_named(history, change):
    broken = (
        history.head(200)
        .astype("float64")
        .assign(repeat_purchases=1.0, last_purchase_day=5.0, observed_days=50.0)
    )
    column, value = next(iter(change.items()))
    broken.iloc[7, broken.columns.get_loc(column)] = value
    with pytest.raises(UserError, match=str(history.index[7])):
        clv.fit_purchases(broken)
    with pytest.raises(UserError, match="mean_spend"):
        clv.fit_purchases(history.drop(columns="mean_spend"))


# forecasts


@pytest.fixture(scope="module")
def models(history):
    return clv.fit_purchases(history), clv.fit_spend(history)


def test_value_is_purchases_times_spend_times_margin(history, models):
    table = clv.customer_value(history, *models, margin=0.3, days=400, discount_rate=0.0)
    product = table["expected_purchases"] * table["expected_spend"] * 0.3
    assert np.allclose(table["clv"], product, atol=0.005001)
    assert table["expected_purchases"].to_numpy() == pytest.approx(
        clv.expected_purchases(history, models[0], 400)
    )


def test_money_later_is_worth_less_and_margins_may_differ(history, models):
    now = clv.customer_value(history, *models, margin=0.3, discount_rate=0.0)["clv"].sum()
    later = clv.customer_value(history, *models, margin=0.3, discount_rate=0.2)["clv"].sum()
    assert 0.88 < later / now < 0.95  # half a year at 20 %, and most purchases come early
    margin = pd.Series(np.linspace(0.1, 0.5, len(history)), index=history.index).sample(
        frac=1, random_state=1
    )
    table = clv.customer_value(history, *models, margin=margin)
    one = history.index[42]
    alone = clv.customer_value(history.loc[[one]], *models, margin=float(margin[one]))
    assert table.loc[one, "clv"] == alone["clv"].iloc[0]
    with pytest.raises(UserError):
        clv.customer_value(history, *models, margin=0.3, days=0)


@given(st.integers(1, 40), st.integers(0, 200), st.integers(0, 400), st.integers(1, 200))
def test_silence_lowers_and_never_raises_the_chance_of_being_alive(x, gap, quiet, more):
    parameters = np.array([0.6, 50.0, 0.7, 4.0])
    last = x + gap
    now, then = (
        btyd.alive(parameters, np.array([x]), np.array([last]), np.array([last + days]))[0]
        for days in (quiet, quiet + more)
    )
    assert 0 <= then <= now <= 1


def test_buyers_often_and_then_silent_are_lost_sooner(models):
    """The lesson's riddle: of two customers silent for 200 days, the one who bought more often is likelier gone."""
    two = pd.DataFrame(
        {
            "repeat_purchases": [20, 2],
            "last_purchase_day": [300, 300],
            "observed_days": [500, 500],
            "mean_spend": [50.0, 50.0],
        }
    )
    often, seldom = clv.alive_probability(two, models[0])
    assert often < seldom


def test_spend_is_drawn_to_the_average_the_more_the_less_is_known(models):
    table = pd.DataFrame(
        {
            "repeat_purchases": [0, 1, 30],
            "last_purchase_day": [0, 9, 90],
            "observed_days": [99] * 3,
            "mean_spend": [None, 900.0, 900.0],
        }
    )
    none, one, many = clv.expected_spend(table, models[1])
    assert none == pytest.approx(models[1].average)
    assert none < one < many < 900


def test_the_split_must_lie_before_the_end(orders):
    with pytest.raises(UserError, match="holdout period"):
        clv_holdout.validate(orders, END, END)


def test_a_company_that_cannot_be_forecast_gives_way_to_one_that_can():
    from custseg_helpers.company.company import load_sample

    standing = {name: clv_holdout.company_with_forecast(load_sample(name)).name for name in ("b2b", "pharma")}
    assert standing == {"b2b": "b2b", "pharma": "retail"}


def test_shrunk_means_are_those_of_hachemeister():
    """Bühlmann–Straub on the data of Hachemeister (1975), against what actuar's `cm` prints for them."""
    ratios = """1738 1642 1794 2051 2079 2234 2032 2035 2115 2262 2267 2517
        1364 1408 1597 1444 1342 1675 1470 1448 1464 1831 1612 1471
        1759 1685 1479 1763 1674 2103 1502 1622 1828 2155 2233 2059
        1223 1146 1010 1257 1426 1532 1953 1123 1343 1243 1762 1306
        1456 1499 1609 1741 1482 1572 1606 1735 1607 1573 1613 1690"""
    weights = """7861 9251 8706 8575 7917 8263 9456 8003 7365 7832 7849 9077
        1622 1742 1523 1515 1622 1602 1964 1515 1527 1748 1654 1861
        1147 1357 1329 1204 998 1077 1277 1218 896 1003 1108 1121
        407 396 348 341 315 328 352 331 287 384 321 342
        2902 3172 3046 3068 2693 2910 3275 2697 2663 3017 3242 3425"""
    values, seen = (pd.Series([float(one) for one in text.split()]) for text in (ratios, weights))
    states = clv.shrunk_means(values, seen, pd.Index(np.repeat(range(1, 6), 12)))
    assert states.round().tolist() == [2055, 1524, 1793, 1443, 1603]
    assert states.attrs["everybody"] == pytest.approx(1683.713, abs=0.0005)
    assert states.attrs["within"] == pytest.approx(139_120_026, rel=1e-8)
    assert states.attrs["between"] == pytest.approx(89_639, rel=1e-5)


def test_groups_that_differ_by_chance_alone_share_one_mean():
    same = clv.shrunk_means(pd.Series([1.0, 3.0, 3.0, 1.0]), pd.Series([1.0] * 4), pd.Index(list("aabb")))
    assert same.tolist() == [2.0, 2.0] and same.attrs["between"] == 0
    alone = clv.shrunk_means(pd.Series([1.0, 3.0]), pd.Series([1.0, 1.0]), pd.Index(["a", "b"]))
    assert alone.tolist() == [2.0, 2.0]


@pytest.mark.parametrize("name", ["retail", "b2b", "pharma", "finance", "education"])
def test_one_margin_for_all_is_not_what_customers_leave(name):
    """Fitted on the past, a customer's own margin foretells the half year after better than everybody's does."""
    company = load_sample(name)
    split = company.as_of - pd.Timedelta(days=184)
    own = clv.own_margin(company.orders, company.products, split)
    everybody = own.attrs["everybody"]
    about = company.products.set_index("product_id")
    later = company.orders[(company.orders["order_date"] > split) & (company.orders["amount"] > 0)]
    later = later[later["customer_id"].isin(own.index)]
    cost = later["product_id"].map(about["price"] * (1 - about["margin_rate"])) * later["quantity"]
    money = later.assign(margin=later["amount"] - cost).groupby("customer_id")[["amount", "margin"]].sum()
    rate, weight = money["margin"] / money["amount"], money["amount"]
    miss = {
        "own": (weight * (rate - own.reindex(money.index)) ** 2).sum(),
        "one for all": (weight * (rate - everybody) ** 2).sum(),
    }
    assert miss["own"] < 0.95 * miss["one for all"]


def test_who_buys_at_a_discount_leaves_less_of_each_yuan():
    company = load_sample("retail")
    facts = order_facts(company.orders, company.as_of, products=company.products)
    own = clv.own_margin(company.orders, company.products, company.as_of)
    assert own.index.equals(facts.index) and own.notna().all()
    seldom, mostly = (own[facts["discount_share"].between(*limits)].mean() for limits in ((0, 0.2), (0.8, 1)))
    assert seldom > mostly + 0.05
    shuffled = company.orders.sample(frac=1, random_state=3)
    assert own.equals(clv.own_margin(shuffled, company.products, company.as_of))


def test_where_no_product_has_a_margin_sales_are_counted():
    company = load_sample("retail")
    own = clv.own_margin(company.orders, company.products.assign(margin_rate=np.nan), company.as_of)
    assert set(own) == {1.0} and own.attrs["everybody"] == 1.0
    some = company.products.assign(
        margin_rate=company.products["margin_rate"].where(company.products.index > 0)
    )
    partly = clv.own_margin(company.orders, some, company.as_of)
    assert partly.notna().all() and partly.attrs["everybody"] < 0.5


def test_the_exam_is_held_in_money_too():
    company = load_sample("retail")
    exam = clv_holdout.validate(company.orders, company.as_of - clv_holdout.HALF_A_YEAR, company.as_of)
    money = exam.money
    now, then = (
        order_facts(company.orders, day)["monetary"]
        for day in (company.as_of, company.as_of - clv_holdout.HALF_A_YEAR)
    )
    assert money.loc["total", "actual_money"] == pytest.approx((now.reindex(then.index) - then).sum())
    assert money.loc["error", "actual_money"] == 0
    assert money.loc["error", "expected_money"] < money.loc["error", "naive_money"]
