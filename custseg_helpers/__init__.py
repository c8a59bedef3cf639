"""Customer segmentation for people who sell: tag customers, tier them, act, and see whether it worked.

Where to start. An analyst, with one row an order line in a table of her own:

    import custseg_helpers as cs
    found = cs.segment(orders, "2026-01-01", columns={"customer_id": "member_no", "amount": "paid"})
    found.customers                                      # one row a customer: facts, scores, groups, forecast

    facts = cs.order_facts(orders, "2026-01-01")         # or step by step, with the standard names
    scores = cs.rfm.rfm_scores(facts)                    # R, F, M from 1 to 5

A learner or a trainer, with a company of the course:

    from custseg_helpers import load, order_facts, rfm, check
    company = load("retail")                             # customers, products, orders, interactions
    facts = order_facts(company.orders, company.as_of)

What is there, in the order in which it is needed:

    load                    a sample company, or your own through a mapping (`custseg init orders.csv`)
    segment, run            the whole way in one call: from a table of order lines, from a company.toml
    order_facts             from order lines to one row a customer: recency, purchases, net sales
    customer_table          facts and tags of each customer; apply_tags, read_catalogue
    value, rfm, lifecycle, behaviour, quadrant, clusters, clv, persona      ways to group customers
    strategy, recommend, channels, targets, allocation                      what to do with the groups
    experiment, before_after, evaluation, migration                         whether it worked
    plots, explore          a picture, or something to move, for each of them
    check, hint, solution, progress, quiz                                   a workbook's feedback

Every module has help of its own, with formulas, units and an example: `help(custseg_helpers.rfm)`.
Each name is loaded when it is first used, so that `import custseg_helpers` costs next to nothing.
"""

import sys
from importlib import import_module

from custseg_helpers.old_names import keep_old_names
from custseg_helpers.rooms import opener

__version__ = "0.1.0"

keep_old_names()
__getattr__, __dir__, __all__ = opener(__name__, __file__)

if (
    "IPython" in sys.modules
):  # in a notebook, errors are explained from here on, and tables look as in the course
    import_module("custseg_helpers.files.cells").in_notebooks()
    import_module("custseg_helpers.errors.shell").start_here()
    import_module("custseg_helpers.looks.notebook").start_here()
