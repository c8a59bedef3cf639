"""One picture per method, in one look: `plots.rfm.heat_map(scores)`."""

from custseg_helpers.rooms import opener

__getattr__, __dir__, __all__ = opener(__name__, __file__)
