"""The ticket domain: what the seller must see through, by when, and what he may do about it."""
