"""Which exercises can be done by pointing alone: kept steps, chosen in the builder's own controls, pass their check."""

import re

import pytest

from custseg_helpers.builder.form import blocks
from custseg_helpers.course.compose import tasks
from custseg_helpers.course.source import read_lesson
from custseg_helpers.learn.lessons import beginning, exercises, lesson_folders
from tools.pointer import COMPUTED, reached, ways

FOLDERS = list(lesson_folders().values())


def numbers_and_ways():
    return [(folder, way) for folder in FOLDERS for way in ways(folder).items()]


@pytest.mark.slow
@pytest.mark.parametrize(
    "folder", [folder for folder in FOLDERS if ways(folder)], ids=lambda folder: folder.name
)
def test_kept_steps_are_chosen_in_the_builder_and_pass_the_check(folder):
    said = reached(folder)
    assert {identity: said[identity] for identity in ways(folder) if said[identity]} == {}


def test_at_least_seventy_computed_exercises_are_within_reach():
    computed = [
        task.id for folder in FOLDERS for task in tasks(read_lesson(folder)) if task.marks["kind"] in COMPUTED
    ]
    kept = [identity for folder in FOLDERS for identity in ways(folder)]
    assert set(kept) <= set(computed)
    assert len(kept) >= 70


def test_no_step_is_a_whole_answer_but_a_function_of_the_course():
    for _, (identity, way) in numbers_and_ways():
        assert all(step["do"] in blocks() or step["function"] in blocks() for step in way), identity


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_the_builder_ends_in_the_name_that_the_check_is_given(folder):
    source = (folder / "exercise.py").read_text(encoding="utf-8")
    for identity in exercises(folder.name):
        if begin := beginning(identity):
            assert re.search(rf'check\("{identity}", {begin["result"]}\)', source), identity
    assert set(ways(folder)) == {identity for identity in exercises(folder.name) if beginning(identity)}
