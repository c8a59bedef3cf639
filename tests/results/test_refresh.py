"""A second run with newer data: who moved, which numbers and cuts stay, what people set by hand, which tags ran out."""

import json
from datetime import date

import numpy as np
import pandas as pd
import pytest

from custseg_helpers.action.migration import migration
from custseg_helpers.cli import main
from custseg_helpers.governance.overrides import record_override
from custseg_helpers.governance.scheme import approve, read_scheme
from custseg_helpers.tiers.clusters import load_model

MAPPING = """
name = "shop"
as_of = {as_of}
[orders]
file = "orders.csv"
[orders.columns]
order_id = "order_id"
customer_id = "customer_id"
order_date = "order_date"
amount = "amount"
"""
SCHEME = """
name = "tiers of the year"
version = "1.0"
author = "Li Min"
method = "custseg run"

[thresholds]
recency_days = [30, 60, 120, 200]
frequency = [2, 3, 5, 8]
monetary = [100, 300, 800, 2000]
abc_shares = [0.7, 0.9]
cycle_days = 40
"""
TAGS = """
- {code: big, name: big spender, family: value, type: rule, rule: monetary > 1000, definition: above 1000,
   sensitivity: internal, owner: CRM, refresh_days: 30, action: call, expires: 2025-05-15}
- {code: rare, name: rare, family: behaviour, type: rule, rule: frequency == 1, definition: one order,
   sensitivity: internal, owner: CRM, refresh_days: 30, action: mail}
- {code: viewer, name: viewer, family: behaviour, type: rule, rule: views > 3, definition: looks,
   sensitivity: internal, owner: CRM, refresh_days: 30, action: mail}
"""


def orders(until):
    """Three kinds of customers, so far apart that everybody sees three groups; those until a day."""
    rng = np.random.default_rng(3)
    rows = []
    for number in range(240):
        kind = number % 3
        many, mean = ((2, 20), (6, 200), (25, 3000))[kind]
        days = rng.choice(np.arange(20, 480) if kind else np.arange(20, 200), many, replace=False)
        rows += [(f"{number}-{n}", f"C{number:03}", day, mean * rng.uniform(0.9, 1.1)) for n, day in enumerate(sorted(days))]  # fmt: skip
    table = pd.DataFrame(rows, columns=["order_id", "customer_id", "day", "amount"])
    table["order_date"] = pd.Timestamp("2024-03-01") + pd.to_timedelta(table["day"], unit="D")
    return table[table["order_date"] < until].round(2).drop(columns="day")


class Shop:
    """A folder with a mapping and orders up to its snapshot."""

    def __init__(self, folder):
        self.folder, self.out = folder, folder / "result"

    def run(self, as_of, *more):
        (self.folder / "company.toml").write_text(MAPPING.format(as_of=as_of), encoding="utf-8")
        orders(as_of).to_csv(self.folder / "orders.csv", index=False)
        assert main(["run", str(self.folder / "company.toml"), "--out", str(self.out), *map(str, more)]) == 0
        return pd.read_parquet(self.out / "customers.parquet")

    @property
    def manifest(self):
        return json.loads((self.out / "manifest.json").read_text(encoding="utf-8"))

    @property
    def report(self):
        return (self.out / "report.html").read_text(encoding="utf-8")


@pytest.fixture
def shop(tmp_path):
    return Shop(tmp_path)


def test_a_second_run_shows_who_moved_and_keeps_the_numbers_of_the_clusters(shop):
    first = shop.run("2025-05-01")
    model = load_model(shop.out / "clusters.json")
    assert "Since the last run" not in shop.report and shop.manifest["since"] is None

    second = shop.run("2025-06-15")
    assert shop.manifest["since"] == {"as_of": "2025-05-01"}
    assert "Since the last run" in shop.report
    moves = pd.read_csv(shop.out / "migration.csv", encoding="utf-8-sig").set_index("before")
    wanted = migration(first["segment"], second["segment"])
    assert moves.to_numpy().tolist() == wanted.to_numpy().tolist()
    assert wanted.to_numpy().sum() - np.trace(wanted.to_numpy()) > 0

    again = load_model(shop.out / "clusters.json")
    assert len(again["centres"]) == len(model["centres"]) == 3
    same = first["cluster"] == second["cluster"].reindex(first.index)
    assert same.mean() > 0.95
    assert "Numbers go on from the last run" in shop.manifest["verdicts"]["clusters"]

    page = shop.report
    shop.run("2025-06-15")  # a slip corrected, the same snapshot: still compared with May
    assert shop.manifest["since"] == {"as_of": "2025-05-01"} and shop.report == page


def test_since_names_another_result_and_what_cannot_be_compared_is_said(shop, tmp_path, capsys):
    shop.run("2025-05-01")
    may, shop.out = shop.out, tmp_path / "june"
    shop.run("2025-06-15", "--since", may)
    assert shop.manifest["since"] == {"as_of": "2025-05-01"}
    shop.run("2025-04-01", "--since", may)
    assert shop.manifest["since"] is None and "is newer than this run" in capsys.readouterr().out
    for wrong in (tmp_path / "nowhere", tmp_path):
        code = main(["run", str(tmp_path / "company.toml"), "--out", str(shop.out), "--since", str(wrong)])
        assert code == 2 and "nothing to compare with" in capsys.readouterr().err
    customers = may / "customers.parquet"
    customers.write_bytes(customers.read_bytes() + b"x")
    (tmp_path / "company.toml").write_text(MAPPING.format(as_of="2025-06-15"), encoding="utf-8")
    assert main(["run", str(tmp_path / "company.toml"), "--out", str(shop.out), "--since", str(may)]) == 2
    assert "changed after the last run" in capsys.readouterr().err


def test_a_scheme_fixes_the_cuts_and_says_whether_it_is_approved(shop, tmp_path, capsys):
    path = tmp_path / "scheme.toml"  # beside company.toml: used without being named
    path.write_text(SCHEME, encoding="utf-8")
    shop.run("2025-05-01")
    assert shop.manifest["scheme"]["standing"] == "unapproved"
    assert "is not approved yet" in shop.report and 'class="standing draft"' in shop.report
    used = shop.manifest["thresholds"]

    approve(read_scheme(path), by="Wang", on=date(2025, 5, 2))
    shop.run("2025-06-15")
    assert shop.manifest["scheme"]["standing"] == "approved"
    assert shop.manifest["scheme"]["hash"] == read_scheme(path).hash
    assert 'class="standing draft"' not in shop.report and "was approved by Wang" in shop.report
    for key in ("recency_days", "frequency", "monetary", "abc_shares", "cycle_days"):
        assert shop.manifest["thresholds"][key] == used[key]
    assert (shop.out / "scheme.toml").read_bytes() == path.read_bytes()

    path.write_text(path.read_text(encoding="utf-8").replace("cycle_days = 40", "cycle_days = 50"), encoding="utf-8")  # fmt: skip
    shop.run("2025-06-15")
    assert shop.manifest["scheme"]["standing"] == "changed_after_approval"
    capsys.readouterr()
    path.write_text(SCHEME.replace("cycle_days", "cycle_dais"), encoding="utf-8")
    assert main(["run", str(tmp_path / "company.toml"), "--out", str(shop.out)]) == 2
    assert "thresholds.cycle_dais: there is no such threshold; known: cycle_days" in capsys.readouterr().err


def test_the_draft_of_a_scheme_gives_the_same_tiers_next_time(shop, tmp_path):
    first = shop.run("2025-05-01")
    draft = (shop.out / "scheme_draft.toml").read_text(encoding="utf-8")
    (tmp_path / "scheme.toml").write_text(draft, encoding="utf-8")
    again = shop.run("2025-05-01")
    pd.testing.assert_frame_equal(first, again)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("recency_days = [30]", "all three RFM measures"),
        ("segments = 9", "write 8 or 11"),
        ("abc_shares = [0.9, 0.8]", "write two shares"),
        ("margin = 3", "write a number from 0 to 1"),
        ('quadrant = {frequency = 2}', "write {frequency = 2, average_order_value = 300}"),
        ('clusters = "frequency"', "write a list of column names"),
    ],
)  # fmt: skip
def test_a_threshold_that_cannot_be_used_is_named(shop, tmp_path, line, said, capsys):
    (tmp_path / "company.toml").write_text(MAPPING.format(as_of="2025-05-01"), encoding="utf-8")
    orders("2025-05-01").to_csv(tmp_path / "orders.csv", index=False)
    (tmp_path / "scheme.toml").write_text(SCHEME[: SCHEME.index("recency_days")] + line + "\n", encoding="utf-8")  # fmt: skip
    assert main(["run", str(tmp_path / "company.toml"), "--out", str(shop.out)]) == 2
    assert said in capsys.readouterr().err and not shop.out.exists()


def test_what_people_set_by_hand_is_set_again_and_every_line_is_reported(shop, tmp_path):
    told = {"original": "x", "why": "key account", "who": "Li", "approved_by": "Wang", "on": date(2025, 4, 1)}
    path = tmp_path / "overrides.jsonl"
    record_override(path, customer_id="C000", column="segment", new="high_value_loyal", until=date(2025, 6, 1), **told)  # fmt: skip
    record_override(path, customer_id="C003", column="segment", new="high_value_loyal", until=date(2025, 12, 31), **told)  # fmt: skip
    record_override(path, customer_id="gone", column="segment", new="high_value_loyal", until=date(2025, 12, 31), **told)  # fmt: skip
    kept = path.read_bytes()
    for as_of, statuses in (("2025-05-01", ["applied", "applied", "customer_gone"]), ("2025-06-15", ["expired", "applied", "customer_gone"])):  # fmt: skip
        customers = shop.run(as_of)
        assert customers.at["C003", "segment"] == "high_value_loyal"
        said = pd.read_excel(shop.out / "customers.xlsx", sheet_name="manual overrides", engine="calamine")
        assert len(said) == 3 and (customers.at["C000", "segment"] == "high_value_loyal") == (statuses[0] == "applied")  # fmt: skip
        assert "Set by hand" in shop.report and (shop.out / "overrides.csv").is_file()
        counted = customers["segment"].value_counts()
        assert shop.manifest["groups"]["segment"]["high_value_loyal"] == counted["high_value_loyal"]
    assert path.read_bytes() == kept


def test_a_teams_own_tags_are_used_and_those_past_their_expiry_are_flagged(shop, tmp_path):
    (tmp_path / "tags.yaml").write_text(TAGS, encoding="utf-8")
    customers = shop.run("2025-05-01")
    assert customers["big"].equals((customers["monetary"] > 1000).rename("big"))
    assert shop.manifest["tags_with_findings"] == {"viewer": "not_computed", "rare": "dead_tag"}
    customers = shop.run("2025-06-15")
    assert shop.manifest["tags_with_findings"]["big"] == "expired_tag"
    assert "expired on 2025-05-15" in shop.report and "Not computed for want of data: viewer" in shop.report
    assert "big spender" in pd.read_csv(shop.out / "customers.csv", encoding="utf-8-sig").columns
