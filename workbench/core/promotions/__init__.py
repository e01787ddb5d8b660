"""Promotions, pure: what price is shown when, by what, until when, and how low it was."""
