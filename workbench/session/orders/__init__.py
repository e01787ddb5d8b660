"""Orders kept, and orders to ship."""
