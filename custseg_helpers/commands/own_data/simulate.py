"""`custseg simulate`: a sample company of any size as parquet, or the committed samples made anew."""

import shutil
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import click

from custseg_helpers.commands.parameters import PATH, argument, flag, option
from custseg_helpers.company.company import SAMPLES
from custseg_helpers.company.dictionary import write_dictionary
from custseg_helpers.company.sample_files import write_samples
from custseg_helpers.company.simulate.company import SEED, Tally, blocks, small_tables
from custseg_helpers.company.simulate.company import parameters as true_parameters
from custseg_helpers.company.simulate.settings import BLOCK, settings
from custseg_helpers.files.folder import whole_folder
from custseg_helpers.paths import course_root
from custseg_helpers.words.text import T, UserError


def parameters() -> list[click.Parameter]:
    """Return what `custseg simulate` takes."""
    return [
        argument(
            "name", T(zh="哪家公司", en="which company"), type=click.Choice(SAMPLES), default=SAMPLES[0]
        ),
        option("--customers", T(zh="客户数", en="how many customers"), type=int),
        option("--seed", T(zh="随机种子", en="the random seed"), type=int, default=SEED),
        option(
            "--out",
            T(zh="输出文件夹，默认 my/公司_客户数", en="folder; default my/NAME_CUSTOMERS"),
            type=PATH,
        ),
        flag(
            "--samples",
            T(
                zh="重新生成 datasets/ 下的五家公司与数据字典",
                en="make datasets/ anew: five companies, data dictionary",
            ),
        ),
    ]


def main(name: str, customers: int | None, seed: int, out: Path | None, samples: bool) -> None:
    """Run `custseg simulate`."""
    if samples:
        _samples()
        return
    customers = settings(name)["customers"] if customers is None else customers
    out = out or Path("my") / f"{name}_{customers}"
    if out.exists():
        raise UserError(
            T(
                zh="“{out}”已存在，不会覆盖。请换一个 --out，或先移走它。",
                en="“{out}” exists and is not overwritten. Choose another --out, or move it away.",
            ).format(out=out)
        )
    write_parquet(name, customers, seed, out)
    print(
        T(zh='已写入 {out}。读取：load("{out}")', en='Written to {out}. To read it: load("{out}")').format(
            out=out
        )
    )


def write_parquet(name: str, customers: int, seed: int, out: Path) -> None:
    """Simulate a company into a folder of parquet files, block by block; the folder appears when all is done."""
    _need("pyarrow")
    with whole_folder(out) as draft:
        _write_tables(name, customers, seed, draft)


def _write_tables(name: str, customers: int, seed: int, draft: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    (draft / "truth").mkdir()
    writers: dict[str, Any] = {}
    tally = Tally()
    try:
        with _progress() as progress:
            task = progress.add_task(str(T(zh="生成客户", en="Making customers")), total=customers)
            for made in blocks(name, seed, customers, tally):
                frames = made.tables | {f"truth/{table}": frame for table, frame in made.truth.items()}
                for table, frame in frames.items():
                    rows = pa.Table.from_pandas(frame, preserve_index=False)
                    if table not in writers:
                        writers[table] = pq.ParquetWriter(
                            draft / f"{table}.parquet", rows.schema, compression="zstd"
                        )
                    writers[table].write_table(rows.cast(writers[table].schema))
                progress.advance(task, min(BLOCK, customers))
    finally:
        for writer in writers.values():
            writer.close()
    for table, frame in small_tables(name, seed, tally).items():
        frame.to_parquet(draft / f"{table}.parquet", index=False)
    true_parameters(name).to_parquet(draft / "truth" / "parameters.parquet", index=False)
    shutil.copy(course_root() / "datasets" / name / "company.toml", draft)


def _samples() -> None:
    datasets = course_root() / "datasets"
    with _progress() as progress:
        task = progress.add_task(str(T(zh="示例公司", en="Sample companies")), total=len(SAMPLES))
        for name in SAMPLES:
            write_samples(datasets, name)
            progress.advance(task)
    write_dictionary(datasets)


def _progress() -> Any:
    _need("rich")
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    count = (BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TimeRemainingColumn())
    return Progress(TextColumn("{task.description}"), *count)


def _need(package: str) -> None:
    if find_spec(package) is None:
        raise UserError(
            zh=f'缺少 {package}，请先运行：pip install "custseg[data]"',
            en=f'{package} is missing. Run: pip install "custseg[data]"',
        )
