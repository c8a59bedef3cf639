"""What is said of an error: the place, the likely cause, the repair; in few lines."""

from dataclasses import dataclass

from custseg_helpers.words.text import T, verbatim

MOST_LINES = 6
MOST_TEXT = 60
"""Characters of a line that are shown; more is cut."""


@dataclass(frozen=True)
class Explanation:
    """The words for one error. `line` counts from 1 in the cell; `piece` is code, as typed.

    >>> print(Explanation(T(zh="少了括号。", en="A bracket is missing."), T(zh="补上。", en="Put it in."), 2, "len(a").text.en)
    ✗ Line 2: `len(a`
    A bracket is missing.
    → Put it in.
    """

    cause: T
    repair: T
    line: int | None = None
    piece: str = ""
    kind: str = ""
    """What Python calls the error; lessons and colleagues call it so, too."""
    general: bool = False
    """Whether it only says where, and what may be the matter in general."""

    @property
    def text(self) -> T:
        """The whole, in at most six lines."""
        place = (
            T(zh="✗ 第 {n} 行", en="✗ Line {n}")
            if self.line
            else T(zh="✗ 这一格没有做完", en="✗ This cell did not finish")
        )
        if self.kind:
            place += T(zh="（{kind}）", en=" ({kind})")
        if self.piece:
            place += T(zh="：`{piece}`", en=": `{piece}`")
        said = [place.format(n=self.line, piece=self.piece, kind=self.kind), self.cause]
        said += [verbatim("→ ") + self.repair] if self.repair else []
        return verbatim("\n").join(said).map(_shortened)


def _shortened(text: str) -> str:
    lines = [line for line in text.splitlines() if line.strip()]
    return "\n".join(lines if len(lines) <= MOST_LINES else [*lines[: MOST_LINES - 1], "…"])


def cut(text: str) -> str:
    """Return a text that is short enough to stand in a message."""
    return text if len(text) <= MOST_TEXT else text[: MOST_TEXT - 1] + "…"
