"""A campaign from plan to ledger, as a team does it: the draw decides who is held out, and no number is shown too soon."""

import json
import os
import re
import stat
import sys

import numpy as np
import pandas as pd
import pytest
from openpyxl import load_workbook

from custseg_helpers.campaigns.draw import draw, in_control
from custseg_helpers.campaigns.elsewhere import evaluate
from custseg_helpers.campaigns.ledger import by_play, ledger
from custseg_helpers.campaigns.measured import with_response
from custseg_helpers.campaigns.plan import Plan, folder_of, read_plan
from custseg_helpers.campaigns.results import evaluated, read_campaign, sample_ratio
from custseg_helpers.commands.main import main
from custseg_helpers.words.text import UserError

MAPPING = """name = "shop"
as_of = {day}
currency = "GBP"
[orders]
file = "orders.csv"
[orders.columns]
order_id = "order"
customer_id = "who"
order_date = "day"
amount = "paid"
[customers]
file = "members.csv"
{agreed}
[customers.columns]
customer_id = "who"
phone = "phone"
email = "email"
{consent}
rep = "owner"
"""
DAY = pd.Timestamp("2026-03-01")


def orders(upto, extra=()):
    """Orders of 420 customers, one about every four months, up to a day; `extra` customers order once more in March."""
    rng, rows = np.random.default_rng(4), []
    for number in range(420):
        day = DAY - pd.Timedelta(days=int(rng.integers(200, 500)))
        while day < pd.Timestamp("2026-06-01"):
            rows.append((f"C{number:04}", day, round(float(rng.lognormal(3, 1)), 2)))
            day += pd.Timedelta(days=int(rng.exponential(110)) + 1)
    rows += [(who, pd.Timestamp("2026-03-20"), 80.0) for who in extra]
    table = pd.DataFrame(rows, columns=["who", "day", "paid"])
    table = table[table["day"] < upto].assign(order=lambda made: [f"O{n}" for n in range(len(made))])
    return table


def lay(folder, upto, *, extra=(), agreed='agreed = ["yes"]', consent='consent = "ok"'):
    orders(upto, extra).to_csv(folder / "orders.csv", index=False)
    people = pd.DataFrame({"who": [f"C{n:04}" for n in range(420)]})
    people["phone"] = [f"+44700{n:06}" for n in range(420)]
    people["email"] = [f"c{n}@example.com" for n in range(420)]
    people["ok"] = np.where(np.arange(420) % 6 == 0, "no", "yes")
    people["owner"] = np.where(np.arange(420) % 2, "=Lee", "Ann/Bo")
    people.to_csv(folder / "members.csv", index=False)
    text = MAPPING.format(day=f"{upto:%Y-%m-%d}", agreed=agreed, consent=consent)
    (folder / "company.toml").write_text(text, encoding="utf-8")
    return folder / "company.toml"


def plan(company, name="spring", *more):
    days = ["--start", "2026-03-02", "--end", "2026-04-12"]
    return main(["campaign", "plan", str(company), name, *days, "--lang", "en", *more])


@pytest.fixture(scope="module")
def planned(tmp_path_factory):
    folder = tmp_path_factory.mktemp("planned")
    company = lay(folder, DAY)
    assert plan(company, "spring", "--cost", "1", "--margin", "0.4") == 0
    return company


def test_a_plan_holds_out_at_random_and_lists_only_those_to_be_contacted(planned):
    told, arms = read_plan(planned, "spring")
    assert told.cost and told.margin == 0.4 and told.days == 42
    refused = {f"C{n:04}" for n in range(0, 420, 6)}
    assert not refused & set(arms.index)
    assert (arms["arm"] == "holdout").mean() == pytest.approx(0.2, abs=0.01)
    lists = folder_of(planned, "spring") / "lists"
    listed = pd.read_csv(lists / "contacts.csv", dtype=str)
    assert set(listed["customer_id"]) == set(arms.index[arms["arm"] == "treatment"])


def test_values_in_lists_are_those_of_the_file(planned):
    lists = folder_of(planned, "spring") / "lists"
    phones = pd.read_csv(lists / "klaviyo.csv", dtype=str)["Phone Number"]
    assert phones.str.fullmatch(r"\+44700\d{6}").all()
    book = load_workbook(lists / "call lists.xlsx")
    assert sorted(book.sheetnames) == ["=Lee", "Ann Bo"]
    cell = book["=Lee"]["B2"]
    assert cell.value.startswith("+44700") and cell.data_type == "s"
    assert not (lists / "wecom.csv").exists()
    assert (
        "read" in (lists / "shopify.source.txt").read_text()
        or "confirmed" in (lists / "shopify.source.txt").read_text()
    )


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_a_campaign_is_read_by_its_owner_alone(planned):
    for file in folder_of(planned, "spring").rglob("*"):
        if file.is_file():
            assert stat.S_IMODE(os.stat(file).st_mode) == 0o600, file


def test_the_page_to_sign_promises_no_profit(planned):
    page = (folder_of(planned, "spring") / "plan.html").read_text(encoding="utf-8")
    assert "It pays if of every 100 contacted at least" in page and "GBP" in page
    assert "yuan" not in page and "profit of" not in page


def test_arms_are_drawn_once_and_never_changed(planned, tmp_path, capsys):
    assert plan(planned) == 2
    assert "already" in capsys.readouterr().err
    company = lay(tmp_path, DAY)
    assert plan(company) == 0
    file = folder_of(company, "spring") / "arms.csv"
    os.chmod(file, 0o600)
    file.write_text(file.read_text().replace("holdout", "treatment", 1))
    with pytest.raises(UserError, match="changed after the draw"):
        read_plan(company, "spring")


def test_a_campaign_is_not_read_before_it_is_over(planned, capsys):
    assert main(["campaign", "result", str(planned), "spring", "--lang", "en"]) == 2
    assert "read it after 2026-04-12" in capsys.readouterr().err
    assert not (folder_of(planned, "spring") / "result").exists()


def test_from_plan_to_ledger(tmp_path, capsys):
    """Half of those contacted order once more for 80: it is found, priced, kept, and put into the playbook when accepted."""
    company = lay(tmp_path, DAY)
    assert plan(company, "spring", "--cost", "1", "--margin", "0.4", "--play", "develop") == 0
    arms = read_plan(company, "spring")[1]
    treated = arms.index[arms["arm"] == "treatment"]
    lay(tmp_path, pd.Timestamp("2026-05-01"), extra=treated[::2])
    back = tmp_path / "back.csv"
    pd.DataFrame({"customer_id": [*treated[5:], arms.index[arms["arm"] == "holdout"][0]]}).to_csv(
        back, index=False
    )
    capsys.readouterr()
    assert main(["campaign", "result", str(company), "spring", "--contacted", str(back), "--lang", "en"]) == 0
    said = capsys.readouterr().out
    assert "It works" in said and "Held out and contacted all the same: 1." in said
    assert "Not reached: 5." in said
    money = ledger(company).loc["spring"]
    assert money["money_lower"] < 40 < money["money_upper"] and money["verdict"] == "works"

    (tmp_path / "playbook.yaml").write_text(PLAYBOOK, encoding="utf-8")
    assert main(["campaign", "ledger", str(company), "--lang", "en"]) == 0
    assert (tmp_path / "playbook.yaml").read_text(encoding="utf-8") == PLAYBOOK
    assert main(["campaign", "ledger", str(company), "--accept", "--lang", "en"]) == 0
    changed = (tmp_path / "playbook.yaml").read_text(encoding="utf-8")
    assert "# our guess of last year" in changed and "extra_response: 0.06" not in changed
    assert len(changed.splitlines()) == len(PLAYBOOK.splitlines())
    assert "state: measured" in (tmp_path / "campaigns/playbook.measured.yaml").read_text(encoding="utf-8")


PLAYBOOK = """# what we do
plays:
  develop:
    tiers: [champions, high_value_loyal]
    goal: {zh: 多买, en: buy more}
    offer: {zh: 问候, en: a call}
    channel: call
    contacts_per_quarter: 1
    cost_per_contact: 1.0
    extra_response: 0.06  # our guess of last year
    margin_rate: 0.4
    leave_out: {zh: 无, en: nobody}
"""


def test_without_a_column_of_consent_no_tool_gets_a_file(tmp_path, capsys):
    company = lay(tmp_path, DAY, agreed="", consent="")
    assert plan(company) == 0
    assert "no file for any marketing tool was written" in capsys.readouterr().out
    lists = folder_of(company, "spring") / "lists"
    assert not (lists / "klaviyo.csv").exists() and (lists / "contacts.csv").exists()
    page = (folder_of(company, "spring") / "plan.html").read_text(encoding="utf-8")
    assert page.index("Read this first") < page.index("Who")


def test_a_column_of_consent_nobody_has_explained_is_asked(tmp_path, capsys):
    company = lay(tmp_path, DAY, agreed="")
    assert plan(company) == 2
    said = capsys.readouterr().err
    assert "“yes” 350" in said and "“no” 70" in said and "agreed =" in said
    assert not (tmp_path / "campaigns" / "spring").exists()


def test_a_permanent_control_group_is_in_no_campaign(tmp_path):
    company = lay(tmp_path, DAY)
    assert plan(company, "one", "--control", "0.1", "--control-until", "2026-12-31") == 0
    assert plan(company, "two") == 0
    control = set(in_control(pd.Index([f"C{n:04}" for n in range(420)]), 0.1).loc[lambda lot: lot].index)
    assert 20 < len(control) < 65
    first, second = (read_plan(company, name)[1] for name in ("one", "two"))
    assert not control & {*first.index, *second.index}
    held = [set(arms.index[arms["arm"] == "holdout"]) for arms in (first, second)]
    assert len(held[0] & held[1]) < 0.5 * len(held[0])


@pytest.mark.parametrize("name", ["", "../up", "a/b", "CON:", ".hidden", "x" * 60, "end."])
def test_a_name_that_is_no_folder_is_told(tmp_path, name):
    with pytest.raises(UserError):
        folder_of(tmp_path / "company.toml", name)


def test_a_rule_chooses_and_two_campaigns_on_the_same_days_are_told(planned, capsys):
    assert plan(planned, "late", "--rule", "recency_days > 60") == 0
    said = capsys.readouterr().out
    late = read_plan(planned, "late")[1]
    last = orders(DAY).groupby("who")["day"].max()
    assert ((DAY - last.reindex(late.index)).dt.days > 60).all()
    assert f"{len(late):,} of them are in the campaign “spring” at the same time" in said
    assert plan(planned, "wrong", "--rule", "recency_day > 60") == 2
    assert "recency_days" in capsys.readouterr().err


def test_a_group_that_is_not_there_is_told_with_those_that_are(tmp_path, capsys):
    company = lay(tmp_path, DAY)
    assert plan(company, "x", "--tier", "platinum") == 2
    said = capsys.readouterr().err
    assert "platinum" in said and "(high_value_loyal)" in said


def told(**more):
    days = {"snapshot": DAY, "start": DAY, "end": DAY + pd.Timedelta(days=30)}
    base = {
        "name": "x",
        "tiers": (),
        "tags": (),
        "holdout": 0.2,
        "play": "vip",
        "channel": "sms",
        "currency": "CNY",
    }
    return Plan(**base, **days, contacts=1, cost=None, margin=None, **more)


def people(treatment, holdout, lift=0.0, seed=1):
    rng, number = np.random.default_rng(seed), treatment + holdout
    arm = ["treatment"] * treatment + ["holdout"] * holdout
    spend = np.where(rng.random(number) < 0.3, rng.lognormal(3, 1, number), 0.0)
    spend[:treatment] += lift
    return pd.DataFrame(
        {"arm": arm, "tier": "a", "before": 0.0, "amount": spend, "converted": spend > 0},
        index=pd.Index([f"C{n}" for n in range(number)], name="customer_id"),
    )


def lines(table):
    bought = table[table["amount"] > 0]
    return pd.DataFrame(
        {"customer_id": bought.index, "order_date": DAY, "amount": bought["amount"].to_numpy()}
    )


def test_an_arm_that_lost_people_shows_no_effect():
    table = people(800, 200, lift=50)
    known = table.index[:-80]
    found = read_campaign(told(), table[["arm", "tier", "before"]], lines(table), known)
    assert found.verdict == "unfair" and found.money is None
    assert "no effect is shown" in found.notes[0].en
    assert sample_ratio(800, 200, {"treatment": 800, "holdout": 200}) > 0.9


def test_people_both_arms_lost_alike_are_counted_and_left_out():
    table = people(800, 200)
    known = table.index[np.arange(1000) % 10 != 0]
    found = read_campaign(told(), table[["arm", "tier", "before"]], lines(table), known)
    assert found.verdict != "unfair" and found.counts.known == 900 and found.money is not None


def test_two_ids_that_became_one_in_both_arms_are_set_aside():
    table = people(400, 100)
    renamed = {"C0": "N1", "C450": "N1", "C1": "N2", "C2": "N2", "C3": "N3"}
    known = table.index.append(pd.Index(["N1", "N2", "N3"]))
    found = read_campaign(told(), table[["arm", "tier", "before"]], lines(table), known, renamed=renamed)
    assert found.counts.both == 1 and found.counts.renamed == 5
    assert found.counts.treatment == 400 - 2 and found.counts.holdout == 99


def test_below_thirty_an_arm_there_is_a_verdict_and_no_number():
    table = people(100, 20)
    found = read_campaign(told(), table[["arm", "tier", "before"]], lines(table), table.index)
    assert found.verdict == "too_few" and found.money is None and found.profit is None


def test_tiers_that_are_alike_are_not_called_different():
    """Of ten campaigns whose effect is the same in three tiers, at most two say that a tier differs."""
    wrong = 0
    for seed in range(10):
        table = people(400, 200, lift=10, seed=seed)
        table["tier"] = [f"t{n % 3}" for n in range(600)]
        counts = read_campaign(told(), table[["arm", "tier", "before"]], lines(table), table.index).counts
        found = evaluated(told(), counts, table, planned={"treatment": 400, "holdout": 200})
        assert (found.tiers["upper"] > found.tiers["lower"]).all()
        spread = np.ptp(found.tiers["effect"]), np.ptp(found.tiers["alone"])
        assert spread[0] <= spread[1]
        wrong += bool(found.tiers["differs"].any())
    assert wrong <= 2


def test_plays_are_never_mixed():
    table = pd.DataFrame(
        {
            "play": ["a", "a", "b"], "verdict": ["works", "unclear", "harms"], "response": [0.04, 0.02, -0.03],
            "response_lower": [0.01, -0.01, -0.05], "response_upper": [0.07, 0.05, -0.01], "end": ["2026-01-01"] * 3,
            "n_treatment": 500, "n_holdout": 100,
        }
    )  # fmt: skip
    found = by_play(table)
    assert found["campaigns"].to_dict() == {"a": 2, "b": 1}
    assert found.loc["a", "measured"] == pytest.approx(0.03, abs=1e-6) and found.loc["b", "measured"] == -0.03


def test_two_draws_hold_out_different_people():
    tiers = pd.Series("a", index=[f"C{n}" for n in range(2000)])
    held = [set(arms.index[arms == "holdout"]) for arms in (draw(tiers, f"n{n}", 0.2) for n in range(6))]
    overlaps = [len(a & b) / 400 for i, a in enumerate(held) for b in held[i + 1 :]]
    assert np.mean(overlaps) == pytest.approx(0.2, abs=0.03)


def test_only_the_response_of_one_play_changes():
    text = "plays:\n  a:\n    goal: {zh: x, en: y}\n    extra_response: 0.1\n  ab:\n    extra_response: 0.2\n"
    assert with_response(text, "ab", 0.05) == text.replace("0.2", "0.05")
    assert with_response(text, "none", 0.05) == text


def mailing(folder):
    """A file of the form of a well-known test of two e-mails on 64,000 people, with its published means and spreads."""
    rng, parts = np.random.default_rng(7), []
    for arm, number, share, mean, spread in (
        ("Mens E-Mail", 21307, 0.012531, 1.422617, 17.754),
        ("Womens E-Mail", 21387, 0.008837, 1.077202, 15.118),
        ("No E-Mail", 21306, 0.005726, 0.652789, 11.588),
    ):
        bought = round(share * number)
        amount = np.zeros(number)
        amount[:bought] = rng.gamma(2.0, 1.0, bought)
        wanted_square = (spread**2 * (number - 1) + number * mean**2) / bought
        each = number * mean / bought
        amount[:bought] = (amount[:bought] - amount[:bought].mean()) / amount[:bought].std()
        amount[:bought] = each + amount[:bought] * np.sqrt(wanted_square - each**2)
        parts.append(pd.DataFrame({"segment": arm, "conversion": (amount > 0).astype(int), "spend": amount}))
    table = pd.concat(parts).sample(frac=1, random_state=3)
    table.to_csv(folder / "mail.csv", index=False)
    return folder / "mail.csv"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("arm", "difference", "lower", "upper"),
    [("Mens E-Mail", 0.7698, 0.485, 1.055), ("Womens E-Mail", 0.4244, 0.169, 0.680)],
)
def test_the_published_effects_of_two_e_mails(tmp_path, arm, difference, lower, upper):
    said = evaluate(
        mailing(tmp_path), "segment", arm, "No E-Mail", "spend", conversion="conversion", currency="USD"
    )
    found = re.search(r"([\d.]+) USD \(95 % interval ([\d.]+) to ([\d.]+) USD\)", said[2].en)
    assert found and "It works" in said[0].en
    middle, low, high = map(float, found.groups())
    assert middle == pytest.approx(difference, abs=0.006)
    assert low == pytest.approx(lower, abs=0.03) and high == pytest.approx(upper, abs=0.03)


def test_a_results_file_without_the_column_is_told(tmp_path, capsys):
    (tmp_path / "r.csv").write_text("arm,spend\na,1\nb,x\n" * 40)
    words = [
        "campaign",
        "evaluate",
        str(tmp_path / "r.csv"),
        "--treatment",
        "a",
        "--holdout",
        "b",
        "--lang",
        "en",
    ]
    assert main([*words, "--arm", "group", "--spend", "spend"]) == 2
    assert "no column “group”" in capsys.readouterr().err
    assert main([*words, "--arm", "arm", "--spend", "spend"]) == 2
    assert "40 values of column “spend”" in capsys.readouterr().err


def test_the_ledger_is_only_added_to(planned):
    file = planned.parent / "campaigns" / "ledger.jsonl"
    entries = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    assert entries[0]["campaign"] == "spring" and entries[0]["arms"] == read_plan(planned, "spring")[0].arms
