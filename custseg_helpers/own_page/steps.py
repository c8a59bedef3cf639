"""The own-data page without its controls: files, a draft, `company.toml`, a preview, then the same commands as in a terminal."""

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path
from typing import Any

import pandas as pd

from custseg_helpers.audit.audit import audit, headline, write
from custseg_helpers.decision.questions import Answer, answer_sets, complete_answer
from custseg_helpers.facts.counts import cents
from custseg_helpers.files.whole import write_whole
from custseg_helpers.mapping.clean import clean
from custseg_helpers.mapping.columns import field_kinds
from custseg_helpers.mapping.company_toml import complete, read_mapping
from custseg_helpers.mapping.draft import LOOK, UNSURE, Draft, mapped, missing, one_workbook
from custseg_helpers.mapping.draft_toml import toml
from custseg_helpers.mapping.keys import OwnData
from custseg_helpers.mapping.own_company import as_lines
from custseg_helpers.mapping.plan import REASONS
from custseg_helpers.own_page.asking import refuse_what_is_no_orders
from custseg_helpers.reading.numbers import texts
from custseg_helpers.reading.read import read_sheets
from custseg_helpers.reading.sheet import Sheet
from custseg_helpers.results.intake import read_company
from custseg_helpers.results.run import choose, run
from custseg_helpers.words.text import T, UserError

KINDS = (".csv", ".txt", ".tsv", ".xlsx", ".xlsm", ".xls", ".parquet", ".zip")
"""Files of tables."""
BESIDE = (".toml", ".yaml", ".jsonl")
"""Files that stand beside them: a mapping, a scheme, a tag catalogue, a playbook, manual overrides."""
MAPPING = "company.toml"
SHOWN = 5
VISIT_BYTES = 2 * 10**9
"""What a visitor's uploads and results may take of the disk."""
WAITS = T(
    zh="还有 {n} 个问题没有回答，答案会改变金额：请先看上面“要你回答的”。",
    en="{n} questions are open, and money depends on the answers: see Questions to you, above.",
)
PICK = T(
    zh="请在上面“每一列是什么”里选出这一列。文件里真的没有，就请导出的人补上；“检查数据”现在就能用。",
    en="Choose the column above, under What each column is. If the file has none, ask for an export with it; Audit the data works even now.",
)
STATUS = T(
    zh="状态：每个值算不算，见下面“约定”",
    en="statuses: what each value means stands below, under Decisions",
)


@dataclass(frozen=True)
class Column:
    """A column of a file as the page shows it."""

    name: str
    examples: str
    """the first different values"""
    field: str | None
    """which standard field it is now"""
    why: T
    """why, and how sure"""


@dataclass(frozen=True)
class Preview:
    """What a mapping makes of the orders."""

    problem: str | None = None
    """what to put right first; then nothing else is known"""
    rows: int = 0
    kept: int = 0
    customers: int = 0
    net: float = 0.0
    """money after returns"""
    currency: str = ""
    left_out: Mapping[str, int] = field(default_factory=dict)
    """rows left out, by reason"""
    notes: tuple[T, ...] = ()
    """what was done before: totals and statuses that do not count, with their money"""
    lines: pd.DataFrame = field(default_factory=pd.DataFrame)
    """the first lines that count"""
    unread: pd.DataFrame = field(default_factory=pd.DataFrame)
    """the first values that could not be read: row, column, value, problem"""


def store(uploads: Mapping[str, bytes], folder: Path) -> list[Path]:
    """Write uploaded files into a folder, each under the last part of its name: none can climb out.

    >>> import tempfile
    >>> home = Path(tempfile.mkdtemp())
    >>> [file.name for file in store({"../../orders.csv": b"a,b"}, home)], [file.name for file in home.iterdir()]
    (['orders.csv'], ['orders.csv'])
    """
    written = []
    for name, content in uploads.items():
        last = name.replace("\\", "/").rsplit("/", 1)[-1].strip().lstrip(".") or "upload"
        file = folder / last
        try:
            folder.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
        except (OSError, ValueError) as error:
            raise UserError(
                zh=f"存不了文件“{last}”：{error}。请检查磁盘空间、写权限和文件名。",
                en=f"The file “{last}” cannot be stored: {error}. Check disk space, your rights and its name.",
            ) from None
        written.append(file)
    return written


def check_room(folder: Path, coming: int) -> None:
    """Say so when a visitor's files would be more than `VISIT_BYTES` together."""
    there = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
    if there + coming > VISIT_BYTES:
        raise UserError(
            T(
                zh="这一页一共只能放 {gb} GB 文件。请先下载结果，再关掉这一页重新打开。",
                en="This page holds {gb} GB of files. Download your results, close it and open it anew.",
            ).format(gb=VISIT_BYTES // 10**9)
        )


def tables_in(folder: Path) -> list[Path]:
    """Return the files of tables in a folder, by name."""
    return sorted(file for file in folder.glob("*") if file.suffix.lower() in KINDS and file.is_file())


def sheets_in(file: Path) -> list[Sheet]:
    """Read every table in a file, the months of a workbook as one."""
    return one_workbook(read_sheets(file))


def sheets_of(files: Sequence[Path]) -> list[Sheet]:
    """Read every table in the files; refuse them where none holds orders."""
    sheets = [sheet for file in files for sheet in sheets_in(file)]
    refuse_what_is_no_orders(sheets)
    return sheets


def table_now(made: Draft, sheet: Sheet) -> str | None:
    """Return which table of the draft a sheet is, `None` where it is not used."""
    aside = any(sheet is one for one in made.left_aside)
    same = [table for table, part in made.parts.items() if sheet is part.sheet]
    further = [table for table, part in made.parts.items() if sheet.file in part.files and not aside]
    return next(iter([*same, *further]), None)


def columns(made: Draft, table: str) -> list[Column]:
    """Return the columns of a table's file, each with examples, its field, and why."""
    part = made.parts[table]
    by_column = {column: name for name, column in _answered_columns(made, table).items()}
    found = []
    for name in map(str, part.sheet.frame.columns):
        standard = by_column.get(name)
        guess = part.guesses.get(standard or "")
        why = T(zh="", en="")
        if guess is not None and guess.column == name:
            why = f"{guess.sure:.0%} " + guess.why
            if guess.sure < UNSURE:
                why = T(zh="{why}（{look}）", en="{why} ({look})").format(why=why, look=LOOK)
        elif standard is not None:
            why = T(zh="由你指定", en="chosen by you")
        elif table == "orders" and name in made.stated.get("orders.statuses", {}):
            why = STATUS
        found.append(Column(name, _examples(part.sheet, name), standard, why))
    return found


def meant(made: Draft) -> dict[tuple[str, str], str]:
    """Return what each value of each column of statuses means, a key of `Statuses`."""
    return {
        (column, value): meaning
        for column, lists in made.stated.get("orders.statuses", {}).items()
        for meaning, values in lists.items()
        for value in values
    }


def means(made: Draft, column: str, value: str, meaning: str) -> Draft:
    """Return the draft with another meaning for a value of a column of statuses."""
    statuses = dict(made["orders.statuses"])
    lists = {key: tuple(one for one in values if one != value) for key, values in statuses[column].items()}
    lists[meaning] = (*lists.get(meaning, ()), value)
    statuses[column] = {key: values for key, values in lists.items() if values}
    return replace(
        made,
        stated=dict(made.stated) | {"orders.statuses": statuses},
        chosen=made.chosen | {"orders.statuses"},
    )


def assigned(made: Draft, table: str, column: str, standard: str | None) -> Draft:
    """Return the draft with a column read as another field, or as none; a field has one column."""
    now = {name: used for name, used in made.parts[table].columns.items() if column != used}
    if standard is not None:
        now[standard] = column
    return mapped(made, table, {name: now[name] for name in field_kinds(table) if name in now})


def _answered_columns(made: Draft, table: str) -> dict[str, str]:
    """Return which column each field is, by the answers that questions have."""
    found = dict(made.parts[table].columns)
    if table == "orders":
        for place, number in made.answers.items():
            choices = [choice.sets for choice in made.questions[place].choices]
            found |= answer_sets(choices, number).get("columns", {}) if complete_answer(number) else {}
    return found


def answered(made: Draft, place: int, number: Answer) -> Draft:
    """Return the draft with the choice that a question got, counted from 1; of several values one each."""
    return replace(made, answers=dict(made.answers) | {place: number})


def waiting(made: Draft) -> int:
    """Return how many questions are open, dates that only a person can read among them."""
    dates = sum(made[f"{table}.dates"] == "?" for table in made.parts)
    return dates + sum(not complete_answer(made.answers.get(place)) for place in range(len(made.questions)))


def decided(made: Draft, key: str, value: Any) -> Draft:
    """Return the draft with another decision; an empty name or currency changes nothing."""
    if value == "":
        return made
    why = dict(made.why) | {key: T(zh="由你指定", en="chosen by you")}
    return replace(made, why=why, stated=dict(made.stated) | {key: value}, chosen=made.chosen | {key})


def save(made: Draft, folder: Path) -> Path:
    """Write the mapping as `company.toml` into a folder, whole or not at all."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(
            zh=f"建不了文件夹“{folder}”：{error.strerror}。请检查写权限。",
            en=f"The folder “{folder}” cannot be made: {error.strerror}. Check your rights.",
        ) from None
    write_whole(folder / MAPPING, toml(made, folder))
    return folder / MAPPING


def set_aside(folder: Path) -> Path | None:
    """Keep a mapping from an earlier day under another name, so that a new one does not overwrite it."""
    path = folder / MAPPING
    if not path.exists():
        return None
    kept = next(old for n in count(1) if not (old := folder / f"company.old-{n}.toml").exists())
    return path.rename(kept)


def preview(made: Draft, mapping: Path) -> Preview:
    """Say what a mapping makes of the orders: what counts, what is left out and why, what is unread."""
    if open_ := waiting(made):
        return Preview(problem=str(WAITS.format(n=open_)))
    if lacking := missing(_answered_columns(made, "orders")):
        return Preview(problem="\n".join(map(str, [*lacking.values(), PICK])))
    try:
        own: OwnData = read_mapping(mapping)
        complete(own)
        sheet = as_lines(made.orders.sheet, own.orders)
        cleaned = clean(sheet, own)
    except UserError as error:
        return Preview(problem=str(error))
    shown = list(own.orders.columns)
    lines = cleaned.orders[[name for name in shown if name in cleaned.orders]]
    return Preview(
        rows=len(cleaned.lines),
        kept=len(lines),
        customers=cleaned.orders["customer_id"].nunique(),
        net=cents(cleaned.orders["amount"]).sum() / 100,
        currency=own.currency,
        left_out={str(REASONS[reason]): n for reason, n in cleaned.left_out.items()},
        notes=(*(note for note in sheet.notes if note not in made.orders.sheet.notes), *own.unsaid),
        lines=lines.head(SHOWN),
        unread=cleaned.unread.head(SHOWN),
    )


def command(name: str, mapping: Path, folder: Path, step: Callable[[str], Any]) -> str:
    """Audit (`audit`) or run (`run`) a mapping, into `folder/audit` or `folder/result`; return what it says.

    `step` is told which step of a run begins: `read`, `tag`, `write`.
    """
    if name == "audit":
        own = read_mapping(mapping)
        found = audit(own)
        return f"{headline(found)}\n{write(own, found, folder / 'audit')}"
    *said, _ = run(lambda: read_company(mapping), choose(mapping, folder / "result"), step)
    return "\n".join(map(str, said))


def packed(folder: Path) -> bytes:
    """Return a folder as a zip file, the same bytes for the same files."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as packing:
        for file in sorted(folder.rglob("*")):
            if file.is_file():
                entry: Any = zipfile.ZipInfo(file.relative_to(folder).as_posix())
                packing.writestr(entry, file.read_bytes(), zipfile.ZIP_DEFLATED)
    return held.getvalue()


def _examples(sheet: Sheet, column: str) -> str:
    frame = sheet.frame
    place = list(map(str, frame.columns)).index(column)
    values = [str(value) for value in texts(frame.iloc[:200, place])[1]]
    return " · ".join(value if len(value) <= 18 else value[:17] + "…" for value in values[:3])
