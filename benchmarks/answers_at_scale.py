"""How long the comparison of a large answer takes: python -m benchmarks.answers_at_scale [--rows 1e6]

CPU seconds, and as a multiple of what pandas itself needs to bring the answer into the order of the right one and to
compare the two (`right.eq(given.reindex(right.index))`, for a list `list == list`): a ratio says the same on a slow
machine.
"""

import argparse
import time
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

from custseg_helpers.diagnosis.compare import difference


def seconds(call: Callable[[], Any]) -> float:
    """Return the CPU seconds that a call takes."""
    started = time.process_time()
    call()
    return time.process_time() - started


def answers(rows: int) -> dict[str, tuple[Any, Any]]:
    """Return right answers of so many rows, each with an answer that is given."""
    rng = np.random.default_rng(1)
    ids = pd.Index([f"C{number:08d}" for number in range(rows)], name="customer_id")
    money = pd.Series(rng.gamma(2, 300, rows).round(2), ids, name="monetary")
    labels = pd.Series(rng.choice(["loyal", "lost", "new"], rows), ids, name="segment")
    turned = rng.permutation(rows)
    return {
        "money, rows turned": (money, money.iloc[turned]),
        "money, one value wrong": (money, money.where(np.arange(rows) != rows - 2, 1.5)),
        "money, all wrong": (money, money * 1.1),
        "money, ids in a column": (money, money.iloc[turned].reset_index()),
        "money, one row lost": (money, money.iloc[:-1]),
        "labels, rows turned": (labels, labels.iloc[turned]),
        "labels, all wrong": (labels, labels + "?"),
        "list, in order": (list(ids), list(ids)),
        "list, other order": (list(ids), list(ids[turned])),
        "list, one stranger": (list(ids), [*ids[:-1], "X"]),
    }


def by_pandas(right: Any, given: Any) -> None:
    """Compare with nothing forgiven."""
    if isinstance(right, list):
        _ = right == given, set(right) == set(given)
        return
    column = given.set_index("customer_id").iloc[:, 0] if isinstance(given, pd.DataFrame) else given
    right.eq(column.reindex(right.index)).all()


def main() -> None:
    """Print what each answer takes."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", type=lambda text: int(float(text)), default=1_000_000)
    rows = parser.parse_args().rows
    print(f"{rows:,} rows{'seconds':>25} {'pandas':>8} {'ratio':>6}")
    for name, (right, given) in answers(rows).items():
        plain, ours = (
            seconds(lambda r=right, g=given: by_pandas(r, g)),
            seconds(lambda r=right, g=given: difference(r, g)),
        )
        print(f"{name:28} {ours:8.2f} {plain:8.2f} {ours / plain:6.1f}")


if __name__ == "__main__":
    main()
