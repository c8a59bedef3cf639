"""A scheme file: who made it, who approved it, and that no change slips through."""

import os
import threading
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custseg_helpers.governance import scheme as module
from custseg_helpers.governance.scheme import approve, read_scheme, standing, write_scheme
from custseg_helpers.words.text import UserError, use_language

TEXT = """# 我们的方案
name = "2025 年下半年分层"
version = "1.2"
author = "李敏"
method = "rfm"

[thresholds]
recency_days = [30, 90.0]   # 天
grades = {vip = 5000, ordinary = 500}
note = "看清 [approval] 这几个字"
"""


@pytest.fixture
def path(tmp_path) -> Path:
    file = tmp_path / "scheme.toml"
    file.write_text(TEXT, encoding="utf-8")
    return file


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_a_new_scheme_is_a_draft_until_somebody_else_approves_it(path):
    scheme = read_scheme(path)
    assert not standing(scheme).approved
    assert "not approved yet" in str(standing(scheme).text)
    approved = approve(scheme, by="王总", on=date(2025, 7, 1))
    assert standing(approved).approved
    assert standing(approved).text.en == "Scheme “2025 年下半年分层” 1.2 was approved by 王总 on 2025-07-01."
    assert standing(read_scheme(path)).approved
    assert approved.approval.hash == scheme.hash


def test_without_a_file_results_are_a_draft():
    assert standing(None).code == "unapproved"
    assert "草稿" in standing(None).text.zh


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("[30, 90.0]", "[30, 91]"),
        ("[30, 90.0]", "[90, 30]"),
        ("[30, 90.0]", "[30, 90, 180]"),
        ("vip = 5000", "vip = 5000.01"),
        ("vip = 5000", 'vip = "5000"'),
        ("vip = 5000", "vip = true"),
        ("vip =", "gold ="),
        ('version = "1.2"', 'version = "1.20"'),
        ('author = "李敏"', 'author = "李 敏"'),
        ('method = "rfm"', 'method = "abc"'),
    ],
)
def test_any_change_of_content_ends_the_approval(path, old, new):
    approve(read_scheme(path), by="王总")
    edit(path, old, new)
    now = standing(read_scheme(path))
    assert now.code == "changed_after_approval"
    assert "王总" in now.text.zh and "approve it anew" in now.text.en


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("# 我们的方案\n", "\n\n"),
        ("[30, 90.0]   # 天", "[\n  30.0,\n  90,\n]"),
        ("{vip = 5000, ordinary = 500}", "{ordinary=500.0,vip=5_000}"),
        ('version = "1.2"\nauthor = "李敏"', "author = '李敏'\nversion = '1.2'"),
        ("\n", "\r\n"),
    ],
)
def test_formatting_does_not(path, old, new):
    approve(read_scheme(path), by="王总")
    text = path.read_text(encoding="utf-8").replace(old, new)
    path.write_bytes(text.encode("utf-8-sig"))
    assert standing(read_scheme(path)).approved


def test_the_approval_cannot_be_lent_to_another_scheme(path, tmp_path):
    approve(read_scheme(path), by="王总")
    other = tmp_path / "other.toml"
    other.write_text(path.read_text(encoding="utf-8").replace("5000", "100"), encoding="utf-8")
    assert not standing(read_scheme(other)).approved


def test_approving_keeps_comments_and_replaces_the_old_approval(path):
    approve(read_scheme(path), by="王总", on=date(2025, 7, 1))
    edit(path, "5000", "6000")
    approve(read_scheme(path), by="赵总", on=date(2025, 8, 1))
    text = path.read_text(encoding="utf-8")
    assert text.startswith("# 我们的方案") and "# 天" in text and "看清 [approval] 这几个字" in text
    assert text.count("\n[approval]\n") == 1 and "王总" not in text
    assert standing(read_scheme(path)).approved


@pytest.mark.parametrize("by", ["李敏", " 李敏 ", "", "  "])
def test_nobody_approves_their_own_scheme(path, by):
    with pytest.raises(UserError, match="somebody else must approve"):
        approve(read_scheme(path), by=by)
    assert not standing(read_scheme(path)).approved


def test_nobody_approves_what_they_have_not_seen(path):
    seen = read_scheme(path)
    edit(path, "5000", "1")
    with pytest.raises(UserError, match="read it again"):
        approve(seen, by="王总")


def test_an_approval_stopped_half_way_leaves_the_old_file(path, monkeypatch):
    def broken(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", broken)
    with pytest.raises(UserError, match="cannot be written"):
        approve(read_scheme(path), by="王总")
    assert path.read_text(encoding="utf-8") == TEXT
    assert [file.name for file in path.parent.iterdir()] == ["scheme.toml"]


def test_a_reader_beside_an_approver_never_sees_half_a_file(path):
    scheme = read_scheme(path)
    stop = threading.Event()
    seen = []

    def reads():
        while not stop.is_set():
            seen.append(read_scheme(path).hash)

    reader = threading.Thread(target=reads)
    reader.start()
    for day in range(1, 29):
        approve(scheme, by="王总", on=date(2025, 7, day))
    stop.set()
    reader.join()
    assert set(seen) == {scheme.hash}


def test_thresholds_of_the_tiers_are_written_and_read_again(tmp_path):
    thresholds = {
        "rfm": {"recency": np.array([30, 90]), "monetary": [np.float64(12.5), 100.0]},
        "abc": (np.int64(80), 0.95),
        "等级": {"高 价值": "≥ 5000\n元", "vip": np.bool_(True)},
        "since": date(2025, 1, 1),
    }
    scheme = write_scheme(
        tmp_path / "s.toml",
        name='引号 " 和 \\',
        version="1",
        author="李敏",
        method="rfm",
        thresholds=thresholds,
    )
    assert scheme.name == '引号 " 和 \\'
    assert scheme.thresholds == {
        "rfm": {"recency": [30, 90], "monetary": [12.5, 100]},
        "abc": [80, 0.95],
        "等级": {"高 价值": "≥ 5000\n元", "vip": True},
        "since": date(2025, 1, 1),
    }
    with pytest.raises(UserError, match="the file exists"):
        write_scheme(tmp_path / "s.toml", name="x", version="2", author="x", method="x", thresholds={"a": 1})


VALUES = st.recursive(
    st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False)
    | st.text(max_size=20)
    | st.dates(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.text(max_size=8), VALUES, min_size=1, max_size=4), st.data())
def test_whatever_is_written_is_read_and_any_other_number_changes_the_hash(
    tmp_path_factory, thresholds, data
):
    folder = tmp_path_factory.mktemp("scheme")
    head = {"name": "n", "version": "1", "author": "a", "method": "m"}
    scheme = write_scheme(folder / "a.toml", **head, thresholds=thresholds)
    assert scheme.thresholds == thresholds
    key = data.draw(st.sampled_from(sorted(thresholds)))
    other = write_scheme(folder / "b.toml", **head, thresholds=thresholds | {key: [thresholds[key], 1]})
    assert other.hash != scheme.hash


@pytest.mark.parametrize(
    ("text", "english", "chinese"),
    [
        ("", "name is a text", "name 要写成"),
        (TEXT.replace("author", "autor"), "no key “autor”; known: author", "没有“autor”这个键"),
        (TEXT.replace('"1.2"', "1.2"), "version is a text in quotes", "version 要写成加引号的文字"),
        (TEXT.replace('"rfm"', "rfm"), "not valid TOML", "不是合法的 TOML"),
        (TEXT.split("[thresholds]")[0], "[thresholds] is missing", "缺少 [thresholds]"),
        (TEXT.split("[thresholds]")[0] + "[thresholds]\n", "missing or empty", "它是空的"),
        (TEXT.replace("90.0", "nan"), "too few data", "数据太少"),
        (TEXT + "\n[approval]\nby = 3\n", "approve anew", "请不要手改"),
        (TEXT + "\n[approval]\nby = 'x'\non = '2025-01-01'\nhash = 'x'\n", "approve anew", "请不要手改"),
        (TEXT.replace("[30,", "[" * 3000 + "[30,"), "not valid TOML", "不是合法的 TOML"),
    ],
)
def test_a_bad_file_gets_a_clear_answer(path, text, english, chinese):
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UserError) as caught:
        read_scheme(path)
    assert english in str(caught.value) and "scheme.toml" in str(caught.value)
    use_language("zh")
    assert chinese in str(caught.value) and "scheme.toml" in str(caught.value)


def test_missing_foreign_and_unwritable_files(tmp_path):
    with pytest.raises(UserError, match="no file"):
        read_scheme(tmp_path / "none.toml")
    with pytest.raises(UserError, match="cannot be read"):
        read_scheme(tmp_path)
    (tmp_path / "gbk.toml").write_bytes("name = '分层'\n".encode("gbk"))
    with pytest.raises(UserError, match=r"Line 1 .* not UTF-8"):
        read_scheme(tmp_path / "gbk.toml")
    with pytest.raises(UserError, match="cannot be written"):
        write_scheme(
            tmp_path / "gbk.toml" / "s.toml",
            name="n",
            version="1",
            author="a",
            method="m",
            thresholds={"a": 1},
        )
    with pytest.raises(UserError, match="too few data"):
        write_scheme(
            tmp_path / "s.toml", name="n", version="1", author="a", method="m", thresholds={"a": np.nan}
        )
    assert not (tmp_path / "s.toml").exists()


def test_a_hash_of_the_bytes_would_fail(path):
    """The plausible wrong version: hashing the file ends the approval on a mere comment."""
    before = module.hashlib.sha256(path.read_bytes()).hexdigest()
    hash_before = read_scheme(path).hash
    edit(path, "# 天", "# 天数")
    assert module.hashlib.sha256(path.read_bytes()).hexdigest() != before
    assert read_scheme(path).hash == hash_before
