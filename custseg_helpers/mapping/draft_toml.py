"""A draft as the text of a `company.toml`, each line with its reason."""

import json
import re
from pathlib import Path

from custseg_helpers.mapping.draft import Draft, Part, missing
from custseg_helpers.reading.sheet import Sheet
from custseg_helpers.words.text import T, UserError

LOOK = T(zh="请核对", en="please check")


def toml(made: Draft, folder: Path) -> str:
    """Return the text of a `company.toml` that stands in `folder`: every line that was inferred says why."""
    day = T(zh="最后一个下单日的次日", en="the day after the last order")
    lines = [
        f"# {T(zh='由 custseg 推断，请逐行核对。', en='Inferred by custseg: check every line.')}",
        f"name = {_quoted(made.name)}",
        f"as_of = {made.as_of:%Y-%m-%d} # {made.why.get('as_of', day)}"
        if made.as_of is not None
        else f"# as_of = ? # {T(zh='快照日：', en='the snapshot: ')}{day}",
        f"currency = {_quoted(made.currency)} # {made.why.get('currency', LOOK)}",
        f"time_zone = {_quoted(made.time_zone)} # {made.why.get('time_zone', T(zh='只影响带时区的时间，请核对', en='matters only for times that state a zone; please check'))}",
    ]
    for part in made.parts.values():
        lines += ["", *_section(made, part, folder)]
    for sheet in made.left_aside:
        lines += ["", f"# {T(zh='没用到', en='not used')}: {_comment(called(sheet))}"]
    return "\n".join(lines) + "\n"


def _section(made: Draft, part: Part, folder: Path) -> list[str]:
    about, table = part.sheet.about, part.table
    names = [_path(file, folder) for file in part.files]
    lines = [
        f"[{table}]",
        f"file = {_quoted(names[0]) if len(names) == 1 else json.dumps(names, ensure_ascii=False)}",
    ]
    lines += [
        f"{key} = {_quoted(about[key])}"
        for key in ("sheet", "encoding", "separator")
        if key in about and about[key] != "utf-8-sig" and len(names) == 1
    ]
    if about.get("header_row", 1) > 1:
        lines.append(f"header_row = {about['header_row']}")
    lines += _dates(part)
    if table == "orders":
        lines += [
            f'rows = "{made.rows}"' + (f" # {made.why['rows']}" if "rows" in made.why else ""),
            f'duplicates = "{made.duplicates}" # {made.why["duplicates"]}',
        ]
    lines += ["", f"[{table}.columns]"]
    for name, column in part.columns.items():
        guess = part.guesses.get(name)
        known = guess is not None and guess.column == column
        reason = f"{guess.sure:.0%} {guess.why}" if guess and known else T(zh="由你指定", en="chosen by you")
        lines.append(f"{name} = {_quoted(column)} # {reason}")
    if table == "orders":
        lines += [f"# {name} = ? # {text}" for name, text in missing(part.columns).items()]
        lines += ["", "[orders.returns]", f'by = "{made.returns}" # {_comment(made.why["returns"])}']
        if made.return_values:
            lines.append(f"values = {json.dumps(made.return_values, ensure_ascii=False)}")
        if made.skip_status and "status" in part.columns:
            why = T(zh="没有成交的订单", en="orders that never came about")
            lines += ["", "[orders.skip]"]
            lines.append(f"status = {json.dumps(made.skip_status, ensure_ascii=False)} # {why}")
    others = [str(name) for name in part.sheet.frame.columns if name not in part.columns.values()]
    if others:
        unused = T(zh="没用到的列：{c}", en="columns not used: {c}").format(c=", ".join(others[:100]))
        lines += ["", f"# {_comment(unused)}"]
    return lines


def _dates(part: Part) -> list[str]:
    if part.dates == "?":
        ask = T(
            zh="03/04 是三月还是四月？去掉井号，写 dmy 或 mdy",
            en="is 03/04 in March or April? Remove the # and write dmy or mdy",
        )
        return [f'# dates = "dmy" # {ask}']
    why = T(zh="有的日期只能这样读，请核对", en="some dates can only be read this way; please check")
    return [f'dates = "{part.dates}" # {why}'] if part.dates else []


def called(sheet: Sheet) -> str:
    """Return what to call a sheet: its file, and its name in an Excel file."""
    name = sheet.about.get("sheet")
    return f"{sheet.file.name} › {name}" if name else sheet.file.name


def _path(file: Path, folder: Path) -> str:
    beside = file.resolve().parent == folder.resolve()
    return file.name if beside else file.resolve().as_posix()


def _quoted(text: str) -> str:
    if not text.isprintable() and any("\ud800" <= letter <= "\udfff" for letter in text):
        raise UserError(
            zh=f"文件名 {text!r} 不是合格的文字，请改个名字再来。",
            en=f"The file name {text!r} is no proper text: rename the file and try again.",
        )
    return json.dumps(str(text), ensure_ascii=False).replace("\x7f", "\\u007f")


def _comment(text: object) -> str:
    """Return a text that may stand in a comment: on one line, without control characters."""
    return re.sub(r"[\x00-\x08\x0a-\x1f\x7f]+", " ", str(text))
