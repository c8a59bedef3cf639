"""Reading CSV and its relations: encoding, separator and header found out, every row kept or named."""

import csv
import io
import unicodedata
import warnings
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pandas as pd

from custseg_helpers.reading.encodings import FEW_NULS, decode, encoding_of
from custseg_helpers.reading.sheet import LOOK_AHEAD, Sheet, heading, without_names
from custseg_helpers.words.text import UserError

SEPARATORS = (",", ";", "\t", "|")
LOOK_AT = 400_000
"""Characters looked at to understand a text file."""
LONGEST_LINE = 8_000_000
"""Bytes without a line end that no table has."""
PIECE = 50_000
"""Rows read at a time."""
WIDEST = 16_384
"""Columns, as many as a sheet of Excel can have."""


def read_separated(file: Path, header_row: int | None, encoding: str | None, separator: str | None) -> Sheet:
    """Read a text file of separated cells; what is not stated is found out. Errors as for `read_sheet`."""
    with file.open("rb") as opened:
        begin = opened.read(4 * LOOK_AT)
    if _binary(begin):
        raise UserError(
            zh=f"“{file.name}”不是表格文件（二进制内容）。能读的有：CSV、xlsx、xls、parquet。",
            en=f"“{file.name}” is no table (binary content). What can be read: CSV, xlsx, xls, parquet.",
        )
    if len(begin) == 4 * LOOK_AT and len(begin.splitlines()) < 3:
        raise _endless(file)
    _lines_end(file)
    content = file.read_bytes()
    text, codec, note = decode(content, encoding, file.name)
    del content
    separator = separator or _separator(text)
    if separator not in SEPARATORS:
        raise UserError(
            zh=f"分隔符“{separator}”不支持，可用：, ; | 和制表符。",
            en=f"The separator “{separator}” is not supported; use , ; | or a tab.",
        )
    start = _start(text, separator, file)
    names, header, above = heading(start, header_row, file)
    if len(names) > WIDEST:
        raise UserError(
            zh=f"“{file.name}”的表头有 {len(names):,} 列，最多 {WIDEST:,} 列。请检查分隔符和换行，或只导出需要的列。",
            en=f"The header of “{file.name}” has {len(names):,} columns; {WIDEST:,} is the most. Check separator and line ends, or export only the columns you need.",
        )
    source = io.BytesIO(text.encode())  # a quarter of what a text buffer takes
    del text
    frame = _frame(source, file, separator, above, len(names))
    frame.columns = pd.Index(names, dtype=object)
    frame.index = pd.RangeIndex(above + 1, above + 1 + len(frame))
    about = {"kind": "text", "encoding": codec, "separator": separator, "header_row": header}
    notes = [*([note] if note else []), *([] if header else [without_names(file, frame)])]
    return Sheet(frame, file, about, tuple(notes))


def _start(text: str, separator: str, file: Path) -> list[list[str]]:
    """Return the first rows; where not even two fit into what is looked at, this is no table."""
    try:
        rows = list(csv.reader(io.StringIO(text[:LOOK_AT], newline=""), delimiter=separator))
    except csv.Error:
        rows = []
    if len(text) > LOOK_AT and len(rows) < 3:
        raise _endless(file)
    return rows


def _lines_end(file: Path) -> None:
    """Look through a large file without holding it: one line of a gigabyte must not fill the memory."""
    with file.open("rb") as opened:
        while len(block := opened.read(LONGEST_LINE)) == LONGEST_LINE:
            if b"\n" not in block and b"\r" not in block:
                raise _endless(file)


def _endless(file: Path) -> UserError:
    return UserError(
        zh=f"“{file.name}”的一行长得不像表格（超过 {LOOK_AT:,} 个字符）。请检查分隔符、引号和换行，或重新导出。",
        en=f"A row of “{file.name}” is too long for a table (over {LOOK_AT:,} characters). Check separator, quotes and line ends, or export again.",
    )


def _binary(content: bytes) -> bool:
    """Tell content of no text: control characters and zeros in plenty; one here and there a program let slip in."""
    start = content[:4096]
    if start[:2] not in (b"\xff\xfe", b"\xfe\xff") and start.count(0) <= FEW_NULS * len(start):
        return sum(byte < 9 or 13 < byte < 32 for byte in start) > 0.05 * len(start)
    zeros = start[::2].count(0), start[1::2].count(0)
    text = start[: len(start) // 2 * 2].decode(encoding_of(start).codec, "replace")
    odd = sum(
        unicodedata.category(letter) in ("Cc", "Cn", "Co", "Cs") and letter not in "\r\n\t" for letter in text
    )
    return min(zeros) > 0.1 * max(zeros) or odd + text.count("\ufffd") > 0.01 * len(text) + 1


def _frame(source: io.BytesIO, file: Path, separator: str, header: int, width: int) -> pd.DataFrame:
    """Read the rows below the header; one cell more than there are names is looked at, lest it get lost."""
    try:
        with warnings.catch_warnings(action="error", category=pd.errors.ParserWarning):
            pieces = pd.read_csv(
                source,
                sep=separator,
                header=None,
                names=range(width + 1),
                index_col=False,
                skiprows=header,
                dtype=object,
                keep_default_na=False,
                na_values=[""],
                skip_blank_lines=False,
                chunksize=PIECE,
            )
            with pieces:
                cells, beyond = _cells(pieces, width, _most_rows(source))
        if not beyond:
            return pd.DataFrame(cells.T, dtype=object, copy=False)
    except pd.errors.EmptyDataError:
        return pd.DataFrame({place: pd.Series([], dtype=object) for place in range(width)})
    except (pd.errors.ParserError, pd.errors.ParserWarning):
        pass
    return _uneven(source.getvalue().decode(), file, separator, header, width)


def _cells(pieces: Iterable[pd.DataFrame], width: int, most: int) -> tuple[np.ndarray, bool]:
    """Return the cells, a row of the array a column, and whether there are more of them than names.

    A text that a column has already seen is held once, which takes half the memory.
    """
    cells = np.empty((width, most), dtype=object)  # what is not filled takes no memory
    known: list[dict[str, str]] = [{} for _ in range(width)]
    rows, beyond = 0, False
    for piece in pieces:
        for place in range(width):
            codes, texts = pd.factorize(piece[place].to_numpy())
            seen = known[place]
            once = [*(seen.setdefault(text, text) for text in texts), np.nan]
            cells[place, rows : rows + len(piece)] = np.array(once, dtype=object)[codes]
        beyond = beyond or bool(piece[width].notna().any())
        rows += len(piece)
    return cells[:, :rows], beyond


def _most_rows(source: io.BytesIO) -> int:
    """Return how many rows a text may have at most: as many as it has line ends, and one without."""
    text = source.getbuffer()
    starts = range(0, len(text), LONGEST_LINE)
    blocks = (bytes(text[start : start + LONGEST_LINE]) for start in starts)
    return sum(block.count(b"\n") + block.count(b"\r") for block in blocks) + 1


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
