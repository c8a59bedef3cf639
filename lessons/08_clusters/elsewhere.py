"""The other data that exercises of lesson 08 are asked of."""

from custseg_helpers.learn.exercise import another

ELSEWHERE = {"clusters-colleague-scale": another("finance"), "clusters-new-customers": another("education")}
