"""Read a lesson folder: `about.toml`, `lesson.py`, `exercise.py` (jupytext py:percent) as plain values."""

import ast
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from custseg_helpers.learn.lessons import as_number, folders_in
from custseg_helpers.words.text import FURTHER, LANGUAGES, T, UserError, listed, verbatim

FIRST, SECOND = tuple(LANGUAGES)[:2]
"""The two languages that every source has, in the order they stand there."""

ATTRIBUTES = {
    "markdown": {"lang", "about", "try", "exercise", "tags"},
    "code": {"exercise", "kind", "level", "tags"},
}
"""What may stand behind `# %%`, by kind of cell."""

FAILS = "raises-exception"
"""Marks a cell that is meant to fail, so that learners see an error explained; nbclient and nbval know the tag, too."""

SLIDE_TAGS = {
    "markdown": {"slide", "slide-only"},
    "code": {"slide", "slide-code"},
}
"""What puts a cell on the slides; notebooks know nothing of it."""

TAGS = {
    "markdown": {"trainer", "stretch"} | SLIDE_TAGS["markdown"],
    "code": {"explorer", "stretch", "nbval-ignore-output", "nbval-skip", "skip-execution", FAILS}
    | SLIDE_TAGS["code"],
}
"""What may stand in a cell's `tags`, by kind of cell: a misspelt one would show trainers' words to learners."""


@dataclass(frozen=True)
class Place:
    """A line of a file that authors edit, printed so that editors can jump to it."""

    path: Path
    line: int

    def __str__(self) -> str:
        return f"{'/'.join(self.path.parts[-3:])}:{self.line}"


class Problem(UserError):
    """Something an author has to put right, with its place; raised alone or collected with others."""

    def __init__(self, place: Place, text: T | None = None, **words: str):
        super().__init__(f"{place}  " + (T(**words) if text is None else text))


@dataclass(frozen=True)
class Cell:
    """One cell of a source file; `place` is where its text begins."""

    kind: str
    text: str
    place: Place
    attributes: dict[str, Any] = field(default_factory=dict)

    def at(self, line: int) -> Place:
        """Return the place of a line of this cell's text, counted from 1."""
        return Place(self.place.path, self.place.line + line - 1)

    @property
    def lang(self) -> str | None:
        """The language of a markdown twin; `None` for code and for cells the build fills in."""
        return self.attributes.get("lang")

    @property
    def tags(self) -> list[str]:
        """What `tags=[…]` says."""
        return self.attributes.get("tags", [])

    @property
    def for_trainer(self) -> bool:
        """Whether only the trainer edition shows this cell."""
        return "trainer" in self.tags

    @property
    def for_the_early(self) -> bool:
        """Whether this cell is for those who are early: it takes no class time."""
        return "stretch" in self.tags

    @property
    def slide_only(self) -> bool:
        """Whether this cell stands on a slide and nowhere else."""
        return "slide-only" in self.tags


@dataclass(frozen=True)
class Twin:
    """One text in the two languages that every source has, wherever it stands, and the places of its halves.

    `cell` tells a whole text cell from a short text in code or in a TOML file.
    """

    first: str
    second: str
    first_place: Place
    second_place: Place
    cell: bool = False


@dataclass(frozen=True)
class Lesson:
    """One lesson folder, read."""

    folder: Path
    number: str
    topic: str
    prerequisites: tuple[str, ...]
    cut: tuple[int, ...]
    title: T
    question: T
    next: T
    objectives: tuple[T, ...]
    key_points: tuple[T, ...]
    lesson: tuple[Cell, ...]
    exercise: tuple[Cell, ...]

    @property
    def name(self) -> str:
        """The folder's name, which the notebooks carry too: `04_rfm`."""
        return self.folder.name


def folders(root: Path, wanted: Sequence[str]) -> list[Path]:
    """Return the folders of the lessons that are wanted, given as numbers or names; all if none is."""
    there = folders_in(root / "lessons")
    names = {as_number(one.partition("_")[0]) for one in wanted}
    chosen = [folder for number, folder in there.items() if not wanted or number in names]
    if not chosen or not names <= set(there):
        raise UserError(
            T(zh="没有这一课。现有：{known}", en="There is no such lesson. There are: {known}").format(
                known=listed(folder.name for folder in there.values())
            )
        )
    return chosen


def read_lesson(folder: Path) -> Lesson:
    """Read one lesson folder; what is missing or misspelt stops here, with its place."""
    about = folder / "about.toml"
    entries = read_toml(about)

    def texts(key: str) -> tuple[T, ...]:
        return tuple(T(**entry) for entry in entries[key])

    try:
        lesson = Lesson(
            folder=folder,
            number=str(entries["number"]),
            topic=entries["topic"],
            prerequisites=tuple(str(number) for number in entries["prerequisites"]),
            cut=tuple(int(section) for section in entries.get("cut", ())),
            title=T(**entries["title"]),
            question=T(**entries["question"]),
            next=T(**entries["next"]),
            objectives=texts("objectives"),
            key_points=texts("key_points"),
            lesson=read_cells(folder / "lesson.py"),
            exercise=read_cells(folder / "exercise.py"),
        )
    except (KeyError, TypeError) as error:
        raise Problem(
            Place(about, 1),
            zh=f"缺少 {error}，或它没有写成 zh 和 en 两种语言。",
            en=f"{error} is missing, or is not given as zh and en.",
        ) from None
    if lesson.name != f"{lesson.number}_{lesson.topic}":
        raise Problem(
            Place(about, 1),
            zh=f"number 和 topic 合起来应与文件夹名“{lesson.name}”一致。",
            en=f"number and topic together must be the folder's name “{lesson.name}”.",
        )
    return lesson


def read_cells(path: Path) -> tuple[Cell, ...]:
    """Read a py:percent file into cells that know their lines."""
    import jupytext  # takes longer than all else that a mistake in answers.py needs

    source = read_text(path)
    lines = source.splitlines()
    markers = [number for number, line in enumerate(lines, 1) if line.startswith("# %%")]
    notebook = jupytext.reads(source.lstrip(), fmt="py:percent")
    if len(markers) != len(notebook.cells):
        raise Problem(
            Place(path, markers[0] if markers else 1),
            zh="文件应从 `# %%` 单元格开始，字符串里也不能有以 `# %%` 开头的行。",
            en="The file must begin with a `# %%` cell, and no line inside a string may begin with `# %%`.",
        )
    return tuple(
        Cell(
            cell.cell_type,
            cell.source,
            Place(path, _first_line(lines, marker)),
            _attributes(cell, path, marker),
        )
        for cell, marker in zip(notebook.cells, markers, strict=True)
    )


def paired(cells: tuple[Cell, ...]) -> Iterator[Cell | tuple[Cell, ...]]:
    """Go through cells with each Chinese one and its English twin together; a lone one is a `Problem`.

    Cells in further languages may follow the two and come with them.
    """
    waiting: list[Cell] = []
    for cell in cells:
        if len(waiting) == 1:
            if cell.lang != SECOND or _shared(cell) != _shared(waiting[0]):
                raise _alone(waiting[0])
            waiting.append(cell)
            continue
        if waiting and cell.lang in FURTHER and _shared(cell) == _shared(waiting[0]):
            waiting.append(cell)
            continue
        if waiting:
            yield tuple(waiting)
            waiting = []
        if cell.lang == FIRST:
            waiting = [cell]
        elif cell.lang in LANGUAGES:
            raise _alone(cell)
        elif cell.kind == "markdown" and not {"about", "try"} & set(cell.attributes):
            raise Problem(
                cell.place,
                zh='文字单元格要注明 lang="zh" 或 lang="en"。',
                en='A text cell needs lang="zh" or lang="en".',
            )
        else:
            yield cell
    if len(waiting) == 1:
        raise _alone(waiting[0])
    if waiting:
        yield tuple(waiting)


def read_toml(path: Path) -> dict[str, Any]:
    """Read a TOML file of a lesson; a mistake in it is told with its line."""
    try:
        return tomllib.loads(read_text(path))
    except tomllib.TOMLDecodeError as error:
        raise Problem(Place(path, 1), zh=f"读不懂：{error}", en=f"Cannot be read: {error}") from None


def read_text(path: Path) -> str:
    """Read a file of a lesson; one that is missing is a `Problem`."""
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise Problem(Place(path, 1), zh="没有这个文件。", en="There is no such file.") from None


def read_python(path: Path) -> ast.Module:
    """Return the syntax tree of a Python file of a lesson; what is no Python is a `Problem`."""
    try:
        return ast.parse(read_text(path))
    except SyntaxError as error:
        raise Problem(
            Place(path, error.lineno or 1),
            T(zh="不是合法的 Python：{said}", en="Not valid Python: {said}").format(said=error.msg),
        ) from None


def tell(wrong: Sequence[Problem]) -> None:
    """Stop with all that is wrong, if anything is."""
    if wrong:
        raise UserError(verbatim("\n").join(dict.fromkeys(problem.text for problem in wrong)))


def _first_line(lines: list[str], marker: int) -> int:
    """Return the line where a cell's text begins: below its marker, the opening quotes and blank lines."""
    line = marker + 1
    while line < len(lines) and lines[line - 1].strip() in ("", '"""'):
        line += 1
    return line


def _attributes(cell: Any, path: Path, marker: int) -> dict[str, Any]:
    found = {k: v for k, v in cell.metadata.items() if k not in ("cell_marker", "lines_to_next_cell")}
    unknown = sorted(set(found) - ATTRIBUTES[cell.cell_type])
    if unknown:
        raise Problem(
            Place(path, marker),
            T(
                zh="`# %%` 后面写的看不懂：{unknown}。可以写：{known}；文字单元格先写 [markdown]。",
                en="Unknown after `# %%`: {unknown}. Known: {known}; a text cell begins with [markdown].",
            ).format(unknown=listed(unknown), known=listed(sorted(ATTRIBUTES[cell.cell_type]))),
        )
    misspelt = sorted(set(found.get("tags", ())) - TAGS[cell.cell_type])
    if misspelt:
        known = sorted(TAGS[cell.cell_type])
        raise Problem(
            Place(path, marker),
            T(
                zh="tags 里看不懂：{misspelt}。这种单元格可以写：{known}。",
                en="Unknown in tags: {misspelt}. A cell of this kind may have: {known}.",
            ).format(misspelt=listed(misspelt), known=listed(known)),
        )
    return found


def _shared(cell: Cell) -> dict[str, Any]:
    return {key: value for key, value in cell.attributes.items() if key != "lang"}


def _alone(cell: Cell) -> Problem:
    return Problem(
        cell.place,
        zh="这个单元格缺少另一种语言：中文在上，英文紧跟在下，其余标注相同。",
        en="This cell lacks its twin: Chinese first, English right below it, all other marks the same.",
    )
