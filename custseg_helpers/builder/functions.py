"""The course's own functions as steps: one function a step, with its arguments as fields."""

import inspect
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import custseg_helpers
from custseg_helpers.builder.steps import Step
from custseg_helpers.builder.values import Names, quoted, value_code
from custseg_helpers.words.text import T


@dataclass(frozen=True)
class Function:
    """A function of the course: where it is, what it is called, and which of its arguments are fields."""

    path: str
    title: T
    fields: dict[str, T]

    def itself(self) -> Callable[..., Any]:
        """Return the function."""
        there: Any = custseg_helpers
        for part in self.path.split("."):
            there = getattr(there, part)
        return there  # type: ignore[no-any-return]

    def needed(self) -> list[str]:
        """Return the arguments that must be filled in.

        >>> functions()["value.share_of_top"].needed()
        ['values']
        """
        parameters = inspect.signature(self.itself()).parameters
        return [name for name in self.fields if parameters[name].default is inspect.Parameter.empty]


@cache
def functions() -> dict[str, Function]:
    """Return the functions that can be a step, by path.

    >>> functions()["value.abc"].title
    T(zh='ABC 等级', en='grade ABC')
    """
    written = tomllib.loads(Path(__file__).with_name("functions.toml").read_text(encoding="utf-8"))
    words = {name: T(**text) for name, text in written["arguments"].items()}
    return {
        path: Function(path, T(zh=row["zh"], en=row["en"]), {name: words[name] for name in row["fields"]})
        for path, row in written["functions"].items()
    }


@dataclass(frozen=True)
class Call(Step):
    """Call one function of the course; `part` takes a column, or a numbered part, of what it returns.

    >>> Call("value.share_of_top", {"values": "money", "top": "0.2"}).code({"money": 1})
    'value.share_of_top(money, 0.2)'
    >>> Call("rfm.rfm_scores", {"facts": "facts"}, "r_score").code({"facts": 1})
    'rfm.rfm_scores(facts)["r_score"]'
    """

    function: str
    arguments: dict[str, str]
    part: str = ""
    noun = "found"

    def _code(self, names: Names) -> str:
        function = functions()[self.function]
        parameters = inspect.signature(function.itself()).parameters
        filled = {name for name in function.fields if self.arguments.get(name) or name in function.needed()}
        parts = []
        in_order = True
        for name, parameter in parameters.items():
            if name not in filled:
                in_order = False
                continue
            code = _listed(value_code(self.arguments.get(name, ""), names), parameter)
            keyword = parameter.kind is inspect.Parameter.KEYWORD_ONLY or not in_order
            parts.append(f"{name}={code}" if keyword else code)
        called = f"{self.function}({', '.join(parts)})"
        if not self.part:
            return called
        return f"{called}[{self.part if self.part.isdecimal() else quoted(self.part)}]"


def _listed(code: str, parameter: inspect.Parameter) -> str:
    """Return a single number or text as a list of one where the function wants several."""
    wanted = str(parameter.annotation)
    several = wanted.startswith(("tuple[", "collections.abc.Sequence"))
    return f"({code},)" if several and (code[0].isdecimal() or code[0] == '"') else code
