"""`workbench creator ...`: deals with creators, one by one."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from functools import partial
from typing import Any, cast

from workbench.cli.call import Call
from workbench.cli.parsing import second_word, subverbs
from workbench.core.creators.model import Deal, Product
from workbench.core.creators.screening import FIGURES, SHARES, TEXTS, Figure
from workbench.core.profit.reading import read_amount
from workbench.core.saying import Misuse, say
from workbench.core.shares import read_share
from workbench.core.time import day_ends
from workbench.core.when import read_due
from workbench.i18n import _
from workbench.output.creators import json as shapes
from workbench.session import Done
from workbench.session.creators.desk import DealDesk


def declare(parser: argparse.ArgumentParser) -> None:
    """The second words and their options."""
    words = subverbs(parser)
    word = partial(second_word, words)
    add = word("add", _("enter a deal, as a candidate"))
    add.add_argument("name", metavar="HANDLE", nargs="?")
    _fields(add)
    word("show", _("show a deal"), "ID")
    _fields(word("edit", _("correct a deal"), "ID"))
    act = word("act", _("do what its stage allows"), "ID", "ACTION")
    act.add_argument("--at", metavar="TIME", help=_("when it happened"))
    act.add_argument("--because", metavar="TEXT", help=_("why; needed to agree above what pays"))
    reopen = word("reopen", _("open an ended deal again"), "ID")
    reopen.add_argument("--stage", metavar="S", help=_("in which stage; left out: the one it ended from"))
    word("delete", _("take a deal out"), "ID")


def _fields(parser: argparse.ArgumentParser) -> None:
    for name, place, text in (
        ("--handle", "NAME", _("the creator's handle")),
        ("--goal", "brand|sales", _("what it is for")),
        ("--collaboration", "target|open", _("of which kind it is")),
        ("--rate", "C", _("the commission: 12%, or 0.12")),
        ("--fixed-fee", "A", _("what is paid beside the commission")),
        ("--samples-cost", "A", _("what the samples cost")),
        ("--starts", "TIME", _("when it starts; of a day its 00:00")),
        ("--ends", "TIME", _("when it ends; of a day its 24:00")),
        ("--note", "TEXT", _("a note of your own")),
        ("--day", "DAY", _("the day on which the figures were read; left out: today")),
    ):
        parser.add_argument(name, metavar=place, help=text)
    for name in FIGURES:
        parser.add_argument(f"--{name.replace('_', '-')}", metavar="X", help=_("a figure of the creator"))
    parser.add_argument(
        "--product", "--item", "--sku", action="append", dest="product", metavar="SKU[=PRICE]",
        help=_("a product, with a price where one was agreed; again for each"),
    )  # fmt: skip


def run(call: Call) -> int:
    """Do it, and print the deal as it is then."""
    return _DO[call.args.subverb](call)


def desk_of(call: Call) -> DealDesk:
    """The desk of deals."""
    return cast(DealDesk, call.session.desk("creators"))


def _given(call: Call) -> dict[str, Any]:
    args, profit = call.args, desk_of(call).profit
    places, currency = profit.terms.places, call.session.settings.shop.currency
    for name, known in (("goal", ("brand", "sales")), ("collaboration", ("target", "open"))):
        said = getattr(args, name)
        if said is not None and said not in known:
            raise Misuse(say('"{text}" is not known. Use one of: {known}.', text=said, known=", ".join(known)))
    return {
        "goal": args.goal,
        "collaboration": args.collaboration,
        "rate": _cleared(args.rate, read_share),
        "fixed_fee": _cleared(args.fixed_fee, lambda text: read_amount(text, places, currency)),
        "samples_cost": _cleared(args.samples_cost, lambda text: read_amount(text, places, currency)),
        "starts_at": _cleared(args.starts, call.when),
        "ends_at": _cleared(args.ends, partial(_end, call)),
        "note": args.note,
        "products": tuple(_products(args.product, places)) if args.product else None,
    }


def _cleared(text: str | None, read: Callable[[str], Any]) -> Any:
    """What is typed as it is read; the empty text stays, it clears a field."""
    return text if text in (None, "") else read(text)


def _end(call: Call, text: str) -> datetime:
    found = read_due(text, call.session.now(), call.session.zone)
    if isinstance(found, date) and not isinstance(found, datetime):
        return day_ends(found, call.session.zone)
    return found if isinstance(found, datetime) else call.when(text)


def _products(typed: Iterable[str], places: int) -> Iterable[Product]:
    seen = set()
    for text in typed:
        sku, sign, price = text.rpartition("=")
        name = (sku if sign else text).strip()
        if not name:
            raise Misuse(say('"{text}" names no SKU. Write it like MUG-SET-4=249.', text=text))
        if name in seen:
            raise Misuse(say("{sku} stands twice.", sku=name))
        seen.add(name)
        yield Product(name, read_amount(price, places) if sign else None)


def _figures(call: Call) -> dict[str, Figure | None]:
    from workbench.cli.profit.cost import day

    args = call.args
    read = desk_of(call).profit.today if args.day is None else day(call, args.day)
    found: dict[str, Figure | None] = {}
    for name in FIGURES:
        text = getattr(args, name)
        if text is not None:
            found[name] = None if text == "" else _figure(name, text, read)
    return found


def _figure(name: str, text: str, day: date) -> Figure:
    if name in TEXTS:
        return Figure(word=text.strip(), day=day)
    if name in SHARES:
        return Figure(number=read_share(text), day=day)
    try:
        number = Decimal(text.replace(",", "").strip())
    except InvalidOperation:
        number = Decimal(-1)
    if not number.is_finite() or not 0 <= number < Decimal(10) ** 15:
        raise Misuse(say('"{text}" is not a number. Write it like 48200.', text=text))
    return Figure(number=number, day=day)


def _add(call: Call) -> int:
    handle = call.args.name or call.args.handle
    if not handle or not handle.strip():
        raise Misuse(say("A deal needs the creator's handle: workbench creator add HANDLE"))
    figures = {name: each for name, each in _figures(call).items() if each is not None}
    return _told(call, desk_of(call).add(handle, figures=figures, **_given(call)))


def _edit(call: Call) -> int:
    given, figures = _given(call), _figures(call)
    if call.args.handle is not None:
        given["handle"] = call.args.handle.strip().removeprefix("@") or None
        if given["handle"] is None:
            raise Misuse(say("A deal needs the creator's handle."))
    if all(value is None for value in given.values()) and not figures:
        raise Misuse(say("Say what to change, such as --rate or --product."))
    return _told(call, desk_of(call).edit(_meant(call).id, figures=figures, **given))


def _act(call: Call) -> int:
    at = None if call.args.at is None else call.when(call.args.at, past=True)
    done = desk_of(call).act([_meant(call).id], call.args.action.strip(), at, call.args.because)
    return _told(call, done)


def _reopen(call: Call) -> int:
    return _told(call, desk_of(call).reopen(_meant(call).id, call.args.stage))


def _delete(call: Call) -> int:
    desk, found = desk_of(call), _meant(call)
    shown = shapes.deal(call.shaper, desk.standing(found))
    call.tell(desk.delete([found.id]).saying)
    return call.json(shown) if call.args.json else 0


def _meant(call: Call) -> Deal:
    return desk_of(call).find(call.args.id)


def _told(call: Call, done: Done) -> int:
    call.tell(done.saying)
    found = desk_of(call).get(done.ids[0])
    for warning in desk_of(call).standing(found).warnings:
        call.tell(warning)
    return _print(call, found)


def _print(call: Call, found: Deal) -> int:
    stands = desk_of(call).standing(found)
    if call.args.json:
        return call.json(shapes.deal(call.shaper, stands))
    from workbench.output.creators.text import deal_lines

    call.out(*deal_lines(stands, call.session.zone))
    return 0


_DO: dict[str, Callable[[Call], int]] = {
    "add": _add,
    "show": lambda call: _print(call, _meant(call)),
    "edit": _edit,
    "act": _act,
    "reopen": _reopen,
    "delete": _delete,
}
