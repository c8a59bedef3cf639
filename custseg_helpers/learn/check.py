"""`check()`: a learner's answer held against the company in play."""

import warnings
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from functools import lru_cache, partial
from numbers import Integral, Real
from typing import TYPE_CHECKING, Any

from custseg_helpers.diagnosis.case import Wrong
from custseg_helpers.diagnosis.compare import difference, enough_digits, near_groups, same_groups, shape_of
from custseg_helpers.diagnosis.forms import in_form
from custseg_helpers.diagnosis.values import plain
from custseg_helpers.errors.unfinished import lengths_of_time, no_number_yet, unfinished
from custseg_helpers.learn.exercise import Exercise
from custseg_helpers.learn.feedback import Feedback, Outcome
from custseg_helpers.learn.lessons import exercise, exercises, topics
from custseg_helpers.learn.marks import record
from custseg_helpers.learn.rungs import Ladder, ladder, standing, to_do
from custseg_helpers.stopped.memory import MEMORY
from custseg_helpers.words.text import T, UserError, language, stand_in, verbatim

if TYPE_CHECKING:
    from custseg_helpers.detours.trace import Trace
    from custseg_helpers.diagnosis.case import Detour

LINES = verbatim("\n")
SPACE, NOTHING = T(zh="", en=" "), T(zh="", en="")
HINT = T(zh='需要提示：`hint("{id}")`', en='For a hint: `hint("{id}")`')
ALIKE = T(
    zh="只写这几位时，它和一种常见错法一样：往下用之前，请确认你的数没有取整。",
    en="Written with so few digits, a common mistake looks the same: before you use it, see that yours is not rounded. ",
)
LARGE = 100_000
"""So many rows are looked at more closely only where the right answer has that many, too."""
OTHER_DATA = "other_data"
"""The cause where the data of another exercise are open."""
COMPARES = {"value": difference, "groups": same_groups, "near_groups": near_groups}


class NotPassed(AssertionError):
    """What a strict check raises; a notebook shows its one line in place of a traceback."""

    def _render_traceback_(self) -> list[str]:
        return [str(self)]


def check(identity: str, answer: Any = ..., *, strict: bool = False) -> Feedback:
    """Check an answer against the company in play and say what to do next.

    The answer is passed in. The expected value is computed from the company's own untouched tables, so it holds on
    any company and any seed. Where the cell that makes the answer stopped with an error, the value from before it is
    not judged.

    Never raises, unless `strict=True` (for graders): then what is neither passed nor written
    is an `AssertionError`.

    >>> from custseg_helpers.words.text import use_language
    >>> use_language("en")
    >>> check("rfm-recency").outcome
    'todo'
    """
    try:
        feedback = _left_over(str(identity))
        if feedback is None:
            with (
                warnings.catch_warnings()
            ):  # what is worked out here is ours: its warnings tell a learner nothing
                warnings.simplefilter("ignore")
                judged = judge(exercise(identity), answer, why=_why_here)
            feedback = _said_of_its_cell(judged, str(identity))
    except UserError as error:
        feedback = Feedback(str(identity), "error", error.text)
    except Exception as error:
        feedback = Feedback(str(identity), "error", _unexpected(error))
    record(
        "check",
        exercise=feedback.exercise,
        outcome=feedback.outcome,
        cause=feedback.cause,
        rung=standing(feedback.exercise) if feedback.outcome != "error" else None,
    )
    if feedback.outcome in ("wrong", "todo"):
        from custseg_helpers.learn.help import help_below

        feedback = replace(feedback, help=partial(help_below, task=exercise(identity), judged=check))
    if feedback.outcome == "wrong":
        _prepare_afterwards(exercise(identity))
    if feedback.outcome == "written":
        from custseg_helpers.learn.written import review

        feedback = replace(feedback, help=partial(review, task=exercise(identity), text=answer))
    if strict and not feedback.done:
        raise NotPassed(repr(feedback))
    return feedback


def prepare(task: Exercise, company: Any = None) -> None:
    """Work out what may explain a further wrong answer to an exercise, and keep it: then that is told at once."""
    from custseg_helpers.diagnosis.company_numbers import catalogue
    from custseg_helpers.diagnosis.who_differs import count_groups

    if company is None:
        from custseg_helpers.mapping.load import in_play

        company = in_play()
    with (
        suppress(Exception),
        warnings.catch_warnings(),
    ):  # what fails here fails again, and says so, where it is needed
        warnings.simplefilter("ignore")
        known_wrongs(task, company)
        _pairs(task, company)
        _detours(task, company)
        list(_others(task, company))
        spoken = _spoken_of(task, company)
        catalogue(spoken)
        count_groups(_value(task, None, company), spoken)


def _prepare_afterwards(task: Exercise) -> None:
    """Have a notebook prepare for the next answer once what was said of this one is on the screen."""
    from custseg_helpers.looks.notebook import notebook_shell

    shell = notebook_shell()
    if shell is None:
        return

    def once(_: Any) -> None:
        shell.events.unregister("post_run_cell", once)
        prepare(task)

    shell.events.register("post_run_cell", once)


def judge(
    task: Exercise, answer: Any, company: Any = None, *, why: Callable[..., Feedback] | None = None
) -> Feedback:
    """Say what an answer to an exercise is worth on a company, by default the one in play; nothing is recorded.

    `why` is asked about a wrong one; by default it is all that the diagnosis knows.
    """
    why = why or _why
    too_long = _too_long(task, answer, company) if task.answer and _length(answer) > LARGE else None
    if too_long is not None:
        return too_long
    given = plain(answer)
    worked_out = given is not answer and isinstance(given, list) and given  # an iterator, taken to its end
    if not worked_out and (missing := unfinished(answer)):
        outcome: Outcome = "todo" if answer is None or task.answer is None else "wrong"
        return Feedback(task.id, outcome, missing)
    if _untouched(answer):
        text = T(
            zh="把 `...` 换成你的答案，再运行一次。", en="Put your answer in place of `...` and run again."
        )
        return Feedback(task.id, "todo", text)
    if task.answer is None:
        from custseg_helpers.learn.written import written

        return written(task, answer)
    if company is None:
        from custseg_helpers.mapping.load import in_play

        company = in_play()
    differs = COMPARES[task.same]
    expected = _value(task, None, company)
    if differs(expected, given, rounding=not task.exact) is not None:
        return why(task, expected, given, answer, company)
    blurred = differs(expected, given, rounding=False) is not None and _fits_a_mistake(task, given, company)
    if blurred and _fits_a_mistake(task, given, company, rounding=False):
        return why(task, expected, given, answer, company)
    if blurred and not enough_digits(expected, given):
        text = T(
            zh="舍入到这里，正确答案和一种常见错法看起来一样：先别取整，把更多位数交上来。",
            en="Rounded like this, the right answer and a common mistake look the same: do not round, hand in more digits.",
        )
        return Feedback(task.id, "wrong", text, cause="digits")
    praise = task.words.praise or T(zh="和答案一致。", en="It agrees with the answer.")
    said = _number(given, task, company) + (ALIKE if blurred else NOTHING) + praise
    return Feedback(task.id, "passed", _with_rubric(said, task))


def _length(answer: Any) -> int:
    try:
        return 0 if isinstance(answer, str) else len(answer)
    except Exception:  # it has no length, or none that can be told
        return 0


def _too_long(task: Exercise, answer: Any, company: Any) -> Feedback | None:
    """Say at once that an answer has far more rows than the right one: there is nothing else to look for in it."""
    if company is None:
        from custseg_helpers.mapping.load import in_play

        company = in_play()
    wanted, yours = max(1, _length(_value(task, None, company))), _length(answer)
    if yours <= 10 * wanted:
        return None
    text = T(
        zh="应有 {wanted} 行，你的是 {yours} 行：看看是不是少了一次分组、筛选或汇总。",
        en="{wanted} rows are wanted, yours has {yours}: is a grouping, a filter or a sum missing?",
    ).format(wanted=f"{wanted:,}", yours=f"{yours:,}")
    if shape_of(_value(task, None, company)) in ("number", "words"):
        text = T(
            zh="这里要一个值，你给的有 {yours} 行：看看是不是少了一次汇总。",
            en="One value is wanted, yours has {yours} rows: is a sum, a count or a share missing?",
        ).format(yours=f"{yours:,}")
    return Feedback(task.id, "wrong", text + SPACE + HINT.format(id=task.id), cause="differs")


def _number(given: Any, task: Exercise, company: Any) -> T:
    """Return a right answer that is one number, as people read it: its cell does not show it."""
    if isinstance(given, bool) or not isinstance(given, Real):
        return NOTHING
    if task.money:
        from custseg_helpers.diagnosis.how_far import money

        shown = money(float(given), company)
    elif isinstance(given, Integral):
        shown = verbatim(f"{given:,}")
    else:
        shown = verbatim(f"{float(given):,.4f}".rstrip("0").rstrip("."))
    return T(zh="你算出 {n}。", en="You have {n}. ").format(n=shown)


def _fits_a_mistake(task: Exercise, given: Any, company: Any, rounding: bool = True) -> bool:
    """Tell whether an answer is a known wrong one, also when rounded."""
    differs = COMPARES[task.same]
    return any(
        differs(wrong.value, given, rounding=rounding) is None for wrong in known_wrongs(task, company)
    )


def _why(task: Exercise, expected: Any, given: Any, answer: Any, company: Any) -> Feedback:
    """Say why a wrong answer is wrong; a right one never loads what finds it out."""
    from custseg_helpers.diagnosis.case import Case
    from custseg_helpers.diagnosis.diagnose import diagnose

    others, pairs = partial(_others, task, company), partial(_pairs, task, company)
    detours = partial(_detours, task, company)
    wrongs = known_wrongs(task, company)
    formed = in_form(expected, given)
    found = diagnose(
        Case(
            expected,
            formed,
            _spoken_of(task, company),
            COMPARES[task.same],
            wrongs,
            others,
            pairs,
            detours,
            task.money,
            task.exact,
            answer=answer,
        )
    )
    length = lengths_of_time(answer) if shape_of(expected) in ("number", "series") else None
    on_the_way = length and found.cause.startswith("knob:step=")
    if found.cause.startswith(("mistake:", "knob:")) and not on_the_way:
        return Feedback(task.id, "wrong", found.text, cause=found.cause)
    text = length or found.text
    if shape_of(expected) == "number" and (how := no_number_yet(answer)):
        text = LINES.join([text, how])
    return Feedback(task.id, "wrong", text + SPACE + HINT.format(id=task.id), cause=found.cause)


def _spoken_of(task: Exercise, company: Any) -> Any:
    """Return the company whose numbers an exercise speaks of: the one in play, or another that it is asked of."""
    there = task.on.there(company) if task.on else company
    return there if isinstance(there, type(company)) else company


@lru_cache(maxsize=128)
def known_wrongs(task: Exercise, company: Any) -> tuple[Wrong, ...]:
    """Return the mistakes and turned choices of an exercise that say something on a company."""
    from custseg_helpers.diagnosis.knobs import telling

    values = [_value(task, place, company) for place in range(len(task.mistakes))]
    wrongs = [
        Wrong(mistake.name, value, task.words.advice[mistake.name])
        for mistake, value in zip(task.mistakes, values, strict=True)
        if value is not _IMPOSSIBLE
    ]
    return telling(_value(task, None, company), wrongs, COMPARES[task.same])


@lru_cache(maxsize=128)
def _pairs(task: Exercise, company: Any) -> tuple[Wrong, ...]:
    """Return what every two choices made otherwise come to on a company."""
    from custseg_helpers.diagnosis.knobs import pairs_of_turns, turned, two_turns

    assert task.answer
    found = []
    for turns in pairs_of_turns(task.answer):
        try:
            found.append(two_turns(turns, plain(turned(task.answer, turns)(company)), task.words.advice))
        except Exception:
            continue
    return tuple(found)


@lru_cache(maxsize=16)
def _detours(task: Exercise, company: Any) -> tuple["Detour", ...]:
    """Return what the model answer comes to with one thing done otherwise; nothing where its lines do not run here."""
    from custseg_helpers.detours.collect import detours

    steps = ladder(task.id)
    if steps is None or task.same != "value":
        return ()
    try:
        trace = _trace(steps, company)
    except Exception:
        return ()
    # The lines of a workbook that has its own data need not come to the answer on the company in play.
    if COMPARES[task.same](_value(task, None, company), plain(trace.value), rounding=False) is not None:
        return ()
    return tuple(detours(trace, company))


def _trace(steps: Ladder, company: Any) -> "Trace":
    """Run a model answer in the language spoken; what it prints or warns of is not for the learner."""
    import io
    from contextlib import redirect_stdout

    from custseg_helpers.detours.trace import run

    spoken = language() if language() in steps.steps else stand_in(language())
    code = "\n".join(step.code for step in steps.steps[spoken])
    with redirect_stdout(io.StringIO()), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return run(steps.before.get(spoken, ""), code, steps.names[-1], {"company": company})


def _others(task: Exercise, company: Any) -> Iterator[tuple[str, T, Any]]:
    """Yield the answers of the lesson's other exercises that are computed, with their ids and headings."""
    lesson = topics().get(task.id.partition("-")[0])
    for other in exercises(lesson).values() if lesson else ():
        steps = ladder(other.id)
        if steps is None or other.id == task.id or other.same != "value":
            continue
        try:
            yield other.id, steps.title, _value(other, None, company)
        except Exception:
            continue


def _left_over(identity: str) -> Feedback | None:
    """Say so where the answer is what a failed cell left from before."""
    typed, names = MEMORY.handed_in(identity)
    if not names & set(MEMORY.stale):
        return None
    text = T(
        zh="做 `{name}` 的那一格出错停下了，`{name}` 还是以前的值，所以没有检查。先改好那一格，运行到不报错，再运行这里。",
        en="The cell that makes `{name}` stopped with an error, so `{name}` is still the value from before and is not judged. "
        "Mend that cell until it runs without an error, then run this one.",
    )
    name = next(iter(names & set(MEMORY.stale)), typed)
    if MEMORY.names.get(name) is ...:
        text = T(
            zh="做 `{name}` 的那一格出错停下了，还没有可以检查的。先照那一格下面说的改，运行到不报错，再运行这里；不会改，用下面的按钮。",
            en="The cell that makes `{name}` stopped with an error, so there is nothing to check yet. Mend it as it says below that cell, run it until it passes, then run this one; or use the buttons below.",
        )
    return Feedback(identity, "todo", text.format(name=name))


def _why_here(task: Exercise, *case: Any) -> Feedback:
    """Say that the data of another exercise are open, where they are: then nothing else is to be mended, or looked for."""
    from custseg_helpers.learn.elsewhere import others_open

    found = others_open(task.id)
    return Feedback(task.id, "wrong", found, cause=OTHER_DATA) if found else _why(task, *case)


def _said_of_its_cell(feedback: Feedback, identity: str) -> Feedback:
    """Say of an open answer what is left blank in its cell; add to a wrong one what there cannot mean what it says."""
    _, used = MEMORY.handed_in(identity)
    if feedback.outcome == "todo":
        open_there = next(filter(None, map(to_do, MEMORY.cells_of(used))), None)
        return replace(feedback, message=open_there) if open_there else feedback
    if feedback.outcome != "wrong" or feedback.cause == OTHER_DATA or identity not in MEMORY.running:
        return feedback
    from custseg_helpers.errors.by_step import departs
    from custseg_helpers.errors.doubts import doubts

    cells = MEMORY.cells_of(used)
    found = next((doubt for cell in cells for doubt in doubts(cell, MEMORY.names)), None)
    found = found or next(filter(None, map(departs, cells)), None)
    return replace(feedback, message=LINES.join([feedback.message, found.text])) if found else feedback


_IMPOSSIBLE = object()


@lru_cache(maxsize=512)
def _value(task: Exercise, mistake: int | None, company: Any) -> Any:
    """Compute an expected value once a company; a mistake that this company cannot show is no match."""
    if mistake is None:
        assert task.answer
        return plain(task.answer(company))
    try:
        return plain(task.mistakes[mistake].answer(company))
    except Exception:
        return _IMPOSSIBLE


def _untouched(answer: Any) -> bool:
    if isinstance(answer, (list, tuple, set)):
        return any(item is ... for item in answer)
    if isinstance(answer, dict):
        return any(item is ... for item in answer.values())
    return answer is ... or answer is None or (isinstance(answer, str) and not answer.strip(" .…"))


def _with_rubric(text: T, task: Exercise) -> T:
    said, words = [text], task.words
    if words.rubric:
        said.append(T(zh="说理由时，看看有没有讲到：", en="In your defence, did you say:"))
        said += ["· " + point for point in words.rubric.values()]
    if words.good:
        said.append(T(zh="好的回答：", en="A good answer: ") + words.good)
    if words.weak:
        said.append(T(zh="单薄的回答：", en="A thin answer: ") + words.weak)
    return LINES.join(said)


def _unexpected(error: Exception) -> T:
    return T(
        zh=f"没能检查这个答案（{type(error).__name__}：{error}）。从头运行一遍：菜单“内核 → 重启内核 和 运行所有单元格…”；还不行就问老师。",
        en=f"This answer could not be checked ({type(error).__name__}: {error}). Run all from the top: Kernel → Restart Kernel and Run All Cells; then ask.",
    )
