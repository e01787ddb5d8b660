"""What can be asked and done about profit: costs, fees in force, and what an order of a SKU brings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any

import msgspec

from workbench.config.profit_rules import fees, price_tax, terms
from workbench.core.profit.account import Asked, account
from workbench.core.profit.answer import ProfitAnswer, Shown
from workbench.core.profit.model import NEEDED, Cost, Fee, Refunds, Terms, in_force, wrong_base
from workbench.core.profit.order import order
from workbench.core.profit.records import DatedCost, PriceTax, SeenFee
from workbench.core.profit.refunds import refunds, typed
from workbench.core.saying import Misuse, Refusal, Saying, say
from workbench.session.base import Done
from workbench.session.desk import DomainDesk
from workbench.session.profit.tables import COSTS, SEEN, TAXES
from workbench.session.records import Records

if TYPE_CHECKING:
    from workbench.core.tickets.merge import Effect
    from workbench.session.base import SessionBase
    from workbench.session.promotions.desk import PromotionDesk
    from workbench.storage import Transaction

ZERO = Decimal(0)
#: (Refunds, orders) by SKU, and of the whole shop.
_Counted = tuple[Mapping[str, tuple[int, int]], tuple[int, int]]

#: The parts of a cost by the word of the option that enters them.
PART: dict[str, Saying] = {
    "goods": say("goods"), "packing": say("packing"), "shipping_out": say("shipping out"),
    "shipping_back": say("shipping back"), "lost_share": say("lost share"), "category": say("category"),
}  # fmt: skip


class Asking(msgspec.Struct, frozen=True, kw_only=True):
    """What is asked of a SKU; what is left out is taken from the plan, the settings, the orders."""

    price: Decimal | None = None
    off: str | None = None
    commission: Decimal = ZERO
    refund_rate: Decimal | None = None
    target: Decimal | None = None


class MissingCost(Refusal):
    """Parts of a cost are not known; `parts` names them."""

    def __init__(self, sku: str, parts: Sequence[str]) -> None:
        options = " ".join(f"--{part.replace('_', '-')}" for part in parts)
        super().__init__(
            say("The cost of {sku} is not complete. Enter it: workbench cost {sku} {options}", sku=sku, options=options)
        )
        self.parts = tuple(parts)


class ProfitDesk(DomainDesk):
    """Profit in a session."""

    def __init__(self, session: SessionBase) -> None:
        super().__init__(session)
        self._costs: Records[DatedCost] = Records(session.store, COSTS, DatedCost)
        self._seen: Records[SeenFee] = Records(session.store, SEEN, SeenFee)
        self._taxes: Records[PriceTax] = Records(session.store, TAXES, PriceTax)
        self._by_sku: tuple[Mapping[int, DatedCost], dict[str, list[DatedCost]]] | None = None
        self._ordered: tuple[tuple[str, ...], dict[str, str]] | None = None
        self._counted: tuple[tuple[int, date], _Counted | None] | None = None

    # Asking

    @property
    def currency(self) -> str:
        """The shop's currency; `Refusal` where there is none."""
        found = self._session.settings.shop.currency
        if found is None:
            raise Refusal(
                say("The shop has no currency, so no profit can be reckoned. Set [shop] market or currency in the "
                    "settings.")
            )  # fmt: skip
        return found

    @property
    def terms(self) -> Terms:
        """What holds for the whole shop. Of the price so much is tax as the settings say, else as was answered."""
        told = None if self._written_tax is not None else self._tax()
        return self._written if told is None else msgspec.structs.replace(self._written, price_tax=told.rate)

    @cached_property
    def _written(self) -> Terms:
        return terms(self._session.settings)

    @cached_property
    def _written_tax(self) -> Decimal | None:
        return price_tax(self._session.settings)

    @property
    def tax_known(self) -> bool:
        """Whether anybody said what of the price is the seller's tax; it is asked once."""
        return self._written_tax is not None or self._tax() is not None

    def _tax(self) -> PriceTax | None:
        market = self._session.settings.shop.market
        return next((each for each in self._taxes.live().values() if each.market == market), None)

    @property
    def today(self) -> date:
        """The shop's day."""
        return self._session.now().astimezone(self._session.zone).date()

    def costs(self, sku: str | None = None) -> list[DatedCost]:
        """The costs, or those of one SKU, by SKU and day."""
        live = self._costs.live()
        if self._by_sku is None or self._by_sku[0] is not live:
            found: dict[str, list[DatedCost]] = {}
            for each in sorted(live.values(), key=lambda each: (each.sku, each.since)):
                found.setdefault(each.sku, []).append(each)
            self._by_sku = live, found
        known = self._by_sku[1]
        return list(known.get(sku, ())) if sku is not None else [each for mine in known.values() for each in mine]

    def cost_on(self, sku: str, day: date) -> DatedCost | None:
        """The cost that holds on a day."""
        return next((each for each in reversed(self.costs(sku)) if each.since <= day), None)

    def seen(self) -> list[SeenFee]:
        """The fees that were taken from settlements."""
        return list(self._seen.live().values())

    def every_fee(self) -> tuple[Fee, ...]:
        """The fees of the settings, with those taken from settlements from their day on."""
        written = fees(self._session.settings)
        wrong = wrong_base(written)
        if wrong is not None:
            raise Refusal(say('The fee "{id}" is on a fee that is not there. Mend its base in the settings.', id=wrong))
        return (*written, *self._learnt(written))

    def _learnt(self, written: Iterable[Fee]) -> Iterable[Fee]:
        for seen in self.seen():
            same = [each for each in written if each.id == seen.fee and each.category in (None, seen.category)]
            model = in_force(tuple(same), seen.category, seen.since)
            if not model and seen.name:
                # Whether a refund brings it back nobody says: it is taken for kept.
                yield Fee(
                    id=seen.fee, name={"en": seen.name}, aliases=(seen.name,), rate=seen.rate, amount=seen.amount,
                    category=seen.category, effective=seen.since, as_of=seen.since, source="settlements",
                    kept_on_refund=True, assumed=True,
                )  # fmt: skip
            elif model:
                yield msgspec.structs.replace(
                    model[0], rate=seen.rate, amount=seen.amount, category=seen.category, effective=seen.since,
                    as_of=seen.since, source="settlements", assumed=False, conflicting=False,
                )  # fmt: skip

    def fees_on(self, category: str | None, day: date) -> tuple[Fee, ...]:
        """The fees that hold on a day for a category."""
        return in_force(self.every_fee(), category, day)

    def categories(self) -> Mapping[str, str]:
        """The category of each SKU by the platform's number of it, as its newest cost says."""
        known = {each.sku: each.category for each in self.costs() if each.category is not None}
        if not known:
            return known
        names = self.sku_names
        return known | {sku_id: known[sku] for sku_id, sku in names.items() if sku in known}

    @property
    def sku_names(self) -> Mapping[str, str]:
        """The seller's own SKU by the platform's number, from what files said of cases and of the year's orders."""
        lines = (line for ticket in self._session.desk("tickets").all() for line in ticket.lines)
        named = {line.sku_id: line.sku for line in lines if line.sku_id is not None and line.sku is not None}
        files = tuple(sorted(file.checksum for file in self._session.store.kept_files().values()))
        if self._ordered is None or self._ordered[0] != files:
            rows = self._session.desk("orders").rows(self.today - timedelta(days=365), self.today)
            self._ordered = files, {row.sku_id: row.sku for row in rows if row.sku is not None}
        return named | self._ordered[1]

    def skus(self) -> list[str]:
        """Every SKU that is known here or in the plan."""
        return sorted({*(each.sku for each in self._costs.live().values()), *self._promotions.skus()})

    def shown(self, sku: str, at: datetime | None = None) -> Shown | None:
        """The price of a SKU that is shown at an instant (now where None): the plan's, else the list price."""
        when = at or self._session.now()
        pieces, _holes = self._promotions.coverage(sku, when, when + timedelta(minutes=1))
        for piece in pieces:
            if not piece.live and piece.price is not None:
                if piece.promotion is None:
                    return Shown(piece.price, "list")
                return Shown(piece.price, f"P-{piece.promotion}", self._promotions.get(piece.promotion).over_at)
        return None

    def refunds(self, sku: str) -> Refunds:
        """How often a SKU comes back, with the range that its orders leave."""
        counted = self._counts()
        if counted is None:
            return Refunds(None)
        by_sku, shop = counted
        return refunds(by_sku.get(sku, (0, 0)), shop)

    def _counts(self) -> _Counted | None:
        """Of the orders shipped from `refund_from` to `refund_to` before now (refunds, orders): by SKU, and of the
        whole shop. None where files do not cover that span. Counted once a change and a day."""
        key = self._session.store.version, self.today
        if self._counted is None or self._counted[0] != key:
            profit, now, zone = self._session.settings.profit, self._session.now(), self._session.zone
            orders = self._session.desk("orders")
            first = (now - profit.refund_from).astimezone(zone).date()
            last = (now - profit.refund_to).astimezone(zone).date()
            by_sku, shop = orders.counts_by("sku", first, last), orders.counts(first, last)
            found = None
            if by_sku is not None and shop is not None:
                pairs = {sku: (each.refunded, each.shipped) for sku, each in by_sku.items()}
                found = pairs, (shop.refunded, shop.shipped)
            self._counted = key, found
        return self._counted[1]

    def ask(self, sku: str, asking: Asking, *, lowest: bool = True) -> ProfitAnswer:
        """What an order of a SKU brings and up to which commission it pays. `MissingCost`, or `Refusal` where there is
        no price or no currency. Without `lowest` the lowest price is left out, which takes longest to find."""
        currency, terms = self.currency, self.terms
        price = self._price(sku, asking)
        found = self.cost_on(sku, self.today)
        cost = found.cost if found is not None else Cost(sku=sku, since=self.today)
        missing = [part for part in NEEDED if getattr(cost, part) is None]
        if missing:
            raise MissingCost(sku, missing)
        target = terms.target if asking.target is None else asking.target
        rate = self.refunds(sku) if asking.refund_rate is None else typed(asking.refund_rate)
        due = self.fees_on(cost.category, self.today)
        return ProfitAnswer(
            sku=sku, currency=currency, price=price, target=target, cost=cost, fees=due, terms=terms,
            account=account(Asked(price.price, asking.commission, target), cost, due, terms, rate, lowest=lowest),
            tax_known=self.tax_known, market=self._session.settings.shop.market,
        )  # fmt: skip

    def loss(self, sku: str, price: Decimal, commission: Decimal) -> Decimal | None:
        """What an order that is kept loses at a price and a commission; None where it loses nothing, or where that is
        not known: no currency, no complete cost."""
        found = self.cost_on(sku, self.today)
        known = found is not None and all(getattr(found, part) is not None for part in NEEDED)
        if found is None or not known or self._session.settings.shop.currency is None:
            return None
        kept = order(price, commission, found.cost, self.fees_on(found.category, self.today), self.terms).kept
        return -kept if kept < 0 else None

    def _price(self, sku: str, asking: Asking) -> Shown:
        from workbench.core.profit.reading import read_discount

        found = Shown(asking.price, "typed") if asking.price is not None else self.shown(sku)
        if found is None:
            raise Refusal(
                say("The price of {sku} is not known. Give --price, or enter it: workbench price {sku} 249", sku=sku)
            )
        if asking.off is None:
            return found
        return Shown(read_discount(asking.off, found.price, self.terms.places), found.source, found.until)

    @property
    def _promotions(self) -> PromotionDesk:
        found: PromotionDesk = self._session.desk("promotions")
        return found

    # Doing

    def set_cost(self, sku: str, since: date | None = None, **parts: Any) -> Done:
        """The cost of a SKU from a day on, today where None. What is not given stays as it was on that day."""
        with self._session.saving() as tx:
            self._put_cost(
                tx, sku, since or self.today, {name: each for name, each in parts.items() if each is not None}
            )
            saying = say("cost of {sku} set", sku=sku)
            tx.commit_as(saying, self._session.now())
            return Done(saying)

    def set_tax(self, rate: Decimal) -> Done:
        """What of the price is the seller's tax, kept beside the settings; `Refusal` where those say it already,
        `Misuse` for the whole price."""
        if rate >= 1:
            raise Misuse(say("A tax of the whole price leaves nothing. Write a share below 100%."))
        if self._written_tax is not None:
            raise Refusal(say("The settings say what of the price is tax: price_tax. Change it there."))
        market, known = self._session.settings.shop.market, self._tax()
        with self._session.saving() as tx:
            id = known.id if known is not None else tx.next_id(TAXES)
            tx.put(TAXES, id, PriceTax(id=id, market=market, rate=rate, set_at=self._session.now()))
            saying = say("tax in the price set")
            tx.commit_as(saying, self._session.now())
            return Done(saying)

    def put_costs(
        self, rows: Iterable[tuple[str, date, Mapping[str, Any]]], tx: Transaction | None
    ) -> Iterator[Effect]:
        """The costs of a file, and what each does; with `tx` None nothing is written."""
        done: dict[str, list[DatedCost]] = {}
        for sku, since, parts in rows:
            known = done.setdefault(sku, self.costs(sku))
            before = next((each for each in reversed(known) if each.since <= since), None)
            after = self._costed(sku, since, parts, before)
            same_day = before is not None and before.since == since
            if before is not None and _parts(before) == _parts(after):
                yield "unchanged"
                continue
            yield "updated" if same_day else "new"
            if tx is not None and not same_day:
                after = msgspec.structs.replace(after, id=tx.next_id(COSTS))
            if tx is not None:
                tx.put(COSTS, after.id, after)
            kept = [each for each in known if each.since != since]
            done[sku] = sorted([*kept, after], key=lambda each: each.since)

    def _put_cost(self, tx: Transaction, sku: str, since: date, parts: Mapping[str, Any]) -> None:
        for _effect in self.put_costs([(sku, since, parts)], tx):
            pass

    def _costed(self, sku: str, since: date, parts: Mapping[str, Any], before: DatedCost | None) -> DatedCost:
        kept = {} if before is None else _parts(before)
        id = before.id if before is not None and before.since == since else 0
        return DatedCost(id=id, sku=sku, since=since, set_at=self._session.now(), **(kept | dict(parts)))


def _parts(cost: DatedCost) -> dict[str, Any]:
    return {name: getattr(cost, name) for name in PART}


DESK = ProfitDesk
