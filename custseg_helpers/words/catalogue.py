"""Words of libraries that speak to people through gettext (the command line's): `Usage`, `Missing argument` …

`catalogue/CODE/LC_MESSAGES/custseg.po` is the table of a language; `pybabel compile -d custseg_helpers/words/catalogue -D
custseg` makes the file beside it, which is read. English needs none. `docs/adapting.md` adds a language.
"""

import gettext
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from custseg_helpers.words.text import T, language, stand_in

DOMAIN = "custseg"
CATALOGUE = Path(__file__).with_name("catalogue")
MARKS = {
    r"(?<='), (?=')": T(zh="、", en=", "),
    r"'\.": T(zh="'。", en="'."),
    r"( ?)'([^'\s]+)'( ?)": T(zh=r"“\2”", en=r"\1'\2'\3"),
}
"""What a library writes between and around names, and how each language does."""


@contextmanager
def libraries_speak() -> Iterator[None]:
    """Have libraries address people in the current language within a block.

    >>> from custseg_helpers.words.text import speaking
    >>> with speaking("zh"), libraries_speak():
    ...     gettext.gettext("Usage:")
    '用法：'
    """
    before, spoken = gettext.textdomain(), os.environ.get("LANGUAGE")
    gettext.bindtextdomain(DOMAIN, str(CATALOGUE))
    gettext.textdomain(DOMAIN)
    os.environ["LANGUAGE"] = f"{language()}:{stand_in(language())}"
    try:
        yield
    finally:
        gettext.textdomain(before)
        if spoken is None:
            del os.environ["LANGUAGE"]
        else:
            os.environ["LANGUAGE"] = spoken


def punctuated(said: str) -> str:
    """Return what a library said with the current language's marks around names, which no catalogue reaches.

    >>> from custseg_helpers.words.text import speaking
    >>> with speaking("zh"):
    ...     punctuated("缺少参数 'COMPANY'."), punctuated("可选：'pandas', 'duckdb'。")
    ('缺少参数“COMPANY”。', '可选：“pandas”、“duckdb”。')
    """
    for sign, words in MARKS.items():
        said = re.sub(sign, str(words), said)
    return said
