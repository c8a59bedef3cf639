"""The model learner: one person who does every workbook in order, in one language, with one progress file.

    python -m tools.model_learner zh

plays the course in a folder of its own and prints how far the learner came: every exercise passed, every quiz answered,
the capstone's page made and marked. Workbooks run in this process, each in names of its own, as a fresh kernel would.
"""

import json
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from custseg_helpers.files.cells import run_cell
from custseg_helpers.learn.feedback import Feedback
from custseg_helpers.learn.lessons import lesson_folders
from custseg_helpers.learn.progress import Progress, progress
from custseg_helpers.learn.quiz import answer, questions
from custseg_helpers.learn.rubric import assess, read_rubric
from custseg_helpers.paths import course_root
from custseg_helpers.words import text
from custseg_helpers.words.text import LANGUAGES, Language, T, UserError

CAPSTONE = "15"
PAGE = "15_capstone/page.html"
"""The capstone's page, below the learner's folder of a language."""


def play(lang: Language, home: Path) -> Progress:
    """Do all workbooks and quizzes in order, as a learner whose folder is `home`; return the progress at the end.

    Each workbook is taken as learners get it, and the model answers are put where its `name = ...` stand. A check that
    does not pass, or a cell that fails, is a `UserError` that names workbook and exercise. The environment's own
    settings (company, seed, folder, progress) do not count.
    """
    with _learner(home):
        for number, folder in lesson_folders().items():
            name = f"{folder.name}_exercises.ipynb"
            cells = _answered(
                _cells("exercises", lang, name), _cells("solutions", lang, f"{folder.name}_solutions.ipynb")
            )
            _run(cells, name)
            for place, question in enumerate(questions(number), 1):
                right = next(n for n, option in enumerate(question.options, 1) if option.right)
                answer(number, place, right)
            if number == CAPSTONE:
                assess(
                    number,
                    {criterion.code: len(criterion.levels) - 1 for criterion in read_rubric(number).criteria},
                )
        return progress()


def _cells(kind: str, lang: Language, name: str) -> list[dict[str, Any]]:
    path = course_root() / kind / lang / name
    if not path.is_file():
        raise UserError(
            zh=f"没有 {kind}/{lang}/{name}，先运行 custseg build。",
            en=f"There is no {kind}/{lang}/{name}: run custseg build first.",
        )
    return [
        cell for cell in json.loads(path.read_text(encoding="utf-8"))["cells"] if cell["cell_type"] == "code"
    ]


def _answered(workbook: list[dict[str, Any]], solutions: list[dict[str, Any]]) -> list[str]:
    """Return the workbook's code with the answer in place of each exercise's cell."""
    answers = {
        cell["metadata"]["exercise"]: "".join(cell["source"])
        for cell in solutions
        if "exercise" in cell["metadata"]
    }
    return [answers.get(cell["metadata"].get("exercise")) or "".join(cell["source"]) for cell in workbook]


def _run(cells: list[str], name: str) -> None:
    names: dict[str, Any] = {"__name__": "__main__"}
    for code in cells:
        try:
            shown = run_cell(code, names, name)
        except Exception as error:
            said = f"{type(error).__name__}: {error}"
            raise UserError(zh=f"{name}：{said}\n{code}", en=f"{name}: {said}\n{code}") from error
        if isinstance(shown, Feedback) and not shown.done:
            raise UserError(
                T(
                    zh="{name}：{exercise} 没有通过。{why}", en="{name}: {exercise} did not pass. {why}"
                ).format(name=name, exercise=shown.exercise, why=shown.message)
            )


@contextmanager
def _learner(home: Path) -> Iterator[None]:
    """Be a learner with a folder and a progress file of their own, then put everything back."""
    before, spoken = dict(os.environ), text._current
    for key in [key for key in before if key.startswith("CUSTSEG_")]:
        del os.environ[key]
    os.environ |= {"CUSTSEG_HOME": str(home), "CUSTSEG_PROGRESS": str(home / "progress.jsonl")}
    home.mkdir(parents=True, exist_ok=True)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ |= before
        text._current = spoken


def main(arguments: list[str]) -> int:
    """Play the course in the languages given, or in both, and print the progress."""
    strange = set(arguments) - set(LANGUAGES)
    if strange:
        raise UserError(zh=f"没有这种语言：{strange}", en=f"No such language: {strange}")
    for lang in [one for one in LANGUAGES if not arguments or one in arguments]:
        home = Path(tempfile.mkdtemp(prefix="model-learner-"))
        reached = play(lang, home)
        print(reached)
        print(T(zh="一页纸：{page}", en="The page: {page}").format(page=home / lang / PAGE))
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except UserError as error:
        sys.exit(str(error))
