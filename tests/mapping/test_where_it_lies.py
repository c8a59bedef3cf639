"""`own/company.toml` opens wherever it is named: in the lab's kernel, in a terminal, as the first edition named it."""

import os
import subprocess
import sys

import pytest

from custseg_helpers.commands.main import main
from custseg_helpers.learn.lab import surroundings
from custseg_helpers.mapping.load import load
from custseg_helpers.words.text import UserError

ORDERS = "单号,会员号,下单日期,实付金额\n" + "".join(
    f"A{n},C{n % 7},2025-{1 + n % 6:02}-{1 + n % 27:02},{20 + 5 * (n % 9)}\n" for n in range(1, 61)
)
LOADED = "from custseg_helpers import load; company = load({path!r}); print('opened', company.name, len(company.orders))"


@pytest.fixture
def course(tmp_path, monkeypatch):
    """The course's folder, with the learner's inside and a shop's orders mapped beside her Chinese notebooks."""
    own = tmp_path / "course" / "my" / "zh" / "own"
    own.mkdir(parents=True)
    (own / "orders.csv").write_text(ORDERS, encoding="utf-8")
    monkeypatch.setenv("CUSTSEG_HOME", str(own.parents[1]))
    assert main(["init", str(own / "orders.csv")]) == 0
    return own.parents[2]


@pytest.mark.slow
def test_in_the_labs_kernel(course):
    from jupyter_client.manager import start_new_kernel

    home = course / "my"
    manager, kernel = start_new_kernel(
        kernel_name="python3", cwd=str(home / "zh"), env=os.environ | surroundings(home, "zh")
    )
    try:
        said = []
        kernel.execute_interactive(
            LOADED.format(path="own/company.toml"),
            output_hook=lambda message: said.append(message["content"].get("text", str(message["content"]))),
        )
    finally:
        kernel.stop_channels()
        manager.shutdown_kernel(now=True)
    assert "opened orders 60" in "".join(said)


@pytest.mark.parametrize("stands_in", [".", "my", "my/zh", "my/en"])
def test_in_a_terminal(course, stands_in, monkeypatch, capsys):
    (course / "my" / "en").mkdir()
    monkeypatch.chdir(course / stands_in)
    assert main(["run", "own/company.toml", "--dry-run"]) == 0
    assert "60 rows read, 60 count" in capsys.readouterr().out
    assert load("own/company.toml").name == "orders"


def test_by_a_program_of_ones_own(course):
    told = subprocess.run(
        [sys.executable, "-c", LOADED.format(path="own/company.toml")],
        cwd=course,
        env=os.environ | {"CUSTSEG_HOME": str(course / "my")},
        capture_output=True,
        text=True,
    )
    assert "opened orders 60" in told.stdout, told.stderr


def test_a_mapping_where_the_first_edition_had_it_still_opens(course, monkeypatch):
    own = course / "my" / "zh" / "own"
    for name in ("orders.csv", "company.toml"):
        (own / name).rename(course / "my" / name)
    monkeypatch.chdir(course / "my" / "zh")
    assert load("my/company.toml").name == "orders"


def test_what_is_nowhere_is_told_with_the_samples_and_every_place(course, monkeypatch):
    monkeypatch.chdir(course / "my")
    with pytest.raises(UserError) as told:
        load("owm/company.toml")
    text = str(told.value)
    for word in ("retail", "b2b", "adapt.ipynb", "custseg init", 'load("own/company.toml")'):
        assert word in text
    for folder in (course, course / "my", course / "my" / "zh"):
        assert str(folder / "owm" / "company.toml") in text
