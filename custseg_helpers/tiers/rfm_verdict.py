"""Are there enough data for RFM? A verdict in words instead of numbers that mean nothing."""

from dataclasses import dataclass

import pandas as pd

from custseg_helpers.tiers.rfm_cuts import collapsed
from custseg_helpers.words.glossary import term
from custseg_helpers.words.text import T

CUSTOMERS = 100
HISTORY_DAYS = 180
SILENT_DAYS = 30
REPEATERS = 20


@dataclass(frozen=True)
class Verdict:
    """What is missing (nothing: enough), and what to bear in mind; `str()` gives it in words."""

    lacks: tuple[T, ...] = ()
    notes: tuple[T, ...] = ()

    @property
    def enough(self) -> bool:
        """Whether the scores may be used."""
        return not self.lacks

    def __str__(self) -> str:
        whole = T(zh="数据够用。", en="There are enough data.") if self.enough else None
        return "\n".join(str(text) for text in (*([whole] if whole else ()), *self.lacks, *self.notes))


def rfm_verdict(facts: pd.DataFrame) -> Verdict:
    """Judge whether fifths of these customers mean anything, and warn where they collapse.

    Wanted are 100 customers (20 a fifth), 180 days of history, an order within the last 30 days, and 20 customers
    who came back, without whom frequency tells nothing. Klaviyo asks for 500 customers, 180 days, recent orders
    and some customers with three orders before it shows its RFM groups.

    Args:
        facts: from `order_facts`, with `recency_days`, `frequency`, `monetary`, `tenure_days`.

    >>> few = pd.DataFrame({"recency_days": [1, 9], "frequency": [1, 1], "monetary": [5.0, 6.0], "tenure_days": [300, 9]})
    >>> print(rfm_verdict(few).lacks[0].en)
    Only 2 customers: fifths need at least 100.
    """
    if facts.empty:
        return Verdict((T(zh="没有一位买过东西的客户。", en="Not one customer has bought."),))
    customers, repeaters = len(facts), int((facts["frequency"] > 1).sum())
    history, silent = (
        int(facts["tenure_days"].fillna(facts["recency_days"]).max()),
        int(facts["recency_days"].min()),
    )
    lacks = {
        T(
            zh="只有 {n} 位客户：五分位至少需要 {needed} 位。",
            en="Only {n} customers: fifths need at least {needed}.",
        ).format(n=customers, needed=CUSTOMERS): customers < CUSTOMERS,
        T(
            zh="历史只有 {n} 天：至少需要 {needed} 天，否则“很久没来”无从谈起。",
            en="Only {n} days of history: at least {needed} are needed to tell who stays away.",
        ).format(n=history, needed=HISTORY_DAYS): history < HISTORY_DAYS,
        T(
            zh="最后一单在 {n} 天前：数据太旧，应在 {needed} 天以内。",
            en="The last order is {n} days old: the data are stale; it should be within {needed}.",
        ).format(n=silent, needed=SILENT_DAYS): silent > SILENT_DAYS,
        T(
            zh="只有 {n} 位客户买过两次以上：少于 {needed} 位时，消费频率分不出高低。",
            en="Only {n} customers came back: below {needed}, frequency tells nobody apart.",
        ).format(n=repeaters, needed=REPEATERS): repeaters < REPEATERS,
    }
    notes = [
        T(
            zh="“{measure}”的五分位挤在一起：{share:.0%} 的客户是同一个值，中间的得分会空着。可改用固定分界点。",
            en="The fifths of “{measure}” collapse: {share:.0%} of the customers share one value, so that some scores "
            "stay empty. Fixed cuts may serve better.",
        ).format(measure=term(measure), share=share)
        for measure, share in collapsed(facts).items()
    ]
    return Verdict(tuple(text for text, missing in lacks.items() if missing), tuple(notes))
