"""Whose move something is, and of what nature its deadline: the words that rules, stages and the agenda share."""

from typing import Literal

#: What a missed deadline does: the platform decides, it counts in a rate, it is a goal of one's own.
DueKind = Literal["platform", "rate", "own"]
Turn = Literal["seller", "buyer", "carrier", "platform"]
