"""Profit, pure: what an order earns, and up to which commission, and from which price on, it still pays."""
