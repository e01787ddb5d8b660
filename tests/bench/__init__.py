"""The budgets, each measured beside its yardstick in one run; never a timed test."""
