"""The tables of a graded class: one row an answer, one row a learner, one row an exercise the class found hard."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import pandas as pd

from custseg_helpers.course.compose import Task, tasks
from custseg_helpers.course.syllabus import lesson_source
from custseg_helpers.grading.attempts import work
from custseg_helpers.grading.text_marks import TextMarks, fingerprint, points
from custseg_helpers.grading.workbooks import HandedIn
from custseg_helpers.learn.feedback import WORDS
from custseg_helpers.learn.lessons import exercise
from custseg_helpers.learn.rungs import RUNGS
from custseg_helpers.learn.written import MARKS as TEXT_MARKS
from custseg_helpers.words.text import LANGUAGES, T, in_turn, language, listed

OUTCOMES = WORDS | {
    "error": T(zh="出错", en="error"),
    "not_reached": T(zh="没有运行到", en="not reached"),
    "missing": T(zh="没有交", en="not handed in"),
}
TEXTS = [
    "lesson",
    "exercise",
    "learner",
    "text",
    "marks",
    "text_points",
    "text_of",
    "same_as",
    "fingerprint",
]
UNMARKED = T(zh="还没评", en="not marked yet")
COLON = T(zh="：", en=": ")
ANSWERS = [
    "learner",
    "lesson",
    "exercise",
    "level",
    "outcome",
    "cause",
    "mistake",
    "points",
    "text_points",
    "text_of",
    "attempts",
    "rung",
    "message",
]


@dataclass(frozen=True)
class Graded:
    """A handed-in file and its grade (see `grading.grade.grade`); `None` for a file that is no workbook."""

    entry: HandedIn
    result: Mapping[str, Any] | None

    @property
    def reason(self) -> T | None:
        """What was wrong with the file: as a whole, or with single cells."""
        if self.result is None:
            return self.entry.problem
        if self.result["reason"]:
            return T(**self.result["reason"])
        errors = [
            identity + COLON + in_words(said)
            for identity, mark in self.result["exercises"].items()
            if (said := mark.get("cell") or (mark["outcome"] == "error" and mark))
        ]
        return T(zh="", en=" ").join(errors) if errors else None


def in_words(mark: Mapping[str, Any]) -> T:
    """Return what a mark says, in every language."""
    return T(**{code: mark[code] for code in LANGUAGES})


@cache
def lesson_tasks(number: str) -> tuple[Task, ...]:
    """Return the exercises of a lesson, with titles and levels."""
    return tuple(tasks(lesson_source(number)))


def is_text(identity: str) -> bool:
    """Tell whether an exercise is a text that people read, and no machine judges."""
    return exercise(identity).answer is None


def answer_table(
    graded: Sequence[Graded], progress: Mapping[str, list[bytes]], marks: TextMarks
) -> pd.DataFrame:
    """Return one row for each learner and exercise of every lesson that somebody handed in.

    `outcome` is passed, wrong, todo, written, error, not_reached or missing; `cause` why it is wrong, as
    machines read it; `mistake` its number in the trainer guide, where it is a listed one; `points` 1 for a pass, and
    empty where people read; `text_points` what the trainer's marks of a text come to, of `text_of`; `attempts` how often it was checked and `rung` on which rung, where a progress file was handed in.
    """
    lessons = sorted({one.entry.lesson for one in graded if one.result})
    found = {(one.entry.learner, one.entry.lesson): one.result for one in graded if one.result}
    rows = []
    for learner in sorted({one.entry.learner for one in graded}):
        done = work(progress.get(learner, ()))
        for lesson in lessons:
            result = found.get((learner, lesson))
            for task in lesson_tasks(lesson):
                mark = result["exercises"].get(task.id) if result else None
                mark = mark or {"outcome": "missing", "cause": None, **dict.fromkeys(LANGUAGES, "")}
                rows.append(
                    {
                        "learner": learner,
                        "lesson": lesson,
                        "exercise": task.id,
                        "level": task.marks["level"],
                        "outcome": mark["outcome"],
                        "cause": mark["cause"],
                        "mistake": listed_number(task.id, mark["cause"]),
                        "points": None if is_text(task.id) else int(mark["outcome"] == "passed"),
                        **_text_points(learner, task.id, mark, marks),
                        "attempts": done.tries[task.id] if learner in progress else None,
                        "rung": str(RUNGS[done.rungs[task.id]]) if task.id in done.rungs else "",
                        "message": str(in_words(mark)),
                    }
                )
    table = pd.DataFrame(rows, columns=ANSWERS)
    return table.astype(
        {
            "mistake": "Int64",
            "attempts": "Int64",
            "points": "Int64",
            "text_points": "Float64",
            "text_of": "Int64",
        }
    )


def _text_points(
    learner: str, identity: str, mark: Mapping[str, Any], marks: TextMarks
) -> dict[str, float | None]:
    rubric = exercise(identity).words.rubric
    own = marks.get((learner, identity, fingerprint(mark["text"])), {}) if mark.get("text") else {}
    worth = points(own, rubric) if own else None
    return {"text_points": worth, "text_of": None if worth is None else len(rubric)}


def text_table(graded: Sequence[Graded], marks: TextMarks) -> pd.DataFrame:
    """Return one row a written answer, exercise by exercise, with the points of its rubric and how each is marked.

    `same_as` names the other learners who handed in the same words.
    """
    groups: dict[tuple[str, str], list[str]] = {}
    rows = []
    for one in sorted((one for one in graded if one.result), key=lambda one: one.entry.lesson):
        for identity, mark in one.result["exercises"].items() if one.result else ():
            if text := mark.get("text"):
                rubric, name, learner = exercise(identity).words.rubric, fingerprint(text), one.entry.learner
                own = marks.get((learner, identity, name), {})
                said = (
                    point + COLON + TEXT_MARKS.get(own.get(code, ""), UNMARKED)
                    for code, point in rubric.items()
                )
                groups.setdefault((identity, name), []).append(learner)
                rows.append(
                    {
                        "lesson": one.entry.lesson,
                        "exercise": identity,
                        "learner": learner,
                        "text": text,
                        "marks": str(in_turn(said)),
                        "text_points": points(own, rubric),
                        "text_of": len(rubric),
                        "fingerprint": name,
                    }
                )
    for row in rows:
        alike = groups[row["exercise"], row["fingerprint"]]
        row["same_as"] = str(listed(sorted(other for other in alike if other != row["learner"])))
    places = {task.id: place for one in rows for place, task in enumerate(lesson_tasks(one["lesson"]))}
    rows.sort(key=lambda row: (row["lesson"], places[row["exercise"]], row["learner"]))
    return pd.DataFrame(rows, columns=TEXTS).astype({"text_points": "Float64"})


def listed_number(identity: str, cause: str | None) -> int | None:
    """Return which of an exercise's listed mistakes a cause is, counted from 1; `None` for any other cause.

    >>> listed_number("rfm-recency", "mistake:negative_days"), listed_number("rfm-recency", "differs")
    (1, None)
    """
    causes = [mistake.cause for mistake in exercise(identity).mistakes]
    return causes.index(cause) + 1 if cause in causes else None


def learner_table(
    answers: pd.DataFrame, graded: Sequence[Graded], progress: Mapping[str, list[bytes]]
) -> pd.DataFrame:
    """Return one row a learner: points, time, what was wrong, then outcome and points of each exercise."""
    rows = []
    for learner in sorted({one.entry.learner for one in graded}):
        own = answers[answers["learner"] == learner]
        core = own[own["level"] == "core"]
        files = [one for one in graded if one.entry.learner == learner]
        done = work(progress.get(learner, ()))
        row: dict[str, Any] = {
            "learner": learner,
            "points": int(core["points"].sum()),
            "of": int(core["points"].notna().sum()),
            "extra": int(own["points"].sum() - core["points"].sum()),
            "written": int((own["outcome"] == "written").sum()),
            "to_write": int(own["exercise"].map(is_text).sum()),
            "text_points": own["text_points"].sum(min_count=1),
            "text_of": own["text_of"].sum(min_count=1),
            "handed_in": sum(one.result is not None for one in files),
            "attempts": sum(done.tries.values()) if learner in progress else None,
            "minutes": round(done.minutes) if done.minutes is not None else None,
            "run_seconds": round(sum(one.result["seconds"] for one in files if one.result), 1),
            "remark": " ".join(f"{one.entry.file}: {one.reason}" for one in files if one.reason),
        }
        for mark in own.itertuples():
            row[str(mark.exercise)] = outcome_words(mark.outcome, mark.mistake)
            row[f"{mark.exercise} {HEADS['points']}"] = (
                mark.text_points if is_text(mark.exercise) else mark.points
            )
        rows.append(row)
    table = pd.DataFrame(rows)
    return (
        table.astype({"attempts": "Int64", "minutes": "Int64", "text_points": "Float64", "text_of": "Int64"})
        if rows
        else table
    )


def hard_table(answers: pd.DataFrame) -> pd.DataFrame:
    """Return one row an exercise, the hardest first: who tried, who passed, the mistake most made and its advice."""
    rows = []
    judged = answers[answers["points"].notna()]
    tried = judged[judged["outcome"].isin(["passed", "wrong", "error"])]
    for (lesson, identity), own in tried.groupby(["lesson", "exercise"], sort=False):
        passed = int((own["outcome"] == "passed").sum())
        if passed == len(own):
            continue
        known = own[own["cause"].notna() & (own["cause"] != "differs")]
        cause, times = next(iter(Counter(known["cause"]).most_common(1)), (None, None))
        title = next(task.title(language()) for task in lesson_tasks(str(lesson)) if task.id == identity)
        rows.append(
            {
                "exercise": identity,
                "title": title,
                "tried": len(own),
                "passed": passed,
                "share": passed / len(own),
                "mistake": listed_number(str(identity), cause),
                "times": times,
                "advice": known.loc[known["cause"] == cause, "message"].iloc[0] if cause else "",
            }
        )
    columns = ["exercise", "title", "tried", "passed", "share", "mistake", "times", "advice"]
    table = pd.DataFrame(rows, columns=columns).astype({"mistake": "Int64", "times": "Int64"})
    return table.sort_values(["share", "tried"], ascending=[True, False], kind="stable", ignore_index=True)


def file_table(graded: Sequence[Graded]) -> pd.DataFrame:
    """Return one row a file: whose, which lesson, the time and memory of its run, what was wrong."""
    return pd.DataFrame(
        {
            "file": one.entry.file,
            "learner": one.entry.learner,
            "lesson": one.entry.lesson,
            "run_seconds": one.result["seconds"] if one.result else None,
            "memory_mb": round(one.result["memory"] / 1e6) if one.result else None,
            "remark": str(T(zh="", en=" ").join(filter(None, (one.reason, one.entry.note)))),
        }
        for one in graded
    ).astype({"memory_mb": "Int64"})


def outcome_words(outcome: str, mistake: Any) -> str:
    """Return an outcome in words, with the number of a known mistake."""
    if pd.isna(mistake):
        return str(OUTCOMES[outcome])
    return f"{OUTCOMES[outcome]}{T(zh=f'（错法 {mistake}）', en=f' (mistake {mistake})')}"


HEADS = {
    "learner": T(zh="学员", en="learner"),
    "lesson": T(zh="课", en="lesson"),
    "exercise": T(zh="练习", en="exercise"),
    "level": T(zh="程度", en="level"),
    "outcome": T(zh="结果", en="outcome"),
    "cause": T(zh="错因", en="cause"),
    "mistake": T(zh="错法编号", en="known mistake"),
    "points": T(zh="得分", en="points"),
    "of": T(zh="满分", en="of"),
    "written": T(zh="写下的话", en="texts written"),
    "to_write": T(zh="要写的话", en="texts asked"),
    "text_points": T(zh="文字得分", en="points for texts"),
    "text_of": T(zh="文字满分", en="texts marked out of"),
    "text": T(zh="写了什么", en="text"),
    "marks": T(zh="要点和老师的评分", en="points and the trainer's marks"),
    "same_as": T(zh="和谁一字不差", en="same words as"),
    "extra": T(zh="进阶得分", en="stretch points"),
    "handed_in": T(zh="交了几课", en="lessons handed in"),
    "attempts": T(zh="检查次数", en="attempts"),
    "rung": T(zh="做法", en="rung"),
    "minutes": T(zh="用时（分钟）", en="minutes of work"),
    "run_seconds": T(zh="运行秒数", en="seconds to run"),
    "memory_mb": T(zh="内存（MB）", en="memory (MB)"),
    "remark": T(zh="说明", en="remark"),
    "message": T(zh="反馈", en="feedback"),
    "title": T(zh="题目", en="title"),
    "tried": T(zh="做了的人", en="tried"),
    "passed": T(zh="通过的人", en="passed"),
    "share": T(zh="通过率", en="share passed"),
    "times": T(zh="犯这个错的人", en="made it"),
    "advice": T(zh="给他们的话", en="advice"),
    "file": T(zh="文件", en="file"),
}
