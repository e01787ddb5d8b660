"""Deals in plain lines."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import tzinfo

from workbench.core.creators.model import Deal
from workbench.core.creators.performance import AMOUNTS, Performed
from workbench.core.creators.result import Result
from workbench.core.creators.screening import FIGURES, SHARES, Figure, Wanted
from workbench.core.creators.stages import Outcome, Stage
from workbench.core.creators.standing import DealStanding, Pays
from workbench.core.profit.order import rounded
from workbench.core.saying import Saying, say
from workbench.i18n import _, render
from workbench.output import marks
from workbench.output.cells import clean, pad
from workbench.output.profit.text import money, near, percent, rate
from workbench.output.words import full_point, short_date

STAGE: dict[Stage, Saying] = {
    "candidate": say("candidate"), "invited": say("invited"), "talking": say("talking"), "agreed": say("agreed"),
    "sample_review": say("sample to review"), "sample_to_send": say("sample to send"),
    "sample_on_way": say("sample on its way"), "content_due": say("content due"), "posted": say("content posted"),
    "running": say("running"), "ended": say("ended"),
}  # fmt: skip
OUTCOME: dict[Outcome, Saying] = {
    "declined": say("declined"), "silent": say("no answer"), "failed": say("no content"), "done": say("done"),
}  # fmt: skip
ACTION: dict[str, Saying] = {
    "invite": say("invite"), "skip": say("skip"), "message": say("message again"), "answered": say("answered"),
    "silent": say("no answer, end"), "agree": say("agree"), "sample_asked": say("sample asked for"),
    "no_sample": say("no sample needed"), "renegotiate": say("renegotiate"), "approve": say("approve sample"),
    "reject": say("reject sample"), "sent": say("sample sent"), "arrived": say("sample arrived"),
    "posted": say("content posted"), "failed": say("no content came"), "run": say("start the run"),
    "promotion": say("set up the promotion"), "end": say("end the deal"), "decline": say("decline"),
    "close": say("close as done"),
}  # fmt: skip
#: What was done, in a timeline.
DONE: dict[str, Saying] = {
    "add": say("written down"), "edit": say("changed"), "reopen": say("opened again"), "invite": say("invited"),
    "skip": say("skipped"), "message": say("messaged again"), "answered": say("answered"), "silent": say("no answer"),
    "agree": say("agreed"), "sample_asked": say("asked for a sample"), "no_sample": say("no sample needed"),
    "renegotiate": say("negotiated again"), "approve": say("approved the sample"), "reject": say("rejected the sample"),
    "sent": say("sent the sample"), "arrived": say("sample arrived"), "posted": say("posted content"),
    "failed": say("no content came"), "run": say("running"), "end": say("ended"), "decline": say("declined"),
    "close": say("closed"),
}  # fmt: skip
FIGURE: dict[str, Saying] = {
    "category": say("category"), "followers": say("followers"), "audience": say("audience"),
    "gmv_30d": say("sales, 30 days"), "orders_30d": say("orders, 30 days"), "products": say("products promoted"),
    "engagement": say("engagement"), "fulfilment": say("fulfilment"), "reply_rate": say("reply rate"),
    "price_low": say("prices from"), "price_high": say("prices to"), "brands": say("brands"),
}  # fmt: skip


def figure(name: str, value: Figure) -> str:
    """A figure for a person."""
    if value.number is None:
        return clean(value.word or "")
    if name in SHARES:
        return rate(value.number)
    return f"{rounded(value.number, 0):,f}" if name == "gmv_30d" else f"{value.number:,f}"


def stage(deal: Deal) -> str:
    """Where a deal stands; how it ended."""
    if deal.outcome is not None:
        return render(OUTCOME[deal.outcome])
    return render(STAGE[deal.stage])


def pays_line(each: Pays, places: int) -> str:
    """A product of a deal, and up to which rate it pays."""
    top = render(each.why) if each.ceiling is None and each.why is not None else percent(each.ceiling)
    limit = _("up to {rate}").format(rate=top) if each.ceiling is not None else top
    return f"{pad(clean(each.sku), 20)} {money(each.price, places):>12}  {clean(limit)}"


def deal_lines(stands: DealStanding, zone: tzinfo) -> Iterator[str]:
    """A deal for a person; what is empty is left out."""
    found, places = stands.deal, stands.places
    yield f"{found.ref}  {clean(found.handle or '***')}  {stage(found)}"
    words: list[str] = [found.collaboration, found.goal]
    if found.rate is not None:
        words.append(rate(found.rate))
    yield "  ".join(words)
    if stands.clock.at is not None:
        yield _("due {point}").format(point=full_point(stands.clock.at, zone))
    for each in stands.pays:
        yield pays_line(each, places)
        if each.over:
            yield _("  more than it pays: renegotiate, or agree with a reason")
    if stands.from_orders is not None:
        yield _("earned by {n} orders").format(n=stands.from_orders)
    for judged in stands.screening:
        mark = {True: marks.DONE, False: "✗", None: "?"}[judged.fits]
        value = _("unknown") if judged.value is None else figure(judged.figure, judged.value)
        wanted = _("wanted {bound}").format(bound=wanted_words(judged.figure, judged.wanted))
        yield f"  {mark} {render(FIGURE[judged.figure])}  {value}  ({wanted})"
    for name in FIGURES:
        if name in stands.figures and all(judged.figure != name for judged in stands.screening):
            yield f"  {render(FIGURE[name])}  {figure(name, stands.figures[name])}"
    if stands.performed is not None:
        for text, day in performed_lines(stands.performed, places, zone):
            yield _("  files, {day}: {text}").format(day=day, text=text)
    for entry in found.story:
        text = " ".join(clean(word) for word in (entry.text, entry.because) if word)
        done = render(DONE[entry.what]) if entry.what in DONE else entry.what
        yield f"  {full_point(entry.at, zone)}  {done}  {text}".rstrip()
    if found.note:
        yield clean(found.note)


def deal_row(stands: DealStanding, zone: tzinfo) -> str:
    """A deal in one line."""
    found = stands.deal
    due = "" if stands.clock.at is None else full_point(stands.clock.at, zone)
    terms = "" if found.rate is None else rate(found.rate)
    name = pad(clean(found.handle or "***"), 24)
    return f"{found.ref:<6} {pad(due, 18)} {pad(stage(found), 18)} {name} {terms}".rstrip()


def result_line(found: Result, places: int) -> str:
    """What came of a creator in one line."""
    text = _("{orders} orders, {refunds} back, commission {commission}, profit {profit}").format(
        orders=_count(found.orders), refunds=_count(found.refunds), commission=money(found.commission, places),
        profit=money(found.profit, places),
    )  # fmt: skip
    line = f"{pad(clean(found.handle), 24)} {text}"
    if found.unusual and found.expected_refunds is not None:
        line += "  " + _("unusual: {expected} expected").format(expected=f"{found.expected_refunds:.1f}")
    return line


def _count(value: int | None) -> str:
    return "?" if value is None else f"{value:,}"


def performed_lines(found: Performed, places: int, zone: tzinfo) -> Iterator[tuple[str, str]]:
    """What performance files say of a creator, line by line, each with the day it was read."""
    own = {name: each.number for name, each in found.figures.items() if each.number is not None}
    words = [
        text.format(n=money(own[name], places) if name in AMOUNTS else f"{own[name]:,f}")
        for name, text in (
            ("sales", _("sales {n}")), ("orders", _("{n} orders")), ("items_refunded", _("{n} items back")),
            ("commission", _("commission {n}")), ("samples", _("{n} samples")),
        )
        if name in own
    ]  # fmt: skip
    day = next((each.day for each in found.figures.values() if each.day is not None), None)
    if words and day is not None:
        yield ", ".join(words), day.isoformat()
    for series, counted in ((found.videos, _("{n} videos")), (found.lives, _("{n} LIVE streams"))):
        if series is None:
            continue
        words = [counted.format(n=series.count)]
        for name, text in (("sales", _("sales {n}")), ("orders", _("{n} orders")), ("views", _("{n} views"))):
            if name in series.figures:
                number = series.figures[name]
                words.append(text.format(n=money(number, places) if name in AMOUNTS else f"{number:,f}"))
        if "engagement" in series.figures:
            words.append(_("engagement {rate}").format(rate=near(series.figures["engagement"])))
        if series.newest is not None:
            words.append(_("newest {day}").format(day=short_date(series.newest.astimezone(zone).date())))
        yield ", ".join(words), series.day.isoformat()


def wanted_words(name: str, wanted: Wanted) -> str:
    """What is wanted of a figure, short: the bound, or the words."""
    if wanted.one_of:
        return clean(", ".join(wanted.one_of))
    bounds = [each for each in (wanted.at_least, wanted.at_most) if each is not None]
    shown = [figure(name, Figure(bound)) for bound in bounds]
    sign = "<= " if wanted.at_least is None and shown else ""
    return sign + " - ".join(shown)
