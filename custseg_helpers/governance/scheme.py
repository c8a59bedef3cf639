"""A grouping scheme as a file: who made it, by which thresholds, who approved it, and whether it changed since.

    name = "2025 年下半年客户分层"
    version = "1.2"
    author = "李敏"
    method = "rfm"

    [thresholds]
    recency_days = [30, 90, 180, 365]
    segments = {vip = 5000, ordinary = 500}

    [approval]
    by = "王总"
    on = 2025-07-01
    hash = "sha256:…"

People edit everything but `[approval]`, which `approve` writes. The hash covers the content and not the formatting:
comments, spaces and the order of keys may change, a threshold may not. It shows a change; it is no signature.
"""

import hashlib
import json
import math
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from custseg_helpers.files.toml_values import read_toml
from custseg_helpers.files.whole import read_text, write_whole
from custseg_helpers.words.text import T, UserError, listed

_TEXTS = ("name", "version", "author", "method")
_KEYS = (*_TEXTS, "thresholds", "approval")


@dataclass(frozen=True)
class Approval:
    """Who approved which content, and when."""

    by: str
    on: date
    hash: str


@dataclass(frozen=True)
class Scheme:
    """A grouping scheme; `thresholds` holds numbers, texts, dates, lists and tables of them, as the method needs."""

    name: str
    version: str
    author: str
    method: str
    thresholds: Mapping[str, Any]
    approval: Approval | None
    path: Path

    @property
    def hash(self) -> str:
        """The content's SHA-256: the same however the file is formatted, another one after any change."""
        content = {key: getattr(self, key) for key in (*_TEXTS, "thresholds")}
        plain = json.dumps(_plain(content, self.path), sort_keys=True, default=date.isoformat)
        return "sha256:" + hashlib.sha256(plain.encode()).hexdigest()


@dataclass(frozen=True)
class Standing:
    """Whether results may be used: `code` is approved, unapproved or changed_after_approval."""

    code: str
    text: T

    @property
    def approved(self) -> bool:
        """True for an approved, unchanged scheme."""
        return self.code == "approved"


def read_scheme(path: Path | str) -> Scheme:
    """Read a scheme file; a missing, unknown or ill-typed key is a `UserError` that names the file and the key."""
    return _scheme(read_text(path), Path(path))


def _scheme(text: str, path: Path) -> Scheme:
    found = _parsed(text, path)
    for key in found:
        if key not in _KEYS:
            near = get_close_matches(key, _KEYS, n=1) or _KEYS
            raise _fault(
                path,
                "没有“{key}”这个键，可用：{known}",
                "there is no key “{key}”; known: {known}",
                key=key,
                known=listed(near),
            )
    for key in _TEXTS:
        if not isinstance(found.get(key), str) or not found[key].strip():
            raise _fault(
                path,
                '{key} 要写成加引号的文字：{key} = "…"',
                '{key} is a text in quotes: {key} = "…"',
                key=key,
            )
    if not isinstance(found.get("thresholds"), dict) or not found["thresholds"]:
        raise _fault(
            path, "缺少 [thresholds] 一节，或它是空的", "the section [thresholds] is missing or empty"
        )
    scheme = Scheme(
        **{key: found[key] for key in _TEXTS},
        thresholds=found["thresholds"],
        approval=_approval(found["approval"], path) if "approval" in found else None,
        path=path,
    )
    _plain(scheme.thresholds, path)
    return scheme


def write_scheme(
    path: Path | str, *, name: str, version: str, author: str, method: str, thresholds: Mapping[str, Any]
) -> Scheme:
    """Write a new scheme file, whole or not at all, and return it; an existing file is never overwritten.

    `thresholds` may hold what the tiers return: numbers (NumPy's too), texts, dates, lists and mappings of them.
    """
    path = Path(path)
    if path.exists():
        raise _fault(
            path,
            "文件已经存在。方案有变，请另存为新版本",
            "the file exists: save a changed scheme as a new version",
        )
    head = dict(zip(_TEXTS, (name, version, author, method), strict=True))
    text = _lines(_plain(head, path)) + "\n[thresholds]\n" + _lines(_plain(thresholds, path))
    _parsed(text, path)
    write_whole(path, text)
    return read_scheme(path)


def approve(scheme: Scheme, *, by: str, on: date | None = None) -> Scheme:
    """Write into the scheme's file that `by` approved exactly what `scheme` holds; return it as it stands then.

    Nobody approves their own scheme, and nobody approves unseen: when the file changed since `scheme` was read,
    it must be read again. The rest of the file, comments included, stays as it is.
    """
    by = by.strip()
    if not by or by.casefold() == scheme.author.strip().casefold():
        raise _fault(
            scheme.path,
            "审批人不能空缺，也不能是编制人“{author}”本人",
            "the approver is missing or is the author “{author}”: somebody else must approve",
            author=scheme.author,
        )
    text = read_text(scheme.path)
    stamp = Approval(by=by, on=on or date.today(), hash=scheme.hash)
    stamped = _without_approval(text).rstrip() + "\n\n[approval]\n" + _lines(vars(stamp))
    if any(_scheme(version, scheme.path).hash != scheme.hash for version in (text, stamped)):
        raise _fault(
            scheme.path,
            "读取之后文件又改了。请重新读取、看过再审批",
            "the file changed since it was read: read it again, then approve",
        )
    write_whole(scheme.path, stamped)
    return read_scheme(scheme.path)


def standing(scheme: Scheme | None) -> Standing:
    """Tell whether results made by this scheme may be used; `custseg run` prints the text on them if not.

    >>> from custseg_helpers.words.text import use_language
    >>> use_language("en")
    >>> print(standing(None).text)
    Draft: no scheme file was given, so nobody approved these thresholds.
    """
    if scheme is None:
        return Standing(
            "unapproved",
            T(
                zh="草稿：没有给出方案文件，这些门槛无人审批。",
                en="Draft: no scheme file was given, so nobody approved these thresholds.",
            ),
        )
    names = {"name": scheme.name, "version": scheme.version}
    if scheme.approval is None:
        text = T(
            zh="草稿：方案“{name}”{version} 版尚未审批。",
            en="Draft: scheme “{name}” {version} is not approved yet.",
        )
        return Standing("unapproved", text.format(**names))
    names |= {"by": scheme.approval.by, "on": scheme.approval.on.isoformat()}
    if scheme.approval.hash != scheme.hash:
        text = T(
            zh="草稿：方案“{name}”{version} 版在 {by} {on} 审批之后改动过，须重新审批。",
            en="Draft: scheme “{name}” {version} changed after {by} approved it on {on}; approve it anew.",
        )
        return Standing("changed_after_approval", text.format(**names))
    text = T(
        zh="方案“{name}”{version} 版已由 {by} 于 {on} 审批。",
        en="Scheme “{name}” {version} was approved by {by} on {on}.",
    )
    return Standing("approved", text.format(**names))


def _approval(found: Any, path: Path) -> Approval:
    wanted = {"by": str, "on": date, "hash": str}
    if not isinstance(found, dict) or {key: type(value) for key, value in found.items()} != wanted:
        raise _fault(
            path,
            "[approval] 要有 by、on、hash 三项。它由 approve() 写入，请不要手改；删掉这一节再重新审批",
            "[approval] holds by, on and hash and is written by approve(): delete the section and approve anew",
        )
    return Approval(**found)


def _without_approval(text: str) -> str:
    kept, inside = [], False
    for line in text.splitlines(keepends=True):
        if line.lstrip().startswith("["):
            inside = bool(re.match(r"\s*\[\s*approval\s*\]", line))
        if not inside:
            kept.append(line)
    return "".join(kept)


def _parsed(text: str, path: Path) -> dict[str, Any]:
    try:
        return read_toml(text, path.name)
    except tomllib.TOMLDecodeError as error:
        raise _fault(
            path,
            "不是合法的 TOML（{error}）。常见原因：文字没有加引号、日期没有写成 2025-07-01、同一个键写了两次",
            "not valid TOML ({error}). Common causes: a text without quotes, a date unlike 2025-07-01, a key twice",
            error=error,
        ) from None


def _plain(value: Any, path: Path) -> Any:
    """Return Python's own numbers, texts, dates, lists and dicts; a whole number is an int however it was written."""
    if isinstance(value, Mapping):
        return {str(key): _plain(part, path) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(part, path) for part in value]
    if hasattr(value, "tolist"):
        return _plain(value.tolist(), path)
    if isinstance(value, float) and math.isnan(value):
        raise _fault(
            path, "门槛里有 NaN：数据太少，分不出来", "a threshold is NaN: there were too few data to cut"
        )
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, bool | int | float | str | date):
        return value
    raise _fault(path, "方案里不能写“{value!r}”", "a scheme cannot hold “{value!r}”", value=value)


def _lines(table: Mapping[str, Any]) -> str:
    return "".join(f"{_quoted(key)} = {_toml(value)}\n" for key, value in table.items())


def _toml(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_quoted(key)} = {_toml(part)}" for key, part in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_toml, value)) + "]"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    return value.isoformat() if isinstance(value, date) else repr(value)


def _quoted(key: str) -> str:
    return key if re.fullmatch(r"[A-Za-z0-9_-]+", key) else _toml(key)


def _fault(path: Path, zh: str, en: str, **names: Any) -> UserError:
    what = T(zh=zh, en=en).format(**names)
    return UserError(
        T(zh="方案文件“{file}”：{what}。", en="Scheme file “{file}”: {what}.").format(
            file=path.name, what=what
        )
    )
