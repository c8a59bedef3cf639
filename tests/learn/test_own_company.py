"""The course on a team's own data: what the page says, what runs, and what is said of a step the data do not carry."""

import json

import matplotlib
import nbformat
import pytest
from IPython.core.interactiveshell import InteractiveShell

from custseg_helpers.commands.learn import lab
from custseg_helpers.commands.main import main
from custseg_helpers.company import in_play as playing
from custseg_helpers.company.company import load_sample
from custseg_helpers.course.source import FAILS
from custseg_helpers.errors.shell import start
from custseg_helpers.files.cells import run_cell
from custseg_helpers.learn.feedback import Feedback
from custseg_helpers.learn.lessons import exercises, lesson_folders
from custseg_helpers.learn.start_page import NAME
from custseg_helpers.mapping.in_lessons import cannot, opening
from custseg_helpers.mapping.load import load
from custseg_helpers.paths import course_root
from custseg_helpers.words.text import T, use_language
from tests.learn.test_alone import answered

pytestmark = pytest.mark.slow

HEADERS = {
    "order_id": "单号",
    "customer_id": "会员号",
    "order_date": "下单日期",
    "product_id": "商品编号",
    "category": "品类",
    "quantity": "数量",
    "amount": "实付金额",
    "discount": "折扣",
    "channel": "渠道",
    "region": "大区",
    "city": "城市",
}
ELSEWHERE = [task.id for number in lesson_folders() for task in exercises(number).values() if task.on]
CARTS = {"carts", "tagged", "overlap", "coverage", "blind_spot"}
"""Words of the errors where a model answer of lesson 01 asks for carts, which a file of orders does not hold."""


@pytest.fixture(scope="module")
def shop(tmp_path_factory):
    """A GBK export of a small shop, and the mapping that `custseg init` proposes for it."""
    folder = tmp_path_factory.mktemp("shop")
    retail = load_sample("retail")
    some = retail.customers.head(400)[["customer_id", "region", "city"]]
    lines = retail.orders.merge(some, on="customer_id").merge(
        retail.products[["product_id", "category"]], on="product_id"
    )
    export = lines[list(HEADERS)].rename(columns=HEADERS)
    export.to_csv(folder / "orders.csv", index=False, encoding="gbk", date_format="%Y/%m/%d")
    assert main(["init", str(folder / "orders.csv")]) == 0
    return folder / "company.toml"


@pytest.fixture
def in_play(shop, monkeypatch):
    monkeypatch.setenv("CUSTSEG_COMPANY", str(shop))
    monkeypatch.delenv("CUSTSEG_SEED", raising=False)
    yield shop
    playing.forget()


def test_the_start_page_and_the_terminal_say_whose_data_and_what_is_borrowed(
    shop, tmp_path, monkeypatch, capsys
):
    served = []
    monkeypatch.setenv("CUSTSEG_HOME", str(tmp_path))
    monkeypatch.setenv("CUSTSEG_COMPANY", "")
    monkeypatch.setattr(lab, "serve", lambda *_, **__: served.append(lab.os.environ["CUSTSEG_COMPANY"]))
    monkeypatch.chdir(shop.parent)
    for lang, own, lent in (
        ("zh", "这次用的是你自己的数据", "互动记录"),
        ("en", "This time on your own data", "interactions"),
    ):
        assert main(["lab", "--company", "company.toml", "--lang", lang]) == 0
        cells = json.loads((tmp_path / lang / NAME).read_text(encoding="utf-8"))["cells"]
        page = "\n".join(cell["source"] for cell in cells)
        assert own in page and lent in page and "retail" in page and "b2b" in page
        assert lent in capsys.readouterr().out
    assert served == [str(shop)] * 2


def test_without_own_data_the_page_is_as_ever(tmp_path, monkeypatch):
    monkeypatch.setenv("CUSTSEG_HOME", str(tmp_path))
    monkeypatch.setenv("CUSTSEG_COMPANY", "b2b")
    monkeypatch.setattr(lab, "serve", lambda *_, **__: None)
    assert main(["lab", "--lang", "en"]) == 0
    assert "own data\n\nYour own data:" not in (tmp_path / "en" / NAME).read_text(encoding="utf-8")


def test_a_slip_in_the_mapping_is_said_before_anything_opens(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("CUSTSEG_HOME", str(tmp_path / "my"))
    (tmp_path / "company.toml").write_text('name = "shop"\n[orders]\nfile = "none.csv"\n')
    assert main(["lab", "--company", str(tmp_path / "company.toml"), "--lang", "en"]) == 2
    assert "as_of" in capsys.readouterr().err and not (tmp_path / "my").exists()


def run(book, capsys):
    """Run a notebook cell by cell, those aside that are meant to fail; return what was printed, what the checks said,
    and the errors.
    """
    names, said, errors = {"__name__": "__main__"}, {}, []
    cells = nbformat.read(book, as_version=4).cells
    for code in (
        c.source for c in cells if c.cell_type == "code" and FAILS not in c.metadata.get("tags", ())
    ):
        try:
            shown = run_cell(code, names, book.name)
        except Exception as error:
            errors.append(error)
            continue
        if isinstance(shown, Feedback):
            said[shown.exercise] = shown
    return capsys.readouterr().out, said, errors


@pytest.mark.parametrize("kind", ["notebooks", "solutions"])
@pytest.mark.parametrize(
    "lesson",
    [
        "00_welcome",
        "00b_python",
        "01_tags",
        "02_data",
        "03_value",
        "04_rfm",
        "05_lifecycle",
        "06_behaviour",
        "07_quadrant",
    ],
)
def test_lessons_and_model_answers_run_on_a_file_of_orders(in_play, lesson, kind, capsys):
    ending = "" if kind == "notebooks" else "_solutions"
    out, said, errors = run(course_root() / kind / "en" / f"{lesson}{ending}.ipynb", capsys)
    assert opening(load(in_play)).en in out
    more = CARTS if (lesson, kind) == ("01_tags", "solutions") else set()
    assert [error for error in errors if not any(word in str(error) for word in more)] == []
    if kind == "solutions":
        assert more or list(said) == list(exercises(lesson))
        assert {name: feedback for name, feedback in said.items() if not feedback.done} == {}


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("identity", ELSEWHERE)
def test_an_exercise_of_other_data_is_answered_alone_with_own_data_in_play(
    in_play, identity, lang, tmp_path, monkeypatch
):
    monkeypatch.setenv("CUSTSEG_HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    use_language(lang)
    playing.forget()
    assert answered(identity, lang).outcome == "passed"


def test_a_step_the_data_do_not_carry_is_said_without_a_traceback(in_play, capsys, monkeypatch):
    shell = InteractiveShell()
    start(shell)
    load()
    capsys.readouterr()
    monkeypatch.setattr("custseg_helpers.errors.explain.delivered", lambda code: True)
    shell.run_cell("x = 1\n{}['views']")
    told = capsys.readouterr()
    assert "KeyError: 'views'" in told.out and "Line 2" in told.out
    assert "Traceback" not in told.out + told.err and 'load("retail")' in told.out
    load("retail")
    shell.run_cell("{}['views']")
    assert "do not carry" not in capsys.readouterr().out


def test_both_languages_say_it(shop):
    for text in (opening(load(shop)), cannot(KeyError("views"))):
        assert isinstance(text, T) and text.zh != text.en and "retail" in text.zh


matplotlib.use("agg")
