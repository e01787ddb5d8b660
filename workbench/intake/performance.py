"""The performance exports of the Affiliate Center, whose four kinds differ by their columns alone.

Each is declared as a table of columns: what the platform calls it, what it is called here, and what its cells are. The
row below the headers describes them and is left out; `--` is no value, and what is not there is not known, never 0. An
amount has the file's currency, a rate is text such as `5.93%` and may be above 100 %. The files do not say of which
days they are: they count as of the moment in which they are read, or as --as-of says.
"""

from __future__ import annotations

import collections
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, Literal, NamedTuple

import msgspec

from workbench.core.creators.sales import What
from workbench.core.saying import Saying, say
from workbench.intake.layout import Context, Found, Layout
from workbench.intake.model import Refused, Unknown
from workbench.intake.rows import BLANK
from workbench.intake.text import fold

_NUMBER = re.compile(r"-?(?:\d{1,15}|\d{1,3}(?:,\d{3}){1,4})(?:\.\d{1,6})?", re.ASCII)


class FigureColumn(NamedTuple):
    """A column: its header, what it is called here, what its cells are, and its other headers."""

    header: str
    name: str
    form: Literal["word", "id", "time", "money", "number", "rate"]
    others: tuple[str, ...] = ()


class PerformedRow(msgspec.Struct, frozen=True, kw_only=True):
    """What a row says, for the desk of creators: of whom or of what it is, its words, its figures."""

    what: What
    creator: str | None
    key: str
    title: str | None
    product: str | None
    product_id: str | None
    category: str | None
    at: datetime | None
    currency: str | None
    figures: dict[str, Decimal]


#: What stands in front of a sum, in the languages of the markets.
_SUMS = frozenset((
    "total", "totals", "grand total", "subtotal", "sum", "summary", "合计", "总计", "总和", "汇总", "小计", "รวม",
    "ยอดรวม", "tổng", "tổng cộng", "jumlah", "jumlah total", "kabuuan",
))  # fmt: skip
#: The words that a row may have; all else are figures.
_WORDS = ("creator", "key", "title", "product", "product_id", "category", "at")


def layout(
    kind: str, name: Saying, what: What, columns: Sequence[FigureColumn], *, by: str,
    marks: tuple[tuple[str, ...], ...], rank: int,
) -> Layout:  # fmt: skip
    """The layout of one of the kinds; `by` names the column without which a row is of nobody."""
    fields = [column.name for column in columns]
    # Made by what is declared, so that a kind of file is a table of columns and nothing else.
    row_type: Any = collections.namedtuple("Row", ["number", *fields])  # type: ignore[misc]
    needed = next(column.header for column in columns if column.name == by)

    def read(rows: Sequence[Any], context: Context) -> Found:
        return _read(rows, context, what, columns, by)

    def headers(*forms: str) -> frozenset[str]:
        return frozenset(column.header for column in columns if column.form in forms)

    return Layout(
        kind=kind, name=name, desk="creators", make=row_type._make, read=read,
        columns=tuple(column.header for column in columns), marks=marks, needed=frozenset((needed,)),
        ids=headers("id"), keys=headers("id"), times=headers("time"), money=headers("money"),
        counts=headers("number"), rates=headers("rate"), described=True, undated=True, filled=True, rank=rank,
        spellings={other: column.header for column in columns for other in column.others},
    )  # fmt: skip


def _read(rows: Sequence[Any], context: Context, what: What, columns: Sequence[FigureColumn], by: str) -> Found:
    found: list[PerformedRow] = []
    refused: list[Refused] = []
    strange: collections.Counter[tuple[str, str]] = collections.Counter()
    for row in rows:
        if getattr(row, by) in BLANK:
            header = next(column.header for column in columns if column.name == by)
            refused.append(Refused(row.number, say("It has no {column}.", column=header)))
            continue
        if fold(getattr(row, by)) in _SUMS:
            refused.append(Refused(row.number, say("It is the sum of the others.")))
            continue
        words: dict[str, Any] = dict.fromkeys(_WORDS)
        figures: dict[str, Decimal] = {}
        currency = None
        for column in columns:
            text: str = getattr(row, column.name)
            if text in BLANK:
                continue
            if column.name in _WORDS:
                words[column.name] = context.instants.get(text) if column.form == "time" else text
                continue
            if column.form == "money":
                money = context.amounts.glance(text)
                currency = currency or (None if money is None else money.currency)
                value = None if money is None or money.currency != currency else money.amount
            else:
                value = _number(text, column.form)
            if value is None:
                strange[column.header, text] += 1
            else:
                figures[column.name] = value
        if words["creator"] is not None:
            words["creator"] = words["creator"].removeprefix("@")
        words["key"] = words["key"] or ""
        found.append(PerformedRow(what=what, currency=currency, figures=figures, **words))
    unknown = [Unknown(text, n, header) for (header, text), n in strange.items()]
    return Found(records=found, refused=refused, unknown=unknown)


def _number(text: str, form: str) -> Decimal | None:
    rate = form == "rate"
    if rate != text.endswith("%"):
        return None
    plain = text.removesuffix("%").strip()
    if not _NUMBER.fullmatch(plain):
        return None
    value = Decimal(plain.replace(",", ""))
    return value / 100 if rate else value


#: Columns that several of the files have.
SHARED: Mapping[str, FigureColumn] = {
    column.name: column
    for column in (
        FigureColumn("Creator name", "creator", "word", ("达人名称", "Creator username")),
        FigureColumn("Product name", "product", "word", ("商品名称",)),
        FigureColumn("Product ID", "product_id", "id", ("商品ID", "商品 ID")),
        FigureColumn("Refunds", "refunds", "money", ("退款金额",)),
        FigureColumn("Items refunded", "items_refunded", "number", ("已退款的商品件数",)),
        FigureColumn("AOV", "average_order", "money", ("平均订单金额",)),
        FigureColumn("Est. commission", "commission", "money", ("预计佣金",)),
        FigureColumn("Est. flat fee", "flat_fee", "money"),
        FigureColumn("CTR", "ctr", "rate"),
    )
}


def shared(*names: str) -> tuple[FigureColumn, ...]:
    """Those of these names."""
    return tuple(SHARED[name] for name in names)
