"""The other data that exercises of lesson 01 are asked of."""

from custseg_helpers.learn.exercise import another

ELSEWHERE = {"tags-frequent-share": another("education"), "tags-colleague-list": another("pharma")}
