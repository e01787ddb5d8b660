"""The line of every key: against the parser, and in all the ways TOML can be written."""

import tomllib

import pytest

from workbench.config import shipped_path
from workbench.config.locate import line_of, lines_of


def every_key(value, at=()):
    """The path of everything in a parsed file."""
    if at:
        yield at
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, each in items:
        yield from every_key(each, (*at, name))


STRANGE = """\
top = 1
"quoted key" . 'and another' = [ # a comment = with [signs]
  "a # no comment", 'x = 1', [1, 2], {in = {deep = 1}, other = "}"},

  \"\"\"
several = "lines"
[no.table]
\"\"\", '''
it's = 3
''',
]
a.b.c = 2026-02-25 10:00:00
a.d = { }
[t]
"\\u00e9" = "" # é
[[rows]]
x = 1
[[rows]]
x = 2
[rows.sub]
y = 3
[[rows.inner]]
z = 4
[[rows.inner]]
z = 5
["strange.name"."] ["]
k = 1.5e3
"""

LINES = {
    ("top",): 1,
    ("quoted key",): 2,
    ("quoted key", "and another", 1): 3,
    ("quoted key", "and another", 2, 1): 3,
    ("quoted key", "and another", 3, "in", "deep"): 3,
    ("quoted key", "and another", 4): 5,
    ("quoted key", "and another", 5): 8,
    ("a",): 12,
    ("a", "b", "c"): 12,
    ("a", "d"): 13,
    ("t",): 14,
    ("t", "é"): 15,
    ("rows",): 16,
    ("rows", 0, "x"): 17,
    ("rows", 1): 18,
    ("rows", 1, "x"): 19,
    ("rows", 1, "sub", "y"): 21,
    ("rows", 1, "inner", 0, "z"): 23,
    ("rows", 1, "inner", 1, "z"): 25,
    ("strange.name", "] ["): 26,
    ("strange.name", "] [", "k"): 27,
}


def test_strange_ways_of_writing():
    found = lines_of(STRANGE)
    assert {key: found.get(key) for key in LINES} == LINES


@pytest.mark.parametrize("text", [STRANGE, shipped_path().read_text("utf-8")], ids=["strange", "shipped"])
def test_the_parser_and_the_scan_know_the_same_keys(text):
    assert set(lines_of(text)) == set(every_key(tomllib.loads(text)))


def test_the_line_of_a_shipped_key_holds_the_key():
    text = shipped_path().read_text("utf-8")
    lines = text.splitlines()
    for key, line in lines_of(text).items():
        name = next(part for part in reversed(key) if isinstance(part, str))
        assert name in lines[line - 1] or isinstance(key[-1], int), (key, line)


def test_a_key_that_is_not_there_has_the_line_of_the_table_around_it():
    lines = lines_of("[a]\nb = 1\n[[c]]\nd = 1\n")
    assert line_of(lines, ("a", "x")) == 1
    assert line_of(lines, ("c", 0, "x")) == 3
    assert line_of(lines, ("y",)) is None
