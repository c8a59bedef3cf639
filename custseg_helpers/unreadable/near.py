"""The nearest name, also by what a code is called in Chinese or English."""

import difflib
import re
from collections.abc import Iterable
from typing import Any

from custseg_helpers.words.glossary import ALSO_CALLED
from custseg_helpers.words.text import T, listed

CLOSE = 0.75
"""How like two names must be, from 0 to 1, to count as a slip of the keys (difflib's ratio)."""
VERY_CLOSE = 0.85
"""From here on letters count more than a name that begins alike: `contact`, `contacted`, `contact_cost`."""
CLOSE_LABEL = 0.6
"""The same for headings, which people remember by their sense: 客户编号, 客户号."""


def nearest(name: Any, known: Iterable[Any], most: int = 1) -> list[str]:
    """Return the names that are meant most likely: by capitals and underscores, by letters, by their headings.

    >>> nearest("客户编号", ["order_id", "customer_id"]), nearest("CustomerID", ["order_id", "customer_id"])
    (['customer_id'], ['customer_id'])
    >>> nearest("nunqiue", ["sum", "nunique"]), nearest("quarter", ["sum", "nunique"])
    (['nunique'], [])
    """
    name = str(name)
    texts = [one for one in dict.fromkeys(known) if isinstance(one, str) and one != name]
    squeezed = {_squeezed(one): one for one in reversed(texts)}
    same = [squeezed[_squeezed(name)]] if _squeezed(name) in squeezed else []
    slips = difflib.get_close_matches(name, texts, n=1, cutoff=VERY_CLOSE)
    begun = [one for one in texts if one.startswith(f"{name}_") or name.startswith(f"{one}_")]
    found = same + by_label(name, texts) + slips + (begun if len(begun) == 1 else [])
    found += _by_letters(name, texts) + _longer(name, texts)
    return list(dict.fromkeys(found))[:most]


def by_label(name: str, known: Iterable[str], *, exact: bool = False) -> list[str]:
    """Return the codes that are called `name` in a language of the course, or nearly so unless `exact`, the best first."""
    from custseg_helpers.words.glossary import glossary

    def bare(text: str) -> str:
        return re.sub(r"\s*[（(].*?[）)]", "", text)

    scored = []
    for code in known:
        row = glossary().get(code, {})
        if name in ALSO_CALLED.get(code, ()):
            scored.append((2.0, code))
        for key in ("zh_cn", "zh_tw", "en"):
            label = bare(row.get(key, ""))
            if label.casefold() == bare(name).casefold() and label:
                scored.append((2.0, code))
            elif label and not exact and not name.isascii():
                scored.append((difflib.SequenceMatcher(None, name, label).ratio(), code))
    scored = [pair for pair in scored if pair[0] >= CLOSE_LABEL]
    return list(dict.fromkeys(code for _, code in sorted(scored, key=lambda pair: -pair[0])))


def coded(names: Iterable[Any]) -> T:
    """Return names as code, one after the other."""
    return listed(f"`{name}`" for name in names)


def _by_letters(name: str, known: list[str]) -> list[str]:
    exact = difflib.get_close_matches(name, known, n=3, cutoff=CLOSE)
    lower = {one.casefold(): one for one in reversed(known)}
    return exact + [
        lower[one] for one in difflib.get_close_matches(name.casefold(), lower, n=3, cutoff=CLOSE)
    ]


def _longer(name: str, known: list[str]) -> list[str]:
    """Return the names of which `name` is a whole part: `recency` of `recency_days`; only where it is one or two."""
    parts = {one: set(re.split(r"[_\W]+", one.casefold())) for one in known}
    wanted = set(re.split(r"[_\W]+", name.casefold())) - {""}
    found = [one for one in known if wanted and (wanted < parts[one] or wanted > parts[one])]
    return found if len(found) <= 2 and len(name) > 2 else []


def _squeezed(name: str) -> str:
    return re.sub(r"[\W_]+", "", name).casefold()
