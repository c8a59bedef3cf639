"""The process that reads Excel files for `workbook_aside`: calamine, limits, and nothing else of the package.

A question is a file and the sheet that is wanted; the answer its cells, or what was the trouble. Both are pickles.
It ends when nobody can ask any more.
"""

import os
import pickle
import sys
from typing import Any


def read(file: str, sheet: str | None, longest: int) -> dict[str, Any]:
    """Return the cells of the sheets of a file, or of the one that is asked for and there, and which are hidden."""
    from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

    try:
        book = CalamineWorkbook.from_path(file)
        hidden = [one.name for one in book.sheets_metadata if one.visible != SheetVisibleEnum.Visible]
        wanted = [sheet] if sheet in book.sheet_names else book.sheet_names
        cells = {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in wanted}
    except (CalamineError, OSError, ValueError) as error:
        return {"trouble": "password" if "password" in str(error).lower() else "damaged"}
    for rows in cells.values():
        if any(isinstance(cell, str) and len(cell) > longest for row in rows for cell in row):
            return {"trouble": "cell"}
    return {"cells": cells, "hidden": hidden}


def main() -> None:
    """Answer until nobody asks any more."""
    asked, told = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    confine(int(sys.argv[1]))
    while True:
        try:
            request = pickle.load(asked)
        except EOFError:
            return
        try:
            answer = read(**request)
        except BaseException:  # a panic of calamine is no Exception
            answer = {"trouble": "memory"}
        pickle.dump(answer, told, protocol=pickle.HIGHEST_PROTOCOL)
        told.flush()


def confine(memory: int) -> None:
    """Limit the memory, where the system can, and leave no core file behind."""
    try:
        import resource
    except ImportError:  # Windows: the extent and the clock
        return
    for kind, most in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CORE, 0)):
        hard = resource.getrlimit(kind)[1]
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        try:
            resource.setrlimit(kind, (most, most))
        except (OSError, ValueError):  # macOS keeps no such limit: the extent and the clock
            continue


if __name__ == "__main__":
    main()
