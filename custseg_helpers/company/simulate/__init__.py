"""Sample companies from a known truth: `simulate("retail", seed=7)`."""

from custseg_helpers.company.simulate.company import SEED, simulate, simulate_with_truth

__all__ = ["SEED", "simulate", "simulate_with_truth"]
