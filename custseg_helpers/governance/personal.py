"""Personal values: found by their form, masked where people read, replaced by pseudonyms where a key is given."""

import hmac
import os
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

import numpy as np
import pandas as pd

from custseg_helpers.company.schema import FIELDS
from custseg_helpers.governance.privacy import MASKS, PERSONAL_COLUMNS, create_key, pseudonyms, read_key
from custseg_helpers.mapping.keys import OwnData
from custseg_helpers.words.text import T, UserError

FIELDS_BY_NAME = {**PERSONAL_COLUMNS, "customer_name": "name", "phone": "phone", "email": "email"}
"""Fields that a file can be mapped to and that are personal, and how each is masked."""

SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高梁郑谢宋唐许韩冯邓曹彭曾肖田董袁潘蔡蒋余于杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范"
    "金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤俞康柳苗文葛常洪殷庄项倪施牛温芦"
)
"""The surnames of about nine in ten Chinese people."""
TWO_SIGNS = ("欧阳", "诸葛", "司马", "上官", "东方", "皇甫", "尉迟", "公孙", "令狐", "慕容", "司徒", "夏侯")

FORMS: dict[str, re.Pattern[str]] = {
    "phone": re.compile(r"(?:\+?86[- ]?|0086)?1[3-9]\d(?:[- ]?\d{4}){2}"),
    "email": re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"),
    "id_number": re.compile(r"[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])\d{3}[\dXx]"),
    "name": re.compile(rf"(?:{'|'.join(TWO_SIGNS)}|[{SURNAMES}])[\u4e00-\u9fff]{{1,2}}|[A-Z][a-z]+(?: [A-Z]\.?)? [A-Z][a-z]+(?:[-'][A-Z][a-z]+)?"),
}  # fmt: skip
"""What personal values look like; a form counts for a column when nearly all of its values have it."""

NEARLY_ALL = 0.8
LOOKED_AT = 2_000
FEWEST_NAMES = 20
"""Fewer different values that look like names may be cities or departments."""


def form_of(values: Iterable[object]) -> str | None:
    """Return what the values of a column are, judged by their form: phone, email, id_number, name, or None.

    >>> form_of(["13800138000", "139-1234-5678"]), form_of(["C001", "C002"])
    ('phone', None)
    """
    texts = pd.unique(pd.Series(list(values), dtype=object).dropna().astype(str).str.strip())
    if not len(texts):
        return None
    texts = texts[np.linspace(0, len(texts) - 1, min(len(texts), LOOKED_AT)).astype(int)]
    for kind, form in FORMS.items():
        alike = np.mean([form.fullmatch(text) is not None for text in texts])
        if alike >= NEARLY_ALL and (kind != "name" or len(texts) >= FEWEST_NAMES):
            return kind
    return None


def personal_columns(table: pd.DataFrame) -> dict[str, str]:
    """Return which columns are personal, and how to mask each: those the schema says, and those that look it.

    >>> personal_columns(pd.DataFrame({"gender": ["female"], "note": ["a@b.cn"], "city": ["xian"]}))
    {'gender': 'hide', 'note': 'email'}
    """
    found = {}
    for column in table:
        kind = FIELDS_BY_NAME.get(str(column))
        if kind is None and (table[column].dtype == object or pd.api.types.is_string_dtype(table[column])):
            kind = form_of(table[column].head(50 * LOOKED_AT))
        if kind:
            found[str(column)] = kind
    return found


def masked_value(field: str, value: str) -> str:
    """Return a value as a report may show it: masked where its field is personal, or where it looks it.

    >>> masked_value("phone", "13812345678"), masked_value("amount", "1,2x"), masked_value("city", "a.b@mail.cn")
    ('138****5678', '1,2x', 'a***@mail.cn')
    """
    kind = FIELDS_BY_NAME.get(field)
    looks = [form for form in ("phone", "email", "id_number") if FORMS[form].fullmatch(value.strip())]
    kind = kind or (looks[0] if looks else None)
    return MASKS[kind](value) if kind else value


def said_of(names: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Return the values that a mapping skips as a report may say them: of a customer only how many, of others as written."""
    hidden = {"customer_id", *FIELDS_BY_NAME}
    return {field: (f"…×{len(values)}",) if field in hidden else values for field, values in names.items()}


def ids_warning(ids: pd.Index) -> T | None:
    """Say so where the customer ids are themselves personal: names, phones, e-mail addresses, identity numbers."""
    kind = form_of(ids)
    if kind is None:
        return None
    what = {
        "phone": T(zh="手机号", en="phone numbers"),
        "email": T(zh="邮箱地址", en="e-mail addresses"),
        "id_number": T(zh="身份证号", en="identity numbers"),
        "name": T(zh="姓名", en="names"),
    }[kind]
    return T(
        zh="客户编号看起来就是{w}：报告里不出现，一行一位客户的文件里照写。要换成假名，加 --key 密钥文件。",
        en="The customer ids look like {w}: the report shows none of them, files with one row a customer do. For pseudonyms add --key FILE.",
    ).format(w=what)


def user_key(path: Path | None, out: Path) -> bytes | None:
    """Return the key of a file that the user holds, made (mode 600) where there is none yet; never in the result folder."""
    if path is None:
        return None
    if Path(os.path.abspath(path)).is_relative_to(os.path.abspath(out)):
        raise UserError(
            zh=f"密钥文件“{path}”不能放在结果文件夹里：结果发给谁，密钥就跟着给了谁。请另放一处。",
            en=f"The key file “{path}” must not be in the result folder: whoever gets the result would get the key. Keep it elsewhere.",
        )
    if not path.exists():
        create_key(path)
    return read_key(path)


def fingerprint(key: bytes) -> str:
    """Return a short name for a key, to tell whether two results were made with the same one; it gives nothing away.

    >>> len(fingerprint(b"k" * 32))
    16
    """
    return hmac.digest(key, b"custseg key", "sha256")[:8].hex()


def under_pseudonyms(table: pd.DataFrame, key: bytes) -> pd.DataFrame:
    """Return a table of customers whose index holds pseudonyms, sorted by them so that the order tells nothing.

    >>> under_pseudonyms(pd.DataFrame({"frequency": [3]}, index=["李雷"]), b"k" * 32).index.str.len().tolist()
    [21]
    """
    names = pseudonyms(pd.Series(table.index.astype(str)), key)
    return table.set_axis(pd.Index(names.to_numpy(), name="customer_id")).sort_index()


def fields_of(own: OwnData) -> dict[str, str]:
    """Return the personal columns of a mapping: column in the file → how it is masked."""
    known = {field.name for field in FIELDS if field.sensitivity == "personal"} | set(FIELDS_BY_NAME)
    return {
        column: FIELDS_BY_NAME[field]
        for source in own.sources.values()
        for field, column in source.columns.items()
        if field in known and not (source.table == "products" and field.startswith("name_"))
    }
