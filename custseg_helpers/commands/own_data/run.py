"""`custseg run company.toml --out folder`: from a team's own files to tagged customers, a report, a list of whom to contact.

The folder appears whole or not at all. The same files, mapping, scheme and versions give the same tables and report.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import click

from custseg_helpers.commands.parameters import OWN, PATH, argument, flag, option, out
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


def parameters() -> list[click.Parameter]:
    """Return what `custseg run` takes."""
    return [
        argument("company", T(zh="映射文件 company.toml", en="the mapping, company.toml"), type=OWN),
        out("result"),
        *(option(f"--{name}", words, type=PATH, metavar="FILE") for name, words in FILES.items()),
        option(
            "--since",
            T(
                zh="与这次结果比较；默认与输出文件夹里上次的结果比",
                en="compare with this result; default: the last one in the output folder",
            ),
            type=PATH,
            metavar="FOLDER",
        ),
        option(
            "--key",
            T(
                zh="用密钥文件把客户编号换成假名；没有就新建一个，自己保管",
                en="replace customer ids by pseudonyms with this key file; made if there is none; keep it to yourself",
            ),
            type=PATH,
            metavar="FILE",
        ),
        flag(
            "--shareable",
            T(
                zh="只出可以分享的：不含单个客户，小格子隐藏",
                en="only what may be shared: no single customers, small cells hidden",
            ),
        ),
        option(
            "-k",
            T(
                zh="可以分享的格子最少几位客户，默认 10",
                en="fewest customers of a cell that may be shared; default 10",
            ),
            type=int,
            default=10,
        ),
        flag("--dry-run", T(zh="只读取和核对，不写文件", en="read and check, write nothing")),
        option(
            "--engine",
            T(
                zh="明细在哪里汇总：pandas 内存，duckdb 本机硬盘，spark 集群",
                en="where lines are counted: pandas in memory, duckdb on this machine's disk, spark on a cluster",
            ),
            type=click.Choice(ENGINES),
            default=ENGINES[0],
        ),
        option(
            "--memory",
            T(zh="DuckDB 最多用多少内存，如 4GB", en="the most memory DuckDB may use, such as 4GB"),
        ),
        option(
            "--master",
            T(
                zh="Spark 主节点，如 spark://host:7077；也可用环境变量 CUSTSEG_SPARK_MASTER",
                en="Spark's master, such as spark://host:7077; or the environment variable CUSTSEG_SPARK_MASTER",
            ),
        ),
    ]


def main(
    *,
    company: Path,
    out: Path,
    since: Path | None,
    key: Path | None,
    shareable: bool,
    k: int,
    dry_run: bool,
    engine: str,
    memory: str | None,
    master: str | None,
    **files: Path | None,
) -> None:
    """Run `custseg run`."""
    read = partial(read_company, company, engine, memory=memory, master=master)
    if dry_run:
        own = read()
        print("\n".join(str(text) for text in (*came_in(own), *warnings(own))))
        return
    choices = choose(
        company,
        out,
        since=since,
        key=key,
        shareable=shareable,
        k=k,
        **files,
    )
    with progress() as step:
        said = run(read, choices, step)
    print("\n".join(str(text) for text in said))


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
