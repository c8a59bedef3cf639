"""Persona cards: a group of customers, or one account, in words a salesperson uses."""

import html
import math
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from custseg_helpers.tiers.behaviour import ROLES
from custseg_helpers.tiers.persona import BY_BIRTH, Profile, sure
from custseg_helpers.words.glossary import term
from custseg_helpers.words.text import T, UserError, listed

WORTH_SAYING = 0.2
"""The smallest effect that is said on a card: Cohen's (1988) "small"."""


@dataclass(frozen=True)
class Card:
    """A persona on one card, in both languages: shows as a box in a notebook, as plain text when printed."""

    title: T
    lines: tuple[T, ...]
    note: T

    def __str__(self) -> str:
        return "\n".join([str(self.title), *(f"- {line}" for line in self.lines), str(self.note)])

    def _repr_html_(self) -> str:
        items = "".join(f"<li>{html.escape(str(line))}</li>" for line in self.lines)
        return (
            '<div style="border:1px solid #999;border-left:6px solid #0173b2;border-radius:6px;'
            'padding:0.6em 1em;margin:0.5em 0;max-width:36em;line-height:1.7">'
            f"<strong>{html.escape(str(self.title))}</strong><ul style='margin:0.3em 0'>{items}</ul>"
            f"<small>{html.escape(str(self.note))}</small></div>"
        )


NOTE = T(
    zh="这是一群人的倾向，不是每一位客户的样子：先看本人，再看画像。",
    en="A tendency of the group, not of each member: look at the customer first, then at the card.",
)


def card(profile: Profile, group: str, *, top: int = 5, name: T | None = None) -> Card:
    """Write the card of one group: how many, how much money, and its `top` traits with an effect of at least 0.2.

    A trait stands on it only if its chance range lies on one side of 0, and never age or sex (`persona.BY_BIRTH`): what
    people were born with is no reason to treat them one way or another.

    Args:
        profile: from `profile`.
        group: a group of it.
        top: at most so many traits; of a feature only the most striking category.
        name: what people call the group, if the glossary does not know its code.

    >>> from custseg_helpers.words.text import use_language
    >>> from custseg_helpers.tiers.persona import profile
    >>> use_language("en")
    >>> frame = pd.DataFrame({"visits": [9.0] * 6 + [1.0] * 4 + [1.0] * 10})
    >>> print(card(profile(frame, pd.Series(["A"] * 10 + ["B"] * 10)), "A"))  # doctest: +NORMALIZE_WHITESPACE
    A
    - 10 customers, 50% of all
    - visits: 5.8 on average, others 1.0 (5.8 times)
    A tendency of the group, not of each member: look at the customer first, then at the card.
    """
    size = profile.sizes.loc[group]
    lines = [_size_line(size)]
    found = profile.standouts
    worth_saying = (found["effect"].abs() >= WORTH_SAYING) & sure(found) & ~found["feature"].isin(BY_BIRTH)
    striking = found[(found["group"] == group) & worth_saying].drop_duplicates("feature")
    if group in found.attrs.get("too_small", []):
        lines.append(
            T(
                zh="人数不足 {n} 位（或其余客户不足 {n} 位），看不出可靠的特点。",
                en="Fewer than {n} customers (or fewer than {n} others): no reliable traits.",
            ).format(n=profile.at_least)
        )
    elif striking.empty:
        lines.append(T(zh="与其他客户没有明显差别。", en="No clear difference from other customers."))
    lines += [_trait_line(row) for row in striking.head(top).itertuples()]
    return Card(name or _name(group), tuple(lines), NOTE)


def _size_line(size: pd.Series) -> T:
    if "value_share" not in size:
        return T(zh="{n:,.0f} 位客户，占 {s:.0%}", en="{n:,.0f} customers, {s:.0%} of all").format(
            n=size["customers"], s=size["share"]
        )
    return T(
        zh="{n:,.0f} 位客户，占客户的 {s:.0%}、价值的 {v:.0%}",
        en="{n:,.0f} customers, {s:.0%} of all, {v:.0%} of the value",
    ).format(n=size["customers"], s=size["share"], v=size["value_share"])


def _trait_line(row) -> T:
    times = T(zh="", en="")
    if math.isfinite(row.ratio) and not 0.95 < row.ratio < 1.05:
        times = T(zh="（{r:.1f} 倍）", en=" ({r:.1f} times)").format(r=row.ratio)
    if row.category is None or row.category != row.category:
        text = T(zh="{f}：平均 {g}，其他客户 {r}{t}", en="{f}: {g} on average, others {r}{t}")
        return text.format(f=_name(row.feature), g=plain(row.group_value), r=plain(row.rest_value), t=times)
    text = T(zh="{f}为“{c}”的占 {g:.0%}，其他客户 {r:.0%}{t}", en="{f} “{c}”: {g:.0%}, others {r:.0%}{t}")
    return text.format(
        f=_name(row.feature), c=_name(row.category), g=row.group_value, r=row.rest_value, t=times
    )


def plain(number: float) -> T:
    """Write a number with as many digits as a person needs, large ones in 万 and 亿 or in millions.

    >>> [plain(n).en for n in (539_080_399, 23456.7, 1985.2, 3.14159, 0.1234)]
    ['539 million', '23,457', '1985', '3.1', '0.12']
    >>> [plain(n).zh for n in (539_080_399, 2_345_678)]
    ['5.4 亿', '235 万']
    """
    size = abs(number)
    if size >= 1e6:
        zh = f"{number / 1e8:,.1f} 亿" if size >= 1e8 else f"{number / 1e4:,.0f} 万"
        return T(zh=zh, en=f"{number / 1e6:,.0f} million" if size >= 1e7 else f"{number / 1e6:.1f} million")
    text = f"{number:,.{0 if size >= 100 else 1 if size >= 1 else 2}f}"
    return T(zh=text, en=text) if size >= 10_000 else T(zh=text.replace(",", ""), en=text.replace(",", ""))


def _name(code) -> T:
    try:
        return term(code)
    except UserError:
        return T(zh=str(code), en=str(code))


def account_card(name: T, contacts: pd.DataFrame, required: Sequence[str] = ROLES[:3]) -> Card:
    """Write the card of one B2B account: whom we know in which role, and which role nobody fills.

    Args:
        name: the account's name.
        contacts: its rows of the contacts table (`name_zh`, `name_en`, `title`, `role`).
        required: the roles without which a deal stalls.
    """
    lines = []
    for role in ROLES:
        people = contacts[contacts["role"] == role].sort_values("contact_id")
        if len(people):
            known = [
                T(zh="{n}（{t}）", en="{n} ({t})").format(
                    n=T(zh=str(p.name_zh), en=str(p.name_en)), t=_name(p.title)
                )
                for p in people.itertuples()
            ]
            lines.append(T(zh="{r}：{w}", en="{r}: {w}").format(r=term(role), w=listed(known)))
        elif role in required:
            lines.append(T(zh="{r}：还没有联系人", en="{r}: nobody yet").format(r=term(role)))
    missing = [role for role in required if role not in set(contacts["role"])]
    note = T(zh="必要的角色都有联系人。", en="Every required role is filled.")
    if missing:
        roles = listed(map(term, missing))
        note = T(zh="下一步：认识{r}。", en="Next: meet the {r}.").format(r=roles)
    return Card(name, tuple(lines), note)
