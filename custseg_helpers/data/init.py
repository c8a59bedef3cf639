"""`custseg init orders.xlsx`: looks at a file and proposes `company.toml`, with the reason for each line."""

import argparse
import json
from pathlib import Path

from custseg_helpers.data.propose import (
    Guess,
    duplicates_in,
    guesses,
    order_evidence,
    returns_of,
    snapshot_of,
    unpaid_of,
)
from custseg_helpers.data.read import read_sheet
from custseg_helpers.data.sheet import Sheet
from custseg_helpers.files import write_whole
from custseg_helpers.text import T, UserError, label

UNSURE = 0.75
"""Below this the user is asked to look."""
LOOK = T(zh="请核对", en="please check")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments of `custseg init`."""
    parser.add_argument(
        "file",
        type=Path,
        help=str(T(zh="订单文件：CSV、Excel 或 parquet", en="a file of orders: CSV, Excel or parquet")),
    )
    parser.add_argument(
        "--out",
        type=Path,
        help=str(
            T(
                zh="写到哪里，默认在文件旁边的 company.toml",
                en="where to write; default: company.toml beside the file",
            )
        ),
    )
    parser.add_argument("--sheet", help=str(T(zh="工作表名", en="name of the sheet")))


def main(options: argparse.Namespace) -> int:
    """Run `custseg init`."""
    out = options.out or options.file.with_name("company.toml")
    if out.exists():
        raise UserError(
            zh=f"“{out}”已存在，不会覆盖。请换一个 --out，或先移走它。",
            en=f"“{out}” exists and is not overwritten. Choose another --out, or move it away.",
        )
    sheet = read_sheet(options.file, sheet=options.sheet)
    found = guesses(sheet)
    write_whole(out, proposal(sheet, found, out))
    for guess in found:
        mark = f"  ← {LOOK}" if guess.sure < UNSURE else ""
        print(f"{label(guess.field)} ({guess.field}) = {guess.column}  {guess.sure:.0%}  {guess.why}{mark}")
    for text in (*sheet.notes, *missing(found)):
        print(text)
    print(
        T(
            zh="已写入“{o}”。请打开核对每一行，然后：custseg audit {o}，再 custseg run {o}",
            en="Written to “{o}”. Open it and check every line, then: custseg audit {o}, and custseg run {o}",
        ).format(o=out)
    )
    return 0


def missing(found: list[Guess]) -> list[T]:
    """Say which needed fields no column was found for, and what that means."""
    fields = {guess.field for guess in found}
    said = []
    if "customer_id" not in fields:
        said.append(
            T(
                zh="没找到客户列：没有会员号或客户名称就不能按客户分层，只能做 custseg audit 和商品、日期的汇总。",
                en="No column of customers was found: without one there is no tagging, only custseg audit and sales by product and day.",
            )
        )
    if "order_date" not in fields:
        said.append(
            T(zh="没找到日期列，请补上 order_date。", en="No column of dates was found: add order_date.")
        )
    if "amount" not in fields and not {"quantity", "price"} <= fields:
        said.append(
            T(
                zh="没找到金额列，请补上 amount，或 quantity 与 price。",
                en="No column of amounts was found: add amount, or quantity and price.",
            )
        )
    return said


def proposal(sheet: Sheet, found: list[Guess], out: Path) -> str:
    """Return the text of `company.toml`: every line that was inferred says why."""
    columns = {guess.field: guess.column for guess in found}
    if "amount" in columns and "price" in columns:
        found = [guess for guess in found if guess.field != "price"]  # the amount is what was paid
    file = (
        sheet.file.name
        if sheet.file.resolve().parent == out.resolve().parent
        else sheet.file.resolve().as_posix()
    )
    lines = [
        f"# {T(zh='由 custseg init 推断，请逐行核对。', en='Inferred by custseg init: check every line.')}",
        f"name = {_quoted(sheet.file.stem)}",
        *_snapshot(sheet, columns),
        f'currency = "CNY" # {LOOK}',
        f'time_zone = "Asia/Shanghai" # {LOOK}',
        "",
        "[orders]",
        f"file = {_quoted(file)}",
        *(f"{key} = {_quoted(value)}" for key, value in sheet.about.items() if key in ("sheet", "encoding", "separator") and value != "utf-8-sig"),
        *([f"header_row = {sheet.about['header_row']}"] if sheet.about.get("header_row", 1) > 1 else []),
        *_dates(sheet, columns),
        *_rows(columns),
        f'duplicates = "keep" # {T(zh="整行重复的有 {n:,} 行；要只留一行就写 drop", en="{n:,} rows repeat exactly; write drop to keep one of each").format(n=duplicates_in(sheet))}',
        "",
        "[orders.columns]",
        *(f"{guess.field} = {_quoted(guess.column)} # {guess.sure:.0%} {guess.why}" for guess in found),
        *(f"# {field} = ? # {text}" for field, text in zip(_absent(columns), missing(found), strict=False)),
    ]  # fmt: skip
    by, values, why = returns_of(sheet, columns)
    lines += ["", "[orders.returns]", f'by = "{by}" # {why}']
    lines += [f"values = {json.dumps(values, ensure_ascii=False)}"] if values else []
    if unpaid := unpaid_of(sheet, columns):
        lines += [
            "",
            "[orders.skip]",
            f"status = {json.dumps(unpaid, ensure_ascii=False)} # {T(zh='没有成交的订单', en='orders that never came about')}",
        ]
    others = [str(name) for name in sheet.frame.columns if name not in columns.values()]
    if others:
        unused = T(zh="没用到的列：{c}", en="columns not used: {c}").format(c=", ".join(others))
        lines += ["", f"# {unused}"]
    return "\n".join(lines) + "\n"


def _absent(columns: dict[str, str]) -> list[str]:
    needed = [field for field in ("customer_id", "order_date") if field not in columns]
    return needed + ([] if "amount" in columns or {"quantity", "price"} <= set(columns) else ["amount"])


def _snapshot(sheet: Sheet, columns: dict[str, str]) -> list[str]:
    if "order_date" in columns:
        column = sheet.frame[columns["order_date"]]
        day, _ = snapshot_of(sheet, columns["order_date"], order_evidence(column))
        if day is not None:
            return [
                f"as_of = {day:%Y-%m-%d} # {T(zh='最后一个下单日的次日', en='the day after the last order')}"
            ]
    return [
        f"# as_of = ? # {T(zh='快照日：最后一个下单日的次日', en='the snapshot: the day after the last order')}"
    ]


def _dates(sheet: Sheet, columns: dict[str, str]) -> list[str]:
    if "order_date" not in columns or not snapshot_of(sheet, columns["order_date"])[1]:
        return []
    order = order_evidence(sheet.frame[columns["order_date"]])
    if order:
        why = T(zh="有的日期只能这样读，请核对", en="some dates can only be read this way; please check")
        return [f'dates = "{order}" # {why}']
    ask = T(
        zh="03/04 是三月还是四月？去掉井号，写 dmy 或 mdy",
        en="is 03/04 in March or April? Remove the # and write dmy or mdy",
    )
    return [f'# dates = "dmy" # {ask}']


def _rows(columns: dict[str, str]) -> list[str]:
    if "order_id" in columns:
        return ['rows = "lines"']
    return [
        f'rows = "orders" # {T(zh="没找到单号，每行算一单", en="no order number was found: every row is one order")}'
    ]


def _quoted(text: str) -> str:
    return json.dumps(str(text), ensure_ascii=False)
