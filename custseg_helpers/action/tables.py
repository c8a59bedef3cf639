"""Tables keyed by customer, however they come."""

import pandas as pd


def by_customer(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table indexed by `customer_id`, from one that has it as a column or already as the index.

    >>> by_customer(pd.DataFrame({"customer_id": ["C1"], "region": ["east"]})).index.tolist()
    ['C1']
    """
    return table.set_index("customer_id") if "customer_id" in table.columns else table
