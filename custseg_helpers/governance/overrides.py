"""Manual overrides: who set which customer's tag or tier by hand, why and until when, in a file that only grows.

The computed value is never touched at its source. Every run reads the file, sets the values that are still valid and
reports on every single override, also on those it did not apply.
"""

from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from custseg_helpers.files.whole import append_json, json_lines, ordinary
from custseg_helpers.tags.kinds import kind_of
from custseg_helpers.words.text import T, UserError

MOST = 100_000
"""Lines of a file of overrides: they are exceptions, each with somebody's reason."""
LARGEST = 100_000_000
"""Bytes of such a file."""
_TEXTS = ("customer_id", "column", "why", "who", "approved_by")
_COLUMNS = ["customer_id", "column", "original", "new", "why", "who", "approved_by", "on", "until"]

STATUSES = (
    "applied",
    "expired",
    "replaced",
    "decided_later",
    "customer_gone",
    "column_gone",
    "wrong_kind",
    "damaged",
)
"""What became of an override."""


class Applied(NamedTuple):
    """The table with its overrides, and one row on each override."""

    table: pd.DataFrame
    report: pd.DataFrame


def record_override(
    path: Path | str,
    *,
    customer_id: str,
    column: str,
    original: Any,
    new: Any,
    why: str,
    who: str,
    approved_by: str,
    until: date,
    on: date | None = None,
) -> None:
    """Append one override to the file, as one line of JSON; several people may do so at once.

    `original` is the computed value that is being replaced, `until` the last day on which `new` holds (at most the
    review date), `on` the day of the decision (today). To take an override back, record another one for the same
    customer and column that ends on its own day: only the last line counts.
    """
    entry = {
        "customer_id": customer_id,
        "column": column,
        "original": _scalar(original),
        "new": _scalar(new),
        "why": why,
        "who": who,
        "approved_by": approved_by,
        "on": pd.Timestamp(on or date.today()).date().isoformat(),
        "until": pd.Timestamp(until).date().isoformat(),
    }
    problem = _problem(entry)
    if problem:
        raise UserError(
            T(zh="人工调整没有记下：{why}。", en="The override was not recorded: {why}.").format(why=problem)
        )
    append_json(path, entry)


def read_overrides(path: Path | str) -> pd.DataFrame:
    """Return the overrides in the order of recording, by line number; `attrs["damaged"]` lists unreadable lines.

    A file that is not there yet holds no overrides; one of more than `MOST` lines is a `UserError`. `on` and `until` are dates.
    """
    path = Path(path)
    ordinary(path)
    size = path.stat().st_size if path.exists() else 0
    if size > LARGEST:
        raise _too_many(path, T(zh="{n:,} 字节", en="{n:,} bytes").format(n=size))
    entries, damaged = json_lines(path)
    if len(entries) + len(damaged) > MOST:
        raise _too_many(path, T(zh="{n:,} 条", en="{n:,} lines").format(n=len(entries) + len(damaged)))
    good = {number: entry for number, entry in entries.items() if _problem(entry) is None}
    damaged = sorted([*damaged, *(set(entries) - set(good))])
    overrides = pd.DataFrame(
        list(good.values()),
        index=pd.Index(list(good), name="line", dtype="int64"),
        columns=_COLUMNS,
        dtype=object,
    )
    for column in ("on", "until"):
        overrides[column] = pd.to_datetime(overrides[column])
    overrides.attrs["damaged"] = damaged
    return overrides


def _too_many(path: Path, how_much: T) -> UserError:
    return UserError(
        T(
            zh="人工调整文件“{f}”有 {n}，太多了（最多 {most:,} 条）。人工调整是例外；对许多客户都成立的，请写成标签规则或方案里的门槛。",
            en="The overrides in “{f}” are {n}, which is too much ({most:,} lines are the most). An override is an exception; what holds for many customers is a rule of a tag or a threshold of the scheme.",
        ).format(f=path.name, n=how_much, most=MOST)
    )


def apply_overrides(table: pd.DataFrame, overrides: pd.DataFrame, as_of: pd.Timestamp) -> Applied:
    """Set the overrides that are valid on `as_of` in a copy of `table`, and report on all of them.

    `table` has one row a customer and tags or tiers as columns. Of several overrides of one customer and column the
    one recorded last counts and replaces the others for good, also after it expired. Those decided after `as_of`
    are left for later runs. The report has one row a line of the file: the override, `calculated` (what the table
    said), `status` (see `STATUSES`) and a `note` in the current language where somebody should look.
    """
    decided = overrides[overrides["on"] <= as_of]
    last = set(decided.index[~decided.duplicated(["customer_id", "column"], keep="last")])
    result, rows = table.copy(), []
    occurring: dict[str, set[Any]] = {}
    for line, entry in overrides.iterrows():
        calculated, status, note = _judged(entry, table, as_of, line in last, occurring)
        rows.append({**entry, "calculated": calculated, "status": status, "note": str(note)})
    report = pd.DataFrame(rows, index=overrides.index, columns=[*_COLUMNS, "calculated", "status", "note"])
    for column, entries in overrides[report["status"] == "applied"].groupby("column"):
        before = table[column]
        values = before.astype(object)
        values.loc[entries["customer_id"]] = entries["new"].to_numpy()
        result[column] = values.astype(before.dtype) if before.notna().any() else values.infer_objects()
    lost = pd.DataFrame(
        {"status": "damaged"}, index=pd.Index(overrides.attrs.get("damaged", []), name="line")
    )
    return Applied(result, pd.concat([report, lost]).sort_index() if len(lost) else report)


def _judged(
    entry: pd.Series, table: pd.DataFrame, as_of: pd.Timestamp, last: bool, occurring: dict[str, set[Any]]
) -> tuple[Any, str, T]:
    """Return what the table says, what becomes of the override, and what somebody should look at.

    `occurring` keeps what occurs in each column: with many overrides it is asked for again and again.
    """
    nothing = T(zh="", en="")
    if entry["on"] > as_of:
        return None, "decided_later", nothing
    if not last:
        return None, "replaced", nothing
    if entry["customer_id"] not in table.index:
        return None, "customer_gone", nothing
    if entry["column"] not in table:
        return None, "column_gone", nothing
    column, new = table[entry["column"]], entry["new"]
    calculated = _scalar(column[entry["customer_id"]])
    if entry["until"] < as_of:
        return calculated, "expired", nothing
    if not _fits(new, column):
        return (
            calculated,
            "wrong_kind",
            T(zh=f"“{new}”不是这一列能有的值", en=f"the column cannot hold “{new}”"),
        )
    if calculated == new:
        return (
            calculated,
            "applied",
            T(zh="重算结果已与调整一致，可以撤销", en="the computed value agrees by now: take it back"),
        )
    if calculated != entry["original"]:
        changed = T(
            zh=f"当初的计算值是“{entry['original']}”，现在是“{calculated}”，请复核",
            en=f"the computed value was “{entry['original']}” and is “{calculated}” now: review it",
        )
        return calculated, "applied", changed
    if entry["column"] not in occurring:
        occurring[entry["column"]] = set(column.dropna())
    if isinstance(new, str) and new not in occurring[entry["column"]]:
        return (
            calculated,
            "applied",
            T(zh=f"没有别的客户是“{new}”，请核对写法", en=f"nobody else is “{new}”: check the spelling"),
        )
    return calculated, "applied", nothing


def _fits(new: Any, column: pd.Series) -> bool:
    if isinstance(column.dtype, pd.CategoricalDtype):
        return new in column.cat.categories
    kind = kind_of(column)
    if isinstance(new, bool):
        return kind in ("flag", "empty")
    if isinstance(new, str):
        return kind in ("text", "empty")
    whole = pd.api.types.is_integer_dtype(column.dtype)
    return kind in ("number", "empty") and (not whole or float(new).is_integer())


def _scalar(value: Any) -> Any:
    """Return Python's own value for JSON; a missing value of any kind is None."""
    if pd.api.types.is_scalar(value) and pd.isna(value):
        return None
    return value.item() if hasattr(value, "item") else value


def _problem(entry: dict[str, Any]) -> T | None:
    """Say what is wrong with an override, or None."""
    for key in _TEXTS:
        if not isinstance(entry.get(key), str) or not entry[key].strip():
            return T(zh=f"缺少 {key}，或它不是文字", en=f"{key} is missing or is no text")
    for key in ("original", "new"):
        missing = key == "new" and entry.get(key) is None
        if missing or not isinstance(entry.get(key), str | int | float | bool | None):
            return T(
                zh=f"{key} 要是文字、数字或是/否", en=f"{key} must be a text, a number, or true or false"
            )
    try:
        on, until = (date.fromisoformat(entry[key]) for key in ("on", "until"))
    except (KeyError, TypeError, ValueError):
        return T(zh="on 和 until 要是 2025-07-01 这样的日期", en="on and until must be dates like 2025-07-01")
    if until < on:
        return T(zh="截止日早于决定日", en="until is before on")
    if entry["approved_by"].strip().casefold() == entry["who"].strip().casefold():
        return T(zh="审批人不能是提出人本人", en="nobody approves their own override")
    return None
