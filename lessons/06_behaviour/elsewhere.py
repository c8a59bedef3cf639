"""The other data that exercises of lesson 06 are asked of."""

from custseg_helpers.learn.exercise import another

ELSEWHERE = {"behaviour-slowing-share": another("pharma"), "behaviour-other-lines": another("education")}
