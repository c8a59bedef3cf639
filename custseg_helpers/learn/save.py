"""A table of a lesson as an Excel or CSV file in the learner's own folder."""

from pathlib import Path

import pandas as pd

from custseg_helpers.files.folder import write_csv, write_excel
from custseg_helpers.files.whole import whole_file
from custseg_helpers.paths import my_folder
from custseg_helpers.words.glossary import labelled
from custseg_helpers.words.text import T, UserError


def save_table(table: pd.DataFrame, name: str) -> Path:
    """Write a table as `name` (`.xlsx` or `.csv`) into the learner's folder `my/` and return the file.

    Headings and codes are written as names in the current language, the row labels as first columns. A file of that
    name is replaced, whole or not at all; what cannot be written is a `UserError`.
    """
    file = my_folder() / Path(name).name
    if file.suffix not in (".xlsx", ".csv"):
        raise UserError(
            zh=f"文件名要以 .xlsx 或 .csv 结尾，现在是“{name}”。",
            en=f"The name must end in .xlsx or .csv; it is “{name}”.",
        )
    shown = labelled(table)
    flat = shown if isinstance(shown.index, pd.RangeIndex) else shown.reset_index()
    with whole_file(file) as draft:
        if file.suffix == ".csv":
            write_csv(flat, draft)
        else:
            write_excel({file.stem: flat}, draft)
    print(T(zh="已保存：{file}", en="Saved: {file}").format(file=file))
    return file
