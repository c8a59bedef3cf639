"""The other data that exercises of lesson 07 are asked of."""

from custseg_helpers.learn.exercise import another

ELSEWHERE = {"quadrant-region-cross": another("b2b"), "quadrant-small-cells": another("finance")}
