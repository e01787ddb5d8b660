"""Today: one sentence, the agenda, and what is known about the shop."""
