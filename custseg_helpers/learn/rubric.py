"""The rubric of a lesson: what a good piece of work looks like, the same for the learner, a peer and the trainer.

`lessons/15_capstone/rubric.toml` is data that any grading tool can read; marks given here stand in the learner's
progress file as one line with the event `assess`.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Literal

from custseg_helpers.files.whole import read_text
from custseg_helpers.learn.lessons import lesson_folder
from custseg_helpers.learn.marks import record
from custseg_helpers.words.text import T, UserError, listed

Assessor = Literal["self", "peer", "trainer"]
ASSESSORS: dict[str, T] = {
    "self": T(zh="自评", en="self"),
    "peer": T(zh="互评", en="peer"),
    "trainer": T(zh="老师评", en="trainer"),
}


@dataclass(frozen=True)
class Criterion:
    """One question asked of the work; `levels` says what 0, 1, 2 and 3 points look like."""

    code: str
    title: T
    question: T
    levels: tuple[T, ...]


@dataclass(frozen=True)
class Rubric:
    """All criteria of a lesson, and from how many points it passes; shows as a table."""

    lesson: str
    pass_from: int
    criteria: tuple[Criterion, ...]

    @property
    def most(self) -> int:
        """The points of perfect work."""
        return sum(len(criterion.levels) - 1 for criterion in self.criteria)

    def __repr__(self) -> str:
        return "\n".join(
            f"{criterion.code}: {criterion.title}. {criterion.question}" for criterion in self.criteria
        )

    def _repr_html_(self) -> str:
        points = range(len(self.criteria[0].levels))
        left = " style='text-align:left;vertical-align:top'"
        head = "".join(f"<th{left}>{number}</th>" for number in points)
        rows = "".join(
            f"<tr><td{left}><code>{criterion.code}</code><br>{escape(str(criterion.title))}</td>"
            f"<td{left}>{escape(str(criterion.question))}</td>"
            + "".join(f"<td{left}>{escape(str(level))}</td>" for level in criterion.levels)
            + "</tr>"
            for criterion in self.criteria
        )
        asked = T(zh="问什么", en="what is asked")
        return f"<table><tr><th></th><th{left}>{asked}</th>{head}</tr>{rows}</table><p>{self._rule()}</p>"

    def _rule(self) -> T:
        return T(
            zh=f"满分 {self.most}，{self.pass_from} 分起通过，且没有一项是 0 分。",
            en=f"{self.most} points at most; {self.pass_from} pass, with no criterion at 0.",
        )


@dataclass(frozen=True)
class Assessment:
    """Marks given to a piece of work: points, whether it passes, and what to do next."""

    points: int
    passed: bool
    text: T

    def __repr__(self) -> str:
        return str(self.text)

    def _repr_html_(self) -> str:
        return f"<p>{escape(str(self.text))}</p>"


def read_rubric(lesson: str = "15") -> Rubric:
    """Read a lesson's `rubric.toml`; a lesson without one is a `UserError`.

    >>> rubric = read_rubric("15")
    >>> len(rubric.criteria), rubric.most
    (10, 30)
    """
    found = tomllib.loads(read_text(lesson_folder(lesson) / "rubric.toml"))
    criteria = tuple(
        Criterion(
            entry["code"],
            T(**entry["title"]),
            T(**entry["question"]),
            tuple(T(**one) for one in entry["levels"]),
        )
        for entry in found["criteria"]
    )
    return Rubric(found["lesson"], found["pass_from"], criteria)


def assess(lesson: str, marks: Mapping[str, int], by: Assessor = "self") -> Assessment:
    """Mark a piece of work by the lesson's rubric and keep the marks in the progress file.

    Args:
        lesson: the lesson's number.
        marks: points by the criterion's code, each whole and within its levels. All of them, or it is not a mark.
        by: who marks: `"self"`, `"peer"` or `"trainer"`.

    >>> from custseg_helpers.words.text import use_language
    >>> use_language("en")
    >>> marks = {criterion.code: 3 for criterion in read_rubric("15").criteria}
    >>> assess("15", marks | {"catalogue": 2})
    self: 29 of 30 points, passed. Next step, Tags: each has a use and an owner too, and none reaches everybody or nobody.
    """
    rubric = read_rubric(lesson)
    if marks is ...:
        todo = T(
            zh="还没有打分：给每一项写上 0 到 3 分。", en="No marks yet: give each criterion 0 to 3 points."
        )
        return Assessment(0, False, todo)
    _check(rubric, marks, by)
    points = sum(marks.values())
    passed = points >= rubric.pass_from and min(marks.values()) > 0
    text = T(
        zh="{who}：{p} 分（满分 {m}），{v}。", en="{who}: {p} of {m} points, {v}."
    ).format(
        who=ASSESSORS[by], p=points, m=rubric.most,
        v=T(zh="通过", en="passed") if passed else T(zh="还没有通过", en="not passed yet"),
    )  # fmt: skip
    weakest = min(rubric.criteria, key=lambda criterion: marks[criterion.code])
    mark = marks[weakest.code]
    if mark < len(weakest.levels) - 1:
        step = T(zh="下一步，{t}：{s}。", en=" Next step, {t}: {s}.").format(
            t=weakest.title, s=weakest.levels[mark + 1]
        )
        text += step
    record("assess", lesson=rubric.lesson, by=by, marks=dict(marks), points=points, passed=passed)
    return Assessment(points, passed, text)


def _check(rubric: Rubric, marks: Mapping[str, int], by: str) -> None:
    if by not in ASSESSORS:
        raise UserError(
            zh=f"谁来评：self、peer 或 trainer，现在是“{by}”。",
            en=f"by is self, peer or trainer; it is “{by}”.",
        )
    codes = [criterion.code for criterion in rubric.criteria]
    odd = [code for code in codes if code not in marks] + [code for code in marks if code not in codes]
    if odd:
        raise UserError(
            T(
                zh="每一项都要打分，而且只打这些：{codes}。有问题的：{odd}。",
                en="Mark each criterion and no other: {codes}. Not so: {odd}.",
            ).format(codes=listed(codes), odd=listed(odd))
        )
    for criterion in rubric.criteria:
        most = len(criterion.levels) - 1
        if marks[criterion.code] not in range(most + 1):
            raise UserError(
                zh=f"“{criterion.code}”应是 0 到 {most} 的整数，现在是“{marks[criterion.code]}”。",
                en=f"“{criterion.code}” takes whole points from 0 to {most}; it is “{marks[criterion.code]}”.",
            )
