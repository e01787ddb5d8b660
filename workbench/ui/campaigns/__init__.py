"""Campaigns and big days: the second view of the Plan."""
