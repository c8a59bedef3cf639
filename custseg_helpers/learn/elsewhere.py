"""`elsewhere()`: opens the other data that an exercise is asked of."""

from typing import Any

from custseg_helpers.learn.lessons import elsewheres, lesson_folder
from custseg_helpers.learn.rungs import ladder
from custseg_helpers.mapping.load import in_play
from custseg_helpers.stopped.memory import MEMORY
from custseg_helpers.words.text import T, UserError

OPENED = T(zh="这道题换到{title}：{industry}。", en="This exercise is asked of {title}: {industry}.")
INSTEAD = T(
    zh="你现在用的就是题目里说的公司，所以这道题换到{title}：{industry}。",
    en="The company of the task is the one you work with already, so this exercise is asked of {title}: {industry}.",
)
OTHERS_OPEN = T(
    zh='现在打开的是另一道题（“{other}”）的数据，这个答案多半是用它算的。请从 `elsewhere("{own}")` 那一格起，重新运行到这里。',
    en="The data open now are those of another exercise (“{other}”), and this answer was most likely worked out on them. "
    'Run the cells again from `elsewhere("{own}")` down to here.',
)
_opened: list[str] = []
"""The exercises whose data the notebook's cells opened, the last one at the end."""


def elsewhere(identity: str) -> Any:
    """Return the data an exercise is asked of; of another sample company, print which. The company in play stays.

    >>> from custseg_helpers.mapping.load import load
    >>> from custseg_helpers.words.text import use_language
    >>> use_language("en")
    >>> played = load("retail")
    >>> elsewhere("rfm-money-share").name
    This exercise is asked of Qihe Pharma: medicines for hospitals and pharmacies.
    'pharma'
    """
    on = elsewheres(lesson_folder(identity.partition("-")[0])).get(identity)
    if on is None:
        raise UserError(
            zh=f"练习 {identity} 就用你手上的公司，不换数据。",
            en=f"Exercise {identity} is asked of the company you work with; there is no other data.",
        )
    there = on.there(in_play())
    if "elsewhere(" in MEMORY.running:  # a cell opens them, and not check(), which tries a workbook's lines
        _opened.append(identity)
    if on.name:
        told = OPENED if there.name == on.name else INSTEAD
        print(told.format(title=there.title, industry=there.industry))
    return there


def others_open(identity: str) -> T | None:
    """Say so where the data of another exercise were opened after those that an exercise is asked of.

    That happens when a whole workbook is run and one goes back to an exercise in its middle.

    >>> others_open("rfm-recency") is None
    True
    """
    if identity not in _opened or _opened[-1] == identity:
        return None
    opened = ladder(_opened[-1])
    assert opened  # what is asked of other data is worked out, and has steps
    return OTHERS_OPEN.format(other=opened.title, own=identity)
