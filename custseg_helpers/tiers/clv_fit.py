"""Fitting BG/NBD and Gamma-Gamma to customers, or saying why these data cannot carry a model."""

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from custseg_helpers.tiers import buy_till_you_die as btyd
from custseg_helpers.words.text import T, UserError, listed

COUNTS = ["repeat_purchases", "last_purchase_day", "observed_days"]
"""x, t_x and T of the literature, in whole days."""

MIN_REPEATERS = 50
"""Fewer customers who came back cannot tell four parameters apart."""

LOOSE = 1.0
"""A log-parameter with a larger standard error has 95 % limits seven times away: that is no estimate."""


HOLIDAY = 14
"""Days without any purchase that mean nothing: a weekend, a week of national holidays."""


@dataclass(frozen=True)
class Verdict:
    """Why there is no number, and what would be needed.

    >>> from custseg_helpers.words.text import use_language
    >>> use_language("en")
    >>> print(Verdict("too_few_repeaters", T(zh="回头客太少。", en="Too few came back.")))
    Too few came back.
    """

    code: str
    text: T

    def __str__(self) -> str:
        return str(self.text)


@dataclass(frozen=True)
class PurchaseModel:
    """A fitted BG/NBD model: how often customers buy (r, α) and how they leave (a, b)."""

    r: float
    alpha: float
    a: float
    b: float
    unit_days: int
    """the unit of α in days: 7 for weeks"""
    log_likelihood: float
    customers: int
    repeaters: int
    limits: dict[str, tuple[float, float]] = field(default_factory=dict)
    """95 % limits of each parameter"""

    @property
    def in_days(self) -> np.ndarray:
        """r, α, a, b with time in days."""
        return np.array([self.r, self.alpha * self.unit_days, self.a, self.b])

    @property
    def text(self) -> T:
        """What the parameters say, in words."""
        return T(
            zh="仍在购买的客户，购买速度平均为每 {gap:.0f} 天一次；每次重复购买之后，平均有 {leave:.1%} 的客户不再回来。",
            en="Customers who are still with us buy at an average pace of once in {gap:.0f} days; after each repeat "
            "purchase {leave:.1%} of them leave for good.",
        ).format(gap=self.alpha * self.unit_days / self.r, leave=self.a / (self.a + self.b))


@dataclass(frozen=True)
class SpendModel:
    """A fitted Gamma-Gamma model: what customers spend per purchase (p, q, γ)."""

    p: float
    q: float
    gamma: float
    log_likelihood: float
    repeaters: int
    correlation: float
    """rank correlation between how often and how much; the model takes it to be 0"""
    limits: dict[str, tuple[float, float]] = field(default_factory=dict)
    """95 % limits of each parameter"""

    @property
    def average(self) -> float:
        """Yuan per purchase of the average customer."""
        return self.p * self.gamma / (self.q - 1)

    @property
    def text(self) -> T:
        """What the parameters say, in words, with a caution where the model's assumption is strained."""
        caution = T(zh="", en="")
        if abs(self.correlation) > 0.3:
            caution = T(
                zh="购买次数与每次消费明显相关（{rho:.2f}），而模型假定两者无关：金额只宜作参考。",
                en=" How often and how much go together ({rho:.2f}), which the model rules out: take the money as a rough guide.",
            ).format(rho=self.correlation)
        return T(
            zh="客户平均每次消费 {average:.2f} 元。{caution}",
            en="The average customer spends {average:.2f} yuan per purchase.{caution}",
        ).format(average=self.average, caution=caution)


def fit_purchases(
    history: pd.DataFrame, *, unit_days: int = 7, complete: bool = False
) -> PurchaseModel | Verdict:
    """Fit the BG/NBD model by maximum likelihood to a `purchase_history`, or say why the data cannot carry it.

    `unit_days` is the unit of α and of the log-likelihood (7: weeks, as in the literature). `complete=True` is the
    caller's word that the first purchases here really were the customers' first and that the orders reach the
    snapshot; without it the history is searched for signs of having been cut off.

    Checked: CDNOW sample r .2426, α 4.414, a .793, b 2.426, log-likelihood −9582.429 (Fader, Hardie & Lee 2005);
    Online Retail, which begins in the middle of its customers' lives and hardly shows any leaving, gets a verdict.
    """
    x, t_x, observed = counts(history)
    repeaters = int((x > 0).sum())
    if repeaters < MIN_REPEATERS:
        return _too_few(repeaters)
    cut = None if complete else _cut_at_end(x, t_x, observed) or _cut_at_start(x, observed)
    if cut:
        return cut
    best = btyd.fit_bg_nbd(x, t_x, observed)
    if (best.errors >= LOOSE).any():
        return _no_optimum(best, ["r", "α", "a", "b"])
    r, alpha, a, b = best.parameters / [1, unit_days, 1, 1]
    return PurchaseModel(
        r=float(r),
        alpha=float(alpha),
        a=float(a),
        b=float(b),
        unit_days=unit_days,
        log_likelihood=float(best.log_likelihood + x.sum() * np.log(unit_days)),
        customers=len(x),
        repeaters=repeaters,
        limits=_limits(["r", "alpha", "a", "b"], np.array([r, alpha, a, b]), best.errors),
    )


def fit_spend(history: pd.DataFrame) -> SpendModel | Verdict:
    """Fit the Gamma-Gamma model to the customers who came back, or say why the data cannot carry it.

    Checked: CDNOW sample, 946 repeat buyers, p 6.250, q 3.744, γ 15.444 (Fader & Hardie 2013).
    """
    x, _, _ = counts(history)
    spend = history["mean_spend"].to_numpy(dtype=float)
    known = (x > 0) & (spend > 0)
    if known.sum() < MIN_REPEATERS:
        return _too_few(int(known.sum()))
    best = btyd.fit_gamma_gamma(x[known], spend[known])
    p, q, gamma = (float(value) for value in best.parameters)
    if (best.errors >= LOOSE).any() or q <= 1:
        return _no_optimum(best, ["p", "q", "γ"])
    ranks = history.loc[known, ["repeat_purchases", "mean_spend"]].rank()
    return SpendModel(
        p=p,
        q=q,
        gamma=gamma,
        log_likelihood=float(best.log_likelihood),
        repeaters=int(known.sum()),
        correlation=float(np.nan_to_num(ranks.corr().iloc[0, 1]).round(6)),
        limits=_limits(["p", "q", "gamma"], best.parameters, best.errors),
    )


def counts(history: pd.DataFrame) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return x, t_x and T as whole numbers; a history that cannot be is a `UserError`."""
    missing = [column for column in (*COUNTS, "mean_spend") if column not in history]
    if missing:
        raise UserError(
            T(
                zh="购买历史缺少列：{names}。请用 purchase_history 生成。",
                en="The purchase history lacks columns: {names}. Make it with purchase_history.",
            ).format(names=listed(missing))
        )
    raw = history[COUNTS].to_numpy(dtype=float)
    x, t_x, observed = raw.T
    wrong = ~np.isfinite(raw).all(axis=1) | (raw != np.floor(raw)).any(axis=1) | (x < 0)
    wrong |= (t_x < x) | (t_x > observed) | ((x == 0) & (t_x > 0))
    if wrong.any():
        first = history.index[wrong][0]
        raise UserError(
            zh=f"{wrong.sum()} 位客户的购买历史不成立（第一位：{first}）。三列都应是整数；一天最多算一次购买；末次购买不晚于截止日；"
            "只买过一次的客户，末次购买日为 0。",
            en=f"{wrong.sum()} customers have an impossible purchase history (the first: {first}). All three columns are "
            "whole numbers; a day counts as one purchase; the last one lies within the days observed, at 0 for one-time buyers.",
        )
    x, t_x, observed = raw.astype("int64").T
    return x, t_x, observed


def _too_few(repeaters: int) -> Verdict:
    return Verdict(
        "too_few_repeaters",
        T(
            zh="只有 {n} 位客户来过第二次，不到 {need} 位：数据太少，无法预测。可以先用 RFM 分层。",
            en="Only {n} customers came back, fewer than {need}: too little to forecast from. Tier by RFM for now.",
        ).format(n=repeaters, need=MIN_REPEATERS),
    )


def _cut_at_end(x: np.ndarray, t_x: np.ndarray, observed: np.ndarray) -> Verdict | None:
    """Nobody has bought for longer than a holiday, and at least 20 purchases are missing."""
    quiet = int((observed - t_x).min())
    missed = (x.sum() + len(x)) / max(observed.max() - quiet, 1) * quiet
    if quiet <= HOLIDAY or missed < 20:
        return None
    return Verdict(
        "history_cut_at_end",
        T(
            zh="截止日之前 {days} 天没有任何购买，按平时的速度应有约 {n:.0f} 次：订单没有导出到截止日。请把截止日改为最后一个订单日，"
            "或补齐订单。",
            en="Nobody bought in the last {days} days before the snapshot, when about {n:.0f} purchases were to be expected: "
            "the orders end too early. Move the snapshot to the last order day, or complete the orders.",
        ).format(days=quiet, n=missed),
    )


def _cut_at_start(x: np.ndarray, observed: np.ndarray) -> Verdict | None:
    """Too many "first" purchases in the first twelfth, by customers who then buy faster than those who come later.

    A shop that opens has the rush, too, but its first customers are no faster buyers; those of an old shop are
    the ones who buy so often that they show up at once.
    """
    span = int(observed.max() - observed.min())
    early = observed > observed.max() - span / 12
    rush, usual = int(early.sum()), int((~early).sum()) / 11
    pace, later = (x[part].sum() / max(observed[part].sum(), 1) for part in (early, ~early))
    if span < 28 or rush < 1.5 * usual + 4 * np.sqrt(usual + 1) or pace < 1.1 * later:
        return None
    return Verdict(
        "history_cut_at_start",
        T(
            zh="最早的 {days:.0f} 天里有 {rush} 位“新客户”，此后同样长的时间平均只有 {usual:.0f} 位，而且早到的这批买得更勤：订单很可能"
            "从中途开始，缺了老客户真正的首次购买。请补齐更早的订单，或只留开头这段时间之后才首次购买的客户；确实完整时用 complete=True。",
            en="{rush} “new” customers in the first {days:.0f} days, about {usual:.0f} in as many days later, and the early ones "
            "buy faster: the orders probably begin half-way, without the real first purchases of earlier customers. Add "
            "earlier orders, or keep only customers who first bought after that stretch; if all is there, say complete=True.",
        ).format(days=span / 12, rush=rush, usual=usual),
    )


def _no_optimum(best: btyd.Optimum, names: list[str]) -> Verdict:
    loose = [name for name, error in zip(names, best.errors, strict=True) if error >= LOOSE]
    return Verdict(
        "no_proper_optimum",
        T(
            zh="模型没有合适的最优解：这份数据定不下参数 {names}。常见的原因：几乎看不到客户流失，客户按固定周期进货，历史太短，或订单从中途开始。"
            "由此得出的预测不可信，可以先用 RFM 分层。",
            en="The model has no proper optimum: these data do not settle {names}. Usual reasons: hardly anybody is seen "
            "leaving, customers buy at regular intervals, the history is short, or the orders begin half-way. No "
            "forecast from it; tier by RFM for now.",
        ).format(names=listed(loose or names)),
    )


def _limits(names: list[str], values: np.ndarray, errors: np.ndarray) -> dict[str, tuple[float, float]]:
    low, high = values * np.exp(-1.96 * errors), values * np.exp(1.96 * errors)
    return {name: (float(a), float(b)) for name, a, b in zip(names, low, high, strict=True)}
