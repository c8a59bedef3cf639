"""Words in every language of the course: texts, the current language, and errors written for people.

A text is a `T`. It can be added to, joined and filled in like a string, in all languages at once, so that nobody
outside this room picks a language or writes a separator. A further language is a row of `LANGUAGES` and a table
`texts/CODE.csv`; what the table lacks is said in the language that stands in.
"""

import csv
import locale
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple


class Speech(NamedTuple):
    """What is fixed about a language, besides its words."""

    name: str
    """what its speakers call it"""
    html: str
    """how a page or a browser names it (BCP 47)"""
    stand_in: str
    """the language that is shown where a text has no words in this one"""


LANGUAGES: dict[str, Speech] = {
    "zh": Speech("简体中文", "zh-CN", "zh"),
    "en": Speech("English", "en", "en"),
}
"""Every language of the course; in its sources they stand in this order. `docs/adapting.md` adds one."""

Language = str
"""A key of `LANGUAGES`."""

_current: Language | None = None


FURTHER = tuple(LANGUAGES)[2:]
"""Languages besides the two that every source has."""


def stand_in(code: str) -> Language:
    """Return the language that stands in where a text has no `code` yet: Chinese for 繁體 (`zh_tw`), else English.

    >>> stand_in("zh_tw"), stand_in("de")
    ('zh', 'en')
    """
    return LANGUAGES[code].stand_in if code in LANGUAGES else "zh" if code.startswith("zh") else "en"


def language() -> Language:
    """Return the language people are addressed in, one of `LANGUAGES`.

    The last `use_language()` wins, then the environment variable `CUSTSEG_LANG`, then the system's.
    """
    if _current:
        return _current
    wanted = (os.environ.get("CUSTSEG_LANG") or locale.getlocale()[0] or "").lower()
    if wanted.startswith("chinese"):
        return "zh"
    return max((code for code in LANGUAGES if wanted.startswith(code)), key=len, default="en")


def use_language(code: Language) -> None:
    """Address people in `code` from here on.

    >>> use_language("en")
    >>> str(T(zh="客户", en="customer"))
    'customer'
    """
    global _current
    if code not in LANGUAGES:
        raise UserError(
            T(
                zh="没有“{code}”这种语言，可选：{known}。", en="No language “{code}”: choose from {known}."
            ).format(code=code, known=listed(LANGUAGES))
        )
    _current = code


@contextmanager
def speaking(code: Language) -> Iterator[None]:
    """Address people in `code` within a block, and as before after it.

    >>> with speaking("zh"):
    ...     str(T(zh="客户", en="customer"))
    '客户'
    """
    global _current
    before = _current
    use_language(code)
    try:
        yield
    finally:
        _current = before


class T:
    """One text in every language; `str()` gives it in the current one.

    >>> T(zh="{n} 位客户", en="{n} customers").format(n=3)
    T(zh='3 位客户', en='3 customers')
    >>> T(zh="标签", en="tags") + ": " + T(zh="、", en=", ").join(["A", T(zh="金额", en="amount")])
    T(zh='标签: A、金额', en='tags: A, amount')
    """

    __slots__ = ("_texts",)
    _texts: dict[str, str]

    def __init__(self, zh: str, en: str, **more: str):
        self._texts = {"zh": zh, "en": en} | {code: text for code, text in more.items() if text}

    @property
    def zh(self) -> str:
        """The text in Chinese; the room of words and tests look at it, everybody else says `str()`."""
        return self._texts["zh"]

    @property
    def en(self) -> str:
        """The text in English."""
        return self._texts["en"]

    def within(self, code: Language) -> str:
        """Return the text in one language; where there are no words in it, in the one that stands in.

        >>> T(zh="客户", en="customer").within("zh")
        '客户'
        """
        if code in self._texts:
            return self._texts[code]
        return _table(code).get(self.en) or self._texts[stand_in(code)]

    def __str__(self) -> str:
        return self.within(language())

    def __repr__(self) -> str:
        return f"T({', '.join(f'{code}={text!r}' for code, text in self._texts.items())})"

    def __format__(self, spec: str) -> str:
        return format(str(self), spec)

    def __bool__(self) -> bool:
        return any(self._texts.values())

    def __eq__(self, other: object) -> bool:
        return self._texts == other._texts if isinstance(other, T) else NotImplemented

    def __hash__(self) -> int:
        return hash(tuple(self._texts.items()))

    def __add__(self, other: "T | str") -> "T":
        return self._each(lambda code: self.within(code) + _within(other, code))

    def __radd__(self, other: str) -> "T":
        return self._each(lambda code: other + self.within(code))

    def join(self, items: Iterable[Any]) -> "T":
        """Return the items with this text between them; an item may be a `T` or anything that `str()` takes."""
        items = list(items)
        return self._each(lambda code: self.within(code).join(_within(item, code) for item in items))

    def format(self, **values: Any) -> "T":
        """Fill `{name}` places in every language; a value may itself be a `T`."""

        def words(code: Language) -> dict[str, Any]:
            return {name: v.within(code) if isinstance(v, T) else v for name, v in values.items()}

        return self._each(lambda code: self.within(code).format(**words(code)))

    def replace(self, old: str, new: "T | str") -> "T":
        """Replace a part in every language."""
        return self._each(lambda code: self.within(code).replace(old, _within(new, code)))

    def map(self, change: Any) -> "T":
        """Return the text with every language's words changed by a function of a string.

        >>> T(zh="vip 客户", en="vip customers").map(str.upper)
        T(zh='VIP 客户', en='VIP CUSTOMERS')
        """
        return self._each(lambda code: change(self.within(code)))

    def _each(self, words: Any) -> "T":
        return T(**{code: words(code) for code in LANGUAGES})


def _within(item: Any, code: Language) -> str:
    return item.within(code) if isinstance(item, T) else str(item)


@cache
def _table(code: Language) -> dict[str, str]:
    """Return the words of a further language by the English text they stand for."""
    path = Path(__file__).parent / "texts" / f"{code}.csv"
    if not path.is_file():
        return {}
    with open(path, encoding="utf-8-sig", newline="") as lines:
        return {row["en"]: row[code] for row in csv.DictReader(lines) if row[code]}


def verbatim(text: Any) -> T:
    """Return something that reads the same in every language: a name, a path, a number.

    >>> verbatim("orders.csv")
    T(zh='orders.csv', en='orders.csv')
    """
    return text if isinstance(text, T) else T(**dict.fromkeys(LANGUAGES, str(text)))


def listed(items: Iterable[Any]) -> T:
    """Return items one after the other, as each language lists them.

    >>> listed(["A", T(zh="金额", en="amount")])
    T(zh='A、金额', en='A, amount')
    """
    return T(zh="、", en=", ").join(items)


def in_turn(items: Iterable[Any]) -> T:
    """Return longer items, which may hold lists themselves, one after the other.

    >>> in_turn(["A, B", "C"])
    T(zh='A, B；C', en='A, B; C')
    """
    return T(zh="；", en="; ").join(items)


class UserError(ValueError):
    """Something a person can put right: says what, where and how, in their language.

    The command line prints it as one message and leaves with exit code 2. Give it a `T`, or the words themselves.

    >>> use_language("en")
    >>> str(UserError(zh="缺少列“金额”。", en="Column “amount” is missing."))
    'Column “amount” is missing.'
    """

    def __init__(self, text: T | None = None, **words: str):
        self.text = T(**words) if text is None else text
        super().__init__(self.text)

    def __str__(self) -> str:
        return str(self.text)

    def _render_traceback_(self) -> list[str]:
        """Show the message alone in a notebook: IPython prints this in place of a traceback."""
        return [str(self)]
