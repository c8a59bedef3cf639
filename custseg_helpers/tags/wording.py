"""The text of a tag rule: from our words to Python's, place by place, and messages that point at the place."""

import re
import unicodedata

from custseg_helpers.words.text import T, UserError

LONGEST = 2000
"""A rule may have this many characters."""

LANGUAGE = T(
    zh="可以用：列名、数字、'文字'、== != < <= > >=、in […]、is missing、and or not、+ - * / 和括号",
    en="columns, numbers, 'texts', == != < <= > >=, in [...], is missing, and or not, + - * / and brackets",
)

_PIECES = re.compile(
    r"""(?P<string>'[^'\n]*'|"[^"\n]*")|(?P<quoted>`[^`\n]+`)|(?P<missing>\bis\s+(?:not\s+)?missing\b)"""
    r"""|(?P<space>\s)|(?P<wide>[（），“”‘’＝＞＜≥≤≠！：；。【】、×÷＋－＊／％])|(?P<barred>[#\\;@])"""
)
_HALF_WIDTH = dict(zip("（），“”‘’＝＞＜【】、×÷＋－＊／", "(),''''=><[],*/+-*/", strict=True))
_HALF_WIDTH |= {"≥": ">=", "≤": "<=", "≠": "!="}
_HABITS = (
    (
        r"\b(AND|OR|NOT|IN|IS)\b",
        T(zh="and、or、not、in、is 要小写", en="and, or, not, in, is: small letters"),
    ),
    (r"&|\||!(?!=)", T(zh="“且、或、非”写 and、or、not", en="write and, or, not")),
    (r"<>", T(zh="“不等于”写 !=", en="write != for “not equal”")),
    (r"=>|=<", T(zh="等号写在后面：>=、<=", en="the equals sign comes last: >=, <=")),
    (r"(?<![<>=!])=(?!=)", T(zh="“等于”写两个等号 ==", en="write == for “equal”")),
    (r"\d\s*%", T(zh="百分数写成小数，如 60% 写 0.6", en="write a percentage as a decimal: 60% is 0.6")),
    (r"\*\*|//|%|\^", T(zh="只能用 + - * / 计算", en="calculate with + - * / only")),
    (r"(?i)\b(none|null|nan)\b", T(zh="空值写 is missing", en="write is missing for an empty value")),
    (r"(?i)\b(between|like)\b", T(zh="范围写成 1 <= x <= 5", en="write a range as 1 <= x <= 5")),
)


def python_words(text: str, tag: str) -> tuple[str, dict[str, str]]:
    """Return the rule in Python's words, every character at its old place, and what each back-quoted name stands for.

    Nothing inside quotes is touched. Characters that have no business in a rule are a `UserError`.

    >>> python_words("city is missing or note == 'is missing'", "")[0]
    "city is None    or note == 'is missing'"
    """
    quoted: dict[str, str] = {}

    def translate(piece: re.Match[str]) -> str:
        found, width = piece.group(), len(piece.group())
        match piece.lastgroup:
            case "missing":
                return ("is not None" if "not" in found else "is None").ljust(width)
            case "space":
                return " "
            case "quoted":
                placeholder = f"_{len(quoted)}".ljust(width, "_")
                quoted[placeholder] = found[1:-1]
                return placeholder
            case "wide":
                half = _HALF_WIDTH.get(found)
                message = T(zh=f"“{found}”是全角符号", en=f"“{found}” is a full-width character")
                if half:
                    message = message + T(zh=f"，请改成 {half}", en=f": write {half}")
                raise fault(text, piece.start(), tag, message)
            case "barred":
                message = T(zh=f"规则里不能有“{found}”", en=f"“{found}” cannot stand in a rule")
                raise fault(text, piece.start(), tag, message)
        return found

    return _PIECES.sub(translate, text), quoted


def habit(source: str) -> tuple[T, int | None]:
    """Return advice on what people bring along from SQL, Excel or Python, and where it stands.

    Where nothing of that kind is found, the advice is what a rule may hold, at no place.
    """
    outside_quotes = re.sub(r"'[^']*'|\"[^\"]*\"", lambda quoted: " " * len(quoted.group()), source)
    for pattern, advice in _HABITS:
        if found := re.search(pattern, outside_quotes):
            return advice, found.start()
    return T(zh="{parts}", en="a rule may hold {parts}").format(parts=LANGUAGE), None


def fault(text: str, at: int, tag: str, message: T) -> UserError:
    """Return an error that names the tag and shows the place under a line of the rule.

    >>> from custseg_helpers.words.text import use_language
    >>> use_language("en")
    >>> print(fault("城市 = 3", 3, "vip", T(zh="“等于”写 ==", en="write ==")))
    Rule of tag “vip”, character 4: write ==.
      城市 = 3
           ^
    """
    start = max(0, at - 60)
    shown = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text[start : at + 40])
    before = sum(1 + (unicodedata.east_asian_width(c) in "WF") for c in shown[: at - start])
    picture = f"  {shown}\n  {' ' * before}^" if shown else ""
    rule = T(zh="标签“{tag}”的规则", en="Rule of tag “{tag}”") if tag else T(zh="规则", en="Rule")
    said = T(
        zh="{rule}第 {place} 个字符处：{message}。\n{picture}",
        en="{rule}, character {place}: {message}.\n{picture}",
    ).format(rule=rule.format(tag=tag), place=at + 1, message=message, picture=picture)
    return UserError(said.map(str.rstrip))
