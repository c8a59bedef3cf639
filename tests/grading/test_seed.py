"""A class is graded on data that nobody can know before: drawn at the first grading, kept, and shown with the marks."""

import json
import os
from numbers import Real

import pytest

from custseg_helpers.company.company import load_sample
from custseg_helpers.grading.collect import FIRST_SEED, collect
from custseg_helpers.learn.check import judge
from custseg_helpers.learn.lessons import exercises, lesson_folders


def seed_in(folder):
    return json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["seed"]


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "essay.ipynb").write_text("My dog ate it.", encoding="utf-8")
    return tmp_path


def test_a_class_keeps_the_seed_it_was_first_graded_on(folder):
    collect(folder / "in", folder / "class")
    seed = seed_in(folder / "class")
    assert seed >= FIRST_SEED
    (folder / "in" / "late.ipynb").write_text("Mine, too.", encoding="utf-8")
    collect(folder / "in", folder / "class")
    assert seed_in(folder / "class") == seed
    assert f"seed {seed}" in (folder / "class" / "class.html").read_text(encoding="utf-8")


def test_two_classes_have_two_seeds(folder):
    for name in ("a", "b", "c"):
        collect(folder / "in", folder / name)
    assert len({seed_in(folder / name) for name in ("a", "b", "c")}) > 1


def test_a_stopped_run_keeps_its_seed(folder, monkeypatch):
    def stopped(*_, **__):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr("custseg_helpers.grading.collect.write", stopped)
        collect(folder / "in", folder / "class")
    journal = folder / ".class.graded.jsonl"
    seed = json.loads(journal.read_text(encoding="utf-8"))["seed"]
    collect(folder / "in", folder / "class")
    assert seed_in(folder / "class") == seed and not journal.exists()


def test_a_seed_that_was_chosen_is_kept_as_well(folder):
    collect(folder / "in", folder / "class", seed=5)
    collect(folder / "in", folder / "class")
    assert seed_in(folder / "class") == 5


@pytest.mark.slow
@pytest.mark.parametrize("seed", [12_345, 700_001])
def test_copied_numbers_fail_and_model_answers_pass(seed):
    known, drawn = load_sample("retail"), load_sample("retail", seed)
    copied = []
    for task in [task for lesson in ("03", "04", "05") for task in exercises(lesson).values()]:
        if task.answer is None or task.on is not None:
            continue
        assert judge(task, task.answer(drawn), drawn).outcome == "passed", task.id
        answer = task.answer(known)
        if isinstance(answer, Real) and not isinstance(answer, bool):
            copied.append(judge(task, answer, drawn).outcome)
    assert len(copied) > 5 and "passed" not in copied


@pytest.mark.slow
@pytest.mark.skipif(
    "CUSTSEG_EXHAUSTING" not in os.environ, reason="half an hour of a core; set CUSTSEG_EXHAUSTING"
)
@pytest.mark.parametrize("seed", range(FIRST_SEED, FIRST_SEED + 50 * 19_997, 19_997))
def test_every_model_answer_passes_on_fifty_seeds(seed):
    company = load_sample("retail", seed)
    tasks = [task for lesson in lesson_folders() for task in exercises(lesson).values() if task.answer]
    outcomes = {task.id: judge(task, task.answer(company), company).outcome for task in tasks}
    assert len(outcomes) > 100 and set(outcomes.values()) == {"passed"}, outcomes
