"""The steps of a table builder: each is a few fields, and one line of pandas."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal

import pandas as pd

from custseg_helpers.builder.values import Names, column_code, held, operand, quoted, value_code
from custseg_helpers.words.text import T, UserError

Kind = Literal[
    "table",
    "looked up",
    "column",
    "maybe column",
    "columns",
    "value",
    "maybe value",
    "choice",
    "new name",
    "lines",
]
"""How a field is filled in: a table, or whatever an entry can be looked up in; chosen from the notebook's tables or a table's columns, chosen or typed, typed."""

MEASURES = {
    "sum": T(zh="求和", en="sum"),
    "mean": T(zh="平均（是／否列：占比）", en="mean (of yes/no: the share)"),
    "median": T(zh="中位数", en="median"),
    "max": T(zh="最大／最晚", en="largest or latest"),
    "min": T(zh="最小／最早", en="smallest or earliest"),
    "nunique": T(zh="不同的有几个", en="how many different"),
    "size": T(zh="行数", en="number of rows"),
    "count": T(zh="有值的行数", en="rows that hold a value"),
}
TESTS = {
    ">": T(zh="大于", en="is more than"),
    ">=": T(zh="至少", en="is at least"),
    "<": T(zh="小于", en="is less than"),
    "<=": T(zh="至多", en="is at most"),
    "==": T(zh="等于", en="is"),
    "!=": T(zh="不等于", en="is not"),
    "between": T(zh="在两数之间（含两头）", en="lies between two, ends included"),
    "in": T(zh="是其中之一", en="is one of"),
    "not in": T(zh="不是其中任何一个", en="is none of"),
    "missing": T(zh="空着", en="is missing"),
    "there": T(zh="不空", en="is filled in"),
    "yes": T(zh="为是", en="is yes"),
    "no": T(zh="为否", en="is no"),
    "repeated": T(zh="重复出现", en="occurred before"),
    "contains": T(zh="含有文字", en="contains the text"),
}
ALONE = ("missing", "there", "yes", "no", "repeated")
"""Tests that compare with nothing."""
SUMS = {
    "+": T(zh="加", en="plus"),
    "-": T(zh="减", en="minus"),
    "*": T(zh="乘", en="times"),
    "/": T(zh="除以", en="divided by"),
    "**": T(zh="的几次方", en="to the power of"),
    "&": T(zh="并且", en="and"),
    "|": T(zh="或者", en="or"),
    "days": T(zh="减，数天数", en="minus, in days"),
    "ago": T(zh="往前几天", en="so many days before"),
}
CHANGES = {
    "round(2)": T(zh="保留两位小数", en="round to cents"),
    "round(0)": T(zh="取整", en="round to whole numbers"),
    "cumsum()": T(zh="逐行累计", en="running total"),
    "abs()": T(zh="去掉正负号", en="without its sign"),
    "astype(float)": T(zh="是／否变成 1／0", en="yes and no as 1 and 0"),
    "dt.year": T(zh="日期的年份", en="year of a date"),
    "fillna(0)": T(zh="空着的当 0", en="missing as 0"),
    "value_counts()": T(zh="每种各有几个", en="how many of each"),
    "idxmax()": T(zh="最大的那一行叫什么", en="which one is largest"),
    "idxmax(axis=1)": T(zh="每行里最大的是哪一列", en="which column is largest in each row"),
    "idxmin(axis=1)": T(zh="每行里最小的是哪一列", en="which column is smallest in each row"),
    "max(axis=1)": T(zh="每行里最大的数", en="largest of each row"),
    "sum(axis=1)": T(zh="每行求和", en="sum of each row"),
    "reset_index()": T(zh="行名变成一列", en="row names as a column"),
    "drop_duplicates()": T(zh="去掉重复的行", en="without repeated rows"),
}
WHOLE = {
    "all": T(zh="整张表合成一个数", en="one number"),
    "columns": T(zh="每列一个数", en="one for each column"),
}


def given(kind: Kind, zh: str, en: str, *, options: Mapping[str, T] | None = None) -> Any:
    """Declare a field: how it is filled in, what it is called, and what may be chosen."""
    start = next(iter(options)) if options else ""
    return field(default=start, metadata={"kind": kind, "title": T(zh=zh, en=en), "options": options})


@dataclass(frozen=True)
class Step:
    """One step: its fields as texts, as they stand in the controls."""

    title: ClassVar[T]
    noun: ClassVar[str]
    """What the result is called in the code until it has a name of its own."""

    def code(self, names: Names) -> str:
        """Return the step as an expression over the notebook's names; a `UserError` says which field is wrong."""
        if (table := getattr(self, "table", None)) is not None:
            held(table, names)
        return self._code(names)

    def _code(self, names: Names) -> str:
        raise NotImplementedError


@dataclass(frozen=True)
class Keep(Step):
    """Keep the rows for which a test holds.

    >>> orders = pd.DataFrame({"quantity": [2, -1]})
    >>> Keep("orders", "quantity", ">", "0").code({"orders": orders})
    'orders[orders["quantity"] > 0]'
    """

    title = T(zh="留下行", en="Keep rows")
    noun = "kept"
    table: str = given("table", "表", "Table")
    column: str = given("maybe column", "哪一列", "Column")
    test: str = given("choice", "条件", "Test", options=TESTS)
    value: str = given("maybe value", "和什么比", "Compared with")

    def _code(self, names: Names) -> str:
        return f"{self.table}[{Compare(self.table, self.column, self.test, self.value).code(names)}]"


@dataclass(frozen=True)
class Compare(Step):
    """Say yes or no for every row.

    >>> facts = pd.DataFrame({"frequency": [1, 3]})
    >>> Compare("facts", "frequency", "==", "1").code({"facts": facts})
    'facts["frequency"] == 1'
    """

    title = T(zh="比较：每行是或否", en="Compare: yes or no for each row")
    noun = "chosen"
    table: str = given("table", "表或列", "Table or column")
    column: str = given("maybe column", "哪一列", "Column")
    test: str = given("choice", "条件", "Test", options=TESTS)
    value: str = given("maybe value", "和什么比", "Compared with")

    def _code(self, names: Names) -> str:
        whole = not self.column and self.test in ("missing", "there", "repeated")
        left = self.table if whole else column_code(self.table, self.column, names)
        if self.test in ALONE:
            return {
                "missing": f"{left}.isna()",
                "there": f"{left}.notna()",
                "yes": left,
                "no": f"~{left}",
                "repeated": f"{left}.duplicated()",
            }[self.test]
        values = held(self.table, names)
        values = values[self.column] if isinstance(values, pd.DataFrame) and self.column in values else values
        coded = isinstance(values, pd.Series) and not pd.api.types.is_numeric_dtype(values)
        right = value_code(self.value, names, values if coded else None)
        if self.test in ("in", "not in"):
            right = f"[{right}]" if right[0] == '"' or right[0].isdecimal() else right
            return f"{'~' if self.test == 'not in' else ''}{left}.isin({right})"
        if self.test == "between":
            return f"{left}.between{right}"
        if self.test == "contains":
            return f"{left}.str.contains({right})"
        return f"{left} {self.test} {right}"


@dataclass(frozen=True)
class Join(Step):
    """Look up further columns in another table, row by row.

    >>> Join("orders", "products", "product_id").code({"orders": pd.DataFrame(), "products": pd.DataFrame()})
    'orders.merge(products, on="product_id")'
    """

    title = T(zh="连接另一张表", en="Join another table")
    noun = "joined"
    table: str = given("table", "表", "Table")
    other: str = given("value", "接上哪张表", "With table")
    on: str = given("column", "按哪一列对上", "By column")

    def _code(self, names: Names) -> str:
        return f"{self.table}.merge({value_code(self.other, names)}, on={quoted(self.on)})"


@dataclass(frozen=True)
class Group(Step):
    """Group the rows, and measure each group.

    >>> orders = pd.DataFrame({"customer_id": ["C1"], "amount": [5.0]})
    >>> Group("orders", "customer_id", "amount", "sum").code({"orders": orders})
    'orders.groupby("customer_id")["amount"].sum()'
    """

    title = T(zh="分组汇总", en="Group and measure")
    noun = "grouped"
    table: str = given("table", "表", "Table")
    by: str = given("column", "按什么分组", "Group by")
    column: str = given("maybe column", "量哪一列", "Measure column")
    measure: str = given("choice", "怎样量", "How", options=MEASURES)

    def _code(self, names: Names) -> str:
        table = held(self.table, names)
        own = isinstance(table, pd.DataFrame) and (self.by in table.columns)
        by = quoted(self.by) if own else column_code(self.table, self.by, names)
        if self.measure == "size" or (isinstance(table, pd.DataFrame) and not self.column):
            return f"{self.table}.groupby({by}).{self.measure}()"
        if own:
            column_code(self.table, self.column, names)
            return f"{self.table}.groupby({by})[{quoted(self.column)}].{self.measure}()"
        return f"{column_code(self.table, self.column, names)}.groupby({by}).{self.measure}()"


@dataclass(frozen=True)
class Measure(Step):
    """Measure a whole table or column.

    >>> orders = pd.DataFrame({"amount": [5.0]})
    >>> Measure("orders", "amount", "sum").code({"orders": orders}), Measure("orders", "", "size").code({"orders": orders})
    ('orders["amount"].sum()', 'len(orders)')
    """

    title = T(zh="算出一个数", en="Measure the whole")
    noun = "measured"
    table: str = given("table", "表或列", "Table or column")
    column: str = given("maybe column", "哪一列", "Column")
    measure: str = given("choice", "怎样量", "How", options=MEASURES)

    def _code(self, names: Names) -> str:
        table = held(self.table, names)
        if self.measure == "size":
            return f"len({self.table})"
        if isinstance(table, pd.DataFrame) and not self.column:
            return f"{self.table}.{self.measure}()"
        return f"{column_code(self.table, self.column, names)}.{self.measure}()"


@dataclass(frozen=True)
class Sort(Step):
    """Sort rows; where the first column is equal, by a second one from small to large.

    >>> facts = pd.DataFrame({"monetary": [1.0], "customer_id": ["C1"]})
    >>> Sort("facts", "monetary", "down", "customer_id").code({"facts": facts})
    'facts.sort_values(["monetary", "customer_id"], ascending=[False, True])'
    """

    title = T(zh="排序", en="Sort")
    noun = "ordered"
    table: str = given("table", "表或列", "Table or column")
    column: str = given("maybe column", "按哪一列", "By column")
    order: str = given(
        "choice",
        "次序",
        "Order",
        options={"down": T(zh="从大到小", en="largest first"), "up": T(zh="从小到大", en="smallest first")},
    )
    then: str = given("maybe column", "相同时再按", "Where equal, by")

    def _code(self, names: Names) -> str:
        up = self.order == "up"
        if isinstance(held(self.table, names), pd.Series):
            return f"{self.table}.sort_values(ascending={up})"
        columns = [column for column in (self.column, self.then) if column]
        for column in columns:
            column_code(self.table, column, names)
        if not columns:
            raise UserError(T(zh="选一列来排。", en="Choose a column to sort by."))
        if len(columns) == 1:
            return f"{self.table}.sort_values({quoted(columns[0])}, ascending={up})"
        return f"{self.table}.sort_values([{', '.join(map(quoted, columns))}], ascending=[{up}, True])"


@dataclass(frozen=True)
class Top(Step):
    """Take the first or the last rows.

    >>> Top("money", "300").code({"money": pd.Series([1.0])})
    'money.head(300)'
    """

    title = T(zh="取前几行", en="Take the top")
    noun = "top"
    table: str = given("table", "表或列", "Table or column")
    rows: str = given("value", "几行", "How many rows")
    end: str = given(
        "choice",
        "哪一头",
        "Which end",
        options={"head": T(zh="前面", en="first"), "tail": T(zh="后面", en="last")},
    )

    def _code(self, names: Names) -> str:
        return f"{self.table}.{self.end}({value_code(self.rows, names)})"


@dataclass(frozen=True)
class Column(Step):
    """Take one column out of a table, or several named with commas.

    >>> Column("facts", "monetary").code({"facts": pd.DataFrame({"monetary": [1.0]})})
    'facts["monetary"]'
    """

    title = T(zh="取一列", en="Take a column")
    noun = "taken"
    table: str = given("table", "表", "Table")
    column: str = given("columns", "哪一列（几列用逗号隔开）", "Column (several: with commas)")
    rows: str = given("maybe value", "行名用哪一列（可空）", "Rows named by (may be empty)")

    def _code(self, names: Names) -> str:
        parts = [part.strip() for part in self.column.split(",")]
        for part in parts:
            column_code(self.table, part, names)
        named = f"{self.table}.set_index({quoted(self.rows)})" if self.rows else self.table
        there = held(self.table, names).columns
        codes = [quoted(part) if part in there else part for part in parts]
        return f"{named}[{codes[0]}]" if len(codes) == 1 else f"{named}[[{', '.join(codes)}]]"


@dataclass(frozen=True)
class Calculate(Step):
    """Calculate with two values, row by row where they are columns.

    >>> Calculate("top", "/", "money").code({"top": 1, "money": 2})
    'top / money'
    """

    title = T(zh="计算", en="Calculate")
    noun = "result"
    left: str = given("value", "左边", "Left")
    sign: str = given("choice", "怎样算", "How", options=SUMS)
    right: str = given("value", "右边", "Right")

    def _code(self, names: Names) -> str:
        left, right = operand(self.left, names), operand(self.right, names)
        if self.sign == "days":
            both = [names.get(side) for side in (self.left, self.right)]
            rows = any(isinstance(side, pd.Series | pd.DataFrame) for side in both) or "[" in left + right
            return f"({left} - {right}){'.dt' if rows else ''}.days"
        if self.sign == "ago":
            return f"{left} - pd.Timedelta(days={right})"
        return f"{left} {self.sign} {right}"


@dataclass(frozen=True)
class NewColumn(Step):
    """Put a new column beside those of a table.

    >>> lines = pd.DataFrame({"price": [2.0], "quantity": [3]})
    >>> NewColumn("lines", "total", "price", "*", "quantity").code({"lines": lines})
    'lines.assign(total=lines["price"] * lines["quantity"])'
    """

    title = T(zh="加一列", en="Add a column")
    noun = "extended"
    table: str = given("table", "表", "Table")
    column: str = given("new name", "新列叫什么（英文字母）", "Its name (Latin letters)")
    left: str = given("value", "左边（列或数）", "Left (column or number)")
    sign: str = given(
        "choice", "怎样算", "How", options=SUMS | {"=": T(zh="（只要左边）", en="(the left alone)")}
    )
    right: str = given("maybe value", "右边（列或数）", "Right (column or number)")

    def _code(self, names: Names) -> str:
        table = held(self.table, names)
        if not self.column.isidentifier() or not self.column.isascii():
            raise UserError(
                T(
                    zh="新列的名字只用英文字母、数字和下划线。",
                    en="Name the new column with letters, digits and _ only.",
                )
            )
        sides = [
            column_code(self.table, side, names) if side in getattr(table, "columns", ()) else side
            for side in (self.left, self.right)
        ]
        made = (
            operand(sides[0], names)
            if self.sign == "="
            else Calculate(sides[0], self.sign, sides[1]).code(names)
        )
        return f"{self.table}.assign({self.column}={made})"


@dataclass(frozen=True)
class Change(Step):
    """Change every value of a column, or a number, in one way.

    >>> Change("money", "cumsum()").code({"money": pd.Series([1.0])})
    'money.cumsum()'
    >>> sold = pd.DataFrame({"day": [pd.Timestamp("2025-03-01")], "amount": [1.005]})
    >>> Change("sold", "round(2)").code({"sold": sold})
    'sold.round({"amount": 2})'
    """

    title = T(zh="变一变", en="Change")
    noun = "changed"
    table: str = given("table", "表或列", "Table or column")
    how: str = given("choice", "怎样变", "How", options=CHANGES)

    def _code(self, names: Names) -> str:
        table = held(self.table, names)
        dated = isinstance(table, pd.DataFrame) and len(
            table.select_dtypes(["datetime", "datetimetz"]).columns
        )
        if self.how.startswith("round(") and dated:  # pandas warns where it is told to round a date
            decimals = self.how[len("round(") : -1]
            parts = [f"{quoted(name)}: {decimals}" for name in table.select_dtypes("float").columns]
            return f"{self.table}.round({{{', '.join(parts)}}})"
        return f"{self.table}.{self.how}"


@dataclass(frozen=True)
class Entry(Step):
    """Look up one entry, by the name of its row, and of its column in a table.

    >>> Entry("rates", "treatment").code({"rates": pd.Series({"treatment": 0.1})})
    'rates["treatment"]'
    """

    title = T(zh="取一格", en="Look up one entry")
    noun = "entry"
    table: str = given("looked up", "表或列", "Table or column")
    row: str = given("value", "哪一行（行名；或 first、last）", "Row (its name; or first, last)")
    column: str = given("maybe column", "哪一列", "Column")

    def _code(self, names: Names) -> str:
        table = held(self.table, names)
        place = {"first": 0, "last": -1}.get(self.row)
        if place is not None and hasattr(table, "index") and self.row not in table.index:
            return f"{column_code(self.table, self.column, names)}.iloc[{place}]"
        if isinstance(table, Mapping):
            return f"{self.table}[{quoted(self.row)}]"
        row = (
            quoted(self.row)
            if self.row in table.index
            else value_code(self.row, names, pd.Series(table.index))
        )
        if isinstance(table, pd.DataFrame):
            if not self.column:
                return f"{self.table}.loc[{row}]"
            column_code(self.table, self.column, names)
            return f"{self.table}.loc[{row}, {quoted(self.column)}]"
        return f"{self.table}[{row}]"


@dataclass(frozen=True)
class Match(Step):
    """Bring rows into the order of another table; who is missing becomes missing.

    >>> Match("region", "facts").code({"region": pd.Series([1]), "facts": pd.Series([1])})
    'region.reindex(facts.index)'
    """

    title = T(zh="对齐到另一张表的行", en="Line up with another table")
    noun = "matched"
    table: str = given("table", "表或列", "Table or column")
    other: str = given("value", "照哪张表的行", "Rows of")

    def _code(self, names: Names) -> str:
        return f"{self.table}.reindex({value_code(self.other, names)}.index)"


@dataclass(frozen=True)
class Cross(Step):
    """Count how often two columns meet, as a cross table.

    >>> Cross("first", "second").code({"first": 1, "second": 2})
    'pd.crosstab(first, second)'
    """

    title = T(zh="交叉表", en="Cross table")
    noun = "crossed"
    rows: str = given("value", "行", "Rows")
    columns: str = given("value", "列", "Columns")

    def _code(self, names: Names) -> str:
        return f"pd.crosstab({value_code(self.rows, names)}, {value_code(self.columns, names)})"


@dataclass(frozen=True)
class Listing(Step):
    """Make a plain list: of a column's values, or of the rows' names.

    >>> Listing("keep", "").code({"keep": pd.Series([1])})
    'keep.index.tolist()'
    """

    title = T(zh="变成名单", en="Make a list")
    noun = "listed"
    table: str = given("table", "表或列", "Table or column")
    column: str = given("maybe column", "哪一列（空着：行名）", "Column (empty: the rows' names)")
    order: str = given(
        "choice",
        "次序",
        "Order",
        options={"kept": T(zh="保持原样", en="as it is"), "sorted": T(zh="按编号排", en="sorted")},
    )

    def _code(self, names: Names) -> str:
        table = held(self.table, names)
        own = isinstance(table, pd.DataFrame) and self.column in table.columns
        values = column_code(self.table, self.column, names) if own else f"{self.table}.index"
        return f"sorted({values})" if self.order == "sorted" else f"{values}.tolist()"


@dataclass(frozen=True)
class Together(Step):
    """Put several values under names: as one column of numbers, a table, or a dictionary.

    >>> Together("column", "customers = registered").code({"registered": 3})
    'pd.Series({"customers": registered})'
    """

    title = T(zh="放在一起", en="Put together")
    noun = "together"
    shape: str = given(
        "choice",
        "放成什么",
        "As",
        options={
            "column": T(zh="一列数", en="a column of numbers"),
            "table": T(zh="一张表", en="a table"),
            "dict": T(zh="名字和值的对照", en="names with values"),
        },
    )
    entries: str = given("lines", "每行写：名字 = 值", "A line each: name = value")

    def _code(self, names: Names) -> str:
        pairs = [line.partition("=") for line in self.entries.replace("＝", "=").splitlines() if line.strip()]
        if not pairs:
            raise UserError(T(zh="每行写一个：名字 = 值。", en="Write a line each: name = value."))
        held = ", ".join(f"{quoted(name.strip())}: {value_code(value, names)}" for name, _, value in pairs)
        return {"column": "pd.Series({{{}}})", "table": "pd.DataFrame({{{}}})", "dict": "{{{}}}"}[
            self.shape
        ].format(held)


PLAIN: dict[str, type[Step]] = {
    "keep": Keep,
    "join": Join,
    "group": Group,
    "measure": Measure,
    "sort": Sort,
    "top": Top,
    "compare": Compare,
    "calculate": Calculate,
    "new column": NewColumn,
    "column": Column,
    "entry": Entry,
    "change": Change,
    "match": Match,
    "cross": Cross,
    "list": Listing,
    "together": Together,
}
"""The steps of plain pandas, in the order in which they are offered."""
