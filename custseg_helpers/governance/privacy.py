"""Privacy: pseudonyms by a key the team holds, masking of names and numbers, hiding small groups in tables.

A pseudonym is still personal information (去标识化, not 匿名化: 《个人信息保护法》第七十三条): who has the key can link it back.
"""

import hmac
import os
import re
import secrets
import stat
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from custseg_helpers.company.schema import FIELDS
from custseg_helpers.files.whole import read_text
from custseg_helpers.words.text import T, UserError, listed

TOTAL = "total"
_TEXT = pd.Series(["text"]).dtype


def create_key(path: Path | str) -> None:
    """Write a new random key (256 bits) to a file that only its owner may read (mode 600).

    An existing file is never overwritten: without the old key, old pseudonyms can no longer be told apart or joined.
    """
    path = Path(path)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise UserError(
            zh=f"密钥文件“{path}”已经存在，不会覆盖：换了密钥，新旧假名就对不上了。",
            en=f"The key file “{path}” exists and is not overwritten: a new key would break all pseudonyms made so far.",
        ) from None
    except OSError as error:
        raise UserError(
            zh=f"写不了密钥文件“{path}”：{error.strerror}。",
            en=f"The key file “{path}” cannot be written: {error.strerror}.",
        ) from None
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_hex(32) + "\n")


def read_key(path: Path | str) -> bytes:
    """Read a key file made by `create_key`; one that others may read, or that is no key, is a `UserError`."""
    path = Path(path)
    text = read_text(path).strip()
    if os.name == "posix" and path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise UserError(
            zh=f"密钥文件“{path}”别人也能读。请运行 chmod 600 {path}，并考虑换一把新密钥。",
            en=f"Others may read the key file “{path}”. Run chmod 600 {path}, and consider a new key.",
        )
    if not re.fullmatch(r"[0-9a-f]{64}", text):
        raise UserError(
            zh=f"“{path}”不是密钥文件。请用 create_key() 生成一个。",
            en=f"“{path}” is no key file. Make one with create_key().",
        )
    return bytes.fromhex(text)


def pseudonyms(ids: pd.Series, key: bytes) -> pd.Series:
    """Return a pseudonym for every id: the same id and key always give the same one, whatever the order.

    HMAC-SHA256 (RFC 2104; checked against RFC 4231), cut to 80 bits: that two of 100 million customers share one has a
    chance of 1 in 200 million. It begins with a P, so that no spreadsheet takes it for a number. Ids are compared as text, as they are; a missing id stays missing. A plain hash
    would not do: ids and phone numbers are few enough to try them all.

    >>> pseudonyms(pd.Series(["C001", "C002", "C001", None]), key=b"k" * 32).nunique()
    2
    """
    if ids.dtype.kind == "f" and ids.notna().any():
        raise UserError(
            zh=f"编号列“{ids.name}”是小数，先把它读成文字，否则 1001 会变成“1001.0”。",
            en=f"The id column “{ids.name}” holds decimals: read it as text first, else 1001 becomes “1001.0”.",
        )
    codes, unique = pd.factorize(ids)
    names = np.array([*(_pseudonym(str(one), key) for one in unique), None], dtype=object)
    return pd.Series(names[codes], index=ids.index, name=ids.name, dtype=_TEXT)


def _pseudonym(text: str, key: bytes) -> str:
    return "P" + hmac.digest(key, text.encode(), "sha256")[:10].hex()


def mask_name(name: str) -> str:
    """Keep the family name's first character, or the first letter of every Latin word.

    >>> mask_name("张小明"), mask_name("欧阳娜娜"), mask_name("Li Xiaoming"), mask_name("张")
    ('张*', '欧*', 'L* X*', '*')
    """
    words = name.split()
    return " ".join(f"{word[0]}*" if len(word) > 1 else "*" for word in words) or "*"


def mask_phone(phone: str) -> str:
    """Keep the first three and the last four digits of a mobile number, only the last two of any other.

    >>> mask_phone("13812345678"), mask_phone("+86 138-1234-5678"), mask_phone("021-5555 1234")
    ('138****5678', '138****5678', '****34')
    """
    digits = re.sub(r"\D", "", unicodedata.normalize("NFKC", phone))
    mobile = re.fullmatch(r"(?:86|0086)?(1[3-9]\d)\d{4}(\d{4})", digits)
    if mobile:
        return f"{mobile[1]}****{mobile[2]}"
    return f"****{digits[-2:]}" if len(digits) >= 7 else "****"


def mask_id_number(number: str) -> str:
    """Keep the first and the last character of an identity or account number: the birthday in it is personal too.

    >>> mask_id_number("11010519491231002X"), mask_id_number("12345")
    ('1****************X', '****')
    """
    number = number.strip()
    return f"{number[0]}{'*' * (len(number) - 2)}{number[-1]}" if len(number) >= 8 else "****"


def mask_email(email: str) -> str:
    """Keep the first character and the domain.

    >>> mask_email("li.ming@example.com")
    'l***@example.com'
    """
    user, _, domain = email.strip().rpartition("@")
    return f"{user[0]}***@{domain}" if len(user) > 1 else "***"


def hide(value: Any) -> str:
    """Keep nothing.

    >>> hide("decision_maker")
    '***'
    """
    return "***"


MASKS: dict[str, Callable[[str], str]] = {
    "name": mask_name,
    "phone": mask_phone,
    "id_number": mask_id_number,
    "email": mask_email,
    "hide": hide,
}
"""How each kind of personal column is masked."""

PERSONAL_COLUMNS: dict[str, str] = {
    field.name: "name" if field.name.startswith("name_") else "hide"
    for field in FIELDS
    if field.sensitivity == "personal"
}
"""The personal columns of the standard tables, and how each is masked."""


def mask(table: pd.DataFrame, kinds: Mapping[str, str] = PERSONAL_COLUMNS) -> pd.DataFrame:
    """Return a copy of `table` whose personal columns are masked; empty cells stay empty.

    `kinds` says how: column → a word of `MASKS`. Columns that the table lacks do not matter. Ids are not masked but
    replaced by `pseudonyms`.

    >>> mask(pd.DataFrame({"name_zh": ["李雷"], "birth_year": [1990], "city": ["xian"]})).iloc[0].tolist()
    ['李*', '***', 'xian']
    """
    masked = table.copy()
    for column, kind in kinds.items():
        if kind not in MASKS:
            raise UserError(
                T(
                    zh="不会用“{kind}”来脱敏。可选：{known}",
                    en="There is no mask “{kind}”; choose one of {known}",
                ).format(kind=kind, known=listed(MASKS))
            )
        if column in masked:
            values = [None if pd.isna(value) else MASKS[kind](_text(value)) for value in masked[column]]
            masked[column] = pd.Series(values, index=masked.index, dtype=_TEXT)
    return masked


def crowd(table: pd.DataFrame, columns: Sequence[str]) -> pd.Series:
    """Return for every row how many rows share its values in these columns; 1 stands alone. Missing is a value too.

    A list in which every crowd is at least k is k-anonymous in these columns. Source: Sweeney (2002), *International
    Journal of Uncertainty, Fuzziness and Knowledge-Based Systems* 10(5), 557–570.

    >>> people = pd.DataFrame({"city": ["xian", "xian", "hefei"], "birth_year": [1990, 1985, 1990]})
    >>> crowd(people, ["city"]).tolist(), crowd(people, ["city", "birth_year"]).tolist()
    ([2, 2, 1], [1, 1, 1])
    """
    return table.groupby(list(columns), dropna=False)[columns[0]].transform("size").rename("crowd")


def guess(table: pd.DataFrame, columns: Sequence[str], secret: str) -> pd.DataFrame:
    """Tell what somebody who knows these columns of a person learns about the secret one from the list.

    A crowd hides who a row is, and not what its people have in common: where all ten are "low", whoever knows that
    someone is among them knows the tier. Missing is a value, too.

    Returns:
        One row for each of `table`: the `crowd` that shares the columns, how many different `values` of the secret occur in
        it (distinct ℓ-diversity), and `surest`, how often the commonest guess is right (0–1).

    Source: Machanavajjhala, Kifer, Gehrke & Venkitasubramaniam (2007), "ℓ-diversity: Privacy beyond k-anonymity",
    *ACM Transactions on Knowledge Discovery from Data* 1(1), 3.

    >>> people = pd.DataFrame({"city": ["xian"] * 3 + ["hefei"] * 2, "tier": ["low", "low", "high", "low", "low"]})
    >>> guess(people, ["city"], "tier").round(2).drop_duplicates().values.tolist()
    [[3.0, 2.0, 0.67], [2.0, 1.0, 1.0]]
    """
    cell = table.groupby(list(columns), dropna=False, sort=False).ngroup()
    value = pd.Series(pd.factorize(table[secret], use_na_sentinel=False)[0], index=table.index)
    alike = value.groupby([cell, value]).transform("size")
    size = crowd(table, columns)
    return pd.DataFrame(
        {
            "crowd": size,
            "values": value.groupby(cell).transform("nunique"),
            "surest": alike.groupby(cell).transform("max") / size,
        }
    )


def may_go_out(
    table: pd.DataFrame, columns: Sequence[str], secret: str, *, k: int = 10, kinds: int = 2
) -> pd.Series:
    """Return which rows of a list may leave the house: at least `k` alike in the known columns, with `kinds` secrets.

    Whole cells stay or go. Leaving out single rows by their secret would do harm: what is left of a cell may then be of one
    kind. It does not protect against a guess that is nearly sure (see `surest` of `guess`), against who knows more
    columns, nor against two lists laid side by side.

    >>> people = pd.DataFrame({"city": ["xian"] * 3 + ["hefei"] * 3, "tier": ["low", "low", "high", "low", "low", "low"]})
    >>> may_go_out(people, ["city"], "tier", k=3).tolist()
    [True, True, True, False, False, False]
    """
    known = guess(table, columns, secret)
    return (known["crowd"] >= k) & (known["values"] >= kinds)


def exposure(table: pd.DataFrame, columns: Sequence[str], k: int = 10) -> pd.DataFrame:
    """Add the columns one after the other, and count whom they give away together.

    Returns:
        One row a step, named by the column that joins: `combinations` that occur, customers `on_their_own`, those in
        a `small_crowd` (2 to k − 1 share their values) and those `in_a_crowd` of k or more.

    >>> people = pd.DataFrame({"city": ["xian", "xian", "hefei"], "birth_year": [1990, 1985, 1990]})
    >>> exposure(people, ["city", "birth_year"], k=2)["on_their_own"].to_dict()
    {'city': 1, 'birth_year': 3}
    """
    rows = {}
    for step, column in enumerate(columns, 1):
        size = crowd(table, columns[:step])
        alone, small = int((size == 1).sum()), int(size.between(2, k - 1).sum())
        combinations = len(table.drop_duplicates(list(columns[:step])))
        rows[column] = (combinations, alone, small, len(table) - alone - small)
    counts = ["combinations", "on_their_own", "small_crowd", "in_a_crowd"]
    return pd.DataFrame.from_dict(rows, orient="index", columns=counts).rename_axis("column_added")


def suppress_small_cells(counts: pd.DataFrame, k: int = 10) -> pd.DataFrame:
    """Return a cross table with totals in which nobody can work out a count below `k`; hidden cells are `<NA>`.

    Counts from 1 to k − 1 are hidden, totals too. A reader could still get one back by subtracting from a total, so
    for each of them a rectangle of cells is hidden with it, round which customers could be moved without changing
    any shown figure: the reader's best upper bound stays at least `k` above the truth. Of all such rectangles the
    one that hides the fewest customers is taken, and a total only when nothing else helps. Zeros are shown.

    `counts` has whole numbers and no totals; one column is fine (a list of groups). Holds for one table at a time:
    two tables of the same customers may tell together what neither tells alone.

    Source: the hypercube method, Giessing & Repsilber (2002), in *Inference Control in Statistical Databases*.

    >>> table = pd.DataFrame({"vip": [3, 40, 60], "ordinary": [50, 45, 70]}, index=["a", "b", "c"])
    >>> suppress_small_cells(table).loc["a"].tolist()
    [<NA>, <NA>, 53]
    """
    cells = counts.to_numpy(dtype=float)
    if not (np.isfinite(cells) & (cells >= 0) & (cells == np.floor(cells))).all():
        raise UserError(
            zh="隐藏小格子只用于人数：不能有空值、负数或小数。",
            en="Small cells are hidden in counts only: no empty, negative or fractional values.",
        )
    grid = np.pad(cells, ((0, 1), (0, 1)))
    grid[-1], grid[:, -1] = grid.sum(axis=0), grid.sum(axis=1)
    grid[-1, -1] = cells.sum()
    small = (grid > 0) & (grid < k)
    hidden = small.copy()
    for row, column in np.argwhere(small):
        partner_row, partner_column = _rectangle(grid, hidden, row, column, k)
        hidden[[row, row, partner_row, partner_row], [column, partner_column, column, partner_column]] = True
    shown = pd.DataFrame(grid, index=[*counts.index, TOTAL], columns=[*counts.columns, TOTAL])
    shown = shown.astype("Int64").mask(hidden)
    shown.attrs["hidden"] = {"small": int(small.sum()), "with_them": int((hidden & ~small).sum())}
    return shown


def _rectangle(grid: np.ndarray, hidden: np.ndarray, row: int, column: int, k: int) -> tuple[int, int]:
    """Return the opposite corner of the cheapest rectangle that protects the cell at (row, column).

    One customer more in this cell means one fewer beside and below it and one more across, so that no total
    changes; where a corner is itself a total, it goes the other way. A corner that loses needs `k` to lose.
    """
    way = np.ones(grid.shape)
    way[-1] *= -1
    way[:, -1] *= -1
    way *= way[row, column]
    beside, below = -way[row], -way[:, column]
    usable = grid >= np.where(way < 0, k, 1)
    usable &= (grid[row] >= np.where(beside < 0, k, 1)) & (grid[:, column] >= np.where(below < 0, k, 1))[
        :, None
    ]
    usable[row] = usable[:, column] = False
    price = grid.copy()
    price[-1] += grid[-1, -1]
    price[:, -1] += grid[-1, -1]
    price[hidden] = 0
    cost = np.where(usable, price + price[row] + price[:, [column]], np.inf)
    return divmod(int(cost.argmin()), cost.shape[1])


def _text(value: Any) -> str:
    """A phone number that a spreadsheet turned into a float reads as its digits again."""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
