from dataclasses import replace
from pathlib import Path

import pytest

from custseg_helpers.course.compose import answered_cells, solution_cells, workbook_cells
from custseg_helpers.course.languages import in_language
from custseg_helpers.course.solutions import leaks, open_answers, solved, workbook
from custseg_helpers.course.source import Cell, Place, Problem
from custseg_helpers.steps.stored import Step
from custseg_helpers.words.text import use_language

pytestmark = pytest.mark.slow

BEGIN, END = "# BEGIN SOLUTION\n", "# END SOLUTION\n"


def code(text):
    return Cell("code", text.rstrip("\n"), Place(Path("lessons/03_tiny/exercise.py"), 1))


def placeholders(answer, use):
    return workbook([code(answer), code(use)])[0].text


@pytest.mark.parametrize(
    ("answer", "use", "left"),
    [
        ("a = 1\nb = a\n", "check(1, b)", "b = ..."),
        ("a = 1\nb = a\n", "check(1, (b, a))", "a = ...\nb = ..."),
        ("first, *rest = 1, 2\n", "check(1, rest)", "rest = ..."),
        ("def score(x):\n    y = x\n    return y\n", "y = score", "score = ..."),
        ("for i in range(3):\n    total = i\n", "check(1, total)", "total = ..."),
        ("x = [z for z in (1, 2)]\n", "z = x", "x = ..."),
        ("if (n := 3) > 2:\n    m = n\n", "check(1, n)", "n = ..."),
        ("with open('f') as f:\n    text = f.read()\n", "check(1, text)", "text = ..."),
    ],
)
def test_only_names_used_later_outside_solutions_get_a_placeholder(answer, use, left):
    assert placeholders(BEGIN + answer + END, use) == left


FIRST = """# zh: 只留购买的行
# en: keep the purchases
# blank: > 0
bought = orders[orders["quantity"] > 0]
# zh: 数不同的客户
# en: count different customers
# blank: nunique
buyers = bought["customer_id"].nunique()
"""


@pytest.mark.parametrize("mark", ["# blank: > 0\n", "# blank: nunique\n"])
def test_a_computed_answer_needs_its_steps(workshop, mark):
    workshop.change("exercise.py", mark, "")
    assert workshop.remarks() == []
    workshop.change("exercise.py", FIRST.replace(mark, ""), 'buyers = orders["customer_id"].nunique()\n')
    assert "The answer of tiny-buyers has no steps" in workshop.remark()


def test_given_code_around_a_solution_stays():
    cell = code(f"given = 1\n{BEGIN}a = given\n{END}\nshow(a)")
    assert workbook([cell])[0].text == "given = 1\na = ...\n\nshow(a)"
    assert solved(cell) == "given = 1\na = given\n\nshow(a)"


def test_a_name_only_another_solution_uses_gets_none():
    first, second = code(f"{BEGIN}a = 1\nb = 2\n{END}"), code(f"{BEGIN}c = b\n{END}")
    cells = workbook([first, code("check(1, a)"), second, code("check(2, c)")])
    assert [cell.text for cell in cells] == ["a = ...", "check(1, a)", "c = ...", "check(2, c)"]


def test_a_solution_nothing_uses_stops_the_build():
    with pytest.raises(Problem, match="at least one name must reach check"):
        placeholders(f"{BEGIN}table['x'] = 1\n{END}", "check(1, table)")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (BEGIN, "", "do not pair up"),
        (END, "", "do not pair up"),
        (BEGIN, BEGIN + BEGIN, "do not pair up"),
        (END, END + END, "do not pair up"),
        (BEGIN, "# BEGIN SOLUTON\n", "Misspelt"),
        (BEGIN, "# begin solution\n", "Misspelt"),
        (BEGIN, "### BEGIN SOLUTION\n", "Misspelt"),
        (BEGIN, "    # BEGIN SOLUTION\n", "Misspelt"),
        (END, "# END SOLUTIONS\n", "Misspelt"),
        (END, "# ENDSOLUTION\n", "Misspelt"),
        (' exercise="tiny-buyers" kind', " kind", "Solution markers belong|has no cell"),
        (f"{BEGIN}{FIRST}{END}", "buyers = 1\n", "has no # BEGIN"),
        ('exercise="tiny-buyers" kind', 'exercise="tiny-too-many" kind', "The text of exercise tiny-too-many belongs above"),
        ('kind="compute"', 'kind="count"', "kind missing or wrong"),
        (' level="core"', '', "level missing or wrong"),
        ("### How many", "## How many", "begins with `### title`"),
    ],
)  # fmt: skip
def test_a_lost_marker_or_mark_stops_the_build(workshop, old, new, said):
    workshop.change("exercise.py", old, new)
    assert any(part in workshop.remarks()[-1] for part in said.split("|"))


def test_a_marker_in_the_lesson_stops_the_build(workshop):
    workshop.change("lesson.py", "company = load()", f"{BEGIN}company = load()\n{END}")
    assert "Solution markers belong" in workshop.remark()


def test_nothing_of_the_answers_is_in_the_workbook(workshop):
    for lang in ("zh", "en"):
        shown = "\n".join(cell.text for cell in workbook_cells(workshop.lesson(), lang))
        answered = "\n".join(cell.text for cell in solution_cells(workshop.lesson(), lang))
        for answer in ('["customer_id"].nunique()', 'first = "b"', "to_manager = "):
            assert answer in answered
            assert answer not in shown or answer == "to_manager = "
        assert "SOLUTION" not in shown + answered
        assert 'buyers = bought["customer_id"].____()\n' in shown


def test_an_answer_that_stands_in_given_code_is_a_leak(workshop):
    workshop.change(
        "exercise.py",
        "by_colleague = ",
        'buyers  = bought["customer_id"].nunique()\nby_colleague = ',
    )
    assert workshop.remark().startswith("lessons/03_tiny/exercise.py:32  Leaked answer")


def test_an_answer_quoted_in_the_task_is_a_leak(workshop):
    quoted = '（`buyers = bought["customer_id"].nunique()`）'
    workshop.change("exercise.py", "### 多少位客户买过东西", f"### 多少位客户买过东西\n\n答案{quoted}")
    assert any("Leaked answer" in remark for remark in workshop.remarks())


def test_lines_that_tell_nothing_are_no_leak():
    cell = code(f"{BEGIN}a = f(\n    x,\n)\nif a:\n    pass\nelse:\n    b = 2\n{END}")
    assert list(leaks([cell], ["g(\n    x,\n)", "else:\n    pass"])) == []
    assert len(list(leaks([cell], ["b = 2"]))) == 1


def test_the_leak_check_reads_both_languages(workshop):
    lesson = workshop.lesson()
    for lang, said in (("zh", "客户多的地区"), ("en", "We may have visited")):
        assert any(said in cell.text for cell in answered_cells(lesson, lang))


ANSWER = "# zh: 加\n# en: add\n# blank: sum\ntotal = money.sum()\n# zh: 除\n# en: divide\nshare = total / 2"


def steps_of(answer):
    cells = [
        replace(code(f"# BEGIN SOLUTION\n{answer}\n# END SOLUTION"), attributes={"exercise": "a"}),
        code("check(1, share)"),
    ]
    return open_answers([replace(cell, text=in_language(cell, "en")) for cell in cells])[0].steps


def test_an_answer_falls_into_its_steps():
    assert steps_of(ANSWER) == (
        Step("add", "total = money.sum()", ("sum",)),
        Step("divide", "share = total / 2", ()),
    )
    assert steps_of("share = 1") == ()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("# blank: sum\n", "", "one blank at least"),
        ("blank: sum", "blank: mean", "do not fit: mean"),
        ("blank: sum", "blank: ota", "do not fit: ota"),
        ("# zh: 除\n# en: divide\n", "", "2 to 5 steps"),
        ("# zh: 加", "few = 1\n# zh: 加", "2 to 5 steps"),
    ],
)
def test_steps_and_blanks_that_do_not_fit_are_told_to_their_author(old, new, said):
    use_language("en")
    with pytest.raises(Problem, match=said):
        steps_of(ANSWER.replace(old, new))
