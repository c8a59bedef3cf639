"""`custseg run company.toml --out folder`: from a team's own files to tagged customers, a report, a list of whom to contact.

The folder appears whole or not at all. The same files, mapping, scheme and versions give the same tables and report.
"""

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from custseg_helpers.results.intake import ENGINES, read_company
from custseg_helpers.results.run import choose, run
from custseg_helpers.results.wording import came_in, warnings
from custseg_helpers.words.text import T

STEPS = {
    "read": T(zh="读取与清理", en="Reading and cleaning"),
    "tag": T(zh="打标签、分层", en="Tagging and tiering"),
    "write": T(zh="作图、写出结果", en="Drawing and writing"),
}
FILES = {
    "scheme": T(zh="分群方案，默认 company.toml 旁边的 scheme.toml", en="the scheme; default: scheme.toml beside company.toml"),
    "catalogue": T(zh="标签目录，默认旁边的 tags.yaml，没有就用课程的", en="the tag catalogue; default: tags.yaml beside it, else the course's"),
    "playbook": T(zh="策略手册，默认旁边的 playbook.yaml，没有就用示例", en="the playbook; default: playbook.yaml beside it, else a sample"),
    "overrides": T(zh="人工调整，默认旁边的 overrides.jsonl", en="manual overrides; default: overrides.jsonl beside it"),
}  # fmt: skip


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments of `custseg run`."""
    parser.add_argument(
        "company", type=Path, help=str(T(zh="映射文件 company.toml", en="the mapping, company.toml"))
    )
    parser.add_argument(
        "--out", type=Path, help=str(T(zh="输出文件夹，默认 result", en="output folder; default: result"))
    )
    for name, words in FILES.items():
        parser.add_argument(f"--{name}", type=Path, metavar="FILE", help=str(words))
    parser.add_argument("--since", type=Path, metavar="FOLDER", help=str(T(zh="与这次结果比较；默认与输出文件夹里上次的结果比", en="compare with this result; default: the last one in the output folder")))  # fmt: skip
    parser.add_argument("--key", type=Path, metavar="FILE", help=str(T(zh="用密钥文件把客户编号换成假名；没有就新建一个，自己保管", en="replace customer ids by pseudonyms with this key file; made if there is none; keep it to yourself")))  # fmt: skip
    parser.add_argument("--shareable", action="store_true", help=str(T(zh="只出可以分享的：不含单个客户，小格子隐藏", en="only what may be shared: no single customers, small cells hidden")))  # fmt: skip
    parser.add_argument("-k", type=int, default=10, help=str(T(zh="可以分享的格子最少几位客户，默认 10", en="fewest customers of a cell that may be shared; default 10")))  # fmt: skip
    parser.add_argument("--dry-run", action="store_true", help=str(T(zh="只读取和核对，不写文件", en="read and check, write nothing")))  # fmt: skip
    add_engine_arguments(parser)


def main(options: argparse.Namespace) -> int:
    """Run `custseg run`."""
    read = partial(
        read_company, options.company, options.engine, memory=options.memory, master=options.master
    )
    if options.dry_run:
        own = read()
        print("\n".join(str(text) for text in (*came_in(own), *warnings(own))))
        return 0
    choices = choose(
        options.company,
        options.out or Path("result"),
        since=options.since,
        key=options.key,
        shareable=options.shareable,
        k=options.k,
        **{name: getattr(options, name) for name in FILES},
    )
    with progress() as step:
        said = run(read, choices, step)
    print("\n".join(str(text) for text in said))
    return 0


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


@contextmanager
def progress() -> Iterator[Any]:
    """Show a progress bar on the terminal (nothing where there is none); calling it names the step that begins."""
    from rich.console import Console
    from rich.progress import Progress

    console = Console(file=sys.stderr)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("", total=len(STEPS))
        begun = iter(range(len(STEPS)))
        yield lambda name: bar.update(task, completed=next(begun), description=str(STEPS[name]))
