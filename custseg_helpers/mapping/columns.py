"""What a column of one's own file may be: the fields of the standard tables, and a few that only files have."""

from custseg_helpers.company.schema import TABLES, fields
from custseg_helpers.words.glossary import term
from custseg_helpers.words.text import T

MAPPED = ("orders", "customers", "products", "interactions")
"""Tables that can come from a file of one's own."""
CUSTOMER_FIELDS = {
    "customer_name": "text",
    "region": "code",
    "city": "code",
    "industry": "code",
    "gender": "code",
    "birth_year": "integer",
}
PRODUCT_FIELDS = {"product_name": "text", "category": "code"}
REACHED_BY = ("phone", "email", "external_id")
"""Where a customer is reached. Read when the lists of a campaign are written, and kept nowhere else."""
FOR_CAMPAIGNS = (*REACHED_BY, "consent", "rep")
"""Columns of a file of customers that only a campaign needs."""
EXTRA: dict[str, dict[str, str]] = {
    "orders": {"price": "money", "refund": "money", "after_refunds": "money", "currency": "code", "parent_order": "id", "status": "code"} | CUSTOMER_FIELDS | PRODUCT_FIELDS,
    "customers": {"customer_name": "text"} | dict.fromkeys(REACHED_BY, "id") | {"consent": "code", "rep": "code"},
    "products": {"product_name": "text"},
    "interactions": {"interaction_id": "id"},
    "facts": {
        "customer_id": "id", "recency_days": "integer", "frequency": "integer", "monetary": "money", "gross": "money",
        "returned": "money", "first_order": "date", "last_order": "date", "tenure_days": "integer", "order_days": "integer",
        "mean_gap_days": "decimal", "last_gap_days": "decimal", "mean_spend": "money",
    },
}  # fmt: skip
"""What a column may be besides the fields of the standard table, and of which kind."""


def field_kinds(table: str) -> dict[str, str]:
    """Return what a column of a file can be mapped to, and the kind of each such field.

    >>> field_kinds("interactions")["interaction_date"]
    'date'
    """
    standard = fields(table) if table in TABLES else ()
    return {field.name: str(field.kind) for field in standard} | EXTRA[table]


def field_titles(table: str) -> dict[str, T]:
    """Return the fields of a table by name, each as people call it.

    >>> field_titles("orders")["order_id"].within("en")
    'order id'
    """
    standard = {field.name: field.title for field in (fields(table) if table in TABLES else ())}
    return {name: standard.get(name) or term(name) for name in field_kinds(table)}
