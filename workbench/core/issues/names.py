"""The names under which an issue type is known: in the line, in a spreadsheet, in a buyer's sentence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from workbench.core.fuzzy import loose, patterns
from workbench.core.issues.model import OTHER
from workbench.core.issues.types import IssueType
from workbench.core.spelling import ends, key, touches


class TypeBook:
    """The issue types of the settings with all their names: names and short names in every language, aliases, ids.

    Built once for each settings; what it answers is in the order of the settings. A type's id names it too, unless it
    is a name of another type.
    """

    def __init__(self, types: Iterable[IssueType]) -> None:
        self.types = {type.id: type for type in types}
        self._names = {type.id: _names(type) for type in self.types.values()}
        self._meant: dict[str, tuple[str, ...]] = {}
        for id, names in self._names.items():
            for name in names:
                self._meant[name] = (*self._meant.get(name, ()), id)
        for id in self.types:
            self._meant.setdefault(key(id), (id,))
        self._loose = {
            id: "".join("\n" + loose(name) for name in dict.fromkeys([*names, key(id)]))
            for id, names in self._names.items()
        }
        # Room for blanks typed twice.
        self._longest = max(map(len, self._meant), default=0) + 8

    def meant(self, text: str) -> tuple[str, ...]:
        """The ids of the types that `text` names; several where the settings give them one name, none if unknown."""
        return self._meant.get(key(text), ())

    def match(self, line: str, at: int) -> tuple[int, tuple[str, ...]] | None:
        """Where the longest name that begins at `at` ends, and the types it names. `line` is plain."""
        for end in range(min(len(line), at + self._longest), at, -1):
            if ends(line, end) and not line[end - 1].isspace() and (ids := self.meant(line[at:end])):
                return end, ids
        return None

    def name(self, id: str, language: str) -> str:
        """The name to show; the id itself where the settings no longer have the type."""
        type = self.types.get(id)
        return (type.name.get(language) or type.name.get("en") or id) if type else id

    def spellings(self, id: str, language: str) -> list[str]:
        """The names that mean this type and no other, the name in `language` first, the id last."""
        type = self.types.get(id)
        preferred = [type.name.get(language, "").lower(), *self._names[id]] if type else []
        return list(dict.fromkeys([*(name for name in preferred if self.meant(name) == (id,)), id]))

    def listed(self, ids: Iterable[str], language: str) -> str:
        """Types in a sentence: how each may be written, its id in brackets where that is another word."""
        spelled = [(self.spellings(id, language)[0], id) for id in ids]
        return ", ".join(name if name == id else f"{name} ({id})" for name, id in spelled)

    def find(self, text: str) -> str | None:
        """The type whose name or alias occurs in a sentence, the longest; never the catch-all. None if none does."""
        sentence = key(text)
        certain = [(name, ids[0]) for name, ids in self._meant.items() if len(ids) == 1 and ids[0] != OTHER]
        found = [(len(name), id) for name, id in certain if _occurs(name, sentence)]
        return max(found, key=lambda hit: hit[0])[1] if found else None

    def near(self, word: str) -> tuple[str, ...]:
        """All types, those first that an unknown word may mean: it begins a name, is part of one, or misspells one."""
        near = [id for id, _ in self.search(word, "en", letters=False)]
        if not near:
            # Needed only for a mistake.
            from difflib import get_close_matches

            near = [id for name in get_close_matches(key(word), self._meant, 3) for id in self._meant[name]]
        return tuple(dict.fromkeys([*near, *self.types]))

    def search(
        self, typed: str, language: str, likely: Sequence[str] = (), *, letters: bool = True
    ) -> list[tuple[str, str]]:
        """The types that what is typed so far may become, best first, each with the spelling that it becomes.

        They come by the strictness of the fit (`fuzzy.patterns`), then in the order of `likely`. The spelling is the
        name that is being typed, else the name in `language`.
        """
        found: dict[str, None] = {}
        for pattern in patterns(typed, letters=letters):
            fits = [id for id, names in self._loose.items() if id not in found and pattern.search(names)]
            found.update(dict.fromkeys(sorted(fits, key=lambda id: likely.index(id) if id in likely else len(likely))))
        begun = key(typed)
        spelled = ((id, self.spellings(id, language)) for id in found)
        return [(id, next((name for name in names if key(name).startswith(begun)), names[0])) for id, names in spelled]


def _names(type: IssueType) -> tuple[str, ...]:
    """Every name once, as it is compared; the names of the type go before its aliases."""
    names = map(key, (*type.name.values(), *type.short.values(), *type.aliases))
    return tuple(dict.fromkeys(name for name in names if name))


def _occurs(name: str, sentence: str) -> bool:
    """Whether `name` stands in `sentence` as a word, or anywhere where its edge is Chinese."""
    at = sentence.find(name)
    while at >= 0:
        end = at + len(name)
        if not (_joined(sentence[at - 1 : at], name[0]) or _joined(name[-1], sentence[end : end + 1])):
            return True
        at = sentence.find(name, at + 1)
    return False


def _joined(left: str, right: str) -> bool:
    """Whether two neighbours belong to one word; at an edge of the sentence one of them is empty."""
    return left.isalnum() and right.isalnum() and not (touches(left) or touches(right))
