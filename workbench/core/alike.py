"""What an unknown SKU may have been meant as: it begins a known one or its product's name, or misspells one.

Sizes, colours and numbers tell products of one shop apart, so that another figure, and another short word, are no
misspelling: `PANTS-BLK-M` is not `PANTS-BLK-L`, `SKU-12` not `SKU-1`.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from workbench.core.fuzzy import loose
from workbench.core.spelling import touches

#: In a shorter word of a SKU another letter is another colour (`BLK`, `BLU`), and in a still shorter one everything
#: tells things apart, as in sizes of whatever length.
_LONG, _SHORT = 4, 3
_SIZE = frozenset("smlx")
#: How many are proposed.
LIMIT = 5


def alike(typed: str, known: Iterable[tuple[str, str | None]], limit: int = LIMIT) -> tuple[str, ...]:
    """The known SKUs (with the product's name, or None) that `typed`, which is none of them, may mean: those that it
    begins first, then those that it misspells, then those whose product it names; each group in the order of `known`.
    """
    wanted = loose(typed)
    if not wanted:
        return ()
    begun: list[str] = []
    misspelt: list[str] = []
    named: list[str] = []
    for sku, product in known:
        name = loose(sku)
        if name == wanted or _joined(name) == _joined(wanted):
            misspelt.append(sku)
        elif _begins(name, wanted):
            begun.append(sku)
        elif _misspells(name.split(), wanted.split()):
            misspelt.append(sku)
        elif product and _names(loose(product), wanted):
            named.append(sku)
    return tuple(islice(dict.fromkeys([*begun, *misspelt, *named]), limit))


def _joined(name: str) -> str:
    return name.replace(" ", "")


def _begins(name: str, typed: str) -> bool:
    """Whether the name goes on behind what is typed, which is no number cut short."""
    return name.startswith(typed) and not (typed[-1].isdigit() and name[len(typed)].isdigit())


def _names(product: str, typed: str) -> bool:
    """Whether a word of the product's name begins so; a Chinese one may stand anywhere."""
    return typed in product if touches(typed[0]) else f" {typed}" in f" {product}"


def _misspells(name: list[str], typed: list[str]) -> bool:
    """Whether one long word is another by one slip, and all others are the same."""
    if len(name) != len(typed):
        return False
    other = [(one, two) for one, two in zip(name, typed, strict=True) if one != two]
    return len(other) == 1 and _one_slip(*other[0])


def _one_slip(one: str, two: str) -> bool:
    """Whether a letter is missing, too many, another, or two have changed places, in words without figures."""
    least = min(len(one), len(two))
    if least < _SHORT or abs(len(one) - len(two)) > 1 or not (one.isalpha() and two.isalpha()) or {*one, *two} <= _SIZE:
        return False
    begin = next((at for at, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), min(len(one), len(two)))
    left, right = one[begin:], two[begin:]
    return (
        (least >= _LONG and left[1:] == right[1:]) or left[1:] == right or left == right[1:]
        or (left[:2] == right[1::-1] and left[2:] == right[2:])
    )  # fmt: skip
