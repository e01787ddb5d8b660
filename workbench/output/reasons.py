"""Why, in sentences: the sum behind a deadline, and the lines of a timeline."""

from __future__ import annotations

from datetime import datetime, tzinfo
from typing import NamedTuple

from workbench.core.kinds import Kind, Stage
from workbench.core.policy import Policy, Rule, TimeSpan
from workbench.core.saying import Saying, say
from workbench.core.tickets.model import Ticket
from workbench.core.timeline import Event
from workbench.i18n import _, n_, render
from workbench.output.words import STAGES, edited, full_due, full_point, point, year_date


class WhyLine(NamedTuple):
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
        return [result._replace(right=_stated(ticket, now, zone))]
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
