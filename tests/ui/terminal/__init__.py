"""What real terminals send: late, torn, unknown."""
