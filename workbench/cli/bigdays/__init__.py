"""The verb of big days."""
