"""Small files that people keep by hand: whatever somebody puts in, a value or a sentence, within seconds."""

import json
import time
import tomllib
from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custseg_helpers.action.playbook import SAMPLE, load_playbook
from custseg_helpers.commands.main import main
from custseg_helpers.files.toml_values import read_toml
from custseg_helpers.files.yaml_nodes import compose, read_yaml
from custseg_helpers.governance import overrides
from custseg_helpers.governance.overrides import read_overrides
from custseg_helpers.governance.scheme import read_scheme
from custseg_helpers.mapping.company_toml import read_mapping
from custseg_helpers.tags.catalogue import parse_catalogue
from custseg_helpers.words.text import UserError

LAUGHS = "\n".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12))
HOSTILE_YAML = {
    "laughs": f"a0: &a0 x\n{LAUGHS}",
    "itself": "a: &a [*a]",
    "merged": "a: &a {x: 1}\nb: {<<: *a}",
    "deep": "[" * 5000,
    "deep closed": "{a: " * 60 + "1" + "}" * 60,
    "deep lines": "\n".join(" " * n + "a:" for n in range(300)),
    "twice": "a: 1\na: 2",
    "object": "!!python/object/apply:os.system [echo]",
    "number": f"a: {'9' * 5000}",
    "key of lists": "? [a, b]\n: 1",
    "long": "a: " + "x" * 1_100_000,
    "control": "a: \x00",
    "two documents": "a: 1\n---\nb: 2",
}


@pytest.mark.parametrize("text", HOSTILE_YAML.values(), ids=HOSTILE_YAML)
def test_hostile_yaml_is_a_sentence_or_harmless_text(text, tmp_path):
    begun = time.process_time()
    for read in (lambda: read_yaml(text, "a.yaml"), lambda: parse_catalogue(text)):
        try:
            found = read()
        except UserError as error:
            assert len(str(error)) < 600
        else:
            assert len(json.dumps(found)) < 1000
    file = tmp_path / "playbook.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(UserError):
        load_playbook(file)
    assert time.process_time() - begun < 20


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (HOSTILE_YAML["laughs"], "what this refers to grows too large"),
        (HOSTILE_YAML["itself"], "what this refers to grows too large"),
        (HOSTILE_YAML["deep"], "nested more than 40 deep"),
        (HOSTILE_YAML["twice"], "line 2: “a” is written twice"),
        (HOSTILE_YAML["number"], "line 1: the number is too large"),
        (HOSTILE_YAML["long"], "1,100,003 characters"),
        ("a: [1", "not valid YAML near line 1"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(text, said):
    with pytest.raises(UserError, match=said):
        read_yaml(text, "a.yaml")


def test_a_part_that_is_used_twice_is_read_twice():
    assert read_yaml("a: &a [1, x]\nb: *a", "a.yaml") == {"a": [1, "x"], "b": [1, "x"]}


def test_nothing_is_constructed_but_plain_values():
    text = "day: 2025-13-45\nno: no\noctal: 010\nhex: 0x10\nminutes: 1:30\nbig: 1e400\nquoted: '12'\nshare: 12.5e-1"
    assert list(read_yaml(text, "a").values()) == [
        "2025-13-45",
        "no",
        "010",
        "0x10",
        "1:30",
        "1e400",
        "12",
        1.25,
    ]
    assert read_yaml("", "a") is None and compose("# nothing", "a") is None


@given(st.text(alphabet="-: \nab[]{}&*!'\"|>%@#0１：?~,.e+", max_size=60))
def test_any_yaml_at_all_is_a_value_or_a_sentence(text):
    try:
        json.dumps(read_yaml(text, "a.yaml"), allow_nan=False)
    except UserError as error:
        assert str(error)


HOSTILE_TOML = {
    "deep": "a = " + "[" * 5000,
    "deep closed": "a = " + "[" * 60 + "]" * 60,
    "dotted": ".".join(["a"] * 5000) + " = 1",
    "number": "a = " + "9" * 5000,
    "large": "a = " + "9" * 400,
    "date": "a = 2025-13-45",
    "twice": "a = 1\na = 2",
    "long": "#" + "x" * 1_100_000,
}


@pytest.mark.parametrize("text", HOSTILE_TOML.values(), ids=HOSTILE_TOML)
def test_hostile_toml_is_a_sentence_in_mappings_and_schemes(text, tmp_path):
    with pytest.raises((tomllib.TOMLDecodeError, UserError)):
        read_toml(text, "a.toml")
    file = tmp_path / "company.toml"
    file.write_text(text, encoding="utf-8")
    for read in (read_mapping, read_scheme):
        with pytest.raises(UserError) as told:
            read(file)
        assert len(str(told.value)) < 600


def test_a_date_in_toml_is_a_date():
    assert read_toml("as_of = 2025-04-01\nn = [1, 2.5]", "a") == {"as_of": date(2025, 4, 1), "n": [1, 2.5]}


def test_overrides_are_exceptions_and_not_millions(tmp_path, monkeypatch):
    monkeypatch.setattr(overrides, "MOST", 50)
    file = tmp_path / "overrides.jsonl"
    file.write_text("{}\n" * 51, encoding="utf-8")
    with pytest.raises(UserError, match=r"are 51 lines, which is too much \(50 lines are the most\)"):
        read_overrides(file)
    monkeypatch.setattr(overrides, "LARGEST", 100)
    with pytest.raises(UserError, match="153 bytes"):
        read_overrides(file)


def test_ten_thousand_overrides_of_customers_that_nobody_knows_are_reported_one_by_one():
    table = pd.DataFrame({"segment": ["new"] * 1000}, index=[f"C{n}" for n in range(1000)])
    told = {"column": "segment", "original": "new", "new": "vip", "why": "w", "who": "a", "approved_by": "b"}
    rows = [{"customer_id": f"X{n}", **told} for n in range(5000)]
    rows += [{"customer_id": f"C{n % 1000}", **told} for n in range(5000)]
    entries = pd.DataFrame(rows).assign(on=pd.Timestamp("2025-01-01"), until=pd.Timestamp("2026-01-01"))
    begun = time.process_time()
    found = overrides.apply_overrides(table, entries, pd.Timestamp("2025-06-01"))
    assert found.report["status"].value_counts().to_dict() == {
        "customer_gone": 5000, "replaced": 4000, "applied": 1000
    }  # fmt: skip
    assert time.process_time() - begun < 20


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("playbook.yaml", "plays: [", "not valid YAML"),
        ("tags.yaml", "- code: vip", "lacks"),
        ("scheme.toml", "name = ", "not valid TOML"),
    ],
)
def test_every_small_file_is_read_before_the_data(name, text, said, tmp_path, capsys):
    columns = "".join(
        f'{field} = "{field}"\n' for field in ("order_id", "customer_id", "order_date", "amount")
    )
    (tmp_path / "company.toml").write_text(
        f'name = "a"\nas_of = 2025-01-01\n[orders]\nfile = "not_there.csv"\n[orders.columns]\n{columns}',
        encoding="utf-8",
    )
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert main(["run", str(tmp_path / "company.toml"), "--out", str(tmp_path / "out")]) == 2
    told = capsys.readouterr().err
    assert said in told and "not_there" not in told


def test_the_samples_read_as_before():
    assert load_playbook(SAMPLE)["vip"].cost_per_contact > 0
