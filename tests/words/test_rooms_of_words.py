"""Only the room of words knows which languages there are: nobody else picks one, lists in one, or offers two."""

import re

import pytest

from custseg_helpers.paths import course_root

ROOT = course_root()
PICKS = {
    "a text's one language": re.compile(r"(?<![\w\"'])[\w\])]+\.(zh|en)\b(?!\.)(?!\s*=[^=])"),
    "a list in one language": re.compile(r"[\"']、[\"']\.join|、\".join"),
    "a comparison with one language": re.compile(r"[!=]= [\"'](zh|en)[\"']"),
    "a choice between two": re.compile(r"[\[(][\"']zh[\"'], [\"']en[\"'][\])]"),
    "a table of two languages": re.compile(r"\{[\"']zh[\"']:[^}]*[\"']en[\"']:[^}]*\}\[", re.DOTALL),
}


def picks(source: str) -> set[str]:
    code = "\n".join(
        line for line in source.splitlines() if not line.lstrip().startswith((">>>", "#", "(T("))
    )
    return {what for what, sign in PICKS.items() if sign.search(code)}


FILES = sorted(
    path
    for folder in ("custseg_helpers", "tools")
    for path in (ROOT / folder).rglob("*.py")
    if "words" not in path.parts
)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_nobody_else_picks_a_language(path):
    assert not picks(path.read_text(encoding="utf-8"))


def test_a_pick_is_found():
    assert picks('print(title.zh)\nx = "、".join(names)\nif lang == "en": pass\n') >= {
        "a text's one language",
        "a list in one language",
        "a comparison with one language",
    }
    assert picks('choices=["zh", "en"]') and picks('{"zh": "是", "en": "yes"}[lang]')
