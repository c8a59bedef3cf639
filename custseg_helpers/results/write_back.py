"""Writing the tags of a run to a table of a database, in one transaction: the table is the old one or the new one, never half."""

from typing import Any

import pandas as pd

from custseg_helpers.reading.database import Database, connected, is_new, shown, split_name, why
from custseg_helpers.words.text import T, UserError

OURS = {"customer_id", "as_of", "segment", "grade"}
"""A table with these columns was written by a run, and may be replaced by the next one."""
TRANSACTIONAL = ("postgresql", "postgres", "sqlite")
ROWS = 5_000
"""Rows sent at a time, all in the one transaction."""


def check_write_back(database: Database) -> None:
    """Raise a `UserError` where a write-back could not begin: before a run, not after it."""
    kind = database.address.partition("://")[0].partition("+")[0]
    if kind not in TRANSACTIONAL:
        raise UserError(
            zh=f"回写只支持 PostgreSQL 和 SQLite；“{kind}”不能把建表放进同一个事务。请读取结果文件夹里的 customers.parquet。",
            en=f"Tags are written back to PostgreSQL and SQLite only; “{kind}” cannot make a table within a transaction. Load customers.parquet of the result instead.",
        )
    if not is_new(database):
        with connected(database) as connection:
            _columns(connection, database)


def write_back(database: Database, customers: pd.DataFrame, as_of: pd.Timestamp) -> int:
    """Replace the table by one row a customer, and return how many; the first time the table is made.

    A table with the same columns stays and gets new rows, so that rights, views and indexes on it live on, and
    everybody else sees the old rows until the one commit at the end. If the columns have changed it is made anew,
    and readers wait for the commit.

    Args:
        database: address and table.
        customers: tags by `customer_id`, under their codes.
        as_of: the snapshot, which goes into the column `as_of`.

    Raises:
        UserError: no connection, the table is not ours, or writing failed; then the old table stands.
    """
    from sqlalchemy.exc import SQLAlchemyError

    rows = customers.reset_index().assign(as_of=as_of)
    committing = False
    with connected(database, writing=True) as connection:
        try:
            with connection.begin() as transaction:
                _replace(connection, database, rows)
                committing = True
                transaction.commit()
        except SQLAlchemyError as error:
            raise _unknown(database, error) if committing else _failed(database, error) from None
    return len(rows)


def _replace(connection: Any, database: Database, rows: pd.DataFrame) -> None:
    from sqlalchemy import Date, MetaData, Table, delete

    schema, name = split_name(database.table or "")
    known = _columns(connection, database)
    if known:
        table = Table(name, MetaData(), schema=schema, autoload_with=connection)
        if known == set(rows.columns):
            connection.execute(delete(table))
        else:
            table.drop(connection)
    days = rows.select_dtypes("datetime").columns
    for day in days:
        rows[day] = rows[day].dt.date
    rows.to_sql(
        name,
        connection,
        schema=schema,
        if_exists="append",
        index=False,
        chunksize=ROWS,
        dtype=dict.fromkeys(days, Date()),
    )


def _columns(connection: Any, database: Database) -> set[str]:
    """Return the columns of the table, none if there is no such table; one of somebody else's is a `UserError`."""
    from sqlalchemy import inspect

    schema, name = split_name(database.table or "")
    looking = inspect(connection)
    if schema and schema not in looking.get_schema_names():
        raise UserError(
            zh=f"数据库“{shown(database)}”里没有模式“{schema}”。请先建好，或换一个。",
            en=f"The database “{shown(database)}” has no schema “{schema}”. Make it first, or name another.",
        )
    if name in looking.get_view_names(schema=schema):
        raise _not_ours(database, T(zh="是视图", en="is a view"))
    if not looking.has_table(name, schema=schema):
        return set()
    found = {column["name"] for column in looking.get_columns(name, schema=schema)}
    if not found >= OURS:
        raise _not_ours(database, T(zh="不是 custseg 写的", en="was not written by custseg"))
    return found


def _not_ours(database: Database, what: T) -> UserError:
    return UserError(
        T(
            zh="数据库“{database}”里的“{table}”{what}，不会覆盖。请在 [write_back] 里换一个 table。",
            en="“{table}” in the database “{database}” {what}; it is not replaced. Name another table in [write_back].",
        ).format(database=shown(database), table=database.table, what=what)
    )


def _failed(database: Database, error: Exception) -> UserError:
    return UserError(
        zh=f"回写“{database.table}”没有完成：{why(error)}。数据库里还是原来的表，一行未动；可以再运行一次。",
        en=f"Writing “{database.table}” did not finish: {why(error)}. The old table stands in the database as it was; run again.",
    )


def _unknown(database: Database, error: Exception) -> UserError:
    return UserError(
        zh=f"回写“{database.table}”时，提交那一刻断了线：{why(error)}。表要么全是旧的，要么全是新的，不会各半；请看 as_of 列确认，或再运行一次。",
        en=f"The connection broke at the very moment of committing “{database.table}”: {why(error)}. The table is all old or all new, never half; look at its column as_of, or run again.",
    )
