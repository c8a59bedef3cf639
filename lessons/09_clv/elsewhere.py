"""The other data that exercises of lesson 09 are asked of."""

from custseg_helpers.learn.exercise import another

ELSEWHERE = {"clv-likely-gone": another("education"), "clv-hidden-potential": another("b2b")}
