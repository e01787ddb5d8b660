"""The verb of the score."""
