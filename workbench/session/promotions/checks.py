"""What a promotion is measured against: the market's limits, the floor, the shop's other promotions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Protocol

from workbench.core.promotions.chains import chain_of
from workbench.core.promotions.clocks import doubtful
from workbench.core.promotions.draft import PromotionDraft
from workbench.core.promotions.floor import Floor
from workbench.core.promotions.index import Index
from workbench.core.promotions.limits import Limit, Lock, Rules, too_dear, too_long, too_short
from workbench.core.promotions.model import Item, Promotion, Tool
from workbench.core.promotions.prices import ListPrice, price_at, reduced
from workbench.core.saying import Refusal, Saying, say

if TYPE_CHECKING:
    from workbench.core.metrics.gates import Opening


class MeasuredBy(Protocol):
    """What a promotion is measured by: the desk of promotions."""

    @property
    def rules(self) -> Rules: ...
    def now(self) -> datetime: ...
    @property
    def index(self) -> Index: ...
    def refuses_second(self, promotion: Promotion) -> bool: ...
    def outside_lives(self, promotion: Promotion) -> bool: ...
    def gate(self, tool: Tool) -> Opening | None: ...
    def gate_words(self, tool: Tool) -> str: ...
    def limit(self, promotion: Promotion | PromotionDraft) -> Limit | None: ...
    def skus(self) -> list[str]: ...
    def list_prices(self, sku: str) -> list[ListPrice]: ...
    def floor(self, sku: str, at: datetime) -> Floor: ...
    def commission_of(self, promotion: Promotion) -> Decimal: ...
    def loss(self, sku: str, price: Decimal, commission: Decimal) -> Decimal | None: ...


#: What is told of a promotion that was changed while it ran, by what the platform locks then.
LOCKED: dict[Lock, Saying] = {
    "all": say("It was changed while it ran: the platform does not let it be changed then."),
    "start": say("Its start was changed while it ran: the platform does not let a start be changed then."),
}


class OverLimit(Refusal):
    """An official limit does not allow it; that the platform took it nevertheless can be recorded (`anyway`)."""


class Checks:
    """Limits are told where they are not official, and refuse where they are."""

    def __init__(self, desk: MeasuredBy) -> None:
        self._desk = desk

    def refuse(self, draft: PromotionDraft, *, asked: bool = False) -> None:
        """`OverLimit` where an official limit does not allow it, or any where a renewal was `asked` to be so long."""
        limit = self._desk.limit(draft)
        if limit is not None and (limit.official or asked):
            for saying in _length(limit, draft):
                raise OverLimit(saying)

    def cut(self, draft: PromotionDraft, length: timedelta) -> timedelta:
        """The length, or the longest that is allowed."""
        limit = self._desk.limit(draft)
        return length if limit is None or limit.longest is None else min(length, limit.longest)

    def warnings(self, promotion: Promotion) -> Iterator[Saying]:
        """Everything worth telling of a promotion as it is recorded."""
        limit = self._desk.limit(promotion)
        if limit is not None:
            yield from _length(limit, PromotionDraft.of(promotion))
            yield from self._prices(promotion, limit)
        yield from self._overlaps(promotion)
        yield from self._second(promotion)
        if any(entry.locked for entry in promotion.story):
            yield LOCKED["start" if limit is not None and limit.locked == "start" else "all"]
        if self._desk.outside_lives(promotion):
            yield say("It lies within no live that is entered.")
        yield from self._gate(promotion)
        yield from self._losses(promotion)

    def _gate(self, promotion: Promotion) -> Iterator[Saying]:
        """Where the platform does not let the shop use the tool while it runs, or not to its end."""
        now = self._desk.now()
        if promotion.over_at <= now:
            return
        found = self._desk.gate(promotion.tool)
        if found is None or found.open is None:
            return
        until, begins = found.until, max(promotion.starts_at, now)
        closed = until is not None and until < promotion.over_at if found.open else until is None or begins < until
        if closed:
            yield say("{what}.", what=self._desk.gate_words(promotion.tool))

    def _losses(self, promotion: Promotion) -> Iterator[Saying]:
        """The prices below cost, fees and the commission of its deal, with what an order loses."""
        rate = self._desk.commission_of(promotion)
        for item in promotion.items:
            for sku in self._skus(promotion, item):
                price = self._price(item, sku, promotion.starts_at)
                loss = None if price is None else self._desk.loss(sku, price, rate)
                if loss is not None:
                    yield say("{sku}: at {price} an order loses {loss}.", sku=sku, price=str(price), loss=str(loss))

    def _prices(self, promotion: Promotion, limit: Limit) -> Iterator[Saying]:
        for item in promotion.items:
            dear = [told for sku in self._skus(promotion, item) if (told := self._dear(promotion, limit, item, sku))]
            yield from dear[:1]
            if len(dear) > 1:
                yield say("The same of {n} more SKUs.", n=len(dear) - 1)

    def _skus(self, promotion: Promotion, item: Item) -> list[str]:
        """The SKUs that an item is about: its own, or all that no other item names."""
        if item.sku is not None:
            return [item.sku]
        named = {each.sku for each in promotion.items}
        return [sku for sku in self._desk.skus() if sku not in named]

    def _dear(self, promotion: Promotion, limit: Limit, item: Item, sku: str) -> Saying | None:
        """What is told of a price that breaks the price rule."""
        price = None if limit.price is None else self._price(item, sku, promotion.starts_at)
        if price is None:
            return None
        found = self._desk.floor(sku, promotion.starts_at)
        if found.floor is None or not too_dear(limit, price, found.floor):
            return None
        if price == found.floor and self._own(promotion, sku, price, found.set_by):
            return None
        return _dear(limit, sku, price, found.floor.quantize(price))

    def _price(self, item: Item, sku: str, at: datetime) -> Decimal | None:
        """What an item costs at its start; None where it is a percentage of a price that is not known."""
        if item.price is not None or item.percent is None:
            return item.price
        listed = price_at(self._desk.list_prices(sku), at)
        return None if listed is None else reduced(listed, item.percent, self._desk.rules.places)

    def _own(self, promotion: Promotion, sku: str, price: Decimal, set_by: int | None) -> bool:
        """Whether a link of its own chain set the floor, or showed that price as well."""
        chain = chain_of(sku, promotion, self._desk.index.by_id)[:-1]
        return any(each.id == set_by or getattr(each.item_of(sku), "price", None) == price for each in chain)

    def _second(self, promotion: Promotion) -> Iterator[Saying]:
        """A renewal that the platform may refuse, as there is the one before it; until it is ticked off."""
        before = self._desk.index.by_id.get(promotion.renews or 0)
        if before is None or not doubtful(promotion, before, self._desk.now()):
            return
        if self._desk.refuses_second(promotion):
            yield say(
                "Sources differ whether the platform takes a second one before {ref} has ended. The clock of {ref} "
                "stays until you tick it off: workbench promotion done {ref}", ref=before.ref,
            )  # fmt: skip

    def _overlaps(self, promotion: Promotion) -> Iterator[Saying]:
        for item in promotion.items:
            for other in self._desk.index.beside(item):
                if other.id == promotion.id or other.tool != promotion.tool:
                    continue
                if other.starts_at < promotion.over_at and promotion.starts_at < other.over_at:
                    yield say(
                        "{ref} runs at the same time with the same tool for {sku}.", ref=other.ref,
                        sku=item.sku or say("all SKUs"),
                    )  # fmt: skip


def _length(limit: Limit, draft: PromotionDraft) -> Iterator[Saying]:
    if too_long(limit, draft.length) and limit.longest is not None:
        yield say("It may run {longest} at most ({source}).", longest=span(limit.longest), source=limit.source)
    if too_short(limit, draft.length) and limit.shortest is not None:
        yield say("It must run {shortest} at least ({source}).", shortest=span(limit.shortest), source=limit.source)


def _dear(limit: Limit, sku: str, price: Decimal, floor: Decimal) -> Saying:
    if limit.price == "below":
        text = say(
            "{sku}: {price} is not below {floor}, the lowest price of 30 days.",
            sku=sku,
            price=str(price),
            floor=str(floor),
        )
    else:
        text = say(
            "{sku}: {price} is above {floor}, the lowest price of 30 days.", sku=sku, price=str(price), floor=str(floor)
        )
    return text


def span(length: timedelta) -> Saying:
    """A length in the largest unit that it fills, else in parts: `3 d`, `36 h`, `1 h 30 min`."""
    minutes = int(length.total_seconds() // 60)
    if minutes % 1440 == 0:
        return say("{n} d", n=minutes // 1440)
    if minutes % 60 == 0:
        return say("{n} h", n=minutes // 60)
    if minutes < 60:
        return say("{n} min", n=minutes)
    rest = timedelta(minutes=minutes % (1440 if minutes > 1440 else 60))
    return say("{whole} {rest}", whole=span(timedelta(minutes=minutes) - rest), rest=span(rest))
