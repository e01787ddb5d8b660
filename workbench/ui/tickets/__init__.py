"""The Queue and all sheets of a case."""
