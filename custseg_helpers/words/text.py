"""Words in every language of the course: texts, the current language, and errors written for people."""

import locale
import os
from dataclasses import dataclass
from typing import Any, Literal

Language = Literal["zh", "en"]

LANGUAGES: tuple[Language, ...] = ("zh", "en")
"""Every language of the course; in its sources they stand in this order. `docs/adapting.md` adds one."""

_current: Language | None = None


def stand_in(code: str) -> Language:
    """Return the language that stands in where a text has no `code` yet: Chinese for 繁體 (`zh_tw`), else English.

    >>> stand_in("zh_tw"), stand_in("de")
    ('zh', 'en')
    """
    return "zh" if code.startswith("zh") else "en"


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
            zh=f"没有“{code}”这种语言，可选：{'、'.join(LANGUAGES)}。",
            en=f"No language “{code}”: choose from {', '.join(LANGUAGES)}.",
        )
    _current = code


@dataclass(frozen=True)
class T:
    """One text in Chinese and English; `str()` gives it in the current language.

    >>> T(zh="{n} 位客户", en="{n} customers").format(n=3).en
    '3 customers'
    """

    zh: str
    en: str

    def __str__(self) -> str:
        return str(getattr(self, language()))

    def format(self, **values: Any) -> "T":
        """Fill `{name}` places in both languages; a value may itself be a `T`."""

        def words(lang: Language) -> dict[str, Any]:
            return {k: getattr(v, lang) if isinstance(v, T) else v for k, v in values.items()}

        return T(**{code: getattr(self, code).format(**words(code)) for code in LANGUAGES})


class UserError(ValueError):
    """Something a person can put right: says what, where and how, in their language.

    The command line prints it as one message and leaves with exit code 2.

    >>> use_language("en")
    >>> str(UserError(zh="缺少列“金额”。", en="Column “amount” is missing."))
    'Column “amount” is missing.'
    """

    def __init__(self, zh: str, en: str):
        super().__init__(zh, en)
        self.text = T(zh=zh, en=en)

    def __str__(self) -> str:
        return str(self.text)

    def _render_traceback_(self) -> list[str]:
        """Show the message alone in a notebook: IPython prints this in place of a traceback."""
        return [str(self)]
