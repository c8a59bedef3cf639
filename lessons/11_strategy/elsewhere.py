"""The other data that exercises of lesson 11 are asked of."""

from custseg_helpers.learn.exercise import another

ELSEWHERE = {"strategy-campaign-extra": another("finance"), "strategy-tier-profit": another("b2b")}
