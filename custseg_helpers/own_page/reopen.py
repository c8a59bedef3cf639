"""A `company.toml` opened again: the draft that it is, to be answered, corrected and run as on the first day."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import attrs

from custseg_helpers.decision.questions import Answer, Choice, Question
from custseg_helpers.mapping import keys
from custseg_helpers.mapping.cells import pick
from custseg_helpers.mapping.company_toml import is_own_data, read_mapping, structured_mapping, with_answers
from custseg_helpers.mapping.draft import Draft, Part, date_order
from custseg_helpers.mapping.keys import OwnData, asked, keys_of
from custseg_helpers.mapping.own_company import as_lines, with_heads
from custseg_helpers.mapping.stated import read_toml
from custseg_helpers.paths import my_folder
from custseg_helpers.reading.parts import read_parts
from custseg_helpers.words.text import T, UserError

NOT_HERE = T(
    zh="“{f}”读的是数据库、文件夹或现成的事实表，这一页改不了它的列；请在文件里改，然后在终端运行 custseg run。",
    en="“{f}” reads a database, a folder or facts handed over; this page cannot change its columns. Edit the file, and run custseg run in a terminal.",
)


def companies(home: Path) -> list[tuple[str, Path]]:
    """Return the mappings of one's own files in a folder, in those within, and where the first edition had them.

    Each with its name and snapshot; what is no mapping of files, or cannot be read, is not among them.
    """
    places = [
        *sorted(home.glob("*.toml")),
        *sorted(home.glob("*/company.toml")),
        my_folder() / "company.toml",
    ]
    found = []
    for file in places:
        try:
            if file.is_file() and is_own_data(file):
                own = read_mapping(file)
                found.append((f"{own.name} · {own.as_of:%Y-%m-%d} · {_shown(file, home)}", file))
        except UserError:
            continue
    return found


def reopened(path: Path, beside: Path) -> Draft:
    """Return the draft that a mapping is; a file that is no longer where it says is looked for in the folder `beside`.

    Raises:
        UserError: as for `read_mapping`; a file cannot be read; or the mapping reads something else than files.
    """
    words = {name: _found(table, path.parent, beside) for name, table in read_toml(path).items()}
    own, answered = (structured_mapping(made, path) for made in (words, with_answers(words)))
    tables = own.sources
    if "facts" in tables or any(
        one.database or any(f.is_dir() for f in one.files) for one in tables.values()
    ):
        raise UserError(NOT_HERE.format(f=path.name))
    parts = {table: _part(source, answered.sources[table]) for table, source in tables.items()}
    usual = {key.path: None if key.default is attrs.NOTHING else key.default for key in asked(parts)}
    dates = {f"{table}.dates": date_order(table, part.sheet, part.columns) for table, part in parts.items()}
    stated = usual | dates | _stated(words, keys.OwnData) | {"as_of": own.as_of}
    if heads := own.orders.heads:
        stated["orders.heads.file"] = heads.files if len(heads.files) > 1 else heads.files[0]
    questions, answers = _questions(own)
    return Draft(parts, stated, questions=questions, answers=answers, chosen=frozenset(stated) - set(dates))


def _part(source: keys.Source, answered: keys.Source) -> Part:
    heads = source.heads if isinstance(source, keys.Orders) else None
    needed = [heads.of] if heads else list(source.columns.values())
    sheet = read_parts(source.files, columns=None, needed=needed, **source.reading)
    sheet = with_heads(replace(sheet, file=source.files[0]), source)
    pick(sheet, source)
    plain = None
    if isinstance(answered, keys.Orders) and answered.as_exported:
        try:
            plain = as_lines(sheet, answered)
        except UserError:  # a question is open
            plain = sheet
    return Part(source.table, sheet, dict(source.columns), {}, tuple(source.files), plain)


def _stated(words: dict[str, Any], declared: Any, where: str = "") -> dict[str, Any]:
    """Return what a mapping states, by key, as a draft holds it; columns and files stand in its parts."""
    found: dict[str, Any] = {}
    for key in keys_of(declared, where):
        name = key.path.rsplit(".", 1)[-1]
        if name not in words or name in ("questions", "columns", "file"):
            continue
        value = words[name]
        if key.inside and isinstance(value, dict) and key.path not in ("write_back", "orders.statuses"):
            found |= _stated(value, key.inside, f"{key.path}.")
            continue
        if key.told.field:
            found[f"{key.path}.{key.told.field}"] = tuple(value.get(key.told.field, ()))
        found[key.path] = tuple(value) if isinstance(value, list) else value
    return found


def _questions(own: OwnData) -> tuple[tuple[Question, ...], dict[int, Answer]]:
    """Return the questions of a mapping, and the answers they have."""
    found = []
    for one in own.standing:
        choices = tuple(Choice(T(zh=c.says, en=c.says), c.orders) for c in one.choices)
        about = one.about or next((name for choice in choices for name in choice.sets.get("columns", ())), "")
        found.append(Question(about, T(zh=one.ask, en=one.ask), choices))
    return tuple(found), {place: one.answer for place, one in enumerate(own.standing) if one.answer}


def _found(table: Any, folder: Path, beside: Path) -> Any:
    """Return a table of the mapping with its files where they are."""
    if not isinstance(table, dict):
        return table
    table = {
        name: _found(inside, folder, beside) if name == "heads" else inside for name, inside in table.items()
    }
    if "file" not in table:
        return table
    stated = table["file"]
    files = [_there(file, folder, beside) for file in (stated if isinstance(stated, list) else [stated])]
    return table | {"file": files if isinstance(stated, list) else files[0]}


def _there(file: Any, folder: Path, beside: Path) -> Any:
    moved = beside / Path(str(file).replace("\\", "/")).name
    return file if (folder / str(file)).exists() or not moved.exists() else moved.resolve().as_posix()


def _shown(file: Path, home: Path) -> str:
    return file.relative_to(home).as_posix() if file.is_relative_to(home) else file.as_posix()
