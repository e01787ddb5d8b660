"""The Plan: which price runs until when, and what goes back."""
