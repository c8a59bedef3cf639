"""A notebook as it is saved: what a widget showed stays as plain HTML, what only moved it says how to wake it.

Widgets die with their kernel; a notebook opened the next morning would say “model not found” in their place. The lab's
server hands every notebook to `as_reopened` before it writes the file (`ContentsManager.pre_save_hook`).
"""

from base64 import b64decode
from typing import Any

from custseg_helpers.explore.still import KEPT, WIDGET, asleep, kept_html, picture_html


def as_reopened(model: dict[str, Any], **_: Any) -> None:
    """Change a notebook that is about to be saved, in place; anything else is left alone."""
    if model.get("type") != "notebook" or not model.get("content"):
        return
    content = model["content"]
    content.get("metadata", {}).pop("widgets", None)
    for cell in content.get("cells", ()):
        if any(WIDGET in output.get("data", {}) for output in cell.get("outputs", ())):
            cell["outputs"] = _plain(cell["outputs"])


def _plain(outputs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return a cell's outputs without widgets, each with what was kept of it last."""
    found: list[dict[str, Any]] = []
    for output in outputs:
        data = output.get("data", {})
        html = _text(data.get("text/html", ""))
        if KEPT in html:
            if found and html != kept_html(""):  # something was moved or answered
                found[-1]["data"]["text/html"] = html.replace(" hidden", "", 1) + asleep()
        elif WIDGET in data:
            data = {kind: value for kind, value in data.items() if kind != WIDGET}
            if "image/png" in data:
                html = picture_html(b64decode(_text(data.pop("image/png"))))
            data["text/html"] = html + asleep()
            found.append({**output, "data": data, "metadata": {}})
        else:
            found.append(output)
    return found


def _text(value: str | list[str]) -> str:
    return value if isinstance(value, str) else "".join(value)
