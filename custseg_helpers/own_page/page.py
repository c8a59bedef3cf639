"""The own-data page: from a file to a report by mouse alone, in JupyterLab, under Voilà and in the browser.

Everything that decides anything stands in `adapt_steps`; here are the controls. What the page does is what
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
from custseg_helpers.mapping.draft import Draft, draft
from custseg_helpers.mapping.draft_toml import called
from custseg_helpers.mapping.propose import table_of
from custseg_helpers.own_page import steps
from custseg_helpers.own_page.form import NOT_USED, column_form, decision_form, row, show_columns
from custseg_helpers.own_page.html import alert, outcome_html, preview_html
from custseg_helpers.reading.sheet import Sheet
from custseg_helpers.words.text import T, UserError

TITLE = T(zh="自己的数据：从文件到报告", en="Your own data: from file to report")
HEADS = (
    T(zh="1. 选文件", en="1. Choose files"),
    T(zh="2. 每个工作表是什么", en="2. What each sheet is"),
    T(zh="3. 每一列是什么", en="3. What each column is"),
    T(zh="4. 约定", en="4. Decisions"),
    T(zh="5. 读出来是这样", en="5. What was read"),
    T(zh="6. 检查与报告", en="6. Audit and report"),
)
LARGE = T(
    zh="文件不离开这台电脑。超过 10 MB 的文件请先拖到左边的文件栏，再在下面选。",
    en="The file stays on this computer. Drag files over 10 MB into the file panel on the left, then choose them below.",
)
VISITOR = T(
    zh="文件只在这台电脑上处理，不会发到别处；关掉这一页，它们就被删除。结果请先下载。",
    en="Your files are worked on by this computer and go nowhere else; when you close this page, they are deleted. Download the results first.",
)


def visit() -> Shown:
    """Show the page to a visitor of `custseg app`: in a folder of her own that goes when she leaves."""
    import atexit
    from tempfile import TemporaryDirectory

    folder = TemporaryDirectory(prefix="visit-", dir=Path.cwd())
    atexit.register(folder.cleanup)
    return show(folder.name, VISITOR)


def show(folder: Path | str = "own", about: T = LARGE) -> Shown:
    """Show the page; uploaded files, `company.toml`, audit and result are kept in `folder`.

    `about` says where the files are; a visitor (`VISITOR`) uploads hers and is not shown what lies there.
    """
    import ipywidgets as W

    home = Path(folder)
    state: dict[str, Any] = {"sheets": [], "tables": [], "draft": None, "quiet": False}
    wide = W.Layout(width="28em", max_width="100%")

    upload = W.FileUpload(
        multiple=True, accept=",".join(steps.KINDS), description=str(T(zh="上传", en="Upload"))
    )
    there = W.SelectMultiple(
        options=_files(home), layout=wide, description=str(T(zh="或选文件", en="or choose"))
    )
    use = W.Button(
        description=str(T(zh="用这些文件", en="Use these")),
        style={"button_color": "#0b57a4", "text_color": "white"},
    )
    again = W.Button(description=str(T(zh="刷新列表", en="Look again")))
    said, sheets, fields, decisions, seen, told = W.HTML(), W.VBox(), W.VBox(), W.VBox(), W.HTML(), W.HTML()
    audit = W.Button(description=str(T(zh="检查数据", en="Audit the data")))
    run = W.Button(
        description=str(T(zh="分层并出报告", en="Tiers and report")),
        style={"button_color": "#0b57a4", "text_color": "white"},
    )

    @contextmanager
    def answer(place: Any) -> Any:
        """Show what goes wrong as a message in its place."""
        try:
            yield
        except UserError as error:
            place.value = alert(str(error))
        except Exception as error:
            place.value = alert(
                str(
                    T(zh="没有成功：{e}", en="That did not work: {e}").format(
                        e=f"{type(error).__name__}: {error}"
                    )
                )
            )

    def open_files(files: Sequence[Path]) -> None:
        with answer(said):
            said.value = f"<p>{T(zh='正在读……', en='Reading …')}</p>"
            state["sheets"] = steps.sheets_of(files)
            state["tables"] = [table_of(sheet) for sheet in state["sheets"]]
            if "orders" not in state["tables"]:
                state["tables"][0] = "orders"
            kept = steps.set_aside(home)
            notes = [
                str(note)
                for sheet in state["sheets"]
                for note in sheet.notes
                if sheet.about["kind"] != "excel"
            ]
            if kept:
                notes.append(
                    str(
                        T(
                            zh="上次的映射另存为 {n}。", en="The mapping from last time is kept as {n}."
                        ).format(n=kept.name)
                    )
                )
            said.value = "".join(f"<p>{escape(text)}</p>" for text in notes)
            sheets.children = [sheet_row(place, sheet) for place, sheet in enumerate(state["sheets"])]
            propose()

    def sheet_row(place: int, sheet: Sheet) -> Any:
        names = [(str(TABLES[table]), table) for table in MAPPED]
        choice = W.Dropdown(
            options=[*names, (str(T(zh="不用", en="not used")), NOT_USED)],
            value=state["tables"][place] or NOT_USED,
            layout=wide,
        )

        def choose(change: Any) -> None:
            state["tables"][place] = change["new"] or None
            with answer(said):
                propose()

        choice.observe(choose, names="value")
        size = T(zh="{r:,} 行 {c} 列", en="{r:,} rows, {c} columns").format(
            r=len(sheet.frame), c=sheet.frame.shape[1]
        )
        return row(called(sheet), choice, below=f"<br>{size}")

    def propose() -> None:
        state["draft"] = draft(state["sheets"], state["tables"])
        told.value = ""
        fields.children = [column_form(state["draft"], table, correct) for table in state["draft"].parts]
        decisions.children = decision_form(state["draft"], decide)
        look()

    def correct(table: str, column: str, standard: str | None) -> None:
        with answer(seen):
            state["draft"] = steps.assigned(state["draft"], table, column, standard)
            for place, part in enumerate(state["draft"].parts):
                if part == table:
                    show_columns(fields.children[place], state["draft"], table)
            decisions.children = decision_form(state["draft"], decide)
            look()

    def decide(change: Callable[[Draft], Draft]) -> None:
        with answer(seen):
            before, state["draft"] = state["draft"], change(state["draft"])
            if before["as_of"] is None and state["draft"]["as_of"] is not None:
                decisions.children = decision_form(state["draft"], decide)
            look()

    def look() -> None:
        found = steps.preview(state["draft"], home)
        seen.value = preview_html(found)
        audit.disabled = run.disabled = found.problem is not None
        told.value = ""

    def work(name: str, button: Any) -> None:
        with answer(told):
            button.disabled = True
            told.value = f"<p>{T(zh='正在计算……', en='Working …')}</p>"
            told.value = outcome_html(name, home, steps.command(name, home))
        button.disabled = False

    def uploaded(_: Any) -> None:
        if upload.value:
            with answer(said):
                files = steps.store({file["name"]: bytes(file["content"]) for file in upload.value}, home)
                there.options = _files(home)
                open_files(files)

    def refresh(_: Any) -> None:
        there.options = _files(home)

    upload.observe(uploaded, names="value")
    use.on_click(lambda _: open_files(there.value) if there.value else None)
    again.on_click(refresh)
    audit.on_click(lambda button: work("audit", button))
    run.on_click(lambda button: work("run", button))
    audit.disabled = run.disabled = True
    blocks = (
        [
            W.HTML(f"<p>{about}</p>"),
            upload,
            *([] if about is VISITOR else [W.HBox([there, W.VBox([use, again])])]),
            said,
        ],
        [sheets],
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


def _files(home: Path) -> list[tuple[str, Path]]:
    found = [*steps.tables_in(home), *(steps.tables_in(Path()) if home != Path() else [])]
    return [(file.as_posix(), file) for file in found]
