"""The form of `[lint]` in a seller's file: rules by id, words by the name of a list."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

import msgspec

from workbench.config.forms import BAD, Flag, Form, Key, Note, Number, Text, Texts, Word, Wrong
from workbench.config.markets import MARKETS
from workbench.config.tables import Many, Names, Pairs
from workbench.config.values import Day
from workbench.core.kinds import KINDS
from workbench.core.lint.model import CHANNELS, LEVELS, LintRule
from workbench.core.saying import Saying, say

_WORDS = Many(Text(say("a word or a phrase"), r".{1,200}"))
_LIST = Many(Text(say("the name of a list"), r"[a-z0-9_]{1,40}"))
_LEVEL = Word(*LEVELS)
_LOCAL = Names(
    {
        "level": _LEVEL,
        "number": Number(0, 99),
        "message": Texts(),
        "better": Texts(),
        "source": Text(),
        "as_of": Day(),
    }
)

RULE = Names(
    {
        "id": Text(say("a name of small letters, digits, _ and -"), r"[a-z0-9_-]{1,40}"),
        "number": Number(0, 99),
        "channels": Many(Word(*CHANNELS), least=1),
        "level": _LEVEL,
        "levels": Names(dict.fromkeys(MARKETS, _LEVEL)),
        "markets": Names(dict.fromkeys(MARKETS, _LOCAL)),
        "cases": Many(Word(*KINDS)),
        "contains": _LIST,
        "near": Names({"lists": _LIST, "within": Number(1, 500), "sentence": Flag()}),
        "requires": _LIST,
        "beyond": _LIST,
        "limit": Names({"length": Number(1, 100_000), "links": Number(0, 100)}),
        "substitute": Pairs(Text(say("the better words"), r".{0,200}")),
        "unless": _LIST,
        "unless_in": _LIST,
        "message": Texts(),
        "better": Texts(),
        "source": Text(),
        "as_of": Day(),
        "hit": _WORDS,
        "miss": _WORDS,
    }
)
#: One of these says what a rule looks for.
SHAPES = ("contains", "near", "requires", "beyond", "limit", "substitute")


class LintTable(Form[dict[str, Any]]):
    """Rules and lists. A rule with a mistake in it is left out alone; the others hold."""

    expected = say("tables of rules, and lists of words")

    def __init__(self) -> None:
        self.names = Names({"rules": _RuleRows(), "lists": Pairs(_WORDS)})
        self.described = {
            "rules": (
                self.names.forms["rules"],
                say("Rules of your own; one with the id of a shipped one replaces it."),
            ),
            "lists": (self.names.forms["lists"], say("Words by list, added to a shipped one; -word takes one out.")),
        }

    def read(self, value: Any) -> dict[str, Any]:
        return dict(value)

    def clean(self, value: Any, at: Key, note: Note) -> Any:
        kept = self.names.clean(value, at, note)
        if kept is BAD or not kept.get("rules"):
            return kept
        from workbench.config.shipped_lint import list_names

        known = list_names() | kept.get("lists", {}).keys()
        ids = [row.get("id") if isinstance(row, dict) else None for row in value["rules"]]
        for row in list(kept["rules"]):
            rule = rule_of(row)
            for name in sorted(rule.lists - known):
                note((*at, "rules", ids.index(rule.id)), say('There is no list of words "{name}".', name=name))
        return kept


class _RuleRows(Form[list[dict[str, Any]]]):
    """The rules: each has an id, a message and one shape."""

    expected = say("a list of tables, its name in two brackets on each side")

    def read(self, value: Any) -> list[dict[str, Any]]:
        if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
            raise self.refuse(value)
        return value

    def clean(self, value: Any, at: Key, note: Note) -> Any:
        if not isinstance(value, list):
            note(at, self.refuse(value).saying)
            return BAD
        kept = []
        for n, row in enumerate(value):
            faults: list[tuple[Key, Saying]] = []
            cleaned = RULE.clean(row, (*at, n), partial(_note, faults))
            if cleaned is not BAD and not faults:
                try:
                    rule_of(cleaned)
                except Wrong as wrong:
                    faults.append(((*at, n), wrong.saying))
            for where, what in faults:
                note(where, say("{mistake} Until it is mended, this rule is left out.", mistake=what))
            if not faults:
                kept.append(cleaned)
        return kept


def _note(faults: list[tuple[Key, Saying]], where: Key, what: Saying) -> None:
    faults.append((where, what))


def rule_of(row: dict[str, Any]) -> LintRule:
    """A rule of the seller's as the linter takes it; `Wrong` where something is missing."""
    for name in ("id", "message"):
        if name not in row:
            raise Wrong(say('"{name}" is missing here.', name=name))
    if sum(shape in row for shape in SHAPES) < 1:
        raise Wrong(say("It looks for nothing. Give it one of: {shapes}.", shapes=", ".join(SHAPES)))
    try:
        return msgspec.convert({"number": 0} | _read(row), LintRule)
    except msgspec.ValidationError:
        raise Wrong(say("It cannot be used as a rule. Look at its keys.")) from None


def _read(row: dict[str, Any]) -> dict[str, Any]:
    """The row with single values as lists and single texts in both languages."""
    found = {name: RULE.forms[name].read(each) for name, each in row.items()}
    return msgspec.to_builtins(found, builtin_types=(date,))  # type: ignore[no-any-return]


LINT = LintTable()
