"""`load()`: a sample company, a team's own, or the one that a class or a grader has chosen, put in play.

`load("retail")` reads the committed tables, `load("retail", seed=7)` simulates the same company afresh, and
`load()` gives the company that was chosen, else retail.
"""

import os
from pathlib import Path

from custseg_helpers.company.company import SAMPLES, Company, load_sample, read_folder
from custseg_helpers.company.in_play import last_loaded, put_in_play
from custseg_helpers.paths import located, looked_in
from custseg_helpers.words.text import T, UserError, listed

ABOUT = "company.toml"
MOST_NAMED = 4
READABLE = (".csv", ".txt", ".tsv", ".xlsx", ".xls", ".xlsm", ".parquet", ".zip")
"""Files that hold order lines, and need a mapping to be a company."""


def load(name: str | Path | None = None, seed: int | None = None) -> Company:
    """Load a company and put it in play.

    `name` is a sample company, a folder of standard tables (CSV or parquet) with its `company.toml`, or a
    `company.toml` that maps a file of your own (see `mapping.company_toml`); a relative path is looked for where the
    kernel stands, then in the learner's and the course's folder. Without a name it is the company in play for
    this class: environment variable CUSTSEG_COMPANY, seed CUSTSEG_SEED, else retail; if that is not the one that the
    lessons tell of, whose data they are is printed; in which money its amounts are, if not in yuan. A sample company with a `seed` is simulated afresh.

    >>> load("retail").as_of
    Timestamp('2026-01-01 00:00:00')
    """
    chosen_for_class = name is None
    if name is None:
        name = os.environ.get("CUSTSEG_COMPANY") or SAMPLES[0]
        seed = _seed() if seed is None else seed
    if str(name) in SAMPLES:
        found = load_sample(str(name), seed)
    elif not (path := located(Path(name))).exists():
        raise _nowhere(path)
    elif seed is None:
        found = _folder(path)
    else:
        raise UserError(
            zh=f"“{name}”是现成的数据，不能用 seed 重新生成。",
            en=f"“{name}” is given data; a seed cannot make it anew.",
        )
    put_in_play(found)
    if chosen_for_class and name != SAMPLES[0]:
        from custseg_helpers.mapping.in_lessons import announce

        announce(found)
    elif found.currency != Company.currency:
        from custseg_helpers.mapping.in_lessons import in_money

        print(in_money(found))
    return found


def in_play() -> Company:
    """Return the company loaded last; if none was, load the one that `load()` gives."""
    return last_loaded() or load()


def _seed() -> int | None:
    text = os.environ.get("CUSTSEG_SEED")
    if text and not text.isdecimal():
        raise UserError(
            zh=f"环境变量 CUSTSEG_SEED 应为整数，现在是“{text}”。",
            en=f"The environment variable CUSTSEG_SEED should be a whole number; it is “{text}”.",
        )
    return int(text) if text else None


def _nowhere(path: Path) -> UserError:
    """Say where a company was looked for, which samples there are, and how one's own file becomes one."""
    places = [path] if path.is_absolute() else [folder / path for folder in looked_in()]
    table = path if path.suffix.lower() in READABLE else T(zh="订单文件", en="ORDERS-FILE")
    return UserError(
        T(
            zh="没有“{path}”：不是示例公司（有 {samples}），这些地方也没有这个文件或文件夹：\n{places}\n"
            "自己的数据先要有映射：打开“自己的数据”（adapt.ipynb），或在终端运行 custseg init {table}。"
            '笔记本旁边的 own 文件夹里有了 {about}，就写 load("own/{about}")。',
            en="There is no “{path}”: it is none of the samples ({samples}), and no such file or folder is at\n{places}\n"
            "Your own data need a mapping first: open “Your own data” (adapt.ipynb), or run custseg init {table} in a "
            'terminal. Once {about} is in the folder own beside the notebook, write load("own/{about}").',
        ).format(
            path=path,
            samples=listed(SAMPLES),
            places="\n".join(f"  {place}" for place in places),
            table=table,
            about=ABOUT,
        )
    )


def _no_mapping(path: Path) -> UserError:
    """Say how a file, or a folder of files, becomes a company."""
    tables = [path] if path.is_file() else sorted(f for f in path.iterdir() if f.suffix.lower() in READABLE)
    named = " ".join(f'"{file}"' if " " in str(file) else str(file) for file in tables)
    files = named if 1 <= len(tables) <= MOST_NAMED else T(zh="订单文件", en="ORDERS-FILE")
    about = (path.parent if path.is_file() else path) / ABOUT
    return UserError(
        T(
            zh='“{path}”还没有映射：不知道哪一列是什么。先在终端运行 custseg init {files}，核对它写出的 {about}，再 load("{about}")。',
            en='“{path}” has no mapping yet: which column is what is not known. In a terminal run custseg init {files}, check the {about} that it writes, then load("{about}").',
        ).format(path=path, files=files, about=about.as_posix())
    )


def _folder(path: Path) -> Company:
    about = path / ABOUT if path.is_dir() else path
    if about.suffix.lower() in READABLE or not about.is_file():
        raise _no_mapping(path)
    from custseg_helpers.mapping.company_toml import is_own_data

    if not is_own_data(about):
        return read_folder(about.parent)
    from custseg_helpers.mapping.own_company import read_own

    return read_own(about).company
