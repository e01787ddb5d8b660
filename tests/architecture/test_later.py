"""What is loaded later is named twice, for the checker of types and for the start: both must mean the same module."""

from __future__ import annotations

import ast
from pathlib import Path

import workbench

USES = "from workbench.later import later"
SOURCES = [path for path in Path(workbench.__file__).parent.rglob("*.py") if USES in path.read_text("utf-8")]


def loaded(tree: ast.Module) -> dict[str, str]:
    """The names that are set to `later(...)`, anywhere, each with its module."""
    return {
        ast.unparse(node.targets[0]): ast.literal_eval(node.value.args[0])
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call) and ast.unparse(node.value.func) == "later"
    }


def checked(tree: ast.Module) -> dict[str, str]:
    """The names that are imported where only types are checked, each with the module that it would be."""
    return {
        alias.asname or alias.name: f"{line.module}.{alias.name}"
        for node in tree.body
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING" and node.orelse
        for line in node.body
        if isinstance(line, ast.ImportFrom)
        for alias in line.names
    }


def test_what_is_loaded_later_is_what_the_types_are_checked_against():
    found = {path: ast.parse(path.read_text("utf-8")) for path in SOURCES}
    assert sum(len(loaded(tree)) for tree in found.values()) >= 10
    assert [path for path, tree in found.items() if loaded(tree).items() - checked(tree).items()] == []
