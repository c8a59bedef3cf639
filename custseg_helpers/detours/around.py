"""What else is at hand where a model answer works: other tables and columns, everyone and buyers, returns, other measures."""

import ast
from collections.abc import Iterator, Mapping
from functools import lru_cache, partial
from typing import Any

import pandas as pd

from custseg_helpers.detours import words
from custseg_helpers.detours.calls import AGGREGATES
from custseg_helpers.detours.trace import Line, Part, Trace
from custseg_helpers.detours.turn import Turn, bracketed, code, is_mask
from custseg_helpers.detours.words import called
from custseg_helpers.relations.evidence import shown
from custseg_helpers.relations.keyed import is_number
from custseg_helpers.words.text import T

MOST_OTHERS = 16
"""So many other tables at most are tried in the place of one."""
FEW_LABELS = 8
"""Of a column with more labels no other label is divided by."""
MOST_COLUMNS = 60
"""Of a wider table no column is looked at."""
MOST_GROUPS = 60
"""So many groups at most: of more it is no group that has a value, but a customer or a day."""
MEASURES = ("sum", "mean", "median", "count", "nunique", "max", "min")


def other_names(trace: Trace, part: Part) -> Iterator[Turn]:
    """Yield the other tables, columns and numbers that a name could stand for."""
    value, name = part.value, part.text
    if not isinstance(part.node, ast.Name):
        return
    found = 0
    for other, another in list(trace.names.items()):
        if other == name or other.startswith("_") or type(another) is not type(value) or found >= MOST_OTHERS:
            continue
        if isinstance(value, (pd.DataFrame, pd.Series)):
            alike = isinstance(value, pd.DataFrame) or (
                another.index.name == value.index.name and is_mask(another) == is_mask(value)
            )
            if alike and another is not value:
                found += 1
                text = words.ANOTHER.format(new=other, old=name, n=f"{len(another):,}", m=f"{len(value):,}")
                yield Turn("other_table", 0, text, partial(_as_it_is, another))
        elif is_number(value) and another != value:
            found += 1
            text = words.ANOTHER_NUMBER.format(new=other, old=name, n=shown(another), m=shown(value))
            yield Turn("other_number", 0, text, partial(_as_it_is, another))
        elif isinstance(value, pd.Timestamp) and another != value:
            found += 1
            days = {"n": f"{another:%Y-%m-%d}", "m": f"{value:%Y-%m-%d}"}
            text = words.ANOTHER_NUMBER.format(new=other, old=name, **days)
            yield Turn("other_day", 0, text, partial(_as_it_is, another))


def other_line(trace: Trace, line: Line) -> Iterator[Turn]:
    """Yield the other tables that a line could have made: then all that reads its name goes by another."""
    made = line.whole
    if made is None or not isinstance(made.value, (pd.DataFrame, pd.Series)):
        return
    named = Part(ast.Name(line.name, ast.Load()), [], frozenset({line.name}), line.code, value=made.value)
    yield from other_names(trace, named)


def ratios(trace: Trace, part: Part) -> Iterator[Turn]:
    """Yield the mean of the quotients for a quotient of sums."""
    if not isinstance(part.node, ast.BinOp) or not isinstance(part.node.op, ast.Div):
        return
    above, below = (_added_up(trace, one) for one in part.parts)
    if above is not None and below is not None and above.index.equals(below.index):
        text = words.MEAN_OF_RATIOS.format(one=code(part.parts[0]), other=code(part.parts[1]))
        yield Turn("mean_of_ratios", 0, text, lambda: (above / below).mean())


def _added_up(trace: Trace, part: Part) -> pd.Series | None:
    """Return the column that an expression adds up, there or where its name is made."""
    if isinstance(part.node, ast.Name):
        made = next((line.whole for line in trace.lines if line.name == part.node.id), None)
        return _added_up(trace, made) if made is not None and made is not part else None
    node = part.node
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute) or node.func.attr != "sum":
        return None
    held = part.parts[0].parts[0].value
    return held if isinstance(held, pd.Series) and not is_mask(held) else None


def other_people(company: Any, part: Part) -> Iterator[Turn]:
    """Yield everyone for those who bought, and the other way round, of what stands by customer."""
    value = part.value
    if (
        not isinstance(value, (pd.DataFrame, pd.Series))
        or value.index.name != "customer_id"
        or not value.index.is_unique
    ):
        return
    ids, bought = _people(company)
    sizes = {"old": code(part), "m": f"{len(value):,}"}
    if len(value) < len(ids) and value.index.isin(ids).all():
        text = words.EVERYONE.format(n=f"{len(ids):,}", **sizes)
        yield Turn("everyone", 0, text, lambda: value.reindex(ids.rename("customer_id")))
        if isinstance(value, pd.Series):
            filled = False if is_mask(value) else 0 if pd.api.types.is_numeric_dtype(value) else None
            if filled is not None:
                yield Turn(
                    "everyone", 0, text, lambda: value.reindex(ids.rename("customer_id"), fill_value=filled)
                )
    elif len(value) > len(bought) and value.index.isin(bought).any():
        text = words.BUYERS.format(n=f"{len(bought):,}", **sizes)
        yield Turn("buyers_only", 0, text, lambda: value[value.index.isin(bought)])


@lru_cache(maxsize=4)
def _people(company: Any) -> tuple[pd.Index, pd.Index]:
    """Return the ids of a company's customers, and of those who bought."""
    bought = company.orders.loc[company.orders["quantity"] > 0, "customer_id"].unique()
    return pd.Index(company.customers["customer_id"]), pd.Index(bought)


def other_tables(company: Any, part: Part) -> Iterator[Turn]:
    """Yield the company's other tables for one whose rows are counted, and its columns for its rows."""
    node = part.node
    if not isinstance(node, ast.Call) or code(part).partition("(")[0] != "len" or len(part.parts) != 2:
        return
    table = part.parts[1].value
    if not isinstance(table, pd.DataFrame):
        return
    for name in ("customers", "orders", "products"):
        other = getattr(company, name, None)
        if isinstance(other, pd.DataFrame) and len(other) != len(table):
            sizes = {"new": name, "n": f"{len(other):,}", "old": code(part.parts[1]), "m": f"{len(table):,}"}
            yield Turn("other_table", 0, words.ANOTHER.format(**sizes), partial(len, other))
    text = words.COLUMNS_FOR_ROWS.format(old=code(part.parts[1]))
    yield Turn("columns", 0, text, lambda: table.shape[1])


def returns(company: Any, part: Part) -> Iterator[Turn]:
    """Yield order lines with and without returns."""
    value = part.value
    if not isinstance(value, pd.DataFrame) or not {"quantity", "order_id", "amount"} <= set(value.columns):
        return
    if not pd.api.types.is_numeric_dtype(value["quantity"]):
        return
    back = value["quantity"] < 0
    if back.any():
        yield Turn("without_returns", 0, words.WITHOUT_RETURNS, lambda: value[~back])
        yield Turn("returns_only", 0, words.RETURNS_ONLY, lambda: value[back])
    elif len(value) == (company.orders["quantity"] > 0).sum():
        yield Turn("with_returns", 0, words.WITH_RETURNS, lambda: company.orders)


def denominators(part: Part, at_hand: Mapping[int, str], rarer: Mapping[int, str]) -> Iterator[Turn]:
    """Yield a share of another whole: the mean of a condition among other rows, a quotient by another count."""
    node = part.node
    mean = (
        isinstance(node, ast.Call)
        and code(part).endswith(".mean()")
        and is_mask(part.parts[0].parts[0].value)
    )
    divided = isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div) and is_number(part.parts[-1].value)
    if not mean and not divided:
        return
    above = part.parts[0].parts[0].value.sum() if mean else part.parts[0].value
    below = len(part.parts[0].parts[0].value) if mean else part.parts[-1].value
    for plain, whole in enumerate((at_hand, rarer)):
        for n, said in whole.items():
            if n != below and not (plain and n in at_hand):
                text = words.BY_ANOTHER.format(new=said, n=f"{n:,}", m=shown(below))
                yield Turn("denominator", plain, text, partial(_quotient, above, n))


def sizes(names: dict[str, Any]) -> dict[int, str]:
    """Return how many rows, yeses and different ids the tables at hand have, each with its code.

    >>> sizes({"late": pd.Series([True, True, False])})
    {3: 'late', 2: 'late.sum()', 1: '(~late).sum()'}
    """
    found: dict[int, str] = {}
    for name, table in names.items():
        if not name.startswith("_") and isinstance(table, (pd.DataFrame, pd.Series, pd.Index)):
            for n, said in _sizes(name, table):
                if n:
                    found.setdefault(n, said)
    return found


def rarer_sizes(trace: Trace) -> dict[int, str]:
    r"""Return what a share is divided by more rarely: those of another label, all pieces, all orders added up.

    >>> from custseg_helpers.detours.trace import run
    >>> lines = 'pace = pd.Series(["slow", "slow", "even"])\nshare = (pace == "slow").mean()'
    >>> rarer_sizes(run("import pandas as pd", lines, "share", {}))
    {2: "(pace == 'slow').sum()", 1: "(pace == 'even').sum()"}
    """
    found: dict[int, str] = {}
    for _, part in trace.parts():
        if isinstance(part.node, ast.Compare) and isinstance(part.parts[0].value, pd.Series):
            compared, label = part.parts[0], part.parts[-1].value
            counts = compared.value.value_counts() if isinstance(label, str) else {}
            for one, n in counts.items() if len(counts) <= FEW_LABELS else ():
                found.setdefault(int(n), f"({code(compared)} == {one!r}).sum()")
    for name, _, values in _each_column(trace):
        if pd.api.types.is_integer_dtype(values) and values.sum() > len(values):
            found.setdefault(int(values.sum()), f'{name}["{values.name}"].sum()')
    return found


def _sizes(name: str, table: Any) -> Iterator[tuple[int, str]]:
    yield len(table), name
    if is_mask(table):
        yield int(table.sum()), f"{bracketed(name)}.sum()"
        yield int((~table).sum()), f"(~{bracketed(name)}).sum()"
    elif isinstance(table, pd.DataFrame):
        for column in table.columns[:MOST_COLUMNS]:
            if str(column).endswith("_id") and table.columns.is_unique:
                yield int(table[column].nunique()), f'{name}["{column}"].nunique()'


def wholes(trace: Trace, at_hand: Mapping[int, str]) -> Iterator[tuple[str, T, Any]]:
    """Yield the share for a count and the count for a share, the rest of a whole, one part of a product too many."""
    if is_number(trace.value):
        yield from _of_a_whole(float(trace.value), at_hand)
        yield from _of_a_sum(trace, float(trace.value))
    elif isinstance(trace.value, pd.Series):
        yield from _of_a_column(trace, trace.value)


def measures(trace: Trace) -> Iterator[tuple[str, T, Any]]:
    """Yield the measures of all that is at hand which have the form of the answer, with their words."""
    if is_number(trace.value):
        yield from _numbers(trace)
    elif isinstance(trace.value, pd.Series):
        yield from _columns(trace, trace.value)
        yield from _by_group(trace, trace.value)


def _of_a_whole(answer: float, at_hand: Mapping[int, str]) -> Iterator[tuple[str, T, Any]]:
    """Yield the share that a count is of something, and the count that a share stands for."""
    for n, said in at_hand.items():
        if n > 1 and answer.is_integer():
            yield f"share_of={said}", words.SHARE_OF.format(new=said, n=f"{n:,}"), answer / n
            yield f"rest_of={said}", words.REST_OF.format(new=said, n=f"{n:,}"), n - answer
        elif n > 1 and 0 < answer < 1:
            yield f"count_of={said}", words.COUNT_OF.format(new=said, n=f"{n:,}"), round(answer * n, 6)


def of_those(trace: Trace) -> Iterator[tuple[str, T, Any]]:
    """Yield how many meet each condition of the model answer, and which share of all they are."""
    for said, mask in _conditions(trace):
        yield f"number_of={said}", words.NUMBER_OF_THOSE.format(new=said), mask.sum()
        yield f"share_of={said}", words.SHARE_OF_THOSE.format(new=said), mask.mean()


def rarer_measures(trace: Trace) -> Iterator[tuple[str, T, Any]]:
    """Yield the measures of those who meet a condition, and of the columns that have no name."""
    if is_number(trace.value):
        yield from _money_of_those(trace)
        yield from _on_the_way(trace)


def _money_of_those(trace: Trace) -> Iterator[tuple[str, T, Any]]:
    """Yield what those who meet a condition have in each column, in all and on average."""
    columns = [
        (name, column, values)
        for name, column, values in _each_column(trace)
        if pd.api.types.is_numeric_dtype(values) and not is_mask(values)
    ]
    for said, mask in _conditions(trace):
        for name, column, values in columns:
            if len(values) != len(mask) or not values.index.equals(mask.index):
                continue
            for measure in ("sum", "mean", "median"):
                text = words.MEASURED_OF_THOSE.format(
                    which=said, table=name, column=column, new=words.AGGREGATES[measure]
                )
                yield f"of_those={name}.{measure}", text, getattr(values[mask], measure)()


def _conditions(trace: Trace) -> Iterator[tuple[str, pd.Series]]:
    """Yield every condition of the lines of the model answer, each once, with its code."""
    seen: list[pd.Series] = []
    for number, part in trace.parts():
        mask = part.value
        if trace.lines[number].given or not is_mask(mask) or not part.parts or not mask.index.is_unique:
            continue
        if any(mask is one or mask.equals(one) for one in seen):
            continue
        seen.append(mask)
        yield code(part), mask


def _of_a_sum(trace: Trace, answer: float) -> Iterator[tuple[str, T, Any]]:
    """Yield the share that an amount is of the sum of each column."""
    for name, number in trace.names.items():
        if not name.startswith("_") and is_number(number) and number > 1 and number != answer:
            yield f"divided_by={name}", words.BY_NUMBER.format(new=name, n=shown(number)), answer / number
    for name, column, values in _each_column(trace) if abs(answer) > 1 else ():
        if pd.api.types.is_numeric_dtype(values) and not is_mask(values) and values.sum() > abs(answer):
            text = words.SHARE_OF_SUM.format(table=name, column=column)
            yield f"share_of_sum={name}", text, answer / values.sum()


def _of_a_column(trace: Trace, answer: pd.Series) -> Iterator[tuple[str, T, Any]]:
    """Yield the answer divided by a column of the same rows, and multiplied by it."""
    if is_mask(answer) or not pd.api.types.is_numeric_dtype(answer):
        return
    for name, column, values in _each_column(trace):
        if (
            is_mask(values)
            or not pd.api.types.is_numeric_dtype(values)
            or values.index.name != answer.index.name
        ):
            continue
        if len(values) == len(answer) and values.index.is_unique and values.index.isin(answer.index).all():
            yield f"divided_by={name}", words.DIVIDED_BY.format(table=name, column=column), answer / values
            yield f"times={name}", words.TIMES.format(table=name, column=column), answer * values


def _by_group(trace: Trace, answer: pd.Series) -> Iterator[tuple[str, T, Any]]:
    """Yield other measures of the groups that the answer has a value for: how many, their money, shares, averages."""
    labels = _labels_of(trace, answer)
    if labels is None or not pd.api.types.is_numeric_dtype(answer) or len(answer) > MOST_GROUPS:
        return
    how_many = labels.groupby(list(labels.columns)).size()
    yield "by_group=size", words.OF_GROUPS["size"], how_many
    yield "by_group=share", words.OF_GROUPS["share"], how_many / how_many.sum()
    for name, column, values in _each_column(trace):
        alike = values.index.name == labels.index.name and values.index.is_unique
        if is_mask(values) or not pd.api.types.is_numeric_dtype(values) or not alike:
            continue
        grouped = values.groupby([labels[one].reindex(values.index) for one in labels])
        for measure in ("sum", "mean", "median"):
            said = {"table": name, "column": column, "new": words.AGGREGATES[measure]}
            found = getattr(grouped, measure)()
            yield f"by_group={name}.{measure}", words.GROUPS_OF.format(**said), found
            if measure == "sum" and found.sum():
                text = words.SHARES_OF.format(table=name, column=column)
                yield f"by_group={name}.share", text, found / found.sum()


def _labels_of(trace: Trace, answer: pd.Series) -> pd.DataFrame | None:
    """Return the label, or the labels, that each of those grouped has, where a table or column at hand holds them."""
    names = list(answer.index.names)
    wanted = set(map(str, answer.index.get_level_values(0)))
    for part in [*(part.value for _, part in trace.parts()), *trace.names.values()]:
        if isinstance(part, pd.DataFrame) and part.columns.is_unique and set(names) <= set(part.columns):
            found = part[names]
        elif isinstance(part, pd.Series) and len(names) == 1:
            found = part.to_frame("label")
        else:
            continue
        first = found.iloc[:, 0]
        if not found.index.is_unique or found.index.name is None or len(found) <= len(answer):
            continue
        if pd.api.types.is_float_dtype(first) or is_mask(first):
            continue
        if set(map(str, first.dropna().unique())) >= wanted:
            return found
    return None


def _numbers(trace: Trace) -> Iterator[tuple[str, T, Any]]:
    for name, column, values in _each_column(trace):
        numeric = pd.api.types.is_numeric_dtype(values)
        for measure in MEASURES if numeric else ("count", "nunique"):
            said = words.AGGREGATES[measure]
            text = words.MEASURED.format(table=name, column=column, new=said)
            try:
                yield f"{name}.{measure}", text, getattr(values, measure)()
            except (TypeError, ValueError):
                continue
        if not numeric and len(values):
            text = words.MEASURED_SHARE.format(table=name, column=column)
            yield f"{name}.different", text, values.nunique() / len(values)


def _on_the_way(trace: Trace) -> Iterator[tuple[str, T, Any]]:
    """Yield the measures of each column that the lines make on their way, without a name."""
    for number, part in trace.parts():
        values = part.value
        if (
            trace.lines[number].given
            or not part.parts
            or not isinstance(values, pd.Series)
            or is_mask(values)
        ):
            continue
        if pd.api.types.is_numeric_dtype(values):
            for measure in MEASURES:
                text = words.ON_THE_WAY.format(old=code(part), new=words.AGGREGATES[measure])
                yield f"on_the_way.{measure}", text, getattr(values, measure)()


def _each_column(trace: Trace) -> Iterator[tuple[str, T, pd.Series]]:
    seen: set[int] = set()
    for name, table in list(trace.names.items()):
        if name.startswith("_") or id(table) in seen:
            continue
        seen.add(id(table))
        if isinstance(table, pd.Series):
            yield name, called(table.name or name), table
        elif isinstance(table, pd.DataFrame) and table.columns.is_unique and table.shape[1] <= MOST_COLUMNS:
            for column in table.columns:
                yield name, called(column), table[column]


def _columns(trace: Trace, answer: pd.Series) -> Iterator[tuple[str, T, Any]]:
    key, numeric = answer.index.name, pd.api.types.is_numeric_dtype(answer)
    for name, column, values in _each_column(trace):
        if pd.api.types.is_numeric_dtype(values) != numeric or is_mask(values) != is_mask(answer):
            continue
        if len(values) == len(answer) and values.index.isin(answer.index).all():
            yield name, words.COLUMN_OF.format(table=name, column=column), values
        table = trace.names[name]
        if (
            not isinstance(key, str)
            or not isinstance(table, pd.DataFrame)
            or key not in table
            or values.name == key
        ):
            continue
        for measure in AGGREGATES if numeric else ():
            text = words.GROUPS_OF.format(table=name, column=column, new=words.AGGREGATES[measure])
            try:
                yield f"{name}.{measure}", text, getattr(values.groupby(table[key]), measure)()
            except (TypeError, ValueError):
                continue


def _as_it_is(value: Any) -> Any:
    return value


def _quotient(above: Any, below: int) -> Any:
    return above / below
