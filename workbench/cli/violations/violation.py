"""`workbench violation ...`: the entries of the ledger, one by one or many at once."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from workbench.cli.call import Call
from workbench.cli.parsing import second_word, subverbs
from workbench.cli.violations.file import add_file
from workbench.core.saying import Misuse, mark, say, say_n
from workbench.core.violations.appeals import moment
from workbench.core.violations.entry import read_issued, read_points
from workbench.core.violations.model import Violation, ViolationDraft
from workbench.core.when import due_on
from workbench.i18n import _
from workbench.output.violations import json as ledger_json
from workbench.session import Done


def declare(parser: argparse.ArgumentParser) -> None:
    """The second words and their options."""
    words = subverbs(parser)
    word = partial(second_word, words)
    add = word("add", _("enter a violation, or many from a file"))
    _fields(add)
    text = _('a CSV with a header, or lines "date points reason"; - is standard input')
    add.add_argument("--file", metavar="FILE", help=text)
    add.add_argument("--dry-run", action="store_true", help=_("say what would change, change nothing"))
    word("show", _("show a violation"), "ID")
    _fields(word("edit", _("correct a violation"), "ID"))
    word("delete", _("take a violation out"), "ID")
    appeal = word("appeal", _("enter that an appeal was filed"), "ID")
    appeal.add_argument("--at", metavar="TIME", help=_("when it happened"))
    appeal.add_argument("--because", metavar="TEXT", help=_("why it was filed with evidence open"))
    enforced = word("enforced", _("enter that a pending violation is in force"), "ID")
    enforced.add_argument("--at", metavar="TIME", help=_("when it happened"))
    dropped = word("dropped", _("enter that the platform dropped a pending violation"), "ID")
    dropped.add_argument("--at", metavar="TIME", help=_("when it happened"))
    result = word("result", _("enter what the platform decided"), "ID")
    result.add_argument("result", metavar="RESULT", help="accepted, rejected")
    result.add_argument("--at", metavar="TIME", help=_("when it happened"))
    evidence = word("evidence", _("tick off a piece of evidence"), "ID")
    evidence.add_argument("item", metavar="ITEM", help=_("its number, its words or a part of them"))
    evidence.add_argument("state", metavar="STATE", help="done, open")
    evidence.add_argument("--file", metavar="PATH", help=_("the file that proves it"))


def _fields(parser: argparse.ArgumentParser) -> None:
    for name, place, text in (
        ("--points", "N", _("its points, a whole number; 0 is a warning")),
        ("--issued", "TIME", _("when it was issued; a bare day where the time is not known")),
        ("--reason", "TEXT", _("the platform's reason")),
        ("--ref", "ID", _("the platform's id of it")),
        ("--note", "N", _("a note of your own")),
    ):
        parser.add_argument(name, metavar=place, help=text)
    parser.add_argument(
        "--due", metavar="TIME", help=_("by when it must be appealed, as the platform states it; or none")
    )
    parser.add_argument("--pending", action="store_true", help=_("it is announced and not in force yet"))


def run(call: Call) -> int:
    """Do it, and print the violation as it is then."""
    return _DO[call.args.subverb](call)


def _add(call: Call) -> int:
    fields = _given(call)
    if call.args.file is not None:
        if any(value is not None for value in fields.values()):
            raise Misuse(say("--file brings its own points, times and reasons. Leave the other options out."))
        return add_file(call)
    if call.args.dry_run:
        raise Misuse(say("--dry-run goes with --file."))
    if fields["points"] is None or fields["issued_at"] is None:
        raise Misuse(say("A violation needs --points and --issued, or --file."))
    draft = ViolationDraft(**{name: value for name, value in fields.items() if value not in (None, "")})
    if draft.issued_at > call.session.now():
        call.tell(say("This date is still to come."))
    return _told(call, call.session.ledger.add(draft))


def _edit(call: Call) -> int:
    fields = _given(call)
    if all(value is None for value in fields.values()):
        raise Misuse(say("Say what to change, such as --points or --reason."))
    return _told(call, call.session.ledger.edit(_meant(call).id, **fields))


def _given(call: Call) -> dict[str, Any]:
    """The fields of a draft; None for what the call leaves out."""
    args = call.args
    issued, day_only = (None, None) if args.issued is None else read_issued(args.issued, call.session.zone)
    return {
        "points": None if args.points is None else read_points(args.points),
        "issued_at": issued,
        "issued_day_only": day_only,
        "reason": args.reason,
        "platform_id": args.ref,
        "note": args.note,
        "pending": True if args.pending else None,
        "stated_due": None if args.due is None else _due(call, args.due),
    }


def _due(call: Call, text: str) -> datetime | str:
    """When it is too late: of a bare day its 24:00. The empty text where none is stated any more."""
    if text.strip().casefold() in ("none", ""):
        return ""
    return due_on(call.due(text), None, call.session.now(), call.session.zone)


def _delete(call: Call) -> int:
    violation = _meant(call)
    call.tell(call.session.ledger.delete([violation.id]).saying)
    return _print(call, violation)


def _appeal(call: Call) -> int:
    desk = call.session.ledger
    done = desk.appeal(_meant(call).id, _at(call), call.args.because)
    still_open = desk.open_items(desk.get(done.ids[0]))
    status = _told(call, done)
    if still_open:
        items = _("; ").join(each.item for each in still_open)
        one, many = mark(
            "It was filed with {n} piece of evidence open: {items}",
            "It was filed with {n} pieces of evidence open: {items}",
        )
        call.tell(say_n(one, many, len(still_open), items=items))
    return status


def _result(call: Call) -> int:
    return _told(call, call.session.ledger.result(_meant(call).id, call.args.result, _at(call)))


def _evidence(call: Call) -> int:
    args, desk = call.args, call.session.ledger
    if args.state not in ("done", "open"):
        raise Misuse(say('Evidence is done or open, not "{word}".', word=args.state))
    violation = _meant(call)
    listed = len(desk.checklist(violation))
    done = desk.evidence(violation.id, args.item, args.state == "done", None if args.file is None else Path(args.file))
    if len(desk.checklist(desk.get(violation.id))) > listed:
        call.tell(say('"{item}" was not on the list; it is now, as an item of your own.', item=args.item.strip()))
    return _told(call, done)


def _at(call: Call) -> datetime | None:
    return None if call.args.at is None else call.when(call.args.at)


def _meant(call: Call) -> Violation:
    return call.session.ledger.find(call.args.id)


def _enforced(call: Call) -> int:
    at, day_only = (None, False) if call.args.at is None else _moment(call, call.args.at)
    return _told(call, call.session.ledger.enforced(_meant(call).id, at, day_only))


def _dropped(call: Call) -> int:
    return _told(call, call.session.ledger.dropped(_meant(call).id, _at(call)))


def _moment(call: Call, text: str) -> tuple[datetime, bool]:
    """A time as it is typed, and whether only the day is known."""
    try:
        return read_issued(text, call.session.zone)
    except Misuse:
        return call.when(text), False


def _told(call: Call, done: Done) -> int:
    call.tell(done.saying)
    violation = call.session.ledger.get(done.ids[0])
    if call.args.subverb in ("add", "edit") and call.args.due is not None:
        _later_than_the_rule(call, violation)
    return _print(call, violation)


def _later_than_the_rule(call: Call, violation: Violation) -> None:
    rule, stated = call.session.ledger.by_rule(violation), violation.stated_due
    if rule is not None and stated is not None and stated > rule:
        call.tell(say("That is later than the rule, which says {point}.", point=moment(rule, call.session.zone)))


def _print(call: Call, violation: Violation) -> int:
    desk = call.session.ledger
    if call.args.json:
        stands = desk.standing(violation)
        return call.json(ledger_json.violation(call.shaper, violation, stands, desk.checklist(violation)))
    from workbench.output.violations.entry import violation_lines

    call.out(*violation_lines(violation, desk.rules, desk.shop, call.session.now()))
    return 0


_DO: dict[str, Callable[[Call], int]] = {
    "add": _add,
    "show": lambda call: _print(call, _meant(call)),
    "edit": _edit,
    "delete": _delete,
    "appeal": _appeal,
    "enforced": _enforced,
    "dropped": _dropped,
    "result": _result,
    "evidence": _evidence,
}
