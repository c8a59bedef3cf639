"""From a team's own files to tagged customers, a report, a list of whom to contact.

The folder appears whole or not at all. The same files, mapping, scheme and versions give the same tables and report.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from custseg_helpers.files.folder import whole_folder
from custseg_helpers.governance.personal import user_key
from custseg_helpers.mapping.own_company import Own
from custseg_helpers.reading.database import Database
from custseg_helpers.results.result import BESIDE, Choices, Result, beside, check_files, make_result
from custseg_helpers.results.result_files import write
from custseg_helpers.results.wording import summary
from custseg_helpers.words.text import T, UserError


def choose(
    company: Path,
    out: Path | None,
    *,
    since: Path | None = None,
    key: Path | None = None,
    shareable: bool = False,
    k: int = Choices.k,
    **files: Path | None,
) -> Choices:
    """Return what a run is to use: what is named, and the usual files (`BESIDE`) that stand beside `company.toml`."""
    if k < 2:
        raise UserError(zh="-k 至少是 2。", en="-k must be 2 or more.")
    used = {name: beside(company, name, files.get(name)) for name in BESIDE}
    return Choices(
        out=out, since=since, key=user_key(key, out) if out else None, shareable=shareable, k=k, **used
    )


def run(read: Callable[[], Own], choices: Choices, step: Callable[[str], Any] = lambda name: None) -> list[T]:
    """Read a company, tag and tier its customers, write the folder of results; return what there is to say.

    Args:
        read: gives the company; called when the folder can be written.
        choices: what to use besides the data, and where the results go.
        step: told which step begins: `read`, `tag`, `write`.
    """
    step("read")
    check_files(choices)
    own = read()
    assert choices.out
    with whole_folder(choices.out, private=not choices.shareable) as draft:
        step("tag")
        result = make_result(own, choices)
        step("write")
        write(draft, result)
        said = [*summary(result), result.standing.text]
        if own.mapping.write_back and not choices.shareable:
            said.append(written_back(result, own.mapping.write_back.database))
    if choices.shareable:
        from custseg_helpers.results.sharing import left_out

        said += [
            T(zh="可以分享的结果里没有：{w}。", en="What may be shared leaves out {w}.").format(w=what)
            for what in left_out(choices.k)
        ]
    return [
        *said,
        T(
            zh="结果在“{o}”，先看 report.html。", en="The results are in “{o}”; start with report.html."
        ).format(o=choices.out),
    ]


def written_back(result: Result, database: Database) -> T:
    """Write the customers to the database's table that the mapping names, and say so."""
    from custseg_helpers.results.write_back import write_back

    rows = write_back(database, result.customers, result.own.company.as_of)
    return T(
        zh="已写回数据库表“{t}”：{n:,} 位客户。",
        en="Written back to the database's table “{t}”: {n:,} customers.",
    ).format(t=database.table, n=rows)
