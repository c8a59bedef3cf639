"""One table in a zip, as shops and payment services send it: read as if it lay there unpacked."""

import shutil
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from custseg_helpers.files.passing import passing_folder
from custseg_helpers.reading.extent import check_packed
from custseg_helpers.words.text import T, UserError, listed

TABLES = (".csv", ".txt", ".tsv", ".xlsx", ".xls", ".parquet")


def packed_table(file: Path) -> str | None:
    """Return the name of the one table in a zip; None where the file is no zip of tables (an Excel file is a zip, too).

    Raises:
        UserError: the zip holds several tables, none, one under a password, or one that is too large.
    """
    try:
        with zipfile.ZipFile(file) as packed:
            parts = [part for part in packed.infolist() if not part.is_dir()]
    except (zipfile.BadZipFile, OSError, ValueError):
        return None
    names = [part.filename for part in parts]
    if any(name.startswith(("xl/", "[Content_Types]")) for name in names):
        return None
    own = [
        part
        for part in parts
        if not part.filename.startswith("__MACOSX") and Path(part.filename).name[0] not in "._"
    ]
    tables = [part for part in own if part.filename.lower().endswith(TABLES)]
    if len(tables) != 1:
        raise UserError(
            T(
                zh="“{f}”是压缩包，里面有 {n} 张表（{names}）。请先解压，再给出要读的文件。",
                en="“{f}” is a zip with {n} tables in it ({names}). Unpack it, then name the files to read.",
            ).format(
                f=file.name, n=len(tables), names=listed([part.filename for part in (tables or own)[:5]])
            )
        )
    if tables[0].flag_bits & 1:
        raise UserError(
            T(
                zh="压缩包“{f}”有密码。请先解压，再给出里面的文件。",
                en="The zip “{f}” has a password. Unpack it, then name the file in it.",
            ).format(f=file.name)
        )
    check_packed(file, tables)
    return tables[0].filename


@contextmanager
def unpacked(file: Path, name: str) -> Iterator[Path]:
    """Give the table of a zip as a file of its own for a while."""
    with passing_folder() as folder, zipfile.ZipFile(file) as packed:
        place = folder / Path(name).name
        with packed.open(name) as opened, place.open("wb") as written:
            shutil.copyfileobj(opened, written, 2**20)
        yield place
