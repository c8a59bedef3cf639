"""The rule language of tags: small, safe, read into a checked tree and never run as code.

    recency_days <= 30 and frequency >= 5
    segment in ['champions', 'loyal_customers']
    (gross - returned) / frequency > 500
    last_order >= '2025-01-01' or last_order is missing
    not dormant and `消费金额（元）` > 1000

A rule compares columns, numbers, 'texts', 'dates' and true / false by `== != < <= > >=`, `in [...]`, `not in [...]`,
`is missing`, `is not missing`, calculates with `+ - * /`, and joins with `and`, `or`, `not` and brackets. Dates
may be subtracted: that gives days. A name is a column or a tag defined earlier; back quotes hold odd characters.

**Empty values.** A comparison with an empty value is false, and stays false under `not`: where a customer's recency
is not known, neither `recency_days <= 90` nor `not recency_days <= 90` holds. So a tag is given only where its rule
is surely true; ask `is missing` to reach the rest. This is SQL's three-valued logic (Kleene 1938); plain pandas
would call the second one true. Dividing by zero gives an empty value.
"""

import ast
import difflib
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from custseg_helpers.facts.counts import EPOCH
from custseg_helpers.tags.kinds import KINDS, Kind
from custseg_helpers.tags.wording import LONGEST, fault, habit, python_words
from custseg_helpers.words.glossary import ALSO_CALLED, term
from custseg_helpers.words.text import LANGUAGES, T, UserError, listed

Tree = tuple[Any, ...]
"""An operator and what it works on: `("<=", ("column", "recency_days"), ("number", 30.0))`. It holds no `not`."""

DEEPEST = 40
"""A rule may be nested this deep."""


class UnknownName(UserError):
    """A rule uses the name of a column or tag that is not there."""

    def __init__(self, name: str, text: T):
        super().__init__(text)
        self.name = name


@dataclass(frozen=True)
class Rule:
    """A rule that was read and checked.

    `yes` finds the customers for whom it surely holds, `no` those for whom it surely does not; the others lack a
    value. `column` is set where the rule only names a column: then the tag's value is the column's.
    """

    text: str
    yes: Tree
    no: Tree
    column: str | None
    columns: frozenset[str]
    tags: frozenset[str]


def parse_rule(text: str, kinds: Mapping[str, Kind], *, tag: str = "", earlier: Collection[str] = ()) -> Rule:
    """Read a rule and check it against the columns that are there; a mistake is a `UserError` that shows the place.

    `kinds` comes from `column_kinds(table)`; `tag` is for the message; `earlier` are the yes/no tags it may use.
    Where a column has the name of such a tag, the tag is meant.

    >>> parse_rule("frequency >= 5", {"frequency": "number"}).yes
    ('<=', ('number', 5.0), ('column', 'frequency'))
    >>> from custseg_helpers.words.text import use_language
    >>> use_language("en")
    >>> parse_rule("frequncy >= 5", {"frequency": "number"}, tag="loyal")
    Traceback (most recent call last):
    custseg_helpers.tags.rules.UnknownName: Rule of tag “loyal”, character 1: no column “frequncy”. Close to it: frequency.
      frequncy >= 5
      ^
    """
    return _Reader(text, kinds, tag, earlier).rule()


_ORDER = {ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.Eq: "==", ast.NotEq: "!="}
_OPPOSITE = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "==": "!=", "!=": "=="}
_CALCULATE = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}


class _Reader:
    """Reads one rule. Negation is pushed inwards on the way, so that "false on empty" holds under `not` too."""

    def __init__(self, text: str, kinds: Mapping[str, Kind], tag: str, earlier: Collection[str]):
        self.text, self.kinds, self.tag, self.earlier = text.strip(), kinds, tag, frozenset(earlier)
        # Python's parser folds names to NFKC (full-width letters and the like), so known names are folded too
        self.folded = {unicodedata.normalize("NFKC", name): name for name in [*kinds, *earlier]}
        self.columns: set[str] = set()
        self.tags: set[str] = set()

    def rule(self) -> Rule:
        node = self._parse()
        if isinstance(node, ast.Name) and (name := self._name(node)) not in self.earlier:
            self.columns.add(name)
            if self.kinds[name] != "flag":
                return Rule(self.text, ("never",), ("never",), name, frozenset([name]), frozenset())
        yes, no = (self._truth(node, wanted, 0) for wanted in (True, False))
        if not self.columns | self.tags:
            raise self._fault(0, "规则里没有用到任何列", "the rule uses no column")
        return Rule(self.text, yes, no, None, frozenset(self.columns), frozenset(self.tags))

    def _parse(self) -> ast.expr:
        if not self.text:
            raise fault(self.text, 0, self.tag, T(zh="规则是空的", en="the rule is empty"))
        if len(self.text) > LONGEST:
            too_long = T(zh=f"规则超过 {LONGEST} 个字符", en=f"longer than {LONGEST} characters")
            raise fault(self.text, LONGEST, self.tag, too_long)
        self.source, self.quoted = python_words(self.text, self.tag)
        try:
            return ast.parse(self.source, mode="eval").body
        except SyntaxError as error:
            hint, place = habit(self.source)
            at = (error.offset or 1) - 1 if place is None else place
            at = min(max(at, 0), len(self.text) - 1)
            raise self._fault(at, "看不懂。{hint}", "not understood; {hint}", hint=hint) from None
        except (ValueError, MemoryError, RecursionError):
            raise self._too_deep(0) from None

    def _truth(self, node: ast.expr, wanted: bool, depth: int) -> Tree:
        """Read what is yes or no; the tree answers: for whom is it surely `wanted`?"""
        if depth > DEEPEST:
            raise self._too_deep(node)
        match node:
            case ast.BoolOp(op=op, values=values):
                parts = [self._truth(value, wanted, depth + 1) for value in values]
                return _joined("and" if isinstance(op, ast.And) == wanted else "or", parts)
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                return self._truth(operand, not wanted, depth + 1)
            case ast.Compare(left=left, ops=ops, comparators=rights):
                pairs = zip([left, *rights], ops, rights, strict=False)
                parts = [self._comparison(a, op, b, wanted, depth + 1) for a, op, b in pairs]
                return _joined("and" if wanted else "or", parts)
            case ast.Name() if (name := self._name(node)) in self.earlier:
                self.tags.add(name)
                return ("tag", name, wanted)
        value, kind = self._value(node, depth)
        if value[0] == "column" and kind in ("flag", "empty"):
            return ("==", value, ("number", float(wanted))) if kind == "flag" else ("never",)
        raise self._fault(
            node,
            "这里是{kind}，还不是一个判断；请拿它和什么比较，如 >= 5",
            "this is {kind}, not yet a test: compare it with something, as in >= 5",
            kind=KINDS[kind],
        )

    def _comparison(self, a: ast.expr, op: ast.cmpop, b: ast.expr, wanted: bool, depth: int) -> Tree:
        left, kind = self._value(a, depth)
        if isinstance(op, ast.Is | ast.IsNot):
            return self._emptiness(left, a, b, isinstance(op, ast.Is) == wanted)
        if isinstance(op, ast.In | ast.NotIn):
            return self._membership(left, kind, a, b, isinstance(op, ast.In) == wanted)
        right, other = self._value(b, depth)
        left, right, kind = self._alike(left, kind, a, right, other, b)
        sign = _ORDER[type(op)] if wanted else _OPPOSITE[_ORDER[type(op)]]
        if kind in ("text", "flag") and sign not in ("==", "!="):
            way_out = "{kind} has no order: use ==, != or in"
            raise self._fault(b, "{kind}没有大小，请用 ==、!= 或 in", way_out, kind=KINDS[kind])
        if kind == "empty":
            return ("never",)
        if left[0] == "text":
            left, right = right, left
        if left[0] == "text":
            raise self._fault(a, "两边都是固定文字", "both sides are fixed texts")
        if right[0] == "text":
            return ("in" if sign == "==" else "not in", left, ("texts", right[1]))
        if sign in ("==", "!="):
            return _equation(sign, left, right)
        return (sign, left, right) if "<" in sign else (sign.replace(">", "<"), right, left)

    def _emptiness(self, left: Tree, a: ast.expr, word: ast.expr, missing: bool) -> Tree:
        if not (isinstance(word, ast.Constant) and word.value is None):
            raise self._fault(
                word, "is 后面只能写 missing 或 not missing", "after is comes missing or not missing"
            )
        if left[0] in ("number", "text"):
            raise self._fault(a, "只能问某一列是否为空", "only a column can be missing")
        return ("missing" if missing else "present", left)

    def _membership(self, left: Tree, kind: Kind, a: ast.expr, names: ast.expr, inside: bool) -> Tree:
        if not isinstance(names, ast.List | ast.Tuple) or not names.elts:
            raise self._fault(
                names, "in 后面要写名单，如 ['a', 'b']", "after in comes a list such as ['a', 'b']"
            )
        if left[0] in ("number", "text"):
            raise self._fault(a, "in 前面要写列名", "before in comes a column")
        members = []
        for element in names.elts:
            member, other = self._value(element, DEEPEST)
            if member[0] not in ("number", "text"):
                raise self._fault(
                    element, "名单里只能写固定的数字或文字", "a list holds fixed numbers or texts only"
                )
            _, member, common = self._alike(left, kind, a, member, other, element)
            members.append(member)
        if common == "empty":
            return ("never",)
        if kind == "text":
            return ("in" if inside else "not in", left, ("texts", *sorted({text for _, text in members})))
        return _joined(
            "or" if inside else "and", [_equation("==" if inside else "!=", left, one) for one in members]
        )

    def _alike(
        self, left: Tree, kind: Kind, a: ast.expr, right: Tree, other: Kind, b: ast.expr
    ) -> tuple[Tree, Tree, Kind]:
        """Check that two sides can be compared; a fixed text beside a date is read as a date."""
        for one, node in ((kind, a), (other, b)):
            if one == "mixed":
                raise self._fault(
                    node, "这一列数字和文字混杂，请先清洗", "this column mixes kinds: clean it first"
                )
        if kind == "date" and right[0] == "text":
            right, other = self._date(right[1], b), "date"
        elif other == "date" and left[0] == "text":
            left, kind = self._date(left[1], a), "date"
        if "empty" in (kind, other):
            return left, right, "empty"
        if kind != other:
            words = {"one": KINDS[kind], "two": KINDS[other]}
            raise self._fault(b, "{one}不能和{two}比较", "{one} cannot be compared with {two}", **words)
        return left, right, kind

    def _value(self, node: ast.expr, depth: int) -> tuple[Tree, Kind]:
        """Read what has a value: a column, a number, a text, or a calculation."""
        if depth > DEEPEST + 1:
            raise self._too_deep(node)
        match node:
            case ast.Name(id="true" | "false" as word) if word not in self.folded:
                return ("number", float(word == "true")), "flag"
            case ast.Name():
                name = self._name(node)
                if name in self.earlier:
                    only = "tag “{name}” is yes or no: write {name} or not {name} alone"
                    raise self._fault(
                        node, "标签“{name}”只有是/否，直接写 {name} 或 not {name}", only, name=name
                    )
                self.columns.add(name)
                return ("column", name), self.kinds[name]
            case ast.Constant(value=bool() as fixed):
                return ("number", float(fixed)), "flag"
            case ast.Constant(value=str() as fixed):
                return ("text", fixed), "text"
            case ast.Constant(value=int() | float() as fixed):
                if fixed > 2**53:
                    raise self._fault(node, "数字太大", "the number is too large")
                return ("number", float(fixed)), "number"
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                value, kind = self._number(operand, depth + 1)
                return ("number", -value[1]) if value[0] == "number" else ("-", ("number", 0.0), value), kind
            case ast.BinOp(left=a, op=op, right=b) if type(op) in _CALCULATE:
                return self._calculation(_CALCULATE[type(op)], a, b, depth + 1)
        raise self._fault(
            node, "规则里不能这样写。{hint}", "not possible in a rule; {hint}", hint=habit(self.source)[0]
        )

    def _calculation(self, sign: str, a: ast.expr, b: ast.expr, depth: int) -> tuple[Tree, Kind]:
        (left, kind), (right, other) = self._value(a, depth), self._value(b, depth)
        if sign == "-" and "date" in (kind, other):
            left, right, _ = self._alike(left, kind, a, right, other, b)
            return (sign, left, right), "number"
        for node, one in ((a, kind), (b, other)):
            self._check_number(node, one)
        return (sign, left, right), "empty" if "empty" in (kind, other) else "number"

    def _number(self, node: ast.expr, depth: int) -> tuple[Tree, Kind]:
        value, kind = self._value(node, depth)
        self._check_number(node, kind)
        return value, kind

    def _check_number(self, node: ast.expr, kind: Kind) -> None:
        if kind not in ("number", "empty"):
            no = "this is {kind}: no calculating with it"
            raise self._fault(node, "这里是{kind}，不能计算", no, kind=KINDS[kind])

    def _date(self, text: str, node: ast.expr) -> Tree:
        try:
            return ("number", float(date.fromisoformat(text).toordinal() - EPOCH))
        except ValueError:
            raise self._fault(
                node,
                "“{text}”不是日期，请写成 '2025-01-31'",
                "“{text}” is no date: write '2025-01-31'",
                text=text,
            ) from None

    def _name(self, node: ast.Name) -> str:
        wanted = self.quoted.get(node.id, node.id)
        name = self.folded.get(unicodedata.normalize("NFKC", wanted))
        if name is not None:
            return name
        known = {title: code for code in self.kinds for title in _titles(code)}
        known |= {name: name for name in self.folded.values()}
        known |= {said: code for code, row in ALSO_CALLED.items() if code in known for said in row}
        alike = [wanted] if wanted in known else difflib.get_close_matches(wanted, known, n=3)
        near = list(dict.fromkeys(known[word] for word in alike))
        shown = near or list(self.folded.values())[:12]
        which = T(zh="相近的有", en="Close to it") if near else T(zh="现有的列", en="The columns are")
        names = {"wanted": wanted, "which": which, "shown": listed(shown)}
        text = self._fault(
            node, "没有“{wanted}”这一列。{which}：{shown}", "no column “{wanted}”. {which}: {shown}", **names
        ).text
        raise UnknownName(wanted, text)

    def _too_deep(self, at: ast.expr | int) -> UserError:
        return self._fault(at, "嵌套太深，请拆成几个标签", "nested too deeply: split it into several tags")

    def _fault(self, at: ast.expr | int, zh: str, en: str, **names: Any) -> UserError:
        if not isinstance(at, int):
            at = len(self.source.encode()[: at.col_offset].decode())
        return fault(self.text, at, self.tag, T(zh=zh, en=en).format(**names))


def _titles(column: str) -> tuple[str, ...]:
    try:
        title = term(column)
    except UserError:
        return ()
    return tuple(title.within(code) for code in LANGUAGES)


def _equation(sign: str, left: Tree, right: Tree) -> Tree:
    return (sign, *sorted((left, right), key=repr))


def _joined(word: str, parts: list[Tree]) -> Tree:
    """Join by `and` / `or`; equal parts count once, and order does not matter."""
    parts = sorted(set(parts), key=repr)
    return parts[0] if len(parts) == 1 else (word, *parts)
