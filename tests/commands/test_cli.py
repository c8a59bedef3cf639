"""The `custseg` command: one message and an exit code, never a traceback."""

import builtins
import re
import subprocess
import sys
from gettext import GNUTranslations
from io import BytesIO

import pytest
from babel.messages.pofile import read_po
from click.shell_completion import get_completion_class

from custseg_helpers.commands import main as cli
from custseg_helpers.words.catalogue import CATALOGUE
from custseg_helpers.words.text import UserError


def test_a_missing_package_is_named_with_the_way_out(monkeypatch, capsys):
    def missing(name, *rest):
        raise ModuleNotFoundError("No module named 'jupytext'", name="jupytext")

    monkeypatch.setattr(cli, "import_module", missing)
    assert cli.main(["build"]) == 2
    assert 'jupytext. Run: pip install "custseg[lab,teach]"' in capsys.readouterr().err


def test_a_user_error_is_one_message(monkeypatch, capsys):
    class Module:
        parameters = staticmethod(lambda: [])

        @staticmethod
        def main():
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
    for name in (name for names in cli.COMMANDS.values() for name in names):
        assert cli.main([name, "--help"]) == 0
        assert name in capsys.readouterr().out
    assert cli.main(["dance"]) == 2


@pytest.mark.parametrize("before", [True, False])
@pytest.mark.parametrize(
    ("lang", "said"), [("zh", "用法：custseg audit [选项]"), ("en", "Usage: custseg audit [OPTIONS]")]
)
def test_the_language_may_stand_before_or_behind_the_command(capsys, lang, said, before):
    words = ["--lang", lang, "audit", "--help"] if before else ["audit", "--help", f"--lang={lang}"]
    assert cli.main(words) == 0
    assert capsys.readouterr().out.startswith(said)


def test_the_help_stands_under_the_headings_of_those_who_use_it(capsys):
    assert cli.main(["--lang", "zh", "--help"]) == 0
    page = capsys.readouterr().out
    heads = [line for line in page.splitlines() if line and not line.startswith(" ") and line.endswith("：")]
    assert heads == ["选项：", "学习：", "自己的数据：", "讲课：", "写课："]
    assert all(f"\n  {name} " in page for names in cli.COMMANDS.values() for name in names)


ENGLISH = re.compile(
    r"\b(usage|options?|arguments?|error|missing|invalid|no such|try|show|exit|default|required)\b", re.I
)


@pytest.mark.parametrize("name", [name for names in cli.COMMANDS.values() for name in names])
def test_help_in_chinese_holds_no_word_of_the_library_in_english(capsys, name):
    assert cli.main([name, "--help", "--lang", "zh"]) == 0
    page = re.sub(r"--[\w-]+", "", capsys.readouterr().out)
    assert not ENGLISH.search(page), page


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["audit"], "错误：缺少参数“COMPANY”。"),
        (["approve", "scheme.toml"], "错误：缺少选项“--by”。"),
        (["audit", "a", "b"], "多出了参数：b"),
        (["run", "x", "--engin", "spark"], "没有选项“--engin”。"),
        (
            ["run", "x", "--engine", "fast"],
            "“--engine”的值不对：“fast”不在可选的里面：“pandas”、“duckdb”、“spark”。",
        ),
        (["run", "x", "-k", "ten"], "“ten”不是数字。"),
        (["agenda", "--date", "30.11.2026"], "“30.11.2026”不是日期，这样写：2026-11-30。"),
        (["agenda", "--date"], "选项“--date”后面要写值。"),
        (["run", "x", "--dry-run=yes"], "选项“--dry-run”后面不写值。"),
        (["dance"], "没有命令“dance”。"),
        (["--completion", "sh"], "“sh”不在可选的里面"),
    ],
)
def test_a_slip_is_told_in_the_language_of_the_user(capsys, arguments, said):
    assert cli.main(["--lang", "zh", *arguments]) == 2
    told = capsys.readouterr().err
    assert said in told and not ENGLISH.search(re.sub(r"--[\w-]+", "", told))


def test_an_unknown_language_is_a_slip(capsys):
    assert cli.main(["audit", "company.toml", "--lang", "xx"]) == 2
    assert "'xx' is not one of 'zh', 'en'" in capsys.readouterr().err


def test_the_language_of_one_command_is_not_that_of_the_next(capsys):
    assert cli.main(["audit", "--help", "--lang", "zh"]) == cli.main(["audit", "--help"]) == 0
    assert "Usage: custseg audit" in capsys.readouterr().out


@pytest.mark.parametrize("shell", cli.SHELLS)
def test_shells_complete_commands_and_options(capsys, shell):
    assert cli.main(["--completion", shell]) == 0
    assert "_CUSTSEG_COMPLETE" in capsys.readouterr().out
    complete = get_completion_class(shell)(cli.command_line(), {}, "custseg", "_CUSTSEG_COMPLETE")
    assert [item.value for item in complete.get_completions([], "n")] == ["nbgrader", "new-lesson"]
    assert "--pdf" in [item.value for item in complete.get_completions(["slides"], "--")]
    assert [item.value for item in complete.get_completions(["run", "--engine"], "d")] == ["duckdb"]


def test_stopping_is_said_in_one_line(capsys, monkeypatch):
    def stopped(name, *rest):
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "import_module", stopped)
    assert cli.main(["build"]) == 130
    assert capsys.readouterr().err.strip() == "Stopped."


def test_the_catalogue_is_compiled_from_its_table():
    for table in CATALOGUE.rglob("*.po"):
        words = read_po(BytesIO(table.read_bytes()))
        compiled = GNUTranslations(BytesIO(table.with_suffix(".mo").read_bytes()))
        for message in words:
            one, many = message.id if message.pluralizable else (message.id, None)
            found = compiled.ngettext(one, many, 2) if many else compiled.gettext(one)
            assert not one or found == "".join(message.string), "run pybabel compile"


def test_a_command_imports_no_other_and_a_notebook_none():
    code = (
        "import sys; from custseg_helpers.commands.main import main; main(['run', '--help']); import custseg_helpers.learn;"
        "print(*sorted(name for name in sys.modules if name.startswith('custseg_helpers.commands.') and name.count('.') > 2))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "custseg_helpers.commands.own_data.run"
    code = "import sys, custseg_helpers as cs; cs.load(), cs.check; print('click' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False"]
