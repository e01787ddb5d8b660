"""The lint of the settings: the shipped rules and lists, and the seller's own over them.

A rule of the seller's with the id of a shipped one takes its place. A list of his with the name of a shipped one adds
to it; a word with `-` before it takes that one out.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec

from workbench.config.lint_tables import rule_of
from workbench.core.lint.engine import Linter
from workbench.core.lint.model import LintRule

DATA = Path(__file__).parent.parent / "data" / "lint"


class ShippedLint(msgspec.Struct, frozen=True):
    """What lies in the package."""

    rules: tuple[LintRule, ...]
    lists: dict[str, tuple[str, ...]]
    patterns: dict[str, dict[str, Any]]
    scripts: dict[int, int]


@lru_cache(maxsize=1)
def shipped() -> ShippedLint:
    """The shipped rules, lists and patterns, read once."""
    rules = tomllib.loads((DATA / "rules.toml").read_text("utf-8"))["rules"]
    words = tomllib.loads((DATA / "lists.toml").read_text("utf-8"))
    scripts = words["scripts"]
    return ShippedLint(
        rules=msgspec.convert(rules, tuple[LintRule, ...]),
        lists=msgspec.convert(words["lists"] | words["lists_unchecked"], dict[str, tuple[str, ...]]),
        patterns=words["patterns"],
        scripts=dict(zip(map(ord, scripts["traditional"]), map(ord, scripts["simplified"]), strict=True)),
    )


def linter(own: Mapping[str, Any] | None = None) -> Linter:
    """The linter of the shipped rules with the seller's `[lint]` over them."""
    found, mine = shipped(), own or {}
    rules = {rule.id: rule for rule in found.rules}
    rules |= {rule.id: rule for rule in map(rule_of, mine.get("rules", []))}
    lists = dict(found.lists)
    for name, words in mine.get("lists", {}).items():
        lists[name] = _edited(lists.get(name, ()), words)
    return Linter(rules.values(), lists, found.patterns, found.scripts)


def _edited(words: Iterable[str], changes: Iterable[str]) -> tuple[str, ...]:
    gone = {change[1:].strip() for change in changes if change.startswith("-")}
    added = (change for change in changes if not change.startswith("-"))
    return tuple(word for word in dict.fromkeys((*words, *added)) if word not in gone)
