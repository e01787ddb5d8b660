"""Deals with creators in a session."""
