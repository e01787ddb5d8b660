"""The verb of alerts."""
