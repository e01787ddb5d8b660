"""Alerts, pure: rules that fire, as a function of the data and the day."""
