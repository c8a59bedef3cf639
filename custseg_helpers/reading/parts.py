"""Several files that are one table: a folder of parts, or files listed by name. They must have the same columns."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from custseg_helpers.reading.read import read_sheet
from custseg_helpers.reading.sheet import Sheet
from custseg_helpers.words.text import T, UserError, listed


def files_of(stated: Sequence[Path]) -> list[Path]:
    """Return the files, a folder standing for all files in it (and below) by name; not those whose name begins with . or _.

    Engines put such files (`_SUCCESS`, `.crc`) beside their parts, and editors leave them behind.
    """
    found: list[Path] = []
    for place in stated:
        if not place.is_dir():
            found.append(place)
            continue
        inside = [
            file
            for file in sorted(place.rglob("*"))
            if file.is_file() and not any(part[0] in "._~" for part in file.relative_to(place).parts)
        ]
        if not inside:
            raise UserError(
                zh=f"文件夹“{place}”里没有文件。", en=f"There is no file in the folder “{place}”."
            )
        found += inside
    return found


def is_parquet(file: Path) -> bool:
    """Tell whether a file is there and begins as parquet does."""
    if not file.is_file():
        return False
    with file.open("rb") as opened:
        return opened.read(4) == b"PAR1"


def read_parts(stated: Sequence[Path], *, columns: list[str], **reading: Any) -> Sheet:
    """Read files as one table; rows are numbered on from part to part, and `Sheet.place` tells part and row.

    Raises:
        UserError: as for `read_sheet`; or a part has other columns than the first: it is named, and so are they.
    """
    files = files_of(stated)
    if len(files) == 1:
        return read_sheet(files[0], columns=columns, **reading)
    sheets = [read_sheet(file, columns=columns, **reading) for file in files]
    for sheet in sheets[1:]:
        same_columns(sheets[0], sheet)
    parts, start = [], 0
    for sheet in sheets:
        parts.append((start, sheet.file.name, int(sheet.frame.index[0]) - 1 if len(sheet.frame) else 0))
        start += len(sheet.frame)
    frame = pd.concat([sheet.frame for sheet in sheets], ignore_index=True)
    frame.index = pd.RangeIndex(1, len(frame) + 1)
    about = sheets[0].about | {"parts": len(files)}
    notes = dict.fromkeys(note for sheet in sheets for note in sheet.notes)
    return Sheet(frame, files[0].parent, about, tuple(notes), tuple(parts))


def same_columns(first: Sheet, other: Sheet) -> None:
    """Raise a `UserError` unless a part has the columns of the first, in any sequence."""
    lacks, more = columns_differ(names(first), names(other))
    if lacks or more:
        said = []
        if lacks:
            said.append(T(zh="缺少“{names}”", en="lacks {names}").format(names=listed(lacks)))
        if more:
            said.append(T(zh="多出“{names}”", en="has {names} besides").format(names=listed(more)))
        raise UserError(
            T(
                zh="各部分的列应当相同：“{other}”与“{first}”相比{said}。请改正这个文件，或把它移出文件夹。",
                en="All parts need the same columns: “{other}”, compared with “{first}”, {said}. Put that file right, or take it out of the folder.",
            ).format(other=other.file.name, first=first.file.name, said=T(zh="，", en=" and ").join(said))
        )


def names(sheet: Sheet) -> list[str]:
    """Return all column names that stand in a file, also those that were not read."""
    return [str(name) for name in sheet.about.get("columns", sheet.frame.columns)]


def columns_differ(first: list[str], other: list[str]) -> tuple[list[str], list[str]]:
    """Return what the other lacks and what it has besides.

    >>> columns_differ(["a", "b"], ["b", "c"])
    (['a'], ['c'])
    """
    return [name for name in first if name not in other], [name for name in other if name not in first]
