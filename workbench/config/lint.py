"""The lint of the settings: the shipped rules and lists, and the seller's own over them.

A rule of the seller's with the id of a shipped one takes its place. A list of his with the name of a shipped one adds
to it; a word with `-` before it takes that one out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from workbench.config.shipped_lint import ready, shipped
from workbench.core.lint.engine import Linter


def linter(own: Mapping[str, Any] | None = None) -> Linter:
    """The linter of the shipped rules with the seller's `[lint]` over them."""
    mine = own or {}
    if not mine.get("rules") and not mine.get("lists"):
        found = ready()
        return Linter(found.rules, {}, found.patterns, found.forms, index=found.index, elsewhere=found.words_elsewhere)
    return written(mine)


def written(mine: Mapping[str, Any]) -> Linter:
    """The linter of the rules and lists as they are written, with the seller's over them."""
    from workbench.config.lint_tables import rule_of

    found = shipped()
    rules = {rule.id: rule for rule in found.rules}
    rules |= {rule.id: rule for rule in map(rule_of, mine.get("rules", []))}
    lists = dict(found.lists)
    for name, words in mine.get("lists", {}).items():
        lists[name] = _edited(lists.get(name, ()), words)
    return Linter(rules.values(), lists, found.patterns, found.forms, found.spellings)


def _edited(words: Iterable[str], changes: Iterable[str]) -> tuple[str, ...]:
    gone = {change[1:].strip() for change in changes if change.startswith("-")}
    added = (change for change in changes if not change.startswith("-"))
    return tuple(word for word in dict.fromkeys((*words, *added)) if word not in gone)
