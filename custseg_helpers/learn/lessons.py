"""Find what a lesson knows: its folder, its exercises, its quiz, its notebooks."""

import difflib
import tomllib
from functools import cache
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

from custseg_helpers.learn.exercise import Exercise
from custseg_helpers.paths import course_root
from custseg_helpers.words.text import UserError


@cache
def lesson_folders() -> dict[str, Path]:
    """Return the lessons' folders by number, in order: `{"04": …/lessons/04_rfm}`."""
    checks = sorted((course_root() / "lessons").glob("[0-9][0-9]_*/checks.py"))
    return {path.parent.name[:2]: path.parent for path in checks}


def lesson_folder(lesson: str) -> Path:
    """Return the folder of a lesson given as `"04"`, `4`, `"rfm"` or `"04_rfm"`.

    >>> lesson_folder("rfm").name
    '04_rfm'
    """
    wanted = str(lesson).strip()
    for number, folder in lesson_folders().items():
        if wanted.zfill(2) == number or wanted in (folder.name, folder.name[3:]):
            return folder
    known = "、".join(folder.name for folder in lesson_folders().values())
    raise UserError(
        zh=f"没有“{lesson}”这一课。现有：{known}", en=f"There is no lesson “{lesson}”. There are: {known}"
    )


def about(lesson: str) -> dict[str, Any]:
    """Return a lesson's `about.toml`: title, minutes, objectives, key points."""
    return tomllib.loads((lesson_folder(lesson) / "about.toml").read_text(encoding="utf-8"))


def exercises(lesson: str) -> dict[str, Exercise]:
    """Return a lesson's exercises by id, in the order of its `checks.py`."""
    return _exercises(lesson_folder(lesson))


@cache
def _exercises(folder: Path) -> dict[str, Exercise]:
    spec = spec_from_file_location(f"checks_{folder.name}", folder / "checks.py")
    assert spec and spec.loader
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return {exercise.id: exercise for exercise in module.EXERCISES}


def exercise(identity: str) -> Exercise:
    """Return one exercise; an unknown id names those that come near."""
    topic = str(identity).rsplit("-", 1)[0]
    folders = {folder.name[3:]: folder for folder in lesson_folders().values()}
    known = exercises(folders[topic].name) if topic in folders else {}
    if identity in known:
        return known[identity]
    everything = list(known) or [f"{name}-1" for name in folders]
    near = "、".join(difflib.get_close_matches(str(identity), everything, n=3, cutoff=0.3) or everything[:3])
    raise UserError(
        zh=f"没有练习“{identity}”。相近的有：{near}",
        en=f"There is no exercise “{identity}”. Close to it: {near}",
    )
