"""A `company.toml` opened again: the draft that it is, to be answered, corrected and run as on the first day."""

from collections.abc import Iterator, Mapping
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
from custseg_helpers.reading.database import Database
from custseg_helpers.reading.parts import read_parts
from custseg_helpers.words.text import T, UserError

NOT_HERE = T(
    zh="“{f}”读的是数据库、文件夹或现成的事实表，这一页改不了它的列；请在文件里改，然后在终端运行 custseg run。",
    en="“{f}” reads a database, a folder or facts handed over; this page cannot change its columns. Edit the file, and run custseg run in a terminal.",
)

ELSEWHERE = T(
    zh="这份映射用到“{f}”，这里只能用您上传的文件。请把它用到的文件和它一起上传。",
    en="This mapping uses “{f}”; only files that you upload can be used here. Upload the files it needs together with it.",
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


def reopened(path: Path, beside: Path, *, alone: bool = False) -> Draft:
    """Return the draft that a mapping is; a file that is no longer where it says is looked for in the folder `beside`.

    A visitor's mapping is `alone`: it may name nothing but what lies in that folder.

    Raises:
        UserError: as for `read_mapping`; a file cannot be read; or the mapping reads something else than files.
    """
    words = {name: _found(table, path.parent, beside) for name, table in read_toml(path).items()}
    own, answered = (structured_mapping(made, path) for made in (words, with_answers(words)))
    tables = own.sources
    if alone:
        _refuse_what_lies_elsewhere(own, beside)
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


def _refuse_what_lies_elsewhere(own: OwnData, folder: Path) -> None:
    """Say so where a mapping names a database, or a file that lies outside a folder."""
    for named in _named(own):
        if not isinstance(named, Path):
            raise UserError(ELSEWHERE.format(f=named.address))
        if not named.resolve().is_relative_to(folder.resolve()):
            raise UserError(ELSEWHERE.format(f=named.as_posix()))


def _named(value: Any) -> Iterator[Path | Database]:
    """Yield every file and database that stands anywhere in a mapping."""
    if isinstance(value, Path | Database):
        yield value
    elif attrs.has(type(value)):
        for one in attrs.fields(type(value)):
            yield from _named(getattr(value, one.name))
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from _named(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _named(one)


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
