"""`custseg init` on a million order lines of twelve columns: CPU seconds, memory, and whether a rare status is seen.

Run from the project's folder: `python -m benchmarks.init [lines]`.
"""

import multiprocessing
import resource
import sys
import tempfile
from pathlib import Path

import numpy as np

from benchmarks.harness import order_lines

RARE = "held at customs"
"""A status that one line has."""


def export(file: Path, n: int) -> None:
    """Write order lines as a shop exports them: texts, dates with a time of day, a status, two columns nobody needs."""
    lines = order_lines(n, ids="str")
    chance = np.random.default_rng(2)
    statuses = np.array(["completed", "completed", "completed", "shipped", "cancelled"], dtype=object)
    # what belongs to an order is drawn once an order
    of_order = lines["order_id"].factorize()[0]
    status = statuses[chance.integers(0, 5, of_order.max() + 1)][of_order]
    status[n // 3] = RARE
    minutes = chance.integers(0, 1440, of_order.max() + 1)[of_order]
    sku = chance.integers(0, 3000, n)
    table = lines.assign(
        amount=lines["amount"].abs(),
        order_date=(lines["order_date"] + minutes.astype("timedelta64[m]")).dt.strftime("%Y-%m-%d %H:%M:%S"),
        quantity=chance.integers(1, 5, n),
        sku=[f"SKU{code:05d}" for code in sku],
        product=[f"Product {code}" for code in sku],
        category=[f"Category {code % 20}" for code in sku],
        status=status,
        city=np.array(["Lyon", "Hanoi", "Quito", "Oslo"], dtype=object)[of_order % 4],
        channel=np.array(["web", "shop"], dtype=object)[of_order % 2],
        note=np.where(chance.random(n) < 0.02, "ring twice", ""),
    )
    names = {
        "order_id": "order id",
        "customer_id": "customer id",
        "order_date": "order date",
        "amount": "line total",
    }
    table.rename(columns=names).to_csv(file, index=False)


def main() -> None:
    from custseg_helpers.commands.main import main as custseg

    n = int(float(sys.argv[1])) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "orders.csv"
        writer = multiprocessing.get_context("spawn").Process(target=export, args=(file, n))
        writer.start()  # in a process of its own, so that its memory does not count
        writer.join()
        start = resource.getrusage(resource.RUSAGE_SELF)
        custseg(["init", str(file)])
        used = resource.getrusage(resource.RUSAGE_SELF)
        text = (Path(folder) / "company.toml").read_text(encoding="utf-8")
        cpu = used.ru_utime + used.ru_stime - start.ru_utime - start.ru_stime
        print(
            f"{n:,} lines, {file.stat().st_size / 2**20:.0f} MB: {cpu:.1f} CPU s, {used.ru_maxrss / 1024:.0f} MB at most"
        )
        print(f"the status on one line is {'seen' if RARE in text else 'MISSED'}")


if __name__ == "__main__":
    main()
