"""`import custseg_helpers` is cheap: what is heavy loads when it is first used."""

import subprocess
import sys

import pytest

import custseg_helpers

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


def test_a_misspelt_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="loda"):
        _ = custseg_helpers.loda
