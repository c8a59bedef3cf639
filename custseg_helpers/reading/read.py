"""Reading one table from a file as people send it: CSV in any usual encoding, Excel with title rows, parquet.

Values stay as they are written (text, or Excel's own numbers and dates), each row under the number a spreadsheet
shows for it; `numbers` and `dates` read them, so that whatever cannot be read is named by row and column.
"""

import io
import zipfile
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, time
from pathlib import Path
from typing import Any

import pandas as pd

from custseg_helpers.reading.markup import is_markup, read_markup
from custseg_helpers.reading.packed import packed_table, unpacked
from custseg_helpers.reading.separated import read_separated
from custseg_helpers.reading.sheet import Sheet, heading, without_names
from custseg_helpers.words.text import T, UserError, listed

LARGEST_UNPACKED = 2**31
"""Bytes of an xlsx file unpacked; Excel's own limit of rows, well filled, is about half of it."""


def read_sheet(
    file: Path | str,
    *,
    sheet: str | None = None,
    header_row: int | None = None,
    encoding: str | None = None,
    separator: str | None = None,
    columns: list[str] | None = None,
) -> Sheet:
    """Read one table. What is not stated is found out from the file and told in `about` and `notes`.

    Args:
        file: CSV or other separated text, xlsx, xls or parquet; told apart by content, not by name.
        sheet: of an Excel file; the one with the most cells if not given.
        header_row: the row of column names as a spreadsheet counts it, from 1; found below title rows if not given.
        encoding: `"gb18030"`, `"big5"` …; found out if not given.
        separator: a comma, semicolon, bar or tab; found out if not given.
        columns: of a parquet file, read only these (those that it has).

    Raises:
        UserError: missing, empty, binary, password-protected or damaged file, no such sheet, no header.
    """
    file = Path(file)
    start = _first_bytes(file)
    _refuse_what_is_no_table(start, file)
    if start[:4] == b"PAR1":
        return _parquet(file, columns)
    if start[:4] == b"PK\x03\x04" and (inside := packed_table(file)):
        with unpacked(file, inside) as table:
            return replace(
                read_sheet(
                    table,
                    sheet=sheet,
                    header_row=header_row,
                    encoding=encoding,
                    separator=separator,
                    columns=columns,
                ),
                file=file,
            )
    if is_markup(start):
        return read_markup(file, header_row)
    if start[:4] == b"PK\x03\x04" or start[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        return _excel(file, sheet, header_row)
    return read_separated(file, header_row, encoding, separator)


def read_sheets(file: Path | str) -> list[Sheet]:
    """Read every table in a file: of an Excel file each sheet that has a header, the fullest first."""
    file = Path(file)
    first = read_sheet(file)
    if first.about["kind"] != "excel" or packed_table(file):
        return [first]
    return [first, *(found for name in first.about["other_sheets"] if (found := _with_header(file, name)))]


def _with_header(file: Path, name: str) -> Sheet | None:
    try:
        return read_sheet(file, sheet=name)
    except UserError:
        return None


NO_TABLES = {
    b"%PDF": T(zh="PDF 文件", en="a PDF"),
    b"{\\rtf": T(zh="文字文档", en="a text document"),
    b"\x89PNG": T(zh="图片", en="a picture"),
    b"\xff\xd8\xff": T(zh="图片", en="a picture"),
    b"GIF8": T(zh="图片", en="a picture"),
    b"\x1f\x8b": T(zh="压缩文件", en="a compressed file"),
    b"Rar!": T(zh="压缩文件", en="a compressed file"),
    b"7z\xbc\xaf": T(zh="压缩文件", en="a compressed file"),
    b"[": T(zh="JSON", en="JSON"),
    b"{": T(zh="JSON", en="JSON"),
}
"""How files begin that hold no table, and what they are."""


def _refuse_what_is_no_table(start: bytes, file: Path) -> None:
    begins = start.lstrip(b"\xef\xbb\xbf \t\r\n")
    for sign, what in NO_TABLES.items():
        if begins.startswith(sign) and (len(sign) > 1 or begins[1:].lstrip().startswith((b"{", b'"', b"["))):
            raise UserError(
                T(
                    zh="“{f}”是{what}，不是表格。请从系统导出 CSV 或 Excel（压缩文件先解压）。",
                    en="“{f}” is {what}, no table. Export CSV or Excel from your system (unpack what is compressed).",
                ).format(f=file.name, what=what)
            )


def _first_bytes(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            start = opened.read(4096)
    except FileNotFoundError:
        raise UserError(
            zh=f"找不到文件“{file}”。请检查文件名和所在文件夹；映射文件里的路径从映射文件所在文件夹算起。",
            en=f"There is no file “{file}”. Check its name and folder; paths in a mapping start at the mapping's folder.",
        ) from None
    except OSError as error:
        raise UserError(
            zh=f"打不开“{file}”：{error.strerror}。", en=f"“{file}” cannot be opened: {error.strerror}."
        ) from None
    if not start.strip():
        raise UserError(zh=f"文件“{file.name}”是空的。", en=f"The file “{file.name}” is empty.")
    return start


def _damaged(file: Path) -> UserError:
    return UserError(
        zh=f"文件“{file.name}”不完整或已损坏。请重新导出或重新下载。",
        en=f"The file “{file.name}” is incomplete or damaged. Export or download it again.",
    )


def _parquet(file: Path, columns: list[str] | None) -> Sheet:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(file) as opened:
            found = opened.schema_arrow.names
            wanted = found if columns is None else [name for name in found if name in columns]
            frame = opened.read(columns=wanted).replace_schema_metadata().to_pandas(integer_object_nulls=True)
    except (pa.ArrowException, OSError, ValueError):
        raise _damaged(file) from None
    frame = frame.reset_index(drop=True)
    frame.index = pd.RangeIndex(1, len(frame) + 1)
    return Sheet(frame, file, {"kind": "parquet", "columns": found})


def _check_unpacked(file: Path, content: bytes) -> None:
    """Refuse an xlsx file that would fill the memory: what it says of its size unpacked is looked at first."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            size = sum(part.file_size for part in packed.infolist())
    except (zipfile.BadZipFile, OSError, ValueError):
        raise _damaged(file) from None
    if size > LARGEST_UNPACKED:
        raise UserError(
            zh=f"“{file.name}”解压后有 {size / 2**30:.1f} GB，太大了。请另存为 CSV 再读。",
            en=f"“{file.name}” takes {size / 2**30:.1f} GB unpacked, which is too much. Save it as CSV and try again.",
        )


def _excel(file: Path, sheet: str | None, header_row: int | None) -> Sheet:
    content = file.read_bytes()
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise _locked(file)
    if content.startswith(b"PK"):
        _check_unpacked(file, content)
    sizes, hidden = _sheets(content, sheet, file)
    if sheet is not None and sheet not in sizes:
        raise UserError(
            T(
                zh="“{file}”里没有工作表“{sheet}”。有：{sheets}。",
                en="“{file}” has no sheet “{sheet}”. It has: {sheets}.",
            ).format(file=file.name, sheet=sheet, sheets=listed(sizes))
        )
    if not sizes:
        raise _damaged(file)
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


Cells = dict[str, list[list[Any]]]


def _sheets(content: bytes, sheet: str | None, file: Path) -> tuple[Cells, list[str]]:
    """Return the cells of each sheet, or of the one that is asked for and there, and which sheets are hidden; empty cells are `""`."""
    try:
        from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum
    except ModuleNotFoundError:  # a browser has no calamine
        return _sheets_without_calamine(content, sheet, file)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        hidden = [one.name for one in book.sheets_metadata if one.visible != SheetVisibleEnum.Visible]
        wanted = [sheet] if sheet in book.sheet_names else book.sheet_names
        return {
            name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in wanted
        }, hidden
    except (CalamineError, OSError, ValueError) as error:
        raise (_locked if "password" in str(error).lower() else _damaged)(file) from None


def _sheets_without_calamine(content: bytes, sheet: str | None, file: Path) -> tuple[Cells, list[str]]:
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
        raise _damaged(file) from None


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


def _locked(file: Path) -> UserError:
    return UserError(
        zh=f"“{file.name}”有密码保护。请在 Excel 里打开，取消密码后另存再读。",
        en=f"“{file.name}” is protected by a password. Open it in Excel, save it without one, and try again.",
    )


def _cells(rows: list[list[Any]]) -> int:
    return sum(value not in ("", None) for row in rows for value in row)
