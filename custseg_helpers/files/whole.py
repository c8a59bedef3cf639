"""Small files people keep by hand: read with a clear answer, written whole or not at all, appended line by line."""

import errno
import glob
import json
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from custseg_helpers.words.text import UserError


def read_text(path: Path | str) -> str:
    """Return the text of a UTF-8 file (a byte order mark is dropped); anything else is a `UserError`."""
    path = Path(path)
    try:
        ordinary(path)
        return path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise UserError(
            zh=f"找不到文件“{path}”。请检查文件名和所在文件夹。",
            en=f"There is no file “{path}”. Check its name and its folder.",
        ) from None
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise UserError(
            zh=f"文件“{path}”第 {line} 行不是 UTF-8 编码。请在编辑器里另存为 UTF-8。",
            en=f"Line {line} of “{path}” is not UTF-8. Save the file as UTF-8 in your editor.",
        ) from None
    except OSError as error:
        raise UserError(
            zh=f"读不了文件“{path}”：{error.strerror}。",
            en=f"The file “{path}” cannot be read: {error.strerror}.",
        ) from None


def ordinary(path: Path) -> None:
    """Refuse a pipe or a device, which may never end; a file that is not there is left to whoever opens it."""
    if path.exists() and not path.is_file() and not path.is_dir() and str(path) != os.devnull:
        raise UserError(
            zh=f"“{path}”是管道或设备，不是普通文件，没有尽头也不能回头读。请先存成文件再读。",
            en=f"“{path}” is a pipe or a device and no ordinary file: it may never end and cannot be read twice. Save it as a file first.",
        )


DRAFT = ".part"


@contextmanager
def whole_file(path: Path | str) -> Iterator[Path]:
    """Give a draft to write, which becomes the file when the block ends and is gone when it fails.

    Whoever reads or stops us meets the old file or the new one. Folders that are missing are made. A draft that a
    killed process left is cleared away by the next writer of the file (where files can be held, see `_hold`).
    """
    path = Path(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        for left in path.parent.glob(f".{glob.escape(path.name)}-*{DRAFT}"):
            _remove_unless_held(left)
        handle, name = tempfile.mkstemp(prefix=f".{path.name}-", suffix=DRAFT, dir=path.parent)
        held = _hold(handle)
        if not held:
            os.close(handle)
    except OSError as error:
        raise _unwritable(path, error) from None
    draft = Path(name)
    try:
        yield draft
        with draft.open("rb+") as file:
            os.fsync(file.fileno())
        draft.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o644)
        # The browser's drive hangs on a name that was renamed over and removed.
        if sys.platform == "emscripten":
            path.unlink(missing_ok=True)
        os.replace(draft, path)
    except OSError as error:
        raise _unwritable(path, error) from None
    finally:
        if held:
            os.close(handle)
        draft.unlink(missing_ok=True)


def _hold(handle: int) -> bool:
    """Hold an open file for as long as this process lives; false where another process holds it, or nobody can.

    Windows and the browser have no such lock, and rename no file that is open.
    """
    if sys.platform in ("win32", "emscripten"):
        return False
    from fcntl import LOCK_EX, LOCK_NB, flock

    try:
        flock(handle, LOCK_EX | LOCK_NB)
    except OSError:
        return False
    return True


def _remove_unless_held(draft: Path) -> None:
    with suppress(OSError):
        handle = os.open(draft, os.O_RDONLY)
        try:
            if _hold(handle):
                draft.unlink()
        finally:
            os.close(handle)


def write_whole(path: Path | str, text: str) -> None:
    """Write a UTF-8 file whole or not at all."""
    with whole_file(path) as draft:
        draft.write_text(text, encoding="utf-8", newline="\n")


def append_json(path: Path | str, entry: dict[str, Any]) -> None:
    """Append one entry as one line of JSON, in a single write, so that several writers never mix their lines.

    A line that somebody else left half-written is closed first: it costs itself, not the new entry.
    Holds on a local disk; a network drive may not keep the promise.
    """
    path = Path(path)
    line = (json.dumps(entry, ensure_ascii=False, sort_keys=True) + "\n").encode()
    try:
        if path.exists() and not (path.is_file() or path.is_dir()):  # a pipe would be waited for without end
            raise OSError(errno.ENODEV, os.strerror(errno.ENODEV))
        torn = path.exists() and path.stat().st_size > 0 and not _ends_with_newline(path)
        handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
        try:
            if os.write(handle, b"\n" * torn + line) < len(line):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        finally:
            os.close(handle)
    except OSError as error:
        raise _unwritable(path, error) from None


def json_lines(path: Path | str) -> tuple[dict[int, dict[str, Any]], list[int]]:
    """Read a file of JSON lines: its entries by line number, and the numbers of the damaged lines.

    An empty line is nothing; a file that is not there yet has no entries.
    """
    try:
        content = Path(path).read_bytes()
    except FileNotFoundError:
        content = b""
    return json_lines_in(content)


def json_lines_in(content: bytes) -> tuple[dict[int, dict[str, Any]], list[int]]:
    r"""Read JSON lines: the entries by line number, and the numbers of the damaged lines.

    Lines of plain letters are read, too, where an editor saved the file as UTF-16, or where a power cut left zeros.

    >>> json_lines_in("\ufeff{}\n{\n".encode("utf-16-le") + bytes(3) + b'{"n": 1}')
    ({1: {}, 3: {'n': 1}}, [2])
    """
    entries, damaged = {}, []
    plain = content.removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff").replace(b"\0", b"")
    for number, line in enumerate(plain.split(b"\n"), 1):
        line = line.strip()
        if not line:
            continue
        try:
            entry = json.loads(line.decode("utf-8-sig"))
        except (ValueError, RecursionError):
            entry = None
        if isinstance(entry, dict):
            entries[number] = entry
        else:
            damaged.append(number)
    return entries, damaged


def _ends_with_newline(path: Path) -> bool:
    with path.open("rb") as file:
        file.seek(-1, os.SEEK_END)
        return file.read(1) == b"\n"


def _unwritable(path: Path, error: OSError) -> UserError:
    return UserError(
        zh=f"写不了文件“{path}”：{error.strerror}。请检查文件夹是否存在、磁盘是否已满、是否有写权限；如果它正在 Excel 里打开，请先关掉。",
        en=f"The file “{path}” cannot be written: {error.strerror}. Check the folder, the disk space and your rights; if it is open in Excel, close it first.",
    )
