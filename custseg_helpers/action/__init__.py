"""From groups to deeds: offers, channels, targets, reps, and whether it worked."""
