"""Excel files: refused by their extent first, then read by calamine in a process of its own; title rows and sheets told."""

import io
import zipfile
from collections.abc import Iterable
from datetime import datetime, time
from pathlib import Path
from typing import Any

import pandas as pd

from custseg_helpers.reading.extent import LARGEST, check_extent, too_large
from custseg_helpers.reading.sheet import Sheet, damaged, heading, without_names
from custseg_helpers.reading.workbook_aside import ask, locked
from custseg_helpers.words.text import T, UserError, listed


def read_workbook(file: Path, sheet: str | None, header_row: int | None) -> Sheet:
    """Read a sheet of an Excel file; what is not stated is found out. Errors as for `read_sheet`."""
    sizes, hidden = sheets(_content(file), sheet, file)
    if sheet is not None and sheet not in sizes:
        raise UserError(
            T(
                zh="“{file}”里没有工作表“{sheet}”。有：{sheets}。",
                en="“{file}” has no sheet “{sheet}”. It has: {sheets}.",
            ).format(file=file.name, sheet=sheet, sheets=listed(sizes))
        )
    if not sizes:
        raise damaged(file)
    shown = [name for name in sizes if name not in hidden and len(sizes[name]) > 1] or list(sizes)
    chosen = sheet or max(shown, key=lambda name: _cells(sizes[name]))
    rows = sizes[chosen]
    if not _cells(rows):
        raise UserError(
            zh=f"“{file.name}”的工作表“{chosen}”是空的。", en=f"Sheet “{chosen}” of “{file.name}” is empty."
        )
    names, header, above = heading(rows, header_row, file)
    frame = pd.DataFrame(
        {place: pd.Series([row[place] for row in rows[above:]], dtype=object) for place in range(len(names))}
    )
    frame.columns = pd.Index(names, dtype=object)
    frame = frame.where(frame.ne(""), None)
    frame.index = pd.RangeIndex(above + 1, above + 1 + len(frame))
    others = [name for name in sizes if name != chosen and _cells(sizes[name]) and name not in hidden]
    unseen = [name for name in hidden if name != chosen and _cells(sizes.get(name, []))]
    notes: tuple[T, ...] = ()
    if others and sheet is None:
        notes = (
            T(
                zh="“{file}”有多个工作表，读的是内容最多的“{chosen}”；没读的有：{others}。",
                en="“{file}” has several sheets; read was the fullest, “{chosen}”, not {others}.",
            ).format(file=file.name, chosen=chosen, others=listed(others)),
        )
    if unseen:
        said = T(
            zh="“{f}”有隐藏的工作表，没读：{h}。要用就取消隐藏，或写 --sheet。",
            en="“{f}” has hidden sheets, which were not read: {h}. Unhide them, or name one with --sheet.",
        )
        notes = (*notes, said.format(f=file.name, h=listed(unseen)))
    if not header:
        notes = (*notes, without_names(file, frame))
    about = {"kind": "excel", "sheet": chosen, "header_row": header, "other_sheets": others}
    return Sheet(frame, file, about, notes)


def first_sheet(file: Path) -> list[list[Any]]:
    """Return every cell of a workbook's first sheet as it stands, empty ones as `""`. Errors as for `read_sheet`."""
    cells, _ = sheets(_content(file), None, file)
    return next(iter(cells.values()), [])


def _content(file: Path) -> bytes:
    """Return a workbook's bytes, if it is not locked and not too large to be opened."""
    if file.stat().st_size > LARGEST:
        raise too_large(file, file.stat().st_size)
    content = file.read_bytes()
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise locked(file)
    if content.startswith(b"PK"):
        check_extent(file, content)
    return content


Cells = dict[str, list[list[Any]]]


def sheets(content: bytes, sheet: str | None, file: Path) -> tuple[Cells, list[str]]:
    """Return the cells of each sheet, or of the one that is asked for and there, and which sheets are hidden; empty cells are `""`."""
    try:
        import python_calamine  # noqa: F401
    except ModuleNotFoundError:  # a browser has no calamine, and no processes
        return sheets_without_calamine(content, sheet, file)
    return ask(file, sheet, len(content))


def sheets_without_calamine(content: bytes, sheet: str | None, file: Path) -> tuple[Cells, list[str]]:
    """Read xlsx by openpyxl, slower by a factor of seven and without the old xls."""
    from openpyxl import load_workbook

    if not content.startswith(b"PK"):
        raise UserError(
            zh=f"浏览器里读不了旧格式“{file.name}”。请在 Excel 里打开，另存为 .xlsx 再读。",
            en=f"A browser cannot read the old format of “{file.name}”. Open it in Excel, save it as .xlsx, and try again.",
        )
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        wanted: list[str] = [sheet] if sheet and sheet in book.sheetnames else book.sheetnames
        hidden = [one.title for one in book.worksheets if one.sheet_state != "visible"]
        return {name: _padded(book[name].iter_rows(values_only=True)) for name in wanted}, hidden
    except (OSError, ValueError, KeyError, TypeError, SyntaxError, zipfile.BadZipFile):
        raise damaged(file) from None


def _padded(rows: Iterable[tuple[Any, ...]]) -> list[list[Any]]:
    """Return rows of one length as calamine gives them: midnight is a date, a whole number a float, nothing is `""`."""
    cells = [[_as_calamine(value) for value in row] for row in rows]
    width = max(map(len, cells), default=0)
    return [row + [""] * (width - len(row)) for row in cells]


def _as_calamine(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, datetime) and value.time() == time():
        return value.date()
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _cells(rows: list[list[Any]]) -> int:
    return sum(value not in ("", None) for row in rows for value in row)
