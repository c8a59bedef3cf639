"""A team's own company in the lessons: what is theirs, what is borrowed, and what is said of a step their data cannot do."""

import sys
from types import TracebackType
from typing import Any

from custseg_helpers.company.company import Company
from custseg_helpers.company.in_play import last_loaded
from custseg_helpers.company.schema import TABLES
from custseg_helpers.words.text import T, UserError, listed, verbatim


def opening(company: Company) -> T:
    """Say whose data a lesson runs on, and which tables it borrows.

    >>> from custseg_helpers.company.company import load_sample
    >>> print(opening(load_sample("retail")).within("en"))
    Your own data: Yuexuan, snapshot 2026-01-01, 3,000 customers, 27,961 order lines.
    Not in your data, so borrowed for practice from the sample company b2b: contacts. Nothing borrowed is about your customers.
    """
    own = T(
        zh="你自己的数据：{name}，快照日 {day}，{c:,} 位客户，{n:,} 行订单明细。",
        en="Your own data: {name}, snapshot {day}, {c:,} customers, {n:,} order lines.",
    ).format(
        name=company.title,
        day=f"{company.as_of:%Y-%m-%d}",
        c=len(company.customers),
        n=len(company.orders),
    )
    said = [own]
    for lender in dict.fromkeys(company.borrowed.values()):
        lent = [TABLES[table] for table, by in company.borrowed.items() if by == lender]
        said.append(
            T(
                zh="你的数据里没有、向示例公司 {lender} 借来练习的：{lent}。借来的内容说的不是你的客户。",
                en="Not in your data, so borrowed for practice from the sample company {lender}: {lent}. Nothing borrowed is about your customers.",
            ).format(lender=lender, lent=listed(lent))
        )
    return verbatim("\n").join(said)


def announce(company: Company) -> None:
    """Print the opening where a lesson loads a team's own company; from then on a step that fails says so in words."""
    print(opening(company))
    shell = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
    if shell is not None:
        shell.set_custom_exc((Exception,), _explain)


def cannot(error: BaseException, line: int | None = None) -> T:
    """Say that a step does not work on one's own data, and how to go on."""
    what = f"{type(error).__name__}: {error}"
    place = (
        T(zh="（本格第 {n} 行）", en=" (line {n} of this cell)").format(n=line) if line else T(zh="", en="")
    )
    return T(
        zh="这一步用你的数据做不了{p}：多半是缺少它要的列或表，或者上面有一格没做成。\n{w}\n"
        '接着往下做就行；想看这一步，把第一格的 load() 换成 load("retail")，用示例公司做。',
        en="Your data do not carry this step{p}: most likely a column or table that it needs is missing, or a cell above did not work.\n{w}\n"
        'Go on with the next cell. To see this step, use the sample company: load("retail") in place of load() in the first cell.',
    ).format(p=place, w=what)


def _explain(
    shell: Any, kind: type, error: BaseException, traceback: TracebackType, tb_offset: int | None = None
) -> list[str]:
    """Show one message in place of a traceback; IPython calls it. On a sample company errors look as ever."""
    playing = last_loaded()
    if playing is None or not playing.own:
        shell.showtraceback((kind, error, traceback), tb_offset=tb_offset)
        return []
    line, place = None, traceback
    while place is not None:
        if place.tb_frame.f_globals.get("__name__") == "__main__":
            line = place.tb_lineno
        place = place.tb_next  # type: ignore[assignment]
    said = [str(error if isinstance(error, UserError) else cannot(error, line))]
    shell._showtraceback(kind, error, said)
    return said
