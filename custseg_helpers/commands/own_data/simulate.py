"""`custseg simulate`: a sample company of any size as parquet, or the committed samples made anew."""

import argparse
import shutil
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from custseg_helpers.company.company import SAMPLES
from custseg_helpers.company.dictionary import write_dictionary
from custseg_helpers.company.sample_files import write_samples
from custseg_helpers.company.simulate.company import SEED, Tally, blocks, parameters, small_tables
from custseg_helpers.company.simulate.settings import BLOCK, settings
from custseg_helpers.paths import course_root
from custseg_helpers.words.text import T, UserError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments of `custseg simulate`."""
    parser.add_argument(
        "name", nargs="?", default=SAMPLES[0], choices=SAMPLES, help=str(T(zh="哪家公司", en="which company"))
    )
    parser.add_argument("--customers", type=int, help=str(T(zh="客户数", en="how many customers")))
    parser.add_argument("--seed", type=int, default=SEED, help=str(T(zh="随机种子", en="the random seed")))
    parser.add_argument(
        "--out",
        type=Path,
        help=str(T(zh="输出文件夹，默认 my/公司_客户数", en="folder; default my/NAME_CUSTOMERS")),
    )
    parser.add_argument(
        "--samples",
        action="store_true",
        help=str(
            T(
                zh="重新生成 datasets/ 下的五家公司与数据字典",
                en="make datasets/ anew: five companies, data dictionary",
            )
        ),
    )


def main(options: argparse.Namespace) -> int:
    """Run `custseg simulate`."""
    if options.samples:
        return _samples()
    customers = settings(options.name)["customers"] if options.customers is None else options.customers
    out = options.out or Path("my") / f"{options.name}_{customers}"
    if out.exists():
        raise UserError(
            zh=f"“{out}”已存在，不会覆盖。请换一个 --out，或先移走它。",
            en=f"“{out}” exists and is not overwritten. Choose another --out, or move it away.",
        )
    write_parquet(options.name, customers, options.seed, out)
    print(T(zh=f'已写入 {out}。读取：load("{out}")', en=f'Written to {out}. To read it: load("{out}")'))
    return 0


def write_parquet(name: str, customers: int, seed: int, out: Path) -> None:
    """Simulate a company into a folder of parquet files, block by block; the folder appears when all is done."""
    _need("pyarrow")
    import pyarrow as pa
    import pyarrow.parquet as pq

    draft = out.with_name(f".{out.name}.part")
    shutil.rmtree(draft, ignore_errors=True)
    (draft / "truth").mkdir(parents=True)
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
    parameters(name).to_parquet(draft / "truth" / "parameters.parquet", index=False)
    shutil.copy(course_root() / "datasets" / name / "company.toml", draft)
    draft.rename(out)


def _samples() -> int:
    datasets = course_root() / "datasets"
    with _progress() as progress:
        task = progress.add_task(str(T(zh="示例公司", en="Sample companies")), total=len(SAMPLES))
        for name in SAMPLES:
            write_samples(datasets, name)
            progress.advance(task)
    write_dictionary(datasets)
    return 0


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
