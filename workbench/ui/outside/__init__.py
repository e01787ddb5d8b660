"""The pages outside the screens: the first start, and data that cannot be opened."""
