"""`elsewhere()`: opens the other data that an exercise is asked of."""

from typing import Any

from custseg_helpers.learn.lessons import exercise
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
    task = exercise(identity)
    if task.on is None:
        raise UserError(
            zh=f"练习 {task.id} 就用你手上的公司，不换数据。",
            en=f"Exercise {task.id} is asked of the company you work with; there is no other data.",
        )
    there = task.on.there(in_play())
    if task.on.name:
        told = OPENED if there.name == task.on.name else INSTEAD
        print(told.format(title=there.title, industry=there.industry))
    return there
