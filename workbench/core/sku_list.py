"""SKUs in one text: parted by blanks or commas. One that has such a sign itself stands in quotation marks, in which a
quotation mark is written twice."""

from __future__ import annotations

import re
from collections.abc import Iterable

_PARTED = re.compile(r'[\s,，"]')
#: One SKU as it stands in a text.
SKU = re.compile(r'"((?:[^"]|"")+)"|([^\s,，]+)')


def quoted(sku: str) -> str:
    """A SKU as it stands in a text of several."""
    return '"' + sku.replace('"', '""') + '"' if _PARTED.search(sku) else sku


def joined(skus: Iterable[str]) -> str:
    """SKUs as one text."""
    return " ".join(map(quoted, skus))


def parted(text: str) -> tuple[str, ...]:
    """The SKUs of a text, each once, in their order."""
    found = (whole.replace('""', '"') if whole else bare for whole, bare in SKU.findall(text))
    return tuple(dict.fromkeys(each.strip() for each in found if each.strip()))
