"""BG/NBD and Gamma-Gamma: the likelihoods behind customer lifetime value, and what follows from their parameters.

Everything here is in whole days and plain arrays; `tiers.clv` is the door that people use.

x, t_x and T are whole numbers, so every logarithm and gamma function of them is worked out once per number and
then looked up. That is why a million customers take well under a second. Customers are first counted by their
numbers, which also puts them in one order: rows in any order give the same result to the last bit.

Sources: Fader, Hardie & Lee (2005), "Counting Your Customers the Easy Way", Marketing Science 24(2);
Fader & Hardie (2013), "The Gamma-Gamma Model of Monetary Value", brucehardie.com/notes/025.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

BOUND = 12.0
"""Logarithms of parameters stay within ± this; an optimum at the fence is no optimum."""


@dataclass(frozen=True)
class Optimum:
    """Where a likelihood is highest: parameters, its logarithm there, and how far each log-parameter is sure."""

    parameters: np.ndarray
    log_likelihood: float
    errors: np.ndarray
    """Standard errors of the logarithms of the parameters; infinite where the likelihood has no peak."""


Objective = Callable[[np.ndarray], tuple[float, np.ndarray]]


def maximise(objective: Objective, start: list[float], weight: float) -> Optimum:
    """Climb from `start` to the highest log-likelihood of positive parameters.

    `objective` takes parameters and returns the log-likelihood and its gradient; `weight` is the number of
    observations. The errors come from the curvature at the top.
    """
    from scipy.optimize import minimize

    def downhill(logs: np.ndarray) -> tuple[float, np.ndarray]:
        parameters = np.exp(logs)
        value, gradient = objective(parameters)
        return -value / weight, -gradient * parameters / weight

    found = minimize(
        downhill,
        np.clip(np.log(start), -BOUND, BOUND),
        jac=True,
        method="L-BFGS-B",
        bounds=[(-BOUND, BOUND)] * len(start),
        options={"ftol": 1e-14, "gtol": 1e-9, "maxiter": 500},
    )
    step = 1e-4
    sides = [
        (downhill(found.x + step * axis)[1] - downhill(found.x - step * axis)[1]) / (2 * step)
        for axis in np.eye(len(start))
    ]
    curvature = weight * (np.array(sides) + np.array(sides).T) / 2
    errors = np.full(len(start), np.inf)
    if np.all(np.abs(found.x) < BOUND - 1e-3) and np.all(np.linalg.eigvalsh(curvature) > 0):
        errors = np.sqrt(np.diag(np.linalg.inv(curvature)))
    return Optimum(np.exp(found.x), -found.fun * weight, errors)


def fit_bg_nbd(x: np.ndarray, t_x: np.ndarray, T: np.ndarray) -> Optimum:
    """Return r, α, a, b of the BG/NBD model from repeat purchases, day of the last one, and days observed.

    CDNOW sample (days): r .2426, α 30.9, a .793, b 2.426, as published.
    """
    from scipy.special import digamma, gammaln

    bought = x > 0
    span = int(T.max()) + 1
    keys, count = np.unique((x[bought] * span + t_x[bought]) * span + T[bought], return_counts=True)
    x_, last, seen = keys // span**2, keys // span % span, keys % span
    by_x = np.bincount(x.astype(np.intp)).astype(float)
    by_T = np.bincount(T.astype(np.intp), minlength=span).astype(float)
    purchases_by_T = np.bincount(T.astype(np.intp), weights=x, minlength=span)
    times, days = np.arange(len(by_x)), np.arange(span)

    def objective(parameters: np.ndarray) -> tuple[float, np.ndarray]:
        r, alpha, a, b = parameters
        log_days, one_over = np.log(alpha + days), 1 / (alpha + days)
        log_b = np.log(np.maximum(b + times - 1, 1e-300))
        k, gap = r + x_, log_days[seen] - log_days[last]
        lead = np.log(a) - log_b[x_] + k * gap
        rest = np.exp(-np.abs(lead))
        dead = count * np.where(lead > 0, 1, rest) / (1 + rest)
        value = by_x @ (
            gammaln(r + times)
            - gammaln(r)
            + r * np.log(alpha)
            + gammaln(a + b)
            - gammaln(a + b + times)
            + gammaln(b + times)
            - gammaln(b)
        )
        value += (
            np.sum(count * (np.maximum(lead, 0) + np.log1p(rest))) - (r * by_T + purchases_by_T) @ log_days
        )
        leaving = digamma(a + b) - digamma(a + b + times)
        dead_by_x = np.bincount(x_.astype(np.intp), weights=dead, minlength=len(by_x))
        gradient = [
            by_x @ (digamma(r + times) - digamma(r) + np.log(alpha)) - by_T @ log_days + np.sum(dead * gap),
            by_x.sum() * r / alpha
            - (r * by_T + purchases_by_T) @ one_over
            + np.sum(dead * k * (one_over[seen] - one_over[last])),
            by_x @ leaving + dead.sum() / a,
            by_x @ (leaving + digamma(b + times) - digamma(b)) - dead_by_x[1:] @ (1 / (b + times[1:] - 1)),
        ]
        return float(value), np.array(gradient)

    return maximise(objective, [1.0, max(T.sum(), 1) / max(x.sum(), 1), 1.0, 1.0], len(x))


def alive(parameters: np.ndarray, x: np.ndarray, t_x: np.ndarray, T: np.ndarray) -> np.ndarray:
    """Return the probability that each customer is still one, given their purchases (BG/NBD)."""
    from scipy.special import expit

    r, alpha, a, b = parameters
    lead = np.log(a) - np.log(np.maximum(b + x - 1, 1e-300)) + (r + x) * np.log((alpha + T) / (alpha + t_x))
    return np.where(x > 0, expit(-lead), 1.0)


def growth(parameters: np.ndarray, x: np.ndarray, T: np.ndarray, days: float) -> np.ndarray:
    """Return the purchases expected in the next `days` of customers who are alive now (BG/NBD).

    Equation 10 of the paper with Euler's transformation of ₂F₁, which neither over- nor underflows. With x = 0 and
    T = 0 it is the expectation for a customer who has just bought for the first time (equation 9).
    """
    from scipy.special import hyp2f1

    r, alpha, a, b = parameters
    a = a if abs(a - 1) > 1e-6 else 1 + 1e-6
    b = b if abs(a + b - 1) > 1e-6 else b + 1e-6
    span = int(T.max()) + 1 if len(T) else 1
    keys, place = np.unique(x * span + T, return_inverse=True)
    x_, seen = keys // span, keys % span
    z = days / (alpha + seen + days)
    top = a + b + x_ - 1
    return (top / (a - 1) * (1 - (1 - z) ** (a - 1) * hyp2f1(a + b - 1 - r, a - 1, top, z)))[place]


def fit_gamma_gamma(x: np.ndarray, spend: np.ndarray) -> Optimum:
    """Return p, q, γ of the Gamma-Gamma model from repeat purchases (at least one) and mean spend (above 0).

    CDNOW sample, 946 repeat buyers: p 6.250, q 3.744, γ 15.444, as published.
    """
    from scipy.special import digamma, gammaln

    order = np.lexsort((spend, x))
    x, spend = x[order], spend[order]
    total = x * spend
    by_x = np.bincount(x.astype(np.intp)).astype(float)
    times = np.arange(1, len(by_x))
    count = by_x[1:]
    log_spend, log_total = np.log(spend).sum(), np.sum(x * np.log(total))

    def objective(parameters: np.ndarray) -> tuple[float, np.ndarray]:
        p, q, gamma = parameters
        log_sum, one_over = np.log(gamma + total), 1 / (gamma + total)
        log_by_x = np.bincount(x.astype(np.intp), weights=log_sum)[1:]
        n, shape = len(x), p * times
        value = count @ (gammaln(shape + q) - gammaln(shape)) - n * gammaln(q) + n * q * np.log(gamma)
        value += p * log_total - log_spend - (shape + q) @ log_by_x
        slope = digamma(shape + q)
        gradient = [
            count @ (times * (slope - digamma(shape))) + log_total - times @ log_by_x,
            count @ slope - n * digamma(q) + n * np.log(gamma) - log_by_x.sum(),
            n * q / gamma - np.sum((p * x + q) * one_over),
        ]
        return float(value), np.array(gradient)

    return maximise(objective, [2.0, 2.0, float(np.median(spend))], len(x))
