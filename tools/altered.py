"""Exports changed on purpose: each must still come out right, or be asked about; never silently wrong.

    python -m tools.altered [FOLDER] [--seeds 2] [--only NAME ...]

Without a folder the samples of the known systems are changed; a folder holds exports, each in a folder of its own beside
its `expected.txt` ("net of refunds: 123.45", "customers who paid: 12"). Each change is made with the known systems
switched on and off. Exit code 0 only where nothing is wrong and nobody is asked more than three questions.
"""

import argparse
import io
import math
import random
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from unittest.mock import patch

import pandas as pd

from custseg_helpers.decision.questions import MOST
from custseg_helpers.evidence.called import MONEY, bucket, roles
from custseg_helpers.evidence.contents import as_number, unmarked
from custseg_helpers.evidence.sheet_evidence import evidence
from custseg_helpers.evidence.systems import systems
from custseg_helpers.mapping.draft import Draft, draft, missing
from custseg_helpers.reading.read import read_sheets
from custseg_helpers.reading.sheet import Sheet

RIGHT, ASKED, WRONG = "right", "asked", "WRONG"


@dataclass(frozen=True)
class Export:
    """An export and what is right of it."""

    name: str
    sheets: tuple[Sheet, ...]
    net: float
    customers: int | None
    """None: it tells no buyers apart"""

    @property
    def frame(self) -> pd.DataFrame:
        """The fullest table."""
        return max(
            (sheet.frame for sheet in self.sheets), key=lambda frame: int(frame.notna().to_numpy().sum())
        )

    def with_frames(self, change: Callable[[pd.DataFrame], pd.DataFrame], factor: float = 1.0) -> "Export":
        """Return the export with every table changed, and the sum that is right then."""
        sheets = tuple(replace(sheet, frame=change(sheet.frame)) for sheet in self.sheets)
        return replace(self, sheets=sheets, net=self.net * factor)


def samples() -> Iterator[Export]:
    """Yield the samples of the known systems."""
    for system in systems():
        read = pd.read_csv(io.StringIO(system.sample), dtype=object, keep_default_na=False, na_values=[""])
        expected = system.expected or {}
        read.index = read.index + 2
        sheet = Sheet(read, Path(f"{system.key}.csv"), {"kind": "text", "separator": ",", "header_row": 1})
        people = expected.get("customers")
        yield Export(system.key, (sheet,), float(expected["net"]), None if people is None else int(people))


def in_folder(folder: Path) -> Iterator[Export]:
    """Yield the exports that stand in a folder, each in its own beside what is right of it."""
    for expected in sorted(folder.glob("*/expected.txt")):
        text = expected.read_text(encoding="utf-8")
        net, people = (
            re.search(rf"{words}: (-?[\d.]+)", text) for words in ("net of refunds", "customers who paid")
        )
        if net is None:
            continue
        files = [path for path in sorted(expected.parent.iterdir()) if path.name != expected.name]
        read = [sheet for path in files for sheet in read_sheets(path)]
        yield Export(
            expected.parent.name,
            tuple(read),
            float(net[1]),
            None if people is None or "no buyer" in text else int(people[1]),
        )


def outcome(export: Export) -> tuple[str, Draft]:
    """Return how an export ends, as `custseg init` and `run` would say it."""
    made = draft(export.sheets)
    unread = made.stated.get("orders.dates") == "?"
    if made.questions or missing(made.orders.columns) or unread:
        return ASKED, made
    net, people = made.totals["net"], made.totals["customers"]
    right = abs(net - export.net) < 0.006 and people == export.customers
    return (RIGHT if right else WRONG), made


def shuffled(export: Export, chance: random.Random) -> Export:
    """Return it with its columns in another sequence."""
    names = list(export.frame.columns)
    chance.shuffle(names)
    place = {name: number for number, name in enumerate(names)}
    return export.with_frames(lambda frame: frame[sorted(frame, key=lambda name: place.get(name, 0))])


def _called(export: Export, names: dict[str, str]) -> Export:
    return export.with_frames(lambda frame: frame.rename(columns=names))


def hidden(export: Export, chance: random.Random) -> Export:
    """Return it with names that say nothing."""
    return _called(export, {name: f"column {place}" for place, name in enumerate(export.frame.columns)})


def renamed(export: Export, chance: random.Random) -> Export:
    """Return it with three names in ten that say nothing."""
    names = list(export.frame.columns)
    some = chance.sample(range(len(names)), max(1, round(0.3 * len(names))))
    return _called(export, {names[place]: f"own field {place}" for place in some})


def dropped(export: Export, chance: random.Random) -> Export:
    """Return it without four columns in ten."""
    names = list(export.frame.columns)
    gone = set(chance.sample(names, round(0.4 * len(names))))
    return export.with_frames(lambda frame: frame[[name for name in frame if name not in gone]])


def doubled_name(export: Export, chance: random.Random) -> Export:
    """Return it with one column called like another."""
    one, other = chance.sample(list(export.frame.columns), 2)
    return _called(export, {one: other})


def tempted(name: str, last: bool) -> Callable[[Export, random.Random], Export]:
    """Return a change that adds a column of money which nobody paid."""

    def change(export: Export, chance: random.Random) -> Export:
        def add(frame: pd.DataFrame) -> pd.DataFrame:
            made = frame.copy()
            made.insert(
                made.shape[1] * last, name, [f"{chance.uniform(5, 900):.2f}" for _ in range(len(made))]
            )
            return made

        return export.with_frames(add)

    return change


def attributed(export: Export, chance: random.Random) -> Export:
    """Return it with a group of customers beside."""
    return export.with_frames(
        lambda frame: frame.assign(
            **{"Customer Group": [chance.choice(("A", "B")) for _ in range(len(frame))]}
        )
    )


def _status_columns(export: Export) -> list[str]:
    found = []
    for name in export.frame:
        values = {str(value) for value in export.frame[name].dropna().unique()}
        named = {"status", "direction"} & set(roles(str(name))[:1])
        if 0 < len(values) <= 40 and named and any(bucket(value) for value in values):
            found.append(name)
    return found


def unknown_words(export: Export, chance: random.Random) -> Export:
    """Return it with words of statuses that nobody knows."""
    names = _status_columns(export)
    words: dict[str, str] = {}

    def change(frame: pd.DataFrame) -> pd.DataFrame:
        said = {
            name: [
                words.setdefault(str(cell), f"zq{len(words)}") if pd.notna(cell) else cell
                for cell in frame[name]
            ]
            for name in names
            if name in frame
        }
        return frame.assign(**said)

    return export.with_frames(change)


def rare_word(export: Export, chance: random.Random) -> Export:
    """Return it with one row whose status nobody knows."""
    names = _status_columns(export)[:1]

    def change(frame: pd.DataFrame) -> pd.DataFrame:
        made = frame.copy()
        for name in names:
            if name in made:
                filled = [place for place, cell in enumerate(made[name]) if pd.notna(cell)]
                made.iloc[chance.choice(filled), list(made).index(name)] = "zqrare"
        return made

    return export.with_frames(change) if names else export


def twice(export: Export, chance: random.Random) -> Export:
    """Return it with every row once more under other order numbers: the money is double, the people are the same."""
    orders = {name for name in export.frame if set(roles(str(name))[:1]) & {"order_id", "line_id"}}
    orders |= {
        name
        for name in export.frame
        if export.frame[name].dropna().is_unique and not _is_number(export.frame[name])
    }

    orders |= {draft(export.sheets).orders.columns.get("order_id")} & set(export.frame)

    def change(frame: pd.DataFrame) -> pd.DataFrame:
        body = frame[(evidence(frame).aside == "").to_numpy()]
        names = [name for name in orders if name in frame]
        more = body.assign(
            **{name: [cell if pd.isna(cell) else f"9{cell}9" for cell in body[name]] for name in names}
        )
        return pd.concat([body, more]).set_axis(range(2, 2 + 2 * len(body)))

    return export.with_frames(change, 2)


def _is_number(column: pd.Series) -> bool:
    return all(as_number(cell) == as_number(cell) for cell in column.dropna().head(50))


SEVEN = 7


def times_seven(export: Export, chance: random.Random) -> Export:
    """Return it with all money seven times as much."""
    used = draft(export.sheets).orders.columns
    paid = {used.get(name) for name in ("amount", "price", "refund", "after_refunds")}

    def change(frame: pd.DataFrame) -> pd.DataFrame:
        columns = evidence(frame).columns
        money = [
            column
            for column in columns.values()
            if column.kind == "number"
            and (
                column.name in paid or MONEY & set(column.roles[:1]) or (not column.roles and column.decimal)
            )
        ]
        return frame.assign(
            **{
                column.name: [_seven_times(cell, column.decimal or ".") for cell in frame[column.name]]
                for column in money
            }
        )

    return export.with_frames(change, SEVEN)


def _seven_times(cell: object, decimal: str) -> object:
    """Return a cell of money times seven, written with the same mark before its decimals; what is no number as it is."""
    value = as_number(unmarked(cell), decimal)
    if math.isnan(value):
        return cell
    made = round(SEVEN * value, 2)
    return f"{made:.2f}".replace(".", decimal) if isinstance(cell, str) else made


def without_footer(export: Export, chance: random.Random) -> Export:
    """Return it without the rows that are no order lines."""
    return export.with_frames(lambda frame: frame[(evidence(frame).aside == "").to_numpy()])


CHANGES: dict[str, Callable[[Export, random.Random], Export]] = {
    "as it is": lambda export, chance: export,
    "shuffled": shuffled,
    "hidden": hidden,
    "renamed": renamed,
    "dropped": dropped,
    "doubled name": doubled_name,
    "target first": tempted("Order total target", False),
    "target last": tempted("order total target", True),
    "paid first": tempted("Amount paid", False),
    "total last": tempted("grand total", True),
    "实付 first": tempted("实付金额", False),
    "attribute": attributed,
    "unknown words": unknown_words,
    "rare word": rare_word,
    "twice": twice,
    "times seven": times_seven,
    "without footer": without_footer,
}


def tried(export: Export, change: str, seed: int, known: bool) -> tuple[str, Draft]:
    """Change an export and return how it ends; with `known` False no system is recognised."""
    changed = CHANGES[change](export, random.Random(f"{export.name} {change} {seed}"))
    if known:
        return outcome(changed)
    with patch("custseg_helpers.decision.decide.match", lambda names: None):
        return outcome(changed)


def main() -> None:
    """Try every change on every export and print a table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument("--only", nargs="*", help="exports or changes")
    given = parser.parse_args()
    exports = list(in_folder(given.folder) if given.folder else samples())
    only = set(given.only or ())
    bad = 0
    for known in (True, False):
        print("known systems", "on" if known else "off")
        for change in CHANGES:
            if only & set(CHANGES) and change not in only:
                continue
            counts: Counter[str] = Counter()
            for export in exports:
                if only - set(CHANGES) and export.name not in only:
                    continue
                for seed in range(given.seeds):
                    ended, made = tried(export, change, seed, known)
                    ended = ASKED if ended == WRONG and change == "rare word" and made.questions else ended
                    counts[ended] += 1
                    if ended == WRONG or len(made.questions) > MOST:
                        bad += 1
                        print(
                            f"  {ended} {export.name} {change} {seed}: {dict(made.totals)} {dict(made.orders.columns)}"
                        )
            print(
                f"  {change:15}",
                ", ".join(f"{word} {counts[word]}" for word in (RIGHT, ASKED, WRONG)),
                flush=True,
            )
    sys.exit(bool(bad))


if __name__ == "__main__":
    main()
