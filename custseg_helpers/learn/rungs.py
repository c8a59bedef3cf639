"""The rungs of an exercise: look, order, fill, write. One answer, asked for in four ways.

The steps of the model answer stand in `exercise.py`; the build keeps them beside the lesson (`rungs.json`). Whatever
rung a learner stands on, her cell ends in the same names, and `check()` judges the same.
"""

import ast
import json
import random
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from custseg_helpers.files.cells import BLANK, blanks, parsed, replace_cell
from custseg_helpers.learn.feedback import Note
from custseg_helpers.learn.lessons import current, exercise, lesson_folders, topics
from custseg_helpers.learn.marks import entries, record
from custseg_helpers.looks.notebook import notebook_shell
from custseg_helpers.steps.stored import STORED, Step
from custseg_helpers.stopped.next_run import at_next_run
from custseg_helpers.words.text import LANGUAGES, T, UserError, language, listed, stand_in

RUNGS: dict[str, T] = {
    "look": T(zh="看：先猜，再运行", en="Look: guess, then run"),
    "order": T(zh="排：把几步排好", en="Order: sort the steps"),
    "fill": T(zh="填：填空", en="Fill: fill the blanks"),
    "write": T(zh="写：自己写", en="Write: on your own"),
}
"""The rungs from the easiest up, and what a learner does on each."""

LOOK = T(
    zh="先猜：最后得到的 {name} 是什么？把空换成一个字母，加引号，再运行。",
    en="Guess: what is {name} in the end? Put a letter in quotes in place of the blank, then run.",
)
ORDER = T(
    zh="下面几行乱了。按上面的次序排好（选中一行，Alt + ↑ 或 ↓），删掉这一行，再运行。",
    en="The lines below are mixed up. Put them in the order above (Alt + ↑ or ↓ moves a line), delete this line, run.",
)

KINDS: dict[str, T] = {
    "a": T(zh="一个数", en="one number"),
    "b": T(zh="一列数", en="a column of numbers"),
    "c": T(zh="一列“是 / 否”", en="a column of yes and no"),
    "d": T(zh="一列文字", en="a column of texts"),
    "e": T(zh="一张表", en="a table"),
    "f": T(zh="几样东西列在一起", en="several things in a list"),
}
"""What a line can give, by the letter a learner guesses with."""


def cell(rung: str, steps: Sequence[Step], names: Sequence[str]) -> str:
    r"""Return what stands in an exercise's cell on a rung; `names` are those that the check needs, the answer's last.

    >>> steps = [Step("Add up", 'total = orders["amount"].sum()', ("sum",)), Step("Round", "total = round(total)", ())]
    >>> print(cell("fill", steps, ["total"]))
    # Add up
    total = orders["amount"].____()
    # Round
    total = round(total)
    >>> print(cell("write", steps, ["total"]))
    total = ...
    """
    if rung == "write" or not steps:
        return "\n".join(f"{name} = ..." for name in names)
    if rung == "fill":
        return "\n".join(f"# {step.say}\n{step.with_blanks}" for step in steps)
    if rung == "order":
        plan = [f"# {number}. {step.say}" for number, step in enumerate(steps, 1)]
        return "\n".join([*plan, f"{BLANK}  # {ORDER}", *(step.code for step in mixed(steps))])
    letters = "  ".join(f'"{letter}" {kind}' for letter, kind in KINDS.items())
    head = [
        f"# {LOOK.format(name=names[-1])}",
        f"# {letters}",
        f"guess = {BLANK}",
        "from custseg_helpers import predict",
    ]
    return "\n".join(
        [*head, *(f"# {step.say}\n{step.code}" for step in steps), f"predict(guess, {names[-1]})"]
    )


def to_do(code: str) -> T | None:
    r"""Return what is to be done in a cell that has blanks left, as its rung wants it; `None` where it has none.

    >>> print(to_do("few = orders.____(____)").within("en"))
    There are 2 blanks left in the cell above. Put your answer in place of each `____`, run it, then run this one.
    >>> to_do("few = ...") is None
    True
    """
    left = blanks(code)
    if not left:
        return None
    if re.search(rf"^guess = {BLANK}$", code, re.MULTILINE):
        return T(
            zh="先在上面那一格猜一个字母，写在 `____` 的地方，运行它，再运行这里。",
            en="First guess a letter in the cell above, in place of `____`; run it, then run this one.",
        )
    if re.search(rf"^{BLANK}  #", code, re.MULTILINE):
        return T(
            zh="先把上面那一格的几行排好，删掉 `____` 那一行，运行它，再运行这里。",
            en="First put the lines of the cell above in order and delete the line with `____`; run it, then run this one.",
        )
    return T(
        zh="上面那一格还有 {n} 个空。把每个 `____` 换成你的答案，运行它，再运行这里。",
        en="There are {n} blanks left in the cell above. Put your answer in place of each `____`, run it, then run this one."
        if left > 1
        else "There is a blank left in the cell above. Put your answer in place of `____`, run it, then run this one.",
    ).format(n=left)


def mixed(steps: Sequence[Step]) -> list[Step]:
    """Return the steps in another order, the same one each time.

    >>> [step.say for step in mixed([Step(say, "", ()) for say in "abc"])] != ["a", "b", "c"]
    True
    """
    order = list(range(len(steps)))
    chance = random.Random("".join(step.code for step in steps))
    while len(order) > 1 and order == sorted(order):
        chance.shuffle(order)
    return [steps[place] for place in order]


def default(lesson: str, number: int, of: int) -> str:
    """Return the rung of an exercise in its lesson's workbook: blanks first, then in the first half only, then none.

    >>> [default("04", 5, 9), default("07", 3, 7), default("07", 4, 7), default("10", 1, 7)]
    ['fill', 'fill', 'write', 'write']
    """
    return "fill" if lesson < "05" or (lesson < "10" and number <= of // 2) else "write"


def kind(value: Any) -> str:
    """Return the letter of what a value is; `""` for what no letter stands for.

    >>> import pandas as pd
    >>> [kind(value) for value in (3, pd.Series([1.5]), pd.Series([1]) > 0, pd.Series(["a"]), [1, 2], "a")]
    ['a', 'b', 'c', 'd', 'f', '']
    """
    import pandas as pd
    from pandas.api.types import is_bool_dtype, is_number, is_numeric_dtype

    if isinstance(value, pd.DataFrame):
        return "e"
    if isinstance(value, (pd.Series, pd.Index)):
        return "c" if is_bool_dtype(value) else "b" if is_numeric_dtype(value) else "d"
    if is_number(value):
        return "a"
    return "f" if isinstance(value, (list, tuple, dict, set)) else ""


def predict(guess: str, value: Any) -> Note:
    """Say whether a guess of what a line gives was right; a letter counts in either case, full-width too.

    >>> from custseg_helpers.words.text import use_language
    >>> use_language("en")
    >>> predict(" Ａ", 3)
    Right. It gives one number.
    >>> predict("z", 3)
    A guess is one letter in quotes, such as "a": one of a, b, c, d, e, f.
    """
    found = kind(value)
    if found not in KINDS:
        return Note(T(zh="运行好了。", en="It has run."))
    guessed = unicodedata.normalize("NFKC", str(guess)).strip(" \"'“”‘’「」。.").lower()
    if guessed not in KINDS:
        return Note(
            T(
                zh='猜一个字母，加上引号，如 "a"：{letters} 里的一个。',
                en='A guess is one letter in quotes, such as "a": one of {letters}.',
            ).format(letters=listed(KINDS))
        )
    is_it = T(zh="得出的是“{kind}”", en="It gives {kind}").format(kind=KINDS[found])
    if guessed == found:
        return Note(T(zh="猜对了。", en="Right. ") + is_it + T(zh="。", en="."))
    return Note(is_it + T(zh="；你猜的是“{kind}”。", en="; you guessed {kind}.").format(kind=KINDS[guessed]))


@dataclass(frozen=True)
class Ladder:
    """The rungs of one exercise: its heading, its names, its rung in the workbook, its steps by language.

    `before` are the workbook's lines above it that its steps rest on, by language.
    """

    title: T
    names: tuple[str, ...]
    default: str
    steps: dict[str, tuple[Step, ...]]
    before: dict[str, str]

    def cell(self, rung: str) -> str:
        """Return what stands in the cell on a rung, in the language spoken."""
        spoken = language()
        steps = self.steps.get(spoken) or self.steps[stand_in(spoken)]
        return cell(rung, steps, self.names)


def ladder(identity: str) -> Ladder | None:
    """Return the rungs of an exercise, or `None` where it has no steps, as a choice or a written answer."""
    lesson = topics().get(identity.partition("-")[0])
    return _ladders(lesson_folders()[lesson]).get(identity) if lesson else None


def as_json(ladders: dict[str, Ladder]) -> str:
    """Return the text of `rungs.json`."""
    kept = {
        identity: {
            "title": {lang: one.title.within(lang) for lang in LANGUAGES},
            "names": list(one.names),
            "rung": one.default,
            "steps": {
                lang: [[step.say, step.code, *step.blanks] for step in steps]
                for lang, steps in one.steps.items()
            },
            "before": {lang: text.splitlines() for lang, text in one.before.items()},
        }
        for identity, one in ladders.items()
    }
    return json.dumps(kept, ensure_ascii=False, indent=1) + "\n"


@cache
def _ladders(folder: Path) -> dict[str, Ladder]:
    file = folder / STORED
    kept = json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
    return {
        identity: Ladder(
            T(**one["title"]),
            tuple(one["names"]),
            one["rung"],
            {
                lang: tuple(Step(say, code, tuple(blanks)) for say, code, *blanks in steps)
                for lang, steps in one["steps"].items()
            },
            {lang: "\n".join(lines) for lang, lines in one.get("before", {}).items()},
        )
        for identity, one in kept.items()
    }


_chosen: dict[str, str] = {}
"""The rungs chosen since this kernel began."""


def standing(identity: str) -> str | None:
    """Return the rung an exercise is done on: the last one chosen, else its workbook's; `None` where it has none."""
    steps = ladder(identity)
    if steps is None:
        return None
    if identity not in _chosen:
        before = [
            mark.get("rung")
            for mark in entries()[0]
            if mark["event"] == "rung" and current(mark.get("exercise")) == identity
        ]
        _chosen[identity] = before[-1] if before and before[-1] in RUNGS else steps.default
    return _chosen[identity]


def rung(identity: str, name: str = "fill") -> Note:
    """Make the cell that calls this the exercise's own on another rung: `rung("rfm-recency", "order")`.

    The rungs are `look`, `order`, `fill` and `write`. What the cell held is replaced.
    """
    try:
        identity = exercise(identity).id
        steps = _with_steps(identity, name)
    except UserError as error:
        return Note(error.text)
    _choose(identity, name)
    text = steps.cell(name)
    shell = notebook_shell()
    if shell is None:
        return Note(RUNGS[name], text)
    replace_cell(shell, text)
    return Note(T(zh="这一格换成了“{rung}”。", en="The cell is now: {rung}.").format(rung=RUNGS[name]))


def pressed(identity: str, name: str) -> T:
    """Have an exercise's cell become another rung's when it is next run; return what to tell its learner."""
    steps = _with_steps(identity, name)
    _choose(identity, name)
    at_next_run(identity, lambda code: steps.cell(name) if belongs(code, steps.names) else None)
    return T(
        zh="好。把上面写着 {name} 的那一格再运行一次，它就换成“{rung}”。",
        en="Good. Run the cell above with {name} once more, and it becomes: {rung}.",
    ).format(name=f"`{steps.names[-1]} = …`", rung=RUNGS[name])


def belongs(code: str, names: Sequence[str]) -> bool:
    """Tell whether a cell is the one where an exercise is done: it makes all of the exercise's names.

    >>> belongs("buyers = ...", ["buyers"]), belongs('check("welcome-buyers", buyers)', ["buyers"])
    (True, False)
    """
    try:
        statements = parsed(code.replace(BLANK, "...")).body
    except SyntaxError:
        return all(f"{name} = " in code for name in names)
    made = {
        node.id
        for one in statements
        for node in ast.walk(one)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    }
    return set(names) <= made


def _with_steps(identity: str, name: str) -> Ladder:
    steps = ladder(identity)
    if steps is None:
        raise UserError(
            T(zh="{id} 只有一种做法：照题目写。", en="There is one way to do {id}: as the task says.").format(
                id=identity
            )
        )
    if name not in RUNGS:
        raise UserError(
            T(
                zh="没有“{name}”这种做法。可以选：{known}。",
                en="There is no rung “{name}”. There are: {known}.",
            ).format(name=name, known=listed(RUNGS))
        )
    return steps


def _choose(identity: str, name: str) -> None:
    _chosen[identity] = name
    record("rung", exercise=identity, rung=name)
