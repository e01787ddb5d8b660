"""The ledger: violation points, when they drop, and the appeals that can void them."""
