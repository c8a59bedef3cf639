"""The steps of a model answer, as `exercise.py` marks them: a comment above each, and the parts that become blanks.

    # BEGIN SOLUTION
    # zh: 只留购买的行
    # en: keep the purchases
    # blank: "quantity"
    bought = orders[orders["quantity"] > 0]
    # zh: 数不同的客户
    # en: count different customers
    # blank: "customer_id"
    # blank: nunique
    buyers = bought["customer_id"].nunique()
    # END SOLUTION

What a blank hides stands behind `# blank:`, in the order of the code, so that filling the blanks in gives the answer.
"""

import io
import tokenize
from collections.abc import Iterator

from custseg_helpers.course.source import Cell, Problem
from custseg_helpers.files.cells import blanks as blanks_left
from custseg_helpers.steps.stored import Step
from custseg_helpers.words.text import T, listed

BLANKED = "# blank: "
FEWEST, MOST = 2, 5
"""Steps of an answer."""


def has_steps(cell: Cell) -> bool:
    """Tell whether an answer's cell marks its steps."""
    return any(line.startswith(BLANKED) for line in cell.text.splitlines())


def without_marks(lines: tuple[str, ...]) -> str:
    """Return an answer's code without the lines that mark blanks.

    >>> without_marks(("# blank: 1", "few = 1"))
    'few = 1'
    """
    return "\n".join(line for line in lines if not line.startswith(BLANKED))


def steps(cell: Cell, first: int, lines: tuple[str, ...]) -> tuple[Step, ...]:
    """Return the steps of an answer that is in one language already; none where nothing marks them.

    Args:
        cell: the answer's cell, to say where something is wrong.
        first: the line of the cell where the answer begins, from 1.
        lines: the answer's lines.
    """
    heads = [line for line in _comments(lines) if not lines[line].startswith(BLANKED)]
    if not heads:
        return ()
    if heads[0] != 0 or not FEWEST <= len(heads) <= MOST:
        raise Problem(
            cell.at(first),
            zh=f"答案分成 {FEWEST} 到 {MOST} 步，每步上面有一行说明（# zh: 和 # en:），第一步从第一行开始；这里有 {len(heads)} 步。",
            en=f"An answer has {FEWEST} to {MOST} steps, each below a comment (# zh: and # en:), the first at the top; here are {len(heads)}.",
        )
    found = []
    for start, end in zip(heads, [*heads[1:], len(lines)], strict=True):
        own = lines[start + 1 : end]
        blanks = tuple(line.removeprefix(BLANKED).strip() for line in own if line.startswith(BLANKED))
        code = without_marks(own).strip("\n")
        step = Step(lines[start].removeprefix("# "), code, blanks)
        if blanks_left(step.with_blanks) != len(blanks):
            raise Problem(
                cell.at(first + start),
                T(
                    zh="这一步里放不下这些空：{marks}。每个都要在代码里，次序一样，不能在一个名字的中间。",
                    en="The blanks of this step do not fit: {marks}. Each stands in the code, in this order, and not within a name.",
                ).format(marks=listed(blanks)),
            )
        found.append(step)
    if not any(step.blanks for step in found):
        raise Problem(
            cell.at(first),
            zh=f"每个答案至少要留一个空：{BLANKED}…",
            en=f"An answer has one blank at least: {BLANKED}…",
        )
    return tuple(found)


def _comments(lines: tuple[str, ...]) -> Iterator[int]:
    """Yield the places of the comments that stand at the beginning of a line, and not within a text."""
    for token in tokenize.generate_tokens(io.StringIO("\n".join(lines) + "\n").readline):
        if token.type == tokenize.COMMENT and token.start[1] == 0:
            yield token.start[0] - 1
