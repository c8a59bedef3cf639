"""While a learner reads why her answer is wrong, what may explain the next one is worked out."""

import pytest
from IPython.core.interactiveshell import InteractiveShell

from custseg_helpers.learn import check as room
from custseg_helpers.learn.lessons import exercise
from custseg_helpers.mapping.load import in_play


@pytest.fixture
def shell():
    """A notebook's shell; afterwards there is none, as before."""
    room._detours.cache_clear()
    InteractiveShell.clear_instance()
    shell = InteractiveShell.instance(history_length=0)
    shell.user_ns["check"] = room.check
    yield shell
    InteractiveShell.clear_instance()
    room._detours.cache_clear()


def test_a_wrong_answer_prepares_the_next_check_once_the_message_is_out(shell):
    hooks = list(shell.events.callbacks["post_run_cell"])
    shell.run_cell('feedback = check("welcome-buyers", -1.5)')
    before = room._detours.cache_info()
    assert shell.user_ns["feedback"].outcome == "wrong"
    assert (
        room._detours(exercise("welcome-buyers"), in_play()) and room._detours.cache_info().hits > before.hits
    )
    assert list(shell.events.callbacks["post_run_cell"]) == hooks  # it was asked for once


def test_a_right_answer_prepares_nothing(shell):
    shell.user_ns["right"] = exercise("welcome-buyers").answer(in_play())
    shell.run_cell('feedback = check("welcome-buyers", right)')
    assert shell.user_ns["feedback"] and not room._detours.cache_info().currsize


def test_what_was_prepared_changes_no_message():
    task, company = exercise("welcome-buyers"), in_play()
    answers = [company.orders["order_id"].nunique(), len(company.customers), 7, 2402]
    room._detours.cache_clear()
    unprepared = [(room.judge(task, one).cause, str(room.judge(task, one).message)) for one in answers]
    room._detours.cache_clear()
    room.prepare(task)
    assert [
        (room.judge(task, one).cause, str(room.judge(task, one).message)) for one in answers
    ] == unprepared
