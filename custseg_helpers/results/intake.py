"""What `custseg run` works from: files, a database or facts handed over; in memory, on DuckDB or on Spark."""

import argparse
from pathlib import Path
from typing import Any

from custseg_helpers.files.folder import sha256
from custseg_helpers.mapping.company_toml import read_mapping
from custseg_helpers.mapping.handed_over import read_facts
from custseg_helpers.mapping.keys import OwnData
from custseg_helpers.mapping.own_company import Own, read_own
from custseg_helpers.reading.fetch import about
from custseg_helpers.reading.parts import files_of
from custseg_helpers.results.write_back import check_write_back
from custseg_helpers.words.text import T

ENGINES = ("pandas", "duckdb", "spark")


def add_engine_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments that say where the lines are counted."""
    parser.add_argument(
        "--engine",
        choices=ENGINES,
        default="pandas",
        help=str(T(zh="明细在哪里汇总：pandas 内存，duckdb 本机硬盘，spark 集群", en="where lines are counted: pandas in memory, duckdb on this machine's disk, spark on a cluster")),
    )  # fmt: skip
    parser.add_argument(
        "--memory", help=str(T(zh="DuckDB 最多用多少内存，如 4GB", en="the most memory DuckDB may use, such as 4GB"))
    )  # fmt: skip
    parser.add_argument(
        "--master",
        help=str(T(zh="Spark 主节点，如 spark://host:7077；也可用环境变量 CUSTSEG_SPARK_MASTER", en="Spark's master, such as spark://host:7077; or the environment variable CUSTSEG_SPARK_MASTER")),
    )  # fmt: skip


def read_company(options: argparse.Namespace) -> Own:
    """Read the company that the options of `custseg run` name, on the engine that they name."""
    own = read_mapping(options.company)
    if own.write_back:
        check_write_back(own.write_back.database)
    if "facts" in own.sources:
        return read_facts(own)
    if options.engine == "duckdb":
        from custseg_helpers.mapping.duck import read_with_duckdb

        return read_with_duckdb(own, options.memory)
    if options.engine == "spark":
        from custseg_helpers.mapping.spark import read_with_spark

        return read_with_spark(own, options.master)
    return read_own(options.company)


def inputs(own: OwnData) -> dict[str, Any]:
    """Return, for the manifest, every file that was read with its hash."""
    found: dict[str, Any] = {own.path.name: _hashed(own.path)}
    for source in own.sources.values():
        found |= {source.database.name: about(source.database)} if source.database else {}
        for stated in source.files:
            inside = files_of([stated])
            found |= {str(file.relative_to(stated.parent).as_posix()): _hashed(file) for file in inside}
    return found


def _hashed(file: Path) -> dict[str, Any]:
    return {"sha256": sha256(file), "bytes": file.stat().st_size}
