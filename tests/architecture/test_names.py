"""Whoever looks for a class finds one: each name is there once, in the whole of the program."""

from __future__ import annotations

import ast
from collections import defaultdict

from tools.catalogue import ROOT


def test_each_class_has_a_name_of_its_own():
    """The messages of a widget are not looked for: they are called by it, as in `Table.Moved`, and several have one of
    a name; but none that is a class elsewhere."""
    found, within = defaultdict(list), set()
    for path in sorted((ROOT / "workbench").rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef) and node in tree.body:
                found[node.name].append(str(path.relative_to(ROOT)))
            elif isinstance(node, ast.ClassDef):
                within.add(node.name)
    assert len(found) > 500
    assert not {name: paths for name, paths in found.items() if len(paths) > 1}
    assert not within & found.keys()
