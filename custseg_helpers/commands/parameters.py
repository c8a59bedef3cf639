"""What a command asks of its user: arguments and options whose help is in the language of the moment."""

import os
from pathlib import Path
from typing import Any

import click

from custseg_helpers.paths import located
from custseg_helpers.words.text import LANGUAGES, Language, T

PATH = click.Path(path_type=Path)
"""A file or a folder; shells complete it."""


class Located(click.Path):
    """A file or folder to read, also named from the learner's or the course's folder: `own/company.toml`."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """Return where it is."""
        return located(Path(os.fsdecode(super().convert(value, param, ctx))))


OWN = Located(path_type=Path)
DAY = click.DateTime(["%Y-%m-%d"])
"""A date, such as 2026-11-30."""


def argument(name: str, words: T, **more: Any) -> click.Argument:
    """Return an argument with its help; `more` as `click.Argument` takes it.

    >>> argument("company", T(zh="公司", en="a company")).required
    True
    """
    return click.Argument([name], help=str(words), **more)


def option(names: str, words: T, **more: Any) -> click.Option:
    """Return an option with its help.

    Args:
        names: what is typed and, behind a space, what `main` calls it where that is another word.
        words: the help.
        more: as `click.Option` takes it.

    >>> option("--from graded", T(zh="结果", en="results")).name
    'graded'
    """
    return click.Option(names.split(), help=str(words), **more)


def flag(names: str, words: T) -> click.Option:
    """Return an option that is given or not."""
    return option(names, words, is_flag=True)


def lessons() -> click.Option:
    """Return the option that chooses lessons."""
    return option("--lessons", T(zh="哪些课，如 00-07", en="which lessons, such as 00-07"))


def out(default: str) -> click.Option:
    """Return the option that says in which folder a command writes."""
    words = T(zh="输出文件夹，默认 {d}", en="output folder; default: {d}").format(d=default)
    return option("--out", words, type=PATH, default=default)


def lang() -> click.Option:
    """Return the option that every command has; `main.main` has looked at it before anything else."""
    return option(
        "--lang",
        T(zh="用哪种语言", en="the language of all that is said and made"),
        type=click.Choice(list(LANGUAGES)),
        expose_value=False,
        callback=lambda context, _, code: context.meta.update(lang=code) if code else None,
    )


def asked_language() -> Language | None:
    """Return the language that `--lang` names, if it stands on the command line."""
    return click.get_current_context().meta.get("lang")


def several(values: tuple[str, ...]) -> list[str]:
    """Return the values of an option that may be repeated and may hold several.

    >>> several(("windows-3.12,mac-3.12", "linux-3.13"))
    ['windows-3.12', 'mac-3.12', 'linux-3.13']
    """
    return [one for value in values for one in value.replace("，", ",").replace(",", " ").split()]
