"""Approving a scheme from the terminal: seen, signed by somebody else, and in force."""

import shutil

import pytest

from custseg_helpers.commands import main as cli
from custseg_helpers.governance.scheme import read_scheme, standing, write_scheme
from custseg_helpers.words.text import use_language


@pytest.fixture
def draft(tmp_path):
    file = tmp_path / "方案.toml"
    write_scheme(
        file, name="2026", version="1", author="苏晚晴", method="abc", thresholds={"grades": [300, 800]}
    )
    return file


@pytest.mark.parametrize(("lang", "said"), [("zh", "已由 顾明远 于"), ("en", "approved by 顾明远")])
def test_a_scheme_is_shown_and_approved(draft, lang, said, capsys):
    use_language(lang)
    assert cli.main(["approve", str(draft), "--by", "顾明远"]) == 0
    printed = capsys.readouterr().out
    assert "grades = [300, 800]" in printed and said in printed
    assert standing(read_scheme(draft)).approved


def test_nobody_approves_their_own_scheme(draft, capsys):
    before = draft.read_bytes()
    assert cli.main(["approve", str(draft), "--by", "苏晚晴"]) == 2
    assert draft.read_bytes() == before and capsys.readouterr().err.count("\n") == 1


def test_a_missing_scheme_is_one_message(draft, capsys):
    shutil.move(draft, draft.with_suffix(".old"))
    assert cli.main(["approve", str(draft), "--by", "顾明远"]) == 2
    assert "方案.toml" in capsys.readouterr().err
