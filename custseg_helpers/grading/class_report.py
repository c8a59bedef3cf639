"""A graded class on paper: the class page, Excel and CSV for the trainer, and a feedback page for each learner."""

import re
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path

import pandas as pd

from custseg_helpers.files.folder import write_csv, write_excel
from custseg_helpers.files.page import page
from custseg_helpers.files.whole import write_whole
from custseg_helpers.grading.class_tables import (
    OUTCOMES,
    Graded,
    answer_table,
    file_table,
    hard_table,
    headed,
    learner_table,
    lesson_tasks,
    outcome_words,
)
from custseg_helpers.learn.feedback import COLOURS, SIGNS
from custseg_helpers.learn.lessons import about
from custseg_helpers.words import text
from custseg_helpers.words.text import Language, T, speaking

MARKS = SIGNS | {"not_reached": "…", "missing": "–"}


def write(
    graded: Sequence[Graded], progress: Mapping[str, list[bytes]], out: Path, *, note: T | None = None
) -> dict[str, pd.DataFrame]:
    """Write `class.html`, `class.xlsx`, the CSV files and a `feedback-NAME.html` a learner; return the tables.

    `note` stands on top of the class page.
    """
    answers = answer_table(graded, progress)
    tables = {
        "learners": learner_table(answers, graded, progress),
        "answers": answers,
        "wrong": hard_table(answers),
        "files": file_table(graded),
    }
    shown = {name: headed(_in_words(table)) for name, table in tables.items()}
    for name, table in shown.items():
        write_csv(table, out / f"{name}.csv")
    write_excel({str(SHEETS[name]): table for name, table in shown.items()}, out / "class.xlsx")
    write_whole(out / "class.html", class_page(answers, tables, note))
    names = file_names(sorted({one.entry.learner for one in graded}))
    for learner, name in names.items():
        own = [one for one in graded if one.entry.learner == learner]
        write_whole(out / f"feedback-{name}.html", feedback_page(learner, own))
    return tables


def class_page(answers: pd.DataFrame, tables: Mapping[str, pd.DataFrame], note: T | None) -> str:
    """Return the class page: who did what, what the class got wrong, every mark, what could not be graded."""
    learners, files = tables["learners"], tables["files"]
    lead = T(
        zh=f"{len(learners)} 位学员，{int((files['lesson'] != '').sum())} 份练习册。每份都换了一个种子重新运行过，数字不是抄来的。",
        en=f"{len(learners)} learners, {int((files['lesson'] != '').sum())} workbooks, each run afresh on another seed of the company.",
    )
    parts = [(T(zh="提醒", en="Note"), f"<p><strong>{escape(str(note))}</strong></p>")] if note else []
    parts.append((T(zh="每人每课", en="Learner by lesson"), _table(by_lesson(answers, learners))))
    hard = headed(_in_words(tables["wrong"]))
    nobody = f"<p>{T(zh='没有。做了的题都对。', en='Nothing: whatever was tried is right.')}</p>"
    parts.append((T(zh="全班错在哪", en="What the class got wrong"), _table(hard) if len(hard) else nobody))
    trouble = files.loc[files["remark"] != "", ["learner", "file", "remark"]]
    if len(trouble):
        parts.append((T(zh="出了问题的文件", en="Files with trouble"), _table(headed(trouble))))
    for lesson in answers["lesson"].unique():
        title = T(**about(str(lesson))["title"])
        heading = T(zh=f"{lesson} · {title.zh}", en=f"{lesson} · {title.en}")
        parts.append((heading, _table(matrix(answers[answers["lesson"] == lesson]))))
    legend = "　".join(f"{MARKS[code]} {words}" for code, words in OUTCOMES.items())
    more = T(
        zh="✗ 后面的数字是已知错法的编号，见培训师指南。",
        en="A number behind ✗ is that of a known mistake, see the trainer guide.",
    )
    parts.append((T(zh="符号", en="Signs"), f"<p>{legend}<br>{more}</p>"))
    return page(str(T(zh="全班结果", en="The class")), str(lead), parts)


def by_lesson(answers: pd.DataFrame, learners: pd.DataFrame) -> pd.DataFrame:
    """Return learner × lesson: core exercises passed of all, stretch ones behind a plus sign."""
    rows = []
    for row in learners.itertuples():
        cells: dict[str, str] = {"learner": str(row.learner)}
        for lesson, own in answers[answers["learner"] == row.learner].groupby("lesson"):
            core = own["level"] == "core"
            extra = int(own.loc[~core, "points"].sum())
            done = f"{own.loc[core, 'points'].sum()}/{core.sum()}" + (f" +{extra}" if extra else "")
            cells[str(lesson)] = "–" if (own["outcome"] == "missing").all() else done
        total = f"{row.points}/{row.of}" + (f" +{row.extra}" if row.extra else "")
        rows.append(cells | {str(T(zh="合计", en="total")): total})
    return headed(pd.DataFrame(rows))


def matrix(answers: pd.DataFrame) -> pd.DataFrame:
    """Return learner × exercise of one lesson as signs, with the number of a known mistake."""
    signs = answers["outcome"].map(MARKS) + answers["mistake"].map(lambda n: "" if pd.isna(n) else f" {n}")
    wide = answers.assign(sign=signs).pivot(index="learner", columns="exercise", values="sign")
    wide = wide[answers["exercise"].unique()].reset_index()
    wide.columns.name = None
    return headed(wide)


def feedback_page(learner: str, own: Sequence[Graded]) -> str:
    """Return a learner's page, in the language of the learner's workbooks: each exercise with its advice."""
    languages = [one.entry.lang for one in own if one.entry.lang]
    spoken: Language = "en" if languages and languages[0] == "en" else "zh"
    with speaking(spoken if languages else text.language()):
        parts = []
        for one in own:
            title = T(**about(one.entry.lesson)["title"]) if one.entry.lesson else None
            heading = (
                T(zh=f"{one.entry.lesson} · {title.zh}", en=f"{one.entry.lesson} · {title.en}")
                if title
                else T(zh=one.entry.file, en=one.entry.file)
            )
            trouble = f"<p><strong>{escape(str(one.reason))}</strong></p>" if one.reason else ""
            parts.append((heading, trouble + _marks(one)))
        marks = [mark for one in own if one.result for mark in one.result["exercises"].values()]
        asked, passed = len(marks), sum(mark["outcome"] == "passed" for mark in marks)
        lead = T(
            zh=f"{asked} 题里通过 {passed} 题。数字用公司的另一份数据重新算过，所以和你看到的不同，做法对就算对。",
            en=f"{passed} of {asked} exercises passed. Your work was run on other data of the same company: the numbers differ from yours, the way counts.",
        )
        return page(str(T(zh=f"{learner}：作业反馈", en=f"{learner}: feedback")), str(lead), parts)


def _marks(one: Graded) -> str:
    if one.result is None:
        return ""
    found = []
    for task in lesson_tasks(one.entry.lesson):
        if (mark := one.result["exercises"].get(task.id)) is None:
            continue
        said = [mark] if mark["outcome"] == "error" or "cell" not in mark else [mark, mark["cell"]]
        words = escape("\n".join(words[text.language()] for words in said))
        words = re.sub(r"`([^`]+)`", r"<code>\1</code>", words).replace("\n", "<br>")
        colour = COLOURS.get(mark["outcome"], COLOURS["todo"])
        head = f"{MARKS[mark['outcome']]} {task.title(text.language())}"
        found.append(
            f'<div style="border-left:5px solid {colour};padding:.2em .8em;margin:.8em 0">'
            f'<strong style="color:{colour}">{escape(head)}　{escape(str(OUTCOMES[mark["outcome"]]))}</strong><br>{words}</div>'
        )
    return "\n".join(found)


def file_names(learners: Sequence[str]) -> dict[str, str]:
    """Return a file name for each learner that every system can write, and no two alike.

    >>> file_names(["王芳", "a/b", "A:B"])
    {'王芳': '王芳', 'a/b': 'a_b', 'A:B': 'A_B-2'}
    """
    names: dict[str, str] = {}
    for learner in learners:
        plain = re.sub(r'[\\/:*?"<>|\s]+', "_", learner).strip("._")[:60] or "learner"
        taken, name, number = {used.casefold() for used in names.values()}, plain, 1
        while name.casefold() in taken:
            number += 1
            name = f"{plain}-{number}"
        names[learner] = name
    return names


SHEETS = {
    "learners": T(zh="学员", en="learners"),
    "answers": T(zh="每题", en="answers"),
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


LEVELS = {"core": T(zh="基础", en="core"), "stretch": T(zh="进阶", en="stretch")}


def _table(table: pd.DataFrame) -> str:
    """Return a table as HTML, every text as it is: a learner's name may well be a word of the glossary."""
    right = [' class="n"' if pd.api.types.is_numeric_dtype(table[name]) else "" for name in table]
    head = "".join(f"<th{side}>{escape(str(name))}</th>" for name, side in zip(table, right, strict=True))
    rows = "".join(
        "<tr>"
        + "".join(
            f"<td{side}>{'' if pd.isna(value) else escape(str(value))}</td>"
            for value, side in zip(row, right, strict=True)
        )
        + "</tr>"
        for row in table.itertuples(index=False)
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
