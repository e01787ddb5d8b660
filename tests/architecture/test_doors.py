"""What must go through one place goes through it."""

from __future__ import annotations

from tools.catalogue import ROOT


def test_a_line_for_typing_opens_through_one_door():
    """Else what is typed while it opens is lost, or runs commands of the list behind it."""
    places = [
        path.relative_to(ROOT).as_posix()
        for path in sorted((ROOT / "workbench/ui").rglob("*.py"))
        if "mount(entry" in path.read_text(encoding="utf-8")
    ]
    assert places == ["workbench/ui/ahead.py"]
