"""What a mapping states about a database: `address`, `table` and `query`, never a password."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from custseg_helpers.mapping import stated_values as stated
from custseg_helpers.reading.database import PASSWORD, Database, driver_url
from custseg_helpers.words.text import T, UserError


def stated_database(told: Mapping[str, Any], path: Path, where: str) -> Database | None:
    """Read `address`, `table` and `query` of a section of the mapping; `None` where a file is stated."""
    given = [key for key in ("address", "table", "query") if key in told]
    if not given:
        return None
    if "file" in told:
        raise stated.wrong(path, f"{where}{given[0]}", T(zh="与 file 只写一个", en="does not go with file; state one of them"))  # fmt: skip
    words = {key: stated.text(told[key], path, f"{where}{key}") for key in given}
    found = Database(words.get("address", ""), words.get("table"), words.get("query"), path.parent)
    if found.only_spark:
        if urlsplit(found.address).password is not None:
            raise _password(path, where)
        if found.query or bool(found.address) == bool(found.table):
            raise stated.wrong(path, f"{where}address", T(
                zh='写数据库地址，如 "postgresql://user@host/db"；parquet 文件夹的地址不带 table',
                en='state a database such as "postgresql://user@host/db"; a folder of parquet files takes no table',
            ))  # fmt: skip
        return found
    if bool(found.table) == bool(found.query):
        raise stated.wrong(path, f"{where}table", T(zh="table 与 query 写一个", en="state either table or query"))  # fmt: skip
    from sqlalchemy.exc import ArgumentError

    try:
        password = driver_url(found).password
    except (ArgumentError, ValueError):
        raise stated.wrong(path, f"{where}address", T(
            zh='不是数据库地址。写法如 "postgresql://user@host/db"、"sqlite:///shop.db"',
            en='is no address of a database. Write "postgresql://user@host/db" or "sqlite:///shop.db"',
        )) from None  # fmt: skip
    if password is not None:
        raise _password(path, where)
    return found


def _password(path: Path, where: str) -> UserError:
    return stated.wrong(path, f"{where}address", T(
        zh=f"不要把密码写在文件里。请删去地址中的密码，放进环境变量 {PASSWORD}",
        en=f"a password does not belong in a file. Take it out of the address and put it into the environment variable {PASSWORD}",
    ))  # fmt: skip
