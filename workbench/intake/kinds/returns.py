"""Rows of the returns export into sightings: one ticket for each Return Order ID, its rows are the lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from workbench.core.kinds import Kind, Outcome, Stage
from workbench.core.saying import Saying, say
from workbench.core.tickets.model import Line, Sighting
from workbench.intake.layout import Context, Found, Layout
from workbench.intake.model import Refused
from workbench.intake.rows import BLANK, SHOWN, Quantities, Words, is_id, line, merged, unread

_KINDS: dict[str, Kind] = {
    "refund only": "refund_only",
    "return and refund": "return_refund",
}
_ENDED: dict[str, Outcome] = {
    "completed": "refunded",
    "refund rejected": "rejected",
    "canceled": "withdrawn",
    "cancelled": "withdrawn",
}
_STATUSES = frozenset((*_ENDED, "to process", "in process"))
#: What a rejected row says beside it where it was the buyer who called it off.
_CALLED_OFF = frozenset(("request canceled", "request cancelled", "canceled", "cancelled", "canceled by buyer",
                         "cancelled by buyer", "buyer canceled", "buyer cancelled"))  # fmt: skip
#: What says in `Dispute Status` that there is none.
_UNDISPUTED = BLANK | {"0", "FALSE", "False", "false", "NO", "No", "no", "否"}
#: Of the rows of one return, the one whose stage stands first here speaks for it: the earliest is the safest.
_EARLIEST: tuple[Stage, ...] = ("decide", "check", "buyer_ship", "in_transit", "dispute", "closed")


class ReturnRow(NamedTuple):
    """A row as it is picked: its number, then the columns of the layout in their order."""

    number: int
    return_id: str
    order_id: str
    order_amount: str
    sku_id: str
    seller_sku: str
    product: str
    buyer: str
    type: str
    requested: str
    reason: str
    price: str
    quantity: str
    tracking: str
    status: str
    sub_status: str
    refunded: str
    dispute: str
    note: str


class _Seen(NamedTuple):
    """What a row says of its return."""

    kind: Kind
    stage: Stage
    outcome: Outcome | None
    raw_status: str | None


def _read(rows: Sequence[ReturnRow], context: Context) -> Found:
    groups: dict[str, list[ReturnRow]] = {}
    refused: list[Refused] = []
    skus: dict[str, str] = {}
    for row in rows:
        why = _fault(row, context.instants)
        if why is not None:
            refused.append(Refused(row.number, why))
            continue
        groups.setdefault(row.return_id, []).append(row)
        if row.product:
            skus.setdefault(row.seller_sku or row.sku_id, row.product)
    skus.pop("", None)
    for rows_of_one in [each for each in groups.values() if len(each) > 1]:
        orders = {row.order_id for row in rows_of_one if row.order_id}
        if len(orders) > 1:
            refused += [Refused(row.number, _two_orders(row)) for row in groups.pop(rows_of_one[0].return_id)]
    reader = _Reader(context)
    sightings = list(map(reader.sighting, groups.values()))
    unknown = reader.types.unknown() + reader.status.unknown() + unread(context.amounts.unread, "Return unit price")
    unknown += unread(reader.counts.unread, "Return Quantity")
    return Found(sightings=sightings, skus=skus, refused=refused, unknown=unknown)


def _fault(row: ReturnRow, instants: Mapping[str, datetime]) -> Saying | None:
    """Why a row cannot be read; None where it can."""
    if row.requested in instants and is_id(row.return_id):
        return None
    if row.return_id in BLANK:
        return say("It has no Return Order ID.")
    if not is_id(row.return_id):
        return say('Its Return Order ID "{text}" is not a number.', text=row.return_id[:SHOWN])
    if row.requested in BLANK:
        return say("It has no time of request.")
    return say('Its time of request "{text}" is not a time.', text=row.requested[:SHOWN])


def _two_orders(row: ReturnRow) -> Saying:
    return say(
        "Its Return Order ID {text} stands beside another Order ID too, so one of the two has lost digits. Export the "
        "file again.",
        text=row.return_id[:SHOWN],
    )


class _Reader:
    def __init__(self, context: Context) -> None:
        self.types = Words(context.rules.types, "Return Type")
        self.status = Words(context.rules.status, "Return Status")
        self.counts = Quantities()
        self._amounts = context.amounts
        self._instants = context.instants
        self._known: dict[tuple[str, str, str, bool, bool], _Seen] = {}

    def sighting(self, rows: list[ReturnRow]) -> Sighting:
        """The rows of one return as one sighting."""
        row, seen = rows[0], self._seen(rows[0])
        lines: tuple[Line, ...] = (self._line(row),)
        since = self._instants[row.requested]
        if len(rows) > 1:
            row = ReturnRow._make(map(_first, zip(*rows, strict=True)))
            seen = min(map(self._seen, rows), key=lambda seen: _EARLIEST.index(seen.stage))
            since = min(self._instants[row.requested] for row in rows)
            lines = merged(map(self._line, rows))
        money, largest = self._amounts.total(lines)
        # Four by place: of a call with more names beside them Python makes a table first, and a file has 100,000 rows.
        return Sighting(
            seen.kind,
            seen.stage,
            row.return_id,
            since,
            order_id=row.order_id or None,
            sku=lines[0].sku,
            product=lines[0].product,
            buyer=row.buyer or None,
            money=money,
            largest=largest,
            reason=row.reason or None,
            words=row.note or None,
            tracking=None if row.tracking in BLANK else row.tracking,
            raw_status=seen.raw_status,
            outcome=seen.outcome,
            ended_at=self._refunded(rows, since) if seen.outcome == "refunded" else None,
            lines=lines,
        )

    def _line(self, row: ReturnRow) -> Line:
        return line(row.sku_id, row.seller_sku, row.product, self.counts.count(row.quantity), row.price)

    def _refunded(self, rows: list[ReturnRow], since: datetime) -> datetime | None:
        """The last refund time; one before the request is none of it."""
        found = [at for row in rows if (at := self._instants.get(row.refunded)) is not None and at >= since]
        return max(found, default=None)

    def _seen(self, row: ReturnRow) -> _Seen:
        """What the row says; the rows of a file say few different things."""
        key = (row.type, row.status, row.sub_status, row.tracking in BLANK, row.dispute in _UNDISPUTED)
        if key not in self._known:
            self._known[key] = self._judged(row)
        seen = self._known[key]
        if seen.stage == "check":
            self._wonder(row)
        return seen

    def _judged(self, row: ReturnRow) -> _Seen:
        kind = _KINDS.get(self.types.fold(row.type))
        word = self.status.fold(row.status)
        if word not in _STATUSES:
            return _Seen(kind or "other", "check", None, row.status if word else None)
        if kind is None:
            told = ", ".join(word for word in (row.type, row.status) if word not in BLANK)
            return _Seen("other", "check", None, told)
        if word == "refund rejected" and self.status.fold(row.sub_status) in _CALLED_OFF:
            return _Seen(kind, "closed", "withdrawn", None)
        if word in _ENDED:
            return _Seen(kind, "closed", _ENDED[word], None)
        if row.dispute not in _UNDISPUTED:
            return _Seen(kind, "dispute", None, None)
        if word == "to process":
            return _Seen(kind, "decide", None, None)
        return _Seen(kind, _in_process(kind, row.tracking not in BLANK), None, None)

    def _wonder(self, row: ReturnRow) -> None:
        """Count the words of a row that nobody knows."""
        if self.types.fold(row.type) not in _KINDS:
            self.types.wonder(row.type)
        if self.status.fold(row.status) not in _STATUSES:
            self.status.wonder(row.status)


def _in_process(kind: Kind, tracked: bool) -> Stage:
    """Where a request stands that the seller has answered."""
    if kind == "refund_only":
        return "dispute"
    if kind == "reshipment":
        return "check"
    return "in_transit" if tracked else "buyer_ship"


def _first(cells: tuple[Any, ...]) -> Any:
    """Of what the rows of one return have in a column, the first that is not blank."""
    return next((cell for cell in cells if cell not in BLANK), "")


LAYOUT = Layout(
    kind="returns",
    name=say("returns"),
    rank=10,
    make=ReturnRow._make,
    read=_read,
    columns=(
        "Return Order ID", "Order ID", "Order Amount", "SKU ID", "Seller SKU", "Product Name", "Buyer Username",
        "Return Type", "Time Requested", "Return Reason", "Return unit price", "Return Quantity",
        "Return Logistics Tracking ID", "Return Status", "Return Sub Status", "Refund Time", "Dispute Status",
        "Buyer Note",
    ),
    marks=(("Return Order ID", "Return Logistics Tracking ID"),),
    needed=frozenset(
        ("Return Order ID", "Return Type", "Time Requested", "Return Logistics Tracking ID", "Return Status")
    ),
    ids=frozenset(("Return Order ID", "Order ID", "SKU ID", "Return Logistics Tracking ID")),
    keys=frozenset(("Return Order ID", "Order ID", "SKU ID")),
    times=frozenset(("Time Requested", "Refund Time")),
    began="Time Requested",
    over=frozenset(("Refund Time",)),
    money=frozenset(("Return unit price", "Order Amount")),
    counts=frozenset(("Return Quantity",)),
    key="Return Order ID",
)  # fmt: skip
