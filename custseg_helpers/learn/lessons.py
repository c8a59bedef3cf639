"""Find what a lesson knows: its folder, its exercises, its quiz, its notebooks.

A lesson's folder is called by its number and its topic: `04_rfm`. A number may carry a letter, so that a lesson finds
room between two: 00 < 00b < 01. An exercise is called by its topic and what it asks: `rfm-recency`; where it stands in
its workbook is no part of its name.
"""

import difflib
import re
import tomllib
from dataclasses import dataclass, replace
from functools import cache
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

from custseg_helpers.diagnosis.knobs import named, single_turns, turned
from custseg_helpers.learn.exercise import Elsewhere, Exercise, Mistake, at_home, moved
from custseg_helpers.learn.words_file import ANSWERS, FEEDBACK, read_words
from custseg_helpers.paths import course_root
from custseg_helpers.words.text import T, UserError, listed

NAME = re.compile(r"(?P<number>\d\d[a-z]?)_(?P<topic>[a-z][a-z0-9]*)")
"""A lesson folder's name. Names and numbers in the order of their letters are the lessons in order."""
SLUG = re.compile(r"[a-z][a-z0-9]*(?:-[a-z][a-z0-9]*)+")
LONGEST_SLUG = 30
MINUTES = "minutes.toml"
ELSEWHERE = "elsewhere.py"


def number_and_topic(name: str) -> tuple[str, str] | None:
    """Return what a lesson folder's name says; `None` for the name of anything else.

    >>> number_and_topic("04_rfm"), number_and_topic("00b_tools"), number_and_topic("old_ids.toml")
    (('04', 'rfm'), ('00b', 'tools'), None)
    """
    found = NAME.fullmatch(name)
    return (found["number"], found["topic"]) if found else None


def as_number(wanted: object) -> str:
    """Return a lesson's number as its folder writes it.

    >>> as_number(4), as_number("3b"), as_number("12")
    ('04', '03b', '12')
    """
    found = re.fullmatch(r"(\d)([a-z]?)", str(wanted))
    return f"0{found[0]}" if found else str(wanted)


def folders_in(lessons: Path) -> dict[str, Path]:
    """Return the lesson folders below `lessons` by number, in order, finished or not."""
    names = ((number_and_topic(path.name), path) for path in sorted(lessons.glob("*_*")) if path.is_dir())
    return {name[0]: path for name, path in names if name}


@cache
def lesson_folders() -> dict[str, Path]:
    """Return the lessons' folders by number, in order: `{"04": …/lessons/04_rfm}`."""
    folders = folders_in(course_root() / "lessons")
    return {number: folder for number, folder in folders.items() if (folder / ANSWERS).is_file()}


def topics() -> dict[str, str]:
    """Return the lessons' numbers by topic: `{"rfm": "04"}`."""
    return {folder.name.partition("_")[2]: number for number, folder in lesson_folders().items()}


def lesson_folder(lesson: str) -> Path:
    """Return the folder of a lesson given as `"04"`, `4`, `"rfm"` or `"04_rfm"`.

    >>> lesson_folder("rfm").name
    '04_rfm'
    """
    wanted = str(lesson).strip()
    for number, folder in lesson_folders().items():
        if as_number(wanted) == number or wanted == folder.name or topics().get(wanted) == number:
            return folder
    known = listed([folder.name for folder in lesson_folders().values()])
    raise UserError(
        T(
            zh="没有“{lesson}”这一课。现有：{known}", en="There is no lesson “{lesson}”. There are: {known}"
        ).format(lesson=lesson, known=known)
    )


def about(lesson: str) -> dict[str, Any]:
    """Return a lesson's `about.toml`: title, question, objectives, key points."""
    return tomllib.loads((lesson_folder(lesson) / "about.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Minutes:
    """How long a newcomer needs: for the lesson in class, for each exercise, for the teaching of each section."""

    lesson: int
    exercises: dict[str, int]
    teach: tuple[int, ...]


def minutes(lesson: str) -> Minutes:
    """Return a lesson's minutes, which the build has worked out.

    >>> minutes("04").lesson > sum(minutes("04").teach)
    True
    """
    return minutes_in(lesson_folder(lesson))


def minutes_in(folder: Path) -> Minutes:
    """Read the minutes that the build lays into a lesson's folder."""
    try:
        found = tomllib.loads((folder / MINUTES).read_text(encoding="utf-8"))
    except FileNotFoundError:
        number = folder.name.partition("_")[0]
        raise UserError(
            zh=f"第 {number} 课还没有生成。请先运行 custseg build {number}。",
            en=f"Lesson {number} is not built yet. Run custseg build {number} first.",
        ) from None
    return Minutes(found["lesson"], found["exercises"], tuple(found["teach"]))


def exercises(lesson: str) -> dict[str, Exercise]:
    """Return a lesson's exercises by id, in the order of its `answers.py`, each with its words."""
    return _exercises(lesson_folder(lesson))


@cache
def _exercises(folder: Path) -> dict[str, Exercise]:
    return {one.id: _with_turns(moved(one)) for one in _as_written(folder)}


@cache
def _of_before(folder: Path) -> dict[str, Exercise]:
    """Return a lesson's exercises as workbooks of earlier editions ask them: all of the lesson's own data."""
    return {one.id: _with_turns(at_home(one)) for one in _as_written(folder)}


@cache
def _as_written(folder: Path) -> tuple[Exercise, ...]:
    """Return the exercises of an `answers.py`, joined with their words."""
    module = _module(folder / ANSWERS)
    there = elsewheres(folder)
    written = [replace(one, on=there.get(one.id)) for one in module.EXERCISES]
    words = read_words(folder / FEEDBACK, written)
    return tuple(replace(one, words=words[one.id]) for one in written)


@cache
def elsewheres(folder: Path) -> dict[str, Elsewhere]:
    """Return the other data that a lesson's exercises are asked of, by exercise, from its `elsewhere.py`.

    It stands apart from the answers: a workbook opens this data also where no answer can be seen.
    """
    file = folder / ELSEWHERE
    return getattr(_module(file), "ELSEWHERE", {}) if file.is_file() else {}


def _module(file: Path) -> Any:
    spec = spec_from_file_location(f"{file.stem}_{file.parent.name}", file)
    assert spec and spec.loader
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _with_turns(exercise: Exercise) -> Exercise:
    return replace(exercise, mistakes=exercise.mistakes + _turns(exercise))


def _turns(exercise: Exercise) -> tuple[Mistake, ...]:
    """Return every choice of an exercise's answer made otherwise, as mistakes."""
    if exercise.answer is None:
        return ()
    return tuple(
        Mistake(named([turn]), turned(exercise.answer, [turn])) for turn in single_turns(exercise.answer)
    )


def old_ids(folder: Path) -> dict[str, str]:
    """Return what a lesson's exercises were called before, with their ids of today, from its `old_ids.toml`."""
    file = folder / "old_ids.toml"
    return tomllib.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}


@cache
def _beginnings(folder: Path) -> dict[str, dict[str, str]]:
    file = folder / "builder.toml"
    return tomllib.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}


def beginning(identity: str) -> dict[str, str]:
    """Return what the table builder begins with for an exercise: the table it `opens`, the name of the `result`.

    >>> beginning("rfm-recency")
    {'opens': 'orders', 'result': 'recency'}
    """
    return _beginnings(lesson_folder(identity.partition("-")[0])).get(identity, {})


@cache
def _today() -> dict[str, str]:
    return {old: new for folder in lesson_folders().values() for old, new in old_ids(folder).items()}


def current(identity: object) -> str:
    """Return the id an exercise has today; notebooks, marks and progress of earlier editions have older ones.

    >>> current("rfm-1"), current("rfm-recency")
    ('rfm-recency', 'rfm-recency')
    """
    return _today().get(str(identity), str(identity))


def exercise(identity: str) -> Exercise:
    """Return one exercise, by its id of today or by an older one; an unknown id names those that come near.

    By an older id it is asked as it was: of the lesson's own data, also where it is asked of other data today.
    """
    written, identity = str(identity), current(identity)
    topic = identity.partition("-")[0]
    known = exercises(topics()[topic]) if topic in topics() else {}
    if identity in known:
        return known[identity] if written == identity else _of_before(lesson_folder(topic))[identity]
    everything = list(known) or [next(iter(exercises(number))) for number in lesson_folders()]
    near = difflib.get_close_matches(identity, everything, n=3, cutoff=0.3) or everything[:3]
    raise UserError(
        T(
            zh="没有练习“{identity}”。相近的有：{near}",
            en="There is no exercise “{identity}”. Close to it: {near}",
        ).format(identity=identity, near=listed(near))
    )
