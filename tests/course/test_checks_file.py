"""What an author gets wrong in checks.py is told with its line, before a notebook runs."""

import subprocess
import sys

import pytest

BAD = [
    ("same line", '        "tiny-buyers",\n', '        "tiny-buyers"\n', "Not valid Python"),
    ("field", "praise", "prayse", "Exercise has no prayse; it may have: id, hints, answer"),
    ("field of a mistake", "hints=(\n", "hintz=(\n", "Exercise has no hintz"),
    ("same", 'rubric=(Point(T(zh="说到上一次', 'same="grups",\n        rubric=(Point(T(zh="说到上一次', "same cannot be 'grups'; it may be: value, groups"),
    ("twice", '"tiny-too-many"', '"tiny-buyers"', "tiny-buyers is there twice; line"),
    ("stranger", '"tiny-too-many"', '"tiny-else"', "exercise.py has no exercise tiny-else"),
    ("regular expression", 'r"拜访|跑过|visit"', 'r"(拜访|跑过|visit"', "words is no regular expression"),
    ("name", "EXERCISES = [", "EXERCISES = [*LATER,", "It does not run: NameError: name 'LATER'"),
    ("import", "def lines(company)", "from custseg_helpers import nothing_such\n\n\ndef lines(company)", "It does not run: "),
    ("kind", '        answer=lambda company: "b",\n', "", 'tiny-first-region has kind="decide": it needs an answer'),
    ("written", "        rubric=(\n            Point(T(zh=\"说到拜访", "        answer=lambda company: 1,\n        rubric=(\n            Point(T(zh=\"说到拜访", 'kind="explain": it needs a rubric and no answer'),
    ("lacks", "                lambda company: len(lines(company)),\n                T(zh=\"你数的是明细行。\", en=\"You counted order lines.\"),\n", "                lambda company: len(lines(company)),\n", "Mistake lacks advice"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "said"), [row[1:] for row in BAD], ids=[row[0] for row in BAD])
def test_a_mistake_in_checks_is_told_with_its_line(workshop, old, new, said):
    if old == "praise":
        workshop.change(
            "checks.py", "        hints=(", '        praise=T(zh="对。", en="Right."),\n        hints=('
        )
    workshop.change("checks.py", old, new)
    found = workshop.remarks()
    told = next(remark for remark in found if said in remark)
    place = told.partition("  ")[0]
    path, line = place.rsplit(":", 1)
    assert path == "lessons/03_tiny/checks.py"
    assert 1 <= int(line) <= len((workshop.folder / "checks.py").read_text(encoding="utf-8").splitlines())


def test_the_line_is_the_one_that_is_wrong(workshop):
    workshop.change("checks.py", "hints=(", "hintz=(")
    lines = (workshop.folder / "checks.py").read_text(encoding="utf-8").splitlines()
    said = next(remark for remark in workshop.remarks() if "hintz" in remark)
    assert "hintz=(" in lines[int(said.partition("  ")[0].rsplit(":", 1)[1]) - 1]


def test_an_exercise_without_checks_is_told_at_the_exercise(workshop):
    text = (workshop.folder / "checks.py").read_text(encoding="utf-8")
    start, end = (
        text.index('    Exercise(\n        "tiny-too-many"'),
        text.index('    Exercise(\n        "tiny-first-region"'),
    )
    (workshop.folder / "checks.py").write_text(text[:start] + text[end:], encoding="utf-8")
    said = workshop.remark()
    assert (
        said.startswith("lessons/03_tiny/exercise.py:") and "checks.py has no exercise tiny-too-many" in said
    )


def test_checks_in_another_order_are_told(workshop):
    text = (workshop.folder / "checks.py").read_text(encoding="utf-8")
    for one, other in (("tiny-buyers", "x"), ("tiny-too-many", "tiny-buyers"), ("x", "tiny-too-many")):
        text = text.replace(f'"{one}"', f'"{other}"')
    (workshop.folder / "checks.py").write_text(text, encoding="utf-8")
    assert "not in the order of exercise.py" in workshop.remark()


@pytest.mark.parametrize("watched", [(), ("--watch",)], ids=["build", "build --watch"])
def test_a_mistake_in_checks_is_told_before_anything_slow_is_imported(workshop, watched):
    """Reading and running notebooks takes more than a second to import; the author need not wait for it."""
    workshop.change("checks.py", "EXERCISES = [", "EXERCISES = [[")
    code = f"""
import sys
import custseg_helpers.commands.author.build as command
from custseg_helpers.course import watch
from custseg_helpers.words.text import UserError, use_language

use_language("en")
command.course_root = lambda: __import__("pathlib").Path({str(workshop.root)!r})

class Stopped(Exception):
    pass

def once(folders):
    yield from folders
    raise Stopped

watch.saved = once
try:
    command.main(("03",), check=False, confirm=False, watch={bool(watched)}, names=False)
except UserError as error:
    print(error)
except Stopped:
    pass
print(*(name for name in ("nbformat", "jupytext", "nbclient", "pandas", "matplotlib") if name in sys.modules))
"""
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", check=False
    )
    *said, slow = run.stdout.splitlines()
    assert "lessons/03_tiny/checks.py:11  Not valid Python" in said[-1], run.stderr
    assert slow == ""
