"""The evening log: one line per buyer problem, and what a week of them says."""
