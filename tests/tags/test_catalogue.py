"""The catalogue: read with clear errors, applied to customers, checked for tags that are no good."""

import numpy as np
import pandas as pd
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from custseg_helpers.facts.per_customer import interaction_facts, order_facts, response_facts
from custseg_helpers.mapping.load import load
from custseg_helpers.tags.apply import apply_tags, tag_coverage, tag_overlap
from custseg_helpers.tags.catalogue import (
    FAMILIES,
    OPTIONAL,
    REQUIRED,
    SENSITIVITIES,
    TYPES,
    parse_catalogue,
    read_catalogue,
)
from custseg_helpers.tags.findings import FINDINGS, check_catalogue
from custseg_helpers.tiers.behaviour import role_coverage
from custseg_helpers.words.glossary import glossary
from custseg_helpers.words.text import T, UserError, use_language

AS_OF = pd.Timestamp("2025-06-30")
VIP = {
    "code": "vip",
    "name_zh": "贵宾",
    "name_en": "vip",
    "family": "value",
    "type": "rule",
    "rule": "monetary >= 1000",
    "definition_zh": "累计消费 1000 元及以上",
    "definition_en": "spent 1,000 yuan or more",
    "sensitivity": "internal",
    "owner": "会员运营",
    "refresh_days": 30,
    "refreshed": "2025-06-15",
    "expires": "2026-06-30",
    "source": "orders",
    "action_zh": "专属客服",
    "action_en": "own service line",
}


def catalogue(*tags: dict) -> dict:
    """Make a catalogue of tags that are like `VIP` but for what is given; None takes a key away."""
    whole = [
        {
            key: value
            for key, value in ({**VIP, "name_zh": f"名{i}", "name_en": f"n{i}"} | tag).items()
            if value is not None
        }
        for i, tag in enumerate(tags)
    ]
    return parse_catalogue(yaml.safe_dump(whole, allow_unicode=True))


@pytest.fixture
def table() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "monetary": [1500.0, 1000.0, 10.0, np.nan, 20.0, 30.0],
            "frequency": [9, 3, 1, np.nan, 0, 0],
            "city": ["北京", None, "上海", "北京", None, None],
            "birth_year": [1990, 1980, np.nan, np.nan, np.nan, 2000],
        },
        index=pd.Index(["C1", "C2", "C3", "C4", "C5", "C6"], name="customer_id"),
    )


# reading


def test_a_tag_is_read_whole():
    tag = catalogue({"name_zh": "贵宾", "name_en": "vip"})["vip"]
    assert tag.name == T(zh="贵宾", en="vip")
    assert tag.definition == T(zh="累计消费 1000 元及以上", en="spent 1,000 yuan or more")
    assert tag.action == T(zh="专属客服", en="own service line")
    assert (tag.refresh_days, tag.refreshed.isoformat(), tag.expires.isoformat()) == (
        30,
        "2025-06-15",
        "2026-06-30",
    )
    assert (tag.owner, tag.source, tag.sensitivity) == ("会员运营", "orders", "internal")


@pytest.mark.parametrize("key", OPTIONAL)
def test_what_may_wait_may_be_absent_or_empty(key):
    both = {"action_zh", "action_en"}
    for nothing in (None, "", "~"):
        keys = both if key in both else {key}
        tag = catalogue(dict.fromkeys(keys, nothing))["vip"]
        assert getattr(tag, "action" if key in both else key) is None


@pytest.mark.parametrize("word", ["no", "yes", "on", "null_", "1e3", "2024", "0x10"])
def test_words_that_yaml_reads_as_something_else_stay_words(word):
    text = "\n".join(f"  {key}: {word if key == 'owner' else value}" for key, value in VIP.items())
    assert parse_catalogue("-" + text[1:])["vip"].owner == word


BAD = [
    (
        {"family": "behavior"},
        "line 4: family cannot be “behavior”; choose one of basic, behaviour",
        "可选：basic、behaviour",
    ),
    ({"type": "formula"}, "type cannot be “formula”", "type 不能是“formula”"),
    ({"sensitivity": "secret"}, "sensitivity cannot be “secret”", "sensitivity 不能是“secret”"),
    ({"code": "高价值"}, "“高价值” is no code", "代码“高价值”不行"),
    ({"code": "VIP"}, "“VIP” is no code", "代码“VIP”不行"),
    ({"code": "not"}, "“not” is no code", "代码“not”不行"),
    ({"code": "true"}, "“true” is no code", "代码“true”不行"),
    ({"refresh_days": "monthly"}, "refresh_days is a whole number", "refresh_days 要写整数天数"),
    ({"refresh_days": "0"}, "refresh_days is a whole number", "refresh_days 要写整数天数"),
    ({"refresh_days": "true"}, "refresh_days is a whole number", "refresh_days 要写整数天数"),
    ({"expires": "2025-02-30"}, "a date is written like", "日期要写成"),
    ({"expires": "30/06/2026"}, "a date is written like", "日期要写成"),
    ({"action_en": ""}, "needs its action in both languages", "action 要写中英两种"),
    ({"owner": "[a, b]"}, "“owner” takes a single value", "“owner”只能写一个值"),
    ({"onwer": "x"}, "there is no key “onwer”; known: owner", "没有“onwer”这个键，可用：owner"),
    ({"<<": "x"}, "there is no key “<<”", "没有“<<”这个键"),
]


@pytest.mark.parametrize(("change", "english", "chinese"), BAD)
def test_a_mistake_in_a_tag_names_the_line(change, english, chinese):
    text = "\n".join(f"  {key}: {value}" for key, value in (VIP | change).items())
    with pytest.raises(UserError) as caught:
        parse_catalogue("-" + text[1:], where="my.yaml")
    assert "my.yaml, line " in str(caught.value) and english in str(caught.value)
    use_language("zh")
    assert "my.yaml 第 " in str(caught.value) and chinese in str(caught.value)


@pytest.mark.parametrize("key", REQUIRED)
def test_a_missing_key_is_named(key):
    with pytest.raises(UserError, match=f"line 1: tag “.*” lacks {key}"):
        catalogue({key: None})


def test_one_language_is_enough():
    """`name`, `definition` and `action` stand for both languages; a language's own key goes before."""
    once = {"name": "贵宾", "definition": "大客户", "action": "致电", "name_en": "vip"}
    tag = catalogue({key: None for key in VIP if key.endswith(("_zh", "_en"))} | once)["vip"]
    assert (tag.name, tag.definition) == (T(zh="贵宾", en="vip"), T(zh="大客户", en="大客户"))
    assert tag.action == T(zh="致电", en="致电")
    with pytest.raises(UserError, match=r"lacks name, definition\.$"):
        parse_catalogue("- {code: vip, family: value, type: rule, rule: x, sensitivity: internal}")


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("", "is empty"),
        ("# nothing\n", "is empty"),
        ("code: vip", "a catalogue is a list"),
        ("- vip", "line 1: a tag is written as"),
        ("- [b]", "line 1: a tag is written as"),
        ("- code: vip\n  code: dormant", "line 2: “code” is written twice"),
        ("- code: vip\n\tname_zh: x", "line 2 cannot be read"),
        ("- code: vip\n  name_zh：贵宾\n  family: x", "line 2: the colon"),
        ("- code: vip\n  rule: 'a' in x", "line 2 cannot be read"),
        ("- code: *nobody", "line 1 cannot be read"),
        ("- code: vip\n  ? [a]\n  : b", "line 2: there is no key “?”"),
        ("- code: \x00", "cannot be read"),
        ("[" * 5000, "line 1: nested more than 40 deep"),
        ("- code: !!python/object/apply:os.system [id]", "“code” takes a single value"),
        ("- !!python/object/apply:os.system [id]", "a tag is written as"),
    ],
)
def test_bad_yaml_gets_a_clear_answer(text, english):
    with pytest.raises(UserError) as caught:
        parse_catalogue(text)
    assert english in str(caught.value)
    use_language("zh")
    assert "目录" in str(caught.value) and not str(caught.value).isascii()


def test_a_second_tag_of_the_same_code_is_refused():
    with pytest.raises(UserError, match="the code “vip” is used twice"):
        catalogue({}, {})


def test_a_bomb_of_aliases_is_harmless():
    lines = ["- &a0 {code: x}"] + [f"- &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]" for i in range(1, 30)]
    with pytest.raises(UserError):
        parse_catalogue("\n".join(lines))


@given(st.text(max_size=80) | st.text(alphabet="-: \ncodenam_zh[]{}&*!'\"|>%@#0１：", max_size=120))
def test_any_text_at_all_is_a_catalogue_or_a_user_error(text):
    with pytest.raises(UserError):
        parse_catalogue(text)


def test_a_catalogue_in_another_encoding_is_said(tmp_path):
    (tmp_path / "c.yaml").write_bytes("- code: vip\n  name_zh: 贵宾".encode("gbk"))
    with pytest.raises(UserError, match=r"Line 2 .* not UTF-8"):
        read_catalogue(tmp_path / "c.yaml")


# applying


def test_rules_give_yes_or_no_and_facts_their_value(table):
    tags = catalogue(
        {},
        {"code": "where", "type": "fact", "rule": "city"},
        {"code": "top", "rule": "vip and frequency > 5"},
    )
    before = table.copy(deep=True)
    tagged = apply_tags(tags, table)
    assert tagged.columns.tolist() == ["vip", "where", "top"]
    assert " ".join(tagged.index[tagged["vip"]]) == "C1 C2" and tagged["vip"].dtype == bool
    assert tagged["where"].equals(table["city"])
    assert " ".join(tagged.index[tagged["top"]]) == "C1"
    assert tagged.index.equals(table.index)
    pd.testing.assert_frame_equal(table, before)


def test_the_order_of_rows_does_not_matter(table):
    tags = catalogue({}, {"code": "two", "rule": "not frequency > 2"})
    pd.testing.assert_frame_equal(apply_tags(tags, table[::-1])[::-1], apply_tags(tags, table))


def test_customers_without_an_id_are_counted_and_nobody_is_there_twice(table):
    nameless = table.set_axis(["C1", None, "C3", np.nan, "C5", "C6"])
    tagged = apply_tags(catalogue({}), nameless)
    assert tagged.index.tolist() == ["C1", "C3", "C5", "C6"] and tagged.attrs["left_out"] == {
        "no_customer": 2
    }
    with pytest.raises(UserError, match="Customer “C1” has more than one row"):
        apply_tags(catalogue({}), table.set_axis(["C1", "C2", "C1", "C4", "C5", "C6"]))
    with pytest.raises(UserError, match="Two columns of the table are called “city”"):
        apply_tags(catalogue({}), table.rename(columns={"frequency": "city"}))


def test_no_customers_and_one_customer(table):
    tags = catalogue({}, {"code": "where", "type": "fact", "rule": "city"})
    empty = apply_tags(tags, table.head(0))
    assert empty.columns.tolist() == ["vip", "where"] and len(empty) == 0
    assert tag_coverage(empty)["customers"].tolist() == [0, 0] and tag_coverage(empty)["share"].isna().all()
    assert apply_tags(tags, table.head(1))["vip"].tolist() == [True]


def test_a_column_that_is_not_there_is_an_error_or_on_request_left_out(table):
    tags = catalogue(
        {"code": "model", "type": "model", "rule": "segmnt == 'champions'"},
        {"code": "on_top", "rule": "model and frequency > 1"},
        {},
    )
    with pytest.raises(UserError, match="Rule of tag “model”, character 1: no column “segmnt”"):
        apply_tags(tags, table)
    tagged = apply_tags(tags, table, skip_unknown=True)
    assert tagged.columns.tolist() == ["vip"]
    assert tagged.attrs["not_computed"] == {"model": "segmnt", "on_top": "model"}


def test_a_tag_further_down_is_asked_to_move_up(table):
    tags = catalogue({"code": "top", "rule": "vip and frequency > 5"}, {})
    with pytest.raises(UserError, match="Tag “top” uses tag “vip”: move that one before it"):
        apply_tags(tags, table)


def test_a_rule_tag_must_be_a_test_but_may_meet_an_empty_column(table):
    lazy = catalogue({"rule": "city"})
    with pytest.raises(UserError, match="is only the column “city”"):
        apply_tags(lazy, table)
    assert not apply_tags(lazy, table.assign(city=None))["vip"].any()


def test_a_wrong_rule_names_its_tag_even_when_columns_may_be_missing(table):
    with pytest.raises(UserError, match="Rule of tag “vip”"):
        apply_tags(catalogue({"rule": "city > 3"}), table, skip_unknown=True)


def test_coverage_counts_yes_or_a_value(table):
    tags = catalogue({}, {"code": "where", "type": "fact", "rule": "city"})
    coverage = tag_coverage(apply_tags(tags, table))
    assert coverage.loc["vip"].tolist() == [2, 2 / 6]
    assert coverage.loc["where"].tolist() == [3, 0.5]


@given(st.lists(st.tuples(*[st.booleans()] * 4), min_size=1, max_size=40))
def test_overlap_is_jaccards(rows):
    tagged = pd.DataFrame(rows, columns=list("abcd"))
    overlap = tag_overlap(tagged)
    for one in tagged:
        for two in tagged:
            a, b = set(tagged.index[tagged[one]]), set(tagged.index[tagged[two]])
            assert overlap.loc[one, two] == (len(a & b) / len(a | b) if a | b else 0)


def test_overlap_counts_exactly_over_many_blocks():
    rng = np.random.default_rng(3)
    tagged = pd.DataFrame(rng.random((200_001, 3)) < 0.5, columns=list("abc"))
    both, either = (tagged["a"] & tagged["b"]).sum(), (tagged["a"] | tagged["b"]).sum()
    assert tag_overlap(tagged).loc["a", "b"] == both / either


# checking


def findings(tags: dict, table: pd.DataFrame, **options) -> list[tuple[str, str, str]]:
    found = check_catalogue(tags, table, AS_OF, **options)
    return list(found[["tag", "finding", "about"]].itertuples(index=False, name=None))


def test_a_good_catalogue_has_no_findings(table):
    assert findings(catalogue({}), table) == []
    assert check_catalogue(catalogue({}), table, AS_OF).columns.tolist() == [
        "severity",
        "tag",
        "name",
        "finding",
        "about",
        "share",
        "advice",
    ]


@pytest.mark.parametrize(
    ("change", "finding", "about"),
    [
        ({"rule": "monetary > 9999"}, "dead_tag", ""),
        ({"rule": "monetary >= 0 or monetary is missing"}, "universal_tag", ""),
        ({"rule": "birth_year < 1985", "sensitivity": "personal"}, "undecided_tag", ""),
        ({"rule": "birth_year < 1985"}, "under_declared", "birth_year"),
        ({"rule": "stage == 'loyal'"}, "not_computed", "stage"),
        ({"sensitivity": "personal"}, "personal", ""),
        ({"sensitivity": "private"}, "private", ""),
        ({"owner": None}, "no_owner", ""),
        ({"refresh_days": None}, "no_refresh", ""),
        ({"action_zh": None, "action_en": None}, "no_action", ""),
        ({"refreshed": "2025-05-30"}, "stale_tag", "2025-06-29"),
        ({"expires": "2025-06-29"}, "expired_tag", "2025-06-29"),
        ({"type": "fact", "rule": "nothing"}, "dead_tag", ""),
    ],
)
def test_a_bad_tag_is_found(table, change, finding, about):
    assert ("vip", finding, about) in findings(catalogue(change), table.assign(nothing=None))


def test_the_last_day_is_still_good(table):
    assert findings(catalogue({"refreshed": "2025-05-31", "expires": "2025-06-30"}), table) == []


def test_a_fact_that_everybody_has_is_fine(table):
    tags = catalogue({"type": "fact", "rule": "monetary"})
    assert findings(tags, table.fillna({"monetary": 0})) == []


@pytest.mark.parametrize("rule", ["1000 <= monetary", "not monetary < 1000", "frequency >= 2"])
def test_two_tags_of_the_same_customers_are_duplicates_however_they_are_written(table, rule):
    assert findings(catalogue({}, {"code": "gold", "rule": rule}), table) == [
        ("gold", "duplicate_tag", "vip")
    ]


def test_two_facts_of_one_column_are_duplicates(table):
    facts = [{"code": code, "type": "fact", "rule": "city"} for code in ("a", "b")]
    assert findings(catalogue(*facts), table) == [("b", "duplicate_tag", "a")]


def test_tags_of_nobody_are_dead_and_not_duplicates(table):
    tags = catalogue({"rule": "monetary > 9999"}, {"code": "old", "rule": "frequency > 99"})
    assert [finding for _, finding, _ in findings(tags, table)] == ["dead_tag", "dead_tag"]


def test_two_tags_that_overlap_are_found_from_the_threshold_on(table):
    tags = catalogue({}, {"code": "buyer", "rule": "frequency >= 1"})
    assert findings(tags, table) == []
    found = check_catalogue(tags, table, AS_OF, overlap_from=2 / 3)
    assert found[["tag", "finding", "about"]].to_numpy().tolist() == [["buyer", "overlapping_tag", "vip"]]
    assert found["share"][0] == pytest.approx(2 / 3)
    assert "by 67%" in found["advice"][0]


def test_two_tags_of_one_name_are_found(table):
    same = {"name_zh": "贵宾"}
    tags = catalogue(same, {**same, "code": "gold", "rule": "frequency == 9"})
    assert findings(tags, table) == [("gold", "same_name", "vip")]


def test_findings_come_worst_first_with_advice_in_both_languages(table):
    bad = catalogue({"owner": None, "action_zh": None, "action_en": None, "expires": "2025-01-01"})
    english = check_catalogue(bad, table, AS_OF)
    assert english["severity"].tolist() == ["serious", "warning", "notice"]
    assert english["advice"][0] == "expired on 2025-01-01. Review and extend it, or retire it"
    use_language("zh")
    chinese = check_catalogue(bad, table, AS_OF)
    assert chinese["advice"][0] == "已于 2025-01-01 到期。复核后延期，或停用"
    assert chinese["name"].tolist() == ["名0"] * 3


def test_no_customers_no_judgement_on_them(table):
    assert findings(catalogue({}, {"code": "gold"}), table.head(0)) == []


def test_every_code_has_a_name_in_the_glossary():
    severities = {severity for severity, *_ in FINDINGS.values()}
    assert {*FAMILIES, *TYPES, *SENSITIVITIES, *FINDINGS, *severities} <= set(glossary())


def test_counting_only_the_known_as_undecided_no_would_fail(table):
    """The plausible wrong version: share of "no" = 1 − share of yes hides that half the customers are unknown."""
    tags = catalogue({"rule": "birth_year < 1985", "sensitivity": "personal"})
    found = check_catalogue(tags, table, AS_OF).set_index("finding")["share"]
    assert found["undecided_tag"] == 0.5 != 1 - tag_coverage(apply_tags(tags, table)).loc["vip", "share"]


# the course's own catalogue


def test_the_ready_catalogue_is_complete():
    tags = read_catalogue()
    assert 20 <= len(tags) <= 35
    assert {tag.family for tag in tags.values()} >= set(FAMILIES) - {"psychographic"}
    for tag in tags.values():
        assert tag.owner and tag.refresh_days and tag.action and tag.source, tag.code


def test_the_ready_catalogue_works_on_the_retail_company():
    company = load("retail")
    table = (
        company.customers.set_index("customer_id")
        .join(order_facts(company.orders, company.as_of))
        .join(interaction_facts(company.interactions, company.as_of))
        .join(response_facts(company.responses))
    )
    tags = read_catalogue()
    tagged = apply_tags(tags, table, skip_unknown=True)
    assert set(tagged.attrs["not_computed"]) == {"decider_known", "decider_gap"}
    coverage = tag_coverage(tagged)["share"]
    assert coverage[coverage == 0].index.tolist() == ["large_account"]
    assert (tagged["high_value_active"] | tagged["high_value_at_risk"]).equals(tagged["high_spender"])
    assert not (tagged["prospect"] & (tagged["dormant_90"] | tagged["recent_30"])).any()
    found = check_catalogue(tags, table, company.as_of)
    assert found.loc[found["severity"] == "serious", "tag"].tolist() == ["decider_known", "decider_gap"]


def test_the_ready_catalogue_knows_the_roles_of_companies():
    contacts = pd.DataFrame({"customer_id": ["C1", "C2"], "role": ["decision_maker", "gatekeeper"]})
    table = role_coverage(contacts, pd.Index(["C1", "C2", "C3"], name="customer_id"))
    tags = {code: tag for code, tag in read_catalogue().items() if tag.family == "decision_role"}
    tagged = apply_tags(tags, table)
    assert tagged.to_dict("list") == {
        "decider_known": [True, False, False],
        "decider_gap": [False, True, False],
    }
