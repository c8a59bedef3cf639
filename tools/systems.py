"""`python -m tools.systems`: write the scoreboard of known systems in docs/own-data.md again, by reading every sample."""

import io

import pandas as pd

from custseg_helpers.decision.decide import decide
from custseg_helpers.evidence.systems import System, systems
from custseg_helpers.paths import course_root
from custseg_helpers.words.text import T
from tools import marked

PAGE = "docs/own-data.md"
HEAD = T(
    zh="| 系统 | 表头从哪里来 | 样例的结果 |\n|---|---|---|\n",
    en="| system | where its headers come from | what its sample gives |\n|---|---|---|\n",
)
RIGHT = T(zh="对：净额 {net:,.2f}", en="right: {net:,.2f} net")
ASKED = T(zh="问一次：净额 {net:,.2f} 对吗", en="asked once: is {net:,.2f} net right")
NOBODY = T(
    zh="问：没有买家这一列，只能按天汇总 {net:,.2f}", en="asked: no column of buyers, {net:,.2f} by day only"
)
WRONG = T(zh="不对", en="wrong")


def table() -> T:
    """Return the scoreboard as Markdown."""
    rows = [
        T(zh="| {n} | {s} | {r} |\n", en="| {n} | {s} | {r} |\n").format(
            n=one.name, s=one.source, r=_result(one)
        )
        for one in systems()
    ]
    return HEAD + T(zh="", en="").join(rows)


def _result(system: System) -> T:
    frame = pd.read_csv(io.StringIO(system.sample), dtype=object, keep_default_na=False, na_values=[""])
    made = decide(frame)
    expected = dict(system.expected or {})
    if any(abs(made.plain.totals[name] - value) > 0.005 for name, value in expected.items()):
        return WRONG
    asked = {question.about for question in made.questions}
    said = NOBODY if "customer_id" in asked else ASKED if asked else RIGHT
    return said.format(net=made.plain.totals["net"])


def renewed(page: str) -> str:
    """Return the page with its part written anew."""
    return marked.renewed(page, "systems", table())


if __name__ == "__main__":
    marked.renew(course_root() / PAGE, "systems", table())
