"""`workbench promotion ...`: the shop's own prices for a time, one by one."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

import msgspec

from workbench.cli.call import Call
from workbench.cli.parsing import second_word, subverbs
from workbench.cli.promotions.desk import desk_of
from workbench.core.policy import parse_span
from workbench.core.promotions.draft import PromotionDraft, minute
from workbench.core.promotions.model import TOOLS, Item, Promotion, Tool
from workbench.core.promotions.reading import read_items, read_percent
from workbench.core.saying import Misuse, say
from workbench.core.time import day_ends
from workbench.core.when import read_due
from workbench.core.whole import whole
from workbench.i18n import _
from workbench.output.promotions import json as shapes
from workbench.session import Done


def declare(parser: argparse.ArgumentParser) -> None:
    """The second words and their options."""
    words = subverbs(parser)
    word = partial(second_word, words)
    _fields(word("add", _("enter a promotion")), _("so many percent off the list price; without --item of every SKU"))
    word("show", _("show a promotion"), "ID")
    edit = word("edit", _("correct a promotion"), "ID")
    _fields(edit, _("so many percent off the list price; without --item of what it is about"))
    renew = word("renew", _("renew a promotion from its end"), "ID")
    renew.add_argument("--for", dest="length", metavar="LENGTH", help=_("how long; left out: as long as the last one"))
    renew.add_argument("--anyway", action="store_true", help=_("record it though it is beyond a limit"))
    stop = word("stop", _("enter that it was stopped"), "ID")
    stop.add_argument("--at", metavar="TIME", help=_("when it happened"))
    word("done", _("tick off that the platform has taken its renewal"), "ID")
    word("delete", _("take a promotion out"), "ID")


def _fields(parser: argparse.ArgumentParser, percent: str) -> None:
    """The fields as options; `percent` is the help of that one."""
    parser.add_argument("--tool", metavar="TOOL", help=", ".join(TOOLS))
    parser.add_argument(
        "--item", action="append", default=[], metavar="SKU=PRICE",
        help=_("what it costs; SKU alone with --percent; again for each"),
    )  # fmt: skip
    for name, place, text in (
        ("--percent", "P", percent),
        ("--starts", "TIME", _("when it starts; of a day its 00:00")),
        ("--ends", "TIME", _("when it ends; of a day its 24:00")),
        ("--name", "TEXT", _("a name of your own")),
        ("--creator", "HANDLE", _("the creator it is for")),
        ("--deal", "ID", _("the deal it belongs to")),
        ("--campaign", "ID", _("the campaign it belongs to")),
        ("--note", "TEXT", _("a note of your own")),
    ):
        parser.add_argument(name, metavar=place, help=text)
    parser.add_argument("--for", dest="length", metavar="LENGTH", help=_("how long it runs, in place of --ends"))
    parser.add_argument(
        "--keep", action=argparse.BooleanOptionalAction, default=None, help=_("it is the everyday price")
    )
    parser.add_argument("--anyway", action="store_true", help=_("record it though it is beyond a limit"))


def run(call: Call) -> int:
    """Do it, and print the promotion as it is then."""
    return _DO[call.args.subverb](call)


def _add(call: Call) -> int:
    args, desk = call.args, desk_of(call)
    if args.deal is not None and not args.item and args.percent is None:
        return _told(call, desk.add(_of_deal(call), anyway=args.anyway))
    if args.tool is None or args.starts is None:
        raise Misuse(say("A promotion needs --tool, --starts, and --ends or --for."))
    starts = minute(call.when(args.starts))
    draft = PromotionDraft(
        tool=_tool(args.tool), items=read_items(args.item, args.percent, desk.rules.places), starts_at=starts,
        ends_at=_end(call, starts), name=args.name, keep=bool(args.keep), creator=args.creator, note=args.note,
        deal=number_of(call, args.deal, "D"), campaign=number_of(call, args.campaign, "C"),
    )  # fmt: skip
    return _told(call, desk.add(draft, anyway=args.anyway))


def _of_deal(call: Call) -> PromotionDraft:
    """What a deal was agreed on for; what is said beside it counts before."""
    args, deals = call.args, call.session.desk("creators")
    draft: PromotionDraft = deals.to_set_up(deals.find(args.deal))
    starts = minute(call.when(args.starts)) if args.starts else draft.starts_at
    ends = _end(call, starts) if args.ends or args.length else draft.ends_at
    given = {"tool": _tool(args.tool) if args.tool else None, "name": args.name, "creator": args.creator,
             "note": args.note, "campaign": number_of(call, args.campaign, "C")}  # fmt: skip
    kept = {name: value for name, value in given.items() if value is not None}
    return msgspec.structs.replace(draft, starts_at=starts, ends_at=ends, keep=bool(args.keep), **kept)


def _edit(call: Call) -> int:
    args, desk = call.args, desk_of(call)
    found = desk.find(args.id)
    starts = minute(call.when(args.starts)) if args.starts else found.starts_at
    given: dict[str, Any] = {
        "tool": _tool(args.tool) if args.tool else None,
        "items": _items_of(call, found),
        "starts_at": starts if args.starts else None,
        "ends_at": _end(call, starts) if args.ends or args.length else None,
        "name": args.name,
        "keep": args.keep,
        "creator": args.creator,
        "deal": args.deal and number_of(call, args.deal, "D"),
        "campaign": args.campaign and number_of(call, args.campaign, "C"),
        "note": args.note,
    }
    if all(value is None for value in given.values()):
        raise Misuse(say("Say what to change, such as --ends or --item."))
    return _told(call, desk.edit(found.id, anyway=args.anyway, **given))


def _items_of(call: Call, found: Promotion) -> tuple[Item, ...] | None:
    """What an edit says of the items; a percentage alone is of those that have one, or else of all of them."""
    args = call.args
    if args.item or args.percent is None:
        return read_items(args.item, args.percent, desk_of(call).rules.places) or None
    off, some = read_percent(args.percent), any(item.percent is not None for item in found.items)
    return tuple(item if some and item.percent is None else Item(item.sku, percent=off) for item in found.items)


def _renew(call: Call) -> int:
    desk = desk_of(call)
    length = None if call.args.length is None else _length(call.args.length)
    found = desk.find(call.args.id)
    done = desk.renew([found.id], length, anyway=call.args.anyway)
    made = desk.get(done.ids[0])
    if length is None and made.ends_at - made.starts_at < found.ends_at - found.starts_at:
        call.tell(say("It was cut to the longest that is allowed."))
    return _told(call, done)


def _stop(call: Call) -> int:
    at = None if call.args.at is None else call.when(call.args.at)
    return _told(call, desk_of(call).stop([desk_of(call).find(call.args.id).id], at))


def _done(call: Call) -> int:
    return _told(call, desk_of(call).taken(desk_of(call).find(call.args.id).id))


def _delete(call: Call) -> int:
    desk = desk_of(call)
    found = desk.find(call.args.id)
    shown = shapes.promotion(call.shaper, desk.standing(found))
    call.tell(desk.delete([found.id]).saying)
    return call.json(shown) if call.args.json else 0


def _end(call: Call, starts: datetime) -> datetime:
    """When it ends: after a length of absolute time, at a time, of a bare day at its end."""
    args = call.args
    if (args.ends is None) == (args.length is None):
        raise Misuse(say("Say when it ends: --ends or --for, one of the two."))
    if args.length is not None:
        return starts + _length(args.length)
    return end_of(call, args.ends)


def end_of(call: Call, text: str) -> datetime:
    """An end as it is typed; of a bare day its 24:00."""
    found = read_due(text, call.session.now(), call.session.zone)
    if isinstance(found, date) and not isinstance(found, datetime):
        return day_ends(found, call.session.zone)
    return minute(found if found is not None else call.when(text))


def _length(text: str) -> timedelta:
    try:
        span = parse_span(text)
    except ValueError:
        span = None
    if span is None or span.unit == "wd":
        raise Misuse(say('"{text}" is not a length of time. Write it like 3d, 72h or 20min.', text=text))
    return span.fixed


def _tool(text: str) -> Tool:
    if text not in TOOLS:
        raise Misuse(say('There is no tool "{text}". Known: {known}.', text=text, known=", ".join(TOOLS)))
    return text


def number_of(call: Call, text: str | None, letter: str) -> int | None:
    """The number of an id of that letter; None where none is given. `Misuse` for another letter, `Refusal` where there
    is none of that number."""
    if text is None:
        return None
    head, _sign, digits = text.strip().partition("-")
    number = whole(digits)
    if head.casefold() != letter.casefold() or number is None:
        raise Misuse(say('"{text}" is no id. Write it like {example}.', text=text, example=f"{letter}-1"))
    call.session.desk(_DOMAIN[letter]).get(number)
    return number


def _told(call: Call, done: Done) -> int:
    call.tell(done.saying)
    return _warned(call, desk_of(call).get(done.ids[0]))


def _show(call: Call) -> int:
    return _warned(call, desk_of(call).find(call.args.id))


def _warned(call: Call, found: Promotion) -> int:
    """What is worth telling of it, and the promotion."""
    for warning in desk_of(call).standing(found).warnings:
        call.tell(warning)
    return _print(call, found)


def _print(call: Call, found: Promotion) -> int:
    if call.args.json:
        return call.json(shapes.promotion(call.shaper, desk_of(call).standing(found)))
    from workbench.output.promotions.text import promotion_lines

    by = desk_of(call).renewed().get(found.id)
    call.out(*promotion_lines(found, None if by is None else by.id, call.session.now(), call.session.zone))
    return 0


_DOMAIN = {"D": "creators", "C": "campaigns"}
_DO: dict[str, Callable[[Call], int]] = {
    "add": _add,
    "show": _show,
    "edit": _edit,
    "renew": _renew,
    "stop": _stop,
    "done": _done,
    "delete": _delete,
}
