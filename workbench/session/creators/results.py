"""What came of each creator, from files: orders, refunds, commission, profit; and whether his refunds are unusual."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from workbench.core.creators.performance import handle_of
from workbench.core.creators.result import Result
from workbench.core.creators.sales import AffiliateOrder, Performance
from workbench.core.creators.unusual import Sold, verdicts
from workbench.core.profit.model import NEEDED, in_force
from workbench.core.profit.order import order
from workbench.session.creators.tables import AFFILIATE
from workbench.session.records import Records

if TYPE_CHECKING:
    from workbench.session.base import SessionBase
    from workbench.session.creators.desk import DealDesk

ZERO = Decimal(0)


def results(session: SessionBase, desk: DealDesk, since: date | None = None, until: date | None = None) -> list[Result]:
    """Every creator who sold in the span (shop days, both ends in it), the most profit first."""
    rows = [row for row in _rows(session, since) if row.creator is not None and _in_span(row, session, since, until)]
    by_creator: dict[str, list[AffiliateOrder]] = defaultdict(list)
    for row in rows:
        by_creator[row.creator or ""].append(row)
    sold = {handle: _sold(mine) for handle, mine in by_creator.items()}
    judged = verdicts(sold, _others(session, rows, since, until))
    earned = _Earned(session, desk)
    found = []
    for handle, mine in by_creator.items():
        spent, paid = earned.spent(handle)
        gained = earned.by(mine)
        found.append(
            Result(
                handle=handle,
                orders=len({row.order_id for row in mine}),
                sales=sum((row.paid or ZERO for row in mine), ZERO),
                refunds=len({row.order_id for row in mine if row.refunded}),
                expected_refunds=judged[handle].expected,
                p=judged[handle].p,
                unusual=judged[handle].unusual,
                commission=sum((row.commission or ZERO for row in mine), ZERO),
                samples=spent,
                profit=None if gained is None else gained - spent - paid,
            )
        )
    if since is None and until is None:
        there = {handle_of(handle) for handle in by_creator}
        found += [
            _from_file(line, earned) for line in desk.lines() if line.creator and handle_of(line.creator) not in there
        ]
    return sorted(found, key=lambda each: (each.profit is None, -(each.profit or ZERO), each.handle))


def _from_file(line: Performance, earned: _Earned) -> Result:
    """A creator of whom there are no orders but a line of the performance file, which says less, and not of when."""
    handle, figures = line.creator or "", line.figures
    orders, refunds = figures.get("orders"), figures.get("items_refunded")
    return Result(
        handle=handle, orders=None if orders is None else int(orders), sales=figures.get("sales"),
        refunds=None if refunds is None else int(refunds), expected_refunds=None, p=None, unusual=False,
        commission=figures.get("commission"), samples=earned.spent(handle)[0], profit=None,
    )  # fmt: skip


def _rows(session: SessionBase, since: date | None) -> Iterable[AffiliateOrder]:
    from workbench.core.time import midnight
    from workbench.session.creators.tables import ORDER_STAYS

    records: Records[AffiliateOrder] = Records(session.store, AFFILIATE, AffiliateOrder)
    yield from records.live().values()
    # The archive is read only where the span reaches back to what is in it.
    if since is None or midnight(since, session.zone) < session.now() - ORDER_STAYS:
        yield from records.archived().values()


def _in_span(row: AffiliateOrder, session: SessionBase, since: date | None, until: date | None) -> bool:
    if row.created_at is None:
        return since is None and until is None
    day = row.created_at.astimezone(session.zone).date()
    return (since is None or since <= day) and (until is None or day <= until)


def _sold(rows: Iterable[AffiliateOrder]) -> Mapping[str, Sold]:
    """By SKU, each order once."""
    orders: dict[str, dict[str, bool]] = defaultdict(dict)
    for row in rows:
        mine = orders[row.sku_id]
        mine[row.order_id] = mine.get(row.order_id, False) or bool(row.refunded)
    return {sku: Sold(len(mine), sum(mine.values())) for sku, mine in orders.items()}


def _others(
    session: SessionBase, rows: Iterable[AffiliateOrder], since: date | None, until: date | None
) -> Mapping[str, Sold]:  # fmt: skip
    """What of the same SKUs was shipped without any creator in the span, by the orders kept."""
    mine = {row.order_id for row in rows}
    days = [row.created_at.astimezone(session.zone).date() for row in rows if row.created_at is not None]
    if not days:
        return {}
    orders: dict[str, dict[str, bool]] = defaultdict(dict)
    for kept in session.desk("orders").rows(since or min(days), until or max(days)):
        if kept.order_id not in mine and kept.left_at is not None:
            orders[kept.sku_id][kept.order_id] = bool(kept.refunded)
    return {sku: Sold(len(each), sum(each.values())) for sku, each in orders.items()}


class _ProfitKey(NamedTuple):
    """What the profit of an order follows from: what was paid of a commission is lost on a refund, too."""

    sku: str
    day: date
    price: Decimal
    pieces: int
    commission: Decimal
    refunded: bool


class _Earned:
    """The profit of orders, by the costs and fees of their day."""

    def __init__(self, session: SessionBase, desk: DealDesk) -> None:
        self._zone = session.zone
        self._profit = desk.profit
        self._every_fee = desk.profit.every_fee()
        self._deals = desk.all()
        self._skus = desk.profit.sku_names
        self._known: dict[_ProfitKey, Decimal | None] = {}

    def spent(self, handle: str) -> tuple[Decimal, Decimal]:
        """What samples cost, and what was paid beside commissions."""
        mine = [deal for deal in self._deals if deal.handle is not None and handle_of(deal.handle) == handle_of(handle)]
        samples = sum((deal.samples_cost or ZERO for deal in mine), ZERO)
        return samples, sum((deal.fixed_fee or ZERO for deal in mine), ZERO)

    def by(self, rows: Iterable[AffiliateOrder]) -> Decimal | None:
        """What the orders earned; None where of one of them nobody knows."""
        total = ZERO
        for case, n in Counter(map(self._case, rows)).items():
            if case is None:
                return None
            if case not in self._known:
                self._known[case] = self._one(case)
            one = self._known[case]
            if one is None:
                return None
            total += n * one
        return total

    def _case(self, row: AffiliateOrder) -> _ProfitKey | None:
        if row.created_at is None or row.price is None or row.price <= 0 or row.commission is None:
            return None
        day = row.created_at.astimezone(self._zone).date()
        sku = row.sku or self._skus.get(row.sku_id, row.sku_id)
        return _ProfitKey(sku, day, row.price, row.quantity or 1, row.commission, bool(row.refunded))

    def _one(self, case: _ProfitKey) -> Decimal | None:
        """What one order of so many pieces brings: goods and what is capped by the piece count as often."""
        dated = self._profit.cost_on(case.sku, case.day) or next(iter(self._profit.costs(case.sku)), None)
        if dated is None or any(getattr(dated, part) is None for part in NEEDED):
            return None
        n, price = case.pieces, case.price * case.pieces
        cost = msgspec.structs.replace(dated.cost, goods=(dated.goods or ZERO) * n)
        fees = [
            fee if fee.cap is None else msgspec.structs.replace(fee, cap=fee.cap * n)
            for fee in in_force(self._every_fee, dated.category, case.day)
        ]  # fmt: skip
        found = order(price, ZERO, cost, fees, self._profit.terms)
        return (-found.lost if case.refunded else found.kept) - case.commission
