"""`custseg run --engine spark`: order lines counted on a Spark that is already there; only facts come back.

On Spark the lines are a table of its catalogue, a folder of parquet files in a store (`address = "hdfs://…"`), or
parquet files that every worker can read under the same path. Nothing is installed on the workers.
"""

import os
import shutil
import socket
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

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
from custseg_helpers.at_scale.staging import PART
from custseg_helpers.mapping.as_exported import not_on_spark
from custseg_helpers.mapping.company_toml import complete
from custseg_helpers.mapping.keys import OwnData
from custseg_helpers.mapping.own_company import Own, company_without_lines, none_left
from custseg_helpers.reading.fetch import about, lacks_nothing
from custseg_helpers.reading.parts import files_of, is_parquet
from custseg_helpers.reading.sheet import Sheet
from custseg_helpers.words.text import T, UserError

MASTER = "CUSTSEG_SPARK_MASTER"
PATIENCE = 5
"""Seconds a master has to answer."""


def read_with_spark(own: OwnData, master: str | None = None) -> Own:
    """Count the order lines of a mapping on Spark. Without a master the program must have been started by `spark-submit`."""
    complete(own)
    not_on_spark(own.orders)
    with _session(master or os.environ.get(MASTER), own.time_zone) as spark:
        lines, said = _once(spark, plain_columns(rows_of(spark, own), own), own)
        lines = planned(lines, own, _numbered)
        counts, infinite = count_reasons(lines)
        if not counts[""]:
            raise none_left(own, counts)
        from pyspark import StorageLevel

        kept = only_kept(lines).to_native().persist(StorageLevel.DISK_ONLY)
        made, account = reduce(Kept(nw.from_native(kept).lazy(), None, counts, infinite), own)
        kept.unpersist()
    told = about(own.orders.database) if own.orders.database else {"kind": "parquet"}
    sheet = Sheet(pd.DataFrame(), own.orders.file, told | {"engine": "spark"}, said + not_used(own))
    return Own(company_without_lines(own, made.facts), own, sheet, account, made)


@contextmanager
def _session(master: str | None, zone: str) -> Iterator[Any]:
    """Give a session of the master, or of `spark-submit`; what goes wrong in it is said."""
    try:
        from pyspark.errors import PySparkException
        from pyspark.sql import SparkSession
    except ModuleNotFoundError:
        raise UserError(
            zh='--engine spark 还需要 PySpark，版本要与集群一致。请运行：pip install "custseg[spark]"',
            en='--engine spark needs PySpark, in the version of the cluster. Run: pip install "custseg[spark]"',
        ) from None
    from py4j.protocol import Py4JError

    _can_start(master)
    builder = SparkSession.builder.appName("custseg").config("spark.driver.maxResultSize", "0")
    builder = builder.config("spark.ui.showConsoleProgress", "false")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            spark = (builder.master(master) if master else builder).getOrCreate()
            try:
                session = spark.newSession()
                session.conf.set("spark.sql.session.timeZone", zone)
                yield session
            finally:
                spark.stop()
    except (PySparkException, Py4JError) as error:
        said = (str(error).strip().splitlines() or [type(error).__name__])[0]
        raise UserError(
            zh=f"Spark 没有完成：{said}。详情见 Spark 的日志。",
            en=f"Spark did not finish: {said}. Spark's own log tells more.",
        ) from None


def _can_start(master: str | None) -> None:
    """Raise where Spark would wait for a minute, or start on this machine without being asked to."""
    if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        raise UserError(
            zh="Spark 需要 Java。请安装 Java 17 或更新版本，或设置环境变量 JAVA_HOME。",
            en="Spark needs Java. Install Java 17 or later, or set the environment variable JAVA_HOME.",
        )
    if master is None and "PYSPARK_GATEWAY_PORT" not in os.environ:
        raise UserError(
            zh=f"没有说明用哪个 Spark。请写 --master spark://主机:7077，或设环境变量 {MASTER}，或用 spark-submit 启动。",
            en=f"Which Spark? State --master spark://host:7077, set the environment variable {MASTER}, or start with spark-submit.",
        )
    place = urlsplit(master or "")
    if place.scheme == "spark" and "," not in place.netloc:
        try:
            socket.create_connection((place.hostname or "", place.port or 7077), PATIENCE).close()
        except (OSError, ValueError):
            raise UserError(
                zh=f"Spark 主节点“{master}”没有应答。请检查地址和网络。",
                en=f"The Spark master “{master}” does not answer. Check the address and the network.",
            ) from None


def rows_of(spark: Any, own: OwnData) -> Any:
    """Return the table of order lines as it stands."""
    database = own.orders.database
    if database is not None and not database.only_spark:
        raise UserError(
            zh="--engine spark 不读数据库。请写 Spark 目录里的表（只写 table）、parquet 文件夹的地址，或改用 --engine duckdb。",
            en="--engine spark reads no databases. State a table of Spark's catalogue (table alone) or the address of a folder of parquet files, or use --engine duckdb.",
        )
    if database is not None:
        return spark.read.parquet(database.address) if database.address else spark.table(database.table)
    files = files_of(own.orders.files)
    for file in files:
        if not is_parquet(file):
            raise UserError(
                zh=f"Spark 只读 parquet，“{file.name}”不是。请先转成 parquet，或改用 --engine duckdb。",
                en=f"Spark reads parquet only, and “{file.name}” is none. Convert it, or use --engine duckdb.",
            )
    rows = spark.read.parquet(*[f"file://{file.resolve().as_posix()}" for file in files])
    if len(files) > 1:
        from pyspark.sql.functions import input_file_name

        rows = rows.withColumn(PART, input_file_name())
    return rows


def _once(spark: Any, lines: nw.LazyFrame[Any], own: OwnData) -> tuple[nw.LazyFrame[Any], tuple[T, ...]]:
    """Return the lines of several files without the orders that a later one repeats, and say so."""
    if not {PART, "order_id"} <= set(lines.collect_schema().names()):
        return lines, ()
    shared = in_several_parts(lines)
    rows = lines.join(shared, on="order_id", how="semi").collect().to_pandas()
    if rows.empty:
        return lines, ()
    pairs, said = repeated_orders(lines, rows.rename(columns=dict(own.orders.columns)), own)
    if not said:
        return lines, ()
    again = nw.from_native(spark.createDataFrame(pairs.values.tolist(), ["order_id", PART])).lazy()
    return lines.join(again, on=["order_id", PART], how="anti"), said


def plain_columns(rows: Any, own: OwnData) -> nw.LazyFrame[Any]:
    """Return the mapped columns under their standard names; all must be plain."""
    columns = own.orders.columns
    lacks_nothing(rows.columns, list(columns.values()), own.orders.file.name)
    lines = nw.from_native(rows).lazy()
    parts = {PART: nw.col(PART)} if PART in rows.columns else {}
    lines = lines.select(**{standard: nw.col(column) for standard, column in columns.items()}, **parts)
    schema = lines.collect_schema()
    for name in not_plain(schema, own):
        raise UserError(
            zh=f"在 Spark 上，“{columns[name]}”列（{name}）的类型 {schema[name]} 用不了：金额、数量应是数字，日期应是日期或时间，编号应是文字或整数。"
            "请先在表里转换类型，或改用 --engine duckdb，那里能读文字写的数字和日期。",
            en=f"On Spark, column “{columns[name]}” ({name}) cannot be of type {schema[name]}: money and quantities must be numbers, dates dates, ids text or whole numbers. "
            "Convert it in the table, or use --engine duckdb, which reads numbers and dates written as text.",
        )
    return lines


def _numbered(rows: Any) -> Any:
    from pyspark.sql.functions import monotonically_increasing_id

    return rows.withColumn("order_id", monotonically_increasing_id())
