"""Whatever stands in a seller's file, the program starts."""

import tempfile
from datetime import date
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.config import load, points_policy, policy, shipped_path
from workbench.config.forms import DeclaredElsewhere
from workbench.config.groups import ROOT
from workbench.config.markets import MARKETS
from workbench.config.show import show, toml_text
from workbench.i18n import render

LINES = shipped_path().read_text("utf-8").splitlines()


def opened(content):
    """Load it, ask for everything, and give back the problems."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "mine.toml"
        path.write_bytes(content)
        loaded = load(path)
        found = loaded.settings
        for name in ("shop", "soon", "me", "display", "keys", "calendar", "intake", "views", "routines", "issue_types"):
            getattr(found, name)
        for market in MARKETS:
            rules = policy(found, market).rules
            assert len({rule.id for rule in rules}) == len(rules)
            assert points_policy(found, market).milestones is not None
        assert show(loaded)
        assert loaded.provenance is not None
        for problem in loaded.problems:
            assert render(problem.what).isprintable()
            assert problem.line is None or 1 <= problem.line <= content.count(b"\n") + 1
        return loaded.problems


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes(content):
    opened(content)


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_the_shipped_file_with_lines_changed(data):
    begin = data.draw(st.integers(0, len(LINES) - 60))
    lines = LINES[begin : begin + 60]
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(lines) - 1))
        change = data.draw(st.sampled_from(["drop", "twice", "cut", "value", "name", "swap"]))
        if change == "drop":
            lines[at] = ""
        elif change == "twice":
            lines.insert(at, lines[at])
        elif change == "cut":
            lines[at] = lines[at][: data.draw(st.integers(0, len(lines[at])))]
        elif change == "value" and "=" in lines[at]:
            value = data.draw(st.sampled_from(["5", '""', "[]", "{}", "nan", "true", "2026-01-01", '"x"', "[[1]]"]))
            lines[at] = f"{lines[at].partition('=')[0]}= {value}"
        elif change == "name":
            lines[at] = lines[at].replace("a", "o", 1)
        else:
            lines.reverse()
    opened("\n".join(lines).encode())


WORDS = st.sampled_from(
    [*ROOT.forms, *MARKETS, "points", "deadlines", "kind", "within", "name", "en", "zh", "add", "timezone", "\x1b", "é"]
)
LEAF = st.one_of(
    st.integers(-(2**63), 2**63 - 1),
    st.booleans(),
    st.dates(date(1, 1, 1), date(9999, 12, 31)),
    st.text(max_size=8),
    st.sampled_from(["TH", "Asia/Bangkok", "24h", "1wd", "amount > 5", "en", "USD", "Asia", "a/b", "\x00"]),
)
VALUE = st.recursive(LEAF, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3))


@settings(max_examples=50, deadline=None)
@given(st.dictionaries(WORDS, VALUE, max_size=4))
def test_any_value_in_any_place(tree):
    opened("".join(f"{toml_text(name)} = {toml_text(value)}\n" for name, value in tree.items()).encode())


@settings(max_examples=50, deadline=None)
@given(st.data())
def test_any_value_for_a_known_key(data):
    group = data.draw(st.sampled_from(["shop", "soon", "me", "display", "keys", "calendar", "intake"]))
    form = ROOT.forms[group]
    table = form.form if isinstance(form, DeclaredElsewhere) else form
    name = data.draw(st.sampled_from(list(table.described)))
    opened(f"[{group}]\n{name} = {toml_text(data.draw(VALUE))}\n".encode())
