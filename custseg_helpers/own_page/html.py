"""What the own-data page shows, as HTML: messages, the preview, what a command gave."""

from base64 import b64encode
from html import escape
from pathlib import Path

import pandas as pd

from custseg_helpers.looks.tables import table_html
from custseg_helpers.own_page import steps
from custseg_helpers.words.glossary import labelled
from custseg_helpers.words.text import T


def preview_html(found: steps.Preview) -> str:
    """Return what was read, and what was left out and why, as HTML; or the one thing to put right first."""
    if found.problem is not None:
        return alert(found.problem)
    head = T(
        zh="读入 {r:,} 行，计入 {k:,} 行：{c:,} 位客户，净额 {n:,.2f}（{m}）。",
        en="{r:,} rows read, {k:,} count: {c:,} customers, {n:,.2f} net ({m}).",
    ).format(r=found.rows, k=found.kept, c=found.customers, n=found.net, m=found.currency)
    parts = [f"<p><b>{head}</b></p>", *(f"<p>{escape(str(note))}</p>" for note in found.notes)]
    if found.left_out:
        names = "".join(f"<li>{escape(reason)}: {n:,}</li>" for reason, n in found.left_out.items())
        parts.append(f"<p>{T(zh='没有计入的：', en='Left out:')}</p><ul>{names}</ul>")
    parts.append(_scroll(_plain(found.lines)))
    if len(found.unread):
        parts.append(
            f"<p>{T(zh='读不懂的值：', en='Values that could not be read:')}</p>{_scroll(_plain(found.unread))}"
        )
    return "".join(parts)


def outcome_html(name: str, home: Path, mapping: Path, words: str, *, stays: bool) -> str:
    """Return what a command said, with its page and a download of all it wrote; where it lies if it `stays` there."""
    folder, page = {"audit": (home / "audit", "audit.html"), "run": (home / "result", "report.html")}[name]
    html = (folder / page).read_text(encoding="utf-8")
    links = [
        _download(page, "text/html", html.encode()),
        _download(f"{folder.name}.zip", "application/zip", steps.packed(folder)),
    ]
    made_by = _download(steps.MAPPING, "text/plain", mapping.read_bytes())
    frame = f"<iframe srcdoc='{escape(html)}' title='{page}' style='width:100%;height:32em;border:1px solid #bbb'></iframe>"
    lies = T(zh="都在文件夹 {f}。", en="All of it is in the folder {f}.").format(f=escape(folder.as_posix()))
    place = lies if stays else ""
    return f"<pre style='white-space:pre-wrap'>{escape(words)}</pre><p>{' · '.join([*links, made_by])}<br>{place}</p>{frame}"


def busy(text: T, done: int = 0, of: int = 0) -> str:
    """Return what is being done, as HTML, with a bar of how far it is; it only moves where that is not known."""
    far = f"value='{done}' max='{of}'" if of else ""
    said = escape(str(text))
    return f"<p role='status'><progress {far} style='width:12em' aria-label='{said}'></progress> {said}</p>"


def alert(text: str) -> str:
    """Return a message that asks for something, as HTML."""
    return f"<div role='alert' style='border-left:5px solid #b04a00;padding:.4em .8em;white-space:pre-wrap'>{escape(text)}</div>"


def _plain(table: pd.DataFrame) -> pd.DataFrame:
    return table.astype(object).where(table.notna(), "")


def _scroll(table: pd.DataFrame) -> str:
    return f"<div style='overflow-x:auto'>{table_html(labelled(table))}</div>"


def _download(name: str, kind: str, content: bytes) -> str:
    data = b64encode(content).decode()
    words = T(zh="下载 {n}", en="Download {n}").format(n=name)
    return f"<a style='color:#0b57a4;text-decoration:underline' download='{name}' href='data:{kind};base64,{data}'>{words}</a>"
