"""The explorer of personas without a browser: the cards are those of the method, and extremes work."""

import pytest

from custseg_helpers import explore
from custseg_helpers.mapping.load import load
from custseg_helpers.tiers import cards
from custseg_helpers.words.text import use_language

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def known():
    return explore.persona.groups(load("retail"))


def table(view):
    return next(iter(view.tables.values()))


def test_groups_by_need_come_first_then_the_eight_segments(known):
    assert [group.name.en.split(":")[0] for group in known] == ["Need"] * 4 + ["RFM"] * 8


def test_the_words_are_those_of_the_card(known):
    use_language("en")
    view = explore.persona.view(known, place=0, top=5, smallest=0.2)
    for line in cards.card(known[0].profile, known[0].code, top=5).lines:
        assert str(line) in view.words.en


def test_a_higher_threshold_leaves_fewer_traits_and_all_reach_it(known):
    low, high = (explore.persona.view(known, place=2, top=10, smallest=size) for size in (0.2, 0.7))
    assert len(table(high)) < len(table(low)) and (table(high)["effect_size"].abs() >= 0.695).all()


@pytest.mark.parametrize("place", range(12))
def test_every_group_has_a_card_even_when_nothing_stands_out(known, place):
    view = explore.persona.view(known, place=place, top=10, smallest=0.9)
    assert view.figure._repr_png_()[:4] == b"\x89PNG" and view.words.en


def test_ingredients_are_left_out(known):
    assert "main_interest" not in set(known[0].profile.standouts["feature"])
    assert "value_tag" not in set(known[-1].profile.standouts["feature"])
