"""A zip that opens anywhere, Windows first: safe names, the same bytes for the same files, whole or not at all."""

import hashlib
import shutil
import zipfile
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from pathlib import Path, PurePosixPath

from custseg_helpers.files.whole import whole_file
from custseg_helpers.words.text import T, UserError, listed

LONGEST = 150
RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))}
FORBIDDEN = set('<>:"|?*\\') | {chr(code) for code in range(32)}
RUNNABLE = (".command", ".sh", "start.py")


def write_zip(files: Mapping[str, bytes], out: Path, more: Mapping[str, Path] | None = None) -> int:
    """Write a zip whole or not at all; return its size in bytes.

    Args:
        files: contents by path in the zip.
        out: the zip; an older one there is replaced.
        more: files on disk by path in the zip, taken as they are: large and packed already.
    """
    more = more or {}
    if bad := faults([*files, *more]):
        raise UserError(
            T(zh="这些文件名在 Windows 上打不开：{names}", en="Windows cannot open: {names}").format(
                names=listed(bad[:5])
            )
        )
    date = _date(files)
    with whole_file(out) as draft, zipfile.ZipFile(draft, "w") as archive:
        for path in sorted([*files, *more]):
            _add(archive, path, date, files.get(path), more.get(path))
    return out.stat().st_size


def faults(names: Iterable[str]) -> list[str]:
    """Return the paths that Windows could not unpack: reserved, forbidden, too long, or alike but for their case.

    >>> faults(["a/b.txt", "a/B.TXT", "nul.txt", "a/what?", "dot.", "../up", "x" * 151])[:5]
    ['a/B.TXT', 'nul.txt', 'a/what?', 'dot.', '../up']
    """
    found, taken = [], set()
    for name in names:
        parts = PurePosixPath(name).parts
        wrong = any(
            part in ("..", "/")
            or part.partition(".")[0].lower() in RESERVED
            or FORBIDDEN & set(part)
            or part.endswith((".", " "))
            for part in parts
        )
        if wrong or len(name) > LONGEST or name.casefold() in taken:
            found.append(name)
        taken.add(name.casefold())
    return found


def _add(
    archive: zipfile.ZipFile, name: str, date: datetime, content: bytes | None, path: Path | None
) -> None:
    entry = zipfile.ZipInfo(name, date.timetuple()[:6])
    entry.create_system = 3  # Unix, wherever it is made: the rights below are read by macOS and Linux
    entry.external_attr = (0o100755 if name.endswith(RUNNABLE) else 0o100644) << 16
    entry.compress_type = zipfile.ZIP_STORED if content is None else zipfile.ZIP_DEFLATED
    if content is None:
        assert path
        entry.file_size = path.stat().st_size
        with archive.open(entry, "w") as target, path.open("rb") as source:
            shutil.copyfileobj(source, target, 1 << 20)
    else:
        archive.writestr(entry, content)


def _date(files: Mapping[str, bytes]) -> datetime:
    """Return a date that depends on the contents alone.

    Python trusts a compiled file whose source has the same date and size, so an update unpacked over an older pack
    needs another date.
    """
    known = hashlib.sha256()
    for name in sorted(files):
        known.update(name.encode() + b"\0" + hashlib.sha256(files[name]).digest())
    seconds = int.from_bytes(known.digest()[:4], "big") % (300 * 24 * 3600) // 2 * 2  # zip counts two by two
    return datetime(2026, 1, 1) + timedelta(seconds=seconds)
