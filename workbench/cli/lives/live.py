"""`workbench live ...`: lives, one by one, with what is to be ready before and owed after them."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from functools import partial
from typing import Any, cast

from workbench.cli.call import Call
from workbench.cli.parsing import second_word, subverbs
from workbench.cli.promotions.promotion import end_of, number_of
from workbench.core.lives.model import Live
from workbench.core.promotions.draft import minute
from workbench.core.saying import Misuse, say
from workbench.core.whole import whole
from workbench.i18n import _, pick
from workbench.output.cells import clean
from workbench.output.json import Document
from workbench.output.lives import json as shapes
from workbench.output.marks import DONE
from workbench.output.words import full_point
from workbench.session import Done
from workbench.session.lives.desk import LiveDesk


def declare(parser: argparse.ArgumentParser) -> None:
    """The second words and their options."""
    words = subverbs(parser)
    word = partial(second_word, words)
    _fields(word("add", _("enter a live")))
    word("show", _("show a live"), "ID")
    _fields(word("edit", _("correct a live"), "ID"))
    word("end", _("enter that a live has ended"), "ID").add_argument("--at", metavar="TIME", help=_("when it happened"))
    word("done", _("tick an item of its checklists off"), "ID", "ITEM")
    word("delete", _("take a live out"), "ID")


def _fields(parser: argparse.ArgumentParser) -> None:
    for name, place, text in (
        ("--starts", "TIME", _("when it starts")),
        ("--ends", "TIME", _("when it ends")),
        ("--account", "NAME", _("the account it is on")),
        ("--content", "NAME", _("its content name, as messages and the log write it: #name")),
        ("--creator", "HANDLE", _("the creator it is for")),
        ("--deal", "ID", _("the deal it belongs to")),
        ("--note", "TEXT", _("a note of your own")),
    ):
        parser.add_argument(name, metavar=place, help=text)
    parser.add_argument("--sku", action="append", metavar="SKU", help=_("what is shown; again for each"))


def run(call: Call) -> int:
    """Do it, and print the live as it is then."""
    return _DO[call.args.subverb](call)


def desk_of(call: Call) -> LiveDesk:
    """The desk of lives."""
    return cast(LiveDesk, call.session.desk("lives"))


def document(call: Call, live: Live) -> Document:
    """A live as JSON, with the promotions that run in it."""
    return shapes.live(call.shaper, live, [each.ref for each in desk_of(call).promotions(live)])


def _given(call: Call) -> dict[str, Any]:
    args = call.args
    return {
        "starts_at": minute(call.when(args.starts)) if args.starts else None,
        "ends_at": end_of(call, args.ends) if args.ends else None,
        "account": args.account,
        "content": args.content.removeprefix("#") if args.content else args.content,
        "creator": args.creator,
        "deal": args.deal and number_of(call, args.deal, "D"),
        "note": args.note,
        "skus": tuple(filter(None, map(str.strip, args.sku))) if args.sku else None,
    }


def _add(call: Call) -> int:
    given = _given(call)
    if given["starts_at"] is None or given["ends_at"] is None:
        raise Misuse(say("A live needs --starts and --ends."))
    return _told(call, desk_of(call).add(**given))


def _edit(call: Call) -> int:
    given = _given(call)
    if all(value is None for value in given.values()):
        raise Misuse(say("Say what to change, such as --starts or --content."))
    return _told(call, desk_of(call).edit(_meant(call).id, **given))


def _end(call: Call) -> int:
    at = None if call.args.at is None else call.when(call.args.at)
    return _told(call, desk_of(call).end(_meant(call).id, at))


def _done(call: Call) -> int:
    item = whole(call.args.item)
    if item is None:
        raise Misuse(say('"{text}" is no number of an item.', text=call.args.item))
    return _told(call, desk_of(call).check(_meant(call).id, item))


def _delete(call: Call) -> int:
    live = _meant(call)
    call.tell(desk_of(call).delete([live.id]).saying)
    return _print(call, live)


def _meant(call: Call) -> Live:
    return desk_of(call).find(call.args.id)


def _told(call: Call, done: Done) -> int:
    call.tell(done.saying)
    return _print(call, desk_of(call).get(done.ids[0]))


def _print(call: Call, live: Live) -> int:
    if call.args.json:
        return call.json(document(call, live))
    call.out(live_line(call, live))
    for check in (*live.before, *live.after):
        call.out(f"  {check.id}  [{DONE if check.done_at else ' '}] {clean(pick(check.title))}")
    return 0


def live_line(call: Call, live: Live) -> str:
    """A live in one line."""
    zone = call.session.zone
    words = (live.ref, full_point(live.starts_at, zone), live.content, live.account, live.creator, *live.skus)
    return "  ".join(clean(word) for word in words if word)


_DO: dict[str, Callable[[Call], int]] = {
    "add": _add,
    "show": lambda call: _print(call, _meant(call)),
    "edit": _edit,
    "end": _end,
    "done": _done,
    "delete": _delete,
}
