"""Orders in words and as JSON."""
