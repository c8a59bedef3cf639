"""A second run with newer data: who moved, which numbers and cuts stay, what people set by hand, which tags ran out."""

import json
import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from custseg_helpers.action.migration import migration
from custseg_helpers.commands.main import main
from custseg_helpers.governance.overrides import record_override
from custseg_helpers.governance.scheme import approve, read_scheme
from custseg_helpers.mapping.own_company import read_own
from custseg_helpers.results.last_run import last_run
from custseg_helpers.results.tagging import tag_customers
from custseg_helpers.tiers.clusters import load_model
from custseg_helpers.words.text import UserError

pytestmark = pytest.mark.slow

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
        rows += [
            (f"{number}-{n}", f"C{number:03}", day, mean * rng.uniform(0.9, 1.1))
            for n, day in enumerate(sorted(days))
        ]
    table = pd.DataFrame(rows, columns=["order_id", "customer_id", "day", "amount"])
    table["order_date"] = pd.Timestamp("2024-03-01") + pd.to_timedelta(table["day"], unit="D")
    return table[table["order_date"] < until].round({"amount": 2}).drop(columns="day")


@dataclass(frozen=True)
class Made:
    """What a run wrote."""

    folder: Path

    @property
    def customers(self):
        return pd.read_parquet(self.folder / "customers.parquet")

    @property
    def manifest(self):
        return json.loads((self.folder / "manifest.json").read_text(encoding="utf-8"))

    @property
    def report(self):
        return (self.folder / "report.html").read_text(encoding="utf-8")


def prepare(folder, as_of):
    (folder / "company.toml").write_text(MAPPING.format(as_of=as_of), encoding="utf-8")
    orders(as_of).to_csv(folder / "orders.csv", index=False)


def run(folder, as_of, *more):
    prepare(folder, as_of)
    assert main(["run", str(folder / "company.toml"), "--out", str(folder / "result"), *map(str, more)]) == 0
    kept = folder / f"kept{len(list(folder.glob('kept*')))}"
    return Made(shutil.copytree(folder / "result", kept))


@pytest.fixture(scope="module")
def runs(tmp_path_factory):
    """May; June, when the scheme is approved; June once more, a slip corrected."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("custseg_helpers.words.text._current", "en")
        patch.setattr("custseg_helpers.plots.style.Picture._repr_png_", lambda picture: b"")
        folder = tmp_path_factory.mktemp("shop")
        (folder / "scheme.toml").write_text(SCHEME, encoding="utf-8")
        (folder / "tags.yaml").write_text(TAGS, encoding="utf-8")
        told = {
            "original": "x",
            "why": "key account",
            "who": "Li",
            "approved_by": "Wang",
            "on": date(2025, 4, 1),
        }
        for customer, until in (("C000", "2025-06-01"), ("C003", "2025-12-31"), ("gone", "2025-12-31")):
            record_override(
                folder / "overrides.jsonl",
                customer_id=customer,
                column="segment",
                new="high_value_loyal",
                until=until,
                **told,
            )
        may = run(folder, "2025-05-01")
        approve(read_scheme(folder / "scheme.toml"), by="Wang", on=date(2025, 5, 2))
        june = run(folder, "2025-06-15")
        return may, june, run(folder, "2025-06-15")


def test_a_second_run_shows_who_moved(runs):
    may, june, _ = runs
    assert "Since the last run" not in may.report and may.manifest["since"] is None
    assert june.manifest["since"] == {"as_of": "2025-05-01"}
    assert "Since the last run" in june.report
    moves = pd.read_csv(june.folder / "migration.csv", encoding="utf-8-sig").set_index("before")
    wanted = migration(may.customers["segment"], june.customers["segment"])
    assert moves.to_numpy().tolist() == wanted.to_numpy().tolist()
    assert wanted.to_numpy().sum() - np.trace(wanted.to_numpy()) > 0


def test_run_again_with_the_same_snapshot_it_is_still_compared_with_the_run_before(runs):
    _, june, again = runs
    first, second = (made.manifest for made in (june, again))
    assert first["outputs"].pop("customers.xlsx") and second["outputs"].pop(
        "customers.xlsx"
    )  # holds the time
    assert first == second


def test_clusters_keep_their_numbers(runs):
    may, june, _ = runs
    before, after = (load_model(made.folder / "clusters.json") for made in (may, june))
    assert len(before["centres"]) == len(after["centres"]) == 3
    same = may.customers["cluster"] == june.customers["cluster"].reindex(may.customers.index)
    assert same.mean() > 0.95
    assert "Numbers go on from the last run" in june.manifest["verdicts"]["clusters"]


def test_where_the_groups_are_others_their_numbers_start_afresh(runs):
    june = read_own(runs[0].folder.parent).company
    told = load_model(runs[0].folder / "clusters.json")
    fewer = told | {"centres": told["centres"][:2], "shares": told["shares"][:2]}
    tagged = tag_customers(june, last_model=fewer)
    assert tagged.tiers.drift is None and "numbers start afresh" in tagged.tiers.verdicts["clusters"].en


def test_a_scheme_keeps_its_cuts_and_says_whether_it_is_approved(runs):
    may, june, _ = runs
    assert may.manifest["scheme"]["standing"] == "unapproved"
    assert "is not approved yet" in may.report and 'class="standing draft"' in may.report
    assert june.manifest["scheme"]["standing"] == "approved"
    assert june.manifest["scheme"]["hash"] == read_scheme(june.folder / "scheme.toml").hash
    assert 'class="standing draft"' not in june.report and "was approved by Wang" in june.report
    for key in ("recency_days", "frequency", "monetary", "abc_shares", "cycle_days"):
        assert june.manifest["thresholds"][key] == may.manifest["thresholds"][key]
    assert june.manifest["thresholds"]["quadrant"] != may.manifest["thresholds"]["quadrant"]


def test_the_cuts_that_a_run_used_give_the_same_tiers_again(runs):
    company = read_own(runs[0].folder.parent).company
    first = tag_customers(company)
    again = tag_customers(company, wanted=first.tiers.used)
    pd.testing.assert_frame_equal(first.customers, again.customers)
    assert first.tiers.used == again.tiers.used


def test_what_people_set_by_hand_is_set_again_and_every_line_is_reported(runs):
    for made, statuses in zip(
        runs,
        (["applied", "applied", "customer gone"], *[["expired", "applied", "customer gone"]] * 2),
        strict=True,
    ):
        said = pd.read_csv(made.folder / "overrides.csv", encoding="utf-8-sig")
        assert said["status"].tolist() == statuses
        assert made.customers.at["C003", "segment"] == "high_value_loyal"
        assert (made.customers.at["C000", "segment"] == "high_value_loyal") == (statuses[0] == "applied")
        assert "Set by hand" in made.report
        counted = made.customers["segment"].value_counts()
        assert made.manifest["groups"]["segment"]["high_value_loyal"] == counted["high_value_loyal"]


def test_a_teams_own_tags_are_used_and_those_past_their_expiry_are_flagged(runs):
    may, june, _ = runs
    assert may.customers["big"].equals((may.customers["monetary"] > 1000).rename("big"))
    assert may.manifest["tags_with_findings"] == {"viewer": "not_computed", "rare": "dead_tag"}
    assert june.manifest["tags_with_findings"]["big"] == "expired_tag"
    assert "expired on 2025-05-15" in june.report and "Not computed for want of data: viewer" in june.report
    assert "big spender" in pd.read_csv(june.folder / "customers.csv", encoding="utf-8-sig").columns


def test_what_cannot_be_compared_is_said(runs, tmp_path, capsys):
    prepare(tmp_path, "2025-04-01")
    may, command = runs[0].folder, ["run", str(tmp_path / "company.toml"), "--out", str(tmp_path / "result")]
    before, why = last_run(may, pd.Timestamp("2025-04-01"))
    assert before is None and "is newer than this run" in why.en
    assert last_run(tmp_path, pd.Timestamp("2025-04-01")) == (None, None)
    for wrong in (tmp_path / "nowhere", tmp_path):
        assert main([*command, "--since", str(wrong)]) == 2
        assert "nothing to compare with" in capsys.readouterr().err
    changed = shutil.copytree(may, tmp_path / "may") / "customers.parquet"
    changed.write_bytes(changed.read_bytes() + b"x")
    with pytest.raises(UserError, match="changed after the last run"):
        last_run(changed.parent, pd.Timestamp("2025-06-15"))
    (changed.parent / "manifest.json").write_text("{", encoding="utf-8")
    with pytest.raises(UserError, match="cannot be read"):
        last_run(changed.parent, pd.Timestamp("2025-06-15"))
    assert not (tmp_path / "result").exists()


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("recency_days = [30]", "all three RFM measures"),
        ("segments = 9", "write 8 or 11"),
        ("abc_shares = [0.9, 0.8]", "write two shares"),
        ("margin = 3", "write a number from 0 to 1"),
        ('quadrant = {frequency = 2}', "write {frequency = 2, average_order_value = 300}"),
        ('clusters = "frequency"', "write a list of column names"),
        ("cycle_dais = 4", "there is no such threshold; known: cycle_days"),
    ],
)  # fmt: skip
def test_a_threshold_that_cannot_be_used_is_named(tmp_path, line, said, capsys):
    prepare(tmp_path, "2025-05-01")
    (tmp_path / "scheme.toml").write_text(
        SCHEME[: SCHEME.index("recency_days")] + line + "\n", encoding="utf-8"
    )
    assert main(["run", str(tmp_path / "company.toml"), "--out", str(tmp_path / "result")]) == 2
    assert said in capsys.readouterr().err and not (tmp_path / "result").exists()
