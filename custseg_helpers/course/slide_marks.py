"""What an author must keep to where a cell is marked for the slides: a slide says one thing, in few words."""

from collections.abc import Iterator

from custseg_helpers.course.markdown import parts
from custseg_helpers.course.source import Cell, Lesson, Problem, paired

MOST_ITEMS = 5
MOST_ROWS = 6
"""Of a table on a slide, its heading included."""
LONGEST_CODE = 12
"""Lines of code that people in the last row can follow."""


def slide_marks(lesson: Lesson) -> Iterator[Problem]:
    """Yield the cells that cannot become a slide, or would become a full one."""
    for cell in paired(lesson.lesson):
        if isinstance(cell, tuple):
            for side in cell:
                yield from _text(side)
        elif "slide-code" in cell.tags and len(cell.text.splitlines()) > LONGEST_CODE:
            yield Problem(
                cell.place,
                zh=f"幻灯片上的代码最多 {LONGEST_CODE} 行：改用 slide，只放结果。",
                en=f"Code on a slide has {LONGEST_CODE} lines at most: use slide, which shows the result alone.",
            )


def _text(cell: Cell) -> Iterator[Problem]:
    if not {"slide", "slide-only"} & set(cell.tags):
        return
    found = parts(cell.text)
    if cell.slide_only and not cell.text.startswith("## "):
        yield Problem(
            cell.place,
            zh="只放在幻灯片上的单元格以 `## 标题` 开头。",
            en="A cell for slides only begins with `## title`.",
        )
    if len(found.items) > MOST_ITEMS or any(rows > MOST_ROWS for rows, _ in found.tables):
        yield Problem(
            cell.place,
            zh=f"一张幻灯片最多 {MOST_ITEMS} 条，表格连表头最多 {MOST_ROWS} 行：分成两张。",
            en=f"A slide has {MOST_ITEMS} points, or a table of {MOST_ROWS} rows with its heading, at most: make two.",
        )
    if found.maths or found.images:
        yield Problem(
            cell.place,
            zh="幻灯片上没有公式，图由代码单元格给出（tags 里写 slide）。",
            en="Slides have no formulas, and their pictures come from code cells (slide in their tags).",
        )
