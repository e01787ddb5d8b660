"""The screen of the score."""
