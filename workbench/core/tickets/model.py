"""The records of the ticket domain, as they are stored and shown.

Instants are aware UTC datetimes without microseconds; money is decimal, never float; `None` means "not known".
"""

from datetime import datetime
from typing import Literal

import msgspec

from workbench.core.deadline import Deadline
from workbench.core.kinds import TURN, Kind, Outcome, Stage
from workbench.core.money import Money
from workbench.core.timeline import Event
from workbench.core.turns import Turn

State = Literal["overdue", "due", "waiting", "closed"]


class Line(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """One SKU line of a request. `price` is kept as it was printed in the file."""

    sku_id: str | None = None
    sku: str | None = None
    product: str | None = None
    quantity: int | None = None
    price: str | None = None


class Round(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """One stay of a message case in *reply*: when it began, and when a person first answered it."""

    begun_at: datetime
    answered_at: datetime | None = None


class There(msgspec.Struct, frozen=True, omit_defaults=True):
    """What the platform still shows of a ticket that the seller moved on: an earlier stage, with its deadline."""

    stage: Stage
    due_at: datetime | None = None


class Reopen(msgspec.Struct, frozen=True, omit_defaults=True):
    """The stage a closed ticket came from, with its clock."""

    stage: Stage
    since: datetime
    deadline: Deadline


class Ticket(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One thing the seller must see through. `id` is the number of `T-7`."""

    id: int
    kind: Kind
    stage: Stage
    market: str
    opened_at: datetime
    stage_since: datetime
    deadline: Deadline
    external_id: str | None = None
    order_id: str | None = None
    sku: str | None = None
    product: str | None = None
    buyer: str | None = None
    money: Money | None = None
    #: The largest single line, which conditions on the amount look at; None means: the same as `money`.
    largest: Money | None = None
    reason: str | None = None
    #: The buyer's own words, as the file or the seller gave them.
    words: str | None = None
    #: The seller's notes, one a line.
    note: str | None = None
    snoozed_until: datetime | None = None
    outcome: Outcome | None = None
    closed_at: datetime | None = None
    #: Who closed it: the seller's own close wins over an older file.
    closed_by: Literal["seller", "import", "auto"] | None = None
    #: What it was before it was closed, so that reopening gives back the stage with its clock.
    closed_from: Reopen | None = None
    #: Until when the buyer may still dispute a rejection (US); None where the market says nothing.
    disputable_until: datetime | None = None
    tags: tuple[str, ...] = ()
    tracking: str | None = None
    raw_status: str | None = None
    lines: tuple[Line, ...] = ()
    timeline: tuple[Event, ...] = ()
    #: The own time of the last file applied to it.
    seen_at: datetime | None = None
    #: Whether that own time, and whether opened_at and what was reckoned from it, rest on a guessed order of day and
    #: month: a file that is certain corrects them.
    seen_guessed: bool = False
    times_guessed: bool = False
    #: That file showed it open although it is closed here.
    still_open: bool = False
    #: A cancel request was still pending at this instant (the own time of an order export).
    pending_at: datetime | None = None
    #: Where a message came in: chat, comment, live, direct; the video, live or post it came from.
    channel: str | None = None
    content: str | None = None
    #: A card answered; a person still has to (S4).
    automatic: bool = False
    rounds: tuple[Round, ...] = ()
    #: Of a review: the stars, 1 to 5; of any case the issue type behind it, what was offered, and what that cost.
    stars: int | None = None
    cause: str | None = None
    offered: str | None = None
    cost: Money | None = None
    #: The first such instant.
    pending_since: datetime | None = None
    #: What a newer file showed of it although it has moved on here.
    there: There | None = None
    #: When a file first showed it: the import, not the file's own time.
    shown_at: datetime | None = None
    #: The parcel was looked for and not there: it is asked about again after the same time from then on.
    looked_at: datetime | None = None
    #: Of an order to ship: when it was created, whether it is a pre-order, and whether it waits for the buyer's request
    #: to cancel it. The own time of a file that must show it and does not: it was sent, or so it seems.
    ordered_at: datetime | None = None
    preorder: bool = False
    held: bool = False
    missing_at: datetime | None = None
    #: Who cancelled it; and whether nobody knows when it was closed: then it was neither late nor on time.
    cancelled_by: Literal["buyer", "seller", "platform"] | None = None
    closed_unknown: bool = False
    #: The fields that the seller typed: no file overwrites them.
    typed: tuple[str, ...] = ()

    @property
    def ref(self) -> str:
        """The id as people write it."""
        return f"T-{self.id}"

    @property
    def turn(self) -> Turn | None:
        """Whose move it is; none when closed."""
        return "buyer" if self.held else TURN[self.stage]

    @property
    def due_at(self) -> datetime | None:
        """The instant of the deadline, or None where none is known."""
        return self.deadline.at


class ShipSighting(msgspec.Struct, frozen=True, kw_only=True):
    """An order that has to be handed over, as one file shows it; `lines` are its rows still to ship."""

    order_id: str
    ordered_at: datetime
    opened_at: datetime
    preorder: bool
    lines: tuple[Line, ...]
    money: Money | None = None


class Sighting(msgspec.Struct, frozen=True):
    """What one file says of one ticket. The intake makes it, the merge decides what it changes.

    `stage` "check" keeps the platform's word in `raw_status`; `since` is the only time in the file; `due_floor` is the
    file's own time where the request has no time of its own (a cancel seen in an order export).
    """

    kind: Kind
    stage: Stage
    external_id: str
    since: datetime
    order_id: str | None = None
    sku: str | None = None
    product: str | None = None
    buyer: str | None = None
    money: Money | None = None
    largest: Money | None = None
    reason: str | None = None
    words: str | None = None
    tracking: str | None = None
    raw_status: str | None = None
    outcome: Outcome | None = None
    ended_at: datetime | None = None
    lines: tuple[Line, ...] = ()
    due_floor: datetime | None = None
    #: The own time of the last file that showed the order without this request: it began after that.
    clean_at: datetime | None = None

    @property
    def began(self) -> datetime:
        """The earliest instant at which it can have begun."""
        return max(self.since, self.clean_at or self.since)
