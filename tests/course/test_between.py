"""A lesson placed between two others: every list of lessons has it in its place, and no other lesson is renumbered."""

import json
import os
import shutil
import subprocess
import sys

import pytest

from custseg_helpers.course.new_lesson import new_lesson, number_after
from custseg_helpers.learn.lessons import as_number, folders_in
from custseg_helpers.paths import course_root
from custseg_helpers.words.text import UserError

pytestmark = pytest.mark.slow

LOOK = """
import json
from datetime import datetime
from pathlib import Path

from custseg_helpers.course import build
from custseg_helpers.course.syllabus import chosen, lesson_source, sections
from custseg_helpers.learn.folder import originals
from custseg_helpers.learn.lessons import lesson_folder, lesson_folders
from custseg_helpers.learn.progress import progress
from custseg_helpers.learn.start_page import start_page
from custseg_helpers.site.home import lesson_list
from custseg_helpers.teach.pack import spans
from custseg_helpers.teach.timetable import schedule

for number in lesson_folders():
    lesson = lesson_source(number)
    build.write_whole(lesson.folder / build.MINUTES, build._minutes(lesson))
books = {path: book for number in lesson_folders() for path, book in build.make(lesson_source(number)).items()}
for path, book in books.items():
    build.write_whole(Path(path), build.as_text(book))
table = schedule([sections(lesson_source(number)) for number in chosen("00-01")], datetime(2026, 12, 1, 9), 480)
print(json.dumps({
    "folders": list(lesson_folders()),
    "found": [lesson_folder(name).name for name in ("00b", "0b", "between", "00b_between")],
    "last cell of 00": books["notebooks/en/00_welcome.ipynb"].cells[-1].source,
    "last cell of 00b": books["notebooks/en/00b_between.ipynb"].cells[-1].source,
    "start": start_page(Path("my"), "en", originals("en")),
    "progress": [number for number, *_ in progress().lessons],
    "agenda": [section for section in table["section"] if section],
    "site": lesson_list("en"),
    "span": spans(chosen("00-01")),
}))
"""


@pytest.fixture(scope="module")
def seen(tmp_path_factory):
    """What a course with lessons 00, 00b and 01 shows; its notebooks are built and not run."""
    root = tmp_path_factory.mktemp("course")
    for name in ("custseg_helpers", "datasets", "pyproject.toml"):
        (root / name).symlink_to(course_root() / name)
    for name in ("00_welcome", "01_tags"):
        shutil.copytree(course_root() / "lessons" / name, root / "lessons" / name)
    environment = os.environ | {"PYTHONPATH": str(root), "CUSTSEG_LANG": "en"}
    for command in (["-m", "custseg_helpers", "new-lesson", "--after", "00", "between"], ["-c", LOOK]):
        done = subprocess.run(
            [sys.executable, *command], env=environment, cwd=root, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def in_order(text, *words):
    places = [text.index(word) for word in words]
    return places == sorted(places)


def test_it_is_found_by_number_and_by_topic(seen):
    assert seen["folders"] == ["00", "00b", "01"]
    assert set(seen["found"]) == {"00b_between"}


def test_each_lesson_leads_to_the_next(seen):
    assert "[00b · A new lesson](00b_between.ipynb)" in seen["last cell of 00"]
    assert "(01_tags.ipynb)" in seen["last cell of 00b"]


def test_lists_have_it_in_its_place(seen):
    assert in_order(seen["start"], "| 00 |", "| 00b | [A new lesson](00b_between.ipynb)", "| 01 |")
    assert seen["progress"] == ["00", "00b", "01"]
    assert list(dict.fromkeys(section.partition(".")[0] for section in seen["agenda"])) == ["00", "00b", "01"]
    assert in_order(seen["site"], "## [00 ·", "## [00b · A new lesson](00b_between.ipynb)", "## [01 ·")
    assert seen["span"] == "00–01"


@pytest.mark.parametrize(
    ("there", "after", "number"),
    [
        (["03_a", "04_b"], "03", "03b"),
        (["03_a", "03b_b", "04_c"], "03", "03a"),
        (["03_a", "03b_b", "04_c"], "03b", "03c"),
        (["03_a", "05_b"], "03", "04"),
        (["03_a"], "03", "04"),
    ],
)
def test_a_number_behind_another_lesson(tmp_path, there, after, number):
    for name in there:
        (tmp_path / name).mkdir()
    assert number_after(tmp_path, after) == number


def test_no_room_and_no_lesson_are_told(tmp_path):
    for name in ("03_a", "03a_b", "04_c"):
        (tmp_path / name).mkdir()
    with pytest.raises(UserError, match="no room between lessons 03 and 03a"):
        number_after(tmp_path, "03")
    with pytest.raises(UserError, match="no lesson 07"):
        number_after(tmp_path, "07")


def test_lessons_come_in_order_and_nothing_else_is_one(tmp_path):
    (tmp_path / "00_notes.md").touch()
    for number, topic in (("10", "last"), ("03b", "value2"), ("03", "value"), ("04", "rfm")):
        new_lesson(tmp_path, number, topic)
    (tmp_path / "draft_04").mkdir()
    assert list(folders_in(tmp_path)) == ["03", "03b", "04", "10"]
    assert [as_number(text) for text in (3, "3", "3b", "03b", "value")] == ["03", "03", "03b", "03b", "value"]
