"""Lives as JSON."""
