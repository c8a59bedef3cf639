"""The other data that exercises of lesson 02 are asked of."""

from custseg_helpers.company.raw import raw_sales
from custseg_helpers.learn.exercise import Elsewhere


def whole_file(company):
    return raw_sales()


def broken_off(company):
    """The sales department's file as a download left it that broke off; its blank rows are in it."""
    return raw_sales().iloc[:-60]


BROKEN_OFF = Elsewhere(there=broken_off, home=whole_file)
ELSEWHERE = {"data-with-customer": BROKEN_OFF, "data-dropped-rows": BROKEN_OFF}
