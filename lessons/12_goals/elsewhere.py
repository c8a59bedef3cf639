"""The other data that exercises of lesson 12 are asked of."""

from custseg_helpers.learn.exercise import another

ELSEWHERE = {"goals-by-channel": another("b2b"), "goals-both-ways": another("education")}
