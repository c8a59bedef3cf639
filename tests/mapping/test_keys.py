"""Keys of company.toml are declared once: reader, draft, page, documentation and the editor's schema follow."""

import json
import tomllib
from datetime import date
from types import ModuleType

import ipywidgets as W
import jsonschema
import pytest

from custseg_helpers.commands.main import main
from custseg_helpers.mapping import keys
from custseg_helpers.mapping.company_toml import read_mapping
from custseg_helpers.mapping.draft import draft
from custseg_helpers.mapping.draft_toml import toml
from custseg_helpers.mapping.editor_schema import NAME, schema
from custseg_helpers.own_page.form import decision_form
from custseg_helpers.paths import course_root
from custseg_helpers.reading.read import read_sheets
from custseg_helpers.words.text import LANGUAGES, UserError, speaking
from tools.keys import PAGE, renewed, tables

ROOT = course_root()
MAPPINGS = sorted([*ROOT.glob("examples/*/company.toml"), *ROOT.glob("datasets/*/company.toml")])
ORDERS = "order no,member,date,paid\nA1,C1,2025-03-01,10\nA2,C2,2025-03-02,20\n"
SEASON = """    season: str = key(
        T(zh="哪个季节", en="which season"), "spring", "all",
        choices={"all": T(zh="全年", en="all year"), "spring": T(zh="春季", en="spring")}, ask=T(zh="季节", en="Season"),
    )
"""


def declared(changed):
    """A copy of the declaration, with a change to its text."""
    path = ROOT / "custseg_helpers" / "mapping" / "keys.py"
    source = path.read_text(encoding="utf-8")
    module = ModuleType("copied")
    exec(compile(changed(source), str(path), "exec"), module.__dict__)
    return module


@pytest.fixture
def season(monkeypatch):
    """[orders] knows one more key, by one edit."""
    before = "    rows: str = key(\n"
    module = declared(lambda source: source.replace(before, SEASON + before, 1))
    for name in ("OwnData", "Source"):
        monkeypatch.setattr(keys, name, getattr(module, name))


@pytest.fixture
def made(tmp_path):
    (tmp_path / "orders.csv").write_text(ORDERS, encoding="utf-8")
    return lambda: draft(read_sheets(tmp_path / "orders.csv"))


def in_json(words):
    """What a TOML editor checks: days are text to it."""
    return json.loads(json.dumps(words, default=date.isoformat))


def test_a_further_key_is_one_edit_and_everything_knows_it(season, made, tmp_path):
    text = toml(made(), tmp_path)
    assert 'season = "all" # which season: "all" all year, "spring" spring' in text

    path = tmp_path / "company.toml"
    path.write_text(text, encoding="utf-8")
    assert read_mapping(path).orders.season == "all"
    path.write_text(text.replace('season = "all"', 'season = "spring"'), encoding="utf-8")
    assert read_mapping(path).orders.season == "spring"
    path.write_text(text.replace('season = "all"', 'season = "winter"'), encoding="utf-8")
    with pytest.raises(UserError, match=r'orders.season in .*: choose one of "all", "spring"'):
        read_mapping(path)
    path.write_text(text.replace("season =", "saeson ="), encoding="utf-8")
    with pytest.raises(UserError, match=r"unknown key “orders.saeson”. Known are: .*season"):
        read_mapping(path)

    decided = []
    rows = {
        shown.children[1].description: shown.children[1] for shown in decision_form(made(), decided.append)
    }
    assert isinstance(rows["Season"], W.Dropdown) and rows["Season"].value == "all"
    rows["Season"].value = "spring"
    assert decided[0](made())["orders.season"] == "spring"

    assert (
        '| `[orders]` | `season` | 哪个季节："all" 全年，"spring" 春季 | `"all"` | `"spring"` |'
        in tables().zh
    )
    assert "| `season` | which season" in tables().en
    described = schema()["properties"]["orders"]["properties"]["season"]
    assert (described["enum"], described["default"]) == (["all", "spring"], "all")


def test_every_key_says_what_it_means_in_both_languages_and_has_an_example_that_reads(tmp_path):
    def walk(found):
        for key in found:
            yield key
            if key.inside:
                yield from walk(keys.keys_of(key.inside, f"{key.path}."))

    for key in walk(keys.keys_of(keys.OwnData)):
        assert key.told.about.zh != key.told.about.en, key.path
        assert key.told.example, key.path
        if key.told.choices:
            assert {key.told.example, key.default} <= set(key.told.choices), key.path


def test_the_table_in_the_documentation_is_current():
    page = (ROOT / PAGE).read_text(encoding="utf-8")
    assert all(f"<!-- keys {code} -->" in page for code in LANGUAGES)
    assert renewed(page) == page, "write it again: python -m tools.keys"


@pytest.mark.parametrize("path", MAPPINGS, ids=lambda path: path.parent.name)
def test_an_editor_finds_no_fault_in_our_mappings(path):
    jsonschema.validate(in_json(tomllib.loads(path.read_text(encoding="utf-8"))), schema())


@pytest.mark.parametrize(
    "slip",
    ["nmae = 'x'", "as_of = 5", "orders.rows = 'line'", "orders.columns.amonut = 'paid'", "orders.skip.status = 'x'", "orders.file = []"],
)  # fmt: skip
def test_an_editor_underlines_what_the_reader_refuses(slip, tmp_path):
    good = "name = 'x'\nas_of = 2025-07-01\norders.file = 'a.csv'\norders.columns.status = 'state'\n"
    jsonschema.validate(in_json(tomllib.loads(good)), schema())
    name = slip.split(" = ")[0]
    words = "\n".join(line for line in good.splitlines() if not line.startswith(f"{name} =")) + f"\n{slip}\n"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(in_json(tomllib.loads(words)), schema())
    (tmp_path / "company.toml").write_text(words, encoding="utf-8")
    with pytest.raises(UserError):
        read_mapping(tmp_path / "company.toml")


@pytest.mark.parametrize("language", LANGUAGES)
def test_init_writes_the_schema_beside_the_draft_in_the_readers_language(tmp_path, language, capsys):
    (tmp_path / "orders.csv").write_text(ORDERS, encoding="utf-8")
    with speaking(language):
        assert main(["init", str(tmp_path / "orders.csv")]) == 0
        expected = schema()
    text = (tmp_path / "company.toml").read_text(encoding="utf-8")
    assert text.startswith(f"#:schema {NAME}\n")
    beside = json.loads((tmp_path / NAME).read_text(encoding="utf-8"))
    assert beside == expected
    jsonschema.validate(in_json(tomllib.loads(text)), beside)
