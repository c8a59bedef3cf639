"""Fairness, measured: who is chosen and who is left out, and what it costs to do without what people are born with."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from custseg_helpers.action.evaluation import wilson
from custseg_helpers.tiers.order import ordered
from custseg_helpers.words.text import UserError

FOUR_FIFTHS = 0.8
"""Below this share of the best served group's share, look for the reason."""

FEW = 30
"""Of a smaller group no share is told: a handful of people is no pattern."""


def chosen_by_group(chosen: pd.Series, groups: pd.Series) -> pd.DataFrame:
    """Count who is chosen and who is left out in each group.

    The ratio to the best served group is read by the four-fifths rule: below 0.8, ask why. It is a warning and no proof:
    groups may differ in what they buy. Source: Uniform Guidelines on Employee Selection Procedures (1978), 29 CFR
    1607.4 D, made for hiring; here it is borrowed.

    Args:
        chosen: whether each customer is chosen (true or false).
        groups: the group of each, say the age band; whoever has none, or "unknown", is left out and counted in
            `attrs["left_out"]`.

    Returns:
        One row a group: `chosen`, `left_out`, `share`, its 95 % range `lower` and `upper` (Wilson), `of_best`, and the
        `verdict`: `even`, `look_why` (the ratio is below 0.8 and the ranges of the two groups do not touch), `unclear` (below 0.8, but chance could do it) or `too_few`.

    >>> chosen = pd.Series([True] * 60 + [False] * 40 + [True] * 20 + [False] * 80)
    >>> table = chosen_by_group(chosen, pd.Series(["a"] * 100 + ["b"] * 100))
    >>> table["of_best"].round(2).tolist(), table["verdict"].tolist()
    ([1.0, 0.33], ['even', 'look_why'])
    """
    known = groups.reindex(chosen.index)
    known = known[known.notna() & (known != "unknown")]
    yes = chosen.loc[known.index].astype(bool)
    size = yes.groupby(known.astype(object)).agg(["sum", "size"])
    size = size.loc[ordered(size.index)]
    table = pd.DataFrame({"chosen": size["sum"], "left_out": size["size"] - size["sum"]})
    enough = size["size"] >= FEW
    table["share"] = (size["sum"] / size["size"]).where(enough)
    ranges = [wilson(int(row["sum"]), int(row["size"])) for _, row in size.iterrows()]
    table["lower"] = pd.Series([low for low, _ in ranges], index=size.index, dtype=float).where(enough)
    table["upper"] = pd.Series([high for _, high in ranges], index=size.index, dtype=float).where(enough)
    best = table["share"].max()
    table["of_best"] = table["share"] / best if best > 0 else np.nan
    floor = table.loc[table["share"] == best, "lower"].max()
    low = table["of_best"] < FOUR_FIFTHS
    table["verdict"] = np.select(
        [~enough, low & (table["upper"] < floor), low], ["too_few", "look_why", "unclear"], "even"
    )
    table.attrs["left_out"] = {"no_group": len(chosen) - len(known)}
    return table.rename_axis(groups.name)


def hits(traits: pd.DataFrame, wanted: pd.Series, *, without: Sequence[str] = ()) -> int:
    """Guess from traits who is wanted, choose as many as there are, and count how many of the chosen are right.

    Each customer is guessed by a model (logistic regression) that has not seen them, in five parts. Compare the hits with
    and `without` some traits: the difference is what these traits are worth, in people.

    Args:
        traits: customers × traits, numbers and codes mixed; missing is a value of its own.
        wanted: whether each customer is of the kind looked for; at least ten are and ten are not.
        without: traits not to use.
    """
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import StratifiedKFold, cross_val_predict
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    target = wanted.astype(bool)
    if min(target.sum(), (~target).sum()) < 10:
        raise UserError(
            zh="要找的人和不找的人各要 10 位以上，才猜得出来。",
            en="At least ten customers of the kind looked for, and ten others, are needed to guess.",
        )
    used = traits.reindex(target.index).drop(columns=[name for name in without if name in traits])
    numbers = used.select_dtypes("number")
    table = numbers.fillna(numbers.median()).fillna(0.0).astype(float)
    for name in used.columns.difference(numbers.columns, sort=False):
        code = used[name].astype(object).fillna("missing").astype(str)
        table = table.join(pd.get_dummies(code, prefix=name, dtype=float))
    model = make_pipeline(StandardScaler(), LogisticRegression(max_iter=1000))
    folds = StratifiedKFold(5, shuffle=True, random_state=0)
    chance = cross_val_predict(model, table.to_numpy(), target.to_numpy(), cv=folds, method="predict_proba")[
        :, 1
    ]
    chosen = np.argsort(-chance.round(9), kind="stable")[: int(target.sum())]
    return int(target.to_numpy()[chosen].sum())
