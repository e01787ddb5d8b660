"""Replies on the screens: the list with its text, the sheet on a case, what a text looks like."""
