"""The model answer that `solution()` shows runs alone, in a notebook that holds nothing yet."""

import pytest

from custseg_helpers import solution
from custseg_helpers.company import in_play
from custseg_helpers.files.alone import needed_above
from custseg_helpers.files.cells import code_cells, run_cell
from custseg_helpers.learn.check import check
from custseg_helpers.learn.lessons import exercise, exercises, lesson_folder, lesson_folders
from custseg_helpers.mapping.load import load
from custseg_helpers.paths import course_root
from custseg_helpers.words.text import use_language

ALL = [identity for number in lesson_folders() for identity in exercises(number)]
SOME = ["rfm-call-list", "value-margin-grade", "rfm-money-share"]


@pytest.fixture(autouse=True)
def new_kernel(monkeypatch, tmp_path):
    monkeypatch.setenv("CUSTSEG_HOME", str(tmp_path))
    monkeypatch.delenv("CUSTSEG_COMPANY", raising=False)
    monkeypatch.delenv("CUSTSEG_SEED", raising=False)
    monkeypatch.chdir(tmp_path)
    use_language("en")
    in_play.forget()
    yield
    in_play.forget()


def answered(identity, lang="en"):
    """Run what `solution()` shows in a new notebook; return what its check says."""
    code = solution(identity).code
    names = {"__name__": "__main__"}
    run_cell(code, names)
    lesson = lesson_folder(identity.partition("-")[0])
    book = course_root() / "exercises" / lang / f"{lesson.name}_exercises.ipynb"
    checked = next(cell for cell in code_cells(book) if cell.startswith(f'check("{identity}"'))
    return run_cell(checked, names | {"check": check})


@pytest.mark.parametrize("identity", SOME)
def test_a_model_answer_runs_alone(identity):
    assert answered(identity)


@pytest.mark.slow
@pytest.mark.parametrize("identity", [one for one in ALL if one not in SOME])
def test_every_model_answer_runs_alone(identity):
    outcome = "written" if exercise(identity).answer is None else "passed"
    assert answered(identity).outcome == outcome


def test_it_loads_the_company_that_the_learner_has_loaded():
    load("b2b")
    assert 'company = load("b2b")' in solution("rfm-call-list").code
    assert answered("rfm-call-list")


def test_what_only_shows_something_is_left_out_and_what_writes_is_kept():
    above = [
        "from shop import look, put, read, use\nfolder = use()",
        "look(folder)\nfor row in [1, 2]:\n    put(folder, row)",
        "table = read(folder)\ntable['new'] = 1\nother = 2",
    ]
    assert needed_above(above, "result = table['new']\nresult.sum()").splitlines() == [
        "from shop import put, read, use",
        "folder = use()",
        "for row in [1, 2]:",
        "    put(folder, row)",
        "table = read(folder)",
        "table['new'] = 1",
    ]


def test_a_name_made_anew_under_a_condition_still_needs_what_stood_above():
    above = ["worst = 'none'\nif today > 1:\n    worst = 'some'"]
    assert needed_above(above, "print(worst)").startswith("worst = 'none'\nif today")


def test_a_name_that_the_cell_makes_itself_is_not_looked_for_above():
    assert needed_above(["shares = 1\nline = 2"], "shares = 3\nsum(line for line in [shares])") == ""
