"""A campaign that was made elsewhere, evaluated like one's own: a file with a row a person."""

from pathlib import Path

import pandas as pd

from custseg_helpers.action.evaluation import ENOUGH, difference_of_shares, verdict_of
from custseg_helpers.action.randomization import adjusted_by_before, difference_by_randomization
from custseg_helpers.campaigns.wording import VERDICTS, between
from custseg_helpers.reading.numbers import numbers
from custseg_helpers.reading.parts import read_parts
from custseg_helpers.words.text import T, UserError, listed


def evaluate(
    file: Path,
    arm: str,
    treatment: str,
    holdout: str,
    spend: str,
    *,
    conversion: str | None = None,
    before: str | None = None,
    currency: str = "CNY",
) -> list[T]:
    """Say what a campaign brought, from a file with a row a person.

    Args:
        file: CSV or Excel.
        arm: the column that says which arm somebody was in; further values are left alone.
        treatment: its value for those contacted.
        holdout: its value for the control group.
        spend: the column of money, 0 for those who spent nothing; empty is 0.
        conversion: the column that says who bought, 0 or 1.
        before: the column of money spent before the draw.
        currency: of the money.

    Raises:
        UserError: a column or a value is not there, or a number cannot be read; it names the place.
    """
    frame = read_parts([file], columns=None, needed=[arm]).frame
    for column in filter(None, (arm, spend, conversion, before)):
        if column not in frame:
            raise UserError(
                T(zh="“{f}”里没有“{c}”列。有：{k}。", en="“{f}” has no column “{c}”. It has {k}.").format(
                    f=file.name, c=column, k=listed(map(str, frame.columns))
                )
            )
    arms = frame[arm].astype(str).str.strip()
    for value in (treatment, holdout):
        if value not in set(arms):
            raise UserError(
                T(zh="“{c}”列里没有“{v}”。有：{k}。", en="Column “{c}” has no “{v}”. It has {k}.").format(
                    c=arm, v=value, k=listed(sorted(set(arms))[:12])
                )
            )
    inside = arms.isin((treatment, holdout))
    frame, arms = frame[inside], arms[inside]
    size = arms.value_counts()
    if size.min() < ENOUGH:
        return [VERDICTS["too_few"]]
    money = _numbers(frame, spend, file)
    explained = 0.0
    if before:
        money, explained = adjusted_by_before(money, _numbers(frame, before, file))
    effect = difference_by_randomization(money[arms == treatment], money[arms == holdout])
    said = [
        VERDICTS[verdict_of(effect)],
        T(zh="{t}：{n:,} 人；{h}：{m:,} 人。", en="{t}: {n:,} people; {h}: {m:,}.").format(
            t=treatment, n=int(size[treatment]), h=holdout, m=int(size[holdout])
        ),
        T(zh="人均消费，{t} 减 {h}：{m}。", en="Money a head, {t} minus {h}: {m}.").format(
            t=treatment, h=holdout, m=between(effect, currency)
        ),
    ]
    if conversion:
        yes = _numbers(frame, conversion, file) > 0
        pairs = [(int(yes[arms == value].sum()), int(size[value])) for value in (treatment, holdout)]
        shares = difference_of_shares(pairs[0], pairs[1])
        said.append(
            T(
                zh="下单的人：{t:.2%} 对 {h:.2%}，差 {d:+.2f} 个百分点（95% 区间 {l:+.2f} 到 {u:+.2f}）。",
                en="Buyers: {t:.2%} against {h:.2%}, {d:+.2f} percentage points (95 % interval {l:+.2f} to {u:+.2f}).",
            ).format(
                t=shares.treatment, h=shares.holdout, d=100 * shares.difference, l=100 * shares.lower,
                u=100 * shares.upper,
            )
        )  # fmt: skip
    if before and explained:
        said.append(
            T(zh="活动前的消费解释了 {r:.0%} 的差别。", en="What they spent before explains {r:.0%} of the differences.").format(r=explained)
        )  # fmt: skip
    said.append(
        T(
            zh="只有当两组真是抽签分的，这些数才说明活动的作用；文件自己不会说。",
            en="These figures tell what the campaign did only if the arms were drawn at random; the file cannot say so.",
        )
    )
    return said


def _numbers(frame: pd.DataFrame, column: str, file: Path) -> pd.Series:
    values, bad = numbers(frame[column])
    if bad.any():
        first = frame.index[bad][0]
        raise UserError(
            T(
                zh="“{f}”的“{c}”列有 {n:,} 个值读不成数，第一个是“{v}”。",
                en="{n:,} values of column “{c}” of “{f}” are no numbers; the first is “{v}”.",
            ).format(f=file.name, c=column, n=int(bad.sum()), v=frame.at[first, column])
        )
    return values.fillna(0.0)
