"""The other data that exercises of lesson 13 are asked of."""

from custseg_helpers.learn.exercise import another

ELSEWHERE = {"evaluation-at-least": another("finance"), "evaluation-fair-mean": another("education")}
