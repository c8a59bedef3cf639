"""Explorers: move a control and see the customers move, as in `explore.rfm.show(company)`.

Each module has a `view`, a pure function from settings to a picture and tables, and a `show`, which
puts controls beside it.
"""

from custseg_helpers.rooms import opener

__getattr__, __dir__, __all__ = opener(__name__, __file__)
