"""Reading one table from a file as people send it: CSV in any usual encoding, Excel with title rows, parquet.

Values stay as they are written (text, or Excel's own numbers and dates), each row under the number a spreadsheet
shows for it; `numbers` and `dates` read them, so that whatever cannot be read is named by row and column.
"""

import csv
import io
import unicodedata
import warnings
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from custseg_helpers.data.encodings import decode, encoding_of
from custseg_helpers.text import T, UserError

SEPARATORS = (",", ";", "\t", "|")
LOOK_AT = 400_000
"""Characters looked at to understand a text file."""
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
    if start[:4] == b"PAR1":
        return _parquet(file, columns)
    if start[:4] == b"PK\x03\x04" or start[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        return _excel(file, sheet, header_row)
    return _text(file, header_row, encoding, separator)


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
        found = pq.read_schema(file).names
        wanted = found if columns is None else [name for name in found if name in columns]
        frame = pq.read_table(file, columns=wanted).to_pandas()
    except (pa.ArrowException, OSError):
        raise _damaged(file) from None
    frame = frame.reset_index(drop=True)
    frame.index = pd.RangeIndex(1, len(frame) + 1)
    return Sheet(frame, file, {"kind": "parquet", "columns": found})


def _excel(file: Path, sheet: str | None, header_row: int | None) -> Sheet:
    from python_calamine import CalamineError, CalamineWorkbook

    content = file.read_bytes()
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise _locked(file)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        sizes = {
            name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names
        }
    except (CalamineError, OSError, ValueError) as error:
        raise (_locked if "password" in str(error).lower() else _damaged)(file) from None
    if sheet is not None and sheet not in sizes:
        raise UserError(
            zh=f"“{file.name}”里没有工作表“{sheet}”。有：{'、'.join(sizes)}。",
            en=f"“{file.name}” has no sheet “{sheet}”. It has: {', '.join(sizes)}.",
        )
    chosen = sheet or max(sizes, key=lambda name: _cells(sizes[name]))
    rows = sizes[chosen]
    if not _cells(rows):
        raise UserError(
            zh=f"“{file.name}”的工作表“{chosen}”是空的。", en=f"Sheet “{chosen}” of “{file.name}” is empty."
        )
    header = header_row or _header_row(rows, file)
    if header > len(rows):
        raise _no_header(file)
    names = column_names(rows[header - 1])
    frame = pd.DataFrame(
        {place: pd.Series([row[place] for row in rows[header:]], dtype=object) for place in range(len(names))}
    )
    frame.columns = pd.Index(names, dtype=object)
    frame = frame.where(frame.ne(""), None)
    frame.index = pd.RangeIndex(header + 1, header + 1 + len(frame))
    others = [name for name in sizes if name != chosen and _cells(sizes[name])]
    notes: tuple[T, ...] = ()
    if others and sheet is None:
        notes = (
            T(
                zh=f"“{file.name}”有多个工作表，读的是内容最多的“{chosen}”；没读的有：{'、'.join(others)}。",
                en=f"“{file.name}” has several sheets; read was the fullest, “{chosen}”, not {', '.join(others)}.",
            ),
        )
    return Sheet(frame, file, {"kind": "excel", "sheet": chosen, "header_row": header}, notes)


def _locked(file: Path) -> UserError:
    return UserError(
        zh=f"“{file.name}”有密码保护。请在 Excel 里打开，取消密码后另存再读。",
        en=f"“{file.name}” is protected by a password. Open it in Excel, save it without one, and try again.",
    )


def _cells(rows: list[list[Any]]) -> int:
    return sum(value not in ("", None) for row in rows for value in row)


def _text(file: Path, header_row: int | None, encoding: str | None, separator: str | None) -> Sheet:
    with file.open("rb") as opened:
        begin = opened.read(4 * LOOK_AT)
    if len(begin) == 4 * LOOK_AT and len(begin.splitlines()) < 3 and not _binary(begin):
        raise _endless(file)
    content = file.read_bytes()
    if _binary(content):
        raise UserError(
            zh=f"“{file.name}”不是表格文件（二进制内容）。能读的有：CSV、xlsx、xls、parquet。",
            en=f"“{file.name}” is no table (binary content). What can be read: CSV, xlsx, xls, parquet.",
        )
    text, codec, note = decode(content, encoding, file.name)
    del content
    separator = separator or _separator(text)
    if separator not in SEPARATORS:
        raise UserError(
            zh=f"分隔符“{separator}”不支持，可用：, ; | 和制表符。",
            en=f"The separator “{separator}” is not supported; use , ; | or a tab.",
        )
    start = _start(text, separator, file)
    header = header_row or _header_row(start, file)
    if header > len(start):
        raise _no_header(file)
    names = column_names(start[header - 1])
    frame = _frame(text, file, separator, header, len(names))
    frame.columns = pd.Index(names, dtype=object)
    frame.index = pd.RangeIndex(header + 1, header + 1 + len(frame))
    about = {"kind": "text", "encoding": codec, "separator": separator, "header_row": header}
    return Sheet(frame, file, about, (note,) if note else ())


def _start(text: str, separator: str, file: Path) -> list[list[str]]:
    """Return the first rows; where not even two fit into what is looked at, this is no table."""
    try:
        rows = list(csv.reader(io.StringIO(text[:LOOK_AT], newline=""), delimiter=separator))
    except csv.Error:
        rows = []
    if len(text) > LOOK_AT and len(rows) < 3:
        raise _endless(file)
    return rows


def _endless(file: Path) -> UserError:
    return UserError(
        zh=f"“{file.name}”的一行长得不像表格（超过 {LOOK_AT:,} 个字符）。请检查分隔符、引号和换行，或重新导出。",
        en=f"A row of “{file.name}” is too long for a table (over {LOOK_AT:,} characters). Check separator, quotes and line ends, or export again.",
    )


def _binary(content: bytes) -> bool:
    start = content[:4096]
    if start[:2] not in (b"\xff\xfe", b"\xfe\xff") and 0 not in start:
        return sum(byte < 9 or 13 < byte < 32 for byte in start) > 0.01 * len(start)
    zeros = start[::2].count(0), start[1::2].count(0)
    text = start[: len(start) // 2 * 2].decode(encoding_of(start).codec, "replace")
    odd = sum(
        unicodedata.category(letter) in ("Cc", "Cn", "Co", "Cs") and letter not in "\r\n\t" for letter in text
    )
    return min(zeros) > 0.1 * max(zeros) or odd + text.count("\ufffd") > 0.01 * len(text) + 1


def _frame(text: str, file: Path, separator: str, header: int, width: int) -> pd.DataFrame:
    """Read the rows below the header; one cell more than there are names is looked at, lest it get lost."""
    try:
        with warnings.catch_warnings(action="error", category=pd.errors.ParserWarning):
            frame = pd.read_csv(
                io.StringIO(text),
                sep=separator,
                header=None,
                names=range(width + 1),
                index_col=False,
                skiprows=header,
                dtype=object,
                keep_default_na=False,
                na_values=[""],
                skip_blank_lines=False,
            )
        if frame[width].isna().all():
            return frame.drop(columns=width)
    except pd.errors.EmptyDataError:
        return pd.DataFrame({place: pd.Series([], dtype=object) for place in range(width)})
    except (pd.errors.ParserError, pd.errors.ParserWarning):
        pass
    return _uneven(text, file, separator, header, width)


def _uneven(text: str, file: Path, separator: str, header: int, width: int) -> pd.DataFrame:
    """Read rows of different length: empty cells too many do no harm, any other one is a `UserError`."""
    rows = []
    try:
        for number, row in enumerate(
            csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True), 1
        ):
            if number > header and any(cell for cell in row[width:]):
                raise UserError(
                    zh=f"“{file.name}”第 {number} 行有 {len(row)} 格，表头只有 {width} 列。多半是内容里有“{separator}”却没加引号，请改正这一行。",
                    en=f"Row {number} of “{file.name}” has {len(row)} cells, the header only {width}. Probably a “{separator}” inside a text without quotes: put that row right.",
                )
            rows.append([cell or None for cell in row[:width]] + [None] * (width - len(row)))
    except csv.Error:
        raise UserError(
            zh=f"“{file.name}”里有没闭合的引号，或文件没有写完。请检查引号，或重新导出。",
            en=f"“{file.name}” has a quotation mark that is never closed, or was cut off. Check the quotes, or export again.",
        ) from None
    return pd.DataFrame(rows[header:], columns=range(width), dtype=object)


def _separator(text: str) -> str:
    lines = [line for line in text[:50_000].splitlines()[:LOOK_AHEAD] if line.strip()]

    def regularity(separator: str) -> tuple[int, int]:
        widths = Counter(len(row) for row in csv.reader(lines, delimiter=separator))
        widths.pop(1, None)
        width, rows = max(widths.items(), key=lambda item: (item[1], item[0]), default=(1, 0))
        return rows, width

    return max(SEPARATORS, key=regularity)


def _header_row(rows: list[list[Any]], file: Path) -> int:
    """Find the first row that is as full as the table below it and holds names only."""
    ahead = rows[:LOOK_AHEAD]
    filled = [sum(value not in ("", None) for value in row) for row in ahead]
    usual = max(
        Counter(count for count in filled if count).items(),
        key=lambda item: (item[1], item[0]),
        default=(0, 0),
    )[0]
    for number, (row, count) in enumerate(zip(ahead, filled, strict=True), 1):
        names = [value for value in row if value not in ("", None)]
        if (
            count
            and count >= 0.6 * usual
            and all(isinstance(name, str) and not _is_number(name) for name in names)
        ):
            return number
    raise _no_header(file)


def _is_number(text: str) -> bool:
    from custseg_helpers.data.numbers import number

    return number(text) is not None


def _no_header(file: Path) -> UserError:
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
