"""Open questions: in the file as a marked block that a run waits for, on the terminal one at a time."""

import os
import subprocess
import sys

import pandas as pd
import pytest

from custseg_helpers.commands.main import main
from custseg_helpers.mapping.company_toml import read_mapping
from custseg_helpers.mapping.decisions import decisions
from custseg_helpers.mapping.draft import draft
from custseg_helpers.mapping.draft_toml import toml
from custseg_helpers.mapping.own_company import read_own
from custseg_helpers.own_page.asking import answered_here
from custseg_helpers.reading.read import read_sheets

ROWS = "".join(
    f"E{n:02d},J{n % 3},2024-03-{n + 10},{30 + n}.25,{'parked' if n == 4 else 'completed'}\n"
    for n in range(9)
)
WHOLE = sum(30.25 + n for n in range(9))


@pytest.fixture
def file(tmp_path):
    place = tmp_path / "export.csv"
    place.write_text(f"order no,member no,order date,order total,status\n{ROWS}", encoding="utf-8")
    return place


@pytest.mark.parametrize(
    ("answer", "net", "lines"), [(1, WHOLE, 9), (2, WHOLE - 34.25, 8), (3, WHOLE - 34.25, 10)]
)
def test_the_answer_to_a_question_gives_its_sum(file, answer, net, lines, capsys):
    assert main(["init", str(file)]) == 0
    assert "A question: “status” says parked (1, 34.25)" in capsys.readouterr().out
    path = file.with_name("company.toml")
    assert main(["run", str(path), "--out", str(file.with_name("out"))]) == 2
    assert "1 open questions" in capsys.readouterr().err and not file.with_name("out").exists()
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("answer = 0", f"answer = {answer}"), encoding="utf-8")
    orders = read_own(path).company.orders
    assert (orders["amount"].sum(), len(orders)) == (pytest.approx(net), lines)


def test_on_a_terminal_questions_come_one_at_a_time_and_enter_leaves_one_open(file, capsys):
    made = draft(read_sheets(file))
    assert answered_here(made, lambda _: "", terminal=True).answers == {}
    chosen = answered_here(made, lambda _: "2", terminal=True)
    assert chosen.answers == {0: 2} and "2 = never happened" in capsys.readouterr().out
    assert "answer = 2" in toml(chosen, file.parent)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pseudo terminal")
def test_a_person_at_a_terminal_is_asked_and_a_slip_is_asked_again(file):
    import pty

    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "custseg_helpers", "init", str(file), "--lang", "en"]
    asked = subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, close_fds=True)
    os.close(theirs)
    said, answers = "", ["9", "2"]
    try:
        while chunk := os.read(ours, 4096).decode("utf-8", "replace"):
            said += chunk
            if answers and said.count("Which one?") == 3 - len(answers):
                os.write(ours, f"{answers.pop(0)}\n".encode())
    except OSError:  # the other side is closed
        pass
    assert asked.wait() == 0 and said.count("Which one?") == 2
    assert "answer = 2" in file.with_name("company.toml").read_text(encoding="utf-8")


def test_dates_that_only_a_person_can_read_are_asked_too(tmp_path, capsys):
    file = tmp_path / "o.csv"
    file.write_text("order no,member no,order date,order total\n1,K,03/04/2025,5\n2,L,05/06/2025,7\n")
    made = draft(read_sheets(file))
    assert answered_here(made, lambda _: "", terminal=True)["orders.dates"] == "?"
    chosen = answered_here(made, lambda _: "1", terminal=True)
    assert "03/04/2025 for example" in capsys.readouterr().out
    assert (chosen["orders.dates"], chosen["as_of"]) == ("dmy", pd.Timestamp("2025-06-06"))
    assert main(["init", str(file)]) == 0 and "could be read either way" in capsys.readouterr().out


def test_a_month_with_a_new_status_stops_the_run(file, capsys):
    file.write_text(file.read_text(encoding="utf-8").replace("parked", "completed"), encoding="utf-8")
    assert main(["init", str(file)]) == 0
    path = file.with_name("company.toml")
    assert read_own(path).company.orders["amount"].sum() == pytest.approx(WHOLE)
    with file.open("a", encoding="utf-8") as more:
        more.write("E99,J1,2024-03-15,77.00,floating\n")
    assert main(["run", str(path), "--out", str(file.with_name("out"))]) == 2
    assert "floating in “status”: 1 rows with 77.00" in capsys.readouterr().err


def test_the_report_repeats_on_top_what_was_answered(file, capsys):
    assert main(["init", str(file)]) == 0
    path = file.with_name("company.toml")
    path.write_text(path.read_text(encoding="utf-8").replace("answer = 0", "answer = 2"), encoding="utf-8")
    first = decisions(read_mapping(path))[0].en
    assert first.startswith("As you answered: “status” says parked") and first.endswith("never happened")
    assert main(["run", str(path), "--out", str(file.with_name("out"))]) == 0
    assert "As you answered: “status” says parked" in capsys.readouterr().out
    page = file.with_name("out").joinpath("report.html").read_text(encoding="utf-8")
    assert 0 < page.index("As you answered") < page.index("Decisions and thresholds")


def test_amounts_with_a_point_before_three_digits_stop_a_run_until_it_is_stated(tmp_path, capsys):
    (tmp_path / "o.csv").write_text("n;w;d;a\n1;K;2024-05-02;3.480\n2;L;2024-05-03;1.250\n", encoding="utf-8")
    words = "name = 'x'\nas_of = 2024-06-01\n[orders]\nfile = 'o.csv'\n{more}\n[orders.columns]\norder_id = 'n'\ncustomer_id = 'w'\norder_date = 'd'\namount = 'a'\n"
    path = tmp_path / "company.toml"
    for more, net in (('decimal = ","', 4730), ("tidy = true", 4.73)):
        path.write_text(words.format(more=more), encoding="utf-8")
        assert read_own(path).company.orders["amount"].sum() == pytest.approx(net)
    path.write_text(words.format(more=""), encoding="utf-8")
    assert main(["run", str(path), "--dry-run"]) == 2
    assert "3.480 in column “a” can be 3,480 or 3.480" in capsys.readouterr().err


def test_a_list_of_products_without_prices_gives_names_and_categories(tmp_path):
    (tmp_path / "o.csv").write_text(
        "order no,member no,order date,sku,order total\n1,K,2024-05-02,S1,9\n2,L,2024-05-03,S2,8\n"
    )
    (tmp_path / "p.csv").write_text("sku,product name,category\nS1,Tea,Drinks\nS2,Pot,Ware\n")
    assert (
        main(
            [
                "init",
                str(tmp_path / "o.csv"),
                str(tmp_path / "p.csv"),
                "--out",
                str(tmp_path / "company.toml"),
            ]
        )
        == 0
    )
    products = read_own(tmp_path / "company.toml").company.products
    assert dict(zip(products["product_id"], products["category"], strict=True)) == {
        "S1": "Drinks",
        "S2": "Ware",
    }


MIXED = "".join(
    f"E{n:02d},J{n % 3},2024-03-{n + 10},{30 + n}.25,{('parked', 'torn', 'completed')[min(n, 2)]}\n"
    for n in range(9)
)


@pytest.fixture
def mixed(tmp_path):
    place = tmp_path / "export.csv"
    place.write_text(f"order no,member no,order date,order total,status\n{MIXED}", encoding="utf-8")
    return place


def test_values_that_are_asked_together_may_have_one_answer_each(mixed, capsys):
    made = draft(read_sheets(mixed))
    chosen = answered_here(made, lambda _: "1, 2", terminal=True)
    assert chosen.answers == {0: (1, 2)} and "parked (1, 30.25), torn (1, 31.25)" in capsys.readouterr().out
    path = mixed.with_name("company.toml")
    path.write_text(toml(chosen, mixed.parent), encoding="utf-8")
    assert "answer = [1, 2]" in path.read_text(encoding="utf-8")
    assert read_own(path).company.orders["amount"].sum() == pytest.approx(WHOLE - 31.25)
    assert "parked: sales, torn: never happened" in decisions(read_mapping(path))[0].en


@pytest.mark.parametrize(
    ("answer", "said"),
    [("[2, 0]", "1 open questions"), ("[2]", "must be 2 numbers"), ("[2, 9]", "from 0 to 3")],
)
def test_an_answer_that_leaves_a_value_open_is_none(mixed, answer, said, capsys):
    assert main(["init", str(mixed)]) == 0
    path = mixed.with_name("company.toml")
    text = path.read_text(encoding="utf-8").replace("answer = 0", f"answer = {answer}")
    path.write_text(text, encoding="utf-8")
    assert main(["run", str(path), "--out", str(mixed.with_name("out"))]) == 2
    assert said in capsys.readouterr().err
