"""`custseg run --engine duckdb`: order lines larger than memory, in files or a database, counted on this machine."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import narwhals.stable.v2 as nw
import pandas as pd

from custseg_helpers.at_scale.reduce import (
    Kept,
    count_reasons,
    in_several_parts,
    not_plain,
    not_used,
    only_kept,
    planned,
    reduce,
    repeated_orders,
)
from custseg_helpers.at_scale.staging import PART, Staged, rows_of_orders, stage
from custseg_helpers.facts.parquet import NoRange, id_range
from custseg_helpers.files.passing import passing_folder
from custseg_helpers.mapping.cells import ids
from custseg_helpers.mapping.company_toml import complete
from custseg_helpers.mapping.keys import OwnData
from custseg_helpers.mapping.own_company import Own, company_without_lines, none_left
from custseg_helpers.mapping.without_lines import Account
from custseg_helpers.reading.fetch import about, fetch
from custseg_helpers.reading.parts import files_of, is_parquet, same_columns
from custseg_helpers.reading.read import read_sheet
from custseg_helpers.reading.sheet import Sheet
from custseg_helpers.words.text import T, UserError


def read_with_duckdb(own: OwnData, memory: str | None = None) -> Own:
    """Count the order lines of a mapping; `memory` is the most DuckDB may use, such as `"4GB"`, the rest goes to disk.

    Plain parquet is counted as it stands; anything else is first read, piece by piece, into plain parquet. That, and
    the lines that count, are temporary files; the environment variable `TMPDIR` says where.
    """
    complete(own)
    with passing_folder() as folder, _connected(memory, folder, own) as duck:
        lines, staged = _lines(duck, own, folder)
        counts, infinite = count_reasons(lines)
        if infinite:
            lines, staged = _lines(duck, own, folder, plain=False)
            counts, infinite = count_reasons(lines)
        if not counts[""]:
            raise none_left(own, counts)
        file = folder / "kept.parquet"
        only_kept(lines).to_native().write_parquet(str(file))
        kept = nw.from_native(duck.read_parquet(str(file))).lazy()
        made, account = reduce(Kept(kept, file if _streams(file) else None, counts, infinite), own)
    if staged.unread_count:
        account = Account(account.counted, account.left_out, staged.unread, staged.unread_count)
    sheet = Sheet(
        pd.DataFrame(), own.orders.file, staged.about | {"engine": "duckdb"}, staged.notes + not_used(own)
    )
    return Own(company_without_lines(own, made.facts), own, sheet, account, made)


@contextmanager
def _connected(memory: str | None, folder: Path, own: OwnData) -> Iterator[Any]:
    """Give a connection that spills into `folder`; what goes wrong in it is said."""
    import duckdb

    with duckdb.connect() as duck:
        try:
            duck.execute("SET preserve_insertion_order = false")
            duck.execute("SET enable_progress_bar = false")
            duck.execute(f"SET TimeZone = '{own.time_zone}'")
            duck.execute("SET temp_directory = ?", [str(folder / "spill")])
            if memory:
                duck.execute("SET memory_limit = ?", [memory])
        except duckdb.Error:
            raise UserError(
                zh=f'--memory “{memory}”不是内存大小。写法如 "4GB"、"800MB"。',
                en=f"--memory {memory} is no amount of memory. Write 4GB or 800MB.",
            ) from None
        try:
            yield duck
        except duckdb.OutOfMemoryException:
            raise UserError(
                zh="内存不够，磁盘上的临时空间也不够。请调大 --memory，或用环境变量 TMPDIR 指定更大的磁盘。",
                en="Neither the memory nor the temporary space on disk is enough. Raise --memory, or let the environment variable TMPDIR name a larger disk.",
            ) from None


def _lines(duck: Any, own: OwnData, folder: Path, plain: bool = True) -> tuple[nw.LazyFrame[Any], Staged]:
    """Return the cleaned lines, of plain files as they stand or of staged ones.

    Files with infinite numbers are staged, too, since only reading by rows can say where those are.
    """
    database, columns = own.orders.database, list(own.orders.columns.values())
    files = fetch(database, columns, folder) if database else files_of(own.orders.files)
    staged = _as_they_stand(duck, own, files) if plain and not own.orders.as_exported else None
    as_it_stands = staged is not None
    if staged is None:
        found = stage(own, files, folder)
        lines = nw.from_native(_read(duck, found.files)).lazy()
    else:
        lines, found = staged
    if database:
        found = found._replace(about=about(database))
    elif {PART, "order_id"} <= set(lines.collect_schema().names()):
        lines, said = _once(duck, lines, own, files, as_it_stands)
        found = found._replace(notes=found.notes + said)
    return planned(lines, own, _numbered), found


def _once(
    duck: Any, lines: nw.LazyFrame[Any], own: OwnData, files: Sequence[Path], as_they_stand: bool
) -> tuple[nw.LazyFrame[Any], tuple[T, ...]]:
    """Return the lines of several files without the orders that a later one repeats, and say so."""
    shared = in_several_parts(lines).collect().to_pandas()["order_id"]
    if shared.empty:
        return lines, ()
    if as_they_stand:
        numbers = nw.from_native(duck.from_df(shared.to_frame())).lazy()
        rows = lines.join(numbers, on="order_id", how="semi").collect().to_pandas()
        rows = rows.rename(columns=dict(own.orders.columns))
    else:
        rows = rows_of_orders(set(shared), files, own)
    pairs, said = repeated_orders(lines, rows, own, [str(file) for file in files] if as_they_stand else None)
    if not said:
        return lines, ()
    pairs["order_id"] = pairs["order_id"] if as_they_stand else ids(pairs["order_id"])
    again = nw.from_native(duck.from_df(pairs)).lazy()
    return lines.join(again, on=["order_id", PART], how="anti"), said


def _as_they_stand(duck: Any, own: OwnData, files: Sequence[Path]) -> tuple[nw.LazyFrame[Any], Staged] | None:
    """Return the mapped columns of plain parquet files, `None` where the files are something else."""
    import pyarrow.parquet as pq

    if not all(map(is_parquet, files)):
        return None
    heads = [read_sheet(file, columns=[]) for file in files]
    for head in heads[1:]:
        same_columns(heads[0], head, list(own.orders.columns.values()))
    columns = own.orders.columns
    names = heads[0].about["columns"]
    if any(names.count(column) != 1 for column in columns.values()):
        return None
    kinds = [{name: pq.read_schema(file).field(name).type for name in columns.values()} for file in files]
    lines = nw.from_native(_read(duck, files, named=len(files) > 1)).lazy()
    parts = {PART: nw.col(PART)} if len(files) > 1 else {}
    lines = lines.select(**{standard: nw.col(column) for standard, column in columns.items()}, **parts)
    if any(kind != kinds[0] for kind in kinds) or not_plain(lines.collect_schema(), own):
        return None
    nothing = pd.DataFrame(columns=["row", "column", "value", "problem"])
    return lines, Staged(list(files), heads[0].about | {"parts": len(files)}, (), nothing, 0)


def _read(duck: Any, files: Sequence[Path], named: bool = False) -> Any:
    """Open parquet files as one table; `named` adds in `PART` the file of each row."""
    names = [str(file) for file in files]
    if not named:
        return duck.read_parquet(names, union_by_name=True)
    return duck.sql(
        f"SELECT * FROM read_parquet(?, union_by_name = true, filename = '{PART}')", params=[names]
    )


def _numbered(rows: Any) -> Any:
    return rows.select("*, row_number() OVER () AS order_id")


def _streams(file: Path) -> bool:
    """Tell whether the ids are whole numbers in a narrow range, which needs no group-bys."""
    import pyarrow.parquet as pq

    with pq.ParquetFile(file) as opened:
        try:
            return bool(id_range(opened, "customer_id") and id_range(opened, "order_id"))
        except NoRange:
            return False
