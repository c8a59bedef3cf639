"""`python -m tools.keys`: write the table of keys in docs/own-data.md again from their declaration, in every language."""

from typing import Any

import attrs

from custseg_helpers.company.schema import KINDS
from custseg_helpers.mapping import keys
from custseg_helpers.mapping.columns import MAPPED, field_kinds, field_titles
from custseg_helpers.mapping.keys import Key, keys_of, meaning
from custseg_helpers.mapping.toml_text import written
from custseg_helpers.paths import course_root
from custseg_helpers.words.text import T, listed
from tools import marked

PAGE = "docs/own-data.md"
EVERY = T(zh="每张表", en="every table")
TOP = T(zh="最上面", en="at the top")
HEAD = T(
    zh="| 在哪里 | 键 | 意思 | 默认 | 例 |\n|---|---|---|---|---|\n",
    en="| where | key | meaning | default | example |\n|---|---|---|---|---|\n",
)
FIELDS = T(
    zh="| 表 | `columns` 与 `skip` 里可写的字段 |\n|---|---|\n",
    en="| table | fields for `columns` and `skip` |\n|---|---|\n",
)
NEEDED = T(zh="必写", en="needed")


def tables() -> T:
    """Return the tables of keys and of fields as Markdown."""
    rows = [*_rows(TOP, keys.OwnData), *_rows(EVERY, keys.Source)]
    for key in keys_of(keys.OwnData):
        if key.inside:
            rows += _within(key)
    of_fields = [
        T(zh="| `[{t}]` | {f} |\n", en="| `[{t}]` | {f} |\n").format(t=table, f=listed(_fields(table)))
        for table in (*MAPPED, "facts")
    ]
    nothing = T(zh="", en="")
    return HEAD + nothing.join(rows) + "\n" + FIELDS + nothing.join(of_fields)


def _within(key: Key) -> list[T]:
    """Return the rows of the keys that only this table has, and of the tables in it."""
    rows = _rows(f"`[{key.path}]`", key.inside)
    for inner in keys_of(key.inside, f"{key.path}."):
        rows += _within(inner) if inner.inside else []
    return rows


def _rows(where: T | str, declared: Any) -> list[T]:
    return [_row(where, key) for key in keys_of(declared) if key.own]


def _row(where: T | str, key: Key) -> T:
    if key.default is attrs.NOTHING:
        default: Any = NEEDED
    else:
        default = "—" if key.inside or key.default in (None, (), {}) else f"`{written(key.default)}`"
    example = f"`{written(key.told.example)}`".replace("|", "\\|")
    return T(zh="| {w} | `{k}` | {m} | {d} | {e} |\n", en="| {w} | `{k}` | {m} | {d} | {e} |\n").format(
        w=where, k=key.path, m=meaning(key), d=default, e=example
    )


def _fields(table: str) -> list[T]:
    kinds = field_kinds(table)
    return [
        T(zh="`{n}` {t}（{k}）", en="`{n}` {t} ({k})").format(n=name, t=title, k=KINDS[kinds[name]])
        for name, title in field_titles(table).items()
    ]


def renewed(page: str) -> str:
    """Return the page with its part written anew."""
    return marked.renewed(page, "keys", tables())


if __name__ == "__main__":
    marked.renew(course_root() / PAGE, "keys", tables())
