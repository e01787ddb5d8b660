"""Replies: texts for one purpose, with fields that are filled from the case, the shop and the rules in force."""
