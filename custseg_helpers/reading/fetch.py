"""Reading a table or a query of a database: in pieces into parquet files in a temporary folder, never all at once."""

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd

from custseg_helpers.files.passing import passing_folder
from custseg_helpers.reading.database import (
    LONGEST_WORK,
    Database,
    columns_of,
    connected,
    shown,
    split_name,
    why,
)
from custseg_helpers.reading.sheet import Sheet
from custseg_helpers.words.text import T, UserError, listed

PIECE = 100_000
"""Rows fetched at a time."""
MOST = 500_000_000
"""Rows of a table or query; one with more has no end."""


def read_database(database: Database, columns: Sequence[str]) -> Sheet:
    """Read the columns of a table into memory. Rows are numbered from 1 in the order in which the database gave them."""
    with passing_folder() as folder:
        files = fetch(database, columns, folder)
        return as_sheet(files, database, columns)


def as_sheet(files: Sequence[Path], database: Database, columns: Sequence[str]) -> Sheet:
    """Return fetched files as a table."""
    import pyarrow.parquet as pq

    pieces = [pq.read_table(file).to_pandas(integer_object_nulls=True) for file in files]
    frame = pd.concat(pieces, ignore_index=True)
    frame.index = pd.RangeIndex(1, len(frame) + 1)
    return Sheet(frame, Path(database.name), about(database) | {"columns": list(columns)})


def about(database: Database) -> dict[str, Any]:
    """Return how it was read, for the manifest: no account, no password."""
    return {"kind": "database", "database": shown(database), "table": database.table, "query": database.query}


def fetch(database: Database, columns: Sequence[str], folder: Path) -> list[Path]:
    """Write the columns of a table or query as parquet files, a piece each, and return them; at least one.

    Raises:
        UserError: the database does not answer, or has no such table or column; the query is wrong or has no such
            column; the connection broke.
    """
    from sqlalchemy import column, select, table, text
    from sqlalchemy.exc import SQLAlchemyError

    if database.only_spark:
        raise UserError(
            zh=f"“{database.name}”只有 Spark 能读。请加 --engine spark，或在映射文件里写数据库地址 address。",
            en=f"Only Spark can read “{database.name}”. Use --engine spark, or state the address of a database in the mapping.",
        )
    with connected(database) as connection:
        try:
            if database.table:
                lacks_nothing(columns_of(connection, database), columns, database.name)
                schema, name = split_name(database.table)
                wanted: Any = select(*[column(one) for one in dict.fromkeys(columns)]).select_from(
                    table(name, schema=schema)
                )
            else:
                wanted = text(database.query or "")
            rows = connection.execution_options(stream_results=True, max_row_buffer=PIECE).execute(wanted)
            found = list(rows.keys()) if rows.returns_rows else []
            lacks_nothing(found, columns, database.name)
            places = {one: found.index(one) for one in columns}
            files = [_written(folder / "00000.parquet", [], places)]
            for number, piece in enumerate(rows.partitions(PIECE)):
                if number * PIECE >= MOST:
                    raise _endless(database)
                files[number:] = [_written(folder / f"{number:05d}.parquet", piece, places)]
            return files
        except SQLAlchemyError as error:
            if why(error) == "interrupted":
                raise _endless(database) from None
            raise UserError(
                zh=f"从数据库“{shown(database)}”读取“{database.name}”失败：{why(error)}。",
                en=f"Reading “{database.name}” from the database “{shown(database)}” failed: {why(error)}.",
            ) from None


def _endless(database: Database) -> UserError:
    return UserError(
        zh=f"“{database.name}”读了 {LONGEST_WORK // 60} 分钟或 {MOST:,} 行还没有完，已停止。请检查视图或查询是不是没有尽头，或只取需要的时间段。",
        en=f"“{database.name}” did not end within {LONGEST_WORK // 60} minutes or {MOST:,} rows and was stopped. See whether the view or query has no end, or take only the period you need.",
    )


def lacks_nothing(found: list[str], columns: Sequence[str], name: str) -> None:
    """Raise a `UserError` that names the first column which a table lacks, and those it has."""
    missing = [one for one in columns if one not in found]
    if missing:
        raise UserError(
            T(
                zh="“{name}”里没有“{column}”列。有：{found}。",
                en="“{name}” has no column “{column}”. It has: {found}.",
            ).format(name=name, column=missing[0], found=listed(found[:30]))
        )


def _written(file: Path, rows: Sequence[Any], places: dict[str, int]) -> Path:
    import pyarrow as pa
    import pyarrow.parquet as pq

    columns = {one: _column([row[place] for row in rows]) for one, place in places.items()}
    pq.write_table(pa.table(columns), file)
    return file


def _column(values: list[Any]) -> Any:
    """Return values as Arrow's: exact decimals as floats; what has no type in common as text."""
    import pyarrow as pa

    values = [float(value) if isinstance(value, Decimal) else value for value in values]
    try:
        return pa.array(values)
    except (pa.ArrowException, TypeError, ValueError, OverflowError):
        return pa.array([None if value is None else _text(value) for value in values])


def _text(value: Any) -> str:
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
