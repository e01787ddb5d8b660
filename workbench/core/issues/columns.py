"""Which column of a seller's own spreadsheet holds what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

from workbench.core.saying import Refusal, say
from workbench.core.spelling import key

Field = Literal["day", "sku", "type", "words", "count", "ticket"]

#: Without these a row is no issue.
NEEDED: tuple[Field, ...] = ("day", "sku", "type")

#: The names of each field: the one that is written in English, in Chinese, and others that are read.
_NAMES: dict[Field, tuple[str, ...]] = {
    "day": ("Day", "日期", "date", "时间", "登记日期"),
    "sku": ("SKU", "SKU", "seller sku", "product sku", "item", "商品sku", "商家sku", "商品编码", "货号", "款号"),
    "type": (
        "Type",
        "问题类型",
        "issue type",
        "issue",
        "problem",
        "category",
        "reason",
        "类型",
        "问题",
        "分类",
        "原因",
    ),
    "words": (
        *("Words", "买家原话", "buyer's words", "buyer words", "comment", "comments", "note", "notes", "feedback"),
        *("description", "原话", "买家反馈", "反馈", "描述", "内容", "备注"),
    ),
    "count": ("Count", "数量", "quantity", "qty", "times", "number", "次数", "件数"),
    "ticket": ("Ticket", "工单", "ticket id", "工单号"),
}
#: The headers that are written, by language; they are read in either.
HEADERS: dict[str, dict[Field, str]] = {
    language: {field: names[n] for field, names in _NAMES.items()} for n, language in enumerate(("en", "zh"))
}


def columns(headers: Iterable[str], chosen: Mapping[Field, str] | None = None) -> dict[Field, str]:
    """The header of each field: the chosen ones, the others by their names in either language.

    Of several that fit a field the best known name wins. What of `NEEDED` is not in the answer must be asked for.
    Raises `Refusal` for a chosen header that the file does not have.
    """
    by_key = {key(header.lstrip("\ufeff")): header for header in headers}
    found: dict[Field, str] = {}
    for field, header in (chosen or {}).items():
        if key(header) not in by_key:
            listed = ", ".join(by_key.values())
            raise Refusal(say('There is no column "{name}". The file has: {names}.', name=header, names=listed))
        found[field] = by_key[key(header)]
    for field, names in _NAMES.items():
        fits = (by_key[key(name)] for name in names if key(name) in by_key)
        free = next((header for header in fits if header not in found.values()), None)
        if field not in found and free is not None:
            found[field] = free
    return found
