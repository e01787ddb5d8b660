"""The Ledger: points against milestones, the curve of what is to come, and the violations in the order of the plan."""
