"""A graded class on paper: the class page, Excel and CSV for the trainer, and a feedback page for each learner."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
from markupsafe import Markup, escape

from custseg_helpers.course.compose import Task
from custseg_helpers.course.frame import LEVELS
from custseg_helpers.files.folder import write_csv, write_excel
from custseg_helpers.files.page import page, part
from custseg_helpers.files.tables import html_table
from custseg_helpers.files.whole import write_whole
from custseg_helpers.grading.class_tables import (
    COLON,
    HEADS,
    OUTCOMES,
    Graded,
    answer_table,
    file_table,
    hard_table,
    in_words,
    is_text,
    learner_table,
    lesson_tasks,
    outcome_words,
    text_table,
)
from custseg_helpers.grading.text_marks import TextMarks, fingerprint
from custseg_helpers.learn.feedback import SIGNS
from custseg_helpers.learn.lessons import about, exercise
from custseg_helpers.learn.written import MARKS as TEXT_MARKS
from custseg_helpers.words.glossary import headed
from custseg_helpers.words.text import T, language, speaking, verbatim

MARKS = SIGNS | {"not_reached": "…", "missing": "–"}
LONGEST_NAME = 120
"""Bytes of a learner's name in a file name: Linux takes 255 for the whole of it, with what a draft adds."""
PAGE = "grading/templates/class.html.jinja"


def write(
    graded: Sequence[Graded],
    progress: Mapping[str, list[bytes]],
    marks: TextMarks,
    out: Path,
    *,
    seed: int,
    note: T | None = None,
) -> dict[str, pd.DataFrame]:
    """Write `class.html`, `class.xlsx`, the CSV files and a `feedback-NAME.html` a learner; return the tables.

    `marks` are the trainer's, of written answers; `seed` says which data it was graded on, `note` stands on top of the
    class page.
    """
    answers = answer_table(graded, progress, marks)
    tables = {
        "learners": learner_table(answers, graded, progress),
        "answers": answers,
        "texts": text_table(graded, marks).drop(columns="fingerprint"),
        "wrong": hard_table(answers),
        "files": file_table(graded),
    }
    shown = {name: headed(_in_words(table), HEADS) for name, table in tables.items()}
    for name, table in shown.items():
        write_csv(table, out / f"{name}.csv")
    write_excel({str(SHEETS[name]): table for name, table in shown.items()}, out / "class.xlsx")
    write_whole(out / "class.html", class_page(answers, tables, seed, note))
    names = file_names(sorted({one.entry.learner for one in graded}))
    for learner, name in names.items():
        own = [one for one in graded if one.entry.learner == learner]
        write_whole(out / f"feedback-{name}.html", feedback_page(learner, own, marks))
    return tables


def class_page(answers: pd.DataFrame, tables: Mapping[str, pd.DataFrame], seed: int, note: T | None) -> str:
    """Return the class page: who did what, what the class got wrong, every mark, what could not be graded."""
    learners, files = tables["learners"], tables["files"]
    lead = T(
        zh="{n} 位学员，{files} 份练习册。每份都换了一份数据（种子 {seed}）重新运行过，抄来的数字不算。",
        en="{n} learners, {files} workbooks, each run afresh on other data (seed {seed}): a copied number does not count.",
    ).format(n=len(learners), seed=seed, files=int((files["lesson"] != "").sum()))
    parts = (
        [(T(zh="提醒", en="Note"), Markup("<p><strong>{}</strong></p>").format(str(note)))] if note else []
    )
    parts.append((T(zh="每人每课", en="Learner by lesson"), _table(by_lesson(answers, learners))))
    hard = headed(_in_words(tables["wrong"]), HEADS)
    nobody = T(zh="没有。做了的题都对。", en="Nothing: whatever was tried is right.")
    shown = _table(hard) if len(hard) else Markup("<p>{}</p>").format(str(nobody))
    parts.append((T(zh="全班错在哪", en="What the class got wrong"), shown))
    parts.append((SHEETS["texts"], _texts(tables["texts"])))
    trouble = files.loc[files["remark"] != "", ["learner", "file", "remark"]]
    if len(trouble):
        parts.append((T(zh="出了问题的文件", en="Files with trouble"), _table(headed(trouble, HEADS))))
    for lesson in answers["lesson"].unique():
        parts.append((_heading(str(lesson)), _table(matrix(answers[answers["lesson"] == lesson]))))
    parts.append((T(zh="符号", en="Signs"), part("grading/templates/signs.html.jinja", signs=_signs())))
    return page(PAGE, title=T(zh="全班结果", en="The class"), lead=lead, parts=parts)


def _signs() -> list[tuple[str, T]]:
    known = T(
        zh="后面的数字是已知错法的编号，见培训师指南。",
        en="a number behind it is that of a known mistake, see the trainer guide.",
    )
    return [*((MARKS[code], words) for code, words in OUTCOMES.items()), (f"{MARKS['wrong']} 1", known)]


def _heading(lesson: str) -> T:
    return f"{lesson} · " + T(**about(lesson)["title"])


def by_lesson(answers: pd.DataFrame, learners: pd.DataFrame) -> pd.DataFrame:
    """Return learner × lesson: core exercises passed of all, stretch ones behind a plus sign; texts apart."""
    rows = []
    for row in learners.itertuples():
        cells: dict[str, str] = {"learner": str(row.learner)}
        for lesson, own in answers[answers["learner"] == row.learner].groupby("lesson"):
            own = own[own["points"].notna() | (own["outcome"] == "missing")]
            core = own["level"] == "core"
            extra = int(own.loc[~core, "points"].sum())
            done = f"{own.loc[core, 'points'].sum()}/{own.loc[core, 'points'].count()}" + (
                f" +{extra}" if extra else ""
            )
            cells[str(lesson)] = "–" if (own["outcome"] == "missing").all() else done
        total = f"{row.points}/{row.of}" + (f" +{row.extra}" if row.extra else "")
        texts = verbatim(f"{row.written}/{row.to_write}" if row.to_write else "")
        if not pd.isna(row.text_of):
            texts += T(zh="，得分 {points:g}/{of}", en=", points {points:g}/{of}").format(
                points=row.text_points, of=row.text_of
            )
        rows.append(cells | {str(T(zh="合计", en="total")): total, str(HEADS["written"]): str(texts)})
    return headed(pd.DataFrame(rows), HEADS)


def _texts(texts: pd.DataFrame) -> Markup:
    """Return how many texts there are and are marked, and every one that two learners handed in word for word."""
    marked = int(texts["text_points"].notna().sum())
    lead = T(
        zh="{n} 段话由人来读，已评 {marked} 段；全文和评分在 texts.csv。评分：在同一条命令后面加 --mark。",
        en="People read {n} texts; {marked} are marked. The texts and their marks are in texts.csv; to mark them, add --mark to the same command.",
    ).format(n=len(texts), marked=marked)
    alike = texts.loc[texts["same_as"] != "", ["exercise", "learner", "same_as"]]
    return Markup("<p>{}</p>{}").format(str(lead), _table(headed(alike, HEADS)) if len(alike) else "")


def matrix(answers: pd.DataFrame) -> pd.DataFrame:
    """Return learner × exercise of one lesson as signs, with the number of a known mistake and a text's points."""
    signs = answers["outcome"].map(MARKS) + answers["mistake"].map(lambda n: "" if pd.isna(n) else f" {n}")
    signs += [
        "" if pd.isna(row.text_of) else f" {row.text_points:g}/{row.text_of}" for row in answers.itertuples()
    ]
    wide = answers.assign(sign=signs).pivot(index="learner", columns="exercise", values="sign")
    wide = wide[answers["exercise"].unique()].reset_index()
    wide.columns.name = None
    return headed(wide, HEADS)


def feedback_page(learner: str, own: Sequence[Graded], given: TextMarks) -> str:
    """Return a learner's page, in the language of her workbooks: each exercise with its advice, each text with its marks."""
    spoken = next((one.entry.lang for one in own if one.entry.lang), language())
    with speaking(spoken):
        parts = []
        for one in own:
            heading = _heading(one.entry.lesson) if one.entry.lesson else verbatim(one.entry.file)
            trouble = Markup("<p><strong>{}</strong></p>").format(str(one.reason)) if one.reason else ""
            parts.append((heading, trouble + _marks(one, given)))
        marks = [
            mark
            for one in own
            if one.result
            for identity, mark in one.result["exercises"].items()
            if not is_text(identity)
        ]
        lead = T(
            zh="{asked} 题里通过 {passed} 题。数字用公司的另一份数据重新算过，所以和你看到的不同，做法对就算对。",
            en="{passed} of {asked} exercises passed. Your work was run on other data of the same company: the numbers differ from yours, the way counts.",
        ).format(asked=len(marks), passed=sum(mark["outcome"] == "passed" for mark in marks))
        title = learner + T(zh="：作业反馈", en=": feedback")
        return page(PAGE, title=title, lead=lead, parts=parts)


def _marks(one: Graded, given: TextMarks) -> Markup:
    if one.result is None:
        return Markup()
    found = one.result["exercises"]
    marks = [
        _mark(task, found[task.id], given, one.entry.learner)
        for task in lesson_tasks(one.entry.lesson)
        if task.id in found
    ]
    return part("grading/templates/marks.html.jinja", marks=marks)


def _mark(task: Task, mark: Mapping[str, Any], given: TextMarks, learner: str) -> dict[str, Any]:
    """Return an exercise's mark for the page: outcome, sign, title, and what is said of it."""
    said = [mark] if mark["outcome"] == "error" or "cell" not in mark else [mark, mark["cell"]]
    lines = [str(in_words(one)) for one in said]
    if own := given.get((learner, task.id, fingerprint(mark.get("text", "")))):
        rubric = exercise(task.id).words.rubric
        lines += [str(HEADS["marks"] + COLON)]
        lines += [f"· {point}{COLON}{TEXT_MARKS[own[code]]}" for code, point in rubric.items() if code in own]
    words = re.sub(r"`([^`]+)`", r"<code>\1</code>", escape("\n".join(lines)))
    return {
        "outcome": mark["outcome"],
        "sign": MARKS[mark["outcome"]],
        "title": task.title(language()),
        "result": OUTCOMES[mark["outcome"]],
        "words": Markup(words),
    }


def file_names(learners: Sequence[str]) -> dict[str, str]:
    """Return a file name for each learner that every system can write, and no two alike.

    >>> file_names(["王芳", "a/b", "A:B"])
    {'王芳': '王芳', 'a/b': 'a_b', 'A:B': 'A_B-2'}
    """
    names: dict[str, str] = {}
    for learner in learners:
        plain = re.sub(r'[\\/:*?"<>|\s]+', "_", learner).strip("._")
        plain = (
            plain.encode("utf-8", "ignore")[:LONGEST_NAME].decode("utf-8", "ignore").strip("._") or "learner"
        )
        taken, name, number = {used.casefold() for used in names.values()}, plain, 1
        while name.casefold() in taken:
            number += 1
            name = f"{plain}-{number}"
        names[learner] = name
    return names


SHEETS = {
    "learners": T(zh="学员", en="learners"),
    "answers": T(zh="每题", en="answers"),
    "texts": T(zh="写下的话", en="texts"),
    "wrong": T(zh="全班错在哪", en="what went wrong"),
    "files": T(zh="文件", en="files"),
}


def _in_words(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table whose outcomes and shares are written for people."""
    table = table.copy()
    if "outcome" in table:
        table["outcome"] = [outcome_words(outcome, None) for outcome in table["outcome"]]
    if "level" in table:
        table["level"] = [str(LEVELS[level]) for level in table["level"]]
    if "share" in table:
        table["share"] = table["share"].round(2)
    return table


def _table(table: pd.DataFrame) -> Markup:
    """Return a table as HTML, every text as it is: a learner's name may well be a word of the glossary."""
    return html_table(table, codes=False)
