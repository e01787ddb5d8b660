"""Domain values in words, in the current language: times, amounts, and the names of what a ticket is and does.

Time is rounded down always: the words never give more time than there is. Nothing here knows a terminal; verbs,
reports and screens use the same words. Every function reads the language when it is called.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta, tzinfo
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from workbench.core.kinds import Kind, Stage
from workbench.core.money import Money
from workbench.core.saying import Saying, say
from workbench.core.tickets.model import Ticket
from workbench.core.tickets.standing import snoozed, state
from workbench.core.time import due_day
from workbench.core.timeline import Event
from workbench.i18n import _, language, n_, render

_MINUTE, _HOUR, _DAY = 60, 3600, 86400

_DAYS = (say("Mon"), say("Tue"), say("Wed"), say("Thu"), say("Fri"), say("Sat"), say("Sun"))
_MONTHS = (
    say("Jan"), say("Feb"), say("Mar"), say("Apr"), say("May"), say("Jun"),
    say("Jul"), say("Aug"), say("Sep"), say("Oct"), say("Nov"), say("Dec"),
)  # fmt: skip


def countdown(left: timedelta) -> str:
    """`47m`, `4h 12m`, `1d 2h`, `12d`; `late 3d` after it, in one unit: how late is enough."""
    seconds = _seconds(left)
    if seconds < 0:
        return _late(_seconds(-left))
    if seconds >= _DAY:
        return _days(seconds // _HOUR, language())
    if seconds >= _HOUR:
        return _("{h}h {m:02}m").format(h=seconds // _HOUR, m=seconds % _HOUR // _MINUTE)
    if seconds >= 10 * _MINUTE:
        return _("{m}m").format(m=seconds // _MINUTE)
    if seconds >= _MINUTE:
        return _("{m}m {s:02}s").format(m=seconds // _MINUTE, s=seconds % _MINUTE)
    return _("{s}s").format(s=seconds) if seconds else _("now")


def _seconds(left: timedelta) -> int:
    """Whole seconds, rounded down."""
    return left.days * _DAY + left.seconds


# Of 10,000 tickets most are far away or long overdue, and alike: their words are remembered, for each language.


@lru_cache(maxsize=1024)
def _days(hours: int, _language: str) -> str:
    if hours >= 240:
        return _("{d}d").format(d=hours // 24)
    return _("{d}d {h}h").format(d=hours // 24, h=hours % 24)


@lru_cache(maxsize=1024)
def _late_days(days: int, _language: str) -> str:
    return _("late {d}d").format(d=days)


def _late(seconds: int) -> str:
    if seconds >= _DAY:
        return _late_days(seconds // _DAY, language())
    if seconds >= _HOUR:
        return _("late {h}h").format(h=seconds // _HOUR)
    return _("late {m}m").format(m=seconds // _MINUTE) if seconds >= _MINUTE else _("now")


def left(ticket: Ticket, now: datetime) -> str:
    """The countdown of a ticket's deadline; `now` where it may be past and may not. Empty where there is none."""
    due, latest = ticket.deadline.at, ticket.deadline.latest
    if due is None:
        return ""
    return _("now") if latest is not None and due <= now < latest else countdown(due - now)


def time_left(left: timedelta) -> str:
    """The countdown as it stands alone: `47m left`, `late 42m`."""
    seconds = _seconds(left)
    if seconds <= 0:
        return countdown(left)
    if 10 * _MINUTE <= seconds < _HOUR:
        return _("{m}m left").format(m=seconds // _MINUTE)
    return _("{countdown} left").format(countdown=countdown(left))


def in_time(left: timedelta) -> str:
    """The time from now in a sentence: `in 47 minutes`, `in 1d 9h`."""
    seconds = _seconds(left)
    if seconds < _MINUTE:
        return _("this minute")
    if seconds < _HOUR:
        return n_("in {n} minute", "in {n} minutes", seconds // _MINUTE).format(n=seconds // _MINUTE)
    return _("in {countdown}").format(countdown=countdown(left))


def clock(at: datetime, zone: tzinfo) -> str:
    """The wall-clock time: `09:47`."""
    return _wall(at.astimezone(zone))


def due_clock(due: datetime, zone: tzinfo) -> str:
    """The wall-clock time of a deadline: `09:47`, `24:00`."""
    return _clock_on(due_day(due, zone), due, zone)


def _clock_on(day: date, due: datetime, zone: tzinfo) -> str:
    """The same on the day of the deadline: what ends with the day is due at its `24:00`."""
    local = due.astimezone(zone)
    return _wall(local) if local.date() == day else "24:00"


def _wall(local: datetime) -> str:
    return f"{local.hour:02}:{local.minute:02}"


@lru_cache(maxsize=8)
def _day(now: datetime, zone: tzinfo) -> date:
    """The shop's day of `now`, which is asked for in every row."""
    return now.astimezone(zone).date()


def weekday(day: date) -> str:
    """`Wed`, 周三."""
    return render(_DAYS[day.weekday()])


def short_date(day: date) -> str:
    """`5 Dec`, 12月5日."""
    return _("{day} {month}").format(day=day.day, month=render(_MONTHS[day.month - 1]))


def long_date(day: date) -> str:
    """`Tue 24 Nov`, 11月24日 周二."""
    return _long(day, language())


@lru_cache(maxsize=512)
def _long(day: date, _language: str) -> str:
    """Remembered a language: a table says one day again and again."""
    return _("{weekday} {date}").format(weekday=weekday(day), date=short_date(day))


def year_date(day: date) -> str:
    """`2 Jun 2025`, 2025-06-02."""
    if language() == "zh":
        return day.isoformat()
    return _("{date} {year}").format(date=short_date(day), year=day.year)


def month_day(day: date) -> Saying:
    """`5 Dec`, to be said later."""
    return say("{day} {month}", day=day.day, month=_MONTHS[day.month - 1])


def year_day(day: date) -> Saying:
    """`2 Jun 2025`, to be said later."""
    date = month_day(day)
    return say("{date} {year}", date=date, year=day.year)


def point(at: datetime, now: datetime, zone: tzinfo) -> str:
    """A point in time, as short as it is clear: `09:47` today, `Wed 07:15` within 6 days, else `5 Dec`."""
    local = at.astimezone(zone)
    words, timed = _around(local.date(), _day(now, zone), language())
    return words + _wall(local) if timed else words


def due_point(due: datetime, now: datetime, zone: tzinfo) -> str:
    """A deadline as short as `point`, by its own day: what ends with today is due `24:00`, with Monday `Mon 24:00`."""
    day = due_day(due, zone)
    words, timed = _around(day, _day(now, zone), language())
    return words + _clock_on(day, due, zone) if timed else words


@lru_cache(maxsize=2048)
def _around(day: date, today: date, _language: str) -> tuple[str, bool]:
    """The words for a day as seen from `today`, and whether the time of day follows; remembered a language."""
    away = abs((day - today).days)
    if away == 0:
        return "", True
    if away <= 6:
        return f"{weekday(day)} ", True
    if away <= 300:
        return short_date(day), False
    return _("{month} {year}").format(month=render(_MONTHS[day.month - 1]), year=day.year), False


def full_point(at: datetime, zone: tzinfo) -> str:
    """A point in time with weekday and minute: `Mon 23 Nov 09:47`."""
    return _full(at, zone, language())


@lru_cache(maxsize=512)
def _full(at: datetime, zone: tzinfo, language: str) -> str:
    """Remembered a language: of many SKUs the prices end at the same instants."""
    local = at.astimezone(zone)
    return f"{_long(local.date(), language)} {_wall(local)}"


def full_due(due: datetime, zone: tzinfo) -> str:
    """A deadline with weekday and minute, by its own day: `Mon 23 Nov 24:00`."""
    return _full_end(due, zone, language())


@lru_cache(maxsize=512)
def _full_end(due: datetime, zone: tzinfo, language: str) -> str:
    day = due_day(due, zone)
    return f"{_long(day, language)} {_clock_on(day, due, zone)}"


_SIGNS = {
    "USD": "$", "SGD": "S$", "MYR": "RM", "THB": "฿", "VND": "₫", "PHP": "₱", "IDR": "Rp",
    "GBP": "\u00a3", "BRL": "R$",
}  # fmt: skip
#: Currencies that are written without a fraction.
WHOLE = frozenset(("VND", "IDR"))


def amount(money: Money | None) -> str:
    """`฿1,290.00`; no decimals in VND and IDR unless there are any; the ISO code where no plain sign exists."""
    return "" if money is None else _amount(str(money.amount), money.currency or "")


@lru_cache(maxsize=1024)
def _amount(text: str, currency: str) -> str:
    """Remembered by its text, which is a quarter of the work of comparing decimals."""
    exact = Decimal(text)
    value = exact.quantize(Decimal(1)) if currency in WHOLE else exact.quantize(Decimal("0.01"))
    if value != exact:
        value = exact
    digits = f"{abs(value):,}"
    sign = _SIGNS.get(currency, f"{currency} " if currency else "")
    return f"{'-' if value < 0 else ''}{sign}{digits}"


def total(tickets: Sequence[Ticket]) -> str:
    """The sum of the amounts at stake, `฿747.00`; one figure a currency, empty where there is none."""
    sums: dict[str | None, Decimal] = {}
    for ticket in tickets:
        if ticket.money is not None:
            sums[ticket.money.currency] = sums.get(ticket.money.currency, Decimal(0)) + ticket.money.amount
    return " + ".join(amount(Money(value, currency)) for currency, value in sums.items())


def cases(tickets: Sequence[Ticket]) -> str:
    """What is meant by some tickets: the one's id, or how many they are."""
    n = len(tickets)
    return tickets[0].ref if n == 1 else n_("{n} case", "{n} cases", n).format(n=n)


Group = Literal["overdue", "today", "tomorrow", "no_date", "later", "snoozed", "waiting", "closed"]

GROUPS: dict[Group, Saying] = {
    "overdue": say("Overdue"), "today": say("Today"), "tomorrow": say("Tomorrow"), "no_date": say("No date"),
    "later": say("Later"), "snoozed": say("Snoozed"), "waiting": say("Waiting"), "closed": say("Closed"),
}  # fmt: skip


def group_of(ticket: Ticket, now: datetime, zone: tzinfo) -> Group:
    """Where the ticket stands in the queue, by the day of its deadline; the groups follow each other in queue order."""
    match state(ticket, now):
        case "closed":
            return "closed"
        case "waiting":
            return "waiting"
        case "overdue" if not snoozed(ticket, now):
            return "overdue"
    if snoozed(ticket, now):
        return "snoozed"
    if ticket.deadline.at is None:
        return "no_date"
    days = (due_day(ticket.deadline.at, zone) - _day(now, zone)).days
    return "today" if days <= 0 else "tomorrow" if days == 1 else "later"


def group_name(group: Group) -> str:
    """`Overdue`, 已逾期."""
    return render(GROUPS[group])


KINDS: dict[Kind, Saying] = {
    "cancel": say("cancel request"), "refund_only": say("refund request"), "return_refund": say("return request"),
    "exchange": say("exchange request"), "reshipment": say("reshipment request"), "message": say("message"),
    "bad_review": say("bad review"), "ship": say("order"), "other": say("case"),
}  # fmt: skip

STAGES: dict[Stage, Saying] = {
    "decide": say("to decide"), "evidence": say("to prove"), "buyer_ship": say("buyer to ship"),
    "in_transit": say("in transit"), "inspect": say("to inspect"), "send": say("to send"),
    "dispute": say("in dispute"), "appeal": say("to appeal"), "reply": say("to answer"), "contact": say("to contact"),
    "wait": say("waiting for the buyer"), "ship": say("to ship"), "todo": say("to do"), "check": say("to check"),
    "closed": say("closed"),
}  # fmt: skip

OUTCOMES: dict[str, Saying] = {
    "refunded": say("Refunded"), "rejected": say("Rejected"), "expired": say("Expired"), "sent": say("Sent"),
    "kept": say("Kept"), "solved": say("Solved"), "removed": say("Removed"),
    "auto": say("Decided by time"), "withdrawn": say("Withdrawn"), "other": say("Closed"),
}  # fmt: skip

_DECIDE: dict[Kind, Saying] = {
    "cancel": say("Decide cancel"), "refund_only": say("Decide refund"), "return_refund": say("Decide return"),
    "exchange": say("Decide exchange"), "reshipment": say("Decide reshipment"),
}  # fmt: skip
_TODO: dict[Stage, Saying] = {
    "decide": say("Decide case"), "evidence": say("Send proof"), "inspect": say("Inspect return"),
    "send": say("Send goods"), "reply": say("Answer message"), "appeal": say("Appeal refund"),
    "check": say("Check status"), "todo": say("See to case"), "contact": say("Contact buyer"),
    "wait": say("Wait for buyer"), "dispute": say("Platform decides"), "buyer_ship": say("Buyer to ship"),
    "in_transit": say("Return in transit"), "ship": say("Ship order"),
}  # fmt: skip
_SEND: dict[Kind, Saying] = {"exchange": say("Send exchange"), "reshipment": say("Send reshipment")}


def to_do(ticket: Ticket) -> Saying:
    """One phrase for kind, stage and turn: a verb for what is mine, a noun for what is not."""
    if ticket.stage == "closed":
        return OUTCOMES[ticket.outcome or "other"]
    if ticket.stage == "decide":
        return _DECIDE.get(ticket.kind, _TODO["decide"])
    if ticket.stage == "send":
        return _SEND.get(ticket.kind, _TODO["send"])
    if ticket.stage == "reply" and ticket.kind == "bad_review":
        return say("Answer review")
    return _TODO[ticket.stage]


def todo(ticket: Ticket) -> str:
    """The same in words."""
    return render(to_do(ticket))


def thing(ticket: Ticket) -> str:
    """What it is about in one cell: the SKU, else the product's name, else how many."""
    if ticket.sku or ticket.product:
        return ticket.sku or ticket.product or ""
    first = next((line for line in ticket.lines if line.sku or line.product), None)
    return (first.sku or first.product or "") if first else ""


WHO: dict[str, Saying] = {
    "seller": say("you"), "buyer": say("buyer"), "carrier": say("carrier"), "platform": say("platform"),
    "import": say("import"), "auto": say("by itself"),
}  # fmt: skip


#: What can be edited of a ticket or a violation, by the names under which an edit keeps it.
FIELDS: dict[str, Saying] = {
    "kind": say("Kind"), "stage": say("Stage"), "sku": say("SKU"), "money": say("Amount"), "order_id": say("Order"),
    "buyer": say("Buyer"), "reason": say("Reason"), "words": say("Words"), "opened_at": say("Since"), "due": say("By"),
    "tags": say("Tags"), "note": say("Note"), "product": say("Product"), "external_id": say("Request"),
    "points": say("Points"), "issued_at": say("Issued"), "platform_id": say("Ref"),
    "pending": say("Pending"), "stated_due": say("Appeal by"),
}  # fmt: skip


def edited(names: str) -> str:
    """The fields that an edit names, in words."""
    return _(", ").join(render(FIELDS[name]) for name in names.split(", ") if name in FIELDS)


def who(event: Event) -> str:
    """Who did it: `you`, `buyer`, `import`."""
    return render(WHO[event.who])


def mine(ticket: Ticket, now: datetime) -> bool:
    """Whether the ticket is the seller's to do: his turn, and awake."""
    return ticket.turn == "seller" and not snoozed(ticket, now)


def ago(past: timedelta) -> str:
    """How long ago: `4 minutes ago`, `3 hours ago`, `2 days ago`."""
    seconds = max(_seconds(past), 0)
    if seconds < _MINUTE:
        return _("just now")
    if seconds < _HOUR:
        return n_("{n} minute ago", "{n} minutes ago", seconds // _MINUTE).format(n=seconds // _MINUTE)
    if seconds < _DAY:
        return n_("{n} hour ago", "{n} hours ago", seconds // _HOUR).format(n=seconds // _HOUR)
    return n_("{n} day ago", "{n} days ago", seconds // _DAY).format(n=seconds // _DAY)
