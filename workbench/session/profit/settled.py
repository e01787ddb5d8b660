"""The model against what was settled: over the rows of a span, by the time at which they were settled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

import msgspec

from workbench.core.profit.records import SeenFee, SettledRow
from workbench.core.profit.settled import FeeSeen, Mismatch, fees_seen, id_of, mismatches
from workbench.core.saying import Misuse, Refusal, say
from workbench.core.time import midnight
from workbench.session.base import Done
from workbench.session.profit.tables import SEEN, SETTLEMENTS, STAYS
from workbench.session.records import Records

if TYPE_CHECKING:
    from workbench.session.base import SessionBase
    from workbench.session.profit.desk import ProfitDesk


#: How long before it is settled an order may have been created.
_WAY = timedelta(days=92)


class Settled(msgspec.Struct, frozen=True):
    """What was settled in a span: how many orders, each fee, the rows that do not add up."""

    orders: int
    fees: tuple[FeeSeen, ...]
    mismatches: tuple[Mismatch, ...]


def settled(session: SessionBase, desk: ProfitDesk, since: date | None, until: date | None) -> Settled:
    """The span is of shop days, both ends in it; estimates are never in it."""
    rows = [row for row in _rows(session, since) if not row.estimate and _in_span(row, session, since, until)]
    places = desk.terms.places
    sold = _sold(session, rows)
    return Settled(
        orders=len({row.order_id for row in rows if row.layout != "us_adjustment"}),
        fees=tuple(
            fees_seen(
                rows,
                desk.every_fee(),
                lambda row: (row.sku_id,) if row.sku_id else sold.get(row.order_id, ()),
                desk.categories().get,
                places,
                session.zone,
            )
        ),
        mismatches=tuple(sorted(mismatches(rows, places), key=lambda each: (each.file, each.row))),
    )


def take(session: SessionBase, desk: ProfitDesk, found: Settled, fee: str) -> Done:
    """Keep a fee as settlements charge it, from today on: one of the table by its id, another by its column. `Refusal`
    where too few orders agree; `Misuse` where there is no such fee."""
    names = fee.casefold(), id_of(fee)
    mine = [each for each in found.fees if each.fee.id == fee] or [
        each for each in found.fees if not each.listed and each.fee.id in names
    ]
    if not mine:
        known = tuple(dict.fromkeys(each.id for each in desk.every_fee()))
        if fee in known:
            raise Refusal(say("Only {n} orders can be used for {fee}; 30 are needed.", n=0, fee=fee))
        raise Misuse(say('There is no fee "{fee}". Known: {known}.', fee=fee, known=", ".join(known) or "-"))
    ready = [each for each in mine if each.takable]
    if not ready:
        best = max(mine, key=lambda each: each.used)
        if best.rate_seen is None and best.amount_seen is None:
            raise Refusal(say("Only {n} orders can be used for {fee}; 30 are needed.", n=best.used, fee=fee))
        raise Refusal(
            say("Only {agree} of {used} orders agree on {fee}; nothing was taken.", agree=best.agree, used=best.used,
                fee=fee)
        )  # fmt: skip
    with session.saving() as tx:
        now = session.now()
        for each in ready:
            same = [
                seen.id for seen in desk.seen()
                if (seen.fee, seen.category, seen.since) == (each.fee.id, each.fee.category, desk.today)
            ]  # fmt: skip
            id = same[0] if same else tx.next_id(SEEN)
            record = SeenFee(
                id=id, fee=each.fee.id, category=each.fee.category, rate=each.rate_seen, amount=each.amount_seen,
                name="" if each.listed else each.fee.aliases[0], since=desk.today, orders=each.used, taken_at=now,
            )  # fmt: skip
            tx.put(SEEN, id, record)
        saying = say("{fee} taken from settlements", fee=fee)
        tx.commit_as(saying, now)
        return Done(saying)


def _sold(session: SessionBase, rows: Sequence[SettledRow]) -> Mapping[str, set[str]]:
    """The SKUs of orders whose row names none, by the orders kept."""
    wanted = {row.order_id for row in rows if not row.sku_id}
    days = [
        at.astimezone(session.zone).date()
        for row in rows if not row.sku_id and (at := row.created_at or row.settled_at) is not None
    ]  # fmt: skip
    found: dict[str, set[str]] = {}
    if days:
        for kept in session.desk("orders").rows(min(days) - _WAY, max(days)):
            if kept.order_id in wanted:
                found.setdefault(kept.order_id, set()).add(kept.sku or kept.sku_id)
    return found


def _rows(session: SessionBase, since: date | None) -> list[SettledRow]:
    records: Records[SettledRow] = Records(session.store, SETTLEMENTS, SettledRow)
    found = list(records.live().values())
    if since is None or midnight(since, session.zone) < session.now() - STAYS:
        found += records.archived().values()
    return found


def _in_span(row: SettledRow, session: SessionBase, since: date | None, until: date | None) -> bool:
    if row.settled_at is None:
        return since is None and until is None
    day = row.settled_at.astimezone(session.zone).date()
    return (since is None or since <= day) and (until is None or day <= until)
