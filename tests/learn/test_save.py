"""A learner's table as a file: read back it is the same, and nothing is left half-written."""

import pandas as pd
import pytest

from custseg_helpers.learn import save
from custseg_helpers.words.text import UserError, use_language

TABLE = pd.DataFrame(
    {"channel": ["sms", "call"], "cost": [1.5, 20.0]}, index=pd.Index(["loyal", "dormant"], name="tier")
)


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    use_language("zh")
    monkeypatch.setenv("CUSTSEG_HOME", str(tmp_path / "my"))
    return tmp_path / "my"


def excel(file):
    return pd.read_excel(file, engine="openpyxl")


@pytest.mark.parametrize(("name", "read"), [("plan.xlsx", excel), ("plan.csv", pd.read_csv)])
def test_what_was_saved_reads_back_with_names_for_people(home, name, read):
    for _ in range(2):
        assert save.save_table(TABLE, name) == home / name
    back = read(home / name)
    assert back.columns.tolist() == ["层级", "渠道", "费用（元）"]
    assert back.values.tolist() == [["忠诚客户", "短信", 1.5], ["休眠客户", "电话", 20.0]]
    assert [file.name for file in home.iterdir()] == [name]


def test_it_stays_in_the_learners_folder(home, tmp_path):
    assert save.save_table(TABLE, "../../plan.csv") == home / "plan.csv"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["my"]


def test_another_ending_is_refused():
    with pytest.raises(UserError, match="xlsx"):
        save.save_table(TABLE, "plan.docx")


def test_a_file_that_cannot_be_written_is_said_and_nothing_is_left(home):
    (home / "plan.csv").mkdir(parents=True)
    with pytest.raises(UserError, match=r"plan\.csv"):
        save.save_table(TABLE, "plan.csv")
    assert [path.name for path in home.iterdir()] == ["plan.csv"]
