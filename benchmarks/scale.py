"""`custseg run` on generated order lines: time and peak memory of the whole program, by number of lines and engine.

python -m benchmarks.scale --lines 1e6 --engine pandas duckdb --folder FOLDER

Makes `FOLDER/lines-1000000.parquet` if it is not there, and a result folder beside it. Each run is a program of its
own, so that its peak memory is its own.
"""

import argparse
import os
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd

from benchmarks.harness import write_parquet

MAPPING = """
name = "scale"
as_of = 2025-01-01
[orders]
file = "{file}"
[orders.columns]
order_id = "order_id"
customer_id = "customer_id"
order_date = "order_date"
amount = "amount"
"""

PROGRAM = "import sys; from custseg_helpers.commands.main import main; sys.exit(main())"


def company(folder: Path, n: int, ids: str, kind: str) -> Path:
    """Return a mapping of `n` lines, made first where there are none; `kind` is parquet or csv."""
    file = folder / f"lines-{n}-{ids}.parquet"
    if not file.exists():
        write_parquet(file, n, ids=ids)
    if kind == "csv":
        file = file.with_suffix(".csv")
        if not file.exists():
            import duckdb

            duckdb.read_parquet(str(file.with_suffix(".parquet"))).write_csv(str(file))
    mapping = folder / f"{file.name}.toml"
    mapping.write_text(MAPPING.format(file=file.name), encoding="utf-8")
    return mapping


def measured(command: list[str]) -> dict[str, float]:
    """Run a program; return wall and CPU seconds and peak memory in GB."""
    start = time.perf_counter()
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(running.pid, 0)
    return {
        "wall_s": time.perf_counter() - start,
        "cpu_s": used.ru_utime + used.ru_stime,
        "peak_gb": used.ru_maxrss / 2**20,
        "exit": os.waitstatus_to_exitcode(status),
    }


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--lines", type=float, default=1e6)
    parser.add_argument("--ids", choices=["int", "str"], default="str")
    parser.add_argument("--kind", choices=["parquet", "csv"], default="parquet")
    parser.add_argument("--engine", nargs="+", default=["pandas", "duckdb"])
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument(
        "--dry-run", action="store_true", help="lines to facts only, nothing is tagged or written"
    )
    parser.add_argument("rest", nargs="*", help="further options of custseg run, after --")
    options = parser.parse_args()
    n = int(options.lines)
    mapping = company(options.folder, n, options.ids, options.kind)
    rows = {}
    for engine in options.engine:
        out = options.folder / f"result-{n}-{engine}"
        command = [sys.executable, "-c", PROGRAM, "run", str(mapping), "--engine", engine, "--out", str(out)]
        rows[engine] = measured([*command, *["--dry-run"] * options.dry_run, *options.rest])
    print(f"{n:,} lines, {options.ids} ids, {options.kind}")
    print(pd.DataFrame(rows).T.round(2).to_string())


if __name__ == "__main__":
    main()
