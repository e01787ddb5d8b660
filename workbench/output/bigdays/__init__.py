"""Plans of big days as JSON and text."""
