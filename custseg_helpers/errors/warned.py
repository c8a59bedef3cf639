"""Warnings of a learner's cell in words: one line in her language where there is something to do, none where not."""

import linecache
import re
import warnings
from html import escape
from typing import Any

from custseg_helpers.words.text import T, verbatim

NOT_HERS = (
    "FutureWarning",
    "DeprecationWarning",
    "PendingDeprecationWarning",
    "Pandas4Warning",
    "Pandas5Warning",
)
"""What will be written otherwise in a later version: nothing that whoever writes a cell today has to know."""


BEING_READ = ("<unknown>", "<>")
"""What a cell is called while Python reads it."""


def in_words(kind: str, said: str) -> T | None:
    """Say what a warning means and what to do; `None` for one that asks nothing of the learner.

    >>> print(in_words("RuntimeWarning", "divide by zero encountered in log").within("en"))
    Something was divided by 0 (or a logarithm taken of it): such places become `inf` or empty. See which rows have a 0.
    >>> in_words("FutureWarning", "will change") is None
    True
    """
    if "invalid escape sequence" in said:
        return T(
            zh='文字里的反斜杠 `\\` 有特别的意思。文件路径写成 `r"…"`，或者用 `/`。',
            en='A backslash, `\\`, in a text means something of its own. Write a path as `r"…"`, or with `/`.',
        )
    if kind in NOT_HERS:
        return None
    if kind in ("SettingWithCopyWarning", "ChainedAssignmentError"):
        return T(
            zh='这样写改的是一份副本，原来的表没有变。写成 `表.loc[条件, "列"] = 值`；要改筛选出来的表，先接 `.copy()`。',
            en='This changes a copy and not the table itself. Write `table.loc[condition, "column"] = value`; to change a filtered table, make it with `.copy()` first.',
        )
    if kind == "RuntimeWarning" and re.search("divide by zero|division by zero", said):
        return T(
            zh="有的地方除以了 0（或对 0 取对数），结果是 `inf` 或空。看看哪些行是 0。",
            en="Something was divided by 0 (or a logarithm taken of it): such places become `inf` or empty. See which rows have a 0.",
        )
    if kind == "RuntimeWarning" and re.search("invalid value|Mean of empty|All-NaN|Degrees of freedom", said):
        return T(
            zh="有的地方算不出数（0 除以 0、负数开方、一行也没有），结果是空的。看看那几行，或者筛选后还剩几行。",
            en="Some places give no number (0 by 0, the root of a negative one, no rows at all) and are empty. Look at these rows, or at how many the filter left.",
        )
    if kind == "SyntaxWarning" and "perhaps you missed a comma" in said:
        return T(
            zh="两样东西之间大概少了逗号 `,`。", en="A comma, `,`, is probably missing between two things."
        )
    if glyph := re.search(r"Glyph (\d+)", said):
        return T(
            zh="图的字体里没有“{sign}”这个字，图上会是方框。先运行第一个代码单元格，它会换上有中文的字体。",
            en="The picture's font lacks the character “{sign}”, which shows as a box. Run the first code cell: it sets a font that has it.",
        ).format(sign=chr(int(glyph[1])))
    if "Could not infer format" in said or "dayfirst" in said:
        return T(
            zh="这一列日期有好几种写法，可能读错。用课程的 `dates(列)[0]`。",
            en="The dates of this column are written in several ways and may be misread. Use the course's `dates(column)[0]`.",
        )
    return T(
        zh="Python 提醒了一句；这一格照常运行了，结果还在。",
        en="Python remarks on something; the cell has run, and its result is there.",
    )


def of_a_cell(file: str) -> bool:
    """Tell whether a warning comes from a cell of the notebook, and not from a library.

    >>> of_a_cell("<ipython-input-3-a1b2>"), of_a_cell("/tmp/ipykernel_12/77.py"), of_a_cell("/lib/pandas/core.py")
    (True, True, False)
    """
    return file.startswith("<ipython-input") or "ipykernel_" in file or file in BEING_READ


def explain_warnings(shell: Any) -> None:
    """Have a shell say the warnings of its cells in words, the original folded below; others stay as they are."""
    plain = warnings.showwarning
    shown: set[tuple[str, int]] = set()

    def show(
        message: Any,
        category: type[Warning],
        filename: str,
        lineno: int,
        file: Any = None,
        line: str | None = None,
    ) -> None:
        said = str(message)
        if file is not None or not (of_a_cell(filename) or said.startswith("Glyph ")):
            plain(message, category, filename, lineno, file, line)
            return
        piece = linecache.getline(filename, lineno).strip() if of_a_cell(filename) else ""
        words = in_words(category.__name__, said)
        if words is not None and (said, lineno) not in shown:
            shown.add((said, lineno))
            _publish(shell, words, lineno if piece else None, piece, f"{category.__name__}: {said}")

    warnings.showwarning = show  # type: ignore[assignment]
    shell.events.register("post_run_cell", lambda _: shown.clear())


def _publish(shell: Any, words: T, line: int | None, piece: str, original: str) -> None:
    place = T(zh="", en="")
    if line:
        place = T(zh="第 {n} 行 `{piece}`：", en="Line {n}, `{piece}`: ").format(n=line, piece=piece[:60])
    said = str(verbatim("△ ") + place + words)
    title = T(zh="Python 的原话（英文）", en="Python's own words")
    page = (
        f"<div>{escape(said)}</div><details><summary>{title}</summary><pre>{escape(original)}</pre></details>"
    )
    shell.display_pub.publish(data={"text/plain": said, "text/html": page})
