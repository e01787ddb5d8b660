"""The marks of the screens are named once, in `workbench/output/marks.py`."""

from __future__ import annotations

import ast

from tools.catalogue import ROOT
from workbench.output import marks

#: Marks that are no plain characters of any text.
ONLY = {marks.SOON, marks.DONE, marks.WAITS, marks.CURSOR, marks.FILLED, marks.REST, marks.MILESTONE, marks.EDGE}


def test_no_mark_is_written_where_it_has_a_name():
    found = []
    for path in sorted((ROOT / "workbench").rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(tree):
            text = node.value if isinstance(node, ast.Constant) and id(node) not in told else None
            if isinstance(text, str) and ONLY & set(text) and path.name != "marks.py":
                found.append((str(path.relative_to(ROOT)), node.lineno))
    assert found == []
