"""The `custseg` command: one message and an exit code, never a traceback."""

import builtins

import pytest

from custseg_helpers.commands import main as cli
from custseg_helpers.words.text import UserError


def test_a_missing_package_is_named_with_the_way_out(monkeypatch, capsys):
    def missing(name, *rest):
        raise ModuleNotFoundError("No module named 'jupytext'", name="jupytext")

    monkeypatch.setattr(cli, "import_module", missing)
    assert cli.main(["build"]) == 2
    assert 'jupytext. Run: pip install "custseg[lab,teach]"' in capsys.readouterr().err


def test_a_user_error_is_one_message(monkeypatch, capsys):
    class Module:
        add_arguments = staticmethod(lambda parser: None)

        @staticmethod
        def main(options):
            raise UserError(zh="磁盘已满。", en="The disk is full.")

    monkeypatch.setattr(cli, "import_module", lambda name: Module)
    assert cli.main(["build"]) == 2
    assert capsys.readouterr().err == "The disk is full.\n"


def test_a_fault_of_our_own_is_not_hidden(monkeypatch):
    def broken(name, *rest):
        raise ModuleNotFoundError("No module named 'custseg_helpers.gone'", name="custseg_helpers.gone")

    monkeypatch.setattr(cli, "import_module", broken)
    with pytest.raises(builtins.ModuleNotFoundError):
        cli.main(["build"])


def test_every_command_is_listed_and_explains_itself(capsys):
    for name in cli.COMMANDS:
        with pytest.raises(SystemExit, match="0"):
            cli.main([name, "--help"])
        assert name in capsys.readouterr().out
    with pytest.raises(SystemExit, match="2"):
        cli.main(["dance"])
