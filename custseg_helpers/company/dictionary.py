"""The data dictionary, written from the schema and the sample companies: `datasets/README.md`."""

from pathlib import Path

import pandas as pd

from custseg_helpers.company.company import SAMPLES, Company, load_sample
from custseg_helpers.company.schema import KINDS, SENSITIVITY, TABLES, Field, fields
from custseg_helpers.paths import course_root
from custseg_helpers.words.glossary import term
from custseg_helpers.words.text import Language, T, listed

HEAD = T(
    zh="列名 | 名称 | 类型 | 必填 | 保密 | 说明", en="column | name | type | required | sensitivity | meaning"
)

INTRODUCTION = T(
    zh="""# 数据字典

五家虚构的公司，一套标准表。人名、公司名和城市都是编的；数字出自同一个模拟器，背后的真相放在各公司的 `truth/` 里，供讲师和测试核对；课程里只有第 09 课翻开它，看模型猜得准不准。

本页由程序生成，请勿手改：字段见 `custseg_helpers/company/schema.csv`，公司见各文件夹的 `company.toml`。`custseg simulate --samples` 重新生成本文件夹，结果逐字节相同。

CSV 文件为 UTF-8（带 BOM），Excel 可直接打开；整列为空的选填列不写入文件，`load()` 会补上。""",
    en="""# Data dictionary

Five made-up companies, one set of standard tables. People, companies and cities are invented; the figures come from one simulator. The truth behind them is in each company's `truth/`, for trainers and tests to check against; in the course only lesson 09 opens it, to see how well a model guessed.

This page is generated, do not edit it: the fields stand in `custseg_helpers/company/schema.csv`, the companies in each folder's `company.toml`. `custseg simulate --samples` makes this folder anew, the same to the last byte.

The CSV files are UTF-8 with a byte order mark and open in Excel. Optional columns that hold nothing are not in the files; `load()` adds them.""",
)

RAW = T(
    zh="""## 原始导出 `retail/raw`

三个部门实际交来的样子：销售部的 `sales_orders.csv`（GBK，中文表头）、市场部的 `marketing_members.xlsx`（表头上方有合并的标题行，另有一张说明表）、客服部的 `service_records.csv`（UTF-8 带 BOM，分号分隔）。`answer_key.csv` 逐条列出埋下的问题：文件、行号（与 Excel 里看到的一致）、列、种类、写成了什么、应读成什么。""",
    en="""## Raw exports `retail/raw`

What three departments really hand over: `sales_orders.csv` from sales (GBK, Chinese headers), `marketing_members.xlsx` from marketing (merged title rows above the header, and a sheet of notes), `service_records.csv` from service (UTF-8 with byte order mark, semicolons). `answer_key.csv` lists what was planted one by one: file, row as Excel counts it, column, kind, what is written, what should be read.""",
)
FORMS_TITLE = T(
    zh="**写法**（细心就能读对），共 {n} 处：", en="**Forms** (read in full by who takes care), {n} places:"
)
FAULTS_TITLE = T(zh="**错误**（需要做决定），共 {n} 处：", en="**Faults** (need a decision), {n} places:")


def dictionary(language: Language) -> str:
    """Return the data dictionary in one language, as Markdown.

    >>> "| `order_date` | order date | date |" in dictionary("en")
    True
    """
    samples = [load_sample(name) for name in SAMPLES]
    parts = [INTRODUCTION.within(language), _companies(samples, language), _sizes(samples, language)]
    parts += [_table(table, language) for table in TABLES]
    parts.append(_raw(language))
    return "\n\n".join(parts) + "\n"


def write_dictionary(datasets: Path | None = None) -> None:
    """Write `datasets/README.md`: Chinese first, then English."""
    path = (datasets or course_root() / "datasets") / "README.md"
    path.write_text(dictionary("zh") + "\n---\n\n" + dictionary("en"), encoding="utf-8", newline="\n")


def _row(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _companies(samples: list[Company], language: Language) -> str:
    title = T(zh="## 公司", en="## The companies").within(language)
    head = T(zh="文件夹 | 公司 | 行业 | 想知道什么", en="folder | company | industry | what it wants to know")
    rows = [
        [f"`{c.name}`", *(text.within(language) for text in (c.title, c.industry, c.question))]
        for c in samples
    ]
    return "\n".join(
        [title, "", _row(head.within(language).split(" | ")), _row(["---"] * 4), *map(_row, rows)]
    )


def _sizes(samples: list[Company], language: Language) -> str:
    title = T(zh="## 各表行数", en="## Rows of each table").within(language)
    first = T(zh="表", en="table").within(language)
    rows = [
        [
            f"`{table}` {TABLES[table].within(language)}",
            *(f"{len(c.table(table)):,}" if table not in c.borrowed else "–" for c in samples),
        ]
        for table in TABLES
    ]
    head = _row([first, *(f"`{c.name}`" for c in samples)])
    return "\n".join([title, "", head, _row(["---", *["---:"] * len(samples)]), *map(_row, rows)])


def _table(table: str, language: Language) -> str:
    head = _row(HEAD.within(language).split(" | "))
    rows = [_row(_cells(field, language)) for field in fields(table)]
    title = f"## {TABLES[table].within(language)} `{table}`"
    return "\n".join([title, "", head, _row(["---"] * 6), *rows])


def _raw(language: Language) -> str:
    """What was planted in the raw exports, counted from their answer key."""
    from custseg_helpers.company.simulate.export import FAULTS, FORMS

    key = pd.read_csv(course_root() / "datasets" / SAMPLES[0] / "raw" / "answer_key.csv")
    counts = key["kind"].value_counts()
    head = T(zh="种类 | 是什么 | 处数", en="kind | what it is | places").within(language).split(" | ")
    parts = [RAW.within(language)]
    for title, kinds in ((FORMS_TITLE, FORMS), (FAULTS_TITLE, FAULTS)):
        rows = [_row([f"`{kind}`", text.within(language), str(counts[kind])]) for kind, text in kinds.items()]
        total = sum(counts[kind] for kind in kinds)
        parts.append(
            "\n".join([title.within(language).format(n=total), "", _row(head), "| --- | --- | ---: |", *rows])
        )
    return "\n\n".join(parts)


def _cells(field: Field, language: Language) -> list[str]:
    kind, meaning = KINDS[field.kind], field.description
    if field.unit:
        kind += T(zh="（{unit}）", en=" ({unit})").format(unit=field.unit)
    if field.codes:
        named = T(zh="`{code}`：{name}", en="`{code}` {name}")
        codes = listed(named.format(code=code, name=term(code)) for code in field.codes)
        meaning += T(zh="。", en=". ") + codes
    if field.refers_to:
        meaning += T(zh="（→ `{table}`）", en=" (→ `{table}`)").format(table=field.refers_to)
    required = T(zh="", en="")
    if field.key or field.required:
        required = T(zh="主键", en="key") if field.key else T(zh="是", en="yes")
    words = (field.title, kind, required, SENSITIVITY[field.sensitivity], meaning)
    return [f"`{field.name}`", *(text.within(language) for text in words)]
