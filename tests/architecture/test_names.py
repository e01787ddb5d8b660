"""Whoever looks for a class finds one: on the screens each name is there once."""

from __future__ import annotations

import ast
from collections import defaultdict

from tools.catalogue import ROOT

#: What has one name for a reason.
TWICE = {
    "Answer",  # what an act sheet offers, what a form field is answered with: neither leaves its sheet
}


def test_each_class_of_the_screens_has_a_name_of_its_own():
    found = defaultdict(list)
    for path in sorted((ROOT / "workbench/ui").rglob("*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                found[node.name].append(str(path.relative_to(ROOT)))
    several = {name: paths for name, paths in found.items() if len(paths) > 1}
    assert several.keys() <= TWICE, several
    assert several.keys() >= TWICE, "no longer twice: take it out"
