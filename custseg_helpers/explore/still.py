"""A widget together with the still picture that stands in for it where no kernel runs."""

import sys
from base64 import b64encode
from dataclasses import dataclass
from typing import Any

from custseg_helpers.explore.keys import with_own_keys
from custseg_helpers.words.text import T

WIDGET = "application/vnd.jupyter.widget-view+json"
KEPT = "custseg-kept"
"""The class of the HTML that holds what a widget showed last."""


ASLEEP = T(
    zh="上面是上次保存时的样子。滑块和按钮睡着了：要再动它们，",
    en="This is how it was when last saved. Sliders and buttons are asleep; to move them again, ",
)
WAKE = T(zh="把这本笔记从头运行一遍", en="run this notebook from the top")
BY_MENU = T(zh="（菜单“运行 → 运行所有单元格”）。", en=" (menu Run → Run All Cells).")

NO_SERVER = sys.platform == "emscripten"
"""In the browser edition nobody tidies a notebook that is saved: what must last stands in it from the start, and
`labextensions/custseg-kept` shows it where the widget is dead."""


class Kept:
    """What a widget shows now, as HTML in an output of its own; hidden while the widget is there, unless it is `plain`.

    Widgets die with their kernel; this is what a saved notebook shows of them.
    """

    def __init__(self, *, plain: bool = False) -> None:
        self.plain = plain
        self._handle: Any = None

    def begin(self, html: str = "") -> None:
        """Make the output, in the cell that runs."""
        self._handle = sys.modules["IPython"].display.display(self._html(html), display_id=True)

    def update(self, html: str) -> None:
        """Put what is seen now into the output; before `begin` it does nothing."""
        if self._handle is not None:
            self._handle.update(self._html(html))

    def _html(self, html: str) -> Any:
        if self.plain:
            text = html + kept_html(asleep())
        else:
            text = kept_html(html + asleep() if NO_SERVER and html else html)
        return sys.modules["IPython"].display.HTML(text)


def kept_html(html: str) -> str:
    """Return what is kept of a widget, hidden."""
    return f'<div class="{KEPT}" hidden>{html}</div>'


def asleep() -> str:
    """Return the words below a sleeping widget; the button works where the notebook is trusted, the menu everywhere."""
    button = f'<button data-commandlinker-command="notebook:run-all-cells">{WAKE}</button>'
    return f'<p style="color:#5b6470">{ASLEEP}{button}{BY_MENU}</p>'


def picture_html(png: bytes) -> str:
    """Return a PNG as HTML."""
    return f'<img style="max-width:768px" src="data:image/png;base64,{b64encode(png).decode()}">'


@dataclass(frozen=True)
class Shown:
    """Shows the widget in a live notebook, and its still (PNG or HTML) on a page or in print."""

    widget: Any
    text: str
    png: bytes | None = None
    html: str | None = None
    kept: Kept | None = None
    """Where the widget's changes are kept for a notebook that is opened again."""

    def __repr__(self) -> str:
        return self.text

    def _ipython_display_(self) -> None:
        """Show the widget and make the output that keeps what it shows; without one, IPython asks for the bundle."""
        if self.kept is None:
            raise NotImplementedError
        if self.kept.plain:
            self.kept.begin(self.html or "")
        sys.modules["IPython"].display.display(self._repr_mimebundle_(), raw=True)
        if not self.kept.plain:
            self.kept.begin(self._still() if NO_SERVER else "")

    def _still(self) -> str:
        """Return what it shows before anybody has moved or answered anything."""
        return self.html if self.html is not None else picture_html(self.png) if self.png else ""

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        bundle = {
            k: v for k, v in with_own_keys(self.widget)._repr_mimebundle_().items() if "widget-view" in k
        }
        bundle["text/plain"] = self.text
        if self.png is not None:
            bundle["image/png"] = b64encode(self.png).decode()
        if self.html is not None:
            bundle["text/html"] = self.html
        return bundle
