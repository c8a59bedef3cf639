"""What came back of the forms: how many answered what, means and spreads, and everything that was written."""

import json
from collections import Counter
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pandas as pd
from markupsafe import Markup

from custseg_helpers.files.folder import MANIFEST, harmless, whole_folder, write_csv, write_excel
from custseg_helpers.files.page import html_list, page, part
from custseg_helpers.files.tables import html_table
from custseg_helpers.files.whole import write_whole
from custseg_helpers.teach.forms import FORMS, possible, questions, source
from custseg_helpers.words.glossary import headed
from custseg_helpers.words.text import T, UserError

LARGEST = 20_000_000
MARK = "custseg_form"
HEADS = {
    "form": T(zh="表", en="form"),
    "question": T(zh="题目", en="question"),
    "answered": T(zh="答了的人", en="answered"),
    "mean": T(zh="平均", en="mean"),
    "answer": T(zh="回答", en="answer"),
    "people": T(zh="人数", en="people"),
    "name": T(zh="名字", en="name"),
    "file": T(zh="文件", en="file"),
}


def filled_in(folder: Path) -> tuple[list[dict[str, Any]], list[str]]:
    """Return the filled-in forms of a folder, each once, and the files without any.

    A file may hold one form, or many with anything between them: a chat copied into a text file will do. A form that
    was sent twice counts as it was sent last (by file name).
    """
    if not folder.is_dir():
        raise UserError(zh=f"没有文件夹“{folder}”。", en=f"There is no folder “{folder}”.")
    found: dict[str, dict[str, Any]] = {}
    without = []
    for path in sorted(folder.rglob("*")):
        if not path.is_file() or path.name.startswith("."):
            continue
        text = path.read_bytes()[:LARGEST].decode("utf-8-sig", errors="replace")
        forms = [form for form in map(_checked, _objects(text)) if form]
        for form in forms:
            key = form["id"] or f"{path}#{len(found)}"
            found.pop(key, None)
            found[key] = form | {"file": path.relative_to(folder).as_posix()}
        if not forms:
            without.append(path.relative_to(folder).as_posix())
    return list(found.values()), without


def number_table(form: str, filled: Sequence[dict[str, Any]]) -> pd.DataFrame:
    """Return one row for each question with numbers or choices and each of its answers: how many people gave it."""
    rows = []
    for question in questions(form):
        if question["kind"] == "text":
            continue
        given = [one["answers"][question["id"]] for one in filled if question["id"] in one["answers"]]
        picked = Counter(
            value for answer in given for value in (answer if isinstance(answer, list) else [answer])
        )
        numbers = [answer for answer in given if isinstance(answer, int)]
        mean = round(sum(numbers) / len(numbers), 2) if numbers else None
        for code, words in possible(question):
            rows.append((str(question["text"]), len(given), mean, str(words), picked[code]))
    return pd.DataFrame(rows, columns=["question", "answered", "mean", "answer", "people"])


def text_table(form: str, filled: Sequence[dict[str, Any]]) -> pd.DataFrame:
    """Return one row for each written answer, without the name of who wrote it."""
    rows = [
        (str(question["text"]), one["answers"][question["id"]])
        for question in questions(form)
        if question["kind"] == "text"
        for one in filled
        if question["id"] in one["answers"]
    ]
    return pd.DataFrame(rows, columns=["question", "answer"])


def summarise(folder: Path, out: Path) -> T:
    """Write `summary.html`, `summary.xlsx` and `answers-FORM.csv` for a folder of filled-in forms; say what was found."""
    filled, without = filled_in(folder)
    if not filled:
        raise UserError(
            zh=f"“{folder}”里没有填好的表。要的是学员点“保存”得到的 .json 文件，或粘贴了那段文字的文本文件。",
            en=f"There is no filled-in form in “{folder}”: put in the .json files that learners saved, or a text with what they copied.",
        )
    if out.resolve() == folder.resolve():
        raise UserError(zh="--out 不能是放表的文件夹。", en="--out cannot be the folder of the forms.")
    parts: list[tuple[T, Markup]] = []
    sheets = {}
    with whole_folder(out) as draft:
        for form in FORMS:
            own = [one for one in filled if one[MARK] == form]
            if own:
                title = T(**source()[form]["title"])
                numbers, texts = number_table(form, own), text_table(form, own)
                people = title + T(zh="：{n} 份", en=": {n} forms").format(n=len(own))
                parts.append((people, _shown(numbers, texts)))
                sheets[str(title)] = _headed(numbers)
                sheets[f"{title}{T(zh='（文字）', en=' (written)')}"] = _headed(texts)
                write_csv(_answers(form, own), draft / f"answers-{form}.csv")
        if without:
            parts.append((T(zh="不是表的文件", en="Files without a form"), html_list(without)))
        lead = T(
            zh="写下来的话按题目排，不带名字；每个人的完整回答在 answers-*.csv 里。",
            en="What was written stands under its question, without names; each person's answers are in answers-*.csv.",
        )
        title = T(zh="收回的表", en="What came back")
        made = page("teach/templates/summary.html.jinja", title=title, lead=lead, parts=parts)
        write_whole(draft / "summary.html", made)
        write_excel(sheets, draft / "summary.xlsx")
        manifest = {"command": "forms", "version": version("custseg"), "forms": len(filled)}
        write_whole(draft / MANIFEST, json.dumps(manifest, indent=2, sort_keys=True) + "\n")
    return T(
        zh="{forms} 份表，{other} 个别的文件。请看 {page}",
        en="{forms} forms, {other} other files. See {page}",
    ).format(forms=len(filled), other=len(without), page=out / "summary.html")


def _objects(text: str) -> list[Any]:
    """Return every JSON object in a text that begins as a filled-in form does."""
    found, place, read = [], 0, json.JSONDecoder().raw_decode
    while (place := text.find(f'{{"{MARK}"', place)) >= 0:
        try:
            value, place = read(text, place)
            found.append(value)
        except (ValueError, RecursionError):
            place += 1
    return found


def _checked(form: dict[str, Any]) -> dict[str, Any] | None:
    """Return a form with the answers that its questions allow, or nothing when it is none of ours."""
    given = form.get("answers")
    if form[MARK] not in FORMS or not isinstance(given, dict):
        return None
    answers: dict[str, Any] = {}
    for question in questions(form[MARK]):
        answer, codes = given.get(question["id"]), [code for code, _ in possible(question)]
        if question["kind"] == "text":
            if isinstance(answer, str) and answer.strip():
                answers[question["id"]] = answer.strip()[:4000]
        elif question["kind"] == "several":
            if isinstance(answer, list) and (known := [code for code in codes if code in answer]):
                answers[question["id"]] = known
        elif not isinstance(answer, bool | list | dict) and answer in codes:
            answers[question["id"]] = answer
    name = form.get("name") if isinstance(form.get("name"), str) else ""
    return {MARK: form[MARK], "id": str(form.get("id") or ""), "name": str(name)[:80], "answers": answers}


def _answers(form: str, filled: Sequence[dict[str, Any]]) -> pd.DataFrame:
    """Return one row a person, one column a question."""
    rows = []
    for one in filled:
        row = {"file": one["file"], "name": one["name"]}
        for question in questions(form):
            answer, words = one["answers"].get(question["id"]), dict(possible(question))
            given = answer if isinstance(answer, list) else [answer]
            row[str(question["text"])] = (
                "" if answer is None else "; ".join(str(words.get(a, a)) for a in given)
            )
        rows.append(row)
    return _headed(pd.DataFrame(rows))


def _headed(table: pd.DataFrame) -> pd.DataFrame:
    return headed(harmless(table), HEADS)


def _shown(numbers: pd.DataFrame, texts: pd.DataFrame) -> Markup:
    """Return what was answered as HTML: counts with bars, then what people wrote."""
    asked = []
    for question, rows in numbers.groupby("question", sort=False):
        answered, mean = int(rows["answered"].iloc[0]), rows["mean"].iloc[0]
        about = T(zh="{n} 人答", en="{n} answered").format(n=answered)
        if pd.notna(mean):
            about += f" · {HEADS['mean']} {mean:.1f}"
        bars = rows[["answer", "people"]].assign(share=rows["people"] / max(answered, 1))
        shown = html_table(
            _headed(bars.reset_index(drop=True)).rename(columns={"share": ""}), {"": _bar}, codes=False
        )
        asked.append((question, about, shown))
    written = [(q, html_list(list(rows["answer"]))) for q, rows in texts.groupby("question", sort=False)]
    return part("teach/templates/answers.html.jinja", asked=asked, written=written)


def _bar(share: float) -> Markup:
    return Markup('<div class="bar"><i style="width:{:.0%}"></i></div>').format(share)
