"""A table in a database: where it is, and reading it in pieces. PostgreSQL, SQLite, and whatever else SQLAlchemy has a driver for.

The address holds no password: it comes from the environment variable `CUSTSEG_PASSWORD`, or from what the
database's own driver looks at (for PostgreSQL `PGPASSWORD` and `~/.pgpass`), and is written nowhere.
"""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from custseg_helpers.data import stated
from custseg_helpers.text import T, UserError

PASSWORD = "CUSTSEG_PASSWORD"
PIECE = 100_000
"""Rows fetched at a time."""
DRIVERS = {"postgresql": "postgresql+psycopg", "postgres": "postgresql+psycopg"}
PACKAGES = {"psycopg": '"custseg[postgres]"', "pymysql": "pymysql", "MySQLdb": "mysqlclient", "oracledb": "oracledb"}
STORES = ("hdfs", "s3", "s3a", "gs", "abfs", "abfss", "wasbs", "file")
"""Addresses of parquet folders that only Spark reads."""


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


def stated_database(told: Mapping[str, Any], path: Path, where: str) -> Database | None:
    """Read `address`, `table` and `query` of a section of the mapping; `None` where a file is stated."""
    if "file" in told or not {"address", "table", "query"} & set(told):
        extra = {"address", "table", "query"} & set(told)
        if extra:
            raise stated.wrong(path, f"{where}{min(extra)}", T(zh="与 file 只写一个", en="does not go with file; state one of them"))  # fmt: skip
        return None
    words = {key: stated.text(told[key], path, f"{where}{key}") for key in ("address", "table", "query") if key in told}
    found = Database(words.get("address", ""), words.get("table"), words.get("query"), path.parent)
    if found.only_spark and (found.query or bool(found.address) == bool(found.table)):
        raise stated.wrong(path, f"{where}address", T(
            zh='写数据库地址，如 "postgresql://user@host/db"；parquet 文件夹的地址不带 table',
            en='state a database such as "postgresql://user@host/db"; a folder of parquet files takes no table',
        ))  # fmt: skip
    if not found.only_spark:
        if bool(found.table) == bool(found.query):
            raise stated.wrong(path, f"{where}table", T(zh="table 与 query 写一个", en="state either table or query"))
        url = _url(found, path, where)
        if url.password is not None:
            raise stated.wrong(path, f"{where}address", T(
                zh=f"不要把密码写在文件里。请删去地址中的密码，放进环境变量 {PASSWORD}",
                en=f"a password does not belong in a file. Take it out of the address and put it into the environment variable {PASSWORD}",
            ))  # fmt: skip
    return found


def _url(database: Database, path: Path, where: str) -> Any:
    from sqlalchemy.engine import make_url
    from sqlalchemy.exc import ArgumentError

    try:
        return make_url(database.address)
    except (ArgumentError, ValueError):
        raise stated.wrong(path, f"{where}address", T(
            zh='不是数据库地址。写法如 "postgresql://user@host/db"、"sqlite:///shop.db"',
            en='is no address of a database. Write "postgresql://user@host/db" or "sqlite:///shop.db"',
        )) from None  # fmt: skip
