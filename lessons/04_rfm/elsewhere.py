"""The other data that exercises of lesson 04 are asked of."""

from custseg_helpers.learn.exercise import another

ELSEWHERE = {"rfm-money-share": another("pharma"), "rfm-colleague-rules": another("b2b")}
