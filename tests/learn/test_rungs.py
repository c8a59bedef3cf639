"""Rungs: one exercise asked for in four ways, the same names at the end, and a blank left is never an error."""

import ast
import json

import pytest
from IPython.core.interactiveshell import InteractiveShell

from custseg_helpers.course.compose import ladders, solution_cells, tasks, workbook_cells
from custseg_helpers.course.syllabus import lesson_source, numbers
from custseg_helpers.files.cells import BLANK, in_notebooks, run_cell
from custseg_helpers.learn import rungs
from custseg_helpers.learn.check import check
from custseg_helpers.learn.lessons import exercises
from custseg_helpers.steps.stored import STORED
from custseg_helpers.stopped import memory, next_run
from custseg_helpers.words.text import use_language

LADDERS = [
    (number, identity, one.names, steps)
    for number in numbers()
    for identity, one in ladders(lesson_source(number)).items()
    for steps in one.steps.values()
]


def filled(step):
    """Fill a step's blanks with what they hide, one after the other, as a learner who is right would."""
    text = step.with_blanks
    for hidden in step.blanks:
        text = text.replace(BLANK, hidden, 1)
    return text


def answers(number, lang):
    return {
        cell.attributes["exercise"]: cell.text
        for cell in solution_cells(lesson_source(number), lang)
        if cell.kind == "code" and "exercise" in cell.attributes
    }


@pytest.mark.parametrize("number", numbers())
def test_blanks_filled_with_what_they_hide_are_the_model_answer(number):
    for lang in ("zh", "en"):
        told = answers(number, lang)
        for identity, one in ladders(lesson_source(number)).items():
            text = "\n".join(f"# {step.say}\n{filled(step)}" for step in one.steps[lang])
            assert text == told[identity], identity
            assert sum(len(step.blanks) for step in one.steps[lang]) == sum(
                step.with_blanks.count(BLANK) for step in one.steps[lang]
            )


@pytest.mark.parametrize("number", numbers())
def test_the_stored_rungs_are_those_of_the_sources(number):
    lesson = lesson_source(number)
    stored = lesson.folder / STORED
    assert stored.read_text(encoding="utf-8") == rungs.as_json(ladders(lesson))


@pytest.mark.slow
@pytest.mark.parametrize("rung", rungs.RUNGS)
def test_every_rung_makes_the_names_that_the_check_needs_and_is_to_do_as_it_stands(rung):
    for _, identity, names, steps in LADDERS:
        names_made: dict[str, object] = {}
        run_cell(rungs.cell(rung, steps, names), names_made)
        assert all(names_made[name] is ... for name in names), identity


def test_steps_in_another_order_are_all_there():
    for _, identity, _, steps in LADDERS:
        shuffled = rungs.mixed(steps)
        assert shuffled != list(steps) and sorted(shuffled, key=str) == sorted(steps, key=str), identity


def test_the_first_lessons_have_blanks_and_the_last_ones_none():
    texts = {
        number: "\n".join(
            cell.text for cell in workbook_cells(lesson_source(number), "en") if cell.kind == "code"
        )
        for number in ("00", "00b", "04", "10", "15")
    }
    assert [BLANK in text for text in texts.values()] == [True, True, True, False, False]


@pytest.mark.parametrize("number", ["00", "04", "10"])
def test_graders_hand_out_the_rung_write(number):
    code = [
        cell.text for cell in workbook_cells(lesson_source(number), "en", answers=True) if cell.kind == "code"
    ]
    assert not any(BLANK in text for text in code)
    assert sum("# BEGIN SOLUTION" in text for text in code) == len(tasks(lesson_source(number)))
    assert not any("# blank" in text for text in code)


@pytest.mark.parametrize(
    "code",
    [
        "few = ____",
        'few = orders[orders["amount"] ____ 100]',
        "few = len(____",
        "few = (\n    ____\n    .sum()\n)\nmost = few",
        'few = """\n- {rule: ____}\n"""',
        "____  # put the lines in order\nmost = few\nfew = 1",
    ],
)
def test_a_cell_with_a_blank_left_is_to_do_whatever_the_blank_does_to_its_syntax(code, capsys):
    use_language("en")
    names = {"few": 3}
    assert run_cell(code, names) is None
    assert names["few"] is ... and "Blanks to go: 1." in capsys.readouterr().out


@pytest.mark.parametrize("code", ["few = 3", "%%html\n<p>____</p>", "few_____ = 1", "x = '_____'"])
def test_a_cell_without_a_blank_is_left_as_it_is(code):
    from custseg_helpers.files.cells import with_blanks

    assert with_blanks(code) == code


@pytest.fixture
def shell(tmp_path, monkeypatch):
    monkeypatch.setenv("CUSTSEG_PROGRESS", str(tmp_path / "progress.jsonl"))
    monkeypatch.setattr(rungs, "_chosen", {})
    monkeypatch.setattr(next_run, "WAITING", {})
    use_language("en")
    shell = InteractiveShell.instance()
    shell.written = []
    monkeypatch.setattr(
        shell, "set_next_input", lambda text, replace=False: shell.written.append((text, replace))
    )
    in_notebooks()
    yield shell
    for cell in list(shell.events.callbacks["post_run_cell"]):
        shell.events.unregister("post_run_cell", cell)
    InteractiveShell.clear_instance()


def marks(tmp_path):
    return [
        json.loads(line) for line in (tmp_path / "progress.jsonl").read_text(encoding="utf-8").splitlines()
    ]


def test_a_notebook_runs_a_blank_as_to_do(shell):
    assert shell.run_cell("few = len(____\nmost = 2").success
    assert shell.user_ns["few"] is ... and shell.user_ns["most"] is ...
    assert shell.run_cell("few = 3").success and shell.user_ns["few"] == 3


def test_one_line_makes_the_cell_another_rung(shell, tmp_path):
    shell.run_cell('from custseg_helpers import rung\nrung("rfm-recency", "order")')
    (text, replaced), *rest = shell.written
    assert replaced and not rest and "max()" in text and text.startswith("# 1. ")
    assert marks(tmp_path)[-1]["rung"] == "order" and rungs.standing("rfm-recency") == "order"


def test_a_pressed_rung_waits_for_its_own_cell(shell):
    told = rungs.pressed("rfm-recency", "write")
    assert "recency = …" in told.en
    shell.run_cell("other = 1")
    shell.run_cell('print("rfm-recency")')
    assert not shell.written
    shell.run_cell("last = ____\nrecency = ____")
    assert shell.written == [("recency = ...", True)]
    shell.run_cell("recency = ...")
    assert len(shell.written) == 1


def test_a_cell_that_becomes_another_rung_runs_as_that_and_the_check_speaks_of_it(shell, capsys):
    memory.remember(shell)
    rungs.pressed("rfm-recency", "order")
    shell.run_cell("recency = (((")
    assert capsys.readouterr().out == "Blanks to go: 1.\n"
    shell.run_cell('from custseg_helpers import check\nsaid = check("rfm-recency", recency)')
    assert "in order" in shell.user_ns["said"].message.en
    rungs.pressed("rfm-recency", "write")
    shell.run_cell("recency = ____")
    assert capsys.readouterr().out == ""
    shell.run_cell('said = check("rfm-recency", recency)')
    assert "in place of `...`" in shell.user_ns["said"].message.en


def test_the_last_wish_for_a_cell_counts(shell):
    next_run.at_next_run("rfm-recency", lambda cell: "recency = 1" if "recency" in cell else None)
    rungs.pressed("rfm-recency", "write")
    shell.run_cell("recency = ____")
    assert shell.written == [("recency = ...", True)]


def test_the_check_says_on_which_rung_it_was_done(shell, tmp_path):
    check("rfm-recency", ...)
    rungs.pressed("rfm-recency", "look")
    check("rfm-recency", ...)
    assert [mark.get("rung") for mark in marks(tmp_path)] == ["fill", "look", "look"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("rfm-recency", "jump"), "There is no rung “jump”"),
        (("rfm-first-calls", "fill"), "one way to do"),
        (("rfm-resency", "fill"), "no exercise"),
    ],
)
def test_what_is_no_rung_is_told_in_words(arguments, said, shell):
    assert said in str(rungs.rung(*arguments).text)
    assert not shell.written


def test_a_guess_is_answered_with_what_came_out():
    use_language("en")
    assert rungs.predict("a", 3).text.en.startswith("Right.")
    assert rungs.predict("b", 3).text.en == "It gives one number; you guessed a column of numbers."


def test_no_stored_text_names_a_blank_in_its_words():
    for _, identity, _, steps in LADDERS:
        assert not any(BLANK in step.say for step in steps), identity
        for step in steps:
            ast.parse(step.code)


def test_exercises_with_steps_are_exercises():
    assert {identity for _, identity, _, _ in LADDERS} <= {
        one for number in numbers() for one in exercises(number)
    }


@pytest.fixture
def remembering(shell, monkeypatch):
    monkeypatch.setattr(memory.MEMORY, "makers", {})
    monkeypatch.setattr(memory.MEMORY, "stale", {})
    memory.remember(shell)
    yield shell
    memory.MEMORY.begins("")


@pytest.mark.parametrize(
    ("rung", "said"),
    [
        ("fill", "blanks left in the cell above"),
        ("order", "in order and delete the line"),
        ("look", "guess a letter"),
        ("write", "in place of `...`"),
    ],
)
def test_the_check_of_an_open_cell_says_what_stands_there(remembering, rung, said):
    remembering.run_cell(rungs.ladder("rfm-recency").cell(rung))
    remembering.run_cell(
        'from custseg_helpers import check\ntold = check("rfm-recency", recency)'
    ).raise_error()
    told = remembering.user_ns["told"]
    assert told.outcome == "todo" and said in told.message.en


@pytest.mark.parametrize("guess", ["a", "A", "Ａ", "ａ", " a ", '"a"', "“a”"])
def test_a_guess_counts_however_the_letter_was_typed(guess):
    assert rungs.predict(guess, 3).text.en.startswith("Right.")


@pytest.mark.parametrize("guess", ["number", "", "ab", 1, None, "g"])
def test_a_guess_that_is_no_letter_is_told_what_is_wanted(guess):
    assert rungs.predict(guess, 3).text.en.startswith("A guess is one letter")
