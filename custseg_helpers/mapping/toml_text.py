"""Values and comments as they are written in a toml file."""

import json
import re
from collections.abc import Mapping
from typing import Any

import pandas as pd

from custseg_helpers.words.text import T, UserError


def written(value: Any) -> str:
    """Return a text, number, day, list or table as toml writes it.

    >>> written("单号"), written(("a", "b")), written(pd.Timestamp("2025-07-01")), written({"zh": "店"})
    ('"单号"', '["a", "b"]', '2025-07-01', '{ zh = "店" }')
    """
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, pd.Timestamp):
        return f"{value:%Y-%m-%d}"
    if isinstance(value, Mapping):
        return f"{{ {', '.join(f'{_key(key)} = {written(one)}' for key, one in value.items())} }}"
    if isinstance(value, (tuple, list)):
        return f"[{', '.join(map(written, value))}]"
    return json.dumps(value)


def _key(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else quoted(name)


def quoted(text: str) -> str:
    """Return a text in quotes."""
    if not text.isprintable() and any("\ud800" <= letter <= "\udfff" for letter in text):
        raise UserError(
            T(
                zh="文件名 {name} 不是合格的文字，请改个名字再来。",
                en="The file name {name} is no proper text: rename the file and try again.",
            ).format(name=repr(text))
        )
    return json.dumps(str(text), ensure_ascii=False).replace("\x7f", "\\u007f")


def comment(text: object) -> str:
    """Return a text that may stand in a comment: on one line, without control characters."""
    return re.sub(r"[\x00-\x08\x0a-\x1f\x7f]+", " ", str(text))
