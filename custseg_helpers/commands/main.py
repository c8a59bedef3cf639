"""The `custseg` command: one sub-command for each thing people do from a terminal, by who does it.

Each lies in a module of its own, which is imported when the command is run and offers `parameters()` and `main`.
"""

import errno
import io
import sys
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from typing import Any

import click
from click.shell_completion import CompletionItem, get_completion_class

from custseg_helpers.commands.parameters import lang, option
from custseg_helpers.words.catalogue import libraries_speak, punctuated
from custseg_helpers.words.text import LANGUAGES, Language, T, UserError, language, listed, speaking

GROUPS = {
    "learn": T(zh="学习", en="Learn"),
    "own_data": T(zh="自己的数据", en="Your own data"),
    "teach": T(zh="讲课", en="Teach"),
    "author": T(zh="写课", en="Author"),
}
"""Whom commands are for; a room of this one each."""
COMMANDS = {
    "learn": {
        "lab": T(zh="打开课程", en="open the course"),
        "reset": T(zh="恢复一份练习册，旧的另存", en="restore a workbook, keep the old one"),
        "excel": T(zh="课程的 Excel 工作簿，公式是活的", en="lessons as Excel workbooks, formulas alive"),
    },
    "own_data": {
        "init": T(
            zh="看一眼自己的文件，推断哪一列是什么",
            en="look at your own file and propose what each column is",
        ),
        "audit": T(
            zh="检查数据：哪一行哪一列有问题，代价多大",
            en="check your data: what is wrong where, and its cost",
        ),
        "run": T(zh="给自己的客户打标签、分层", en="tag and tier your own customers"),
        "campaign": T(
            zh="一次活动：留出对照组做计划，结束后读结果，记台账",
            en="a campaign: plan it with a control group, read what it earned, keep the ledger",
        ),
        "approve": T(zh="审批一份分层方案", en="approve a grouping scheme"),
        "app": T(
            zh="自己的数据：从文件到报告的网页，不见代码",
            en="your own data: from file to report on a page, no code",
        ),
        "simulate": T(zh="生成一家示例公司", en="make a sample company"),
    },
    "teach": {
        "doctor": T(zh="检查这台电脑能不能上课", en="is this laptop ready for class?"),
        "guide": T(zh="讲师手册：每课怎么讲", en="the trainer's guide, lesson by lesson"),
        "slides": T(zh="幻灯片：每课一份，双击就放", en="slides: a deck a lesson, as one file"),
        "agenda": T(zh="排课：几点讲什么，几点练", en="plan a class: what when"),
        "pack": T(zh="打课程包：发给学员的一个 zip", en="make the zip that a class gets"),
        "forms": T(
            zh="课前调查、反馈表、数据请求信；汇总收回的表",
            en="survey, feedback form, data request; sum them up",
        ),
        "collect": T(zh="收作业：批改成一张表", en="grade what a class handed in"),
        "certificate": T(zh="结业证书：一人一张", en="a certificate for each learner"),
        "nbgrader": T(zh="把练习册变成 nbgrader 作业", en="workbooks as nbgrader assignments"),
        "otter": T(zh="把练习册变成 otter 作业", en="workbooks as otter assignments"),
    },
    "author": {
        "build": T(zh="由 lessons/ 生成笔记本", en="make the notebooks from lessons/"),
        "new-lesson": T(zh="新建一课", en="make a new lesson folder"),
        "site": T(zh="把课程做成网站", en="make the course's web pages"),
        "lite": T(zh="生成浏览器版课程", en="build the course for the browser"),
    },
}
"""Every command by its group, and what it does."""
OPTIONS = T(zh="[选项]", en="[OPTIONS]")
STEP = T(zh="步骤 [参数]...", en="STEP [ARGS]...")
SHUT = (errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOSPC)
"""A disk or a folder that lets nobody read or write: for people to open, no slip of ours."""
SHELLS = ("bash", "zsh", "fish", "powershell")


class Page(click.HelpFormatter):
    """A page of help with the language's own colons."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write how a command is typed."""
        super().write_usage(prog, args, prefix or str(T(zh="用法：", en="Usage: ")))

    def write_heading(self, heading: str) -> None:
        """Write a heading."""
        self.write(f"{'':>{self.current_indent}}{heading}{T(zh='：', en=':')}\n")


class Context(click.Context):
    """What a command runs in; its help is a `Page`."""

    formatter_class = Page


class Command(click.Command):
    """One command."""

    context_class = Context


class Steps(click.Group):
    """A command that is done in several steps: `custseg campaign plan`, `custseg campaign result`."""

    context_class = Context

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the steps under a heading in the language of the moment."""
        with formatter.section(str(T(zh="步骤", en="Steps"))):
            formatter.write_dl([(name, step.help or "") for name, step in self.commands.items()])


class CommandLine(click.Group):
    """All commands, read from the table alone; a command's module is imported when it is run."""

    context_class = Context

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands in the table's order."""
        return [name for names in COMMANDS.values() for name in names]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command as its module describes it."""
        for room, names in COMMANDS.items():
            if cmd_name in names:
                module = import_module(f"{__package__}.{room}.{cmd_name.replace('-', '_')}")
                if hasattr(module, "steps"):
                    return _steps(cmd_name, names[cmd_name], module.steps())
                return _command(cmd_name, names[cmd_name], module.parameters(), module.main)
        return None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands under the headings of their groups."""
        width = max(map(len, self.list_commands(ctx)))
        for room, names in COMMANDS.items():
            with formatter.section(str(GROUPS[room])):
                formatter.write_dl([(name.ljust(width), str(words)) for name, words in names.items()])

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Return the commands that begin so, without importing any."""
        words = {name: words for names in COMMANDS.values() for name, words in names.items()}
        begun = [CompletionItem(name, help=str(words[name])) for name in words if name.startswith(incomplete)]
        return begun + click.Command.shell_complete(self, ctx, incomplete)


def _command(name: str, words: T, parameters: list[click.Parameter], main: Callable[..., Any]) -> Command:
    """Return one command as its module describes it."""
    return Command(
        name, params=[*parameters, lang()], callback=main, help=str(words), options_metavar=str(OPTIONS)
    )


def _steps(
    name: str, words: T, steps: dict[str, tuple[T, list[click.Parameter], Callable[..., Any]]]
) -> Steps:
    """Return a command of several steps, each with its own options."""
    return Steps(
        name,
        help=str(words),
        commands={step: _command(step, *told) for step, told in steps.items()},
        subcommand_metavar=str(STEP),
        options_metavar=str(OPTIONS),
        params=[lang()],
    )


def command_line() -> CommandLine:
    """Return the command line in the current language."""

    def print_completion(context: click.Context, _: click.Parameter, shell: str | None) -> None:
        if shell:
            complete = get_completion_class(shell)
            assert complete
            print(complete(context.command, {}, "custseg", "_CUSTSEG_COMPLETE").source())
            context.exit()

    return CommandLine(
        "custseg",
        help=str(T(zh="客户分层课程", en="The customer segmentation course")),
        epilog=str(T(zh="每条命令加 --help 有说明。", en="Each command has a --help of its own.")),
        options_metavar=str(OPTIONS),
        subcommand_metavar=str(T(zh="命令 [参数]...", en="COMMAND [ARGS]...")),
        params=[
            lang(),
            option(
                "--completion",
                T(
                    zh="打印让终端按 Tab 补全命令的脚本：{shells}",
                    en="print the script that has a shell complete commands on Tab: {shells}",
                ).format(shells=listed(SHELLS)),
                type=click.Choice(SHELLS),
                metavar="SHELL",
                is_eager=True,
                expose_value=False,
                callback=print_completion,
            ),
        ],
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; whatever is wrong becomes one message and exit code 2."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    with speaking(next(_named(words), language())), libraries_speak():
        try:
            return command_line().main(words, prog_name="custseg", standalone_mode=False) or 0
        except click.ClickException as error:
            error.show(said := io.StringIO())
            print(punctuated(said.getvalue()), end="", file=sys.stderr)
        except click.Abort:
            print(T(zh="已中断。", en="Stopped."), file=sys.stderr)
            return 130
        except UserError as error:
            print(error, file=sys.stderr)
        except OSError as error:
            if error.errno not in SHUT or not error.filename:
                raise
            closed = T(
                zh="“{file}”用不了：{why}。请检查文件夹的权限和磁盘空间，或换一个文件夹；如果它正在别的程序里打开，请先关掉。",
                en="“{file}” cannot be used: {why}. Check your rights to the folder and the disk space, or choose another folder; if another program has it open, close it first.",
            )
            print(closed.format(file=error.filename, why=error.strerror), file=sys.stderr)
        except ModuleNotFoundError as error:
            if (error.name or "").startswith("custseg_helpers"):
                raise
            needed = T(
                zh='这条命令还需要软件包 {name}。请运行：pip install "custseg[lab,teach]"',
                en='This command also needs the package {name}. Run: pip install "custseg[lab,teach]"',
            )
            print(needed.format(name=error.name), file=sys.stderr)
        return 2


def _named(words: Sequence[str]) -> Iterator[Language]:
    """Yield the languages that `--lang` names, wherever it stands; what is said of mistakes is in it too."""
    for before, word in zip(["", *words], words, strict=False):
        code = word.removeprefix("--lang=") if before != "--lang" else word
        if code in LANGUAGES and (before == "--lang" or word != code):
            yield code
