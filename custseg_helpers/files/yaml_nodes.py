"""YAML that people keep by hand: composed, never constructed, and bounded in length, depth and numbers.

It gives texts, plain numbers, true and false, lists and tables; a date, `no` or `0x10` stays the text that stands
there, and a tag such as `!!python/object` makes nothing. A key that stands twice is told with its line.
"""

import re
from typing import Any

import yaml

from custseg_helpers.files.toml_values import DEEPEST, LONGEST, too_long
from custseg_helpers.words.text import T, UserError

MOST_DIGITS = 18
"""Of a whole number; 64 bits hold so many."""
MOST_PARTS = 100_000
"""Values of a file, those that parts refer to counted each time."""
_WHOLE, _NUMBER = re.compile(r"[-+]?(0|[1-9]\d*)"), re.compile(r"[-+]?\d+\.\d*([eE][-+]?\d{1,3})?")


class NotYaml(UserError):
    """A text is no YAML, as the parser says."""

    def __init__(self, text: T, line: int | None) -> None:
        super().__init__(text)
        self.line = line


def compose(text: str, where: str | T) -> yaml.Node | None:
    """Return the nodes of a YAML text, not deeply nested; `None` where it is empty.

    Raises:
        NotYaml: the parser does not understand it.
        UserError: it is too long, or too deep; the line is named.
    """
    if len(text) > LONGEST:
        raise too_long(where, len(text))
    try:
        _look_through(text, where)
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        if isinstance(error, UserError):
            raise
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else None
        at = T(zh=" 第 {n} 行附近", en=" near line {n}").format(n=line) if line else T(zh="", en="")
        said = T(
            zh="{f}{at}不是合法的 YAML：请检查缩进、冒号和引号。",
            en="{f} is not valid YAML{at}: check indentation, colons and quotes.",
        )
        raise NotYaml(said.format(f=where, at=at), line) from None
    return root


def _look_through(text: str, where: str | T) -> None:
    depth = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > DEEPEST:
                raise _at(where, event, "嵌套超过 {n} 层", "nested more than {n} deep", n=DEEPEST)
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


def read_yaml(text: str, where: str) -> Any:
    r"""Return what a YAML text holds: tables, lists, texts, plain numbers, true, false and None.

    Errors as for `compose`; and a key that stands twice, or parts that grow beyond `MOST_PARTS` by referring to others.

    >>> read_yaml("day: 2025-01-02\nno: no\nshare: 0.1\nn: [1, 010, true, null]", "a.yaml")
    {'day': '2025-01-02', 'no': 'no', 'share': 0.1, 'n': [1, '010', True, None]}
    """
    root = compose(text, where)
    return None if root is None else _Values(where).plain(root)


class _Values:
    """Turns nodes into plain values and counts them: a part that refers to others may stand for any number."""

    def __init__(self, where: str) -> None:
        self.where, self.parts = where, 0

    def plain(self, node: yaml.Node, depth: int = 0) -> Any:
        self.parts += 1
        if self.parts > MOST_PARTS or depth > DEEPEST:
            raise _at(
                self.where, node, "这里引用别处的内容，展开后太大", "what this refers to grows too large"
            )
        if isinstance(node, yaml.SequenceNode):
            return [self.plain(part, depth + 1) for part in node.value]
        if isinstance(node, yaml.MappingNode):
            found: dict[str, Any] = {}
            for key, value in node.value:
                if not isinstance(key, yaml.ScalarNode):
                    raise _at(self.where, key, "键要是文字", "a key must be a text")
                if key.value in found:
                    raise _at(self.where, key, "“{key}”写了两次", "“{key}” is written twice", key=key.value)
                found[key.value] = self.plain(value, depth + 1)
            return found
        assert isinstance(node, yaml.ScalarNode)
        return node.value if node.style is not None else self.word(node)

    def word(self, node: yaml.ScalarNode) -> Any:
        words = {"true": True, "false": False, "": None, "~": None, "null": None}
        if node.value.lower() in words:
            return words[node.value.lower()]
        if _WHOLE.fullmatch(node.value):
            if len(node.value) > MOST_DIGITS:
                raise _at(self.where, node, "数字太大", "the number is too large")
            return int(node.value)
        return float(node.value) if _NUMBER.fullmatch(node.value) else node.value


def _at(where: str | T, node: Any, zh: str, en: str, **words: Any) -> UserError:
    said = T(zh="{f} 第 {line} 行：{what}。", en="{f}, line {line}: {what}.")
    return UserError(
        said.format(f=where, line=node.start_mark.line + 1, what=T(zh=zh, en=en).format(**words))
    )
