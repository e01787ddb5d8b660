"""The SKUs that are known, from imports, from cases and from the log: how they are spelled, and which is meant.

An index built once and kept up to date with each issue. The order is "most recent and most likely": each logged
issue weighs one on its day and half as much every 30 days later, so that it needs no clock to be compared.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from functools import lru_cache
from itertools import accumulate

import msgspec

from workbench.core.alike import alike
from workbench.core.fuzzy import loose, patterns
from workbench.core.issues.model import Issue
from workbench.core.spelling import key

_HALF_LIFE = 30
_EPOCH = date(2020, 1, 1).toordinal()
#: Keeps the weight of a mistyped year within what a float can hold.
_FAR = 900.0


class _Use(msgspec.Struct):
    """How often something was logged, and how much of that still counts."""

    lines: int = 0
    weight: float = 0.0


_NEVER = _Use()
#: Stands for all SKUs; no SKU is empty.
_ANY = ""


class Skus:
    """The known SKUs. `products` are those of imports and cases, as pairs of SKU and product name (or None)."""

    def __init__(self, products: Iterable[tuple[str, str | None]] = (), issues: Iterable[Issue] = ()) -> None:
        self._products: dict[str, str | None] = {}
        self._uses: dict[str, _Use] = {}
        self._types: dict[str, dict[str, _Use]] = {_ANY: {}}
        self._spelled: dict[str, dict[str, None]] = {}
        #: The most words that a known SKU has ever had.
        self.most_words = 1
        #: The length of the longest, in characters.
        self.longest = 0
        self._lines: dict[tuple[str, str | None], str] = {}
        self._ranked: list[str] | None = None
        self._text, self._starts = "", [0]
        self._alike: dict[str, tuple[str, ...]] = {}
        for sku, product in products:
            self.know(sku, product)
        for issue in issues:
            self.add(issue)

    def know(self, sku: str, product: str | None = None) -> None:
        """A SKU seen in a file; a name once known stays where a later file has none."""
        self._spell(sku)
        self._products[sku] = product or self._products.get(sku)
        self._forget()

    def add(self, issue: Issue) -> None:
        """An issue was logged."""
        self._turn(issue, 1)

    def remove(self, issue: Issue) -> None:
        """That issue is gone: a SKU known only from it is no longer known."""
        self._turn(issue, -1)

    def products(self) -> dict[str, str | None]:
        """Every known SKU with the product's name, where one is known."""
        return {**dict.fromkeys(self._uses), **self._products}

    def product(self, sku: str) -> str | None:
        """The product's name, where a file told it."""
        return self._products.get(sku)

    def spelled(self, text: str) -> tuple[str, ...]:
        """The known SKUs that `text` is: the one spelled so, else all that differ only in case, width or blanks."""
        known = self._spelled.get(key(text), {})
        return (text,) if text in known else tuple(known)

    def alike(self, typed: str) -> tuple[str, ...]:
        """The known SKUs that an unknown one may have been meant as, the likeliest first; none for most new ones."""
        found = self._alike.get(typed)
        if found is None:
            if self._ranked is None:
                self._rank()
            known = ((sku, self._products.get(sku)) for sku in self._ranked or ())
            found = self._alike[typed] = alike(typed, known)
        return found

    def search(self, typed: str, limit: int = 8, first: Collection[str] = (), *, letters: bool = True) -> list[str]:
        """At most `limit` SKUs that what is typed may become, by SKU or product name, best first.

        They come by the strictness of the fit (`fuzzy.patterns`); within it those of `first` (today's cases) in their
        order, then by recent use.
        """
        if self._ranked is None:
            self._rank()
        hot = [sku for sku in first if sku in self._uses or sku in self._products]
        found: dict[str, None] = {}
        for pattern in patterns(typed, letters=letters):
            found.update(dict.fromkeys(sku for sku in hot if pattern.search(self._line(sku))))
            for sku in self._hits(pattern):
                if len(found) >= limit:
                    return list(found)[:limit]
                found[sku] = None
        return list(found)[:limit]

    def likely_types(self, sku: str | None = None) -> list[str]:
        """The issue types ever logged, the likeliest first: by recent use for this SKU, then for all."""
        everywhere = self._types[_ANY]
        here = self._types.get(sku, {}) if sku else {}
        return sorted(everywhere, key=lambda type: (-here.get(type, _NEVER).weight, -everywhere[type].weight, type))

    def _turn(self, issue: Issue, by: int) -> None:
        if issue.pair is None:
            return
        sku, type = issue.pair
        if sku not in self._uses:
            self._spell(sku)
        weight = by * _weight(issue.day)
        _turn(self._uses, sku, by, weight)
        _turn(self._types.setdefault(sku, {}), type, by, weight)
        _turn(self._types[_ANY], type, by, weight)
        if sku not in self._uses and sku not in self._products:
            del self._spelled[key(sku)][sku]
        self._forget()

    def _spell(self, sku: str) -> None:
        self._spelled.setdefault(key(sku), {})[sku] = None
        self.most_words = max(self.most_words, len(sku.split()))
        self.longest = max(self.longest, len(sku))

    def _forget(self) -> None:
        """What is known or used is another thing than before."""
        self._ranked = None
        self._alike.clear()

    def _rank(self) -> None:
        """Every known SKU in one searchable text, a line each, in the order of use."""
        known = {**self._products, **self._uses}
        self._ranked = sorted(known, key=lambda sku: (-self._uses.get(sku, _NEVER).weight, sku))
        lines = [self._line(sku) for sku in self._ranked]
        self._text = "".join(lines)
        self._starts = [0, *accumulate(len(line) for line in lines[:-1])]

    def _line(self, sku: str) -> str:
        """What is searched for one SKU, kept because it is costly to make; the product stands behind a tab."""
        product = self._products.get(sku)
        line = self._lines.get((sku, product))
        if line is None:
            line = self._lines[sku, product] = "\n" + loose(sku) + (f"\t{loose(product)}" if product else "")
        return line

    def _hits(self, pattern: re.Pattern[str]) -> Iterator[str]:
        """The SKUs that fit, in the order of use; one may come more than once."""
        ranked = self._ranked or []
        for hit in pattern.finditer(self._text):
            yield ranked[bisect_right(self._starts, hit.start()) - 1]


@lru_cache(4096)
def _weight(day: date) -> float:
    aged = (day.toordinal() - _EPOCH) / _HALF_LIFE
    return float(2.0 ** max(-_FAR, min(_FAR, aged)))


def _turn(uses: dict[str, _Use], name: str, by: int, weight: float) -> None:
    use = uses.get(name)
    if use is None:
        use = uses[name] = _Use()
    use.lines += by
    use.weight += weight
    if use.lines <= 0:
        # Nothing is left, whatever the rounding of floats says.
        del uses[name]
