"""Lives, pure: what is to be ready before one, and what is owed after it."""
