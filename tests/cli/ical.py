"""A second reader of iCalendar, written from RFC 5545 alone: unfold, split, nest, unescape."""

from __future__ import annotations

import re
from datetime import UTC, datetime


class Component:
    """One BEGIN ... END with its properties (the last of a name) and the components in it."""

    def __init__(self, name):
        self.name, self.lines, self.inside = name, [], []

    def __getitem__(self, name):
        return self.lines[[key for key, _ in self.lines].index(name)][1]

    def get(self, name):
        return next((value for key, value in self.lines if key == name), None)

    @property
    def text(self):
        return {key: unescape(value) for key, value in self.lines}


def unescape(value):
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], value)


def moment(value):
    return datetime.strptime(value, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)


def parse(data: bytes):
    """The calendar; every rule about lines is checked on the way."""
    assert data.endswith(b"\r\n")
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert b"\r" not in data.replace(b"\r\n", b"")
    for line in data.split(b"\r\n"):
        assert len(line) <= 75, line
        line.decode("utf-8")  # folding splits no character
    stack = [Component("")]
    for line in data.replace(b"\r\n ", b"").decode("utf-8").split("\r\n")[:-1]:
        name, _, value = line.partition(":")
        name = name.partition(";")[0]
        if name == "BEGIN":
            stack.append(Component(value))
        elif name == "END":
            done = stack.pop()
            assert done.name == value
            stack[-1].inside.append(done)
        else:
            stack[-1].lines.append((name, value))
    assert len(stack) == 1
    [calendar] = stack[0].inside
    assert calendar.name == "VCALENDAR"
    return calendar


def events(data: bytes):
    """The VEVENTs by UID; no UID stands twice."""
    found = {each["UID"]: each for each in parse(data).inside}
    assert len(found) == len(parse(data).inside)
    return found
