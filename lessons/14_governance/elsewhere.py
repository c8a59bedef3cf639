"""The other data that exercises of lesson 14 are asked of."""

from custseg_helpers.learn.exercise import another

ELSEWHERE = {"governance-three-kpis": another("education"), "governance-exposed": another("finance")}
