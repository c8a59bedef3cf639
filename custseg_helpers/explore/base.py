"""The one pattern of every explorer: a pure view from settings to a picture and a table, plus controls.

No `interact`, no `Output`: a control changes, the view is computed again, a picture is replaced.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any

import pandas as pd

from custseg_helpers.explore.still import Kept, Shown, picture_html
from custseg_helpers.looks.tables import table_html
from custseg_helpers.words.glossary import labelled
from custseg_helpers.words.text import T

LOOK = Path(__file__).with_name("look.css")
"""Labels above controls, controls beside the picture, sliders that a finger can take hold of."""
TALL, WITH_TABLES = "600px", "390px"
"""How high a picture may be: alone, and above tables, so that the whole fits on a laptop's screen."""

APART = {"d": ",d", ".2f": ",.2f"}
"""How ipywidgets write a slider's value unless told otherwise, and how the course does: thousands apart."""


@dataclass(frozen=True)
class View:
    """What an explorer shows for one setting: a figure, tables with a heading each, a sentence."""

    figure: Any
    tables: dict[T, pd.DataFrame] = field(default_factory=dict)
    words: T = field(default_factory=lambda: T(zh="", en=""))


def explorer(view: Callable[..., View], controls: dict[str, Any], title: T) -> Shown:
    """Put controls beside a view; each change of a control draws it anew.

    `controls` maps the view's parameter names to ipywidgets. The first picture also serves as the
    still where no kernel runs; a screen reader is told what it says. A view that refuses a setting says so in place of its sentence.
    """
    import ipywidgets as W
    from traitlets import Unicode

    picture = W.Image(format="png", layout=W.Layout(width="auto", max_width="100%"))
    picture.add_traits(description=Unicode("").tag(sync=True))  # without one ipywidgets shows no tooltip
    words, tables, kept = W.HTML(), W.HTML(), Kept()

    def draw(_: Any = None) -> None:
        try:
            seen = view(**{name: control.value for name, control in controls.items()})
        except ValueError as error:
            words.value = f"<pre role='alert'>{escape(str(error))}</pre>"
            return
        picture.value = seen.figure._repr_png_()
        words.value = f"<p>{seen.words}</p>"
        picture.tooltip = read_aloud(title, seen.words)
        picture.layout.max_height = WITH_TABLES if seen.tables else TALL
        tables.value = f"<div class='custseg-tables'>{tables_html(seen.tables)}</div>"
        kept.update(picture_html(picture.value) + words.value + tables.value)

    for control in controls.values():
        if hasattr(control, "continuous_update"):
            control.continuous_update = False
        if hasattr(control, "readout_format"):
            control.readout_format = APART.get(control.readout_format, control.readout_format)
        control.layout.width = "100%"
        control.observe(draw, names="value")
    draw()
    box = beside(W.VBox([*controls.values(), words]), W.VBox([picture, tables]))
    return Shown(box, text=str(title), png=picture.value, kept=kept)


def beside(controls: Any, seen: Any) -> Any:
    """Put controls on the left and what they show beside them; on a narrow screen below them."""
    import ipywidgets as W

    controls.add_class("custseg-controls")
    seen.add_class("custseg-seen")
    box = W.HBox([controls, seen, look()], layout=W.Layout(flex_flow="row wrap"))
    box.add_class("custseg-explorer")
    return box


def look() -> Any:
    """Return what gives explorers and forms their look, as a widget that takes no room."""
    import ipywidgets as W

    return W.HTML(f"<style>{LOOK.read_text(encoding='utf-8')}</style>", layout=W.Layout(display="none"))


def read_aloud(title: T, words: T) -> str:
    """Return what stands for the picture where it is not seen: its title and what it says, without markup.

    >>> read_aloud(T(zh="图", en="Curve"), T(zh="", en="<strong>Ten</strong> customers."))
    'Curve: Ten customers.'
    """
    return f"{title}: {re.sub('<[^>]+>', ' ', str(words)).strip()}".replace("  ", " ")


def tables_html(tables: dict[T, pd.DataFrame]) -> str:
    """Return tables as HTML, each below its heading, their codes read as names; shares are whole per cent, as in pictures."""
    parts = [f"<h4>{name}</h4>{table_html(labelled(table), percent=0)}" for name, table in tables.items()]
    return "".join(f"<div>{part}</div>" for part in parts).replace("<td>NaN</td>", "<td>—</td>")
