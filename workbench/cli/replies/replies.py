"""`workbench replies`: the list, ranked; and its spreadsheet, in and out."""

from __future__ import annotations

import argparse
from functools import partial

from workbench.cli.call import Call
from workbench.cli.parsing import optional_subverbs, second_word
from workbench.cli.replies.shape import document
from workbench.config.given import to_read
from workbench.core.replies.model import CATEGORIES, language_tag
from workbench.core.saying import say
from workbench.i18n import _, render


def declare(parser: argparse.ArgumentParser) -> None:
    """The options of the verb and its second words."""
    parser.add_argument("--for", dest="ticket", metavar="ID", help=_("the best for this case first"))
    parser.add_argument("--category", metavar="C", help=", ".join(CATEGORIES))
    parser.add_argument("--language", metavar="L", help=_("only those with a text in this language"))
    parser.add_argument("--search", metavar="TEXT", default="", help=_("in key, title, words and text"))
    parser.add_argument("--json", action="store_true", help=_("as JSON"))
    word = partial(second_word, optional_subverbs(parser))
    bring = word("import", _("read a spreadsheet of replies in"), "FILE")
    bring.add_argument("--dry-run", action="store_true", help=_("only say what it would change"))
    out = word("export", _("write all replies as a spreadsheet"))
    out.add_argument("--output", metavar="FILE", required=True, help=_("the file to write"))


def run(call: Call) -> int:
    """Print the list, or bring it in or out."""
    if call.args.subverb == "import":
        return _import(call)
    if call.args.subverb == "export":
        return _export(call)
    session, args = call.session, call.args
    ticket = None if args.ticket is None else session.tickets.find(args.ticket)
    found = session.replies.ranked(ticket, args.search, args.category)
    if args.language is not None:
        wanted = language_tag(args.language).casefold()
        found = [each for each in found if any(tag.casefold() == wanted for tag in each.reply.text)]
    if args.json:
        return call.json({"replies": [document(call, each.reply) for each in found]})
    from workbench.output.replies.text import table

    call.out(*table(found))
    return 0


def _import(call: Call) -> int:
    from workbench.session.replies.sheet import bring_in, read

    desk = call.session.replies
    plan = read(desk, to_read(call.args.file))
    for row, why in plan.refused:
        call.tell(say("Row {row} refused: {why}", row=row, why=why))
    if not call.args.dry_run and plan.changed:
        call.tell(bring_in(desk, plan).saying)
    for reply in plan.changed:
        for tag in reply.text:
            for rule in dict.fromkeys(each.rule for each in desk.findings(reply, tag) if each.blocks):
                call.tell(
                    say('"{key}" ({language}) is not copied as it is: {rule}', key=reply.key, language=tag, rule=rule)
                )
    if call.args.json:
        return call.json(
            {
                "file": call.args.file,
                "new": plan.new,
                "changed": plan.updated,
                "unchanged": plan.unchanged,
                "refused": [{"row": row, "why": render(why)} for row, why in plan.refused],
            }
        )
    call.out(
        _("{new} new, {changed} changed, {unchanged} unchanged, {refused} refused").format(
            new=plan.new, changed=plan.updated, unchanged=plan.unchanged, refused=len(plan.refused)
        )
    )
    return 0


def _export(call: Call) -> int:
    from workbench.cli.files import write_file
    from workbench.output.cells import clean
    from workbench.session.replies.sheet import exported

    path = write_file(call, call.args.output, exported(call.session.replies))
    call.out(clean(str(path)))
    return 0
