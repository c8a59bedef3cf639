"""What a report shows: tables in words, cards side by side, figures in brief. Each shows itself in a notebook."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

import pandas as pd

from custseg_helpers.files.page import html_table
from custseg_helpers.tiers.cards import Card, card
from custseg_helpers.tiers.persona import Profile
from custseg_helpers.words.text import T

FORMATS = {
    "customers": ",d", "contacted": ",d", "stayed": ",d", "moved_out": ",d", "moved_in": ",d", "before": ",d", "after": ",d",
    "share": ".1%", "value_share": ".1%", "stay_rate": ".1%", "roi": ".1f",
    "value": ",.2f", "mean_value": ",.2f", "cost": ",.2f", "expected_orders": ",.1f", "expected_sales": ",.2f",
    "expected_margin": ",.2f", "profit": ",.2f", "moved": ".2f", "neighbour": ".2f",
}  # fmt: skip


@dataclass(frozen=True)
class Html:
    """HTML that a notebook shows as it is."""

    text: str

    def _repr_html_(self) -> str:
        return self.text


def table(frame: pd.DataFrame) -> Html:
    """Show a table: codes as names, numbers as people write them."""
    return Html(html_table(frame, FORMATS))


def cards(profile: Profile, names: Mapping[str, T] | None = None) -> Html:
    """Show the persona card of every group that has customers, the largest share of the money first."""
    return Html(
        '<div class="cards">' + "".join(one._repr_html_() for one in cards_of(profile, names)) + "</div>"
    )


def cards_of(profile: Profile, names: Mapping[str, T] | None = None) -> list[Card]:
    """Return the persona card of every group that has customers."""
    sizes = profile.sizes
    return [
        card(profile, group, name=(names or {}).get(group)) for group in sizes.index[sizes["customers"] > 0]
    ]


def in_brief(figures: Sequence[tuple[T, str]]) -> str:
    """Return a few figures as HTML, each with what it counts."""
    return '<div class="kpis">' + "".join(f"<div><b>{escape(number)}</b><span>{escape(str(what))}</span></div>" for what, number in figures) + "</div>"  # fmt: skip


def paragraph(text: T, kind: str = "") -> str:
    """Return a sentence as HTML; `kind` says how it looks."""
    return f'<p class="{kind}">{escape(str(text))}</p>' if kind else f"<p>{escape(str(text))}</p>"
