"""Exercises asked of other data: who copies a number of the lesson does not pass, wherever the class works."""

import json
import re

import pytest
from IPython.core.interactiveshell import InteractiveShell

from custseg_helpers.company.company import SAMPLES, Company, load_sample
from custseg_helpers.course.compose import tasks
from custseg_helpers.course.source import read_lesson
from custseg_helpers.errors.shell import start
from custseg_helpers.learn.check import check, judge
from custseg_helpers.learn.elsewhere import elsewhere
from custseg_helpers.learn.exercise import AT_HOME, another
from custseg_helpers.learn.lessons import exercise, exercises, lesson_folder, lesson_folders, old_ids
from custseg_helpers.mapping.load import in_play, load
from custseg_helpers.paths import course_root
from custseg_helpers.stopped.memory import MEMORY
from custseg_helpers.words.text import UserError, use_language

LESSONS = ["01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "11", "12", "13", "14"]
"""Lessons that transfer."""
ELSEWHERE = [task for number in lesson_folders() for task in exercises(number).values() if task.on]
PLACES = [*((name, None) for name in SAMPLES), ("retail", 7), ("b2b", 3)]
NUMBER = re.compile(r"(?<![\w.])[-−]?\d[\d,]*(?:\.\d+)?%?")

asked_elsewhere = pytest.mark.parametrize("task", ELSEWHERE, ids=lambda task: task.id)


def printed(lesson):
    """Return the numbers that a lesson's notebook shows, of three figures or more: fewer are met by chance."""
    book = json.loads((course_root() / "notebooks" / "en" / f"{lesson}.ipynb").read_text(encoding="utf-8"))
    shown = ["".join(cell["source"]) for cell in book["cells"] if cell["cell_type"] == "markdown"]
    for cell in book["cells"]:
        for output in cell.get("outputs", []):
            for kind, text in (
                {"text": output["text"]} if "text" in output else output.get("data", {})
            ).items():
                if kind in ("text", "text/plain", "text/html"):
                    shown.append("".join(text))
    texts = {found for text in shown for found in NUMBER.findall(text)}
    texts = {text for text in texts if len(re.sub(r"^0+", "", re.sub(r"\D", "", text))) >= 3}
    return {float(re.sub("[,%]", "", text.replace("−", "-"))) / (100 if "%" in text else 1) for text in texts}


@pytest.mark.parametrize("number", LESSONS)
def test_two_core_exercises_of_a_lesson_are_asked_of_other_data_and_at_most_half(number):
    core = {task.id for task in tasks(read_lesson(lesson_folder(number))) if task.marks["level"] == "core"}
    moved = {task.id for task in ELSEWHERE if task.id in exercises(number)}
    assert moved <= core and 2 <= len(moved) <= len(core) / 2


@asked_elsewhere
def test_no_number_printed_in_the_lesson_passes(task):
    right = task.answer(load_sample("retail"))
    lesson = lesson_folder(task.id.partition("-")[0]).name
    numbers = printed(lesson)
    assert len(numbers) > 20
    if not hasattr(right, "__len__"):
        passing = {number for number in numbers if judge(task, number, load_sample("retail"))}
        assert passing == set()


@pytest.mark.slow
@asked_elsewhere
@pytest.mark.parametrize(("name", "seed"), PLACES)
def test_the_answer_for_the_company_in_play_is_named_and_the_right_one_passes(task, name, seed):
    company = load_sample(name, seed)
    home = next(mistake for mistake in task.mistakes if mistake.name == AT_HOME)
    found = judge(task, home.answer(company), company)
    assert found.outcome == "wrong" and found.cause.startswith("mistake:") and AT_HOME in found.cause
    assert judge(task, task.answer(company), company)


@asked_elsewhere
def test_the_workbook_opens_what_check_judges_on(task, capsys):
    use_language("en")
    played = load("retail")
    there = elsewhere(task.id)
    if isinstance(there, Company):
        assert there.name == task.on.name != "retail"
        assert there.title.en in capsys.readouterr().out
    assert load("retail").name == played.name


def test_the_other_company_is_never_the_one_in_play_and_has_the_classs_seed():
    for name in SAMPLES:
        there = another("education").there(load_sample(name, 5))
        assert there.name != name and there.seed == 5


def test_who_plays_the_tasks_company_is_told_which_it_is_instead(capsys):
    use_language("en")
    load("pharma")
    assert elsewhere("rfm-money-share").name == "retail"
    assert "you work with already" in capsys.readouterr().out
    load("retail")


@pytest.fixture
def shell():
    InteractiveShell.clear_instance()
    shell = InteractiveShell.instance(history_length=0)
    start(shell)
    yield shell
    InteractiveShell.clear_instance()
    MEMORY.begins("")


def test_who_ran_the_whole_workbook_and_goes_back_is_told_whose_data_are_open(shell, monkeypatch):
    use_language("en")
    load("retail")
    shell.user_ns |= {"check": check, "elsewhere": elsewhere}

    def said(identity, answer):
        shell.user_ns["answer"] = answer
        shell.run_cell(f'told = check("{identity}", answer)')
        return shell.user_ns["told"]

    for identity in ("rfm-money-share", "lifecycle-moves"):
        shell.run_cell(f'there = elsewhere("{identity}")')
    monkeypatch.setattr(
        "custseg_helpers.learn.check.known_wrongs", None
    )  # why it is wrong is not even looked for
    told = said("rfm-money-share", 12.5)
    assert (told.outcome, told.cause) == ("wrong", "other_data")
    monkeypatch.undo()
    assert 'elsewhere("rfm-money-share")' in told.message.en
    assert said("rfm-money-share", exercise("rfm-money-share").answer(in_play()))  # a right answer is right
    assert said("lifecycle-moves", 12.5).cause != "other_data"
    assert said("rfm-recency", 12.5).cause != "other_data"
    shell.run_cell('there = elsewhere("rfm-money-share")')
    assert said("rfm-money-share", 12.5).cause != "other_data"


def test_an_exercise_of_ones_own_company_has_no_other_data():
    use_language("en")
    with pytest.raises(UserError, match="rfm-recency is asked of the company you work with"):
        elsewhere("rfm-recency")


def test_a_workbook_of_before_is_judged_on_the_company_it_speaks_of():
    company = load("retail")
    before = {new: old for old, new in old_ids(lesson_folder("04")).items()}["rfm-money-share"]
    home = next(one for one in exercise("rfm-money-share").mistakes if one.name == AT_HOME)
    assert check(before, home.answer(company))
    assert not check("rfm-money-share", home.answer(company))
