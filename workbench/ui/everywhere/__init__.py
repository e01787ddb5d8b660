"""What works on every screen."""
