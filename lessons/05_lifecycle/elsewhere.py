"""The other data that exercises of lesson 05 are asked of."""

from custseg_helpers.learn.exercise import another

ELSEWHERE = {"lifecycle-gaps-passed": another("pharma"), "lifecycle-moves": another("education")}
