"""`elsewhere()`: opens the other data that an exercise is asked of."""

from typing import Any

from custseg_helpers.learn.lessons import elsewheres, lesson_folder
from custseg_helpers.mapping.load import in_play
from custseg_helpers.words.text import T, UserError

OPENED = T(zh="这道题换到{title}：{industry}。", en="This exercise is asked of {title}: {industry}.")
INSTEAD = T(
    zh="你现在用的就是题目里说的公司，所以这道题换到{title}：{industry}。",
    en="The company of the task is the one you work with already, so this exercise is asked of {title}: {industry}.",
)


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
    if on.name:
        told = OPENED if there.name == on.name else INSTEAD
        print(told.format(title=there.title, industry=there.industry))
    return there
