"""Manual overrides: recorded for good, applied while valid, every one reported."""

import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from custseg_helpers.governance.overrides import apply_overrides, read_overrides, record_override
from custseg_helpers.words.text import UserError, use_language

AS_OF = pd.Timestamp("2025-06-30")


@pytest.fixture
def file(tmp_path) -> Path:
    return tmp_path / "overrides.jsonl"


@pytest.fixture
def tiers() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "segment": ["champions", "lost", "at_risk"],
            "grade": pd.Categorical(["A", "C", "B"], categories=["A", "B", "C", "D"], ordered=True),
            "vip": [True, False, False],
            "score": [555, 111, 311],
            "margin": [0.3, np.nan, 0.1],
            "manual_note": [None, None, None],
        },
        index=pd.Index(["C1", "C2", "C3"], name="customer_id"),
    )


def record(file, customer="C2", column="segment", original="lost", new="champions", **others):
    entry = {
        "why": "季度大单在途",
        "who": "李敏",
        "approved_by": "王总",
        "until": date(2025, 12, 31),
        "on": date(2025, 6, 1),
    }
    record_override(file, customer_id=customer, column=column, original=original, new=new, **entry | others)


def statuses(file, tiers, as_of=AS_OF) -> list[str]:
    return apply_overrides(tiers, read_overrides(file), as_of).report["status"].tolist()


def test_an_override_is_applied_and_says_who_why_and_until_when(file, tiers):
    record(file)
    before = tiers.copy(deep=True)
    table, report = apply_overrides(tiers, read_overrides(file), AS_OF)
    assert table["segment"].tolist() == ["champions", "champions", "at_risk"]
    row = report.loc[1]
    assert row[["customer_id", "column", "original", "calculated", "new", "status", "note"]].tolist() == [
        "C2",
        "segment",
        "lost",
        "lost",
        "champions",
        "applied",
        "",
    ]
    assert (row["who"], row["why"], row["approved_by"]) == ("李敏", "季度大单在途", "王总")
    assert (row["on"], row["until"]) == (pd.Timestamp("2025-06-01"), pd.Timestamp("2025-12-31"))
    pd.testing.assert_frame_equal(tiers, before)


def test_it_holds_through_its_last_day_and_not_a_day_longer(file, tiers):
    record(file, until=AS_OF.date())
    assert statuses(file, tiers) == ["applied"]
    tomorrow = AS_OF + pd.Timedelta(days=1)
    table, report = apply_overrides(tiers, read_overrides(file), tomorrow)
    assert report["status"].tolist() == ["expired"]
    assert table["segment"].tolist() == tiers["segment"].tolist()


def test_a_decision_of_tomorrow_does_not_reach_an_earlier_snapshot(file, tiers):
    record(file, new="at_risk", on=date(2025, 6, 1))
    record(file, new="champions", on=date(2025, 7, 1))
    table, report = apply_overrides(tiers, read_overrides(file), AS_OF)
    assert report["status"].tolist() == ["applied", "decided_later"]
    assert table.at["C2", "segment"] == "at_risk"


def test_of_two_for_one_customer_the_later_line_counts_even_after_it_expired(file, tiers):
    record(file, new="champions", until=date(2026, 12, 31))
    record(file, new="at_risk", until=date(2025, 6, 10), on=date(2025, 6, 2))
    record(file, customer="C3", original="at_risk", new="lost")
    table, report = apply_overrides(tiers, read_overrides(file), AS_OF)
    assert report["status"].tolist() == ["replaced", "expired", "applied"]
    assert table["segment"].tolist() == ["champions", "lost", "lost"]


def test_an_override_is_taken_back_by_one_that_ends_on_its_own_day(file, tiers):
    record(file)
    record(file, new="lost", why="撤销", on=date(2025, 6, 15), until=date(2025, 6, 15))
    assert apply_overrides(tiers, read_overrides(file), AS_OF).table.at["C2", "segment"] == "lost"


def test_a_customer_or_column_that_is_gone_is_reported(file, tiers):
    record(file, customer="C99")
    record(file, column="abc")
    assert statuses(file, tiers) == ["customer_gone", "column_gone"]


@pytest.mark.parametrize(
    ("column", "new", "status"),
    [
        ("segment", "champions", "applied"),
        ("segment", 3, "wrong_kind"),
        ("segment", True, "wrong_kind"),
        ("grade", "D", "applied"),
        ("grade", "E", "wrong_kind"),
        ("vip", True, "applied"),
        ("vip", "yes", "wrong_kind"),
        ("vip", 1, "wrong_kind"),
        ("score", 555, "applied"),
        ("score", 5.5, "wrong_kind"),
        ("score", "555", "wrong_kind"),
        ("margin", 0.25, "applied"),
        ("manual_note", "老板的同学", "applied"),
    ],
)
def test_the_column_keeps_its_kind(file, tiers, column, new, status):
    record(file, column=column, original=tiers.at["C2", column], new=new)
    table, report = apply_overrides(tiers, read_overrides(file), AS_OF)
    assert report["status"].tolist() == [status]
    assert table.at["C2", column] == new if status == "applied" else table[column].equals(tiers[column])
    if column != "manual_note":
        assert table[column].dtype == tiers[column].dtype
    assert table.loc[["C1", "C3"]].astype(object).equals(tiers.loc[["C1", "C3"]].astype(object))


@pytest.mark.parametrize(
    ("original", "new", "english", "chinese"),
    [
        ("lost", "champions", "", ""),
        ("dormant", "champions", "was “dormant” and is “lost” now: review it", "现在是“lost”，请复核"),
        ("dormant", "lost", "take it back", "可以撤销"),
        ("lost", "champion", "nobody else is “champion”", "没有别的客户是“champion”"),
    ],
)
def test_what_somebody_should_look_at_is_said(file, tiers, original, new, english, chinese):
    record(file, original=original, new=new)
    overrides = read_overrides(file)
    assert english in apply_overrides(tiers, overrides, AS_OF).report["note"][1]
    use_language("zh")
    assert chinese in apply_overrides(tiers, overrides, AS_OF).report["note"][1]


def test_damaged_lines_are_skipped_and_named_and_cost_only_themselves(file, tiers):
    record(file)
    good = file.read_text(encoding="utf-8")
    wrong_date = json.dumps(json.loads(good) | {"until": "soon"})
    missing = json.dumps({"customer_id": "C3"})
    nulls = json.dumps(json.loads(good) | {"new": None})
    file.write_bytes(
        b"\n".join(
            [good.encode().strip(), b"{not json", missing.encode(), b"[1]", b"\xff\xfe", wrong_date.encode()]
        )
        + b"\n\n"
        + nulls.encode()
        + b"\n"
        + good.encode()[:40]
    )
    record(file, customer="C3", original="at_risk")
    overrides = read_overrides(file)
    assert overrides.attrs["damaged"] == [2, 3, 4, 5, 6, 8, 9]
    table, report = apply_overrides(tiers, overrides, AS_OF)
    assert report["status"].to_dict() == {1: "applied", 10: "applied"} | dict.fromkeys(
        [2, 3, 4, 5, 6, 8, 9], "damaged"
    )
    assert table["segment"].tolist() == ["champions", "champions", "champions"]
    assert report.index.is_monotonic_increasing


def test_a_file_that_is_not_there_yet_holds_nothing(file, tiers):
    table, report = apply_overrides(tiers, read_overrides(file), AS_OF)
    pd.testing.assert_frame_equal(table, tiers)
    assert len(report) == 0 and "status" in report


WRITER = """
import json, sys
from custseg_helpers.files.whole import append_json
entry = json.loads(sys.argv[2])
for i in range(200):
    append_json(sys.argv[1], entry | {"customer_id": f"{sys.argv[3]}-{i}"})
"""


def test_several_writers_at_once_lose_nothing(file, tmp_path):
    record(tmp_path / "one.jsonl", why="长" * 2000)
    entry = (tmp_path / "one.jsonl").read_text(encoding="utf-8")
    writers = [subprocess.Popen([sys.executable, "-c", WRITER, str(file), entry, name]) for name in "abcd"]
    assert [writer.wait() for writer in writers] == [0, 0, 0, 0]
    overrides = read_overrides(file)
    assert overrides.attrs["damaged"] == []
    assert sorted(overrides["customer_id"]) == sorted(f"{name}-{i}" for name in "abcd" for i in range(200))


def test_recording_only_adds(file):
    record(file)
    before = file.read_bytes()
    record(file, why='换行\n引号" 表情😀 =HYPERLINK("x")')
    assert file.read_bytes().startswith(before)
    assert file.read_bytes().count(b"\n") == 2
    assert read_overrides(file)["why"].tolist()[1] == '换行\n引号" 表情😀 =HYPERLINK("x")'


@pytest.mark.parametrize(
    ("changes", "english", "chinese"),
    [
        ({"why": ""}, "why is missing", "缺少 why"),
        ({"who": None}, "who is missing", "缺少 who"),
        ({"customer": 7}, "customer_id is missing or is no text", "缺少 customer_id"),
        ({"new": None}, "new must be a text", "new 要是文字"),
        ({"new": ["a"]}, "new must be a text", "new 要是文字"),
        ({"until": date(2025, 5, 1)}, "until is before on", "截止日早于决定日"),
        ({"approved_by": "李敏 "}, "nobody approves their own override", "不能是提出人本人"),
    ],
)
def test_an_incomplete_override_is_not_recorded(file, changes, english, chinese):
    with pytest.raises(UserError) as caught:
        record(file, **changes)
    assert english in str(caught.value)
    use_language("zh")
    assert chinese in str(caught.value)
    assert not file.exists()


def test_an_unwritable_file_is_said(tmp_path):
    with pytest.raises(UserError, match="cannot be written"):
        record(tmp_path / "no" / "overrides.jsonl")


def test_the_first_line_winning_would_fail(file, tiers):
    """The plausible wrong version: keep="first" keeps an outdated decision."""
    record(file, new="champions")
    record(file, new="at_risk", on=date(2025, 6, 2))
    wrong = read_overrides(file).drop_duplicates(["customer_id", "column"], keep="first")["new"].tolist()
    assert wrong != [apply_overrides(tiers, read_overrides(file), AS_OF).table.at["C2", "segment"]]
