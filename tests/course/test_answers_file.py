"""What an author gets wrong in answers.py or feedback.toml is told with its line, before a notebook runs."""

import subprocess
import sys
from typing import Literal

import pytest

from custseg_helpers.course.answers_file import mistakes_alone
from custseg_helpers.learn.exercise import Exercise, Mistake
from custseg_helpers.learn.words_file import faults, read_words
from custseg_helpers.words.text import UserError

BAD = [
    ("same line", '        "tiny-buyers",\n', '        "tiny-buyers"\n', "Not valid Python"),
    ("field", "mistakes=(\n", "mistaks=(\n", "Exercise has no mistaks; it may have: id, answer, mistakes, same"),
    ("words in Python", 'answer=lambda company: "b",', 'answer=lambda company: "b", praise="Right.",', "Exercise has no praise"),
    ("same", 'answer=lambda company: "b",', 'answer=lambda company: "b", same="grups",', "same cannot be 'grups'; it may be: value, groups"),
    ("twice", '"tiny-too-many"', '"tiny-buyers"', "tiny-buyers is there twice; line"),
    ("stranger", '"tiny-too-many"', '"tiny-else"', "exercise.py has no exercise tiny-else"),
    ("name", "EXERCISES = [", "EXERCISES = [*LATER,", "It does not run: NameError: name 'LATER'"),
    ("import", "def lines(company)", "from custseg_helpers import nothing_such\n\n\ndef lines(company)", "It does not run: "),
    ("kind", '        answer=lambda company: "b",\n', "", 'tiny-first-region has kind="decide": it needs an answer'),
    ("written", 'Exercise("tiny-to-manager")', 'Exercise("tiny-to-manager", answer=lambda company: 1)', "people read it, it has no answer"),
    ("lacks", 'Mistake("order_lines", lambda company: len(lines(company))),', 'Mistake("order_lines"),', "Mistake lacks answer"),
    ("two mistakes of one name", '"orders"', '"only_returned"', "'only_returned' will not do"),
    ("a name for people", '"orders"', '"Orders, not customers"', "'Orders, not customers' will not do"),
]  # fmt: skip

BAD_WORDS = [
    ("no advice", "[tiny-buyers.advice.orders]\nzh = '''你数的是订单，不是客户。'''\nen = '''You counted orders, not customers.'''\n", "", "No advice for these mistakes: orders"),
    ("advice for nothing", "advice.orders]", "advice.order]", "Exercise tiny-buyers in answers.py has no mistake order. It has: only_returned, orders"),
    ("an exercise that is none", "[tiny-to-manager.rubric.potential]", "[tiny-to-boss.rubric.potential]", "answers.py has no exercise tiny-to-boss"),
    ("key", "[tiny-first-region.good]", "[tiny-first-region.goood]", "tiny-first-region knows no goood; it may have: praise, advice"),
    ("key of a text", "en = '''Go where the people are.'''", "en = '''Go where the people are.'''\nfr = '''Allez.'''", "tiny-first-region.weak knows no fr"),
    ("language", "en = '''You counted order lines.'''\n", "", "tiny-buyers.advice.order_lines lacks en"),
    ("empty", "'''You counted order lines.'''", "''' '''", "tiny-buyers.advice.order_lines: en is empty"),
    ("hints", "[[tiny-buyers.hints]]\nzh = '''用 `customer_id` 的 `nunique()`。'''\nen = '''Use `nunique()` of `customer_id`.'''\n", "", "tiny-buyers has two hints, [[tiny-buyers.hints]], one to point the way and one that nearly tells; here are 1"),
    ("no example", "[tiny-to-manager.weak]", "[tiny-to-manager.praise]", "tiny-to-manager lacks weak"),
    ("no table", "[tiny-first-region.weak]\nzh = ", "[tiny-first-region]\nweak = ", "tiny-first-region.weak must be a table with zh, en in it"),
    ("quotes", "You counted order lines.'''", "You counted order lines.'", "Cannot be read"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "said"), [row[1:] for row in BAD], ids=[row[0] for row in BAD])
def test_a_mistake_in_answers_is_told_with_its_line(workshop, old, new, said):
    workshop.change("answers.py", old, new)
    found = workshop.remarks()
    told = next(remark for remark in found if said in remark)
    place = told.partition("  ")[0]
    path, line = place.rsplit(":", 1)
    assert path == "lessons/03_tiny/answers.py"
    assert 1 <= int(line) <= len((workshop.folder / "answers.py").read_text(encoding="utf-8").splitlines())


@pytest.mark.parametrize(
    ("old", "new", "said"), [row[1:] for row in BAD_WORDS], ids=[row[0] for row in BAD_WORDS]
)
def test_a_mistake_in_the_words_is_told_before_anything_is_built(workshop, old, new, said):
    workshop.change("feedback.toml", old, new)
    found = [str(problem) for problem in mistakes_alone(workshop.folder)]
    told = next(remark for remark in found if said in remark)
    assert told.startswith("lessons/03_tiny/feedback.toml:") and all("feedback.toml:" in one for one in found)


@pytest.mark.parametrize(
    ("new", "line_of"),
    [
        ("zh = ''''''\n", "zh = ''''''"),
        ("zh = '''你数的是\n[tiny-to-manager.weak]\n明细行。'''\nfr = '''Non.'''\n", "fr = "),
        ("", "[tiny-buyers.advice.order_lines]"),
    ],
    ids=["empty text", "below a text of several lines", "a text without Chinese"],
)
def test_the_line_told_is_the_one_to_mend(workshop, new, line_of):
    workshop.change("feedback.toml", "zh = '''你数的是明细行。'''\n", new)
    lines = (workshop.folder / "feedback.toml").read_text(encoding="utf-8").splitlines()
    place = str(mistakes_alone(workshop.folder)[0]).partition("  ")[0]
    assert lines[int(place.rsplit(":", 1)[1]) - 1].startswith(line_of)


def test_words_in_another_order_are_told(workshop):
    text = (workshop.folder / "feedback.toml").read_text(encoding="utf-8")
    start, end = text.index("[tiny-too-many."), text.index("[tiny-first-region.")
    moved = text[:start] + text[end:] + "\n" + text[start:end]
    (workshop.folder / "feedback.toml").write_text(moved, encoding="utf-8")
    assert "not in the order of answers.py" in workshop.remark()


def test_a_trainer_who_leaves_a_text_empty_is_told_where(tmp_path):
    words = tmp_path / "04_rfm" / "feedback.toml"
    words.parent.mkdir()
    words.write_text("[a-b.advice.x]\nzh = '''改了'''\nen = ''''''\n", encoding="utf-8")
    with pytest.raises(UserError, match=r"04_rfm/feedback.toml:3  a-b.advice.x: en is empty"):
        read_words(words, [Exercise("a-b", mistakes=(Mistake("x", lambda company: 1),))])


def test_the_line_is_the_one_that_is_wrong(workshop):
    workshop.change("answers.py", "mistakes=(", "mistaks=(")
    lines = (workshop.folder / "answers.py").read_text(encoding="utf-8").splitlines()
    said = next(remark for remark in workshop.remarks() if "mistaks" in remark)
    assert "mistaks=(" in lines[int(said.partition("  ")[0].rsplit(":", 1)[1]) - 1]


def test_an_exercise_without_answers_is_told_at_the_exercise(workshop):
    text = (workshop.folder / "answers.py").read_text(encoding="utf-8")
    start, end = (
        text.index('    Exercise(\n        "tiny-too-many"'),
        text.index('    Exercise(\n        "tiny-first-region"'),
    )
    (workshop.folder / "answers.py").write_text(text[:start] + text[end:], encoding="utf-8")
    said = workshop.remark()
    assert (
        said.startswith("lessons/03_tiny/exercise.py:") and "answers.py has no exercise tiny-too-many" in said
    )


def test_answers_in_another_order_are_told(workshop):
    text = (workshop.folder / "answers.py").read_text(encoding="utf-8")
    for one, other in (("tiny-buyers", "x"), ("tiny-too-many", "tiny-buyers"), ("x", "tiny-too-many")):
        text = text.replace(f'"{one}"', f'"{other}"')
    (workshop.folder / "answers.py").write_text(text, encoding="utf-8")
    assert "not in the order of exercise.py" in workshop.remark()


@pytest.mark.parametrize("watched", [(), ("--watch",)], ids=["build", "build --watch"])
def test_a_mistake_in_answers_is_told_before_anything_slow_is_imported(workshop, watched):
    """Reading and running notebooks takes more than a second to import; the author need not wait for it."""
    workshop.change("answers.py", "EXERCISES = [", "EXERCISES = [[")
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
    assert "lessons/03_tiny/answers.py:10  Not valid Python" in said[-1], run.stderr
    assert slow == ""


def buyers(company, *, counted: Literal["customers", "orders", "lines"] = "customers"): ...


HINTS = "[[tiny-buyers.hints]]\nzh = '''数。'''\nen = '''Count.'''\n\n" * 2
ADVICE = "[tiny-buyers.knobs.counted.{value}]\nzh = '''不是。'''\nen = '''No.'''\n\n"


@pytest.mark.parametrize(
    ("values", "line", "said"),
    [
        (["orders", "lines"], None, ""),
        (["orders"], 1, "No advice for these choices: counted.lines. Add [tiny-buyers.knobs.counted.lines]"),
        (["orders", "lines", "days"], 9, "has no choice counted.days. It has: counted.orders, counted.lines"),
    ],
)
def test_every_choice_of_an_answer_has_its_advice_and_no_other(values, line, said):
    text = "".join(ADVICE.format(value=value) for value in values) + HINTS
    found = faults(text, [Exercise("tiny-buyers", answer=buyers)])
    assert [fault.line for fault in found] == ([line] if line else [])
    assert all(said in fault.text.en for fault in found)


ANSWER = '# %% exercise="tiny-too-many"'


def ask_elsewhere(workshop):
    declared = 'from custseg_helpers.learn.exercise import another\n\nELSEWHERE = {"tiny-too-many": another("b2b")}\n'
    (workshop.folder / "elsewhere.py").write_text(declared, encoding="utf-8")


def open_above(workshop, cell):
    workshop.change("exercise.py", cell, f'# %%\nthere = elsewhere("tiny-too-many")\n\n{cell}')


def test_an_exercise_asked_elsewhere_opens_its_data_just_above_its_answer(workshop):
    ask_elsewhere(workshop)
    open_above(workshop, ANSWER)
    assert workshop.remarks() == []


def test_other_data_that_the_workbook_does_not_open_is_told(workshop):
    ask_elsewhere(workshop)
    assert "tiny-too-many is asked of other data, which the workbook does not open" in workshop.remark()


def test_other_data_opened_at_another_exercise_is_told(workshop):
    ask_elsewhere(workshop)
    open_above(workshop, '# %% exercise="tiny-buyers"')
    assert (
        'elsewhere("tiny-too-many") belongs between the text of its exercise and its answer'
        in workshop.remark()
    )


def test_other_data_that_nobody_declared_is_told(workshop):
    open_above(workshop, ANSWER)
    assert "elsewhere.py does not say which" in workshop.remark()
