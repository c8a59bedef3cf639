"""What no rule knows is explained by the exercise's own step: where the typed line departs from it."""

import ast
import builtins
import keyword
import re
from collections.abc import Callable
from dataclasses import dataclass

from custseg_helpers.errors.doubt import Doubt
from custseg_helpers.steps.departure import Departure, alike, departure, stands_for
from custseg_helpers.steps.stored import Step, steps_of
from custseg_helpers.stopped.failure import Failure
from custseg_helpers.unreadable.explanation import MOST_TEXT, Explanation, cut
from custseg_helpers.unreadable.scanner import FOREIGN, scan
from custseg_helpers.words.text import T

SURELY = 0.8
"""So alike must what is typed and what is meant be for the step to overrule another explanation."""
KINDS: tuple[tuple[Callable[[str], object], T, T], ...] = (
    (
        re.compile(r"""["'].*["']""").fullmatch,
        T(zh="一段加引号的文字，比如列名", en="a text in quotes, such as a column's name"),
        T(zh="另一段文字，比如另一个列名", en="another text, such as another column's name"),
    ),
    (
        re.compile(r"[\d.]+").fullmatch,
        T(zh="一个数", en="a number"),
        T(zh="另一个数", en="another number"),
    ),
    (
        re.compile(r"[<>=!]=?").match,
        T(zh="一个比较，如 `>= 5`", en="a comparison, as in `>= 5`"),
        T(zh="另一个比较", en="another comparison"),
    ),
    (
        re.compile(r"[&|]").fullmatch,
        T(zh="`&`（并且）或 `|`（或者）", en="`&` (and) or `|` (or)"),
        T(zh="另一个：`&` 是并且，`|` 是或者", en="the other one: `&` means and, `|` means or"),
    ),
    (
        re.compile(r"[-+*/]").fullmatch,
        T(zh="一个运算符号", en="a sign of arithmetic"),
        T(zh="另一个运算符号", en="another sign of arithmetic"),
    ),
    (
        re.compile(r"[\[\]()]+").fullmatch,
        T(zh="一对括号的一半", en="a bracket"),
        T(zh="另一种括号", en="another kind of bracket"),
    ),
    (
        re.compile(r",?\s*[^\W\d]\w*\s*=[^=].*").fullmatch,
        T(zh="括号里的一个参数，`名字=值`", en="an argument in the brackets, `name=value`"),
        T(zh="另一个参数，`名字=值`", en="another argument, `name=value`"),
    ),
    (
        re.compile(r"\.\w+(\(\))?").fullmatch,
        T(zh="点后面的一个动作", en="an action behind a dot"),
        T(zh="另一个动作", en="another action"),
    ),
    (
        lambda piece: piece.isidentifier() and not keyword.iskeyword(piece),
        T(zh="一个名字或动作", en="a name or an action"),
        T(zh="另一个名字或动作", en="another name or action"),
    ),
)
"""What may belong in a place: how it is known, what to call one, and what to call another one where one stands already."""


@dataclass(frozen=True)
class ByStep:
    """An explanation by the step, and what it says belongs there; `certain` if nothing else of its line differs."""

    explanation: Explanation
    meant: str = ""
    certain: bool = False
    single: bool = False
    """Whether one line departs from its step, and in one place; what belongs there may have to stay hidden."""
    mistyped: bool = False
    """Whether what was typed is nearly what belongs there."""
    around: str = ""
    """What belongs there with the sign before and behind it."""

    def said_by(self, text: str) -> bool:
        """Tell whether a text says already what belongs there."""
        whole = (
            re.search(rf"(?<!\w){re.escape(self.meant)}(?!\w)", text)
            if re.search(r"\w", self.meant)
            else None
        )
        return whole is not None or "".join(self.around.split()) in "".join(text.split())


def by_step(failure: Failure) -> ByStep | None:
    """Explain a cell that stopped by the step that its line stands for; `None` where the cell is no answer."""
    steps = steps_of(failure.code)
    named = isinstance(failure.error, (NameError, SyntaxError))
    found = departure(failure.code, failure.line, steps, by_name=named) if steps else None
    if found is None:
        return None
    plain = _readable(" ".join(found.mended.split()))
    offered = found.single and found.shown and _runs(plain, found.line, failure)
    if not offered:
        said = _kind(found) if found.single and not found.shown else None
        return ByStep(_pattern(found.step, found.line, failure, said), single=found.single and found.alone)
    row = failure.code.splitlines()[found.line - 1].strip()
    cause = _cause(found)
    repair = T(zh="改成：`{right}`", en="Write: `{right}`").format(right=plain)
    if len(plain) > 2 * MOST_TEXT:
        repair = T(zh="只改这一处，别的不动。", en="Change this place alone.")
    explanation = Explanation(cause, repair, found.line, cut(row))
    mistyped = found.once and alike(found.typed, found.meant, SURELY)
    return ByStep(explanation, found.meant, True, found.alone, mistyped, found.around)


def _runs(right: str, line: int, failure: Failure) -> bool:
    """Tell whether a line that is to be offered can be read, and whether the names in it are there by then."""
    rows = failure.code.splitlines()
    try:
        tree = ast.parse(right)
    except (SyntaxError, ValueError):  # a line of several lines is no line that runs, and may be right
        return not right.strip() or _within_brackets(rows, line)
    made = set(re.findall(r"[^\W\d]\w*", " ".join(rows[: line - 1])))
    made |= {
        one.id for one in ast.walk(tree) if isinstance(one, ast.Name) and not isinstance(one.ctx, ast.Load)
    }
    made |= {one.arg for one in ast.walk(tree) if isinstance(one, ast.arg)}
    used = {one.id for one in ast.walk(tree) if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Load)}
    return all(name in made or name in failure.names or hasattr(builtins, name) for name in used)


def _within_brackets(rows: list[str], line: int) -> bool:
    """Tell whether a line is a part of several lines, or begins a block."""
    before = "\n".join(rows[: line - 1])
    opened = sum(before.count(sign) for sign in "([{") > sum(before.count(sign) for sign in ")]}")
    row = rows[line - 1].rstrip()
    return opened or row.endswith(("(", "[", "{", ",", ":", "\\")) or '"""' in before + row


def departs(code: str) -> Doubt | None:
    """Return the one place in which a cell that gives a wrong answer departs from its steps; `None` where there are several.

    What the step hides is not told: only where it is, and what kind of thing belongs there.
    """
    steps = steps_of(code)
    found = departure(code, None, steps, by_name=False) if steps else None
    if found is None or not (found.alone and found.single) or "..." in found.typed:
        return None
    piece = cut(code.splitlines()[found.line - 1].strip())
    if found.shown:
        repair = T(zh="改成：`{right}`", en="Write: `{right}`").format(
            right=_readable(" ".join(found.mended.split()))
        )
        return Doubt(found.line, piece, _cause(found), repair)
    return Doubt(found.line, piece, _kind(found) or _elsewise(found), _hint(found.step))


def _readable(line: str) -> str:
    """Return a line with plain signs in the place of full-width ones; what stands in quotes is left alone.

    >>> _readable('products = column.nunique（）')
    'products = column.nunique()'
    """
    return "".join(
        FOREIGN.get(token.text, token.text) if token.kind == "sign" else token.text for token in scan(line)
    )


def _elsewise(found: Departure) -> T:
    if not found.typed:
        return T(zh="这一行还少一样东西。", en="Something is missing in this line.")
    return T(
        zh="`{typed}` 的位置上，这一步要的是别的东西。",
        en="Where `{typed}` stands, this step needs something else.",
    ).format(typed=found.typed)


def step_pattern(failure: Failure, line: int | None) -> T | None:
    """Return the step that a line stands for, its blanks left open, as a hint at what to write."""
    rows = failure.code.splitlines()
    steps = steps_of(failure.code)
    step = stands_for(rows[line - 1], steps) if steps and line and line <= len(rows) else None
    return _hint(step) if step else None


def _cause(found: Departure) -> T:
    values = {"typed": found.typed, "meant": found.meant}
    if not found.typed:
        return T(zh="这一行少了 `{meant}`。", en="`{meant}` is missing in this line.").format(**values)
    if found.meant.strip("\"'") == found.typed and found.meant != found.typed:
        return T(
            zh="`{typed}` 在这里是一段文字，少了引号：`{meant}`。",
            en="Here `{typed}` is a text and lacks its quotes: `{meant}`.",
        ).format(**values)
    if not found.meant:
        return T(zh="这一行多了 `{typed}`。", en="`{typed}` is too much in this line.").format(**values)
    return T(
        zh="`{typed}` 的位置上，这一步要的是 `{meant}`。",
        en="Where `{typed}` stands, this step needs `{meant}`.",
    ).format(**values)


def _pattern(step: Step, line: int, failure: Failure, said: T | None) -> Explanation:
    row = failure.code.splitlines()[line - 1].strip()
    cause = said or T(zh="这一行和这一步的写法对不上。", en="This line is not written as its step is.")
    return Explanation(cause, _hint(step), line, cut(row))


def _hint(step: Step) -> T:
    line = next((one for one in step.with_blanks.splitlines() if one.strip()), "")
    return T(zh="这一步“{say}”的样子：`{line}`", en="The step “{say}” looks like `{line}`").format(
        say=step.say, line=" ".join(line.split())
    )


def _kind(found: Departure) -> T | None:
    """Say what kind of thing belongs in a place, without saying which."""
    if (
        found.typed
        and found.typed != found.meant
        and sorted(found.typed.split()) == sorted(found.meant.split())
    ):
        return T(
            zh="`{typed}` 里的东西都对，次序反了。",
            en="`{typed}` has the right things in it, in the wrong order.",
        ).format(typed=found.typed)
    argument = re.match(r",?\s*([^\W\d]\w*)\s*=[^=]", found.meant)
    if argument and not found.typed:
        return T(
            zh="这一行的括号里少了一个参数：`{name}=…`。",
            en="In the brackets of this line an argument is missing: `{name}=…`.",
        ).format(name=argument[1])
    for is_one, one, another in KINDS:
        if not is_one(found.meant.strip()):
            continue
        if not found.typed:
            return T(zh="这一行少了{kind}。", en="In this line {kind} is missing.").format(kind=one)
        return T(
            zh="`{typed}` 的位置上，这一步要的是{kind}。",
            en="Where `{typed}` stands, this step needs {kind}.",
        ).format(typed=found.typed, kind=another if is_one(found.typed.strip()) else one)
    return None
