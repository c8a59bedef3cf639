"""Where a typed line departs from the step it stands for, sign by sign."""

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from custseg_helpers.steps.stored import Step
from custseg_helpers.unreadable.scanner import FOREIGN, Token, scan, telling

LINE_LIKE = 0.5
"""How much of a line and of a step's line must be the same, from 0 to 1, for one to stand for the other."""
FEW = 4
"""A departure with more signs than this on a side is another way of doing it and no slip."""
CLOSE = 0.6
"""How alike what is typed and what is meant must be, from 0 to 1, to count as the same, mistyped (difflib's ratio)."""


@dataclass(frozen=True)
class Departure:
    """One line that differs from its step: where, and what stands in the place of what.

    `single` says that the line differs in one place only; `alone` that no other line of the cell differs.
    """

    step: Step
    line: int
    typed: str
    meant: str
    mended: str
    """The typed line with that place put right."""
    around: str
    """What is meant, with the sign before and behind it."""
    shown: bool
    """Whether what is meant may be told: it is no blank of the step, or what was typed is nearly it."""
    single: bool
    once: bool
    """Whether it is single, and no sign within that place is right."""
    alone: bool


def departure(
    code: str, line: int | None, steps: Sequence[Step], *, by_name: bool = True
) -> Departure | None:
    r"""Return where a cell departs from its steps: at `line` if it does there, else in the first line before it.

    Without `by_name`, what a line calls its result is its own business.

    >>> step = Step("count", 'few = len(orders[orders["amount"] < 5])', ("< 5",))
    >>> found = departure('few = len(order[orders["amount"] < 5])', 1, [step])
    >>> found.typed, found.meant, found.mended == step.code, found.shown
    ('order', 'orders', True, True)
    >>> found = departure('few = len(orders[orders["amount"] many 7])', 1, [step])
    >>> found.meant, found.shown
    ('< 5', False)
    """
    lines = [(number, row) for number, row in enumerate(code.splitlines(), 1) if _tokens(row)]
    renamed = _renamed([row for _, row in lines], steps)
    found = [one for number, row in lines if (one := _compared(number, row, steps, renamed, by_name))]
    at = [one for one in found if one.line == line]
    before = [one for one in found if line is None or one.line <= line]
    chosen = next(iter(before if len(before) == 1 else at or before), None)
    if chosen is None:
        return None
    return Departure(**{**vars(chosen), "alone": len(found) == 1})


def stands_for(row: str, steps: Sequence[Step]) -> Step | None:
    """Return the step that a line stands for: the one with most of it, or the one that makes its name."""
    best = _most_like(row, steps)
    return best[0] if best else None


def _most_like(row: str, steps: Sequence[Step]) -> tuple[Step, str, int] | None:
    """Return the step and its line that a typed line is most like, and where that line begins in the step."""
    best: tuple[float, tuple[Step, str, int] | None] = (LINE_LIKE, None)
    typed = [token.text for token in _tokens(row)]
    for step in steps:
        start = 0
        for line in step.code.splitlines():
            own = [token.text for token in _tokens(line)]
            same_name = bool(typed and own) and typed[0] == own[0] and "=" in typed[1:2] and own[1:2] == ["="]
            ratio = difflib.SequenceMatcher(None, typed, own, autojunk=False).ratio() + 0.25 * same_name
            if ratio > best[0]:
                best = (ratio, (step, line, start))
            start += len(line) + 1
    return best[1]


def _compared(
    number: int, row: str, steps: Sequence[Step], renamed: dict[str, str], by_name: bool
) -> Departure | None:
    found = _most_like(row, steps)
    if found is None:
        return None
    step, right, start = found
    typed, own = _tokens(row), _tokens(right)
    plain = [renamed.get(_plain(token), _plain(token)) for token in typed]
    if not by_name and [token.text for token in own[1:2]] == ["="]:
        if plain[1:2] == ["="]:
            plain[0] = _plain(own[0])
        else:
            own = own[2:]
    wanted = [_plain(token) for token in own]
    changes = [
        one
        for one in difflib.SequenceMatcher(None, plain, wanted, autojunk=False).get_opcodes()
        if one[0] != "equal"
    ]
    if not changes or ({"=", "..."} <= set(plain) and len(plain) == 3):
        return None
    first, last = changes[0], changes[-1]
    a, b, c, d = first[1], last[2], first[3], last[4]
    slip = _segment(row, typed, a, b)
    meant = _segment(right, own, c, d)
    widest = max(b - a, d - c)
    single = (widest <= FEW and (len(changes) == 1 or widest <= len(changes) + 1)) or (
        widest <= 2 * FEW and _bare(slip) == _bare(meant)
    )
    mended = _put(row, typed, a, b, meant)
    spot = (start + own[c].start, start + own[d - 1].end) if c < d else (0, 0)
    hidden = any(begin < spot[1] and spot[0] < end for begin, end in step.hidden)
    around = _segment(right, own, max(c - 1, 0), min(d + 1, len(own)))
    shown = not hidden or alike(slip, meant)
    return Departure(step, number, slip, meant, mended, around, shown, single, len(changes) == 1, False)


def alike(typed: str, meant: str, least: float = CLOSE) -> bool:
    """Tell whether what is typed is what is meant, mistyped or with other signs.

    >>> alike("0,20", "0.20"), alike("super_guest", '"super_guest"'), alike("", ")")
    (True, True, True)
    >>> alike("3", "300"), alike("<>", "==")
    (False, False)
    """
    a, b = _bare(typed), _bare(meant)
    if not a and not b:
        return not typed or not meant or bool(set(typed) & set(meant)) or set(meant) <= set(",.:()[]{}")
    if a == b:
        return True
    if not a or not b or b.isdigit():
        return False
    return difflib.SequenceMatcher(None, a, b).ratio() >= least


def _bare(text: str) -> str:
    """Return the letters and digits of a text; full-width ones as plain ones."""
    return re.sub(r"[\W_]+", "", text).casefold()


def _renamed(rows: Sequence[str], steps: Sequence[Step]) -> dict[str, str]:
    """Return the names that a learner gave to what the steps call otherwise."""
    found: dict[str, str] = {}
    theirs = {tokens[0].text for row in rows if len(tokens := _tokens(row)) > 2 and tokens[1].text == "="}
    ours = {tokens[0].text for step in steps if len(tokens := _tokens(step.code)) > 2}
    for row in rows:
        tokens, like = _tokens(row), _most_like(row, steps)
        if like is None or len(tokens) < 3 or tokens[1].text != "=":
            continue
        meant = _tokens(like[1])[0].text
        used = any(re.search(rf"(?<!\w){re.escape(tokens[0].text)}(?!\w)", one) for one in rows if one != row)
        if tokens[0].text not in ours and meant in ours - theirs and used:
            found[tokens[0].text] = meant
    return found


def _tokens(row: str) -> list[Token]:
    return [token for token in telling(scan(row)) if token.kind != "newline"]


def _plain(token: Token) -> str:
    text = FOREIGN.get(token.text, token.text) if token.kind == "sign" else token.text
    return text.replace("'", '"') if token.kind == "text" else text


def _segment(row: str, tokens: Sequence[Token], start: int, end: int) -> str:
    return row[tokens[start].start : tokens[end - 1].end] if start < end else ""


def _put(row: str, tokens: Sequence[Token], start: int, end: int, meant: str) -> str:
    """Return a line with the tokens from `start` to `end` replaced."""
    meant = f"{meant} " if meant.endswith(",") else meant
    if start < end:
        return (row[: tokens[start].start] + meant + row[tokens[end - 1].end :]).strip()
    if start < len(tokens):
        place = tokens[start].start
        gap = " " if row[place - 1 : place].isspace() and not meant.endswith(".") else ""
        return (row[:place] + meant + gap + row[place:]).strip()
    return (row.rstrip() + meant).strip()
