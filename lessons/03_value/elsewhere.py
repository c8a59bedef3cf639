"""The other data that exercises of lesson 03 are asked of."""

from custseg_helpers.learn.exercise import another

ELSEWHERE = {"value-grade": another("b2b"), "value-fixed-lines": another("education")}
