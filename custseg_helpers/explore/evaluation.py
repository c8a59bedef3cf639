"""Explorer of lesson 13: run one campaign a thousand times, and see what a holdout of this size lets one see."""

import pandas as pd

from custseg_helpers.action import chance
from custseg_helpers.company.company import Company
from custseg_helpers.explore.base import View, explorer
from custseg_helpers.explore.still import Shown
from custseg_helpers.words.glossary import label
from custseg_helpers.words.text import T


def view(*, holdout: int, treatment: int, rate: float, effect: float, draw: int = 1) -> View:
    """Return what a campaign of this size shows, and how often one that does nothing looks like a success.

    Args:
        holdout: customers held out.
        treatment: customers contacted.
        rate: per cent who buy without contact.
        effect: percentage points that the contact really adds.
        draw: another number, another draw.
    """
    from custseg_helpers import plots

    share = effect / 100
    nothing = chance.repeats(treatment, holdout, rate / 100, 0.0, seed=2 * draw)
    real = chance.repeats(treatment, holdout, rate / 100, share, seed=2 * draw + 1)
    one = real.iloc[0]
    chances = pd.DataFrame(
        {"does_nothing": _looks(nothing, share), "true_effect": _looks(real, share)}
    ).rename_axis("what_is_seen")
    words = T(
        zh="你的活动：{d:+.1f} 个百分点，95% 区间 {a:+.1f} 到 {b:+.1f}，{v}。毫无作用的活动里，{eye:.0%} 看起来比留出对照组好，区间整个在 0 以上的只有 {true:.1%}。",
        en="Your campaign: {d:+.1f} percentage points, 95% interval {a:+.1f} to {b:+.1f}: {v}. Of campaigns that do nothing, {eye:.0%} look better than the holdout; {true:.1%} have an interval wholly above 0.",
    ).format(
        d=one["difference"] * 100, a=one["lower"] * 100, b=one["upper"] * 100, v=label(one["verdict"]),
        eye=(nothing["difference"] > 0).mean(), true=(nothing["verdict"] == "works").mean(),
    )  # fmt: skip
    return View(
        figure=plots.chance.campaigns(nothing, real, share),
        tables={
            T(
                zh="1,000 场活动里，多少场会是这样（%）", en="Of 1,000 campaigns, how many look so (%)"
            ): chances
        },
        words=words,
    )


def _looks(table: pd.DataFrame, effect: float) -> pd.Series:
    """Return in per cent how often campaigns look better at all, as good as the true effect, or surely better."""
    return pd.Series(
        {
            "looks_better": (table["difference"] > 0).mean() * 100,
            "looks_as_good": (table["difference"] >= abs(effect)).mean() * 100,
            "works": (table["verdict"] == "works").mean() * 100,
            "unclear": (table["verdict"] == "unclear").mean() * 100,
            "harms": (table["verdict"] == "harms").mean() * 100,
        }
    )


def show(company: Company) -> Shown:
    """Show the explorer; it starts at the size and the response rate of the company's last campaign."""
    import ipywidgets as W

    arms = last_campaign(company)
    started = {
        "holdout": (int(arms.at["holdout", "size"]), 20, 3000, 20, T(zh="留出对照组（人）", en="Customers held out")),
        "treatment": (int(arms.at["treatment", "size"]), 20, 6000, 20, T(zh="实验组（人）", en="Customers contacted")),
        "rate": (round(100 * arms.at["holdout", "mean"]), 1, 50, 1, T(zh="不联系也买的（%）", en="Buy without contact (%)")),
        "effect": (3.0, -5.0, 15.0, 0.5, T(zh="真正的效果（百分点）", en="True effect (percentage points)")),
        "draw": (1, 1, 50, 1, T(zh="再抽一次签", en="Draw again")),
    }  # fmt: skip
    controls = {
        name: (W.FloatSlider if isinstance(value, float) else W.IntSlider)(
            value=min(max(value, low), high),
            min=low,
            max=high,
            step=step,
            readout_format=".1f" if isinstance(value, float) else ",d",
            description=str(words),
        )
        for name, (value, low, high, step, words) in started.items()
    }
    return explorer(view, controls, T(zh="留出对照组模拟器", en="Holdout simulator"))


def last_campaign(company: Company) -> pd.DataFrame:
    """Return size and conversion of both arms of the campaign that started last."""
    last = company.campaigns.sort_values(["start_date", "campaign_id"])["campaign_id"].iloc[-1]
    responses = company.responses[company.responses["campaign_id"] == last]
    return responses["converted"].astype(float).groupby(responses["arm"]).agg(["size", "mean"])
