"""`custseg build --watch`: what was saved is made anew, what is wrong is told, and nothing ends it."""

import os
import subprocess
import sys

import nbformat
import pytest
from nbformat.v4 import new_output

from custseg_helpers.course import build
from custseg_helpers.course.new_lesson import new_lesson
from custseg_helpers.course.watch import rebuild, saved
from custseg_helpers.paths import course_root

pytestmark = pytest.mark.slow


def shown(workshop):
    return nbformat.read(workshop.root / "notebooks/en/03_tiny.ipynb", as_version=4)


def test_what_did_not_change_keeps_what_it_showed(workshop):
    assert "03_tiny is made, not run" in str(rebuild(workshop.root, workshop.folder))
    book = shown(workshop)
    first, second = [cell for cell in book.cells if cell.cell_type == "code"][:2]
    for cell, number in ((first, 1), (second, 2)):
        cell.outputs, cell.execution_count = [new_output("display_data", {"text/plain": "seen"})], number
    build.write_whole(workshop.root / "notebooks/en/03_tiny.ipynb", build.as_text(book))
    workshop.change("lesson.py", "The manager asks", "The new manager asks")
    workshop.change("lesson.py", "labelled(orders.head())", "labelled(orders.tail())")
    rebuild(workshop.root, workshop.folder)
    after = [cell for cell in shown(workshop).cells if cell.cell_type == "code"]
    assert any("The new manager asks" in cell.source for cell in shown(workshop).cells)
    assert [cell.outputs for cell in after if cell.id == first.id] == [] and after[
        1
    ].outputs == second.outputs
    assert after[0].outputs == [] and "tail()" in after[0].source


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("answers.py", "EXERCISES = [", "EXERCISES = [[", "answers.py:10  Not valid Python"),
        ("lesson.py", "labelled(orders.head())", "labelled(orders.head()", "03_tiny"),
        ("about.toml", "[title]", "[title", "about.toml:1  Cannot be read"),
        ("exercise.py", "# END SOLUTION", "# END", "exercise.py:"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_written(workshop, file, old, new, said):
    rebuild(workshop.root, workshop.folder)
    before = build.as_text(shown(workshop))
    workshop.change(file, old, new)
    assert said in str(rebuild(workshop.root, workshop.folder))
    assert build.as_text(shown(workshop)) == before


def test_an_edit_of_one_language_is_shown_before_the_other_follows(workshop):
    build.lockfile.write(workshop.folder, list(build.twins(workshop.lesson())))
    workshop.change("lesson.py", "The manager asks", "The new manager asks")
    assert "is made, not run" in str(rebuild(workshop.root, workshop.folder))


def test_every_save_is_seen_once(workshop, tmp_path):
    other = new_lesson(tmp_path / "lessons", "05", "other")
    steps = iter(
        [
            lambda: None,
            lambda: os.utime(workshop.folder / "lesson.py", ns=(1, 1)),
            lambda: None,
            lambda: (other / "rubric.toml").touch(),
            lambda: (workshop.folder / "quiz.toml").unlink(),
            lambda: (_ for _ in ()).throw(KeyboardInterrupt),
        ]
    )
    seen = []
    with pytest.raises(KeyboardInterrupt):
        for folder in saved([workshop.folder, other], pause=lambda: next(steps)()):
            seen.append(folder.name)
    assert seen == ["03_tiny", "05_other", "03_tiny", "05_other", "03_tiny"]


def test_the_command_goes_on_through_mistakes(tmp_path):
    for name in ("custseg_helpers", "datasets", "pyproject.toml"):
        (tmp_path / name).symlink_to(course_root() / name)
    folder = new_lesson(tmp_path / "lessons", "03", "fresh")
    answers = folder / "answers.py"
    sound = answers.read_text(encoding="utf-8")
    watching = subprocess.Popen(
        [sys.executable, "-u", "-m", "custseg_helpers", "build", "--watch", "03"],
        env=os.environ | {"PYTHONPATH": str(tmp_path), "CUSTSEG_LANG": "en"},
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    try:
        assert "Ctrl + C" in watching.stdout.readline()
        assert "03_fresh is made" in watching.stdout.readline()
        build.write_whole(answers, sound.replace("EXERCISES = [", "EXERCISES = [["))
        assert "answers.py:10  Not valid Python" in watching.stdout.readline()
        build.write_whole(answers, sound)
        assert "03_fresh is made" in watching.stdout.readline()
        assert watching.poll() is None
    finally:
        watching.terminate()
        watching.wait()
