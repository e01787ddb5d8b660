"""`workbench ticket ...`: everything that can be done with one ticket."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from typing import Any

from workbench.cli.call import DUE_FORMS, Call
from workbench.cli.parsing import second_word, subverbs
from workbench.core.kinds import KINDS, OUTCOMES, STAGES
from workbench.core.money import Money
from workbench.core.saying import Misuse, say
from workbench.core.tickets.model import Ticket
from workbench.core.tickets.stages import ACTIONS
from workbench.i18n import _, render
from workbench.session import Done


def declare(parser: argparse.ArgumentParser) -> None:
    """The second words and their options."""
    words = subverbs(parser)
    word = partial(second_word, words)
    add = word("add", _("add a ticket by hand"))
    _fields(add, kind_required=True)
    word("show", _("show a ticket"), "ID")
    _fields(word("edit", _("correct a ticket"), "ID"), kind_required=False)
    word("note", _("add a note"), "ID", "TEXT")
    due = _("set the deadline of the present stage, or none for the rule's: {forms}")
    word("due", due.format(forms=render(DUE_FORMS)), "ID", "TIME")
    act = word("act", _("do what is legal in the stage: {actions}").format(actions=", ".join(ACTIONS)), "ID", "ACTION")
    act.add_argument("arg", metavar="ARG", nargs="?", help=_("the stage for set, the time for snooze"))
    act.add_argument(
        "--kind", metavar="K", help=_("for set: what an unknown request is, {kinds}").format(kinds=", ".join(KINDS))
    )
    act.add_argument("--at", metavar="TIME", help=_("when it happened"))
    close = word("close", _("close a ticket, whatever its stage"), "ID")
    close.add_argument("--outcome", metavar="O", default="other", help=", ".join(OUTCOMES))
    close.add_argument("--at", metavar="TIME", help=_("when it happened"))
    reopen = word("reopen", _("open a closed ticket again"), "ID")
    reopen.add_argument("--stage", metavar="S", help=", ".join(STAGES[:-1]))


def _fields(parser: argparse.ArgumentParser, *, kind_required: bool) -> None:
    parser.add_argument("--kind", metavar="K", required=kind_required, help=", ".join(KINDS))
    for name, place, text in (
        ("--external", "ID", _("the return order id")),
        ("--order", "ID", _("the order id")),
        ("--sku", "S", _("the seller's SKU")),
        ("--product", "P", _("the product's name")),
        ("--buyer", "B", _("the buyer's name")),
        ("--amount", '"23.05 USD"', _("the amount at stake")),
        ("--reason", "R", _("the buyer's reason")),
        ("--note", "N", _("a note of your own")),
        ("--opened", "TIME", _("when the buyer asked; now where left out")),
        ("--stage", "S", ", ".join(STAGES[:-1])),
        ("--channel", "C", _("where it came in: chat, comment, live, direct")),
        ("--content", "NAME", _("the video, live or post it came from")),
        ("--stars", "N", _("the stars of a review, 1 to 5")),
        ("--cause", "TYPE", _("the issue type behind it")),
        ("--offered", "TEXT", _("what was offered to the buyer")),
        ("--cost", '"5 USD"', _("what that cost")),
        ("--due", "TIME", _("the deadline the platform states: {forms}").format(forms=render(DUE_FORMS))),
    ):
        parser.add_argument(name, metavar=place, help=text)
    parser.add_argument("--automatic", metavar="yes|no", nargs="?", const="yes", help=_("whether a card answered"))
    parser.add_argument("--tag", metavar="T", action="append", help=_("a tag; may be given several times"))


def run(call: Call) -> int:
    """Do it, and print the ticket as it is then."""
    id = _DO[call.args.subverb](call)
    ticket = call.session.tickets.get(id)
    if call.args.json:
        return call.json(call.shaper.ticket(ticket))
    from workbench.output.tickets.detail import ticket_lines

    call.out(*ticket_lines(ticket, call.session.policy, call.session.now(), call.session.zone))
    return 0


def _add(call: Call) -> int:
    given = _given(call)
    given["kind"] = call.args.kind
    return _stated(call, call.session.tickets.add(**given), given["due"])


def _edit(call: Call) -> int:
    ticket, given = _meant(call), _given(call)
    if not any(value is not None for value in given.values()):
        raise Misuse(say("Say what to change, such as --sku or --amount."))
    return _stated(call, call.session.tickets.edit([ticket.id], **given), given["due"])


def _given(call: Call) -> dict[str, Any]:
    args = call.args
    opened = None if args.opened is None else call.when(args.opened, past=True)
    if opened is not None and opened > call.session.now():
        call.tell(say("This date is still to come."))
    return {
        "kind": args.kind,
        "external_id": args.external,
        "order_id": args.order,
        "sku": args.sku,
        "product": args.product,
        "buyer": args.buyer,
        "money": None if args.amount is None else _money(call, args.amount),
        "reason": args.reason,
        "channel": args.channel,
        "content": None if args.content is None else args.content.removeprefix("#"),
        "automatic": None if args.automatic is None else _yes(args.automatic),
        "stars": None if args.stars is None else _stars(args.stars),
        "cause": args.cause,
        "offered": args.offered,
        "cost": None if args.cost is None else _money(call, args.cost),
        "note": args.note,
        "opened_at": opened,
        "stage": args.stage,
        "due": None if args.due is None else call.due(args.due),
        "tags": args.tag,
    }


def _yes(text: str) -> bool:
    if text.casefold() not in ("yes", "no"):
        raise Misuse(say('--automatic is yes or no, not "{text}".', text=text))
    return text.casefold() == "yes"


def _stars(text: str) -> int:
    if text not in ("1", "2", "3", "4", "5"):
        raise Misuse(say("Stars are a number from 1 to 5."))
    return int(text)


def _money(call: Call, text: str) -> Money:
    from workbench.core.currencies import CURRENCIES
    from workbench.intake.money import read_money

    found = read_money(text, call.session.policy.currency)
    if found is None or found.amount < 0 or (found.currency is not None and found.currency not in CURRENCIES):
        raise Misuse(say('"{text}" is not an amount. Write it like "23.05 USD".', text=text))
    return found


def _note(call: Call) -> int:
    return _told(call, call.session.tickets.note([_meant(call).id], call.args.text))


def _due(call: Call) -> int:
    at = None if call.args.time.casefold() == "none" else call.due(call.args.time)
    return _stated(call, call.session.tickets.due([_meant(call).id], at), at)


def _act(call: Call) -> int:
    action, arg, tickets = call.args.action, call.args.arg, call.session.tickets
    if action not in ACTIONS:
        raise Misuse(say('There is no action "{name}". Known: {known}.', name=action, known=", ".join(ACTIONS)))
    if action == "snooze" and arg is not None:
        arg = call.when(arg)
    ticket, kind = _meant(call), call.args.kind
    if action != "set" and kind is not None:
        raise Misuse(say("--kind goes with set alone."))
    if action == "set" and kind is None and ticket.kind == "other" and arg != "todo" and sys.stdin.isatty():
        kind = input(_("What kind of request is it? {kinds}: ").format(kinds=", ".join(KINDS))).strip()
    return _told(call, tickets.act([ticket.id], action, arg, _at(call), kind))


def _close(call: Call) -> int:
    return _told(call, call.session.tickets.close([_meant(call).id], call.args.outcome, _at(call)))


def _reopen(call: Call) -> int:
    return _told(call, call.session.tickets.reopen([_meant(call).id], call.args.stage))


def _at(call: Call) -> Any:
    return None if call.args.at is None else call.when(call.args.at, past=True)


def _meant(call: Call) -> Ticket:
    return call.session.tickets.find(call.args.id)


def _stated(call: Call, done: Done, due: datetime | date | None) -> int:
    """What was saved, and whether the deadline that was stated is later than the rule's."""
    id = _told(call, done)
    rule = None if due is None else call.session.tickets.later_than_rule(call.session.tickets.get(id))
    if rule is not None:
        from workbench.output.words import due_point

        point = due_point(rule, call.session.now(), call.session.zone)
        call.tell(say("The deadline is later than the rule's, which says {point}.", point=point))
    return id


def _told(call: Call, done: Done) -> int:
    call.tell(done.saying)
    return done.ids[0]


_DO: dict[str, Callable[[Call], int]] = {
    "add": _add,
    "show": lambda call: _meant(call).id,
    "edit": _edit,
    "note": _note,
    "due": _due,
    "act": _act,
    "close": _close,
    "reopen": _reopen,
}
