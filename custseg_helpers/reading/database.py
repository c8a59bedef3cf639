"""A table in a database: where it is, how to reach it, and what to say when that fails.

PostgreSQL, SQLite, and whatever else SQLAlchemy has a driver for. The address holds no password: that comes from the
environment variable `CUSTSEG_PASSWORD`, or from what the database's own driver looks at (for PostgreSQL `PGPASSWORD`
and `~/.pgpass`), and is written nowhere.
"""

import difflib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Any
from urllib.parse import urlsplit

from custseg_helpers.words.text import T, UserError, listed

PASSWORD = "CUSTSEG_PASSWORD"
PATIENCE = 15
"""Seconds a server has to answer."""
LONGEST_WORK = 3600
"""Seconds that SQLite, which works inside this process, may take."""
LONGEST_VALUE = 10_000_000
"""Bytes of one value, or one row, of SQLite."""
DRIVERS = {"postgresql": "postgresql+psycopg", "postgres": "postgresql+psycopg"}
PACKAGES = {"psycopg": '"custseg[postgres]"', "MySQLdb": "mysqlclient"}
"""What to install for a driver whose package has another name."""
STORES = ("hdfs", "s3", "s3a", "gs", "abfs", "abfss", "wasbs", "file")
"""Addresses of parquet folders that only Spark reads."""

HAS_PASSWORD = T(
    zh="不要把密码写在文件里。请删去地址中的密码，放进环境变量 {name}",
    en="a password does not belong in a file. Take it out of the address and put it into the environment variable {name}",
).format(name=PASSWORD)


@dataclass(frozen=True)
class Database:
    """Where a table is: the address of its database, without a password, and its name or a query."""

    address: str
    table: str | None = None
    query: str | None = None
    home: Path = Path()
    """the folder at which a relative path of SQLite starts"""

    @property
    def name(self) -> str:
        """What people call it: the table, or “query”; of a parquet folder its address."""
        return self.table or ("query" if self.query else self.address)

    @property
    def only_spark(self) -> bool:
        """Whether this is a table of Spark's catalogue, or a folder in a store that only Spark reads."""
        return not self.address or self.address.split(":")[0] in STORES


def driver_url(database: Database) -> Any:
    """Return the address as SQLAlchemy's, with our choice of driver and SQLite's path in full."""
    from sqlalchemy.engine import make_url

    url = make_url(database.address)
    url = url.set(drivername=DRIVERS.get(url.drivername, url.drivername))
    if url.get_backend_name() == "sqlite" and url.database:
        url = url.set(database=str(database.home / url.database))
    return url


def is_new(database: Database) -> bool:
    """Whether this is a SQLite file that does not exist yet."""
    url = driver_url(database)
    return url.get_backend_name() == "sqlite" and not Path(url.database or "").is_file()


def misstated(database: Database) -> tuple[str, T] | None:
    """Return which of `address`, `table` and `query` is stated wrongly, and what is wrong; `None` where all is well."""
    if database.only_spark:
        if urlsplit(database.address).password is not None:
            return "address", HAS_PASSWORD
        if database.query or bool(database.address) == bool(database.table):
            return "address", T(
                zh='写数据库地址，如 "postgresql://user@host/db"；parquet 文件夹的地址不带 table',
                en='state a database such as "postgresql://user@host/db"; a folder of parquet files takes no table',
            )
        return None
    if bool(database.table) == bool(database.query):
        return "table", T(zh="table 与 query 写一个", en="state either table or query")
    from sqlalchemy.exc import ArgumentError

    try:
        password = driver_url(database).password
    except (ArgumentError, ValueError):
        return "address", T(
            zh='不是数据库地址。写法如 "postgresql://user@host/db"、"sqlite:///shop.db"',
            en='is no address of a database. Write "postgresql://user@host/db" or "sqlite:///shop.db"',
        )
    return None if password is None else ("address", HAS_PASSWORD)


@contextmanager
def connected(database: Database, *, writing: bool = False) -> Iterator[Any]:
    """Give a connection in which nothing is committed unless the caller does; reading, the database may not be changed.

    Raises:
        UserError: no driver, no such database, or it does not answer.
    """
    from sqlalchemy import create_engine, event
    from sqlalchemy.exc import DBAPIError, NoSuchModuleError
    from sqlalchemy.pool import NullPool

    url = driver_url(database)
    lite = url.get_backend_name() == "sqlite"
    if not writing and is_new(database):
        raise UserError(
            zh=f"找不到 SQLite 数据库“{url.database}”。相对路径从映射文件所在文件夹算起。",
            en=f"There is no SQLite database “{url.database}”. A relative path starts at the mapping's folder.",
        )
    if os.environ.get(PASSWORD) and not lite:
        url = url.set(password=os.environ[PASSWORD])
    try:
        patience = {"connect_timeout": PATIENCE} if url.get_backend_name() == "postgresql" else {}
        engine = create_engine(url, poolclass=NullPool, hide_parameters=True, connect_args=patience)
    except (NoSuchModuleError, ModuleNotFoundError) as error:
        raise _no_driver(error, url.drivername) from None
    if lite:
        event.listen(engine, "connect", _sqlite_leaves_transactions_to_us)
        event.listen(engine, "connect", _sqlite_within_bounds)
        event.listen(
            engine, "begin", lambda opened: opened.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")
        )
    try:
        connection = engine.connect()
    except DBAPIError as error:
        raise UserError(
            zh=f"连不上数据库“{shown(database)}”：{why(error)}。请检查地址、网络和账号；密码放在环境变量 {PASSWORD} 里。",
            en=f"The database “{shown(database)}” cannot be reached: {why(error)}. Check address, network and account; the password goes into the environment variable {PASSWORD}.",
        ) from None
    try:
        if not writing:
            connection = connection.execution_options(postgresql_readonly=True)
            if lite:
                connection.exec_driver_sql("PRAGMA query_only = ON")
        yield connection
    finally:
        connection.close()
        engine.dispose()


def _sqlite_leaves_transactions_to_us(connection: Any, _: Any) -> None:
    """Python's driver opens none before CREATE or DROP, which would then stand outside the one transaction."""
    connection.isolation_level = None


def _sqlite_within_bounds(connection: Any, _: Any) -> None:
    """Have SQLite refuse a giant value, and stop a query that has no end."""
    import sqlite3

    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST_VALUE)
    begun = monotonic()
    connection.set_progress_handler(lambda: monotonic() - begun > LONGEST_WORK, 1_000_000)


def _no_driver(error: Exception, name: str) -> UserError:
    module = getattr(error, "name", None)
    if not module:
        return UserError(
            zh=f"不认识“{name}”这种数据库。写法如 postgresql://…、sqlite:///….db。",
            en=f"“{name}” is no kind of database that is known here. Write postgresql://… or sqlite:///….db.",
        )
    package = PACKAGES.get(module.split(".")[0], module.split(".")[0])
    return UserError(
        zh=f"连接“{name}”还需要驱动。请运行：pip install {package}",
        en=f"Connecting to “{name}” needs its driver. Run: pip install {package}",
    )


def shown(database: Database) -> str:
    """Return the address as people may see it: without account and password."""
    if database.only_spark:
        return database.address
    url = driver_url(database)
    return f"{url.get_backend_name()}://{url.host or ''}{f':{url.port}' if url.port else ''}/{url.database or ''}"


def why(error: Exception) -> str:
    r"""Return the first line of what the database said, without the password.

    >>> why(ValueError("no route to host\nhint: try later"))
    'no route to host'
    """
    said = str(getattr(error, "orig", None) or error).strip().splitlines() or [type(error).__name__]
    hidden = os.environ.get(PASSWORD)
    return said[0].replace(hidden, "***").rstrip(".") if hidden else said[0].rstrip(".")


def split_name(table: str) -> tuple[str | None, str]:
    """Return the schema, if one is named, and the table.

    >>> split_name("sales.orders"), split_name("orders")
    (('sales', 'orders'), (None, 'orders'))
    """
    schema, _, name = table.rpartition(".")
    return schema or None, name


def columns_of(connection: Any, database: Database) -> list[str]:
    """Return the columns of the table; one that does not exist is a `UserError` that names those that come near."""
    from sqlalchemy import inspect

    schema, name = split_name(database.table or "")
    looking = inspect(connection)
    known = looking.get_table_names(schema=schema) + looking.get_view_names(schema=schema)
    if name not in known:
        near = difflib.get_close_matches(name, known, n=3, cutoff=0.5) or known[:10]
        raise UserError(
            T(
                zh="数据库“{base}”里没有表“{table}”。有：{near}。",
                en="The database “{base}” has no table “{table}”. It has: {near}.",
            ).format(
                base=shown(database),
                table=database.table,
                near=listed(near) if near else T(zh="一张表也没有", en="no table at all"),
            )
        )
    return [column["name"] for column in looking.get_columns(name, schema=schema)]
