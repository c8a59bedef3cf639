"""A draft as the text of a `company.toml`, each line with its reason, or with what its key means."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from custseg_helpers.mapping import keys
from custseg_helpers.mapping.draft import Draft, Part, missing
from custseg_helpers.mapping.keys import DATES, Key, keys_of, meaning
from custseg_helpers.mapping.toml_text import comment, quoted, written
from custseg_helpers.reading.sheet import Sheet
from custseg_helpers.words.text import T


def toml(made: Draft, folder: Path) -> str:
    """Return the text of a `company.toml` that stands in `folder`: every line says why, or what it is about."""
    lines = [f"# {T(zh='由 custseg 推断，请逐行核对。', en='Inferred by custseg: check every line.')}"]
    for key in keys_of(keys.OwnData):
        if key.path in made.parts:
            lines += ["", *_section(made, made.parts[key.path], key.inside, folder)]
        elif key.inside and key.path in made.stated and isinstance(made[key.path], Mapping):
            table = [f"{name} = {written(value)}" for name, value in made[key.path].items()]
            lines += ["", f"[{key.path}]", *table]
        else:
            lines += _line(key, made.stated, made)
    for sheet in made.left_aside:
        lines += ["", f"# {T(zh='没用到', en='not used')}: {comment(called(sheet))}"]
    return "\n".join([*lines, *_questions(made)]) + "\n"


def _questions(made: Draft) -> list[str]:
    """Return the marked block of what stays open: a run waits until each question has an answer."""
    if not made.questions:
        return []
    head = T(
        zh="── 没定的问题：custseg run 等着答案，答案会改变金额。把 answer 改成选项的号码（1、2……）。──",
        en="── Open questions: custseg run waits for the answers, which change the money. Write the number of a choice (1, 2 …) as answer. ──",
    )
    lines = ["", f"# {head}"]
    for place, question in enumerate(made.questions):
        lines += [
            "",
            "[[questions]]",
            f"ask = {written(str(question.ask))}",
            *([f"about = {written(question.about)}"] if question.about else []),
            f"answer = {written(made.answers.get(place, 0))}",
        ]
        for choice in question.choices:
            lines += ["[[questions.choices]]", f"says = {written(str(choice.says))}"]
            lines.append(f"orders = {written(choice.sets)}")
    return lines


def _statuses(made: Draft) -> list[str]:
    """Return what every value of every column of statuses means."""
    lines = []
    for column, lists in made.stated.get("orders.statuses", {}).items():
        lines += ["", f"[orders.statuses.{quoted(column)}]"]
        lines += [f"{meaning} = {written(values)}" for meaning, values in lists.items()]
    return lines


def _line(key: Key, values: Mapping[str, Any], made: Draft) -> list[str]:
    """Return the line of a key: as it is decided, with a # before it where only the user can decide, or none at all."""
    if key.path not in values:
        return []
    name, value, why = key.path.rsplit(".", 1)[-1], values[key.path], made.why.get(key.path)
    if key.path.endswith(".dates"):
        return _dates(value)
    if value is None:
        return [f"# {name} = ? # {comment(meaning(key))}"]
    return [f"{name} = {written(value)} # {comment(why or meaning(key))}"] if value != () else []


def _section(made: Draft, part: Part, declared: Any, folder: Path) -> list[str]:
    about, table = part.sheet.about, part.table
    names = tuple(_path(file, folder) for file in part.files)
    found: dict[str, Any] = {
        name: about[name] for name in ("sheet", "encoding", "separator") if name in about and len(names) == 1
    }
    if found.get("encoding") == "utf-8-sig":
        del found["encoding"]
    if about.get("header_row", 1) != 1:
        found["header_row"] = about["header_row"]
    found["file"] = names[0] if len(names) == 1 else names
    values = dict(made.stated) | {f"{table}.{name}": value for name, value in found.items()}
    for path, value in made.stated.items():
        if isinstance(value, Path):
            values[path] = _path(value, folder)
        elif path.endswith(".file"):
            values[path] = tuple(_path(file, folder) for file in value)
    lines, within = [f"[{table}]"], []
    for key in keys_of(declared, f"{table}."):
        if key.path == "orders.statuses":
            continue
        if key.path == f"{table}.columns":
            within += ["", f"[{key.path}]", *_columns(part)]
        elif key.inside or key.told.field:
            inside = (
                keys_of(key.inside, f"{key.path}.")
                if key.inside
                else [key._replace(path=f"{key.path}.{key.told.field}")]
            )
            inner = [line for one in inside for line in _line(one, values, made)]
            if key.told.field:
                more = {name: one for name, one in values.get(key.path, {}).items() if name != key.told.field}
                inner += [f"{name} = {written(one)}" for name, one in more.items()]
            within += ["", f"[{key.path}]", *inner] if inner else []
        else:
            lines += _line(key, values, made)
    within += _statuses(made) if table == "orders" else []
    others = [str(name) for name in part.sheet.frame.columns if name not in part.columns.values()]
    if others:
        unused = T(zh="没用到的列：{c}", en="columns not used: {c}").format(c=", ".join(others[:100]))
        within += ["", f"# {comment(unused)}"]
    return lines + within


def _columns(part: Part) -> list[str]:
    lines = []
    for name, column in part.columns.items():
        guess = part.guesses.get(name)
        known = guess is not None and guess.column == column
        reason = f"{guess.sure:.0%} {guess.why}" if guess and known else T(zh="由你指定", en="chosen by you")
        lines.append(f"{name} = {written(column)} # {reason}")
    if part.table == "orders":
        lines += [f"# {name} = ? # {text}" for name, text in missing(part.columns).items()]
    return lines


def _dates(order: str | None) -> list[str]:
    if order == "?":
        ask = T(
            zh="03/04 是三月还是四月？去掉井号，写 dmy 或 mdy",
            en="is 03/04 in March or April? Remove the # and write dmy or mdy",
        )
        return [f'# dates = "dmy" # {ask}']
    why = T(zh="有的日期只能这样读，请核对", en="some dates can only be read this way; please check")
    why = DATES["swapped"] + T(zh="；请核对", en="; please check") if order == "swapped" else why
    return [f'dates = "{order}" # {why}'] if order else []


def called(sheet: Sheet) -> str:
    """Return what to call a sheet: its file, and its name in an Excel file."""
    name = sheet.about.get("sheet")
    return f"{sheet.file.name} › {name}" if name else sheet.file.name


def _path(file: Path, folder: Path) -> str:
    beside = file.resolve().parent == folder.resolve()
    return file.name if beside else file.resolve().as_posix()
