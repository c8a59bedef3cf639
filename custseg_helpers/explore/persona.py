"""Explorer of lesson 10: one card at a time, for the groups by need and for the RFM segments."""

from dataclasses import dataclass, replace

from custseg_helpers.company.company import Company
from custseg_helpers.explore.base import View, explorer
from custseg_helpers.explore.still import Shown
from custseg_helpers.facts.per_customer import order_facts
from custseg_helpers.tiers.cards import Card, card
from custseg_helpers.tiers.persona import BY_BIRTH, Profile, profile
from custseg_helpers.tiers.rfm import rfm_scores, segments8
from custseg_helpers.tiers.traits import need_groups, traits
from custseg_helpers.words.glossary import term
from custseg_helpers.words.text import T

MADE_OF_NEEDS = ["main_interest"]
MADE_OF_MONEY = ["average_order_value", "value_tag", "potential_tag"]
"""Traits that only repeat how the groups were made say nothing about them."""


@dataclass(frozen=True)
class Group:
    """A group that has a card: where it comes from, its code there, and what to call it."""

    profile: Profile
    code: str
    name: T


def groups(company: Company) -> list[Group]:
    """Return every group of a company that may get a card: those by need, then the RFM segments.

    What people were born as is left out of the picture as it is of the card.
    """
    table = traits(company).drop(columns=BY_BIRTH, errors="ignore")
    facts = order_facts(company.orders, company.as_of)
    need, names = need_groups(company)
    by_need = profile(table.drop(columns=MADE_OF_NEEDS, errors="ignore"), need, facts["monetary"])
    segment = segments8(rfm_scores(facts))
    by_rfm = profile(table.drop(columns=MADE_OF_MONEY, errors="ignore"), segment, facts["monetary"])
    return [
        *(
            Group(by_need, code, T(zh="需求：{n}", en="Need: {n}").format(n=names[code]))
            for code in by_need.sizes.index
        ),
        *(
            Group(by_rfm, code, T(zh="RFM：{n}", en="RFM: {n}").format(n=term(code)))
            for code in by_rfm.sizes.index
        ),
    ]


def view(known: list[Group], *, place: int, top: int, smallest: float) -> View:
    """Return the card of the group at `place`, with at most `top` traits whose effect reaches `smallest`."""
    from custseg_helpers import plots

    chosen = known[place]
    found = chosen.profile.standouts
    strong = found[found["effect"].abs() >= smallest].copy()
    strong.attrs.update(found.attrs)
    seen = replace(chosen.profile, standouts=strong)
    figure = plots.persona.standouts(seen, chosen.code, top)
    figure.axes[0].set_title(str(chosen.name))
    mine = strong[strong["group"] == chosen.code].head(top).copy()
    shares = mine["category"].notna()
    for column in ("group_value", "rest_value"):
        written = mine[column].map("{:,.2f}".format)
        mine[column] = written.where(~shares, mine[column].map("{:.0%}".format))
    table = mine[["feature", "category", "group_value", "rest_value", "ratio", "effect"]].rename(
        columns={"category": "trait_value", "ratio": "times_as_others", "effect": "effect_size"}
    )
    return View(
        figure=figure,
        tables={
            T(
                zh="特点（本群和其他客户各占多少或平均多少）",
                en="Traits (share or mean here and among all others)",
            ): table.astype({"trait_value": object})
            .fillna({"trait_value": "—"})
            .round(2)
            .set_index("feature")
        },
        words=_as_html(card(seen, chosen.code, top=top, name=chosen.name)),
    )


def _as_html(words: Card) -> T:
    def lines(language: str) -> str:
        return "<br>".join(
            [
                f"<strong>{words.title.within(language)}</strong>",
                *(f"· {line.within(language)}" for line in words.lines),
                f"<small>{words.note.within(language)}</small>",
            ]
        )

    return T(zh=lines("zh"), en=lines("en"))


def show(company: Company) -> Shown:
    """Show the explorer for one company."""
    import ipywidgets as W

    known = groups(company)
    controls = {
        "place": W.Dropdown(
            options=[(str(group.name), number) for number, group in enumerate(known)],
            description=str(T(zh="哪一群", en="Group")),
        ),
        "top": W.IntSlider(
            value=5, min=1, max=10, description=str(T(zh="最多几条特点", en="Traits at most"))
        ),
        "smallest": W.FloatSlider(
            value=0.2,
            min=0.2,
            max=0.9,
            step=0.1,
            readout_format=".1f",
            description=str(T(zh="效应量至少", en="Effect size from")),
        ),
    }
    return explorer(
        lambda **settings: view(known, **settings), controls, T(zh="客户画像探索器", en="Persona explorer")
    )
