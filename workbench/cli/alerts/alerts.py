"""`workbench alerts`: what turned. `--send` for a timer, `ack` for what was seen, `test` on own history, and a try."""

from __future__ import annotations

import argparse
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import cast

from workbench.cli.call import Call
from workbench.cli.parsing import optional_subverbs
from workbench.core.rates import six
from workbench.core.saying import Misuse, say
from workbench.core.whole import whole
from workbench.i18n import _, n_, render
from workbench.output.cells import clean, pad, width
from workbench.output.json import Document
from workbench.output.words import full_point, short_date
from workbench.session.alerts.desk import Alert, AlertDesk
from workbench.storage.outbox import Box, Message

_DAYS, _LONGEST = 180, 1000
#: Lines of buyers' words.
_WORDS = 3


def declare(parser: argparse.ArgumentParser) -> None:
    """The options of the verb, and its second words."""
    text = _("send what is new and what was not sent yet, for a timer")
    parser.add_argument("--send", action="store_true", help=text)
    parser.add_argument("--json", action="store_true", help=_("as JSON"))
    words = optional_subverbs(parser)
    for name, text in (
        ("ack", _("an alert was seen: quiet until it is worse, or until a day")),
        ("test", _("how often each rule would have spoken on your own data")),
        ("mail", _("mail: --try sends one to yourself")),
    ):
        sub = words.add_parser(name, help=text, description=text)
        # Suppressed, so that it does not erase a --json that stood before the word.
        sub.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help=_("as JSON"))
        if name == "ack":
            sub.add_argument("id", metavar="ID")
            sub.add_argument("--until", metavar="DAY", help=_("quiet until this day, however it gets"))
        elif name == "test":
            sub.add_argument("--days", metavar="N", help=_("so many days back; 180 where left out"))
        else:
            sub.add_argument("--try", action="store_true", dest="attempt", help=_("send one to yourself now"))


def run(call: Call) -> int:
    """Do it."""
    args = call.args
    if args.subverb is not None and args.send:
        raise Misuse(say("--send stands alone."))
    match args.subverb:
        case "ack":
            return _ack(call)
        case "test":
            return _test(call)
        case "mail":
            return _mail(call)
    return _send(call) if args.send else _show(call)


def desk_of(call: Call) -> AlertDesk:
    """The desk of alerts."""
    return cast(AlertDesk, call.session.desk("alerts"))


def _show(call: Call) -> int:
    from workbench.session.alerts.sending import Post

    _print(call, Post(call.session).box())
    return 3 if desk_of(call).firing() else 0


def _ack(call: Call) -> int:
    until = None if call.args.until is None else _day(call, call.args.until)
    call.tell(desk_of(call).acknowledge(call.args.id, until).saying)
    from workbench.session.alerts.sending import Post

    _print(call, Post(call.session).box())
    return 0


def _day(call: Call, text: str) -> date:
    """A day to come as it is typed."""
    from workbench.core.time import shop_day

    return shop_day(call.when(text), call.session.zone)


def _send(call: Call) -> int:
    from workbench.session.alerts.sending import Post

    call.did()
    return _sent(call, Post(call.session).send())


def _mail(call: Call) -> int:
    if not call.args.attempt:
        raise Misuse(say("Say --try to send one to yourself: workbench alerts mail --try"))
    from workbench.session.alerts.sending import Post

    return _sent(call, Post(call.session).try_mail())


def _sent(call: Call, box: Box) -> int:
    left = [each for each in box.messages if each.open]
    _print(call, box)
    for each in left:
        why = each.last_error or "?"
        call.tell(say("Not sent: {subject}. {why}", subject=each.subject, why=why))
    return 1 if left else 0


def _test(call: Call) -> int:
    found = desk_of(call).replay(_number(call.args.days))
    if call.args.json:
        rules = [
            {
                "rule": each.rule,
                "days": each.days,
                "fired": each.fired,
                "per_100_days": None if each.per_100 is None else float(each.per_100),
            }
            for each in found
        ]
        return call.json({"rules": rules})
    names = max((width(each.rule) for each in found), default=0)
    for each in found:
        told = _("too little is known")
        if each.days:
            text = n_("{n} time on {days} days, {rate} in 100 days", "{n} times on {days} days, {rate} in 100 days",
                      each.fired)  # fmt: skip
            told = text.format(n=each.fired, days=each.days, rate=each.per_100)
        call.out(f"{pad(each.rule, names)}  {told}")
    return 0


def _number(text: str | None) -> int:
    if text is None:
        return _DAYS
    days = whole(text)
    if days is None or not 1 <= days <= _LONGEST:
        raise Misuse(say('--days takes a number from 1 to {most}, not "{text}".', text=text, most=_LONGEST))
    return days


def _print(call: Call, box: Box) -> None:
    alerts = desk_of(call).all()
    if call.args.json:
        call.json({
            "alerts": [document(alert) for alert in alerts],
            "outbox": [_message(call, each) for each in box.messages],
        })  # fmt: skip
        return
    from workbench.session.alerts import words
    from workbench.session.alerts.sending import Post, type_names

    post = Post(call.session)
    shown = [each for each in alerts if each.worth]
    if not shown:
        unknown = sum(each.standing.state == "unknown" for each in alerts)
        text = _("Nothing fires; of {n} too little is known.") if unknown else _("Nothing fires.")
        call.out(text.format(n=unknown))
    types = type_names(call.session)
    for each in sorted(shown, key=lambda each: each.few):
        mark = "!" if each.loud else " "
        text = f"{mark} {render(words.thing(each, types))}: {render(words.because(each))}"
        since = each.standing.since
        call.out(clean(f"{text}  {each.id}" + ("" if since is None else f"  {_('since')} {short_date(since)}")))
        if each.finding.verdict in ("few", "new"):  # what chance cannot judge is judged by its words
            call.out(*(clean(f"    {day.isoformat()} {words}") for day, words in post.lines(each)[:_WORDS]))
    for message in box.messages:
        if message.state != "sent":
            text = _("Not sent since {time}: {subject} ({why})")
            point = full_point(message.queued_at, call.session.zone)
            call.out(clean(text.format(time=point, subject=message.subject, why=message.last_error or "")))


def document(alert: Alert) -> Document:
    """An alert as JSON."""
    from workbench.session.alerts import words

    found, subject = alert.finding, alert.subject
    place, ack = subject.place, alert.ack
    return {
        "id": alert.id,
        "rule": subject.rule.id,
        "scope": subject.scope,
        "state": alert.standing.state,
        "since": None if alert.standing.since is None else alert.standing.since.isoformat(),
        "acked": ack is not None,
        "acked_until": None if ack is None or ack.until is None else ack.until.isoformat(),
        "silenced": alert.silenced,
        "because": render(words.because(alert)),
        "value": _number_of(alert, found.value),
        "line": _number_of(alert, found.usual if found.line is None else found.line),
        "usual": None if found.usual is None else float(found.usual),
        "chance": found.chance,
        "verdict": found.verdict,
        "place": None if place is None else {"domain": place.domain, "id": place.id},
    }


def _number_of(alert: Alert, value: Decimal | None) -> str | float | None:
    """Shares are strings with six decimals, as everywhere."""
    if value is None:
        return None
    counted = alert.subject.rule.kind in ("unusual", "silent")
    return six(Fraction(value)) if alert.subject.share and not counted else float(value)


def _message(call: Call, each: Message) -> Document:
    time = call.shaper.time
    return {
        "id": each.id, "way": each.way, "to": each.to, "subject": each.subject, "queued_at": time(each.queued_at),
        "state": each.state, "tries": each.tries, "last_error": each.last_error, "next_at": time(each.next_at),
    }  # fmt: skip
