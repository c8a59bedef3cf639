"""The tag catalogue: every tag of the company in one YAML file, read with clear errors, applied in one pass.

    - code: frequent_buyer
      name_zh: 高频客户
      name_en: frequent buyer
      family: behaviour
      type: rule
      rule: frequency >= 5
      definition_zh: 累计下单 5 次及以上
      definition_en: ordered at least five times
      sensitivity: internal
      owner: 会员运营
      refresh_days: 30
      refreshed: 2025-06-30
      expires: 2026-06-30
      source: orders
      action_zh: 邀请加入会员俱乐部
      action_en: invite to the members' club

The keys down to `sensitivity` must be there; the others may wait, and the catalogue check asks for them. Who works
in one language writes `name`, `definition` and `action` once, without `_zh` and `_en`.
"""

import keyword
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import yaml

from custseg_helpers.files.whole import read_text
from custseg_helpers.files.yaml_nodes import NotYaml, compose
from custseg_helpers.words.glossary import code_of
from custseg_helpers.words.text import T, UserError, listed

FAMILIES = (
    "basic",
    "behaviour",
    "interest",
    "need",
    "value",
    "decision_role",
    "campaign_response",
    "psychographic",
)
"""What a tag is about."""

TYPES = ("fact", "rule", "model", "manual")
"""Where a tag's value comes from: the data as they are, a rule, a model, a person."""

SENSITIVITIES = ("public", "internal", "personal", "private")
"""How carefully a tag is handled; `private` is what the law calls sensitive personal information (敏感个人信息)."""

REQUIRED: tuple[str, ...] = (
    "code",
    "name_zh",
    "name_en",
    "family",
    "type",
    "rule",
    "definition_zh",
    "definition_en",
    "sensitivity",
)
OPTIONAL: tuple[str, ...] = (
    "owner",
    "refresh_days",
    "refreshed",
    "expires",
    "source",
    "action_zh",
    "action_en",
)
ONE_LANGUAGE = ("name", "definition", "action")
"""Keys that may be written once for both languages."""

_CHOICES = {"family": FAMILIES, "type": TYPES, "sensitivity": SENSITIVITIES}


@dataclass(frozen=True)
class Tag:
    """One tag: what it is called and means, where it comes from, who looks after it and what to do with it.

    `refreshed` is the day its values were last collected, `refresh_days` how long they stay good.
    """

    code: str
    name: T
    family: str
    type: str
    rule: str
    definition: T
    sensitivity: str
    owner: str | None = None
    refresh_days: int | None = None
    refreshed: date | None = None
    expires: date | None = None
    source: str | None = None
    action: T | None = None


Catalogue = Mapping[str, Tag]
"""Tags by code, in the order of the file."""


def read_catalogue(path: Path | str | None = None) -> dict[str, Tag]:
    """Read a catalogue file, or the course's own when no path is given; every mistake names the line.

    >>> read_catalogue()["dormant_90"].name
    T(zh='90 天未购', en='no order for 90 days')
    """
    path = Path(path) if path else Path(__file__).with_name("catalogue.yaml")
    return parse_catalogue(read_text(path), where=path.name)


CATALOGUE = T(zh="标签目录", en="Catalogue")
"""What a catalogue is called that is no file."""


def parse_catalogue(text: str, where: str | T = CATALOGUE) -> dict[str, Tag]:
    r"""Read a catalogue from YAML text; `where` is the file's name for messages.

    The YAML is only composed, never constructed: each value is the plain text that stands there, so `no` is a
    code and not a False, and nothing in the file can make an object.

    >>> from custseg_helpers.words.text import use_language
    >>> use_language("en")
    >>> parse_catalogue("- code: vip\n  nmae_zh: 贵宾")
    Traceback (most recent call last):
    custseg_helpers.words.text.UserError: Catalogue, line 2: there is no key “nmae_zh”; known: name_zh.
    """
    try:
        root = compose(text, where)
    except NotYaml as error:
        raise _full_width(text, error.line, where) or _not_yaml(error.line, where) from None
    if root is None:
        raise UserError(
            T(zh="{where}是空的，至少要有一个标签。", en="{where} is empty: write at least one tag.").format(
                where=_before_words(where)
            )
        )
    if not isinstance(root, yaml.SequenceNode):
        raise _Line(where, root).fault(
            "标签目录是一份清单，每个标签以“- code: ”开头",
            "a catalogue is a list: every tag begins with “- code: ”",
        )
    tags: dict[str, Tag] = {}
    for node in root.value:
        tag = _tag(node, where)
        if tag.code in tags:
            raise _Line(where, node).fault(
                "代码“{code}”用了两次", "the code “{code}” is used twice", code=tag.code
            )
        tags[tag.code] = tag
    return tags


COLON = (
    "“{typed}”里的冒号“：”是全角的，这里要半角的“:”，后面空一格：“{right}”",
    "the colon “：” of “{typed}” is a full-width one; the plain “:” is read, with a space behind it: “{right}”",
)


def _full_width(text: str, line: int | None, where: str | T) -> UserError | None:
    """Say so where a key is followed by a full-width colon, at the line where reading stopped or just above it."""
    rows = text.splitlines()
    known = "|".join(REQUIRED + OPTIONAL + ONE_LANGUAGE)
    for number in range(min(line or 1, len(rows)), max((line or 1) - 2, 0), -1):
        found = re.match(rf"[\s{{-]*((?:{known})\s*：\s*)(\S*)", rows[number - 1])
        if found:
            typed = found[1] + found[2]
            right = f"{found[1].replace('：', ':').strip()} {found[2]}"
            said = T(zh=COLON[0], en=COLON[1]).format(typed=typed, right=right)
            return UserError(_at(where, number, said))
    return None


def _at(where: str | T, number: int, what: T) -> T:
    return T(zh="{where}第 {number} 行：{what}。", en="{where}, line {number}: {what}.").format(
        where=_before_words(where), number=number, what=what
    )


def _before_words(where: str | T) -> T:
    """Return what a catalogue is called; the name of a file has a space between it and Chinese words."""
    return where if isinstance(where, T) else T(zh="{f} ", en="{f}").format(f=where)


def _tag(node: yaml.Node, where: str | T) -> Tag:
    line = _Line(where, node)
    if not isinstance(node, yaml.MappingNode):
        typed = node.value if isinstance(node, yaml.ScalarNode) else ""
        if "：" in typed:
            raise line.fault(*COLON, typed=typed.split()[0], right=typed.split()[0].replace("：", ": ", 1))
        raise line.fault("每个标签要写成“键: 值”的形式", "a tag is written as “key: value” lines")
    given: dict[str, tuple[str, _Line]] = {}
    known = REQUIRED + OPTIONAL + ONE_LANGUAGE
    for key, value in node.value:
        here = _Line(where, key)
        if not isinstance(key, yaml.ScalarNode) or key.value not in known:
            name = key.value if isinstance(key, yaml.ScalarNode) else "?"
            if "：" in name and name.partition("：")[0].strip() in known:
                raise here.fault(*COLON, typed=name, right=name.replace("：", ": ", 1))
            near = get_close_matches(name, known, n=2) or REQUIRED + OPTIONAL
            raise here.fault(
                "没有“{name}”这个键，可用：{known}",
                "there is no key “{name}”; known: {known}",
                name=name,
                known=listed(near),
            )
        if key.value in given:
            raise here.fault("“{key}”写了两次", "“{key}” is written twice", key=key.value)
        if not isinstance(value, yaml.ScalarNode):
            raise here.fault("“{key}”只能写一个值", "“{key}” takes a single value", key=key.value)
        if value.value.strip() and value.value not in ("null", "~"):
            given[key.value] = (value.value.strip(), here)
    for key in ONE_LANGUAGE:
        if key in given:
            given = {f"{key}_zh": given[key], f"{key}_en": given[key]} | given
    missing = [key for key in REQUIRED if key not in given]
    for key in ONE_LANGUAGE:
        if {f"{key}_zh", f"{key}_en"} <= set(missing):
            missing[missing.index(f"{key}_zh")] = key
            missing.remove(f"{key}_en")
    if missing:
        name = given["code"][0] if "code" in given else "?"
        raise line.fault(
            "标签“{name}”缺少：{missing}", "tag “{name}” lacks {missing}", name=name, missing=listed(missing)
        )
    return _typed(given, line)


def _typed(given: Mapping[str, tuple[str, "_Line"]], line: "_Line") -> Tag:
    texts = {key: text for key, (text, _) in given.items()}
    code, here = given["code"]
    if not re.fullmatch(r"[a-z][a-z0-9_]*", code) or keyword.iskeyword(code) or code in ("true", "false"):
        raise here.fault(
            "代码“{code}”不行：只用小写英文字母、数字和下划线，以字母开头，也不能是 and、or、not、in、is 之类的词",
            "“{code}” is no code: use small letters, digits and _, begin with a letter, and no word like and, or, in",
            code=code,
        )
    for key, choices in _CHOICES.items():
        value, here = given[key]
        meant = code_of(value)
        if value not in choices and meant in choices:
            raise here.fault(
                "{key} 写代码，不写名称：“{value}”写成“{meant}”",
                "{key} is written as a code and not as its name: “{value}” is “{meant}”",
                key=key,
                value=value,
                meant=meant,
            )
        if value not in choices:
            raise here.fault(
                "{key} 不能是“{value}”，可选：{choices}",
                "{key} cannot be “{value}”; choose one of {choices}",
                key=key,
                value=value,
                choices=listed(choices),
            )
    if ("action_zh" in texts) != ("action_en" in texts):
        raise line.fault(
            "标签“{code}”的 action 要写中英两种", "tag “{code}” needs its action in both languages", code=code
        )
    return Tag(
        code=code,
        name=T(zh=texts["name_zh"], en=texts["name_en"]),
        family=texts["family"],
        type=texts["type"],
        rule=texts["rule"],
        definition=T(zh=texts["definition_zh"], en=texts["definition_en"]),
        sensitivity=texts["sensitivity"],
        owner=texts.get("owner"),
        refresh_days=_days(given.get("refresh_days")),
        refreshed=_date(given.get("refreshed")),
        expires=_date(given.get("expires")),
        source=texts.get("source"),
        action=T(zh=texts["action_zh"], en=texts["action_en"]) if "action_zh" in texts else None,
    )


def _days(given: tuple[str, "_Line"] | None) -> int | None:
    if given is None:
        return None
    text, line = given
    if not re.fullmatch(r"[1-9][0-9]{0,4}", text):
        raise line.fault(
            "refresh_days 要写整数天数（1–99999），现在是“{text}”",
            "refresh_days is a whole number of days (1–99999), not “{text}”",
            text=text,
        )
    return int(text)


def _date(given: tuple[str, "_Line"] | None) -> date | None:
    if given is None:
        return None
    text, line = given
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise line.fault(
            "日期要写成 2026-06-30 的样子，现在是“{text}”",
            "a date is written like 2026-06-30, not “{text}”",
            text=text,
        ) from None


@dataclass(frozen=True)
class _Line:
    """A place in the file, for messages."""

    where: str | T
    node: Any

    def fault(self, zh: str, en: str, **names: Any) -> UserError:
        return UserError(_at(self.where, self.node.start_mark.line + 1, T(zh=zh, en=en).format(**names)))


def _not_yaml(line: int | None, where: str | T) -> UserError:
    at = T(zh="第 {line} 行", en=", line {line}").format(line=line) if line else T(zh="", en="")
    said = T(
        zh="看不懂。常见原因：用了 Tab 缩进、冒号后没有空格、用了全角冒号、值里有“: ”或以引号、方括号、@、# 开头却没有整个加上引号；花括号里少了逗号、用了全角逗号，或括号没有成对。",
        en=" cannot be read. Common causes: a tab, no space after a colon, a full-width colon, or a "
        "value that holds “: ” or begins with a quote, a bracket, @ or # and is not put in quotes as a whole; inside "
        "braces a comma that is missing or full-width, or a brace left open.",
    )
    return UserError(_before_words(where) + at + said)
