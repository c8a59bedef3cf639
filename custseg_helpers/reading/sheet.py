"""A table as it stands in a file: its cells, where its header is, what its columns are called."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from custseg_helpers.reading.dates import Ambiguous, day
from custseg_helpers.reading.numbers import number
from custseg_helpers.words.text import T, UserError, listed

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


def filled_cells(sheet: Sheet) -> int:
    """Return how many cells of a sheet hold something."""
    return int(sheet.frame.notna().to_numpy().sum())


class Heading(NamedTuple):
    """What the columns of a table are called, and where that stands."""

    names: list[str]
    row: int
    """the row of column names as a spreadsheet counts it; 0: there is none"""
    above: int
    """rows above the first row of data"""


def heading(rows: list[list[Any]], header_row: int | None, file: Path) -> Heading:
    """Find what columns are called: by the row that is stated, or the first that holds names only; names in two rows are one.

    Where there is none and the first row is like the rows below it, columns are called by their place: `#1`, `#2` …

    Raises:
        UserError: no row of names, and nothing that looks like a table without one.
    """
    if header_row is not None and header_row > len(rows):
        raise no_header(file)
    row = _header_row(rows) if header_row is None else header_row
    if row == 0:
        first = _first_of_data(rows)
        if first is None:
            raise no_header(file)
        return Heading([f"#{place}" for place in range(1, len(rows[first]) + 1)], 0, first)
    below = rows[row] if row < len(rows) else []
    if _is_second_header(rows, row):
        return Heading(_of_two_rows(column_names(rows[row - 1]), rows[row - 1], below), row, row + 1)
    return Heading(column_names(rows[row - 1]), row, row)


def _filled(row: Sequence[Any]) -> int:
    return sum(value not in ("", None) for value in row)


def _usual_width(rows: list[list[Any]]) -> int:
    counts = Counter(count for row in rows[:LOOK_AHEAD] if (count := _filled(row)))
    return max(counts.items(), key=lambda item: (item[1], item[0]), default=(0, 0))[0]


def _header_row(rows: list[list[Any]]) -> int:
    """Find the first row that is as full as the table below it and holds names only; 0 where there is none."""
    usual = _usual_width(rows)
    for place, row in enumerate(rows[:LOOK_AHEAD], 1):
        kinds = [kind for cell in row if (kind := _kind(cell))]
        if not kinds or len(kinds) < 0.6 * usual or "number" in kinds:
            continue
        if "date" in kinds and (any(not isinstance(cell, str) for cell in row) or _as_below(rows, place - 1)):
            continue
        return place
    return 0


def _kind(cell: Any) -> str:
    """Tell whether a cell is a number, a date or a text; an empty text where it is empty."""
    if cell in ("", None):
        return ""
    if not isinstance(cell, str):
        return "date" if hasattr(cell, "year") else "number"
    if number(cell) is not None:
        return "number"
    if any(letter.isdigit() for letter in cell) and len(cell) < 60:
        try:
            day(cell)
        except Ambiguous:
            return "date"
        except (ValueError, OverflowError):
            return "text"
        return "date"
    return "text"


def _typed_below(rows: list[list[Any]], place: int) -> dict[int, str]:
    """Return the columns that hold dates or numbers in nearly all rows below one."""
    found = {}
    for column in range(len(rows[place])):
        kinds = [_kind(row[column]) for row in rows[place + 1 : place + 1 + LOOK_AHEAD] if column < len(row)]
        kinds = [kind for kind in kinds if kind]
        for kind in ("date", "number"):
            if kinds and kinds.count(kind) >= 0.8 * len(kinds):
                found[column] = kind
    return found


def _as_below(rows: list[list[Any]], place: int) -> bool:
    """Tell whether a row has dates and numbers where the rows below have them, as data have and names have not."""
    typed = _typed_below(rows, place)
    cells = {column: _kind(rows[place][column]) for column in typed}
    return (
        bool(typed)
        and all(cells[column] in (kind, "") for column, kind in typed.items())
        and any(cells.values())
    )


def _first_of_data(rows: list[list[Any]]) -> int | None:
    """Return the place of the first row of a table without names; None where nothing looks like one."""
    usual = _usual_width(rows)
    for place, row in enumerate(rows[:LOOK_AHEAD]):
        if usual >= 2 and _filled(row) >= 0.6 * usual:
            return place if _as_below(rows, place) else None
    return None


def _is_second_header(rows: list[list[Any]], row: int) -> bool:
    """Tell whether the row below the names holds names too: texts only, where two columns or more have dates or numbers."""
    if row + 2 > len(rows):
        return False
    kinds = [_kind(cell) for cell in rows[row]]
    typed = _typed_below(rows, row)
    return (
        set(kinds) <= {"text", ""}
        and sum(kinds[column] == "text" for column in typed if column < len(kinds)) >= 2
    )


def _of_two_rows(names: list[str], top: list[Any], bottom: list[Any]) -> list[str]:
    """Return the names of columns in two rows: the upper one, or under a heading of several columns the lower one.

    >>> _of_two_rows(["no", "paid", "#3", "day"], ["no", "paid", "", "day"], ["", "goods", "postage", "dd/mm"])
    ['no', 'goods', 'postage', 'day']
    """
    lower = [*column_names(bottom), *names[len(bottom) :]]
    made, group = [], ""
    for place, name in enumerate(names):
        here, after = bool(top[place]), place + 1 < len(top) and not top[place + 1]
        group = "" if here else group
        if here and after and place + 1 < len(bottom) and bottom[place + 1]:
            group = name
        made.append((group, lower[place]) if group or not here else ("", name))
    plain = [last for _, last in made]
    return [f"{group} {last}" if group and plain.count(last) > 1 else last for group, last in made]


def damaged(file: Path) -> UserError:
    """Return what to say of a file that ends too early or makes no sense."""
    return UserError(
        zh=f"文件“{file.name}”不完整或已损坏。请重新导出或重新下载。",
        en=f"The file “{file.name}” is incomplete or damaged. Export or download it again.",
    )


def no_header(file: Path) -> UserError:
    """Return what to say where there is no row of names."""
    return UserError(
        zh=f"在“{file.name}”里找不到表头（列名所在的行）。请在映射文件里写 header_row = 行号；没有表头就写 0。",
        en=f"No row of column names was found in “{file.name}”. Write header_row = (row number) in the mapping, 0 where there is none.",
    )


def column_names(cells: list[Any]) -> list[str]:
    """Return the column names of a header row, trimmed; a column without a name is called by its place.

    >>> column_names(["单号 ", "", 2024.0])
    ['单号', '#2', '2024']
    """
    cells = [int(cell) if isinstance(cell, float) and cell.is_integer() else cell for cell in cells]
    return [" ".join(str(cell or "").split()) or f"#{place}" for place, cell in enumerate(cells, 1)]


def without_names(file: Path, frame: pd.DataFrame) -> T:
    """Return what to say of a table whose columns have no names."""
    first = listed(
        f"#{place} = {cell}" for place, cell in enumerate(frame.iloc[0].tolist()[:6], 1) if cell is not None
    )
    return T(
        zh="“{f}”没有表头，各列按位置叫 #1、#2……；第一行是：{first}。请核对哪一列是什么。",
        en="“{f}” has no row of column names; columns are called #1, #2 … by their place. The first row: {first}. Check which is which.",
    ).format(f=file.name, first=first)
