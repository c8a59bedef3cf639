"""Words on figures: the name of a measure with its unit, and of a group, in the current language."""

from typing import Any

from custseg_helpers.words.glossary import label
from custseg_helpers.words.text import T, UserError

AXES = {
    "frequency": T(zh="订单数", en="orders"),
    "monetary": T(zh="消费金额（元）", en="total spend (yuan)"),
    "value": T(zh="价值（元）", en="value (yuan)"),
    "mean_value": T(zh="客均价值（元）", en="value per customer (yuan)"),
    "customers": T(zh="客户数", en="customers"),
    "share": T(zh="客户占比（%）", en="share of customers (%)"),
    "value_share": T(zh="价值占比（%）", en="share of the value (%)"),
    "discount_share": T(zh="折扣消费占比（%）", en="share spent at a discount (%)"),
}
"""Measures whose glossary name has no unit yet."""


def axis(code: Any) -> str:
    """Return what to write on the axis of a measure; a code nobody knows is shown as it is.

    >>> from custseg_helpers.words.text import use_language
    >>> use_language("en")
    >>> axis("monetary"), axis("recency_days"), axis("my_score")
    ('total spend (yuan)', 'days since last purchase', 'my_score')
    """
    return str(AXES[code]) if code in AXES else name(code)


def name(code: Any) -> str:
    """Return the name of a group, tag or measure; an interval or a pair is read part by part.

    >>> from custseg_helpers.words.text import use_language
    >>> use_language("en")
    >>> name(("loyal", "dormant")), name("X1")
    ('loyal × dormant', 'X1')
    """
    if isinstance(code, tuple):
        return " × ".join(name(part) for part in code)
    try:
        return label(code)
    except UserError:
        return str(code)
