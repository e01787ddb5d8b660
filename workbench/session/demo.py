"""The invented shop: a session on data that shows every screen at its best and is never mixed with real data.

A shop in Thailand on Tuesday, 24 November 2026, 09:00 Bangkok time; the clock runs on from there. Everything in it,
names and numbers included, is made up.
"""

from __future__ import annotations

import time
from datetime import datetime, timedelta
from decimal import Decimal
from typing import NamedTuple
from zoneinfo import ZoneInfo

import msgspec

from workbench.core.kinds import Kind, Outcome, Stage
from workbench.core.money import Money
from workbench.core.saying import Saying, say
from workbench.core.tickets import moves
from workbench.core.tickets.model import Line, Round, Ticket
from workbench.core.tickets.rounds import answered
from workbench.core.time import at_local
from workbench.core.timeline import Event
from workbench.i18n import render
from workbench.session.base import Options
from workbench.session.creators.demo import fill_deals
from workbench.session.imports.tables import FILES, SKUS, ImportedFile, KnownSku
from workbench.session.issues.demo import fill_log
from workbench.session.metrics.demo import fill_scores
from workbench.session.orders.demo import fill_orders
from workbench.session.promotions.demo import fill_plan
from workbench.session.session import Session, open_session
from workbench.session.tickets.tables import TICKETS
from workbench.session.violations.demo import fill_ledger

ZONE = ZoneInfo("Asia/Bangkok")
_SETTINGS = '[shop]\nmarket = "TH"\nname = "Baan Sabai"\n\n[me]\ntimezone = "Asia/Shanghai"\n\n[rule]\nhour = 300\n'


def _at(day: int, clock: str) -> datetime:
    hour, minute = clock.split(":")
    # Naive on purpose: the wall clock of the shop.
    return at_local(datetime(2026, 11, day, int(hour), int(minute)), ZONE)  # noqa: DTZ001


NOW = _at(24, "09:00")
#: The last import.
_SEEN = _at(24, "08:55")

_PRODUCTS: dict[str, tuple[Saying, str]] = {
    "PANTS-BLK-L": (say("Wide leg pants, black L"), "249.00"),
    "PANTS-BLK-M": (say("Wide leg pants, black M"), "249.00"),
    "PANTS-BLK-S": (say("Wide leg pants, black S"), "249.00"),
    "DRESS-RED-S": (say("Red dress, S"), "420.00"),
    "DRESS-RED-M": (say("Red dress, M"), "420.00"),
    "CHAIR-OAK": (say("Folding chair, oak"), "1290.00"),
    "LAMP-WHT": (say("Desk lamp, white"), "590.00"),
    "MUG-SET-4": (say("Mugs, set of four"), "360.00"),
    "TENT-2P": (say("Tent for two"), "2190.00"),
}
_NO_MATCH, _FAULTY = say("Product doesn't match description"), say("Product is defective or doesn't work")
_MISSING, _MIND = say("Received parcel, but some items were missing"), say("No longer needed")


class _Case(NamedTuple):
    """One invented case: what, in which stage since when, and the buyer's words."""

    kind: Kind
    stage: Stage
    sku: str
    since: datetime
    reason: Saying | None = None
    words: Saying | None = None
    buyer: str = ""
    opened: datetime | None = None
    note: Saying | None = None
    channel: str | None = None
    content: str | None = None
    automatic: bool = False
    cause: str | None = None


_OPEN = (
    _Case("return_refund", "inspect", "CHAIR-OAK", _at(22, "08:05"), _FAULTY, say("one leg is shorter"),
          "nattapong_88", _at(16, "19:20")),
    _Case("message", "reply", "DRESS-RED-S", _at(23, "20:18"), None, say("is the red the same as in the video?"),
          "praew.shop", channel="comment", content="dress-video", cause="colour"),
    _Case("refund_only", "decide", "PANTS-BLK-L", _at(23, "09:47"), _NO_MATCH,
          say("one size smaller than the chart, I ordered L and it fits like M"), "malee.s", None,
          say("ours measures 2 cm under the chart")),
    _Case("return_refund", "decide", "PANTS-BLK-M", _at(23, "13:12"), _NO_MATCH, say("too tight at the waist"),
          "somchai_t"),
    _Case("cancel", "decide", "LAMP-WHT", _at(23, "16:30"), _MIND, None, "ying.ying"),
    _Case("message", "reply", "MUG-SET-4", _at(24, "06:40"), None, say("one cup is missing, can you send it?"),
          "kanya_home", channel="chat", automatic=True, cause="missing_part"),
    _Case("return_refund", "decide", "DRESS-RED-S", _at(23, "23:05"), _NO_MATCH, say("not the colour in the video"),
          "ploy_22"),
    _Case("exchange", "decide", "PANTS-BLK-L", _at(24, "07:15"), _NO_MATCH, say("please send XL"), "arthit.k"),
    _Case("refund_only", "evidence", "TENT-2P", _at(24, "08:41"), say("Missing package"), say("never arrived"),
          "wanida_p", _at(22, "10:02")),
    _Case("other", "check", "LAMP-WHT", _at(24, "08:50"), _FAULTY, say("shade was cracked"), "boonmee"),
    _Case("reshipment", "send", "MUG-SET-4", _at(23, "11:20"), _MISSING, say("only three in the box"), "noi.mug",
          _at(21, "15:00")),
    _Case("refund_only", "appeal", "TENT-2P", _at(20, "10:00"), _FAULTY, say("the zip broke on day one"),
          "camp_lover", _at(12, "09:10")),
    _Case("return_refund", "appeal", "LAMP-WHT", _at(23, "14:40"), _FAULTY, say("does not light"), "dao_dao",
          _at(9, "12:30")),
    _Case("return_refund", "buyer_ship", "PANTS-BLK-L", _at(21, "21:14"), _NO_MATCH, say("too short"), "fah.s",
          _at(20, "18:00")),
    _Case("return_refund", "buyer_ship", "DRESS-RED-M", _at(22, "16:03"), _MIND, None, "beam_b", _at(21, "09:30")),
    _Case("refund_only", "dispute", "CHAIR-OAK", _at(21, "08:00"), _FAULTY, say("the seat is scratched"),
          "krit.home", _at(18, "11:45")),
    _Case("return_refund", "in_transit", "LAMP-WHT", _at(22, "13:00"), _FAULTY, None, "jib_jib", _at(17, "10:10")),
    _Case("return_refund", "in_transit", "PANTS-BLK-S", _at(23, "09:00"), _NO_MATCH, say("fits like XS"), "pim.p",
          _at(18, "20:40")),
    _Case("message", "wait", "MUG-SET-4", _at(23, "19:05"), None, say("thank you, I will look"), "oat_o",
          channel="chat", cause="use"),
)  # fmt: skip

#: What was decided on every working day of the month, on the day it came.
_EACH_DAY: tuple[tuple[Kind, str, str, str, Outcome], ...] = (
    ("refund_only", "PANTS-BLK-L", "07:50", "09:15", "refunded"),
    ("cancel", "DRESS-RED-S", "08:20", "09:20", "refunded"),
    ("return_refund", "LAMP-WHT", "08:40", "09:25", "rejected"),
)

_CLOSED: tuple[tuple[Kind, str, datetime, datetime, Outcome], ...] = (
    ("refund_only", "DRESS-RED-S", _at(22, "10:00"), _at(23, "10:00"), "auto"),
    ("cancel", "PANTS-BLK-M", _at(23, "08:00"), _at(23, "09:10"), "refunded"),
    ("refund_only", "MUG-SET-4", _at(22, "14:00"), _at(23, "11:00"), "rejected"),
    ("return_refund", "TENT-2P", _at(22, "09:00"), _at(23, "15:30"), "refunded"),
    ("message", "LAMP-WHT", _at(23, "12:00"), _at(23, "12:40"), "solved"),
    ("refund_only", "PANTS-BLK-L", _at(20, "12:00"), _at(22, "17:00"), "kept"),
    ("cancel", "CHAIR-OAK", _at(24, "07:00"), _at(24, "07:20"), "withdrawn"),
    ("message", "PANTS-BLK-S", _at(24, "06:00"), _at(24, "07:50"), "solved"),
    ("return_refund", "DRESS-RED-M", _at(22, "19:00"), _at(23, "09:20"), "kept"),
    ("refund_only", "LAMP-WHT", _at(22, "20:10"), _at(23, "09:25"), "rejected"),
    ("cancel", "MUG-SET-4", _at(23, "07:40"), _at(23, "09:30"), "refunded"),
    ("exchange", "PANTS-BLK-M", _at(22, "21:30"), _at(23, "09:35"), "rejected"),
    # The one evening that did not end at zero: due on Tuesday the 17th, done on Wednesday.
    ("refund_only", "PANTS-BLK-S", _at(16, "14:00"), _at(18, "09:10"), "refunded"),
    *(
        (kind, sku, _at(day, opened), _at(day, closed), outcome)
        for day in (2, 3, 4, 5, 6, 9, 10, 11, 12, 13, 16, 17, 18, 19, 20)
        for kind, sku, opened, closed, outcome in _EACH_DAY
    ),
)

#: Messages that were answered on every working day of the month: by what channel, whence, when, after how many minutes.
_ANSWERED: tuple[tuple[str, str, str | None, str, int], ...] = (
    ("MUG-SET-4", "chat", None, "10:05", 9), ("DRESS-RED-S", "live", "evening-live", "15:20", 3),
)  # fmt: skip


def open_demo(options: Options) -> Session:
    """The invented shop in the (empty) directory `options.data`; its clock starts at `NOW` unless one is given."""
    assert options.data is not None
    settings = options.data / "demo.toml"
    settings.write_text(_SETTINGS, encoding="utf-8")
    began = time.monotonic()
    session = open_session(
        msgspec.structs.replace(options, config=settings),
        lambda: NOW + timedelta(seconds=int(time.monotonic() - began)),
    )
    fill(session)
    return session


def fill(session: Session) -> None:
    """Put the invented data into an empty session, as housekeeping: there is nothing to undo in it."""
    with session.saving() as tx:
        for case in _OPEN:
            ticket = _open(session, tx.next_id(TICKETS), case)
            tx.put(TICKETS, ticket.id, ticket)
        for kind, sku, opened, closed, outcome in _CLOSED:
            ticket = _closed(session, tx.next_id(TICKETS), _Case(kind, "decide", sku, opened), closed, outcome)
            tx.put(TICKETS, ticket.id, ticket)
        for day in (2, 3, 4, 5, 6, 9, 10, 11, 12, 13, 16, 17, 18, 19, 20):
            for sku, channel, content, asked, minutes in _ANSWERED:
                case = _Case("message", "reply", sku, _at(day, asked), channel=channel, content=content)
                closed = case.since + timedelta(minutes=minutes + 5)
                ticket = _closed(session, tx.next_id(TICKETS), case, closed, "solved")
                tx.put(TICKETS, ticket.id, ticket)
        ticket = _review(session, tx.next_id(TICKETS))
        tx.put(TICKETS, ticket.id, ticket)
        for sku, (name, _price) in _PRODUCTS.items():
            id = tx.next_id(SKUS)
            tx.put(SKUS, id, KnownSku(id=id, sku=sku, product=render(name), seen_at=NOW))
        file = ImportedFile(
            id=tx.next_id(FILES), name="returns_th.xlsx", kind="returns", as_of=_at(24, "08:52"),
            imported_at=_SEEN, rows=412, digest="",
        )  # fmt: skip
        tx.put(FILES, file.id, file)
        fill_log(tx)
        fill_ledger(session, tx)
        fill_plan(session, tx)
        orders = ImportedFile(
            id=tx.next_id(FILES), name="All order-2026-11-24.csv", kind="orders", as_of=_at(24, "08:52"),
            imported_at=_SEEN, rows=1079, digest="", first=NOW - timedelta(days=120), last=_at(24, "08:40"),
        )  # fmt: skip
        tx.put(FILES, orders.id, orders)
        fill_orders(session, tx, _PRODUCTS, NOW)
        fill_scores(tx)
        fill_deals(tx, NOW)


def _open(session: Session, id: int, case: _Case, seen: datetime = _SEEN) -> Ticket:
    name, price = _PRODUCTS[case.sku]
    paid = case.kind not in ("message", "bad_review")
    money = Money(Decimal(price), "THB") if paid else None
    opened = case.opened or case.since
    ticket = moves.open_ticket(
        session.policy, id=id, kind=case.kind, stage=case.stage, opened_at=case.since, external_id=_external(case, id),
        order_id=str(576981590830166131 + 7919 * id), sku=case.sku, product=render(name), buyer=case.buyer,
        money=money, reason=render(case.reason) if case.reason else None,
        words=render(case.words) if case.words else None, note=render(case.note) if case.note else None,
        channel=case.channel, content=case.content, automatic=case.automatic, cause=case.cause,
        raw_status="Pending review" if case.stage == "check" else None,
        lines=(Line(str(172946281948219935 + id), case.sku, render(name), 1, f"฿{price}"),) if paid else (),
    )  # fmt: skip
    events = [Event(opened, "buyer", "opened")]
    if paid and opened < NOW:
        events.append(Event(seen, "import", case.stage, None, "returns_th.xlsx"))
    if case.note is not None:
        events.append(Event(_at(24, "08:57"), "seller", "note", render(case.note)))
    ticket = moves.changed(ticket, opened_at=opened, timeline=tuple(events), seen_at=_at(24, "08:52"))
    return ticket if case.stage != "dispute" else moves.state_due(ticket, _at(29, "08:00"), NOW, session.policy)


def _review(session: Session, id: int) -> Ticket:
    """A bad review, answered in public; the buyer was written to, and a new shade was offered."""
    case = _Case(
        "bad_review", "reply", "LAMP-WHT", _at(21, "20:02"), words=say("the shade was cracked and it took a week"),
        buyer="tuk.home", cause="damaged",
    )  # fmt: skip
    ticket = msgspec.structs.replace(_open(session, id, case), stars=1, offered=render(say("a new shade")))
    ticket = moves.act(ticket, "answer", None, _at(21, "21:10"), session.policy)
    return moves.act(ticket, "contacted", None, _at(22, "10:20"), session.policy)


def _closed(session: Session, id: int, case: _Case, closed: datetime, outcome: Outcome) -> Ticket:
    ticket = _open(session, id, case, closed - timedelta(minutes=5))
    if case.kind == "message":
        ticket = answered(msgspec.structs.replace(ticket, rounds=(Round(case.since),)), closed - timedelta(minutes=5))
    ticket = moves.close(ticket, outcome, closed, session.policy)
    return moves.noted(ticket, closed, "seller", "closed", outcome)


def _external(case: _Case, id: int) -> str | None:
    if case.kind in ("message", "bad_review"):
        return None
    return str((576981590830166131 if case.kind == "cancel" else 403586091390996030) + 7919 * id)
