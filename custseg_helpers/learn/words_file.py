"""`feedback.toml`: every word that `check()` and `hint()` say in a lesson, held against its `answers.py`.

A trainer edits it without Python. What is missing, empty or belongs to nothing is told with its line, to authors when
they build and to trainers when the lesson is next opened.
"""

import re
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from custseg_helpers.diagnosis.knobs import Turn, single_turns
from custseg_helpers.diagnosis.knobs import named as named_turns
from custseg_helpers.learn.exercise import Exercise, Words
from custseg_helpers.words.text import FURTHER, LANGUAGES, T, UserError, listed, verbatim

ANSWERS = "answers.py"
FEEDBACK = "feedback.toml"

ONE_TEXT = ("praise", "good", "weak")
NAMED_TEXTS = ("advice", "rubric")
KNOBS = "knobs"
KNOWN = ("praise", "advice", "knobs", "hints", "rubric", "good", "weak")
"""What an exercise may have, in the order in which it stands in the file."""
NEEDED = tuple(code for code in LANGUAGES if code not in FURTHER)
"""The languages that every text has."""

_HEADER = re.compile(r"\[(\[?)([\w.-]+)\]")
_KEY = re.compile(r"([\w.-]+)\s*=")


class Fault(NamedTuple):
    """What is wrong in a file, and in which line."""

    line: int
    text: T


def read_words(path: Path, exercises: Sequence[Exercise]) -> dict[str, Words]:
    """Read a lesson's `feedback.toml`; whatever is wrong in it is told at once, as a `UserError`."""
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    if found := faults(text, exercises):
        place = "/".join(path.parts[-3:])
        raise UserError(verbatim("\n").join(verbatim(f"{place}:{line}  ") + said for line, said in found))
    return {identity: _words(entry) for identity, entry in tomllib.loads(text).items()}


def faults(text: str, exercises: Sequence[Exercise]) -> list[Fault]:
    """Return what is wrong in the text of a `feedback.toml`, held against the exercises of `answers.py`.

    >>> faults("[rfm-recency", [])[0].line
    1
    """
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        wrong = T(zh="读不懂：{said}", en="Cannot be read: {said}").format(said=error)
        return [Fault(int(line[1]) if line else max(1, len(text.splitlines())), wrong)]
    return list(_Held(_lines(text)).faults(found, exercises))


class _Held:
    """The file's tables held against the exercises; `lines` knows where each table and key stands."""

    def __init__(self, lines: dict[tuple[str, ...], int]):
        self.lines = lines

    def at(self, keys: tuple[str, ...], text: T) -> Fault:
        """Return a fault at the line of these keys, or of what they belong to."""
        while keys and keys not in self.lines:
            keys = keys[:-1]
        return Fault(self.lines.get(keys, 1), text)

    def faults(self, found: dict[str, Any], exercises: Sequence[Exercise]) -> Iterator[Fault]:
        known = [task.id for task in exercises]
        for identity in found:
            if identity not in known:
                wrong = T(
                    zh="{file} 里没有练习 {id}。现有：{known}。",
                    en="{file} has no exercise {id}. It has: {known}.",
                )
                yield self.at((identity,), wrong.format(file=ANSWERS, id=identity, known=listed(known)))
        for task in exercises:
            if not isinstance(found.get(task.id), dict):
                wrong = T(
                    zh="练习 {id} 还没有文字：至少写两条提示，[[{id}.hints]]。",
                    en="Exercise {id} has no words yet: write at least its two hints, [[{id}.hints]].",
                )
                yield self.at((task.id,), wrong.format(id=task.id))
            else:
                yield from self.exercise(task, found[task.id])
        there = [identity for identity in found if identity in known]
        if sorted(there) == sorted(known) and there != known:
            odd = next(one for one, other in zip(there, known, strict=True) if one != other)
            wrong = T(
                zh="这里的练习次序和 {file} 的不同，应一样。",
                en="The exercises here are not in the order of {file}; it should be the same.",
            )
            yield self.at((odd,), wrong.format(file=ANSWERS))

    def exercise(self, task: Exercise, entry: dict[str, Any]) -> Iterator[Fault]:
        yield from self.unknown((task.id,), entry, KNOWN)
        for key in ONE_TEXT:
            if key in entry:
                yield from self.text((task.id, key), entry[key])
        yield from self.hints(task.id, entry.get("hints", []))
        for key in NAMED_TEXTS:
            texts = entry.get(key, {})
            for name, words in texts.items() if isinstance(texts, dict) else ():
                yield from self.text((task.id, key, name), words)
        yield from self.advice(task, entry.get("advice", {}))
        yield from self.knobs(task, entry.get(KNOBS, {}))
        yield from self.written(task, entry)

    def text(self, keys: tuple[str, ...], words: Any) -> Iterator[Fault]:
        """Hold one text: all languages, none of them empty, nothing else."""
        if not isinstance(words, dict):
            wrong = T(
                zh="{key} 要写成一张表，里面有 {known}。", en="{key} must be a table with {known} in it."
            )
            yield self.at(keys, wrong.format(key=".".join(keys), known=listed(NEEDED)))
            return
        yield from self.unknown(keys, words, tuple(LANGUAGES))
        if missing := [code for code in NEEDED if code not in words]:
            wrong = T(zh="{key} 缺少 {missing}。", en="{key} lacks {missing}.")
            yield self.at(keys, wrong.format(key=".".join(keys), missing=listed(missing)))
        for code, said in words.items():
            if code in LANGUAGES and not (isinstance(said, str) and said.strip()):
                wrong = T(zh="{key} 的 {code} 是空的。", en="{key}: {code} is empty.")
                yield self.at((*keys, code), wrong.format(key=".".join(keys), code=code))

    def hints(self, identity: str, hints: Any) -> Iterator[Fault]:
        if not isinstance(hints, list) or len(hints) != 2:
            wrong = T(
                zh="{id} 的提示要两条 [[{id}.hints]]：第一条指路，第二条几乎说破；这里是 {n} 条。",
                en="{id} has two hints, [[{id}.hints]], one to point the way and one that nearly tells; here are {n}.",
            )
            found = len(hints) if isinstance(hints, list) else 1
            yield self.at((identity, "hints"), wrong.format(id=identity, n=found))
        for place, words in enumerate(hints if isinstance(hints, list) else ()):
            yield from self.text((identity, "hints", str(place + 1)), words)

    def advice(self, task: Exercise, advice: Any) -> Iterator[Fault]:
        mistakes, given = [mistake.name for mistake in task.mistakes], list(advice)
        if missing := [name for name in mistakes if name not in given]:
            wrong = T(
                zh="没有给这些错的建议：{names}。加上 [{id}.advice.{first}]。",
                en="No advice for these mistakes: {names}. Add [{id}.advice.{first}].",
            )
            yield self.at((task.id,), wrong.format(id=task.id, names=listed(missing), first=missing[0]))
        for name in given:
            if name not in mistakes:
                wrong = T(
                    zh="{file} 的练习 {id} 没有叫 {name} 的错。现有：{known}。",
                    en="Exercise {id} in {file} has no mistake {name}. It has: {known}.",
                )
                yield self.at(
                    (task.id, "advice", name),
                    wrong.format(file=ANSWERS, id=task.id, name=name, known=listed(mistakes)),
                )

    def knobs(self, task: Exercise, knobs: Any) -> Iterator[Fault]:
        """Every choice that the answer could make otherwise has its advice, and no other has."""
        known = [named_turn(turn) for turn in single_turns(task.answer)] if task.answer else []
        given = {
            f"{knob}.{value}": words
            for knob, values in (knobs if isinstance(knobs, dict) else {}).items()
            for value, words in (values if isinstance(values, dict) else {}).items()
        }
        if missing := [name for name in known if name not in given]:
            wrong = T(
                zh="没有给这些选择的建议：{names}。加上 [{id}.knobs.{first}]。",
                en="No advice for these choices: {names}. Add [{id}.knobs.{first}].",
            )
            yield self.at((task.id,), wrong.format(id=task.id, names=listed(missing), first=missing[0]))
        for name, words in given.items():
            keys = (task.id, KNOBS, *name.split("."))
            yield from self.text(keys, words)
            if name not in known:
                wrong = T(
                    zh="{file} 里练习 {id} 的答案没有 {name} 这个选择。现有：{known}。",
                    en="The answer of exercise {id} in {file} has no choice {name}. It has: {known}.",
                )
                yield self.at(
                    keys, wrong.format(file=ANSWERS, id=task.id, name=name, known=listed(known) or "—")
                )

    def written(self, task: Exercise, entry: dict[str, Any]) -> Iterator[Fault]:
        """A text that is written, or reasons that are given, have points, a full answer and a thin one."""
        if task.answer is not None and "rubric" not in entry:
            return
        if missing := [key for key in ("rubric", "good", "weak") if not entry.get(key)]:
            wrong = T(
                zh="{id} 缺少 {missing}：评分要点、一个好回答和一个单薄的回答要写齐。",
                en="{id} lacks {missing}: a rubric, a full answer and a thin one belong together.",
            )
            yield self.at((task.id,), wrong.format(id=task.id, missing=listed(missing)))

    def unknown(self, keys: tuple[str, ...], entry: dict[str, Any], known: Sequence[str]) -> Iterator[Fault]:
        for key in entry:
            if key not in known:
                wrong = T(
                    zh="{key} 里看不懂 {word}，可以写：{known}。",
                    en="{key} knows no {word}; it may have: {known}.",
                )
                yield self.at((*keys, key), wrong.format(key=".".join(keys), word=key, known=listed(known)))


def _words(entry: dict[str, Any]) -> Words:
    named = {key: entry.get(key, {}) for key in NAMED_TEXTS}
    return Words(
        hints=tuple(_text(one) for one in entry["hints"]),
        advice={name: _text(one) for name, one in named["advice"].items()}
        | {
            named_turns([(knob, value)]): _text(one)
            for knob, values in entry.get(KNOBS, {}).items()
            for value, one in values.items()
        },
        rubric={name: _text(one) for name, one in named["rubric"].items()},
        **{key: _text(entry[key]) for key in ONE_TEXT if key in entry},
    )


def named_turn(turn: Turn) -> str:
    """Return a choice made otherwise as the file writes it: `counted.lines`."""
    return ".".join(turn)


def _text(words: dict[str, str]) -> T:
    return T(**{code: words[code].strip() for code in LANGUAGES if code in words})


def _lines(text: str) -> dict[tuple[str, ...], int]:
    r"""Return the line of every table and key; entries of an array are counted from 1.

    >>> _lines("[a.b]\nzh = 'x'\n[[a.hints]]\n[[a.hints]]")[("a", "hints", "2")]
    4
    """
    found: dict[tuple[str, ...], int] = {}
    above: tuple[str, ...] = ()
    entries: dict[tuple[str, ...], int] = {}
    quotes = ""
    for number, line in enumerate(text.splitlines(), 1):
        if quotes:  # inside a text of several lines
            quotes = "" if quotes in line else quotes
            continue
        if header := _HEADER.match(line):
            above = tuple(header[2].split("."))
            if header[1]:
                found.setdefault(above, number)
                entries[above] = entries.get(above, 0) + 1
                above = (*above, str(entries[above]))
            for length in range(1, len(above) + 1):
                found.setdefault(above[:length], number)
        elif key := _KEY.match(line):
            keys = (*above, *key[1].split("."))
            for length in range(len(above) + 1, len(keys) + 1):
                found.setdefault(keys[:length], number)
        opened = next((mark for mark in ("'''", '"""') if line.count(mark) % 2), "")
        quotes = opened
    return found
