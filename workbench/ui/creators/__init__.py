"""Deals with creators on the screens."""
