"""The trial of a rule of automatic approval: what it would have cost and saved over the requests that were decided.

The rule sees only what was known at the request. Its cost is the money of the requests that were kept: what a rule
approves cannot be appealed. What was lost anyway costs nothing more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, time, tzinfo
from decimal import ROUND_HALF_UP, Decimal
from itertools import count

import msgspec

from workbench.core.money import Money
from workbench.core.saying import Misuse, say
from workbench.core.tickets.days import clocks
from workbench.core.tickets.filter import compiled, fields
from workbench.core.tickets.model import Ticket
from workbench.core.time import shop_day, utc

#: What is known of a request when it comes.
KNOWN = ("kind", "sku", "amount", "reason", "opened")
#: Caps beyond this many are too fine a choice, and a rule is not judged by fewer requests than that.
MOST_CAPS, JUDGED_FROM = 12, 20
_LOST, _KEPT = ("refunded", "auto"), ("rejected", "kept")


class Cap(msgspec.Struct, frozen=True, kw_only=True):
    """The same rule with `amount <= cap`."""

    cap: Decimal
    matched: int
    money: Decimal
    cost: Decimal
    minutes: int
    balance: Decimal | None


class Trial(msgspec.Struct, frozen=True, kw_only=True):
    """What a rule comes to. `other_currency` requests are in none of the other numbers; `open` have no end yet,
    `others` ended in another way than lost or kept."""

    matched: tuple[Ticket, ...]
    other_currency: int
    currency: str | None
    money: Decimal
    lost_anyway: int
    kept: int
    others: int
    open: int
    cost: Decimal
    minutes: int
    caps: tuple[Cap, ...]
    recommended: Decimal | None


def rule(expression: str, now: date, zone: tzinfo) -> Callable[[Ticket], bool]:
    """The rule of an expression; `Misuse` for one that asks for what is not known at the request."""
    unknown = [field for field in fields(expression) if field not in KNOWN]
    if unknown:
        raise Misuse(
            say(
                'A rule does not know "{field}:": it sees what is known when the request comes: {known} and words.',
                field=unknown[0],
                known=", ".join(f"{name}:" for name in KNOWN),
            )
        )
    test = compiled(expression, utc(datetime.combine(now, time(), zone)), zone)
    return lambda ticket: test(_at_request(ticket))


def trial(
    tickets: Iterable[Ticket],
    test: Callable[[Ticket], bool],
    first: date,
    last: date,
    zone: tzinfo,
    currency: str | None,
    minutes: int,
    hour: Decimal | None,
) -> Trial:
    """The rule over the requests of the shop days `first` to `last`, both in, whose stay in decide has ended."""
    inside = (each for each in tickets if first <= shop_day(each.opened_at, zone) <= last)
    found = [each for each in inside if _decided(each) and test(each)]
    currency = currency or _usual(found)
    matched = [each for each in found if each.money is None or currency is None or each.money.currency == currency]
    amounts = sorted(amount for each in matched if (amount := _amount(each)) is not None)
    caps = tuple(_cap(cap, matched, minutes, hour) for cap in _steps(amounts))
    ends = [each.outcome for each in matched if each.stage == "closed"]
    lost, kept = sum(end in _LOST for end in ends), sum(end in _KEPT for end in ends)
    return Trial(
        matched=tuple(matched), other_currency=len(found) - len(matched), currency=currency, money=_money(matched),
        lost_anyway=lost, kept=kept, others=len(ends) - lost - kept, open=len(matched) - len(ends),
        cost=_cost(matched), minutes=minutes * len(matched), caps=caps, recommended=_best(caps, len(matched), hour),
    )  # fmt: skip


def _at_request(ticket: Ticket) -> Ticket:
    """The request without what was written about it later."""
    return ticket if ticket.note is None else msgspec.structs.replace(ticket, note=None)


def _decided(ticket: Ticket) -> bool:
    return any(clock.stage == "decide" and clock.at is not None for clock in clocks(ticket))


def _usual(tickets: Sequence[Ticket]) -> str | None:
    """The currency of most of them, where the shop has none."""
    codes: list[str] = [each.money.currency for each in tickets if each.money is not None and each.money.currency]
    return max(sorted(set(codes)), key=codes.count) if codes else None


def _amount(ticket: Ticket) -> Decimal | None:
    """The amount that a condition looks at: that of the largest single line."""
    money: Money | None = ticket.largest or ticket.money
    return None if money is None else money.amount


def _counting(ticket: Ticket) -> Decimal:
    """The money of a request; of a return only where it was paid back."""
    if ticket.money is None or (ticket.kind == "return_refund" and ticket.outcome != "refunded"):
        return Decimal(0)
    return ticket.money.amount


def _money(tickets: Iterable[Ticket]) -> Decimal:
    return sum((_counting(each) for each in tickets), Decimal(0))


def _cost(tickets: Iterable[Ticket]) -> Decimal:
    return _money(each for each in tickets if each.stage == "closed" and each.outcome in _KEPT)


def _cap(cap: Decimal, matched: Iterable[Ticket], minutes: int, hour: Decimal | None) -> Cap:
    under = [each for each in matched if (amount := _amount(each)) is not None and amount <= cap]
    cost, spent = _cost(under), minutes * len(under)
    return Cap(
        cap=cap, matched=len(under), money=_money(under), cost=cost, minutes=spent,
        balance=None if hour is None else (hour * spent / 60 - cost).quantize(Decimal("0.01"), ROUND_HALF_UP),
    )  # fmt: skip


def _steps(amounts: Sequence[Decimal]) -> list[Decimal]:
    """The numbers 1, 2, 5, 10, 20 ... between the smallest and the largest amount, the first dozen."""
    paid = [amount for amount in amounts if amount > 0]
    if not paid:
        return []
    low, high = paid[0], paid[-1]
    found: list[Decimal] = []
    for power in count(low.adjusted()):
        for digit in (1, 2, 5):
            step = Decimal(digit).scaleb(power)
            if step > high or len(found) == MOST_CAPS:
                return found
            if step >= low:
                found.append(Decimal(f"{step:f}"))
    return found


def _best(caps: Sequence[Cap], matched: int, hour: Decimal | None) -> Decimal | None:
    if hour is None or matched < JUDGED_FROM:
        return None
    worth = [each for each in caps if each.balance is not None and each.balance > 0]
    return min(worth, key=lambda each: (-(each.balance or 0), each.cap)).cap if worth else None
