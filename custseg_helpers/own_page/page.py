"""The own-data page: from a file to a report by mouse alone, in JupyterLab, under Voilà and in the browser.

Everything that decides anything stands in `steps`; here are the controls. What the page does is what
`custseg audit company.toml` and `custseg run company.toml` do in a terminal.
"""

from collections.abc import Callable, Sequence
from contextlib import contextmanager
from html import escape
from pathlib import Path
from typing import Any

from custseg_helpers.company.schema import TABLES
from custseg_helpers.explore.still import Shown
from custseg_helpers.mapping.columns import MAPPED
from custseg_helpers.mapping.company_toml import is_own_data
from custseg_helpers.mapping.draft import Draft, draft
from custseg_helpers.mapping.draft_toml import called
from custseg_helpers.own_page import steps
from custseg_helpers.own_page.asking import refuse_what_is_no_orders
from custseg_helpers.own_page.form import (
    NOT_USED,
    column_form,
    decision_form,
    moot,
    question_cards,
    row,
    show_columns,
)
from custseg_helpers.own_page.html import alert, busy, outcome_html, preview_html
from custseg_helpers.own_page.reopen import companies, reopened
from custseg_helpers.reading.sheet import Sheet
from custseg_helpers.words.text import T, UserError, listed

TITLE = T(zh="自己的数据：从文件到报告", en="Your own data: from file to report")
HEADS = (
    T(zh="1. 选文件", en="1. Choose files"),
    T(zh="2. 每个工作表是什么", en="2. What each sheet is"),
    T(zh="3. 要你回答的", en="3. Questions to you"),
    T(zh="4. 每一列是什么", en="4. What each column is"),
    T(zh="5. 约定", en="5. Decisions"),
    T(zh="6. 读出来是这样", en="6. What was read"),
    T(zh="7. 检查与报告", en="7. Audit and report"),
)
HERE = T(
    zh="从系统导出的订单表，原样上传就行，不用先整理。文件不离开这台电脑，和 company.toml 一起放在 own 文件夹里。",
    en="Upload the table of orders as your system exports it; nothing needs tidying first. It stays on this computer, in the folder own, together with company.toml.",
)
VISITOR = T(
    zh="文件只在这台电脑上处理，不会发到别处；关掉这一页，它们就被删除。结果请先下载。",
    en="Your files are worked on by this computer and go nowhere else; when you close this page, they are deleted. Download the results first.",
)
KEPT = T(zh="上次的映射另存为 {n}。", en="The mapping from last time is kept as {n}.")
REOPENED = T(
    zh="打开了“{f}”：上次的约定都在。改动会写进 own/company.toml，原来的那份另存。",
    en="“{f}” is open, with all that was decided. Changes are written to own/company.toml; what was there is kept.",
)
STORED = T(
    zh="{n} 已放在一起，下次出报告就用。", en="{n} is stored beside the mapping; the next report uses it."
)
STEPS = {
    "read": T(zh="读取与清理……", en="Reading and cleaning …"),
    "tag": T(zh="打标签、分层……", en="Tagging and tiering …"),
    "write": T(zh="作图、写出结果……", en="Drawing and writing …"),
}


def visit() -> Shown:
    """Show the page to a visitor of `custseg app`: in a folder of her own that goes when she leaves."""
    import atexit
    from tempfile import TemporaryDirectory

    folder = TemporaryDirectory(prefix="visit-", dir=Path.cwd())
    atexit.register(folder.cleanup)
    return show(folder.name, VISITOR)


def show(folder: Path | str = "own", about: T = HERE) -> Shown:
    """Show the page; uploaded files, `company.toml`, audit and result are kept in `folder`.

    `about` says where the files are; a visitor (`VISITOR`) uploads hers and is not shown what lies there.
    """
    import ipywidgets as W

    from custseg_helpers.own_page.upload import Upload

    home = Path(folder)
    state: dict[str, Any] = {"sheets": [], "tables": None, "draft": None, "mapping": home / steps.MAPPING}
    wide = W.Layout(width="28em", max_width="100%")
    blue = {"button_color": "#0b57a4", "text_color": "white"}

    there = W.SelectMultiple(layout=wide, description=str(T(zh="已有文件", en="Files here")))
    use = W.Button(description=str(T(zh="用这些文件", en="Use these")), style=blue)
    before = W.Dropdown(layout=wide, description=str(T(zh="已有公司", en="Companies")))
    go_on = W.Button(description=str(T(zh="接着做", en="Go on with it")), style=blue)
    again = W.Button(description=str(T(zh="刷新列表", en="Look again")))
    said, seen, told = W.HTML(), W.HTML(), W.HTML()
    sheets, cards, fields, decisions = W.VBox(), W.VBox(), W.VBox(), W.VBox()
    audit = W.Button(description=str(T(zh="检查数据", en="Audit the data")), disabled=True)
    run = W.Button(description=str(T(zh="分层并出报告", en="Tiers and report")), style=blue, disabled=True)

    @contextmanager
    def answer(place: Any) -> Any:
        """Show what goes wrong as a message in its place."""
        try:
            yield
        except UserError as error:
            place.value = alert(str(error))
        except Exception as error:
            what = T(zh="没有成功：{e}", en="That did not work: {e}")
            place.value = alert(str(what.format(e=f"{type(error).__name__}: {error}")))

    def clear() -> None:
        sheets.children = cards.children = fields.children = decisions.children = ()
        seen.value = told.value = ""
        audit.disabled = run.disabled = True

    def open_files(files: Sequence[Path]) -> None:
        clear()
        with answer(said):
            state["sheets"] = []
            for done, file in enumerate(files):
                said.value = busy(_reading(file), done, len(files))
                state["sheets"] += steps.sheets_in(file)
            said.value = busy(T(zh="正在认每一列……", en="Looking at every column …"))
            refuse_what_is_no_orders(state["sheets"])
            state["tables"] = None
            kept = steps.set_aside(home)
            propose()
            notes = [
                note for sheet in state["sheets"] for note in sheet.notes if sheet.about["kind"] != "excel"
            ]
            notes += state["draft"].notes
            if kept:
                notes.append(KEPT.format(n=kept.name))
            said.value = "".join(f"<p>{escape(str(text))}</p>" for text in notes)
            sheets.children = [sheet_row(place, sheet) for place, sheet in enumerate(state["sheets"])]
            look()

    def open_mapping(path: Path) -> None:
        clear()
        with answer(said):
            said.value = busy(_reading(path))
            state["draft"], state["mapping"] = reopened(path, home, alone=about is VISITOR), path
            show_draft()
            said.value = f"<p>{escape(str(REOPENED.format(f=path.as_posix())))}</p>"
            look()

    def sheet_row(place: int, sheet: Sheet) -> Any:
        names = [(str(TABLES[table]), table) for table in MAPPED]
        choice = W.Dropdown(
            options=[*names, (str(T(zh="不用", en="not used")), NOT_USED)],
            value=steps.table_now(state["draft"], sheet) or NOT_USED,
            layout=wide,
        )

        def choose(change: Any) -> None:
            if state["tables"] is None:
                state["tables"] = [steps.table_now(state["draft"], one) for one in state["sheets"]]
            state["tables"][place] = change["new"] or None
            with answer(seen):
                propose()
                look()

        choice.observe(choose, names="value")
        size = T(zh="{r:,} 行 {c} 列", en="{r:,} rows, {c} columns").format(
            r=len(sheet.frame), c=sheet.frame.shape[1]
        )
        return row(called(sheet), choice, below=f"<br>{size}")

    def propose() -> None:
        state["draft"] = draft(state["sheets"], state["tables"])
        state["mapping"] = steps.save(state["draft"], home)
        show_draft()

    def show_draft() -> None:
        now = state["draft"]
        fields.children = [column_form(now, table, correct) for table in now.parts]
        decisions.children = decision_form(now, decide)
        show_cards()

    def show_cards() -> None:
        none = W.HTML(f"<p>{T(zh='没有要问的。', en='None.')}</p>")
        cards.children = question_cards(state["draft"], decide) or [none]

    def correct(table: str, column: str, standard: str | None) -> None:
        with answer(seen):
            change(steps.assigned(state["draft"], table, column, standard))
            decisions.children = decision_form(state["draft"], decide)
            look()

    def decide(how: Callable[[Draft], Draft]) -> None:
        with answer(seen):
            before = state["draft"]
            change(how(before))
            now = state["draft"]
            if (before["as_of"], moot(before)) != (now["as_of"], moot(now)):
                decisions.children = decision_form(now, decide)
            look()

    def change(now: Draft) -> None:
        """Take over a draft that a person changed, write it, and let the controls follow."""
        questions, state["draft"] = state["draft"].questions, now
        if state["mapping"] != home / steps.MAPPING:
            steps.set_aside(home)
        state["mapping"] = steps.save(now, home)
        for place, table in enumerate(now.parts):
            show_columns(fields.children[place], now, table)
        if now.questions != questions:
            show_cards()

    def look() -> None:
        audit.disabled = run.disabled = True
        told.value, seen.value = "", busy(T(zh="正在算一遍……", en="Counting …"))
        found = steps.preview(state["draft"], state["mapping"])
        seen.value = preview_html(found)
        run.disabled = found.problem is not None
        audit.disabled = steps.waiting(state["draft"]) > 0

    def work(name: str) -> None:
        def step(begun: str) -> None:
            told.value = busy(STEPS[begun], list(STEPS).index(begun), len(STEPS))

        before = audit.disabled, run.disabled
        with answer(told):
            audit.disabled = run.disabled = True
            told.value = busy(T(zh="正在计算……", en="Working …"))
            words = steps.command(name, state["mapping"], home, step)
            told.value = outcome_html(name, home, state["mapping"], words, stays=about is not VISITOR)
        audit.disabled, run.disabled = before

    def uploaded(contents: dict[str, bytes]) -> None:
        with answer(said):
            if about is VISITOR:
                steps.check_room(home, sum(map(len, contents.values())))
            if steps.MAPPING in contents:
                steps.set_aside(home)
            files = steps.store(contents, home)
            refresh()
            mapping = next((file for file in files if file.suffix == ".toml" and is_own_data(file)), None)
            tables = [file for file in files if file.suffix.lower() in steps.KINDS]
            if mapping:
                open_mapping(mapping)
            elif tables:
                open_files(tables)
            else:
                names = listed(file.name for file in files)
                said.value = f"<p>{escape(str(STORED.format(n=names)))}</p>"

    def refresh(_: Any = None) -> None:
        if about is not VISITOR:
            there.options, before.options = _files(home), companies(home)
            before.index = 0 if before.options else None
            earlier.layout.display = None if before.options else "none"

    earlier = W.HBox([before, go_on])
    use.on_click(lambda _: open_files(there.value) if there.value else None)
    go_on.on_click(lambda _: open_mapping(before.value) if before.value else None)
    again.on_click(refresh)
    audit.on_click(lambda _: work("audit"))
    run.on_click(lambda _: work("run"))
    refresh()
    lists = [earlier, W.HBox([there, W.VBox([use, again])])]
    upload = Upload(uploaded, (*steps.KINDS, *steps.BESIDE))
    blocks = (
        [W.HTML(f"<p>{about}</p>"), upload, *([] if about is VISITOR else lists), said],
        [sheets],
        [cards],
        [fields],
        [decisions],
        [seen],
        [W.HBox([audit, run]), told],
    )
    box = W.VBox(
        [
            W.VBox([W.HTML(f"<h3 style='margin:.3em 0'>{head}</h3>"), *inside])
            for head, inside in zip(HEADS, blocks, strict=True)
        ]
    )
    idle = T(zh="这一页要在 JupyterLab 里运行。", en="This page needs to be run, in JupyterLab.")
    return Shown(box, text=str(TITLE), html=f"<p>{idle}</p>")


def _reading(file: Path) -> T:
    size = file.stat().st_size / 1e6 if file.exists() else 0
    return T(zh="正在读 {f}（{s:.1f} MB）……", en="Reading {f} ({s:.1f} MB) …").format(f=file.name, s=size)


def _files(home: Path) -> list[tuple[str, Path]]:
    found = [*steps.tables_in(home), *(steps.tables_in(Path()) if home != Path() else [])]
    return [(file.as_posix(), file) for file in found]
