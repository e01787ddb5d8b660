"""The Log and the Week: the evening's lines, and what they sum up to."""
