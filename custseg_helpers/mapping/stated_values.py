"""What people state in a toml file, checked value by value: each slip is a `UserError` that names file and key."""

import difflib
import os
import tomllib
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd

from custseg_helpers.files.whole import read_text
from custseg_helpers.paths import course_root
from custseg_helpers.words.text import T, UserError


def read_toml(path: Path) -> dict[str, Any]:
    """Read a toml file."""
    try:
        return tomllib.loads(read_text(path))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        why = error if isinstance(error, ValueError) else "nesting"
        raise UserError(
            zh=f"映射文件“{path}”不是合格的 TOML：{why}。文字要加引号，路径里的反斜杠写成 /。",
            en=f"“{path}” is not valid TOML: {why}. Put texts in quotes, and write / in paths.",
        ) from None


def table(
    words: Mapping[str, Any], key: str, path: Path, where: str = "", missing: Any = None
) -> dict[str, Any]:
    """Return a table `[where.key]`, or `missing` where it is not stated."""
    found = words.get(key, missing)
    if not isinstance(found, dict):
        raise wrong(
            path,
            f"{where}{key}",
            T(zh="应是一个表 [{k}]", en="must be a table [{k}]").format(k=f"{where}{key}"),
        )
    return found


def known_keys(given: Iterable[str], known: Iterable[str], path: Path, where: str) -> None:
    """Raise where a key is stated that nobody knows; the message names those that come near."""
    known = list(known)
    for key in given:
        if key not in known:
            near = difflib.get_close_matches(key, known, n=3, cutoff=0.5) or known
            raise UserError(
                zh=f"映射文件“{path}”里有不认识的“{where}{key}”。可写：{'、'.join(near)}。",
                en=f"“{path}” has an unknown key “{where}{key}”. Known are: {', '.join(near)}.",
            )


def text(value: Any, path: Path, key: str) -> str:
    """Return a text that is not empty."""
    if not isinstance(value, str) or not value or "\0" in value:
        raise wrong(path, key, T(zh="应是一段带引号的文字", en="must be a text in quotes"))
    return value


def whole_number(value: Any, path: Path, key: str) -> int:
    """Return a whole number."""
    if not isinstance(value, int) or isinstance(value, bool):
        raise wrong(path, key, T(zh="应是整数", en="must be a whole number"))
    return value


def texts(values: Any, path: Path, key: str) -> tuple[str, ...]:
    """Return a list of texts."""
    if not isinstance(values, list) or not all(isinstance(value, str) and value for value in values):
        raise wrong(
            path, key, T(zh='应是一列文字，如 ["退货"]', en='must be a list of texts, such as ["returned"]')
        )
    return tuple(values)


def one_of(value: Any, choices: tuple[str, ...], path: Path, key: str) -> str:
    """Return one of a few words."""
    if value not in choices:
        raise wrong(
            path,
            key,
            T(zh="可选：{c}", en="choose one of {c}").format(c=", ".join(f'"{c}"' for c in choices)),
        )
    return str(value)


def day(value: Any, path: Path, key: str) -> pd.Timestamp:
    """Return a day, written as a toml date or as text."""
    if isinstance(value, str):
        try:
            value = date.fromisoformat(value)
        except ValueError:
            value = None
    if not isinstance(value, date) or not 1970 < value.year < 2200:
        raise wrong(path, key, T(
            zh="写快照日，如 as_of = 2025-07-01（通常是最后一个下单日的次日）",
            en="state the snapshot, such as as_of = 2025-07-01 (usually the day after the last order)",
        ))  # fmt: skip
    return pd.Timestamp(value.date() if isinstance(value, datetime) else value)


def zone(value: Any, path: Path, key: str) -> str:
    """Return the name of a time zone."""
    try:
        return str(ZoneInfo(text(value, path, key)))
    except (KeyError, ValueError, OSError):
        raise wrong(
            path, key, T(zh='写时区名，如 "Asia/Shanghai"', en='write a zone such as "Asia/Shanghai"')
        ) from None


def files(value: Any, path: Path, key: str) -> tuple[Path, ...]:
    """Return the paths of a file or of a list of files; see `file`."""
    if not isinstance(value, list):
        return (file(value, path, key),)
    if not value:
        raise wrong(path, key, T(zh="一个文件也没写", en="names no file"))
    return tuple(file(one, path, key) for one in value)


def file(value: Any, path: Path, key: str) -> Path:
    """Return a file's path. One that leaves the mapping's folder must be written in full, so that nobody is surprised.

    The course's own mappings may point at the course's own files.
    """
    written = text(value, path, key)
    place = path.parent / written
    found = Path(os.path.abspath(place))
    homes = (Path(os.path.abspath(path.parent)), course_root())
    if not Path(written).is_absolute() and not any(found.is_relative_to(home) for home in homes):
        raise wrong(path, key, T(
            zh=f"“{written}”跑到了映射文件所在的文件夹之外。请把文件放到映射文件旁边，或写完整路径“{found.as_posix()}”",
            en=f"“{written}” leaves the folder of the mapping. Put the file beside the mapping, or write the full path “{found.as_posix()}”",
        ))  # fmt: skip
    try:
        place.is_dir()
    except OSError as error:
        raise wrong(
            path, key, T(zh=f"打不开：{error.strerror}", en=f"cannot be opened: {error.strerror}")
        ) from None
    return place


def wrong(path: Path, key: str, what: T) -> UserError:
    """Return what to say of a key that is stated wrongly."""
    return UserError(zh=f"映射文件“{path}”的 {key}：{what.zh}。", en=f"{key} in “{path}”: {what.en}.")
