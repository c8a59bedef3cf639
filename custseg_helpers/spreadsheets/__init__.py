"""Lessons as spreadsheets: workbooks whose live formulas give the numbers that `check()` expects."""
