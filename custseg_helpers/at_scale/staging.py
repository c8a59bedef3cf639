"""Files and databases that an engine cannot read as they stand → plain parquet, piece by piece, by the same readers as in memory."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from custseg_helpers.files.passing import passing_folder
from custseg_helpers.mapping.as_exported import by_comma
from custseg_helpers.mapping.cells import LISTED, ids, pick, read_fields, skipped, with_places
from custseg_helpers.mapping.columns import field_kinds
from custseg_helpers.mapping.keys import Orders, OwnData
from custseg_helpers.mapping.own_company import open_source
from custseg_helpers.reading.numbers import currencies
from custseg_helpers.reading.parts import EVERY, is_parquet, same_columns
from custseg_helpers.reading.read import read_sheet
from custseg_helpers.reading.sheet import Sheet
from custseg_helpers.words.text import T, UserError

PIECE = 500_000
"""Rows held at a time."""
LARGE = 64 * 2**20
"""A text file of more bytes is read in pieces, one of fewer whole, with every check of `read_sheet`."""
HEAD = 2**20
PART = "custseg_part"
"""The column that holds the place of a row's file among several."""
IN_MEMORY = T(
    zh="这些订单先在内存里整理成一行一笔（映射文件里的状态、退款、整单金额、小数逗号等要看别的行），再由引擎汇总。",
    en="These orders were first put into plain lines in memory (statuses, refunds, order totals, decimal commas and the like depend on other rows), and counted by the engine after that.",
)


class Staged(NamedTuple):
    """Plain parquet files, and what was found on the way."""

    files: list[Path]
    about: dict[str, Any]
    notes: tuple[T, ...]
    unread: pd.DataFrame
    unread_count: int


def stage(own: OwnData, files: Sequence[Path], folder: Path, whole: bool = False) -> Staged:
    """Read the mapped columns of files by their kinds and write them as parquet, with `blank_row` and `skipped`.

    Where duplicates are to be dropped, the cells as they were written stand beside the values (`raw_…`): two rows
    are the same only if they were written the same. Of several files each row has its file's place in the list
    (`PART`). What other rows must be known for is read `whole`, as in memory: orders as a program exported them,
    every sheet of a workbook, amounts with a decimal comma.
    """
    import pyarrow.parquet as pq

    whole = whole or own.orders.as_exported or own.orders.reading.get("sheet") == EVERY
    written: list[Path] = []
    unread: list[pd.DataFrame] = []
    signs: dict[str, T] = {}
    notes: dict[T, None] = {}
    first: Sheet | None = None
    for part, sheet in [(None, open_source(own.orders))] if whole else _in_pieces(files, own):
        if not whole and _by_comma(sheet, own.orders):
            return stage(own, files, folder, whole=True)
        first = first or sheet
        same_columns(first, sheet, list(own.orders.columns.values()))
        notes |= dict.fromkeys(sheet.notes)
        frame = pick(sheet, own.orders)
        values, bad = read_fields(frame, own.orders, own.time_zone, sheet)
        _one_currency(frame, own, sheet, signs)
        listed = bad.copy()
        listed[["file", "row"]] = sheet.located(bad["row"])
        unread += [listed] if len(bad) else []
        written.append(folder / f"staged-{len(written):05d}.parquet")
        pq.write_table(_table(frame, values, own, part), written[-1])
    assert first is not None
    if whole:
        notes[IN_MEMORY] = None
    columns = ["row", "column", "value", "problem", *["file"] * bool(first.parts)]
    found = pd.concat(unread, ignore_index=True) if unread else pd.DataFrame(columns=columns)
    found = found[columns]
    return Staged(written, first.about | {"parts": len(files)}, tuple(notes), found.head(LISTED), len(found))


def _in_pieces(files: Sequence[Path], own: OwnData) -> Iterator[tuple[int | None, Sheet]]:
    """Yield every piece of every file; of several files each piece bears the file's place and name."""
    for place, file in enumerate(files):
        for piece in pieces(file, own):
            several = len(files) > 1
            yield place if several else None, replace(piece, parts=((0, file.name, 0),)) if several else piece


def _by_comma(sheet: Sheet, source: Orders) -> bool:
    """Tell whether a piece has a decimal comma, or amounts that only the whole table can tell how to read."""
    try:
        return by_comma(sheet, source)
    except UserError:
        return True


def rows_of_orders(numbers: set[str], files: Sequence[Path], own: OwnData) -> pd.DataFrame:
    """Return the rows of some orders as they stand in the files, and in `PART` the place of the file."""
    column, found = own.orders.columns["order_id"], []
    for part, sheet in _in_pieces(files, own):
        there = ids(sheet.frame[column]).isin(numbers)
        found.append(sheet.frame[there].assign(**{PART: part}))
    return pd.concat(found, ignore_index=True)


def _one_currency(frame: pd.DataFrame, own: OwnData, sheet: Sheet, seen: dict[str, T]) -> None:
    """Raise a `UserError` where a later piece is written in another currency than an earlier one."""
    for name in ("amount", "price"):
        for sign, place in (currencies(frame[name]) if name in frame else {}).items():
            seen.setdefault(sign, sheet.row_name(int(frame.index[place])))
    if len(seen) > 1:
        raise UserError(
            T(
                zh="“{file}”混有多种货币：{found}。请先换算成一种，或按币种分成几个文件。",
                en="“{file}” mixes currencies: {found}. Convert them to one, or make one file per currency.",
            ).format(file=own.orders.file.name, found=with_places(seen))
        )


def _table(frame: pd.DataFrame, values: pd.DataFrame, own: OwnData, part: int | None) -> Any:
    import pyarrow as pa

    kinds = field_kinds("orders")
    arrow = {"date": pa.date32()} | dict.fromkeys(("integer", "decimal", "money", "share"), pa.float64())
    columns = {
        name: pa.array(
            values[name], type=arrow.get(kinds[str(name)], pa.string()), from_pandas=True, safe=False
        )
        for name in values
    }
    columns["blank_row"] = pa.array(frame.isna().all(axis=1))
    columns["skipped"] = pa.array(skipped(frame, own.orders))
    if part is not None:
        columns[PART] = pa.array([part] * len(frame), type=pa.int64())
    if own.orders.duplicates == "drop":
        columns |= {f"raw_{name}": pa.array(ids_as_written(frame[name]), type=pa.string()) for name in frame}
    return pa.table(columns)


def ids_as_written(column: pd.Series) -> list[str | None]:
    """Return cells as text, each kind of cell told apart from text that looks alike.

    >>> ids_as_written(pd.Series(["1", 1.0, None], dtype=object))
    ["'1'", '1.0', None]
    """
    return [None if empty else repr(cell) for cell, empty in zip(column.tolist(), column.isna(), strict=True)]


def pieces(file: Path, own: OwnData) -> Iterator[Sheet]:
    """Yield a file in pieces that fit into memory, each row under its number in the file."""
    columns = list(own.orders.columns.values())
    if is_parquet(file):
        yield from _parquet_pieces(file, columns)
    elif _is_large_text(file):
        yield from _text_pieces(file, own.orders.reading)
    else:
        yield read_sheet(file, **own.orders.reading, columns=columns)


def _is_large_text(file: Path) -> bool:
    if not file.is_file() or file.stat().st_size < LARGE:
        return False
    with file.open("rb") as opened:
        return opened.read(2) not in (b"PK", b"\xd0\xcf", b"\xff\xfe", b"\xfe\xff")


def _parquet_pieces(file: Path, columns: list[str]) -> Iterator[Sheet]:
    import pyarrow.parquet as pq

    read_sheet(file, columns=[])
    with pq.ParquetFile(file, pre_buffer=False) as opened:
        names, row = opened.schema_arrow.names, 1
        wanted = [name for name in names if name in columns]
        for batch in opened.iter_batches(PIECE, columns=wanted):
            frame = batch.to_pandas(integer_object_nulls=True)
            frame.index = pd.RangeIndex(row, row + len(frame))
            row += len(frame)
            yield Sheet(frame, file, {"kind": "parquet", "columns": names})


def _text_pieces(file: Path, reading: Any) -> Iterator[Sheet]:
    """Yield a large text file in pieces; encoding, separator and header are found out from its beginning."""
    with passing_folder() as folder, file.open("rb") as opened:
        head = folder / file.name
        begin = opened.read(HEAD)
        head.write_bytes(begin[: begin.rfind(b"\n") + 1] or begin)
        sheet = read_sheet(head, **reading)
    about, names = sheet.about, list(sheet.frame.columns)
    above = int(sheet.frame.index[0]) - 1 if len(sheet.frame) else about["header_row"]
    try:
        with pd.read_csv(
            file,
            encoding=about["encoding"],
            sep=about["separator"],
            header=None,
            names=range(len(names) + 1),
            index_col=False,
            skiprows=above,
            dtype=object,
            keep_default_na=False,
            na_values=[""],
            skip_blank_lines=False,
            chunksize=PIECE,
        ) as chunks:
            row = above + 1
            for frame in chunks:
                more = frame.pop(len(names)).notna()
                if more.any():
                    raise _uneven(file, row + int(more.to_numpy().argmax()))
                frame.columns = pd.Index(names, dtype=object)
                frame.index = pd.RangeIndex(row, row + len(frame))
                row += len(frame)
                yield Sheet(frame, file, about, sheet.notes)
    except UnicodeDecodeError:
        raise UserError(
            zh=f'“{file.name}”开头像是 {about["encoding"]} 编码，后面却不是。请在映射文件里写明 encoding（如 "gb18030"），或另存为 UTF-8。',
            en=f'“{file.name}” begins as {about["encoding"]} and does not go on so. State encoding (such as "gb18030") in the mapping, or save the file as UTF-8.',
        ) from None
    except pd.errors.ParserError:
        raise _uneven(file, row) from None


def _uneven(file: Path, row: int) -> UserError:
    return UserError(
        zh=f"“{file.name}”第 {row} 行或其后有一行的格数多于表头。多半是内容里有分隔符却没加引号，请改正，或把文件拆小后再读，会指出是哪一行。",
        en=f"Row {row} of “{file.name}”, or one after it, has more cells than the header. Probably a separator inside a text without quotes: put it right, or split the file, then the row is named.",
    )
