"""How large a workbook would become, before anything opens it: unpacked, and from A1 to its last cell."""

import io
import re
import zipfile
import zlib
from collections.abc import Sequence
from pathlib import Path

from custseg_helpers.reading.sheet import damaged
from custseg_helpers.words.text import UserError

LARGEST = 2**31
"""Bytes of a file, or of all that is packed in one; Excel's own limit of rows, well filled, is about half of it."""
BLOWN_UP = 300
"""A file of tables shrinks to a tenth or a fiftieth; what shrinks further than to this part, and is large, is no such file."""
LARGE = 100_000_000
MOST_PARTS = 10_000
MOST_CELLS = 40_000_000
"""From A1 to the last cell: a million rows of forty columns."""
PIECE = 2**22

_PLACE = re.compile(rb'\br\s*=\s*["\']([A-Za-z]{1,3})(\d{1,10})["\']')
_ROW = re.compile(rb'<(?:\w+:)?row\b[^<>]{0,200}?\br\s*=\s*["\'](\d{1,10})["\']')
_OVERLAP = 400


def check_packed(file: Path, parts: Sequence[zipfile.ZipInfo]) -> None:
    """Refuse a zip that would fill memory or disk: what it says of its sizes is looked at first.

    Raises:
        UserError: too large unpacked, packed far too well, or too many parts.
    """
    size, packed = sum(part.file_size for part in parts), sum(part.compress_size for part in parts)
    if size > LARGEST or (size > LARGE and size > BLOWN_UP * max(packed, 1)):
        raise too_large(file, size)
    if len(parts) > MOST_PARTS:
        raise UserError(
            zh=f"“{file.name}”里有 {len(parts):,} 个部分，不是表格。请重新导出。",
            en=f"“{file.name}” has {len(parts):,} parts and is no table. Export it again.",
        )


def too_large(file: Path, size: int) -> UserError:
    """Return what to say of a file that would fill the memory."""
    return UserError(
        zh=f"“{file.name}”解压后有 {size / 2**30:.1f} GB，太大了。请另存为 CSV 再读。",
        en=f"“{file.name}” takes {size / 2**30:.1f} GB unpacked, which is too much. Save it as CSV and try again.",
    )


def check_extent(file: Path, content: bytes) -> None:
    """Refuse an xlsx file that would fill the memory by its size unpacked, or by how far its cells lie apart.

    Raises:
        UserError: as for `check_packed`; or two far cells span more than `MOST_CELLS`.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts = packed.infolist()
            check_packed(file, parts)
            for part in parts:
                rows, columns = extent(packed, part) if _is_sheet(packed, part) else (0, 0)
                if rows * columns > MOST_CELLS:
                    raise _spread(file, rows, columns)
    except UserError:
        raise
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, EOFError, zlib.error):
        raise damaged(file) from None


def _is_sheet(packed: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    """Tell by its beginning whether a part is a sheet: a workbook may keep its sheets under any name."""
    if not part.file_size or part.filename.lower().endswith(".bin"):
        return False
    with packed.open(part) as opened:
        return b"worksheet" in opened.read(4096)


def extent(packed: zipfile.ZipFile, part: zipfile.ZipInfo) -> tuple[int, int]:
    """Return the last row and the last column in which a sheet has a cell, by the places that it states."""
    rows = columns = 0
    rest = b""
    with packed.open(part) as opened:
        while piece := opened.read(PIECE):
            text = rest + piece
            places = _PLACE.findall(text)
            columns = max([columns, *map(_column, {letters for letters, _ in places})])
            rows = max([rows, *map(int, {row for _, row in places}), *map(int, _ROW.findall(text))])
            rest = text[-_OVERLAP:]
    return rows, columns


def _column(letters: bytes) -> int:
    """Return a column's number.

    >>> _column(b"A"), _column(b"XFD")
    (1, 16384)
    """
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _spread(file: Path, rows: int, columns: int) -> UserError:
    return UserError(
        zh=f"“{file.name}”的格子一直铺到第 {rows:,} 行、第 {columns:,} 列：{rows * columns:,} 格，大多是空的。请在 Excel 里删去多余的行和列（Ctrl+End 看最后一格），或另存为 CSV 再读。",
        en=f"The cells of “{file.name}” reach to row {rows:,} and column {columns:,}: {rows * columns:,} cells, most of them empty. Delete the rows and columns that are not needed in Excel (Ctrl+End shows the last cell), or save it as CSV, and try again.",
    )
