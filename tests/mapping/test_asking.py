"""Open questions: in the file as a marked block that a run waits for, on the terminal one at a time."""

import pytest

from custseg_helpers.commands.main import main
from custseg_helpers.mapping.asking import answered_here
from custseg_helpers.mapping.draft import draft
from custseg_helpers.mapping.draft_toml import toml
from custseg_helpers.mapping.own_company import read_own
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


def test_a_month_with_a_new_status_stops_the_run(file, capsys):
    file.write_text(file.read_text(encoding="utf-8").replace("parked", "completed"), encoding="utf-8")
    assert main(["init", str(file)]) == 0
    path = file.with_name("company.toml")
    assert read_own(path).company.orders["amount"].sum() == pytest.approx(WHOLE)
    with file.open("a", encoding="utf-8") as more:
        more.write("E99,J1,2024-03-15,77.00,floating\n")
    assert main(["run", str(path), "--out", str(file.with_name("out"))]) == 2
    assert "floating in “status”: 1 rows with 77.00" in capsys.readouterr().err
