"""What follows, in sentences: the consequence of doing nothing, the effect of an action. Why is told in `reasons`."""

from __future__ import annotations

from datetime import datetime, tzinfo

from workbench.core.saying import Saying, say
from workbench.core.tickets.model import There, Ticket
from workbench.core.tickets.standing import state
from workbench.i18n import _, render
from workbench.output.words import OUTCOMES, STAGES, amount, due_point, full_due, full_point, todo


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
