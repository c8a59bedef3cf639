"""One picture per method, in one look: `plots.rfm.heat_map(scores)`."""

from custseg_helpers.rooms import opener

__getattr__ = opener(__name__)
