"""`import custseg_helpers` is cheap: what is heavy loads when it is first used."""

import inspect
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest
from mypy.api import run as mypy_run

import custseg_helpers
from custseg_helpers.words.text import speaking

HEAVY = {
    "pandas",
    "numpy",
    "scipy",
    "sklearn",
    "matplotlib",
    "seaborn",
    "ipywidgets",
    "duckdb",
    "narwhals",
    "pandera",
}


def loaded_by(code: str) -> set[str]:
    shown = subprocess.run(
        [sys.executable, "-c", f"import sys; {code}; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )
    return HEAVY & set(shown.stdout.split())


def test_the_bare_import_loads_nothing_heavy():
    assert loaded_by("import custseg_helpers") == set()


def test_loading_a_company_and_counting_needs_no_more_than_pandas():
    code = "from custseg_helpers import load, order_facts; c = load('retail'); order_facts(c.orders, c.as_of)"
    assert loaded_by(code) <= {"pandas", "numpy"}


@pytest.mark.parametrize("name", custseg_helpers.__all__)
def test_every_public_name_is_there(name):
    assert getattr(custseg_helpers, name) is not None


def test_a_room_lists_its_modules():
    for room in (custseg_helpers.plots, custseg_helpers.explore):
        files = {path.stem for path in Path(room.__file__).parent.glob("*.py")} - {"__init__"}
        modules = {name for name in dir(room) if isinstance(getattr(room, name), ModuleType)}
        assert modules == files
    assert set(dir(custseg_helpers)) >= {"order_facts", "plots", "rfm"}


@pytest.mark.parametrize(
    ("room", "wrong", "right"),
    [
        ("custseg_helpers", "orderfacts", "order_facts"),
        ("custseg_helpers", "loda", "load"),
        ("custseg_helpers", "RFM", "rfm"),
        ("custseg_helpers.plots", "lifecyle", "lifecycle"),
        ("custseg_helpers.explore", "cluster", "clusters"),
    ],
)
def test_a_misspelt_name_is_told_the_nearest(room, wrong, right):
    with speaking("en"), pytest.raises(AttributeError, match=f"{room} has no {wrong}. Did you mean {right}?"):
        getattr(import_module(room), wrong)
    with speaking("zh"), pytest.raises(AttributeError, match=f"{room} 里没有 {wrong}。是不是 {right}？"):
        getattr(import_module(room), wrong)


def test_a_name_like_no_other_is_an_attribute_error():
    with speaking("en"), pytest.raises(AttributeError, match=r"^custseg_helpers has no xyzzy\.$"):
        _ = custseg_helpers.xyzzy


def test_help_begins_with_where_to_start():
    text = custseg_helpers.__doc__
    assert text.index("Where to start") < text.index("order_facts") < text.index("rfm.rfm_scores")
    named = re.findall(r"^    (?! )(\w+(?:, \w+)*)  +", text, re.MULTILINE)
    assert {name for row in named for name in row.split(", ")} <= set(custseg_helpers.__all__)


def public_modules():
    rooms = [custseg_helpers.plots, custseg_helpers.explore]
    return [
        module
        for room in (custseg_helpers, *rooms)
        for name in dir(room)
        if isinstance(module := getattr(room, name), ModuleType) and module not in rooms
    ]


def test_every_public_function_says_its_types():
    said = 0
    for module in public_modules():
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if name.startswith("_") or function.__module__ != module.__name__:
                continue
            signature = inspect.signature(function)
            parts = [*(p.annotation for p in signature.parameters.values()), signature.return_annotation]
            assert inspect.Signature.empty not in parts, f"{module.__name__}.{name}"
            said += 1
    assert said > 200


@pytest.mark.slow
def test_a_type_checker_sees_every_public_name(tmp_path):
    """A stranger's file, checked as strictly as mypy can: no name is Any, none is hidden."""
    rooms = {"cs": custseg_helpers, "plots": custseg_helpers.plots, "explore": custseg_helpers.explore}
    asked = [f"{short}.{name}" for short, room in rooms.items() for name in room.__all__]
    lines = ["import custseg_helpers as cs", "from custseg_helpers import explore, plots"]
    (tmp_path / "theirs.py").write_text("\n".join(lines + [f"reveal_type({name})" for name in asked]))
    (tmp_path / "mypy.ini").write_text("[mypy]\nstrict = True\nignore_missing_imports = True\n")
    told, _, _ = mypy_run(
        ["--config-file", f"{tmp_path / 'mypy.ini'}", "--follow-imports", "silent", "--cache-dir", f"{tmp_path / 'cache'}", f"{tmp_path / 'theirs.py'}"]
    )  # fmt: skip
    seen = re.findall(r'note: Revealed type is "(.*)"', told)
    assert "error" not in told
    assert len(seen) == len(asked)
    assert not [name for name, shown in zip(asked, seen, strict=True) if shown in ("Any", "builtins.object")]
    assert dict(zip(asked, seen, strict=True))["cs.order_facts"].startswith("def (orders: ")
