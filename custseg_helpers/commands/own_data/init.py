"""`custseg init orders.xlsx`: looks at one's files and proposes `company.toml`, with the reason for each line."""

import json
from collections import Counter
from pathlib import Path

import click

from custseg_helpers.commands.parameters import OWN, PATH, argument, option
from custseg_helpers.company.schema import TABLES
from custseg_helpers.files.whole import write_whole
from custseg_helpers.mapping.draft import LOOK, UNSURE, Draft, draft, missing
from custseg_helpers.mapping.draft_toml import called, toml
from custseg_helpers.mapping.editor_schema import NAME, schema
from custseg_helpers.own_page.asking import answered_here, refuse_what_is_no_orders, told_questions
from custseg_helpers.reading.read import read_sheet, read_sheets
from custseg_helpers.reading.sheet import Sheet
from custseg_helpers.words.glossary import label
from custseg_helpers.words.text import T, UserError

SAME = T(
    zh="“{f}”有 {n} 列都叫“{c}”，分不清，没有映射。请在文件里改掉一个列名。",
    en="In “{f}” {n} columns are called “{c}”; which is which cannot be told, so none is mapped. Rename one in the file.",
)


def parameters() -> list[click.Parameter]:
    """Return what `custseg init` takes."""
    return [
        argument(
            "files",
            T(
                zh="订单文件，也可以再加客户、产品、互动的文件：CSV、Excel 或 parquet",
                en="files of orders, and of customers, products, interactions if there are: CSV, Excel or parquet",
            ),
            type=OWN,
            nargs=-1,
            required=True,
            metavar="FILE...",
        ),
        option(
            "--out",
            T(
                zh="写到哪里，默认在文件旁边的 company.toml",
                en="where to write; default: company.toml beside the file",
            ),
            type=PATH,
        ),
        option("--sheet", T(zh="只看这个工作表", en="look at this sheet only")),
    ]


def main(files: tuple[Path, ...], out: Path | None, sheet: str | None) -> None:
    """Run `custseg init`."""
    out = out or files[0].with_name("company.toml")
    if out.exists():
        raise UserError(
            T(
                zh="“{out}”已存在，不会覆盖。请换一个 --out，或先移走它。",
                en="“{out}” exists and is not overwritten. Choose another --out, or move it away.",
            ).format(out=out)
        )
    sheets: list[Sheet] = []
    for file in files:
        sheets += [read_sheet(file, sheet=sheet)] if sheet else read_sheets(file)
    refuse_what_is_no_orders(sheets)
    made = answered_here(draft(sheets))
    text = f"#:schema {NAME}\n{toml(made, out.parent)}"
    write_whole(out, text)
    write_whole(out.with_name(NAME), json.dumps(schema(), ensure_ascii=False, indent=1) + "\n")
    print("\n".join(told(made)))
    print(
        T(
            zh="已写入“{o}”。请打开核对每一行，然后：custseg audit {o}，再 custseg run {o}",
            en="Written to “{o}”. Open it and check every line, then: custseg audit {o}, and custseg run {o}",
        ).format(o=out)
    )


def told(made: Draft) -> list[str]:
    """Say what was proposed for each column, why, how sure, and what is missing."""
    said = []
    for table, part in made.parts.items():
        if len(made.parts) > 1:
            more = T(zh="，另有同样列的文件 {n} 个", en=", and {n} more files with the same columns")
            others = more.format(n=len(part.files) - 1) if len(part.files) > 1 else ""
            said.append(f"[{table}] {TABLES[table]}: {called(part.sheet)}{others}")
        for guess in part.guesses.values():
            mark = f"  ← {LOOK}" if guess.sure < UNSURE else ""
            said.append(
                f"{label(guess.field)} ({guess.field}) = {guess.column}  {guess.sure:.0%}  {guess.why}{mark}"
            )
        names = Counter(map(str, part.sheet.frame.columns))
        said += [str(SAME.format(n=n, c=name, f=called(part.sheet))) for name, n in names.items() if n > 1]
        told_already = part.sheet.about["kind"] == "excel" and not part.sheet.parts
        said += [] if told_already else [str(note) for note in part.sheet.notes]
    aside = T(
        zh="没用到：{s}（看不出是哪张表，或已有更全的）",
        en="Not used: {s} (no known table, or a fuller one is there)",
    )
    said += [str(aside.format(s=called(sheet))) for sheet in made.left_aside]
    said += [str(note) for note in (*made.notes, *made.unsaid)]
    said += [str(text) for text in missing(made.orders.columns).values()]
    return said + told_questions(made)
