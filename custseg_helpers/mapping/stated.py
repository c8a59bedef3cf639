"""What people state in `company.toml`, structured by its declaration: each slip is a `UserError` that names file and key."""

import difflib
import os
import tomllib
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any, NewType, get_origin
from zoneinfo import ZoneInfo

import attrs
import pandas as pd
from cattrs import (
    BaseValidationError,
    ClassValidationError,
    Converter,
    ForbiddenExtraKeysError,
    IterableValidationError,
)
from cattrs.gen import make_dict_structure_fn, override

from custseg_helpers.decision.questions import Answer
from custseg_helpers.files import toml_values
from custseg_helpers.files.whole import read_text
from custseg_helpers.mapping.toml_text import written
from custseg_helpers.paths import course_root
from custseg_helpers.words.text import FURTHER, LANGUAGES, T, UserError, listed

Zone = NewType("Zone", str)
"""The name of a time zone."""
Files = NewType("Files", tuple)
"""Paths of files or folders; in the mapping one text or a list of texts."""
Per = NewType("Per", str)
"""Whose money is: each line's, or the whole order's; of a part also a share of the line."""


KEY = "key"
"""Where an attribute's metadata hold what is declared of it; an attribute without is no key of the file."""
NO_TEXT = T(zh="应是一段带引号的文字", en="must be a text in quotes")
NO_LIST = T(zh="应是一列 [ … ]", en="must be a list [ … ]")
NO_TABLE = T(zh="应是一个表 [KEY]", en="must be a table [KEY]")


class Slip(Exception):
    """What is wrong with a key, and which one it is, seen from where it was noticed."""

    def __init__(self, what: T, *key: str):
        self.what, self.key = what, key


class Unknown(Slip):
    """A key that nobody knows; it is told with those that come near."""

    def __init__(self, known: Iterable[str], *key: str):
        names = list(known)
        near = difflib.get_close_matches(key[-1], names, n=3, cutoff=0.5) or names
        super().__init__(listed(near), *key)


def read_toml(path: Path) -> dict[str, Any]:
    """Read a toml file."""
    try:
        return toml_values.read_toml(read_text(path), str(path))
    except tomllib.TOMLDecodeError as error:
        raise UserError(
            T(
                zh="映射文件“{path}”不是合格的 TOML：{why}。文字要加引号，路径里的反斜杠写成 /。",
                en="“{path}” is not valid TOML: {why}. Put texts in quotes, and write / in paths.",
            ).format(path=path, why=error)
        ) from None


def structured(words: dict[str, Any], declared: Any, path: Path) -> Any:
    """Return the words of a toml file as an instance of the attrs class that declares its keys."""
    try:
        return _converter(path.parent).structure(words, declared)
    except (BaseValidationError, Slip) as error:
        slip, key = _first(error)
        if isinstance(slip, Unknown):
            raise UserError(
                T(
                    zh="映射文件“{path}”里有不认识的“{key}”。可写：{known}。",
                    en="“{path}” has an unknown key “{key}”. Known are: {known}.",
                ).format(path=path, key=".".join(key), known=slip.what)
            ) from None
        raise wrong(path, ".".join(key), slip.what.replace("KEY", ".".join(key))) from None


def wrong(path: Path, key: str, what: T) -> UserError:
    """Return what to say of a key that is stated wrongly."""
    said = T(zh="映射文件“{path}”的 {key}：{what}。", en="{key} in “{path}”: {what}.")
    return UserError(said.format(path=path, key=key, what=what))


def _first(error: BaseException, where: tuple[str, ...] = ()) -> tuple[Slip, tuple[str, ...]]:
    """Return the first slip and its key: of a table unknown keys first, then values as they are declared."""
    if isinstance(error, Slip):
        return error, (*where, *error.key)
    if isinstance(error, ForbiddenExtraKeysError):
        known = [attribute.alias for attribute in attrs.fields(error.cl) if KEY in attribute.metadata]
        slip = Unknown(known, sorted(error.extra_fields)[0])
        return slip, (*where, *slip.key)
    if isinstance(error, IterableValidationError):
        inner, place = error.group_exceptions()[0][0]
        return _first(inner, (*where, str(place.index)))
    if not isinstance(error, ClassValidationError):
        raise error
    noted, others = error.group_exceptions()
    if others:
        return _first(others[0], where)
    inner, note = noted[0]
    attribute = attrs.fields_dict(error.cl)[note.name]
    if isinstance(inner, KeyError):
        return _missing(attribute), (*where, str(attribute.alias))
    if isinstance(
        inner, (AttributeError, TypeError)
    ):  # neither a table nor a list, and cattrs goes through it
        table = get_origin(attribute.type) is Mapping
        return Slip(NO_TABLE if table else NO_LIST), (*where, str(attribute.alias))
    return _first(inner, (*where, str(attribute.alias)))


def _missing(attribute: Any) -> Slip:
    told = attribute.metadata[KEY]
    return Slip(
        T(
            zh="没有写。写成 {name} = {example}（{about}）",
            en="is missing. Write {name} = {example} ({about})",
        ).format(name=attribute.alias, example=written(told.example), about=told.about)
    )


def _converter(folder: Path) -> Converter:
    """Return what structures the words of a mapping in `folder`, at which relative paths start."""
    made = Converter(forbid_extra_keys=True, use_alias=True)
    made.register_structure_hook_factory(attrs.has, lambda cls: _table(cls, made, folder))
    made.register_structure_hook(str, lambda value, _: text(value))
    made.register_structure_hook(int, lambda value, _: whole_number(value))
    made.register_structure_hook(float, lambda value, _: more_than_nothing(value))
    made.register_structure_hook(bool, lambda value, _: yes_or_no(value))
    made.register_structure_hook(pd.Timestamp, lambda value, _: day(value))
    made.register_structure_hook_func(lambda kind: kind == tuple[str, ...], lambda value, _: texts(value))
    made.register_structure_hook(T, lambda value, _: in_every_language(value))
    made.register_structure_hook(Zone, lambda value, _: zone(value))
    made.register_structure_hook(Per, lambda value, _: line_or_order(value))
    made.register_structure_hook_func(lambda kind: kind == Answer, lambda value, _: numbers(value))
    made.register_structure_hook(Files, lambda value, _: files(value, folder))
    return made


def _table(declared: Any, converter: Converter, folder: Path) -> Any:
    """Return what makes an instance of an attrs class; attributes that are no keys are not read, `home` is filled in."""
    others = [attribute.name for attribute in attrs.fields(declared) if KEY not in attribute.metadata]
    omitted: Any = dict.fromkeys(others, override(omit=True))
    from_dict = make_dict_structure_fn(declared, converter, **omitted)

    def structure(value: Any, _: Any) -> Any:
        if not isinstance(value, dict):
            raise Slip(NO_TABLE)
        found = from_dict(value, declared)
        return attrs.evolve(found, home=folder) if "home" in others else found

    return structure


def text(value: Any) -> str:
    """Return a text that is not empty."""
    if not isinstance(value, str) or not value or "\0" in value:
        raise Slip(NO_TEXT)
    return value


def whole_number(value: Any) -> int:
    """Return a whole number."""
    if not isinstance(value, int) or isinstance(value, bool):
        raise Slip(T(zh="应是整数", en="must be a whole number"))
    return value


def numbers(value: Any) -> Answer:
    """Return a whole number, or several."""
    return tuple(map(whole_number, value)) if isinstance(value, list) else whole_number(value)


def more_than_nothing(value: Any) -> float:
    """Return a number above 0."""
    if not isinstance(value, int | float) or isinstance(value, bool) or not 0 < value < float("inf"):
        raise Slip(T(zh="应是大于 0 的数", en="must be a number above 0"))
    return float(value)


def yes_or_no(value: Any) -> bool:
    """Return true or false."""
    if not isinstance(value, bool):
        raise Slip(T(zh="写 true 或 false", en="must be true or false"))
    return value


def texts(values: Any) -> tuple[str, ...]:
    """Return a list of texts."""
    if not isinstance(values, list) or not all(isinstance(value, str) and value for value in values):
        raise Slip(T(zh='应是一列文字，如 ["退货"]', en='must be a list of texts, such as ["returned"]'))
    return tuple(values)


def in_every_language(value: Any) -> T:
    """Return a text that is stated in both languages."""
    needed = set(LANGUAGES) - set(FURTHER)
    if (
        not isinstance(value, dict)
        or not needed <= set(value) <= set(LANGUAGES)
        or not all(isinstance(words, str) for words in value.values())
    ):
        raise Slip(T(zh="应有 zh 与 en 两段文字", en="needs a text zh and a text en"))
    return T(**value)


def day(value: Any) -> pd.Timestamp:
    """Return a day, written as a toml date or as text."""
    if isinstance(value, str):
        try:
            value = date.fromisoformat(value)
        except ValueError:
            value = None
    if not isinstance(value, date) or not 1970 < value.year < 2200:
        raise Slip(T(zh="应是一天，如 2025-07-01", en="must be a day such as 2025-07-01"))
    return pd.Timestamp(value.date() if isinstance(value, datetime) else value)


def zone(value: Any) -> Zone:
    """Return the name of a time zone."""
    try:
        return Zone(str(ZoneInfo(text(value))))
    except (KeyError, ValueError, OSError):
        raise Slip(T(zh='写时区名，如 "Asia/Shanghai"', en='write a zone such as "Asia/Shanghai"')) from None


def line_or_order(value: Any) -> Per:
    """Return `"line"`, `"order"` or `"share"`."""
    if value not in ("line", "order", "share"):
        raise Slip(
            T(
                zh='写 "line"（每行各有各的）、"order"（整单的）或 "share"（按比例）',
                en='must be "line" (each line has its own), "order" (the whole order\'s) or "share" (in per cent)',
            )
        )
    return Per(value)


def files(value: Any, folder: Path) -> Files:
    """Return the paths of a file or of a list of files; see `file`."""
    if value == []:
        raise Slip(T(zh="一个文件也没写", en="names no file"))
    return Files(tuple(file(one, folder) for one in (value if isinstance(value, list) else [value])))


def file(value: Any, folder: Path) -> Path:
    """Return a file's path. One that leaves the mapping's folder must be written in full, so that nobody is surprised.

    The course's own mappings may point at the course's own files.
    """
    place = folder / text(value)
    found = Path(os.path.abspath(place))
    homes = (Path(os.path.abspath(folder)), course_root())
    if not Path(value).is_absolute() and not any(found.is_relative_to(home) for home in homes):
        outside = T(
            zh="“{name}”跑到了映射文件所在的文件夹之外。请把文件放到映射文件旁边，或写完整路径“{full}”",
            en="“{name}” leaves the folder of the mapping. Put the file beside the mapping, or write the full path “{full}”",
        )
        raise Slip(outside.format(name=value, full=found.as_posix()))
    try:
        place.is_dir()
    except OSError as error:
        raise Slip(T(zh="打不开：{e}", en="cannot be opened: {e}").format(e=error.strerror)) from None
    return place
