"""Alerts as they are told: on the command line, as JSON, in a message."""
