"""The playbook: a YAML file that says what each tier gets, read with clear errors.

`playbook.yaml` beside this module is the sample for consumers, `playbook_b2b.yaml` for business customers; people
copy and edit one of them.
"""

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from custseg_helpers.files.whole import ordinary
from custseg_helpers.files.yaml_nodes import read_yaml
from custseg_helpers.words.text import LANGUAGES, T, UserError, listed

SAMPLE = Path(__file__).with_name("playbook.yaml")
SAMPLE_B2B = Path(__file__).with_name("playbook_b2b.yaml")
YUAN = "CNY"
"""The currency of both samples."""
ONE_YUAN = {
    YUAN: 1, "USD": 0.14, "EUR": 0.12, "GBP": 0.11, "CHF": 0.11, "HKD": 1.1, "TWD": 4.4, "JPY": 22, "KRW": 200,
    "SGD": 0.18, "AUD": 0.21, "CAD": 0.2, "INR": 13, "THB": 4.5, "MYR": 0.6, "VND": 3700, "IDR": 2300, "PHP": 8,
}  # fmt: skip
"""About what one yuan is in other money: enough for the costs of a sample, which a team replaces by its own."""


@dataclass(frozen=True)
class Play:
    """What the customers of some tiers get in one quarter; the fields are explained in `playbook.yaml`."""

    tiers: tuple[str, ...]
    goal: T
    offer: T
    channel: str
    contacts_per_quarter: int
    cost_per_contact: float
    extra_response: float
    margin_rate: float
    leave_out: T
    leave_out_if: str = ""


Playbook = Mapping[str, Play]

SHARES = ("extra_response", "margin_rate")
PARTS = tuple(field.name for field in fields(Play))


def load_playbook(path: str | Path = SAMPLE) -> dict[str, Play]:
    """Read a playbook and check it; every mistake is a `UserError` that names the play and the field.

    >>> playbook = load_playbook()
    >>> playbook["vip"].channel, playbook["vip"].offer.en[:18]
    ('wechat', 'a personal adviser')
    """
    path = Path(path)
    ordinary(path)
    try:
        text = path.read_text(encoding="utf-8")
    except OSError:
        raise UserError(zh=f"找不到策略手册文件：{path}", en=f"There is no playbook file {path}.") from None
    except UnicodeDecodeError:
        raise UserError(
            zh=f"{path.name} 不是 UTF-8 编码，请另存为 UTF-8。",
            en=f"{path.name} is not UTF-8: save it as UTF-8.",
        ) from None
    content = read_yaml(text, path.name)
    plays = content.get("plays") if isinstance(content, dict) else None
    if not isinstance(plays, dict) or not plays:
        raise UserError(
            zh=f"{path.name} 缺少 plays：，下面应逐条列出打法。",
            en=f"{path.name} needs “plays:” with one entry for each play.",
        )
    playbook = {str(code): _play(str(code), entry) for code, entry in plays.items()}
    play_of_tier(playbook)
    return playbook


def sample_playbook(customers: pd.DataFrame, currency: str = YUAN) -> dict[str, Play]:
    """Return the sample that fits: for business customers where most customers have an industry, else for consumers.

    Its costs are in the company's `currency`, at about what a yuan is worth: money of two kinds is never subtracted.
    A currency that is not in `ONE_YUAN` is a `UserError`.

    >>> customers = pd.DataFrame({"industry": ["pharma", "steel", None]})
    >>> sample_playbook(customers)["vip"].channel
    'visit_call'
    >>> sample_playbook(customers)["vip"].cost_per_contact, sample_playbook(customers, "USD")["vip"].cost_per_contact
    (60.0, 8.4)
    """
    business = "industry" in customers and customers["industry"].notna().mean() > 0.5
    sample = SAMPLE_B2B if business else SAMPLE
    if currency not in ONE_YUAN:
        raise UserError(
            T(
                zh="样本手册的费用是人民币，你的金额是 {currency}，两种钱不能相减。把 {name} 复制成 own/playbook.yaml，"
                '费用改成 {currency}，再用 playbook.load_playbook("own/playbook.yaml") 读。',
                en="The sample playbook's costs are in yuan, your amounts in {currency}, and one cannot be taken from the "
                "other. Copy {name} to own/playbook.yaml, put its costs into {currency}, and read it with "
                'playbook.load_playbook("own/playbook.yaml").',
            ).format(currency=currency, name=sample.name)
        )
    plays = load_playbook(sample)
    return {
        code: replace(play, cost_per_contact=round(play.cost_per_contact * ONE_YUAN[currency], 4))
        for code, play in plays.items()
    }


def _play(code: str, entry: Any) -> Play:
    """Turn one YAML entry into a `Play`."""
    given = entry if isinstance(entry, dict) else {}
    for part in [name for name in given if name not in PARTS]:
        near = difflib.get_close_matches(str(part), PARTS, n=1) or PARTS
        raise UserError(
            T(
                zh="打法“{code}”里有不认识的字段“{part}”，是不是想写：{near}",
                en="Play “{code}” has an unknown field “{part}”; did you mean: {near}",
            ).format(code=code, part=part, near=listed(near))
        )
    missing = [part for part in PARTS if part != "leave_out_if" and given.get(part) in (None, [], "")]
    if missing:
        raise UserError(
            T(zh="打法“{code}”缺少字段：{names}", en="Play “{code}” lacks: {names}").format(
                code=code, names=listed(missing)
            )
        )
    tiers = given["tiers"] if isinstance(given["tiers"], list) else [given["tiers"]]
    return Play(
        tiers=tuple(str(tier) for tier in tiers),
        channel=str(given["channel"]),
        leave_out_if=str(given.get("leave_out_if") or ""),
        contacts_per_quarter=int(_number(code, given, "contacts_per_quarter", whole=True)),
        cost_per_contact=_number(code, given, "cost_per_contact"),
        extra_response=_number(code, given, "extra_response"),
        margin_rate=_number(code, given, "margin_rate"),
        **{part: _words(code, given, part) for part in ("goal", "offer", "leave_out")},
    )


def _number(code: str, given: dict[str, Any], part: str, *, whole: bool = False) -> float:
    value, top = given[part], 1.0 if part in SHARES else np.inf
    usable = isinstance(value, int if whole else (int, float)) and not isinstance(value, bool)
    if not usable or not 0 <= value <= top or value == np.inf:
        wanted = T(zh="0 到 1 之间的数（12% 写 0.12）", en="a number from 0 to 1 (write 12 % as 0.12)")
        if top > 1:
            wanted = (
                T(zh="不小于 0 的整数", en="a whole number, 0 or more")
                if whole
                else T(zh="不小于 0 的数", en="0 or more")
            )
        raise UserError(
            T(
                zh="打法“{code}”的 {part} 应是{wanted}，现在是“{value}”。",
                en="“{part}” of play “{code}” must be {wanted}; it is “{value}”.",
            ).format(code=code, part=part, wanted=wanted, value=value)
        )
    return float(value)


def _words(code: str, given: dict[str, Any], part: str) -> T:
    words = given[part]
    if not isinstance(words, dict) or not (words.get("zh") and words.get("en")):
        raise UserError(
            zh=f"打法“{code}”的 {part} 要写中英两种文字：{{zh: …, en: …}}",
            en=f"“{part}” of play “{code}” needs both languages: {{zh: …, en: …}}",
        )
    return T(**{code: str(words[code]) for code in LANGUAGES if words.get(code)})


def play_of_tier(playbook: Playbook) -> dict[str, str]:
    """Return tier → play; a tier in two plays is an error, because order would then decide."""
    home: dict[str, str] = {}
    for code, play in playbook.items():
        for tier in play.tiers:
            if tier in home:
                raise UserError(
                    zh=f"层级“{tier}”同时出现在打法“{home[tier]}”和“{code}”里，只能留一个。",
                    en=f"Tier “{tier}” is in both “{home[tier]}” and “{code}”: keep it in one.",
                )
            home[tier] = code
    return home


def playbook_table(playbook: Playbook, tiers: pd.Series | None = None) -> pd.DataFrame:
    """Return the playbook for reading: one row a tier, texts in the current language.

    With `tiers` (one code a customer) only the tiers that occur there.
    """
    present = None if tiers is None else set(tiers.dropna().astype(str))
    rows = {
        tier: {"play": code, **{part: getattr(play, part) for part in PARTS if part != "tiers"}}
        for code, play in playbook.items()
        for tier in play.tiers
        if present is None or tier in present
    }
    table = pd.DataFrame.from_dict(
        rows, orient="index", columns=["play", *(p for p in PARTS if p != "tiers")]
    )
    for part in ("goal", "offer", "leave_out"):
        table[part] = table[part].map(str)
    return table.rename_axis("tier")
