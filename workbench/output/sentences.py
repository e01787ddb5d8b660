"""What follows, and why, in sentences: the consequence of doing nothing, the effect of an action, the sum behind a
deadline, and the lines of a timeline."""

from __future__ import annotations

from datetime import datetime, tzinfo

import msgspec

from workbench.core.kinds import Kind, Stage
from workbench.core.policy import Policy, Rule, TimeSpan
from workbench.core.saying import Saying, say
from workbench.core.tickets.model import There, Ticket
from workbench.core.tickets.standing import state
from workbench.core.timeline import Event
from workbench.i18n import _, n_, render
from workbench.output.words import (
    OUTCOMES,
    STAGES,
    amount,
    due_point,
    edited,
    full_due,
    full_point,
    point,
    todo,
    year_date,
)


def headline(ticket: Ticket, now: datetime, zone: tzinfo) -> str:
    """What by when: `Decide refund by 09:47`; of what waits, until when."""
    due = ticket.deadline.at
    if due is None:
        return todo(ticket)
    if ticket.turn == "seller":
        return _("{todo} by {point}").format(todo=todo(ticket), point=due_point(due, now, zone))
    return _("{todo} until {point}").format(todo=todo(ticket), point=due_point(due, now, zone))


def asleep(ticket: Ticket, now: datetime, zone: tzinfo) -> str:
    """Until when it is put off; empty where it is not, or no longer."""
    until = ticket.snoozed_until
    if until is None or until <= now:
        return ""
    return _("Snoozed until {point}.").format(point=full_point(until, zone))


def consequence(ticket: Ticket, now: datetime, zone: tzinfo, *, appealable: bool) -> str:
    """What happens if nothing is done, with the amount. `appealable`: a loss may be appealed in this market."""
    if ticket.stage == "closed":
        return _closed(ticket, zone)
    if ticket.there is not None:
        return _behind(ticket.there, now, zone)
    if ticket.turn != "seller":
        return _theirs(ticket)
    if ticket.deadline.at is None:
        return _("No deadline is known for this stage. Look in Seller Center and set one.")
    if state(ticket, now) == "overdue":
        return render(too_late(ticket))
    if ticket.deadline.latest is not None and ticket.deadline.at <= now:
        point = due_point(ticket.deadline.latest, now, zone)
        return _("Time of the request unknown: it may be over, or run until {point}.").format(point=point)
    return render(if_nothing(ticket, appealable=appealable))


def _behind(there: There, now: datetime, zone: tzinfo) -> str:
    """What the platform still shows of a case that has moved on here."""
    stage = render(STAGES[there.stage])
    if there.due_at is None:
        return _("Still open there: the platform shows it as {stage}.").format(stage=stage)
    point = due_point(there.due_at, now, zone)
    return _("Still open there: the platform shows it as {stage}, due {point}.").format(stage=stage, point=point)


def if_nothing(ticket: Ticket, *, appealable: bool) -> Saying:
    """What follows on timeout, on the seller's turn. `appealable`: a loss may be appealed in this market."""
    money = amount(ticket.money)
    match ticket.deadline.on_timeout:
        case "approved" if ticket.stage == "decide" and ticket.kind in ("exchange", "reshipment"):
            return say("If you do nothing, it is approved: you send the goods again.")
        case "approved" | "refunded" if not money:
            return say("If you do nothing, it is approved.")
        case "approved" | "refunded" if appealable:
            return say("If you do nothing, it is approved: {amount} to the buyer, then only an appeal.", amount=money)
        case "approved" | "refunded":
            return say("If you do nothing, it is approved: {amount} to the buyer, without appeal.", amount=money)
        case "cancelled":
            return say("If you do nothing, the order is cancelled.")
        case "closed":
            return say("If you do nothing, it closes.")
        case "lapsed":
            return say("If you do nothing, the right to appeal is gone.")
        case "counted" if ticket.kind == "ship":
            return say("If you do nothing, it counts as shipped late.")
        case "counted":
            return say("If you do nothing, it counts against your response rate.")
    if ticket.deadline.kind == "own":
        return say("Your own goal: the platform does nothing then.")
    return say("What the platform does then is not known.")


def too_late(ticket: Ticket) -> Saying:
    """What may have happened once the deadline is past."""
    money = amount(ticket.money)
    match ticket.deadline.on_timeout:
        case "approved" | "refunded" if money:
            return say("Time is over: the platform may already have refunded {amount}.", amount=money)
        case "approved" | "refunded":
            return say("Time is over: the platform may already have approved it.")
        case "cancelled":
            return say("Time is over: the platform may already have cancelled the order.")
        case "closed":
            return say("Time is over: the platform may already have closed it.")
        case "lapsed":  # the rule's own end is later, or it would be closed
            return say("The time the platform stated is over; try all the same.")
        case "counted" if ticket.kind == "ship":
            return say("Time is over: it counts as shipped late.")
        case "counted":
            return say("Time is over: it counts against your response rate.")
    return say("Time is over.")


def _theirs(ticket: Ticket) -> str:
    if ticket.turn == "carrier":
        return _("Nothing to do now. Look at the tracking if it takes longer.")
    if ticket.turn == "platform":
        return _("Nothing to do now. The platform decides.")
    if ticket.deadline.at is not None and ticket.deadline.on_timeout not in (None, "none"):
        return _("Nothing to do now. If the buyer does nothing, it closes.")
    return _("Nothing to do now. It is the buyer's turn.")


def _closed(ticket: Ticket, zone: tzinfo) -> str:
    word = render(OUTCOMES[ticket.outcome or "other"])
    if ticket.disputable_until is not None:
        return _("{outcome}. The buyer may still dispute it until {point}.").format(
            outcome=word, point=full_due(ticket.disputable_until, zone)
        )
    if ticket.still_open:
        return _("{outcome} here, but the platform still shows it open.").format(outcome=word)
    return _("{outcome}. Nothing more to do.").format(outcome=word)


#: The past tense of every action, as the answer to "What did you do in Seller Center?".
DONE: dict[str, Saying] = {
    "approve": say("approved it"), "reject": say("rejected it"), "ask_proof": say("was asked for proof"),
    "prove": say("sent the proof"), "shipped": say("the buyer has shipped it"),
    "expire": say("the buyer did not ship in time"), "arrived": say("the parcel is back"),
    "accept": say("accepted it"), "sent": say("sent it"), "won": say("won it"), "lost": say("lost it"),
    "file": say("filed the appeal"), "waive": say("let it go"), "answer": say("answered it"),
    "wrote": say("the buyer wrote again"), "contacted": say("wrote to the buyer"), "report": say("reported it"),
    "solved": say("it is solved"), "timeout": say("time decided it"),
    "disputed": say("the buyer disputes it"), "withdrawn": say("the buyer withdrew it"),
    "not_yet": say("it is not there yet"), "done": say("it is done"), "drop": say("it is no longer needed"),
    "cannot_ship": say("cannot ship it"),
    "set": say("it is in another stage"), "snooze": say("put it off"), "close": say("ended otherwise"),
}  # fmt: skip


def follows(after: Ticket, now: datetime, zone: tzinfo) -> str:
    """What an action leads to, from the ticket as it would be: whose turn comes next, and until when."""
    if after.stage == "closed":
        return _ends(after, now, zone)
    due = after.deadline.at
    when = None if due is None else due_point(due, now, zone)
    if after.turn == "seller":
        if when is None:
            return _("your turn again: {todo}").format(todo=todo(after))
        return _("your turn again: {todo}, due {point}").format(todo=todo(after), point=when)
    if after.turn == "platform":
        return _("the platform decides")
    if after.turn == "carrier":
        return _("the carrier brings it back")
    return _("buyer's turn") if when is None else _("buyer's turn until {point}").format(point=when)


def _ends(after: Ticket, now: datetime, zone: tzinfo) -> str:
    if after.outcome == "refunded" and after.money is not None:
        return _("the case ends, {amount} goes to the buyer").format(amount=amount(after.money))
    if after.disputable_until is not None:
        return _("the case ends, the buyer may dispute it until {point}").format(
            point=due_point(after.disputable_until, now, zone)
        )
    if after.outcome == "kept":
        return _("the case ends, the money stays with you")
    return _("the case ends")


class WhyLine(msgspec.Struct, frozen=True):
    """One line of the sum behind a deadline: what, from where, and whether it is the result."""

    left: str
    right: str
    strong: bool = False


_BEGAN: dict[Stage, Saying] = {
    "decide": say("buyer asked"), "evidence": say("proof was asked for"), "buyer_ship": say("return approved"),
    "in_transit": say("buyer shipped"), "inspect": say("parcel came back"), "send": say("to be sent from then on"),
    "dispute": say("dispute began"), "appeal": say("it was lost"), "reply": say("buyer wrote"),
    "wait": say("you answered"), "check": say("buyer asked"), "todo": say("entered"),
    "contact": say("answered in public"), "ship": say("paid"),
}  # fmt: skip
_BY: dict[Stage, Saying] = {
    "decide": say("decide by"), "evidence": say("send proof by"), "buyer_ship": say("buyer ships by"),
    "in_transit": say("look again"), "inspect": say("inspect by"), "send": say("send by"),
    "dispute": say("decided by"), "appeal": say("appeal by"), "reply": say("answer by"),
    "wait": say("buyer answers by"), "check": say("check by"), "todo": say("do it by"),
    "contact": say("contact by"), "ship": say("ready to ship by"),
}  # fmt: skip


_MARKETS: dict[str, Saying] = {
    "US": say("US"), "TH": say("TH"), "VN": say("VN"), "ID": say("ID"), "PH": say("PH"), "MY": say("MY"),
    "SG": say("SG"), "UK": say("UK"),
}  # fmt: skip


def market_word(market: str) -> str:
    """The short name of a market, `US`; empty of the general one."""
    return render(_MARKETS[market]) if market in _MARKETS else ""


def span(within: TimeSpan) -> str:
    """A length of time in words: `1 working day`, `24 hours`."""
    n = within.count
    match within.unit:
        case "wd":
            return n_("{n} working day", "{n} working days", n).format(n=n)
        case "d":
            return n_("{n} day", "{n} days", n).format(n=n)
        case "h":
            return n_("{n} hour", "{n} hours", n).format(n=n)
        case "min":
            return n_("{n} minute", "{n} minutes", n).format(n=n)


def why(ticket: Ticket, policy: Policy, now: datetime, zone: tzinfo) -> list[WhyLine]:
    """The deadline as a sum: start, plus, result. Empty where there is no deadline."""
    deadline = ticket.deadline
    if deadline.at is None or not deadline.steps:
        return []
    result = WhyLine(full_due(deadline.at, zone), render(_BY.get(ticket.stage, say("until"))), True)
    if deadline.source == "stated":
        return [msgspec.structs.replace(result, right=_stated(ticket, now, zone))]
    rule = policy.rule(deadline.rule)
    lines = [WhyLine(full_point(deadline.steps[0].at, zone), render(_BEGAN.get(ticket.stage, say("began"))))]
    if rule is not None:
        lines.append(WhyLine(f"+ {span(rule.within)}", _source(rule, deadline.assumed)))
    if off := skipped(ticket):
        lines.append(WhyLine(_("without {days}").format(days=off), ""))
    if any(step.name == "floor" for step in deadline.steps):
        lines.append(WhyLine(_("not before the file"), _("it still showed the request")))
    return [*lines, result]


#: How many days off are named.
_NAMED = 3


def skipped(ticket: Ticket) -> str:
    """The days off the sum steps over: `weekend, Thanksgiving`; empty where there are none. Of a week of holidays the
    first is named, and *why* has them all."""
    steps = [step for step in ticket.deadline.steps if step.what == "skip"]
    from workbench.output.holidays import holiday

    names = list(dict.fromkeys(_("weekend") if step.name == "weekend" else holiday(step.name) for step in steps))
    if len(names) > _NAMED:
        more = len(names) - _NAMED + 1
        names[_NAMED - 1 :] = [n_("{n} more day off", "{n} more days off", more).format(n=more)]
    return _(", ").join(names)


def _source(rule: Rule, assumed: bool) -> str:
    where = market_word(rule.market) or _("general rule")
    text = where if rule.as_of is None else _("{market}, {date}").format(market=where, date=year_date(rule.as_of))
    return _("{text} (assumed)").format(text=text) if assumed else text


def _stated(ticket: Ticket, now: datetime, zone: tzinfo) -> str:
    by = ticket.deadline.steps[0].name if ticket.deadline.steps else ""
    if by and by != "you":
        return by
    when = next((event.at for event in reversed(ticket.timeline) if event.what in ("due", "opened")), None)
    return _("set by you") if when is None else _("set by you {point}").format(point=point(when, now, zone))


_EVENTS: dict[str, Saying] = {
    "note": say("noted"), "due": say("set the deadline"),
    "edit": say("edited"), "closed": say("closed"), "reopened": say("reopened"), "lapsed": say("the appeal lapsed"),
    "approve": say("approved"), "reject": say("rejected"), "ask_proof": say("asked for proof"),
    "prove": say("sent the proof"), "shipped": say("shipped the return"), "expire": say("did not ship in time"),
    "arrived": say("brought it back"), "accept": say("accepted"), "sent": say("sent the goods"),
    "won": say("decided for you"), "lost": say("decided against you"), "file": say("filed an appeal"),
    "waive": say("gave up the appeal"), "answer": say("answered"),
    "contacted": say("wrote to the buyer"), "report": say("reported it"), "wrote": say("wrote again"),
    "solved": say("is content"), "timeout": say("time ran out"), "disputed": say("disputed it"),
    "withdrawn": say("withdrew it"), "snooze": say("put it off"),
    "not_yet": say("not there yet"), "done": say("did it"), "drop": say("dropped it"),
    "cannot_ship": say("cannot ship it"), "set": say("set the stage"), "tag": say("tagged"),
    "corrected": say("corrected the time"),
}  # fmt: skip


_OPENED: dict[Kind, Saying] = {
    "cancel": say("asked to cancel"), "refund_only": say("asked for refund"), "return_refund": say("asked to return"),
    "exchange": say("asked for exchange"), "reshipment": say("asked for reshipment"), "message": say("wrote"),
    "bad_review": say("left a bad review"), "ship": say("paid"),
}  # fmt: skip


def event(entry: Event, kind: Kind) -> str:
    """One entry of the timeline of a ticket of this kind; a note's own words stand for themselves."""
    word = render(_EVENTS[entry.what]) if entry.what in _EVENTS else entry.what
    if entry.who == "import":
        stage = render(STAGES[entry.what]) if entry.what in STAGES else word
        return _("{word}: {text}").format(word=entry.source, text=stage) if entry.source else stage
    if entry.what == "opened":
        return render(_OPENED[kind]) if entry.who == "buyer" and kind in _OPENED else _("entered")
    if entry.what == "note" and entry.text:
        return entry.text
    if entry.what == "answer" and entry.text:
        return _('{word}: "{text}"').format(word=word, text=entry.text)
    if entry.what == "edit" and entry.text:
        return _("{word}: {text}").format(word=word, text=edited(entry.text))
    if entry.what in ("set", "reopened") and entry.text in STAGES:
        return _("{word}: {text}").format(word=word, text=render(STAGES[entry.text]))
    return word
