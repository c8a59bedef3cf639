"""What a report shows: tables in words, cards side by side, figures in brief. Each shows itself in a notebook."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
from markupsafe import Markup

from custseg_helpers.files.page import part
from custseg_helpers.files.tables import html_table
from custseg_helpers.tiers.cards import Card, card
from custseg_helpers.tiers.persona import Profile
from custseg_helpers.words.text import T

FORMATS = {
    "customers": ",d", "contacted": ",d", "stayed": ",d", "moved_out": ",d", "moved_in": ",d", "before": ",d", "after": ",d",
    "share": ".1%", "value_share": ".1%", "stay_rate": ".1%", "roi": ".1f",
    "value": ",.2f", "mean_value": ",.2f", "cost": ",.2f", "expected_orders": ",.1f", "expected_sales": ",.2f",
    "expected_margin": ",.2f", "profit": ",.2f", "moved": ".2f", "neighbour": ".2f",
    "sales_of_one_more": ",.2f", "cost_per_customer": ",.2f", "order_value": ",.2f", "margin_rate": ".0%",
    "break_even": ".2%", "extra_response": ".2%",
}  # fmt: skip


@dataclass(frozen=True)
class Html:
    """HTML that a notebook shows as it is."""

    text: Markup

    def _repr_html_(self) -> str:
        return self.text


def table(frame: pd.DataFrame) -> Html:
    """Show a table: codes as names, numbers as people write them."""
    return Html(html_table(frame, FORMATS))


def at_a_glance(lead: T, groups: pd.DataFrame, said: Sequence[T]) -> str:
    """Return a result as a notebook shows it: a sentence, the groups, and what the data do and do not carry."""
    return paragraph(lead) + table(groups).text + "".join(paragraph(text) for text in said)


def cards(profile: Profile, names: Mapping[str, T] | None = None) -> Html:
    """Show the persona card of every group that has customers, the largest share of the money first."""
    shown = Markup().join(Markup(one._repr_html_()) for one in cards_of(profile, names))
    return Html(Markup('<div class="cards">{}</div>').format(shown))


def cards_of(profile: Profile, names: Mapping[str, T] | None = None) -> list[Card]:
    """Return the persona card of every group that has customers."""
    sizes = profile.sizes
    return [
        card(profile, group, name=(names or {}).get(group)) for group in sizes.index[sizes["customers"] > 0]
    ]


def in_brief(figures: Sequence[tuple[T, str]]) -> Markup:
    """Return a few figures as HTML, each with what it counts."""
    return part("results/templates/in_brief.html.jinja", figures=figures)


def paragraph(text: T, kind: str = "") -> Markup:
    """Return a sentence as HTML; `kind` says how it looks."""
    look = Markup(' class="{}"').format(kind) if kind else ""
    return Markup("<p{}>{}</p>").format(look, str(text))
