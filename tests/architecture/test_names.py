"""Whoever looks for a class finds one: each name is there once, in the whole of the program."""

from __future__ import annotations

import ast
from collections import defaultdict

from tools.catalogue import ROOT


def test_each_class_has_a_name_of_its_own():
    """The messages of a widget are not looked for: they are called by it, as in `Table.Moved`."""
    found = defaultdict(list)
    for path in sorted((ROOT / "workbench").rglob("*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef):
                found[node.name].append(str(path.relative_to(ROOT)))
    assert len(found) > 500
    assert not {name: paths for name, paths in found.items() if len(paths) > 1}
