"""`workbench reply ...`: one reply: show, add, edit, delete, use."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from workbench.cli.call import Call
from workbench.cli.parsing import second_word, subverbs
from workbench.core.kinds import KINDS, STAGES
from workbench.core.lint.model import CHANNELS
from workbench.core.replies.fields import fields
from workbench.core.replies.model import CATEGORIES, language_tag, speaks
from workbench.core.saying import Misuse, Refusal, say
from workbench.i18n import _
from workbench.output.cells import clean

if TYPE_CHECKING:
    from workbench.core.tickets.model import Ticket
    from workbench.session.replies.prepared import Prepared, Used

#: The options that say what a reply is for, and the field of each.
_PURPOSE = {"market": "markets", "kind": "kinds", "stage": "stages", "type": "types", "channel": "channels"}


def declare(parser: argparse.ArgumentParser) -> None:
    """The second words and their options."""
    words = subverbs(parser)
    word = partial(second_word, words)
    word("show", _("show a reply"), "KEY")
    _fields(word("add", _("write a reply of your own"), "KEY"))
    _fields(word("edit", _("change a reply; a shipped one is copied first"), "KEY"))
    word("delete", _("delete your own reply; hide a shipped one"), "KEY")
    use = word("use", _("print the filled text, and count the use"), "KEY")
    use.add_argument("--for", dest="ticket", metavar="ID", help=_("fill it for this case"))
    use.add_argument("--language", metavar="L", help=_("the language of the text, such as en"))
    use.add_argument("--channel", metavar="C", help=", ".join(CHANNELS))
    use.add_argument(
        "--set", dest="values", metavar="NAME=VALUE", action="append", default=[], help=_("a field's value")
    )
    use.add_argument("--answered", action="store_true", help=_("the case is answered with it"))


def _fields(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--title", metavar="T", help=_("its title in the language"))
    text = parser.add_mutually_exclusive_group()
    text.add_argument("--text", metavar="T", help=_("its text in the language, with {fields}"))
    text.add_argument("--file", metavar="F", help=_("a file with its text"))
    parser.add_argument("--language", metavar="L", help=_("the language of title and text; en where left out"))
    parser.add_argument("--category", metavar="C", help=", ".join(CATEGORIES))
    for name, known in (
        ("market", ""),
        ("kind", ", ".join(KINDS)),
        ("stage", ", ".join(STAGES)),
        ("type", ""),
        ("channel", ", ".join(CHANNELS)),
    ):
        parser.add_argument(
            f"--{name}", metavar=name[0].upper(), action="append", help=known or _("what it is for; may be repeated")
        )
    parser.add_argument("--word", metavar="W", action="append", help=_("a word to find it by; may be repeated"))
    parser.add_argument("--allow", metavar="RULE=REASON", action="append", help=_("let a lint rule pass, and why"))
    shown = parser.add_mutually_exclusive_group()
    shown.add_argument("--hide", action="store_true", help=_("out of the lists"))
    shown.add_argument("--show", action="store_true", help=_("back into the lists"))


def run(call: Call) -> int:
    """Do it, and print what came of it."""
    if call.args.subverb == "use":
        return _use(call)
    desk, args = call.session.replies, call.args
    if args.subverb == "delete":
        before = desk.get(args.key)
        call.tell(desk.delete(args.key).saying)
        shown = next((each for each in desk.all() if each.key.casefold() == before.key.casefold()), before)
    else:
        if args.subverb == "add":
            call.tell(desk.add(args.key, **_given(call)).saying)
        elif args.subverb == "edit":
            given = _given(call)
            if not given:
                raise Misuse(say("Say what to change, such as --text or --word."))
            call.tell(desk.edit(args.key, **given).saying)
        shown = desk.get(args.key)
    if args.json:
        from workbench.cli.replies.shape import document  # `use` is called from scripts, and needs neither

        return call.json(document(call, shown))
    from workbench.output.replies.text import whole

    findings = [(tag, found) for tag in shown.text for found in desk.findings(shown, tag)]
    call.out(*whole(shown, findings))
    return 0


def _given(call: Call) -> dict[str, Any]:
    args = call.args
    language = args.language or "en"
    given: dict[str, Any] = {}
    text = args.text if args.file is None else _read(args.file)
    if text is not None:
        given["text"] = {language: text}
    if args.title is not None:
        given["title"] = {language: args.title}
    if args.category is not None:
        given["category"] = args.category
    purpose = {name: tuple(getattr(args, option)) for option, name in _PURPOSE.items() if getattr(args, option)}
    if purpose:
        given["purpose"] = purpose
    if args.word:
        given["words"] = tuple(args.word)
    if args.allow:
        given["allow"] = tuple(_allowance(call, each) for each in args.allow)
    if args.hide or args.show:
        given["hidden"] = bool(args.hide)
    return given


def _allowance(call: Call, text: str) -> Any:
    rule, _sign, reason = text.partition("=")
    return call.session.replies.allowance(rule.strip(), reason)


def _read(name: str) -> str:
    from workbench.config.given import to_read

    path = to_read(name)
    try:
        return path.read_text("utf-8-sig").replace("\r\n", "\n").rstrip("\n")
    except UnicodeDecodeError:
        raise Refusal(say("{path} is not UTF-8. Save it as UTF-8.", path=name)) from None
    except OSError as error:
        from workbench.storage.errors import reason

        raise Refusal(say("{path} cannot be read ({reason}).", path=name, reason=reason(error))) from error


def _use(call: Call) -> int:
    """Saved first, printed after: what is printed was counted."""
    args, session = call.args, call.session
    if args.answered and args.ticket is None:
        raise Misuse(say("--answered needs --for and a case."))
    ticket = None if args.ticket is None else session.tickets.find(args.ticket)
    wanted = None if args.language is None else language_tag(args.language)
    values = _values(args.values)
    used = session.replies.use(
        args.key,
        ticket,
        language=wanted,
        channel=args.channel,
        values=values,
        answered=args.answered,
    )
    prepared = used.prepared
    _tell_of_text(call, prepared, wanted, values)
    if prepared.text is not None:
        _tell_of_use(call, used, ticket)
    if args.json:
        from workbench.output.replies.json import finding

        call.json(
            {
                "text": prepared.text,
                "language": prepared.language,
                "missing": list(prepared.filled.missing),
                "findings": [finding(found) for found in prepared.findings],
            }
        )
    elif prepared.text is not None:
        print("\n".join(clean(line) for line in prepared.text.split("\n")))
    else:
        call.tell(say("Nothing was copied and nothing was saved."))
    return 0 if prepared.text is not None else 1


def _tell_of_text(call: Call, prepared: Prepared, wanted: str | None, values: Mapping[str, str]) -> None:
    """Another language than was wanted, what does not fit the text or is not known, and what the lint finds."""
    if wanted is not None and not speaks(prepared.language, wanted):
        call.tell(say('There is no text in "{wanted}"; this one is "{tag}".', wanted=wanted, tag=prepared.language))
    known = fields(prepared.reply.text[prepared.language])
    for name in values:
        if name.strip().casefold() not in known:
            call.tell(say("{field} is not in this text.", field="{" + name.strip() + "}"))
    for name in prepared.filled.missing:
        call.tell(say("{field} is not known. Give it: --set {name}=VALUE", field="{" + name + "}", name=name))
    told = [found for found in prepared.findings if found.level != "info" or found.allowed]
    if told:
        from workbench.output.replies.text import finding_lines  # most texts are clean

        for line in (line for found in told for line in finding_lines(found)):
            call.narrate(line)


def _tell_of_use(call: Call, used: Used, ticket: Ticket | None) -> None:
    """What was saved with it, or why nothing was."""
    if used.done is None and call.session.readonly is not None:
        call.tell(
            say("Not counted, and {ref} still waits: {why}", ref=ticket.ref, why=call.session.readonly)
            if call.args.answered and ticket is not None
            else say("Not counted: {why}", why=call.session.readonly)
        )
    elif used.done is not None:
        call.tell(used.done.saying)
    if used.waits and ticket is not None:
        call.tell(say("A greeting alone is no answer here: {ref} still waits.", ref=ticket.ref))


def _values(pairs: list[str]) -> dict[str, str]:
    values = {}
    for pair in pairs:
        name, sign, value = pair.partition("=")
        if not sign or not name.strip():
            raise Misuse(say('--set "{text}" is not understood. Write it like size=L.', text=pair))
        values[name] = value
    return values
