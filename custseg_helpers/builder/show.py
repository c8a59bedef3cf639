"""The table builder on the screen: choose a step, fill in its fields, see its line and what it gives."""

from collections.abc import Callable, Mapping
from html import escape
from typing import Any

from custseg_helpers.builder.form import NONE, Field, columns, fields_of, offered, step_of, tables, values
from custseg_helpers.builder.preview import preview
from custseg_helpers.builder.recipe import Ran, free_name, run
from custseg_helpers.builder.steps import Step
from custseg_helpers.builder.values import Names
from custseg_helpers.explore.base import beside
from custseg_helpers.explore.still import Shown
from custseg_helpers.words.text import T

TITLE = T(zh="点选搭建", en="Build by pointing")
STEP = T(zh="这一步做什么", en="What this step does")
NEXT = T(zh="再加一步", en="Add a step")
BACK = T(zh="退一步", en="Take a step back")
CHECK = T(zh="就用这个结果", en="Use this result")
EMPTY = T(
    zh="选好格子，代码和结果会出现在这里。",
    en="Fill in the fields; the code and its result appear here.",
)

Used = Callable[[Ran], str]
"""What is done with a result; returns what to show about it, as HTML."""


class Builder:
    """A row of steps under construction: those that stand, and the one whose fields are being filled in."""

    def __init__(self, names: Callable[[], Names], used: Used, *, opens: str = "", result: str = "result"):
        import ipywidgets as W

        self.names, self.used, self.opens, self.result = names, used, opens, result
        self.steps: list[tuple[str, Step]] = []
        self.stood = Ran((), {})
        """what the standing steps gave"""
        self.controls: dict[str, Any] = {}
        self.fields: list[Field] = []
        options = [(str(title), block) for block, title in offered(names()).items()]
        self.block = W.Dropdown(options=options, value="keep", description=str(STEP))
        self.form = W.VBox()
        self.code, self.shown, self.told = W.HTML(), W.HTML(), W.HTML()
        buttons = {NEXT: self.add, BACK: self.back, CHECK: self.use}
        pressed = [W.Button(description=str(words), layout=W.Layout(width="auto")) for words in buttons]
        for button, deed in zip(pressed, buttons.values(), strict=True):
            button.on_click(lambda _, deed=deed: deed())
        self.block.observe(self._ask, names="value")
        row = W.HBox(pressed, layout=W.Layout(flex_flow="row wrap"))
        self.widget = beside(W.VBox([self.block, self.form, row]), W.VBox([self.code, self.told, self.shown]))
        self.widget.add_class("custseg-builder")
        self._ask()

    def known(self) -> dict[str, Any]:
        """Return the notebook's names together with what the standing steps made."""
        return {**self.names(), **self.stood.names}

    def draft(self) -> Step:
        """Return the step in the form."""
        return step_of(
            self.block.value, {name: control.value or "" for name, control in self.controls.items()}
        )

    def ran(self) -> Ran:
        """Run the step in the form after those that stand, under the name that the result is to have."""
        return run([(self.result, self.draft())], self.names(), self.stood)

    def fill(self, block: str, filled: Mapping[str, str]) -> None:
        """Choose a step and fill in its fields, as a hand does; what a list does not offer is refused."""
        self.block.value = block
        for field in self.fields:
            if field.name in filled:
                self.controls[field.name].value = filled[field.name]

    def add(self, name: str = "") -> T | None:
        """Let the step in the form stand, under a name of its own, and begin the next one on its result.

        What hinders it is shown, and returned.
        """
        step = self.draft()
        name = name or free_name(step.noun, self.known())
        ran = run([(name, step)], self.names(), self.stood)
        if ran.failed:
            self._tell(ran.failed)
            return ran.failed
        self.steps, self.stood = [*self.steps, (name, step)], ran
        self._ask()
        return None

    def back(self) -> None:
        """Take the last standing step away."""
        self.steps = self.steps[:-1]
        self.stood = run(self.steps, self.names())
        self._ask()

    def use(self) -> None:
        """Hand the result on."""
        ran = self.ran()
        if ran.failed:
            self._tell(ran.failed)
        else:
            self.told.value = self.used(ran)

    def _ask(self, _: Any = None) -> None:
        """Make the controls of the chosen step."""
        names = self.known()
        self.fields = fields_of(self.block.value, names)
        self.controls = {field.name: self._control(field, names) for field in self.fields}
        for name, control in self.controls.items():
            control.observe(self._follow if name == "table" else self._look, names="value")
        self.form.children = list(self.controls.values())
        self._follow()

    def _control(self, field: Field, names: Names) -> Any:
        import ipywidgets as W

        title = str(field.title)
        if field.kind == "choice":
            return W.Dropdown(
                options=[(str(text), code) for code, text in (field.options or {}).items()], description=title
            )
        if field.kind in ("table", "looked up"):
            offered_tables = tables(names, looked_up=field.kind == "looked up")
            codes = [code for _, code in offered_tables]
            newest = self.steps[-1][0] if self.steps else self.opens
            return W.Dropdown(
                options=offered_tables, value=newest if newest in codes else None, description=title
            )
        if field.kind in ("column", "maybe column"):
            return W.Dropdown(options=[], description=title)
        if field.kind == "columns":
            return W.Combobox(options=[], description=title)
        if field.kind == "lines":
            return W.Textarea(description=title, rows=4)
        if field.kind == "new name":
            return W.Text(description=title)
        newest = self.steps[-1][0] if self.steps and field.kind == "value" else ""
        start = field.start or ("" if "table" in self.controls_before(field) else newest)
        return W.Combobox(value=start, options=values(names), description=title)

    def controls_before(self, field: Field) -> list[str]:
        """Return the names of the fields that stand before one."""
        names = [one.name for one in self.fields]
        return names[: names.index(field.name)]

    def _follow(self, changed: Any = None) -> None:
        """Offer the columns of the chosen table."""
        names = self.known()
        table = self.controls["table"].value if "table" in self.controls else None
        for field in self.fields:
            control = self.controls[field.name]
            there = columns(table, names) if table else []
            if field.kind == "columns":
                control.options = [code for _, code in there]
            if field.kind in ("column", "maybe column"):
                none = [(str(NONE), "")] if field.kind == "maybe column" else []
                kept = control.value
                control.options = none + there
                if kept in [code for _, code in none + there]:
                    control.value = kept
        self._look(changed)

    def _look(self, changed: Any = None) -> None:
        """Show the lines so far and what they give; nothing is said against a step that is still being filled in."""
        if "value" in self.controls and "column" in self.controls and "table" in self.controls:
            table, column = self.controls["table"].value or "", self.controls["column"].value or ""
            if (table, column) != getattr(self, "_compared", None):
                self._compared = (table, column)
                self.controls["value"].options = values(self.known(), table, column)
        ran = self.ran()
        self.code.value = f"<pre><code>{escape(ran.code)}</code></pre>" if ran.lines else f"<p>{EMPTY}</p>"
        chosen = all(self.controls[field.name].value for field in self.fields if "column" in field.kind)
        said = ran.failed if changed is not None and chosen else None
        self.told.value = f"<p>{escape(str(said))}</p>" if said else ""
        self.shown.value = preview(ran.result) if ran.lines else ""

    def _tell(self, failed: T) -> None:
        self.told.value = f"<p role='alert'><strong>{escape(str(failed))}</strong></p>"


def table_builder(
    names: Callable[[], Names], used: Used, *, opens: str = "", result: str = "result"
) -> Shown:
    """Show a table builder over a notebook's names.

    Args:
        names: returns the notebook's names as they stand.
        used: what is done with the result when it is handed on; returns HTML to show.
        opens: the table it begins with.
        result: what the result is to be called.
    """
    built = Builder(names, used, opens=opens, result=result)
    return Shown(built.widget, text=str(TITLE), html=f"<p>{TITLE}</p>")
