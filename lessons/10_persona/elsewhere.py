"""The other data that exercises of lesson 10 are asked of."""

from custseg_helpers.learn.exercise import another

ELSEWHERE = {"persona-effect-size": another("education"), "persona-backward": another("finance")}
