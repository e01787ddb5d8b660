"""Creators, pure: deals with their stages and clocks, whom to choose, what came of it."""
