"""Lessons 14 and 15 on a team's own export, from `custseg init` to the page: nothing there but orders."""

import pytest

from custseg_helpers.commands.main import main
from custseg_helpers.company import in_play as playing
from custseg_helpers.company.company import load_sample
from custseg_helpers.files.cells import code_cells, run_cell
from custseg_helpers.learn.capstone import PARTS
from custseg_helpers.learn.check import check
from custseg_helpers.learn.feedback import Feedback
from custseg_helpers.learn.lessons import exercises
from custseg_helpers.paths import course_root

pytestmark = pytest.mark.slow

COLUMNS = {
    "order_id": "单号",
    "customer_id": "会员号",
    "order_date": "下单日期",
    "quantity": "数量",
    "amount": "实付金额",
    "region": "大区",
    "city": "城市",
}


@pytest.fixture(scope="module")
def shop(tmp_path_factory):
    """A GBK export of a small shop without products, and the mapping that `custseg init` proposes for it."""
    folder = tmp_path_factory.mktemp("shop")
    retail = load_sample("retail")
    some = retail.customers.head(600)[["customer_id", "region", "city"]]
    export = retail.orders.merge(some, on="customer_id")[list(COLUMNS)].rename(columns=COLUMNS)
    export.to_csv(folder / "orders.csv", index=False, encoding="gbk", date_format="%Y/%m/%d")
    assert main(["init", str(folder / "orders.csv")]) == 0
    return folder / "company.toml"


@pytest.fixture
def home(shop, tmp_path, monkeypatch):
    monkeypatch.setenv("CUSTSEG_COMPANY", str(shop))
    monkeypatch.setenv("CUSTSEG_HOME", str(tmp_path))
    monkeypatch.delenv("CUSTSEG_SEED", raising=False)
    yield tmp_path
    playing.forget()


def run(kind, language, name, monkeypatch):
    """Run a notebook's code; return what each check said."""
    said = {}

    def listen(*given, **more):
        feedback = check(*given, **more)
        said[feedback.exercise] = feedback
        return feedback

    monkeypatch.setattr("custseg_helpers.check", listen, raising=False)
    names = {"__name__": "__main__"}
    for code in code_cells(course_root() / kind / language / name):
        run_cell(code, names, name)
    assert all(isinstance(feedback, Feedback) for feedback in said.values())
    return said


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("lesson", ["14_governance", "15_capstone"])
def test_the_model_answers_pass(lesson, language, home, monkeypatch):
    said = run("solutions", language, f"{lesson}_solutions.ipynb", monkeypatch)
    assert {identity: feedback.outcome for identity, feedback in said.items()} == {
        task.id: "written" if task.answer is None else "passed" for task in exercises(lesson).values()
    }
    if lesson == "15_capstone":
        page = (home / language / "15_capstone" / "page.html").read_text(encoding="utf-8")
        assert page.count("<h2>") == len(PARTS)


@pytest.mark.parametrize("lesson", ["14_governance", "15_capstone"])
def test_the_lesson_runs(lesson, home, monkeypatch):
    run("notebooks", "en", f"{lesson}.ipynb", monkeypatch)
