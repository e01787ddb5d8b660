"""Today: what must be done, and how the shop stands."""
