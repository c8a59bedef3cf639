import json
import os
import subprocess
import sys

import pytest

import custseg_helpers
from custseg_helpers.commands.main import main
from custseg_helpers.course import build
from custseg_helpers.course.frame import KINDS, LEVELS
from custseg_helpers.course.new_lesson import new_lesson
from custseg_helpers.course.source import ATTRIBUTES
from custseg_helpers.paths import course_root
from custseg_helpers.words.text import UserError

pytestmark = pytest.mark.slow


@pytest.fixture
def course(workshop, monkeypatch):
    """The workshop as the course's root, its notebooks not executed."""
    monkeypatch.setattr(build, "course_root", lambda: workshop.root)
    monkeypatch.setattr(build, "execute", lambda books, done: [done(name) for name in books])
    monkeypatch.setattr(build, "refused", lambda lesson, books: [])
    return workshop


def written(root):
    return {
        path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()
    }


def test_a_build_makes_six_notebooks_and_the_lock_and_a_second_one_changes_no_byte(course):
    build.build()
    first = written(course.root)
    made = sorted(name for name in first if name.endswith(".ipynb"))
    assert made == [
        f"{room}/{lang}/03_tiny{end}.ipynb"
        for room, end in (("exercises", "_exercises"), ("notebooks", ""), ("solutions", "_solutions"))
        for lang in ("en", "zh")
    ]
    build.build(["03"])
    assert written(course.root) == first
    build.build(check=True)
    assert written(course.root) == first


def test_links_between_lesson_and_workbook_lead_somewhere(course):
    build.build()
    for path in course.root.glob("*/*/*.ipynb"):
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            for target in "".join(cell["source"]).split("](")[1:] if cell["cell_type"] == "markdown" else []:
                assert (path.parent / target.partition(")")[0]).is_file()


def test_what_the_build_fills_in_renders_and_has_both_languages(course):
    from custseg_helpers.course.parity import differences
    from custseg_helpers.course.prose import remarks
    from custseg_helpers.course.source import Place, Twin

    books = build.make(course.lesson())
    place = Place(course.folder, 1)
    for path, zh in books.items():
        if "/zh/" in path:
            en = books[path.replace("/zh/", "/en/")]
            for cell, twin in zip(zh.cells, en.cells, strict=True):
                if cell.cell_type == "markdown":
                    pair = Twin(cell.source, twin.source, place, place, cell=True)
                    assert [str(problem) for problem in (*differences(pair), *remarks(pair))] == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"经理问', '"老板问', "cell 2, source"),
        ('"outputs": []', '"outputs": [{"name": "stdout", "output_type": "stream", "text": ["9"]}]', "cell 3, outputs"),
        ('"name": "python3"', '"name": "python"', "metadata"),
        ('"tags": [', '"tags": ["x", ', "metadata"),
        (' "nbformat": 4,', ' "nbformat":  4,', "metadata"),
    ],
)  # fmt: skip
def test_check_tells_where_a_stored_notebook_differs(course, old, new, said):
    build.build()
    path = course.root / "notebooks/zh/03_tiny.ipynb"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(UserError, match=r"run custseg build:\n") as caught:
        build.build(check=True)
    assert "notebooks/zh/03_tiny.ipynb: " in str(caught.value) and said in str(caught.value)


def test_check_overlooks_nothing_but_pictures(course, monkeypatch):
    def picture(base64):
        data = {"image/png": base64, "text/plain": "<Picture>"}
        output = {"output_type": "display_data", "metadata": {}, "data": data}

        def execute(books, done):
            for book in books.values():
                next(cell for cell in book.cells if cell.cell_type == "code").outputs = [
                    build.nbformat.from_dict(output)
                ]

        return execute

    monkeypatch.setattr(build, "execute", picture("aaaa"))
    build.build()
    monkeypatch.setattr(build, "execute", picture("bbbb"))
    build.build(check=True)


def test_check_tells_missing_and_stray_notebooks_and_an_old_lock(course):
    build.build()
    (course.root / "exercises/en/03_tiny_exercises.ipynb").rename(
        course.root / "exercises/en/07_gone_exercises.ipynb"
    )
    (course.folder / "twins.lock").write_text("")
    with pytest.raises(UserError) as caught:
        build.build(check=True)
    for said in (
        "03_tiny_exercises.ipynb: there is no such file",
        "07_gone_exercises.ipynb: no such lesson",
        "twins.lock",
    ):
        assert said in str(caught.value)


def test_drift_stops_the_build_until_it_is_confirmed(course):
    build.build()
    course.change("about.toml", "A new lesson", "A fresh lesson")
    before = written(course.root)
    with pytest.raises(UserError, match="Only the English was edited"):
        build.build()
    assert written(course.root) == before
    build.build(confirmed=True)
    build.build()


def test_a_failed_run_writes_nothing(course, monkeypatch):
    def fail(books, done):
        raise UserError(zh="错", en="broken")

    monkeypatch.setattr(build, "execute", fail)
    before = written(course.root)
    with pytest.raises(UserError, match="broken"):
        build.build()
    assert written(course.root) == before


def test_remarks_of_all_lessons_come_together(course):
    other = new_lesson(course.root / "lessons", "05", "other")
    course.change("about.toml", "新的一课", "沉睡客户")
    (other / "quiz.toml").unlink()
    with pytest.raises(UserError) as caught:
        build.build()
    assert "03_tiny/about.toml" in str(caught.value) and "05_other/quiz.toml" in str(caught.value)


def test_an_unknown_lesson_is_told(course):
    with pytest.raises(UserError, match="There are: 03_tiny"):
        build.build(["99"])


@pytest.mark.parametrize(
    "arguments",
    [
        ("3", "value"),
        ("03", "Value"),
        ("03", "my value"),
        ("03", "other"),
        ("09", "tiny"),
        ("03B", "value"),
        ("03bc", "value"),
    ],
)
def test_new_lesson_refuses_bad_names_and_never_touches_a_lesson(workshop, arguments):
    before = written(workshop.root)
    with pytest.raises(UserError):
        new_lesson(workshop.root / "lessons", *arguments)
    assert written(workshop.root) == before


def test_a_new_lesson_builds_and_its_answers_pass(tmp_path):
    """The one build with kernels, in a checkout of its own, from the two commands an author types."""
    (tmp_path / "lessons").mkdir()
    for name in ("custseg_helpers", "datasets", "pyproject.toml"):
        (tmp_path / name).symlink_to(course_root() / name)
    environment = os.environ | {"PYTHONPATH": str(tmp_path), "CUSTSEG_LANG": "en"}
    course = "custseg_helpers"
    for module, *arguments in (
        (course, "new-lesson", "03", "fresh"),
        ("ruff", "check", "lessons"),
        ("ruff", "format", "--check", "lessons"),
        (course, "build", "03"),
    ):
        command = [sys.executable, "-m", module, *arguments]
        subprocess.run(command, env=environment, cwd=tmp_path, check=True, capture_output=True)
    for lang, passed, taken in (("zh", "✓ {} 通过", "✎ {} 已写下"), ("en", "✓ {} passed", "✎ {} written")):
        solved = (tmp_path / f"solutions/{lang}/03_fresh_solutions.ipynb").read_text(encoding="utf-8")
        names = ("fresh-buyers", "fresh-too-many", "fresh-first-region")
        assert all(passed.format(name) in solved for name in names)
        assert taken.format("fresh-to-manager") in solved
        lesson = (tmp_path / f"notebooks/{lang}/03_fresh.ipynb").read_text(encoding="utf-8")
        assert lesson.count('"image/png"') == 2 and "widget-view" not in lesson
    before = written(tmp_path / "solutions")
    exercise = tmp_path / "lessons/03_fresh/exercise.py"
    text = exercise.read_text(encoding="utf-8")
    text = text.replace('first = "b"', 'first = "a"').replace(
        'check("fresh-buyers", buyers)', 'check("fresh-buyers", 0 if buyers is ... else buyers)'
    )
    exercise.write_text(text, encoding="utf-8")
    lines = text.splitlines()
    for arguments in (["build", "03"], ["build", "--check", "03"]):
        command = [sys.executable, "-m", course, *arguments]
        done = subprocess.run(command, env=environment, cwd=tmp_path, capture_output=True, text=True)
        assert done.returncode == 2
        told = [line for line in done.stderr.splitlines() if line.startswith("lessons/03_fresh/exercise.py:")]
        assert any("fresh-first-region: The model answer does not pass" in line for line in told)
        assert any("fresh-buyers: Left undone, the exercise is not “to do”" in line for line in told)
        for line in told:
            assert lines[int(line.partition("  ")[0].rsplit(":", 1)[1]) - 1] == "# BEGIN SOLUTION"
    assert written(tmp_path / "solutions") == before


def test_the_guide_for_authors_names_everything_they_may_write():
    guide = (course_root() / "CONTRIBUTING.md").read_text(encoding="utf-8")
    halves = guide.split("## English")
    known = {*KINDS, *LEVELS, *ATTRIBUTES["code"], *ATTRIBUTES["markdown"], "--confirm", "twins.lock"}
    for half in halves:
        assert {word for word in known if word not in half} == set()


def test_the_command_line_knows_the_author_commands(capsys):
    for command in ("build", "new-lesson"):
        assert main([command, "--help"]) == 0
    assert "--confirm" in capsys.readouterr().out
    assert custseg_helpers.__version__
