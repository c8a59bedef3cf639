"""Reading one table from a file as people send it: CSV in any usual encoding, Excel with title rows, parquet.

Values stay as they are written (text, or Excel's own numbers and dates), each row under the number a spreadsheet
shows for it; `numbers` and `dates` read them, so that whatever cannot be read is named by row and column.
"""

from dataclasses import replace
from pathlib import Path

import pandas as pd

from custseg_helpers.files.whole import ordinary
from custseg_helpers.reading.markup import is_markup, read_markup
from custseg_helpers.reading.separated import read_separated
from custseg_helpers.reading.sheet import Sheet, damaged
from custseg_helpers.words.text import T, UserError


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
    if start[:4] == b"PK\x03\x04":
        from custseg_helpers.reading.packed import packed_table, unpacked

        if inside := packed_table(file):
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
        from custseg_helpers.reading.workbook import read_workbook

        return read_workbook(file, sheet, header_row)
    return read_separated(file, header_row, encoding, separator)


def read_sheets(file: Path | str) -> list[Sheet]:
    """Read every table in a file: of an Excel file each sheet that has a header, the fullest first."""
    from custseg_helpers.reading.packed import packed_table

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
        ordinary(file)
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


def _parquet(file: Path, columns: list[str] | None) -> Sheet:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(file) as opened:
            found = opened.schema_arrow.names
            wanted = found if columns is None else [name for name in found if name in columns]
            frame = opened.read(columns=wanted).replace_schema_metadata().to_pandas(integer_object_nulls=True)
    except (pa.ArrowException, OSError, ValueError):
        raise damaged(file) from None
    frame = frame.reset_index(drop=True)
    frame.index = pd.RangeIndex(1, len(frame) + 1)
    return Sheet(frame, file, {"kind": "parquet", "columns": found})
