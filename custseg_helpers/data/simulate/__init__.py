"""Sample companies from a known truth: `simulate("retail", seed=7)`."""

from custseg_helpers.data.simulate.company import SEED, simulate, simulate_with_truth
from custseg_helpers.data.simulate.settings import SAMPLES

__all__ = ["SAMPLES", "SEED", "simulate", "simulate_with_truth"]
