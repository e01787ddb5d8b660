"""What can be asked about promotions and list prices."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta, tzinfo
from decimal import Decimal
from functools import cached_property, partial
from typing import TYPE_CHECKING

import msgspec

from workbench.config.promotion_rules import promotion_rules
from workbench.core.agenda import Due
from workbench.core.money import Money
from workbench.core.promotions import chains, clocks
from workbench.core.promotions.board import BoardRow, Stretch, rows
from workbench.core.promotions.clocks import Near
from workbench.core.promotions.coverage import CoverageMarket, PricePiece, holes, pieces
from workbench.core.promotions.draft import PromotionDraft
from workbench.core.promotions.floor import Floor, floor
from workbench.core.promotions.index import Index
from workbench.core.promotions.limits import Limit, Rules
from workbench.core.promotions.model import Item, Promotion, Tool, TypedPrice
from workbench.core.promotions.prices import ListPrice, dated, price_at, reduced
from workbench.core.promotions.standing import PromotionStanding
from workbench.core.saying import Misuse, Refusal, Saying
from workbench.core.time import midnight
from workbench.session.base import SessionBase
from workbench.session.desk import Desk
from workbench.session.imports.tables import SKUS, KnownSku
from workbench.session.promotions.checks import Checks
from workbench.session.promotions.tables import PRICES, STAYS, TABLES
from workbench.session.promotions.telling import PriceClock, due
from workbench.session.records import Records

if TYPE_CHECKING:
    from workbench.core.metrics.gates import Opening

#: So many floors are remembered: each look at another minute asks for another.
_FLOORS = 2000
#: Days of the board, and of `coverage` where nothing else is said.
DAYS = 14


class PromotionReader(Desk[Promotion]):
    """The promotions of a session, for reading; `PromotionDesk` is what writes."""

    table = TABLES[0]

    def __init__(self, session: SessionBase) -> None:
        super().__init__(session)
        self._prices = Records(session.store, PRICES, TypedPrice)
        self._known = Records(session.store, SKUS, KnownSku)
        self._indexed: tuple[Mapping[int, Promotion], Index] | None = None
        self._floors: tuple[int, dict[tuple[str, datetime], Floor]] | None = None
        self._losses: tuple[tuple[int, date], dict[tuple[str, Decimal, Decimal], Decimal | None]] | None = None
        self._typed: tuple[Mapping[int, TypedPrice], dict[str, list[tuple[datetime, Decimal]]]] | None = None
        self._gates: tuple[tuple[int, date], dict[Tool, Opening | None]] | None = None

    @cached_property
    def rules(self) -> Rules:
        """What the shop's market allows."""
        return promotion_rules(self._session.settings)

    @property
    def near(self) -> Near:
        """From when on an end is near."""
        return Near(**msgspec.structs.asdict(self._session.settings.promotions.near))

    def limit(self, promotion: Promotion | PromotionDraft) -> Limit | None:
        """What holds for its tool on the day it starts."""
        return self.rules.of(promotion.tool, promotion.starts_at.astimezone(self._session.zone).date())

    # Asking

    def now(self) -> datetime:
        """The instant of the session."""
        return self._session.now()

    @property
    def index(self) -> Index:
        """The live promotions, by what is asked of them; made once a change."""
        live = self._records.live()
        if self._indexed is None or self._indexed[0] is not live:
            self._indexed = live, Index(live.values())
        return self._indexed[1]

    def _since(self, since: datetime) -> Index:
        """Every promotion that can matter from `since` on: the archive is read only where that lies far back."""
        if since < self._session.now() - STAYS + self.rules.window:
            return Index([*self._records.archived().values(), *self.all()])
        return self.index

    def skus(self) -> list[str]:
        """Every SKU that is known: of promotions, of list prices, of files."""
        named = (item.sku for promotion in self.all() for item in promotion.items)
        priced = (each.sku for each in self._prices.live().values())
        known = (each.sku for each in self._known.live().values())
        return sorted({sku for sku in (*named, *priced, *known) if sku is not None})

    def list_prices(self, sku: str) -> list[ListPrice]:
        """The list prices of a SKU, oldest first: what was typed, before that the original price of its orders."""
        return self._listing()(sku)

    def _listing(self) -> Callable[[str], list[ListPrice]]:
        """What tells the list prices of one SKU after another. Of orders the original price counts; in another currency
        than the shop's it says nothing."""
        live = self._prices.live()
        if self._typed is None or self._typed[0] is not live:
            self._typed = live, {}
            for each in live.values():
                self._typed[1].setdefault(each.sku, []).append((each.since, each.price))
        typed = self._typed[1]
        if not self._session.store.kept_files():
            return lambda sku: dated(typed.get(sku, ()), ())
        orders, currency = self._session.desk("orders"), self._session.settings.shop.currency

        def listed(sku: str) -> list[ListPrice]:
            seen = ((each.at, each.original) for each in orders.prices(sku)
                    if each.original is not None and each.currency in (None, currency))  # fmt: skip
            return dated(typed.get(sku, ()), seen)

        return listed

    def coverage(
        self, sku: str, begins: datetime, ends: datetime
    ) -> tuple[list[PricePiece], list[tuple[datetime, datetime]]]:
        """The pieces of a SKU in [begins, ends), and the holes in what is to be kept."""
        ((_sku, found, cut),) = self.coverages([sku], begins, ends)
        return found, cut

    def coverages(
        self, skus: Iterable[str], begins: datetime, ends: datetime
    ) -> Iterator[tuple[str, list[PricePiece], list[tuple[datetime, datetime]]]]:
        """The same of each of many SKUs."""
        index, market, listed = self._since(begins), self._market(begins), self._listing()
        for sku in skus:
            mine = index.of(sku)
            found = pieces(sku, mine, listed(sku), market, begins, ends)
            yield sku, found, holes(sku, index.linked(mine), found, ends)

    def floor(self, sku: str, at: datetime) -> Floor:
        """The lowest price shown in the 30 days before `at`, and when that turns. Reckoned once a change, for a
        promotion of every SKU asks for all of them whenever it is looked at."""
        version = self._session.store.version
        if self._floors is None or self._floors[0] != version or len(self._floors[1]) > _FLOORS:
            self._floors = version, {}
        known, asked = self._floors[1], (sku, at)
        if asked not in known:
            mine = self._since(at - self.rules.window).of(sku)
            known[asked] = floor(sku, mine, self.list_prices(sku), self._market(at), at, self.rules.window)
        return known[asked]

    def commission_of(self, promotion: Promotion) -> Decimal:
        """The commission of the deal that a promotion is for; none without one."""
        if promotion.deal is None:
            return Decimal(0)
        try:
            rate: Decimal | None = self._session.desk("creators").get(promotion.deal).rate
        except Refusal:
            return Decimal(0)
        return rate or Decimal(0)

    def loss(self, sku: str, price: Decimal, commission: Decimal) -> Decimal | None:
        """What an order loses at a price; None where it loses nothing, or nobody knows. Reckoned once a change and
        day: a promotion of every SKU asks for all of them whenever it is looked at."""
        key = self._session.store.version, self._session.now().astimezone(self._session.zone).date()
        if self._losses is None or self._losses[0] != key:
            self._losses = key, {}
        known, asked = self._losses[1], (sku, price, commission)
        if asked not in known:
            known[asked] = self._session.desk("profit").loss(*asked)
        return known[asked]

    def outside_lives(self, promotion: Promotion) -> bool:
        """Whether it is a deal of a live, lives are entered, and it lies within none of them."""
        return promotion.tool == "live_flash" and bool(self._session.desk("lives").lies_outside(promotion))

    def gate(self, tool: Tool) -> Opening | None:
        """What the platform wants of the shop for a tool, and until when that is so; None where the market names
        nothing."""
        from workbench.session.metrics.gates import gate_of

        key = self._session.store.version, self._session.now().astimezone(self._session.zone).date()
        if self._gates is None or self._gates[0] != key:
            self._gates = key, {}
        known, now = self._gates[1], self._session.now()
        found = known.get(tool)
        turned = found is not None and any(need.turns_at is not None and need.turns_at <= now for need in found.needs)
        if tool not in known or turned:
            known[tool] = gate_of(self._session, tool)
        return known[tool]

    def gate_words(self, tool: Tool) -> str:
        """The same in words; the empty text where there is nothing."""
        from workbench.output.metrics.text import opening_words

        found = self.gate(tool)
        return "" if found is None else opening_words(found, self._session.zone)

    def renewed(self) -> dict[int, Promotion]:
        """For each promotion that was renewed, what renews it."""
        return self.index.renewed

    def doubted(self) -> dict[int, Promotion]:
        """For each promotion whose renewal the platform may have refused as a second one, that renewal: until it is
        ticked off (`taken`), the clock stays."""
        now, every = self._session.now(), self.index.by_id
        return {
            id: by for id, by in self.renewed().items()
            if id in every and clocks.doubtful(by, every[id], now) and self.refuses_second(by)
        }  # fmt: skip

    def refuses_second(self, promotion: Promotion | PromotionDraft) -> bool:
        """Whether data say that the platform refuses a second one of a SKU while there is a first."""
        limit = self.limit(promotion)
        return limit is not None and limit.second == "refused"

    def ticking(self) -> list[Promotion]:
        """Those whose price is to be kept and goes back at an end to come, or went back, soonest end first."""
        now, every, doubted = self._session.now(), self.all(), self.doubted()
        renewed = self.renewed().keys() - doubted.keys()
        mine = [each for each in every if clocks.ticking(each, renewed)]
        of_all = any(item.sku is None for each in mine if each.ends_at <= now for item in each.items)
        skus = self.skus() if of_all else ()

        def others(promotion: Promotion) -> Iterator[Promotion]:
            by = doubted.get(promotion.id)
            for sku in clocks.skus_of(promotion, skus):
                yield from (each for each in self.index.of(sku) if by is None or each.id != by.id)

        found = [each for each in mine if now < each.ends_at or clocks.lapsed(each, others(each), skus, now)]
        return sorted(found, key=lambda each: (each.ends_at, each.id))

    def board(self) -> tuple[datetime, datetime, list[BoardRow]]:
        """The days of the board, from 00:00 of today: [from, to), and the rows, what goes back soonest on top."""
        now, zone = self._session.now(), self._session.zone
        today = now.astimezone(zone).date()
        begins, ends = midnight(today, zone), midnight(today + timedelta(days=DAYS), zone)
        ticking = {each.id for each in self.ticking()}
        found = rows(
            self._since(begins), self._listing(), self._market(begins), begins, ends, now,
            lambda each: each.ends_at if each.id in ticking else None,
        )  # fmt: skip
        return begins, ends, found

    def going_back(self, until: datetime) -> list[tuple[Promotion, Item]]:
        """The prices that go back before `until`, or went back already, one for each SKU, soonest first."""
        return [(each, item) for each in self.ticking() if each.ends_at < until for item in each.items]

    def chain(self, promotion: Promotion) -> list[Promotion]:
        """The promotions that led to it, oldest first, itself the last."""
        sku = promotion.items[0].sku or ""
        return chains.chain_of(sku, promotion, self._since(promotion.starts_at).by_id)

    def renewals(self) -> Iterator[tuple[Promotion, Item]]:
        """What is near its end or past it, one for each SKU."""
        now = self._session.now()
        for promotion in self.ticking():
            if clocks.near_at(promotion, self.near) <= now:
                for item in promotion.items:
                    yield promotion, item

    def standing(self, promotion: Promotion) -> PromotionStanding:
        """How it stands now. Worth telling are limits that are not official, the price rule, overlaps."""
        by, now = self.renewed().get(promotion.id), self._session.now()
        return PromotionStanding(
            promotion=promotion,
            limit=self.limit(promotion),
            renewed_by=None if by is None else by.id,
            near_at=clocks.near_at(promotion, self.near) if promotion.keep else None,
            warnings=tuple(self._checks().warnings(promotion)),
            listed=tuple(self._listed(item.sku, now) for item in promotion.items),
            currency=self._session.settings.shop.currency,
        )

    def doubts(self, draft: PromotionDraft, id: int = 0) -> tuple[Saying, ...]:
        """What would be worth telling of it, were it recorded: anew, or in the place of the one of this number."""
        try:
            return tuple(self._checks().warnings(draft.record(id, self._session.now())))
        except Misuse as told:
            return (told.saying,)

    def dues(self, now: datetime, until: datetime) -> Iterable[Due]:
        """The end of each price that is to be kept."""
        settings, zone = self._session.settings.promotions, self._session.zone
        doubted = self.doubted()
        for promotion in self.ticking():
            if promotion.ends_at <= until:
                by = doubted.get(promotion.id)
                alarms = settings.alarms.get(promotion.tool, ())
                yield due(promotion, self.place(promotion.id), alarms, partial(self._clock, promotion, by, now, zone))

    def _clock(self, promotion: Promotion, by: Promotion | None, now: datetime, zone: tzinfo) -> PriceClock:
        after = self.after(promotion, promotion.items[0].sku)
        back = self._money_of(None if after is None else after.price)
        return PriceClock(back, self._republish_by(promotion), None if by is None else by.ref, now, zone)

    def after(self, promotion: Promotion, sku: str | None) -> PricePiece | None:
        """What a SKU costs once the promotion is over, by what runs then, or now where it is over: a renewal aside.
        None for every SKU at once."""
        if sku is None:
            return None
        at = max(promotion.over_at, self._session.now())
        others = [each for each in self.index.of(sku) if each.renews != promotion.id]
        found = pieces(sku, others, self.list_prices(sku), self._market(at), at, at + timedelta(minutes=1))
        return next(each for each in found if not each.live)

    def back_to(self, promotion: Promotion, item: Item) -> Decimal | None:
        """The list price that an item goes back to; None where it is not known, or it is of every SKU."""
        return self._listed(item.sku, promotion.ends_at)

    def price_of(self, promotion: Promotion, item: Item) -> Decimal | None:
        """What an item costs until the end; None where it is a percentage of a price that is not known."""
        if item.price is not None or item.percent is None:
            return item.price
        listed = self._listed(item.sku, promotion.ends_at - timedelta(minutes=1))
        return None if listed is None else reduced(listed, item.percent, self.rules.places)

    def listed_at(self, sku: str | None, at: datetime) -> Decimal | None:
        """The list price of a SKU at an instant."""
        return self._listed(sku, at)

    def piece_of(self, promotion: Promotion) -> Stretch:
        """A promotion as one piece, whole, as its first item says."""
        return Stretch(
            begins=promotion.starts_at, ends=promotion.over_at, price=promotion.items[0].price,
            promotion=promotion.id, tool=promotion.tool,
        )  # fmt: skip

    def _money_of(self, price: Decimal | None) -> Money | None:
        return None if price is None else Money(price, self._session.settings.shop.currency)

    def _republish_by(self, promotion: Promotion) -> datetime | None:
        limit = self.limit(promotion)
        return None if limit is None or limit.republish is None else promotion.over_at + limit.republish

    def _listed(self, sku: str | None, at: datetime) -> Decimal | None:
        return None if sku is None else price_at(self.list_prices(sku), at)

    def _market(self, at: datetime) -> CoverageMarket:
        return CoverageMarket(self.rules.ranks(at.astimezone(self._session.zone).date()), self.rules.places)

    def _checks(self) -> Checks:
        return Checks(self)
