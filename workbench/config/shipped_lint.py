"""The lint's rules and lists as they lie in the package.

They are written in TOML. A start reads them from `lint.json`, which `make docs` makes of them: there the words are
sorted already, and no examples stand in it.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec

from workbench.core.lint.engine import EVASION, index_of
from workbench.core.lint.fold import FoldTable
from workbench.core.lint.index import MixedWord, WordIndex
from workbench.core.lint.model import LintRule

DATA = Path(__file__).parent.parent / "data" / "lint"
READY = DATA / "lint.json"


class ShippedLint(msgspec.Struct, frozen=True):
    """What lies in the package. `lists` are empty where the index stands for them."""

    rules: tuple[LintRule, ...]
    lists: dict[str, tuple[str, ...]]
    patterns: dict[str, dict[str, Any]]
    #: The traditional and the simplified form of a character, each in one text.
    scripts: tuple[str, str]
    #: What looks like a Latin letter, and that letter, likewise.
    lookalikes: tuple[str, str]
    #: Other ways to write a word.
    spellings: dict[str, tuple[str, ...]] = {}
    index: WordIndex | None = None
    #: The words of other scripts of the index, read where a text asks for them.
    elsewhere: msgspec.Raw = msgspec.Raw(b"{}")

    def words_elsewhere(self) -> dict[str, list[MixedWord]]:
        """The words of other scripts."""
        return msgspec.json.decode(self.elsewhere, type=dict[str, list[MixedWord]])

    @property
    def forms(self) -> FoldTable:
        """The table by which texts and words are folded."""
        return FoldTable(_by_code(*self.scripts), _by_code(*self.lookalikes))


def _by_code(of: str, to: str) -> dict[int, int]:
    return dict(zip(map(ord, of), map(ord, to), strict=True))


@lru_cache(maxsize=1)
def shipped() -> ShippedLint:
    """The shipped rules, lists and patterns as they are written."""
    import tomllib

    rules = tomllib.loads((DATA / "rules.toml").read_text("utf-8"))["rules"]
    words = tomllib.loads((DATA / "lists.toml").read_text("utf-8"))
    scripts, lookalikes = words["scripts"], words["lookalikes"]
    return ShippedLint(
        rules=msgspec.convert(rules, tuple[LintRule, ...]),
        lists=msgspec.convert(words["lists"] | words["lists_unchecked"], dict[str, tuple[str, ...]]),
        patterns=words["patterns"],
        scripts=(scripts["traditional"], scripts["simplified"]),
        lookalikes=(lookalikes["of"], lookalikes["to"]),
        spellings=msgspec.convert(words["spellings"], dict[str, tuple[str, ...]]),
    )


def made_ready() -> bytes:
    """`lint.json` as it has to be."""
    found = shipped()
    index = index_of(found.rules, found.lists, found.forms, found.spellings)
    rules = tuple(msgspec.structs.replace(rule, hit=(), miss=()) for rule in found.rules)
    elsewhere = msgspec.Raw(msgspec.json.encode(index.anywhere))
    index = msgspec.structs.replace(index, anywhere={})
    made = msgspec.structs.replace(found, rules=rules, lists={}, spellings={}, index=index, elsewhere=elsewhere)
    return msgspec.json.encode(made) + b"\n"


@lru_cache(maxsize=1)
def ready() -> ShippedLint:
    return msgspec.json.decode(READY.read_bytes(), type=ShippedLint)


def list_names() -> frozenset[str]:
    """The names of the shipped lists, those of patterns too."""
    found = ready()
    assert found.index is not None
    patterns = (each.get("list", name) for name, each in found.patterns.items())
    return frozenset((*found.index.names, *patterns, EVASION))
