"""Orders: what is kept of each, and what is known of a span of days."""
