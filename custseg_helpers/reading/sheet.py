"""A table as it stands in a file: its cells, where its header is, what its columns are called."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from custseg_helpers.reading.numbers import number
from custseg_helpers.words.text import T, UserError

LOOK_AHEAD = 40
"""Rows looked at to find the header under title rows."""


@dataclass(frozen=True)
class Sheet:
    """A table as it stands in a file. The index holds row numbers as a spreadsheet counts them."""

    frame: pd.DataFrame
    file: Path
    about: dict[str, Any]
    """how it was read: kind, encoding, separator, sheet, header_row"""
    notes: tuple[T, ...] = ()
    parts: tuple[tuple[int, str, int], ...] = ()
    """of a table in several files: rows before the file, its name, rows above its first"""

    def located(self, rows: pd.Series) -> pd.DataFrame:
        """Return in which `file` and in which `row` of it rows stand.

        >>> sheet = Sheet(pd.DataFrame(), Path("parts"), {}, parts=((0, "jan.csv", 1), (2, "feb.csv", 1)))
        >>> sheet.located(pd.Series([1, 2, 3])).values.tolist()
        [['jan.csv', 2], ['jan.csv', 3], ['feb.csv', 2]]
        """
        if not self.parts:
            return pd.DataFrame({"file": self.file.name, "row": rows})
        starts = np.array([start for start, _, _ in self.parts])
        names = np.array([name for _, name, _ in self.parts], dtype=object)
        above = np.array([rows_above for _, _, rows_above in self.parts])
        part = np.searchsorted(starts, rows.to_numpy(dtype="int64"), side="left") - 1
        return pd.DataFrame({"file": names[part], "row": rows + above[part] - starts[part]}, index=rows.index)

    def row_name(self, row: int) -> T:
        """Return what to call a row in a message."""
        found = self.located(pd.Series([row])).iloc[0]
        if not self.parts:
            return T(zh=f"第 {row} 行", en=f"row {row}")
        return T(zh=f"“{found['file']}”第 {found['row']} 行", en=f"row {found['row']} of “{found['file']}”")


def find_header_row(rows: list[list[Any]], file: Path) -> int:
    """Find the first row that is as full as the table below it and holds names only."""
    ahead = rows[:LOOK_AHEAD]
    filled = [sum(value not in ("", None) for value in row) for row in ahead]
    usual = max(
        Counter(count for count in filled if count).items(),
        key=lambda item: (item[1], item[0]),
        default=(0, 0),
    )[0]
    for place, (row, count) in enumerate(zip(ahead, filled, strict=True), 1):
        names = [value for value in row if value not in ("", None)]
        if (
            count
            and count >= 0.6 * usual
            and all(isinstance(name, str) and number(name) is None for name in names)
        ):
            return place
    raise no_header(file)


def no_header(file: Path) -> UserError:
    """Return what to say where there is no row of names."""
    return UserError(
        zh=f"在“{file.name}”里找不到表头（列名所在的行）。请在映射文件里写 header_row = 行号。",
        en=f"No row of column names was found in “{file.name}”. Write header_row = (row number) in the mapping.",
    )


def column_names(cells: list[Any]) -> list[str]:
    """Return the column names of a header row, trimmed; a column without a name is called by its place.

    >>> column_names(["单号 ", "", 2024.0])
    ['单号', '#2', '2024']
    """
    cells = [int(cell) if isinstance(cell, float) and cell.is_integer() else cell for cell in cells]
    return [" ".join(str(cell or "").split()) or f"#{place}" for place, cell in enumerate(cells, 1)]
