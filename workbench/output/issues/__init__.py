"""The log as text, reports."""
