"""The `custseg` command: one sub-command for each thing people do from a terminal."""

import argparse
import sys
from importlib import import_module

from custseg_helpers.words.text import T, UserError

COMMANDS = {
    "lab": ("custseg_helpers.commands.learn.lab", T(zh="打开课程", en="open the course")),
    "reset": (
        "custseg_helpers.commands.learn.reset",
        T(zh="恢复一份练习册，旧的另存", en="restore a workbook, keep the old one"),
    ),
    "simulate": (
        "custseg_helpers.commands.own_data.simulate",
        T(zh="生成一家示例公司", en="make a sample company"),
    ),
    "init": (
        "custseg_helpers.commands.own_data.init",
        T(
            zh="看一眼自己的文件，推断哪一列是什么",
            en="look at your own file and propose what each column is",
        ),
    ),
    "audit": (
        "custseg_helpers.commands.own_data.audit",
        T(
            zh="检查数据：哪一行哪一列有问题，代价多大",
            en="check your data: what is wrong where, and its cost",
        ),
    ),
    "run": (
        "custseg_helpers.commands.own_data.run",
        T(zh="给自己的客户打标签、分层", en="tag and tier your own customers"),
    ),
    "approve": (
        "custseg_helpers.commands.own_data.approve",
        T(zh="审批一份分层方案", en="approve a grouping scheme"),
    ),
    "app": (
        "custseg_helpers.commands.own_data.app",
        T(
            zh="自己的数据：从文件到报告的网页，不见代码",
            en="your own data: from file to report on a page, no code",
        ),
    ),
    "doctor": (
        "custseg_helpers.commands.teach.doctor",
        T(zh="检查这台电脑能不能上课", en="is this laptop ready for class?"),
    ),
    "guide": (
        "custseg_helpers.commands.teach.guide",
        T(zh="讲师手册：每课怎么讲", en="the trainer's guide, lesson by lesson"),
    ),
    "slides": (
        "custseg_helpers.commands.teach.slides",
        T(zh="幻灯片：每课一份，双击就放", en="slides: a deck a lesson, as one file"),
    ),
    "agenda": (
        "custseg_helpers.commands.teach.agenda",
        T(zh="排课：几点讲什么，几点练", en="plan a class: what when"),
    ),
    "pack": (
        "custseg_helpers.commands.teach.pack",
        T(zh="打课程包：发给学员的一个 zip", en="make the zip that a class gets"),
    ),
    "forms": (
        "custseg_helpers.commands.teach.forms",
        T(
            zh="课前调查、反馈表、数据请求信；汇总收回的表",
            en="survey, feedback form, data request; sum them up",
        ),
    ),
    "collect": (
        "custseg_helpers.commands.teach.collect",
        T(zh="收作业：批改成一张表", en="grade what a class handed in"),
    ),
    "certificate": (
        "custseg_helpers.commands.teach.certificate",
        T(zh="结业证书：一人一张", en="a certificate for each learner"),
    ),
    "nbgrader": (
        "custseg_helpers.commands.teach.nbgrader",
        T(zh="把练习册变成 nbgrader 作业", en="workbooks as nbgrader assignments"),
    ),
    "otter": (
        "custseg_helpers.commands.teach.otter",
        T(zh="把练习册变成 otter 作业", en="workbooks as otter assignments"),
    ),
    "build": (
        "custseg_helpers.commands.author.build",
        T(zh="由 lessons/ 生成笔记本", en="make the notebooks from lessons/"),
    ),
    "site": (
        "custseg_helpers.commands.author.site",
        T(zh="把课程做成网站", en="make the course's web pages"),
    ),
    "lite": (
        "custseg_helpers.commands.author.lite",
        T(zh="生成浏览器版课程", en="build the course for the browser"),
    ),
    "new-lesson": (
        "custseg_helpers.commands.author.new_lesson",
        T(zh="新建一课", en="make a new lesson folder"),
    ),
}
"""Each command's module, which offers `add_arguments(parser)` and `main(options) -> int`."""


def main(arguments: list[str] | None = None) -> int:
    """Run one sub-command; a `UserError` becomes one message and exit code 2."""
    try:
        return _run(sys.argv[1:] if arguments is None else arguments)
    except UserError as error:
        print(error, file=sys.stderr)
        return 2
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("custseg_helpers"):
            raise
        print(
            T(
                zh=f'这条命令还需要软件包 {error.name}。请运行：pip install "custseg[lab,teach]"',
                en=f'This command also needs the package {error.name}. Run: pip install "custseg[lab,teach]"',
            ),
            file=sys.stderr,
        )
        return 2
    except KeyboardInterrupt:
        print(T(zh="已中断。", en="Stopped."), file=sys.stderr)
        return 130


def _run(arguments: list[str]) -> int:
    about = T(zh="客户分层课程", en="The customer segmentation course")
    parser = argparse.ArgumentParser(prog="custseg", description=str(about))
    choices = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, (module, summary) in COMMANDS.items():
        command = choices.add_parser(name, help=str(summary), description=str(summary))
        if name in arguments[:1]:
            import_module(module).add_arguments(command)
    options = parser.parse_args(arguments)
    return import_module(COMMANDS[options.command][0]).main(options) or 0
