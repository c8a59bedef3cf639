"""What campaigns measured in place of what a playbook assumed: shown, written beside it, and put in only when accepted."""

import re
from pathlib import Path

import pandas as pd

from custseg_helpers.action.evaluation import ENOUGH
from custseg_helpers.action.playbook import Playbook, load_playbook
from custseg_helpers.action.pooling import NORMAL, drawn_together, pool
from custseg_helpers.campaigns.ledger import by_play, ledger
from custseg_helpers.campaigns.plan import home
from custseg_helpers.campaigns.wording import ledger_said
from custseg_helpers.files.whole import read_text, write_whole
from custseg_helpers.results.result import beside
from custseg_helpers.words.glossary import label
from custseg_helpers.words.text import T, UserError

FILE = "playbook.measured.yaml"
THEIRS = T(zh="手册里的假设", en="the playbook assumes")
SAMPLES = T(zh="样本手册的假设", en="the sample playbook assumes")


def shrunk(plays: pd.DataFrame) -> pd.DataFrame:
    """Draw what each play showed towards what all plays showed, the more the less surely it is known.

    Args:
        plays: from `ledger.by_play`.

    Returns:
        The rows with `response`, `response_lower`, `response_upper` (95 %) and `usable`: whether it may take the place of
        an assumption. It may where both arms have 30 customers and the interval leaves 0 out.

    Source: Efron & Morris (1975), *JASA* 70, 311–319.
    """
    if plays.empty:
        return plays.assign(response=[], response_lower=[], response_upper=[], usable=[])
    error = (plays["upper"] - plays["lower"]) / 2 / NORMAL
    overall = pool(plays["measured"], error)
    drawn = drawn_together(plays["measured"], error, overall)
    enough = plays[["n_treatment", "n_holdout"]].min(axis=1) >= ENOUGH
    return plays.assign(
        response=drawn["effect"],
        response_lower=drawn["lower"],
        response_upper=drawn["upper"],
        usable=enough & (drawn["lower"] > 0),
    )


def measured(company: Path, *, accept: bool = False) -> list[T]:
    """Show the ledger and what it says of each play; write `playbook.measured.yaml`; with `accept` change the playbook.

    The team's `playbook.yaml` keeps every comment and every other number: only `extra_response` of a play that was
    measured well enough is written anew.
    """
    table = ledger(company)
    plays = shrunk(by_play(table))
    said = ledger_said(table, plays)
    if plays.empty:
        return said
    file = beside(company, "playbook", None)
    book = load_playbook(file) if file else load_playbook()
    write_whole(home(company) / FILE, _text(plays, book))
    said += _differences(plays, book, own=file is not None)
    if not accept:
        return said
    if file is None:
        raise UserError(
            zh="还没有自己的 playbook.yaml。把上次结果文件夹里的 playbook.yaml 放到 company.toml 旁边，填上自己的费用，再加 --accept。",
            en="There is no playbook.yaml of your own. Put the one of your last result folder beside company.toml, fill in your costs, and say --accept again.",
        )
    text, usable = read_text(file), plays[plays["usable"]]
    if usable.empty:
        return [*said, T(zh="“{f}”没有改动。", en="“{f}” stays as it is.").format(f=file)]
    for play, row in usable.iterrows():
        text = with_response(text, str(play), float(row["response"]))
    write_whole(file, text)
    return [*said, T(zh="已写进“{f}”。", en="Written into “{f}”.").format(f=file)]


def with_response(text: str, play: str, response: float) -> str:
    r"""Return the text of a playbook with another `extra_response` for one play; nothing else changes.

    >>> text = "plays:\n  vip:\n    extra_response: 0.12  # a guess\n  other:\n    extra_response: 0.1\n"
    >>> print(with_response(text, "vip", 0.0314), end="")
    plays:
      vip:
        extra_response: 0.0314  # a guess
      other:
        extra_response: 0.1
    """
    start = re.search(rf"^( +){re.escape(play)}:[ \t]*(#.*)?$", text, re.MULTILINE)
    if not start:
        return text
    rest = text[start.end() :]
    following = re.search(rf"^ {{0,{len(start[1])}}}[^\s#]", rest, re.MULTILINE)
    block = rest[: following.start()] if following else rest
    changed = re.sub(r"(?m)^(\s+extra_response:\s*)[^\s#]+", rf"\g<1>{response:.4g}", block, count=1)
    return text[: start.end()] + changed + rest[len(block) :]


def _text(plays: pd.DataFrame, book: Playbook) -> str:
    """Return the file: each play's measured response, its interval, from how many campaigns, until when."""
    lines = ["plays:"]
    for code, play in book.items():
        lines.append(f"  {code}:")
        if code not in plays.index:
            lines += [f"    extra_response: {play.extra_response:g}", "    state: assumed"]
            continue
        row = plays.loc[code]
        state = "measured" if row["usable"] else "assumed"
        value = row["response"] if row["usable"] else play.extra_response
        lines += [
            f"    extra_response: {value:.4g}",
            f"    state: {state}",
            f"    interval: [{row['response_lower']:.4g}, {row['response_upper']:.4g}]",
            f"    campaigns: {int(row['campaigns'])}",
            f"    last: {row['last']}",
        ]
    return "\n".join(lines) + "\n"


def _differences(plays: pd.DataFrame, book: Playbook, *, own: bool) -> list[T]:
    said = []
    for code, row in plays.iterrows():
        if code not in book:
            continue
        there = THEIRS if own else SAMPLES
        now = {
            "p": label(str(code)),
            "w": there,
            "a": 100 * book[str(code)].extra_response,
            "m": 100 * row["response"],
        }
        if row["usable"]:
            said.append(
                T(
                    zh="{p}：{w}每 100 人多 {a:.1f} 人，测出来 {m:.1f} 人。",
                    en="{p}: {w} {a:.1f} more of 100, {m:.1f} were measured.",
                ).format(**now)
            )
        else:
            said.append(
                T(
                    zh="{p}：测得还不够准（区间含 0，或一组不到 30 位），仍用{w}：每 100 人多 {a:.1f} 人。",
                    en="{p}: not measured surely enough (the interval holds 0, or an arm has fewer than 30), so what {w} stays: {a:.1f} more of 100.",
                ).format(**now)
            )
    return said
