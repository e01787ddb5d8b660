"""Campaigns, pure: the platform's events, what was expected of them, and what came."""
