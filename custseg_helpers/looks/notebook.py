"""In a notebook, tables, columns and numbers look as everywhere in the course, also those that learners make."""

import sys
from typing import Any


def notebook_shell() -> Any:
    """Return the shell of the notebook in which this runs; `None` where there is none, without loading IPython."""
    return sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None


def start_here() -> None:
    """Let the notebook that imports the course show tables in its look; anywhere else nothing happens."""
    formatter = getattr(notebook_shell(), "display_formatter", None)
    if formatter is None:
        return
    html, plain = (formatter.formatters[kind] for kind in ("text/html", "text/plain"))
    for module in ("pandas", "pandas.core.frame", "pandas.core.series"):  # pandas 3 and pandas 2 call them so
        for name in ("DataFrame", "Series"):
            html.for_type_by_name(module, name, _table)
        plain.for_type_by_name(module, "Series", _column)
    plain.for_type(float, _number)
    numpy = sys.modules.get("numpy")
    for name in ("float64", "float32", "int64", "int32", "bool_", "bool"):
        if hasattr(numpy, name):
            plain.for_type(getattr(numpy, name), _number)
        else:
            plain.for_type_by_name("numpy", name, _number)


def _table(table: Any) -> str:
    from custseg_helpers.looks.tables import table_html

    return table_html(table)


def _column(column: Any, printer: Any, _: bool) -> None:
    """Write a column without its dtype and length, which say nothing to who sells."""
    printer.text(column.to_string(max_rows=10 if len(column) > 60 else None))


def _number(value: Any, printer: Any, _: bool) -> None:
    from custseg_helpers.looks.tables import number

    printer.text(number(value))
