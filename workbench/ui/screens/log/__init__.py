"""The Log: one line per buyer problem, the day it belongs to, and what the weeks of it say."""
