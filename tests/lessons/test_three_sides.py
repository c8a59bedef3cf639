"""Every lesson from three sides: the unsolved workbook, the model answers, the mistakes people make."""

from pathlib import Path

import pytest

from custseg_helpers.company.company import SAMPLES
from custseg_helpers.course.compose import tasks
from custseg_helpers.course.source import read_lesson
from custseg_helpers.files.cells import code_cells, run_cell
from custseg_helpers.learn.check import check
from custseg_helpers.learn.feedback import Feedback
from custseg_helpers.learn.lessons import exercises, lesson_folder, lesson_folders
from custseg_helpers.learn.quiz import answer, questions
from custseg_helpers.mapping.load import in_play, load
from custseg_helpers.paths import course_root
from custseg_helpers.words import text

pytestmark = pytest.mark.slow

LESSONS = [folder.name for folder in lesson_folders().values()]
EXERCISES = [(lesson, identity) for lesson in LESSONS for identity in exercises(lesson)]
WANTED = {False: "passed", True: "written"}
"""What the model answer of an exercise gets, by whether people read it."""
COMPANIES = [*((name, None) for name in SAMPLES), ("retail", 7)]

lessons = pytest.mark.parametrize("lesson", LESSONS)
languages = pytest.mark.parametrize("language", ["zh", "en"])
companies = pytest.mark.parametrize(("company", "seed"), COMPANIES)


def run(path: Path) -> dict[str, Feedback]:
    """Run a notebook's code from top to bottom in this process; return what each check said."""
    said: dict[str, Feedback] = {}
    names: dict[str, object] = {"__name__": "__main__"}
    for code in code_cells(path):
        shown = run_cell(code, names, path.name)
        if isinstance(shown, Feedback):
            said[shown.exercise] = shown
    return said


@pytest.fixture
def play(monkeypatch, tmp_path):
    monkeypatch.setenv("CUSTSEG_HOME", str(tmp_path))

    def choose(company, seed):
        monkeypatch.setenv("CUSTSEG_COMPANY", company)
        monkeypatch.setenv("CUSTSEG_SEED", str(seed)) if seed else monkeypatch.delenv(
            "CUSTSEG_SEED", raising=False
        )
        return load()

    return choose


@lessons
@languages
def test_an_unsolved_workbook_runs_and_everything_is_to_do(lesson, language, play):
    play("retail", None)
    said = run(course_root() / "exercises" / language / f"{lesson}_exercises.ipynb")
    assert {identity: feedback.outcome for identity, feedback in said.items()} == dict.fromkeys(
        exercises(lesson), "todo"
    )


@lessons
@companies
@languages
def test_the_model_answers_pass_on_every_company_and_seed(lesson, company, seed, language, play):
    play(company, seed)
    said = run(course_root() / "solutions" / language / f"{lesson}_solutions.ipynb")
    assert list(said) == list(exercises(lesson))
    wanted = {task.id: WANTED[task.answer is None] for task in exercises(lesson).values()}
    assert {
        identity: feedback for identity, feedback in said.items() if feedback.outcome != wanted[identity]
    } == {}


@pytest.mark.parametrize(("lesson", "identity"), EXERCISES, ids=[identity for _, identity in EXERCISES])
def test_every_mistake_gets_its_own_advice_in_both_languages(lesson, identity, play, monkeypatch):
    play("retail", None)
    task = exercises(lesson)[identity]
    advice = set()
    for mistake in task.mistakes:
        feedback = check(identity, mistake.answer(in_play()))
        assert (feedback.outcome, feedback.cause) == ("wrong", mistake.cause)
        for language in ("zh", "en"):
            monkeypatch.setattr(text, "_current", language)
            said = task.words.advice[mistake.name].within(language)
            assert said in repr(feedback)
            advice.add(said)
    assert len(advice) == 2 * len(task.mistakes)


@pytest.mark.parametrize(("lesson", "identity"), EXERCISES, ids=[identity for _, identity in EXERCISES])
def test_every_exercise_is_whole(lesson, identity):
    task = exercises(lesson)[identity]
    kind = _kinds(lesson)[identity]
    words = task.words
    assert len(words.hints) == 2 and all(hint.zh and hint.en for hint in words.hints)
    if kind in ("compute", "mistake"):
        assert len(task.mistakes) >= 3
    if kind in ("decide", "explain"):
        assert words.rubric and words.good and words.weak
    if kind == "explain":
        for language in ("zh", "en"):
            for text in (words.good, words.weak):
                feedback = check(identity, text.within(language))
                assert (feedback.outcome, float(feedback)) == ("written", 0.0)


@lessons
def test_all_four_kinds_core_and_stretch(lesson):
    kinds = _kinds(lesson)
    assert list(kinds) == list(exercises(lesson))
    if lesson != "00_welcome":
        assert set(kinds.values()) == {"compute", "decide", "explain", "mistake"} and len(kinds) >= 6


@lessons
def test_every_option_of_the_quiz_has_its_reason(lesson):
    asked = questions(lesson)
    assert 3 <= len(asked) <= 5
    for number, question in enumerate(asked, 1):
        reasons = {option.reason.zh for option in question.options} | {
            option.reason.en for option in question.options
        }
        assert len(reasons) == 2 * len(question.options)
        assert sum(bool(answer(lesson, number, place)) for place in range(1, len(question.options) + 1)) == 1


def _kinds(lesson: str) -> dict[str, str]:
    return {task.id: task.marks["kind"] for task in tasks(read_lesson(lesson_folder(lesson)))}
