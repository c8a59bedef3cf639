"""`custseg campaign plan | result | ledger | evaluate`: contact with a control group, and read what it earned."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import click
import pandas as pd

from custseg_helpers.campaigns.elsewhere import evaluate
from custseg_helpers.campaigns.making import Wish, plan_campaign, read_result
from custseg_helpers.campaigns.measured import measured
from custseg_helpers.commands.parameters import DAY, OWN, PATH, argument, flag, option, several
from custseg_helpers.words.text import T

COMPANY = T(zh="映射文件 company.toml", en="the mapping, company.toml")
NAME = T(zh="活动的名字，也是文件夹的名字", en="the campaign's name, which names its folder")


def steps() -> dict[str, tuple[T, list[click.Parameter], Callable[..., Any]]]:
    """Return the steps of `custseg campaign`: what each does, takes and calls."""
    company, name = argument("company", COMPANY, type=OWN), argument("name", NAME)
    return {
        "plan": (
            T(
                zh="选人、抽签留出对照组，写出联系名单和要签字的一页",
                en="choose whom, draw the control group, write the lists and the page to sign",
            ),
            [company, name, *_plan()],
            _planned,
        ),
        "result": (
            T(
                zh="活动结束后，用新的订单读出它带来了多少",
                en="once it is over, read from new orders what it earned",
            ),
            [company, name, *_result()],
            _read,
        ),
        "ledger": (
            T(
                zh="所有活动；同一打法的几次合起来，写成 playbook.measured.yaml",
                en="all campaigns; those of one play together, written as playbook.measured.yaml",
            ),
            [
                company,
                flag(
                    "--accept",
                    T(
                        zh="把测出来的响应写进自己的 playbook.yaml，注释不动",
                        en="put what was measured into your own playbook.yaml, comments untouched",
                    ),
                ),
            ],
            _ledger,
        ),
        "evaluate": (
            T(
                zh="评估别处做的活动：一行一人的结果文件",
                en="evaluate a campaign made elsewhere, from a file with a row a person",
            ),
            _evaluate(),
            _elsewhere,
        ),
    }


def _plan() -> list[click.Parameter]:
    return [
        option("--start", T(zh="第一天，不早于数据的快照日", en="first day, not before the data's snapshot"), type=DAY, required=True),
        option("--end", T(zh="订单算到哪一天，含当天", en="last day on which orders count"), type=DAY, required=True),
        option("--tier", T(zh="只找这些层级的客户，可写几个", en="only customers of these tiers; may be several"), multiple=True),
        option("--tag", T(zh="只找有这些标签之一的客户", en="only customers with one of these tags"), multiple=True),
        option("--rule", T(zh="只找符合这条规则的客户，如 recency_days > 90", en="only customers who meet a rule, such as recency_days > 90")),
        option("--holdout", T(zh="留出不联系的比例，默认 0.2", en="share held out; default 0.2"), type=float, default=0.2),
        option("--play", T(zh="手册里的哪种打法；默认是这批客户最多的那种", en="which play of the playbook; default: that of most of them")),
        option("--cost", T(zh="联系一次花多少", en="what one contact costs"), type=float),
        option("--margin", T(zh="毛利率，35% 写 0.35", en="margin as a share: 35 % is 0.35"), type=float),
        option(
            "--control",
            T(
                zh="另设长期对照组：这个比例的客户不进任何活动",
                en="a permanent control group besides: this share of all customers is in no campaign",
            ),
            type=float,
        ),
        option("--control-until", T(zh="长期对照组到哪一天为止", en="until when the permanent control group stays"), type=DAY),
    ]  # fmt: skip


def _result() -> list[click.Parameter]:
    return [
        option("--contacted", T(zh="收回的名单，含 customer_id 列：真正联系过谁", en="the list that came back, with customer_id: who was really contacted"), type=PATH, metavar="FILE"),
        option("--renamed", T(zh="换了编号的客户：old、new 两列的文件", en="customers whose ids changed: a file with columns old and new"), type=PATH, metavar="FILE"),
        flag("--covers", T(zh="订单文件包含整个活动期，最后几天真的没有订单", en="the orders cover the whole campaign; there really were none in its last days")),
    ]  # fmt: skip


def _evaluate() -> list[click.Parameter]:
    return [
        argument("file", T(zh="结果文件，一行一人", en="the file, a row a person"), type=PATH),
        option("--arm", T(zh="哪一列说分在哪一组", en="the column that says which arm"), required=True),
        option("--treatment", T(zh="哪个值是被联系的组", en="the value of those contacted"), required=True),
        option("--holdout", T(zh="哪个值是对照组", en="the value of the control group"), required=True),
        option("--spend", T(zh="花了多少的列", en="the column of money"), required=True),
        option("--conversion", T(zh="买没买的列（0/1）", en="the column that says who bought (0/1)")),
        option("--before", T(zh="活动之前花了多少的列", en="the column of money spent before")),
        option("--currency", T(zh="金额的币种", en="the currency of the amounts"), default="CNY"),
    ]  # fmt: skip


def _day(day: datetime | None) -> pd.Timestamp | None:
    return None if day is None else pd.Timestamp(day)


def _planned(
    *,
    company: Path,
    name: str,
    start: datetime,
    end: datetime,
    tier: tuple[str, ...],
    tag: tuple[str, ...],
    control_until: datetime | None,
    **more: Any,
) -> None:
    wish = Wish(
        name,
        pd.Timestamp(start),
        pd.Timestamp(end),
        tuple(several(tier)),
        tuple(several(tag)),
        control_until=_day(control_until),
        **more,
    )
    _say(plan_campaign(company, wish))


def _read(*, company: Path, name: str, contacted: Path | None, renamed: Path | None, covers: bool) -> None:
    _say(read_result(company, name, contacted=contacted, renamed=renamed, sure=covers))


def _ledger(*, company: Path, accept: bool) -> None:
    _say(measured(company, accept=accept))


def _elsewhere(**told: Any) -> None:
    _say(evaluate(**told))


def _say(texts: list[T]) -> None:
    print("\n".join(str(text) for text in texts))
