"""`workbench campaign ...`: the platform's events, what was expected of them, and what came."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from functools import partial
from types import SimpleNamespace
from typing import Any, cast

from workbench.cli.call import Call
from workbench.cli.parsing import second_word, subverbs
from workbench.core.campaigns.model import After, Campaign
from workbench.core.promotions.draft import minute
from workbench.core.promotions.reading import read_amount
from workbench.core.saying import Misuse, say
from workbench.core.shares import read_share
from workbench.core.time import day_ends
from workbench.core.when import read_due
from workbench.i18n import _
from workbench.output.campaigns import json as shapes
from workbench.output.campaigns.text import state_words
from workbench.output.cells import clean
from workbench.output.json import Document
from workbench.output.words import full_due, full_point
from workbench.session import Done
from workbench.session.campaigns.desk import CLOCKS, CampaignDesk, Said

#: The fields that are times; of a bare day the ends are its 24:00, the others its 00:00.
_TIMES = ("registration_opens", "registration_closes", "price_fixed_from", "withdraw_until")
_ENDS = ("ends", "registration_closes", "withdraw_until")
_TEXTS = ("stock", "categories", "discount", "way", "sold_at", "slot", "hours", "why", "note")


def declare(parser: argparse.ArgumentParser) -> None:
    """The second words and their options."""
    words = subverbs(parser)
    word = partial(second_word, words)
    _fields(word("add", _("enter a campaign")))
    word("show", _("show a campaign"), "ID")
    _fields(word("edit", _("correct a campaign"), "ID"))
    word("done", _("tick off what was to be done by one of its dates"), "ID", "DATE")
    word("close", _("no clock of it runs any more"), "ID")
    word("delete", _("take a campaign out"), "ID")


def _fields(parser: argparse.ArgumentParser) -> None:
    for name, place, text in (
        ("name", "TEXT", _("its name")),
        ("starts", "TIME", _("when it starts")),
        ("ends", "TIME", _("when it ends")),
        ("registration_opens", "TIME", _("when registration opens")),
        ("registration_closes", "TIME", _("when registration closes")),
        ("price_fixed_from", "TIME", _("from when on the price is fixed")),
        ("withdraw_until", "TIME", _("until when one can withdraw")),
        ("stock", "TEXT", _("the stock that is committed")),
        ("categories", "TEXT", _("its categories")),
        ("discount", "TEXT", _("the discount that is asked for")),
        ("way", "TEXT", _("the way of taking part")),
        ("sold_at", "TEXT", _("where it is sold")),
        ("slot", "TEXT", _("the slot on the page")),
        ("hours", "TEXT", _("its hours")),
        ("expected_sales", "AMOUNT", _("the sales that are expected; locked once it starts")),
        ("expected_orders", "N", _("the orders that are expected; locked once it starts")),
        ("expected_conversion", "SHARE", _("the conversion that is expected, in per cent; locked once it starts")),
        ("actual_sales", "AMOUNT", _("the sales that came")),
        ("actual_orders", "N", _("the orders that came")),
        ("actual_conversion", "SHARE", _("the conversion that came")),
        ("after_refunds", "N", _("the refunds by 30 days after it, where no order file tells them")),
        ("after_money", "AMOUNT", _("their money")),
        ("later", "FIELD=VALUE", _("a dated note beside what was expected")),
        ("why", "TEXT", _("why it came so")),
        ("note", "TEXT", _("a note of your own")),
    ):
        parser.add_argument(f"--{name.replace('_', '-')}", dest=name, metavar=place, help=text)
    parser.add_argument("--sku", action="append", metavar="SKU", help=_("what takes part; again for each"))


def run(call: Call) -> int:
    """Do it, and print the campaign as it is then."""
    return _DO[call.args.subverb](call)


def desk_of(call: Call) -> CampaignDesk:
    """The desk of campaigns."""
    return cast(CampaignDesk, call.session.desk("campaigns"))


def document(call: Call, campaign: Campaign) -> Document:
    """A campaign as JSON."""
    return shapes.campaign(call.shaper, campaign, desk_of(call).like(campaign), desk_of(call).after(campaign))


def campaign_line(call: Call, campaign: Campaign) -> str:
    """A campaign in one line."""
    zone = call.session.zone
    year = campaign.starts_at.astimezone(zone).year
    span = f"{full_point(campaign.starts_at, zone)} - {full_due(campaign.ends_at, zone)} {year}"
    state = state_words(campaign, call.session.now(), desk_of(call).after(campaign))
    return f"{campaign.ref}  {clean(campaign.name)}  {span}  {state}"


def given_in(call: Call, args: argparse.Namespace | SimpleNamespace) -> dict[str, Any]:
    """What is said of a campaign, by the names of its fields; what is not said is left out."""
    found: dict[str, Any] = {name: getattr(args, name) for name in _TEXTS}
    for name in _TIMES:
        text = getattr(args, name)
        found[name] = None if text is None else "" if text == "" else _time(call, name, text)
    found |= {
        "name": args.name,
        "starts_at": None if args.starts is None else _time(call, "starts", args.starts),
        "ends_at": None if args.ends is None else _time(call, "ends", args.ends),
        "skus": tuple(filter(None, map(str.strip, args.sku))) if args.sku else None,
        "expected": _figures(call, args, "expected"),
        "actual": _figures(call, args, "actual"),
    }
    return {name: value for name, value in found.items() if value is not None}


def _time(call: Call, name: str, text: str) -> datetime:
    if name in _ENDS:
        found = read_due(text, call.session.now(), call.session.zone)
        if isinstance(found, datetime):
            return minute(found)
        if found is not None:
            return day_ends(found, call.session.zone)
    return minute(call.when(text))


def _figures(call: Call, args: argparse.Namespace | SimpleNamespace, which: str) -> Said:
    """The figures that are said; the empty text takes one back."""
    reads: dict[str, Callable[[str], Decimal | int]] = {
        "sales": partial(_amount, call), "orders": _count, "conversion": read_share,
    }  # fmt: skip
    said = {name: text for name in reads if (text := getattr(args, f"{which}_{name}")) is not None}
    return {name: reads[name](text) if text.strip() else None for name, text in said.items()} or None


def _amount(call: Call, text: str) -> Decimal:
    from workbench.core.currencies import places

    return read_amount(text, places(call.session.settings.shop.currency), nothing=True)


def _count(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) < 10):
        raise Misuse(say('"{text}" is not a number of orders.', text=text))
    return int(text)


def _add(call: Call) -> int:
    given = given_in(call, call.args)
    if not all(given.get(name) for name in ("name", "starts_at", "ends_at")):
        raise Misuse(say("A campaign needs --name, --starts and --ends."))
    if any(getattr(call.args, name) is not None for name in ("later", "after_refunds", "after_money")):
        raise Misuse(say("--later, --after-refunds and --after-money belong to campaign edit."))
    done = desk_of(call).add(**{name: value for name, value in given.items() if value != ""})
    return _told(call, done)


def _edit(call: Call) -> int:
    found, given, later = desk_of(call).find(call.args.id), given_in(call, call.args), call.args.later
    if later is not None:
        what, sign, value = later.partition("=")
        if not sign or not what.strip() or not value.strip() or given:
            raise Misuse(say("--later stands alone, as a field and its value: --later sales=12000."))
        return _told(call, desk_of(call).later(found.id, what.strip(), value.strip()))
    if call.args.after_refunds is not None or call.args.after_money is not None:
        if given:
            raise Misuse(say("--after-refunds and --after-money stand alone, together."))
        return _told(call, desk_of(call).measure(found.id, _after(call)))
    if not given:
        raise Misuse(say("Say what to change, such as --ends or --actual-sales."))
    return _told(call, desk_of(call).edit(found.id, **given))


def _after(call: Call) -> After:
    refunds, money = call.args.after_refunds, call.args.after_money
    if refunds is None or money is None:
        raise Misuse(say("--after-refunds and --after-money stand alone, together."))
    return After(_count(refunds), _amount(call, money))


def _done(call: Call) -> int:
    found, name = desk_of(call).find(call.args.id), call.args.date.replace("-", "_")
    if name not in CLOCKS:
        raise Misuse(say('"{text}" is no date of a campaign. Known: {known}.', text=name, known=", ".join(CLOCKS)))
    return _told(call, desk_of(call).tick(found.id, name))


def _close(call: Call) -> int:
    return _told(call, desk_of(call).close(desk_of(call).find(call.args.id).id))


def _delete(call: Call) -> int:
    campaign = desk_of(call).find(call.args.id)
    shown = document(call, campaign)
    call.tell(desk_of(call).delete([campaign.id]).saying)
    return call.json(shown) if call.args.json else 0


def _told(call: Call, done: Done) -> int:
    call.tell(done.saying)
    return _print(call, desk_of(call).get(done.ids[0]))


def _print(call: Call, campaign: Campaign) -> int:
    if call.args.json:
        return call.json(document(call, campaign))
    call.out(campaign_line(call, campaign))
    return 0


_DO: dict[str, Callable[[Call], int]] = {
    "add": _add,
    "show": lambda call: _print(call, desk_of(call).find(call.args.id)),
    "edit": _edit,
    "done": _done,
    "close": _close,
    "delete": _delete,
}
