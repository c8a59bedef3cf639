"""Every explorer, moved as a hand would move it: time from a control's move to the new picture, tables and sentence.

Run from the project's folder: `OMP_NUM_THREADS=1 python -m benchmarks.explorers [--customers 3000 50000] [--only rfm …]`.
A plain Matplotlib scatter of as many points is drawn after every move; the ratios are to its median.
"""

import argparse
import io
import statistics
import time
from collections.abc import Callable
from functools import partial
from itertools import cycle
from typing import Any

import ipywidgets as W
import numpy as np
import pandas as pd

from custseg_helpers import explore
from custseg_helpers.company.company import SAMPLES, Company, company
from custseg_helpers.company.simulate import SEED, simulate
from custseg_helpers.explore.still import Shown
from custseg_helpers.paths import course_root
from custseg_helpers.plots.style import new_figure

EXPLORERS = (
    *("welcome", "tags", "data", "value", "rfm", "lifecycle", "behaviour", "quadrant"),
    *("clusters", "clv", "persona", "strategy", "goals", "evaluation", "governance", "capstone"),
)
"""In the order of the lessons. `quadrant` draws in the browser: here its numbers and table follow. `data` looks at the raw sales file of the sample, whatever the number of customers."""


def big(customers: int) -> Company:
    """Return the sample shop with so many customers."""
    about = course_root() / "datasets" / SAMPLES[0] / "company.toml"
    return company(about, simulate(SAMPLES[0], SEED, customers=customers))


def settings(control: Any) -> list[Any]:
    """Return the values a control is put to: the ends and between, every choice, either state."""
    if isinstance(control, (W.IntSlider, W.FloatSlider)):
        steps = round((control.max - control.min) / control.step)
        return [control.min + control.step * round(steps * at) for at in (0.5, 0.2, 1, 0, 0.35, 0.8)]
    if isinstance(control, W.BoundedFloatText):
        return [round(control.value) + control.step * n for n in (1, 4, 2, 7, 3, 5)]
    if isinstance(control, (W.Dropdown, W.ToggleButtons)):
        options = [value for _, value in control._options_full]
        return options[1:6] + options[:1]
    return [not control.value, control.value] if isinstance(control, W.Checkbox) else []


def controls(widget: Any) -> list[Any]:
    """Return everything with a value that the hand can move, in the order of the page."""
    below = [found for child in getattr(widget, "children", ()) for found in controls(child)]
    return [widget, *below] if settings(widget) else below


def timed(run: Callable[[], Any]) -> tuple[float, float]:
    """Return CPU and wall milliseconds."""
    wall, cpu = time.perf_counter(), time.process_time()
    run()
    return 1000 * (time.process_time() - cpu), 1000 * (time.perf_counter() - wall)


def scatter(x: np.ndarray, y: np.ndarray) -> None:
    """Draw all points as Matplotlib does by default."""
    figure, ax = new_figure()
    ax.scatter(x, y)
    figure.savefig(io.BytesIO(), format="png")


def measured(shown: Shown, each: int, plain: Callable[[], None]) -> dict[str, float]:
    """Move every control in turn, `each` times over; return medians in ms and ratios to the plain scatter."""
    moves, scatters = [], []
    by_control: dict[str, list[float]] = {}
    for control in controls(shown.widget):
        values = cycle(settings(control))
        for _ in range(each):
            value = next(value for value in values if value != control.value)
            moves.append(timed(lambda control=control, value=value: setattr(control, "value", value)))
            by_control.setdefault(control.description or type(control).__name__, []).append(moves[-1][1])
        scatters.append(timed(plain))
    (cpu, wall), (cpu_plain, wall_plain) = (
        [statistics.median(side) for side in zip(*pairs, strict=True)] for pairs in (moves, scatters)
    )
    slowest = max(by_control, key=lambda name: statistics.median(by_control[name]))
    return {
        "moves": len(moves),
        "cpu_ms": cpu,
        "wall_ms": wall,
        "plain_ms": cpu_plain,
        "cpu_ratio": cpu / cpu_plain,
        "wall_ratio": wall / wall_plain,
        "slowest_control_ms": statistics.median(by_control[slowest]),
        "slowest_control": slowest,
    }


def main(sizes: list[int], only: list[str], each: int) -> None:
    rng = np.random.default_rng(1)
    for customers in sizes:
        shop = big(customers)
        x, y = rng.lognormal(1, 1, customers), rng.lognormal(5, 1, customers)
        plain = partial(scatter, x, y)
        plain()
        rows = {}
        for name in only:
            module = getattr(explore, name)
            start = time.perf_counter()
            shown = module.show() if name == "data" else module.show(shop)
            opened = time.perf_counter() - start
            times = measured(shown, each, plain)
            rows[name] = {"opens_s": opened, **times}
        print(f"\n{customers:,} customers")
        print(pd.DataFrame.from_dict(rows, orient="index").round(2).to_string())


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--customers", type=int, nargs="+", default=[3000, 50_000])
    parser.add_argument("--only", nargs="+", default=list(EXPLORERS), choices=EXPLORERS)
    parser.add_argument("--each", type=int, default=6, help="moves of each control")
    asked = parser.parse_args()
    main(asked.customers, asked.only, asked.each)
