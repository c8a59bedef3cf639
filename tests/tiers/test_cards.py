import pandas as pd
import pytest

from custseg_helpers.company.company import load_sample
from custseg_helpers.mapping.load import load
from custseg_helpers.tiers import cards, persona, traits
from custseg_helpers.words.glossary import term
from custseg_helpers.words.text import T, use_language


@pytest.fixture(autouse=True)
def english():
    use_language("en")
    yield
    use_language("en")


def example(**more):
    frame = pd.DataFrame({"visits": [9.0] * 12 + [1.0] * 28, "region": ["east"] * 10 + ["west"] * 30, **more})
    groups = pd.Series(["loyal"] * 12 + ["new"] * 28)
    return persona.profile(frame, groups, pd.Series([60.0] * 12 + [10.0] * 28))


def test_card_says_size_value_and_traits_in_both_languages():
    card = cards.card(example(), "loyal")
    text = str(card)
    assert "12 customers, 30% of all, 72% of the value" in text
    assert "visits: 9.0 on average, others 1.0 (9.0 times)" in text
    use_language("zh")
    assert "12 位客户，占客户的 30%、价值的 72%" in str(card)
    assert str(card).startswith("忠诚客户")
    assert "“" in str(card)


def test_card_names_a_feature_once_and_at_most_top_traits():
    card = cards.card(example(), "loyal", top=1)
    assert len(card.lines) == 2
    assert sum("region" in line.en for line in cards.card(example(), "loyal").lines) == 1


def test_card_of_an_ordinary_group_says_so():
    frame = pd.DataFrame({"x": [1.0, 2.0] * 20})
    card = cards.card(persona.profile(frame, pd.Series(["A"] * 20 + ["B"] * 20)), "A")
    assert card.lines[1].en == "No clear difference from other customers."


def test_card_of_a_small_group_says_so():
    frame = pd.DataFrame({"x": [9.0] * 3 + [1.0] * 37})
    card = cards.card(persona.profile(frame, pd.Series(["A"] * 3 + ["B"] * 37)), "A")
    assert "no reliable traits" in card.lines[1].en and len(card.lines) == 2


def test_html_is_escaped():
    card = cards.card(
        example(region=["<b>east</b>"] * 12 + ["west"] * 28), "loyal", name=T(zh="<i>", en="<i>")
    )
    shown = card._repr_html_()
    assert "&lt;b&gt;east" in shown and "&lt;i&gt;" in shown and "<b>" not in shown


def test_account_card_shows_the_gap():
    contacts = pd.DataFrame(
        {
            "contact_id": ["p2", "p1"],
            "name_zh": ["李静", "王强"],
            "name_en": ["Li Jing", "Wang Qiang"],
            "title": ["cfo", "buyer"],
            "role": ["decision_maker", "participant"],
        }
    )
    card = cards.account_card(T(zh="某公司", en="A firm"), contacts)
    assert "Li Jing" in card.lines[0].en and "influencer: nobody yet" in card.lines[1].en
    assert card.note.en == "Next: meet the influencer."
    assert card.note.zh == "下一步：认识影响者。"
    full = cards.account_card(T(zh="某公司", en="A firm"), contacts, required=["participant"])
    assert full.note.en == "Every required role is filled."


def test_cards_of_the_retail_company():
    company = load("retail")
    customers = company.customers.set_index("customer_id")
    profile = persona.profile(customers, customers["region"])
    for region in profile.sizes.index:
        for code in ("zh", "en"):
            use_language(code)
            assert str(cards.card(profile, region))
    assert {"name_zh", "signup_date"} <= set(profile.standouts.attrs["skipped"])


@pytest.mark.parametrize("name", ["retail", "finance", "education"])
def test_no_card_says_what_people_were_born_with(name):
    company = load_sample(name)
    people, (need, names) = traits.traits(company), traits.need_groups(company)
    assert persona.BY_BIRTH[0] in people
    profile = persona.profile(people.drop(columns="main_interest"), need)
    for group in names:
        text = str(cards.card(profile, group, top=99))
        assert not any(str(term(born)) in text for born in persona.BY_BIRTH), text
