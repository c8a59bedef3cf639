"""Names of functions of a spreadsheet or of SQL, and of the same here."""

METHODS = {
    "SUM": "sum()", "TOTAL": "sum()", "AVERAGE": "mean()", "AVG": "mean()", "MEAN": "mean()", "MAX": "max()", "MIN": "min()",
    "MEDIAN": "median()", "STDEV": "std()", "ROUND": "round(2)", "ABS": "abs()", "UNIQUE": "unique()", "DISTINCT": "nunique()",
    "COUNTUNIQUE": "nunique()", "COUNTDISTINCT": "nunique()", "COUNTD": "nunique()", "NUNIQUE": "nunique()", "ISBLANK": "isna()", "ISNULL": "isna()",
    "ISNA": "isna()", "NOTNULL": "notna()", "RANK": "rank()", "SORT": "sort_values()", "HEAD": "head()", "TOP": "head()",
    "PERCENTILE": "quantile(0.5)", "QUANTILE": "quantile(0.5)", "LARGE": "nlargest(3)", "SMALL": "nsmallest(3)", "CUMSUM": "cumsum()",
    "IFERROR": "fillna(0)", "IFNA": "fillna(0)", "COALESCE": "fillna(0)", "LOWER": "str.lower()", "UPPER": "str.upper()", "TRIM": "str.strip()",
}  # fmt: skip
"""What stands before its column there, and behind it here."""
PATTERNS = {
    "COUNT": "len(表)", "COUNTA": "len(表)", "ROWS": "len(表)", "SIZE": "len(表)", "LENGTH": "len(表)", "COUNTIF": '(表["列"] == 值).sum()',
    "SUMIF": '表.loc[条件, "列"].sum()', "AVERAGEIF": '表.loc[条件, "列"].mean()', "MAXIF": '表.loc[条件, "列"].max()',
    "MINIF": '表.loc[条件, "列"].min()', "VLOOKUP": '.merge(表, on="列")', "XLOOKUP": '.merge(表, on="列")',
    "HLOOKUP": '.merge(表, on="列")', "LOOKUP": '.merge(表, on="列")', "IF": "a if 条件 else b", "IFS": "a if 条件 else b",
    "SQRT": "x ** 0.5", "FILTER": "表[条件]", "WHERE": "表[条件]", "SELECT": '表[["列"]]', "GROUPBY": '表.groupby("列")',
    "PIVOT": '表.groupby("列")', "PIVOT_TABLE": '表.groupby("列")', "AND": "(条件) & (条件)", "OR": "(条件) | (条件)", "NOT": "~(条件)",
    "CONCATENATE": "a + b", "CONCAT": "a + b", "SUMPRODUCT": "(a * b).sum()", "DATEDIF": "(a - b).dt.days", "DAYS": "(a - b).dt.days",
}  # fmt: skip
"""What is written in another way altogether; words of the pattern are the reader's own."""
WORDS = {"表": "table", "列": "column", "值": "value", "条件": "condition"}


def known(name: str) -> str | None:
    """Return a function as the spreadsheet spells it: capitals, and without the S of COUNTIFS.

    >>> known("sumifs"), known("Average"), known("frequncy")
    ('SUMIF', 'AVERAGE', None)
    """
    capitals = name.upper().rstrip("_")
    return next(
        (one for one in (capitals, capitals.removesuffix("S")) if one in METHODS or one in PATTERNS), None
    )
