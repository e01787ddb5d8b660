"""The orders to ship on the screens."""
