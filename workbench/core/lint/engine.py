"""Linting a text: which rules speak of it, where, and how loud in this market and channel.

    linter = Linter(rules, lists, patterns, forms, spellings)
    linter.lint(text, "chat", "US", places)

A finding that touches a value of the case or the settings is *info* and names the field; one in the seller's own words
or in a value typed just now counts in full. Of findings of one class that overlap, the loudest is kept.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import msgspec

from workbench.core.lint.fold import Folded, FoldTable, fold, same
from workbench.core.lint.index import MixedWord, WordIndex, indexed
from workbench.core.lint.model import Allowance, Channel, FilledIn, Finding, Level, LintRule, NearWords, Words, rank
from workbench.core.lint.words import WordBook, WordHit

_SENTENCE = re.compile(r"[!?;\n\u3002\u2022\u2713\u2714\u2705]+|\.+(?=\s|$|[^\x00-\x7f])")
#: The list of what is never counted as words: marks, blanks, pictures.
_NOTHING = re.compile(r"[\W_]+")
#: The rule for text that is written so as not to be read by a machine, and the lists it is about.
EVASION = "evasion"
#: Whether a rule may have something to say, by the lists of which words were found.
Heard = Callable[[Mapping[str, list[WordHit]]], bool]
LINK_LIST = "link"


class Linter:
    """Rules made ready; building it costs some milliseconds, a text a fraction of one."""

    def __init__(
        self,
        rules: Iterable[LintRule],
        lists: Mapping[str, Iterable[str]],
        patterns: Mapping[str, Mapping[str, Any]] | None = None,
        forms: FoldTable | None = None,
        spellings: Mapping[str, Iterable[str]] | None = None,
        index: WordIndex | None = None,
        elsewhere: Callable[[], dict[str, list[MixedWord]]] | None = None,
    ) -> None:
        self.rules = tuple(rules)
        self._table = FoldTable() if forms is None else forms
        self._plans: dict[tuple[str, str], list[tuple[LintRule, Level, Heard | None]]] = {}
        known = index or index_of(self.rules, lists, self._table, spellings or {})
        self.book = WordBook(known, patterns or {}, elsewhere)

    def rule(self, id: str) -> LintRule | None:
        """The rule of this id."""
        return next((rule for rule in self.rules if rule.id == id), None)

    def lint(
        self,
        text: str,
        channel: Channel = "chat",
        market: str = "generic",
        places: Sequence[FilledIn] = (),
        *,
        kind: str | None = None,
        allow: Collection[Allowance] = (),
        known: Collection[str] = (),
    ) -> tuple[Finding, ...]:
        """The findings in the order of the text.

        `kind` is the case's; `known` are texts that may stand there although a rule is against it (the shop's own
        address in a return).
        """
        folded = fold(text, self._table)
        hits = self.book.find(folded)
        sentences = [match.end() for match in _SENTENCE.finditer(folded.text)]
        found: list[tuple[LintRule, Finding]] = []
        for rule, level, heard in self._plan(channel, market):
            if (rule.cases and kind not in rule.cases) or not (heard is None or heard(hits)):
                continue
            for begin, end, better in self._stretches(rule, text, folded, hits, sentences, places):
                finding = _finding(rule, level, market, text, begin, end, better)
                found.append((rule, finding if rule.whole else _placed(finding, places)))
        spared = [(at, at + len(own)) for own in known if own for at in _places_of(text, own)]
        told = [
            each
            for each in _loudest(found)
            if not any(begin <= each.begin and each.end <= end for begin, end in spared)
        ]
        told = [_allowed(finding, allow, self.rule(finding.rule), market) for finding in told] if allow else told
        return tuple(sorted(told, key=lambda each: (each.begin, each.end, each.rule)))

    def _plan(self, channel: Channel, market: str) -> list[tuple[LintRule, Level, Heard | None]]:
        """The rules that speak there, each with its level and whether, by the lists that were found, it may have
        something to say."""
        if (channel, market) not in self._plans:
            levels = [(rule, rule.level_in(market)) for rule in self.rules if channel in rule.channels]
            self._plans[channel, market] = [(rule, level, _hearing(rule)) for rule, level in levels if level != "none"]
        return self._plans[channel, market]

    def _stretches(
        self,
        rule: LintRule,
        text: str,
        folded: Folded,
        hits: Mapping[str, list[WordHit]],
        sentences: list[int],
        places: Sequence[FilledIn],
    ) -> Iterator[tuple[int, int, Words | None]]:
        """Where the rule has something to say, as places in the original, and the better words if they are special."""
        if rule.always:
            yield 0, len(text), None
        if rule.limit is not None:
            yield from _over(rule, text, folded, hits)
        if rule.requires and not any(hits.get(name) for name in rule.requires):
            yield 0, len(text), None
        if rule.beyond and _nothing_but(rule.beyond, folded, hits, places):
            yield 0, len(text), None
        for begin, end in self._folded(rule, folded, hits, sentences):
            if not self._guarded(rule, begin, end, hits, sentences):
                yield *folded.original(begin, end), None
        for word, better in rule.substitute.items():
            for hit in hits.get(f"{rule.id} {word}", ()):
                if not self._guarded(rule, hit.begin, hit.end, hits, sentences):
                    yield *folded.original(hit.begin, hit.end), {"": better}

    def _folded(
        self, rule: LintRule, folded: Folded, hits: Mapping[str, list[WordHit]], sentences: list[int]
    ) -> Iterator[tuple[int, int]]:
        for name in rule.contains:
            if name == EVASION:
                yield from _evasions(folded, hits)
            for hit in hits.get(name, ()):
                yield hit.begin, hit.end
        for near in rule.nears:
            first, *others = near.lists
            if any(name not in hits for name in near.lists):
                continue
            for hit in hits[first]:
                found = [self._nearest(hit, hits[name], near, sentences) for name in others]
                if all(found):
                    ends = [hit, *(each for each in found if each)]
                    yield min(each.begin for each in ends), max(each.end for each in ends)

    def _nearest(self, hit: WordHit, others: list[WordHit], near: NearWords, sentences: list[int]) -> WordHit | None:
        best: WordHit | None = None
        gap = near.within + 1
        for other in others:
            if (other.begin, other.end) == (hit.begin, hit.end):
                continue  # one word is not two
            apart = max(other.begin - hit.end, hit.begin - other.end, 0)
            if apart >= gap:
                continue
            if near.sentence and _sentence(sentences, hit.begin) != _sentence(sentences, other.begin):
                continue
            best, gap = other, apart
        return best

    def _guarded(
        self, rule: LintRule, begin: int, end: int, hits: Mapping[str, list[WordHit]], sentences: list[int]
    ) -> bool:
        for name in rule.unless:
            if any(hit.begin < end and begin < hit.end for hit in hits.get(name, ())):
                return True
        for name in rule.unless_in:
            own = {_sentence(sentences, begin), _sentence(sentences, end - 1)}
            if any(_sentence(sentences, hit.begin) in own for hit in hits.get(name, ())):
                return True
        return False


def index_of(
    rules: Iterable[LintRule],
    lists: Mapping[str, Iterable[str]],
    table: FoldTable,
    spellings: Mapping[str, Iterable[str]],
) -> WordIndex:
    """The index of the lists, and of each word that a rule has a better one for."""
    own = {f"{rule.id} {word}": (word,) for rule in rules for word in rule.substitute}
    return indexed({**lists, **own}, table, spellings)


def _hearing(rule: LintRule) -> Heard | None:
    """Whether a rule may speak where words of these lists were found; None where it may without any."""
    if rule.always or rule.limit or rule.requires or EVASION in rule.contains:
        return None
    alone = frozenset((*rule.contains, *rule.beyond, *(f"{rule.id} {word}" for word in rule.substitute)))
    beside = [frozenset(near.lists) for near in rule.nears]
    return lambda hits: not alone.isdisjoint(hits) or any(names <= hits.keys() for names in beside)


def _sentence(ends: list[int], place: int) -> int:
    return bisect_right(ends, place)


def _over(
    rule: LintRule, text: str, folded: Folded, hits: Mapping[str, list[WordHit]]
) -> Iterator[tuple[int, int, Words | None]]:
    assert rule.limit is not None
    if rule.limit.length is not None and len(text) > rule.limit.length:
        yield rule.limit.length, len(text), None
    links = hits.get(LINK_LIST, [])
    if rule.limit.links is not None and len(links) > rule.limit.links:
        hit = links[rule.limit.links]
        yield *folded.original(hit.begin, hit.end), None


def _nothing_but(
    names: Iterable[str], folded: Folded, hits: Mapping[str, list[WordHit]], places: Sequence[FilledIn]
) -> bool:
    """Whether words of these lists are all there is, filled values such as the buyer's name aside, and there is one."""
    covered = [(hit.begin, hit.end) for name in names for hit in hits.get(name, ())]
    if not covered:
        return False
    covered += [
        (bisect_left(folded.at, place.begin), bisect_left(folded.at, place.end)) for place in places if place.own
    ]
    covered.sort()
    text = folded.text
    at = 0
    for begin, end in covered:
        if _NOTHING.sub("", text[at:begin]):
            return False
        at = max(at, end)
    return not _NOTHING.sub("", text[at:])


def _evasions(folded: Folded, hits: Mapping[str, list[WordHit]]) -> Iterator[tuple[int, int]]:
    """Listed words that were written so as to hide them, and invisible characters inside a word."""
    for place in sorted(folded.hidden):
        begin, end = max(0, place - 1), min(len(folded.text), place + 1)
        while begin and folded.text[begin - 1].isalnum() and folded.text[begin - 1].isascii():
            begin -= 1
        while end < len(folded.text) and folded.text[end].isalnum() and folded.text[end].isascii():
            end += 1
        yield begin, end
    for name in _HIDEABLE:
        for hit in hits.get(name, ()):
            if hit.run or (
                any(hit.begin < gap < hit.end for gap in folded.gaps) and not same(folded, hit.begin, hit.end)
            ):
                yield hit.begin, hit.end


#: The lists whose words somebody might want to hide.
_HIDEABLE = ("platform", "platform_only", "contact_words", "off_platform", "reward", "review", "insult")


def _finding(
    rule: LintRule, level: Level, market: str, text: str, begin: int, end: int, better: Words | None
) -> Finding:
    local = rule.local(market)
    return Finding(
        rule=rule.id,
        number=local.number or rule.number,
        level=level,
        begin=begin,
        end=end,
        text=text[begin:end],
        message=local.message or rule.message,
        better=better if better is not None else local.better or rule.better,
        source=local.source or rule.source,
        as_of=local.as_of or rule.as_of,
    )


def _placed(finding: Finding, places: Sequence[FilledIn]) -> Finding:
    """Quieter where it touches a value that nobody wrote just now."""
    touched = [place for place in places if place.begin < finding.end and finding.begin < place.end]
    if not touched:
        return finding
    own = [place for place in touched if place.own]
    level = min(finding.level, "info", key=rank) if own else finding.level
    return msgspec.structs.replace(finding, level=level, inside=(own or touched)[0].name)


def _allowed(finding: Finding, allow: Collection[Allowance], rule: LintRule | None, market: str) -> Finding:
    for each in allow:
        if each.rule == finding.rule and rule is not None and not void(each, rule, market):
            return msgspec.structs.replace(finding, allowed=each.reason)
    return finding


def void(allowance: Allowance, rule: LintRule | None, market: str) -> bool:
    """Whether an allowance no longer holds: the rule is gone, or newer than it."""
    if rule is None:
        return True
    day: date | None = rule.as_of_in(market)
    return day is not None and (allowance.as_of is None or allowance.as_of < day)


def _loudest(found: list[tuple[LintRule, Finding]]) -> list[Finding]:
    """Of findings of one class that overlap, the loudest and then the longest; what speaks of the whole text stays."""
    kept: list[Finding] = []
    whole = [finding for rule, finding in found if rule.whole or rule.id == EVASION]
    for _rule, finding in sorted(
        ((rule, finding) for rule, finding in found if finding not in whole),
        key=lambda each: (-rank(each[1].level), each[1].begin - each[1].end),
    ):
        if not any(
            other.number == finding.number and other.begin < finding.end and finding.begin < other.end for other in kept
        ):
            kept.append(finding)
    return whole + kept


def _places_of(text: str, own: str) -> Iterator[int]:
    at = text.find(own)
    while at >= 0:
        yield at
        at = text.find(own, at + 1)
