"""The fields of a new case: how each is read, what a line says of them, and the line that says what they hold."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from workbench.core.kinds import KINDS, STAGES
from workbench.core.saying import say
from workbench.core.spelling import plain
from workbench.core.tickets.line import (
    KIND_OF,
    KIND_WORDS,
    ORDER_ID,
    CaseLine,
    as_line,
    no_kind,
    parse_amount,
    parse_line,
)
from workbench.core.when import due_on
from workbench.i18n import _, language, render
from workbench.output import words
from workbench.session import Session
from workbench.ui.sheets.form import Answer, Field, is_one
from workbench.ui.sheets.line import NOT_A_DUE, NOT_A_TIME, due_typed, instant
from workbench.ui.sheets.oneline import amber
from workbench.ui.text import Span
from workbench.ui.tickets import case

FIELDS: tuple[Field, ...] = tuple(
    Field(name, words.FIELDS[name], picked=name in ("kind", "stage"), optional=name == "stage")
    for name in (
        "kind", "stage", "sku", "money", "order_id", "buyer", "reason", "words", "opened_at", "due", "tags", "note",
        "product", "external_id",
    )
)  # fmt: skip
#: The stages in which a case can begin.
_OPEN = STAGES[:-1]
_PARTED = re.compile(r"[\s,\uff0c]+")
#: What a line calls a field where that is another word.
_NAMES = {"since": "opened_at", "tag": "tags"}


def answers(name: str) -> Sequence[Sequence[str]]:
    """Every answer of a field that has few, by all its names, the one to write first."""
    if name == "kind":
        return [sorted((*KIND_WORDS[kind], kind), key=_foreign) for kind in KINDS]
    if name == "stage":
        return [(render(words.STAGES[stage]), words.STAGES[stage].text, stage) for stage in _OPEN]
    return ()


def _foreign(word: str) -> bool:
    """Whether the word is of the other language."""
    return word.isascii() == (language() == "zh")


def tags_in(text: str) -> list[str]:
    """The tags of a list of them."""
    return [tag for part in _PARTED.split(text) if (tag := part.lstrip("#\uff03"))]


def read_texts(session: Session, texts: Mapping[str, str]) -> case.Values:
    """What some fields say."""
    return {name: read_field(session, name, text).value for name, text in texts.items()}


def read_field(session: Session, name: str, text: str) -> Answer:
    """What one field says; all but the kind may be empty."""
    if name in ("kind", "stage"):
        return _picked(name, text)
    if name in ("opened_at", "due"):
        return _due(session, text) if name == "due" else _time(session, text)
    if not text:
        return Answer()
    match name:
        case "sku":
            return _sku(session, text)
        case "money":
            return _money(session, text)
        case "order_id" if not ORDER_ID.fullmatch(text):
            return Answer(text, amber(_("an order id has 15 to 20 digits")))
        case "buyer":
            return Answer(text.lstrip("@\uff20") or None)
        case "tags":
            return Answer(tuple(tags_in(text)))
    return Answer(text)


def _picked(name: str, text: str) -> Answer:
    known = answers(name)
    at = next((at for at, names in enumerate(known) if is_one(names, text)), -1)
    if at >= 0:
        return Answer((KINDS if name == "kind" else _OPEN)[at])
    if not text:
        return Answer(wrong=no_kind(False) if name == "kind" else None)
    names = ", ".join(each[0] for each in known)
    return Answer(wrong=say("Write one of these: {names}.", names=names))


def _time(session: Session, text: str) -> Answer:
    at, said = instant(session, text, past=True)
    if at is None:
        return Answer(None, said, NOT_A_TIME if text else None)
    if at > session.now():
        return Answer(at, amber(_("that time is still to come")))
    return Answer(at, said)


def _due(session: Session, text: str) -> Answer:
    typed, said = due_typed(session, text)
    return Answer(typed, said, NOT_A_DUE if text and typed is None else None)


def _sku(session: Session, text: str) -> Answer:
    known = session.log.skus()
    sku = next(iter(known.spelled(text)), None)
    if sku is None:
        return Answer(text, [Span(_("new SKU"), "soon")])
    product = known.product(sku)
    return Answer(sku, [Span(product, "quiet")] if product else ())


def _money(session: Session, text: str) -> Answer:
    text = plain(text)
    found = parse_amount(text, session.policy.currency)
    if found is None:
        return Answer(wrong=say('"{text}" is not an amount. Write it like "23.05 USD".', text=text))
    read = words.amount(found)
    return Answer(found, () if read.startswith(text) else [Span(read, "quiet")])


def said_in(session: Session, text: str) -> dict[str, str]:
    """What a line says of each field, as it is typed there."""
    line = case.parsed(session, text)
    found: dict[str, str] = {"words": line.words} if line.words else {}
    for piece in line.pieces:
        typed, name = text[piece.begin : piece.end], _NAMES.get(piece.what, piece.what)
        if name in ("due", "opened_at"):
            typed = typed.split(None, 1)[1]
        elif name in ("buyer", "tags"):
            typed = typed[1:]
        found[name] = f"{found[name]} {typed}" if name in found else typed
    return found


def written(session: Session, texts: Mapping[str, str]) -> tuple[str, set[str]]:
    """The line that says what these fields say, and the names of those that it says."""
    now, zone, currency = session.now(), session.zone, session.policy.currency
    known, values = case.known(session), read_texts(session, texts)

    def read(line: str) -> CaseLine:
        return parse_line(line, now, zone, skus=known, currency=currency, rule=session.tickets.first_rule)

    pieces: list[tuple[str, str, object]] = []
    for name in ("kind", "sku", "order_id", "money", "buyer", "tags", "words"):
        value = values.get(name)
        if value:
            pieces.append((name, _piece(name, texts[name], value), value))
    if "opened_at" in texts:
        pieces.append(("since", _("since {time}").format(time=texts["opened_at"]), values.get("opened_at")))
    if "due" in texts:
        typed, kind = values.get("due"), values.get("kind")
        if typed is not None:
            rule = session.tickets.first_rule(kind, values.get("opened_at"), values.get("money")) if kind else None
            typed = due_on(typed, rule, now, zone)
        pieces.append(("due", _("by {time}").format(time=texts["due"]), typed))
    line, left = as_line(pieces, read)
    return line, {_NAMES.get(name, name) for name, _text, _value in pieces} - {_NAMES.get(name, name) for name in left}


def _piece(name: str, text: str, value: Any) -> str:
    """A field as a line has it."""
    match name:
        case "kind" if text.casefold() not in KIND_OF:
            return next(word for word, kind in KIND_OF.items() if kind == value)
        case "sku":
            return str(value)
        case "buyer":
            return f"@{value}"
        case "tags":
            return " ".join(f"#{tag}" for tag in value)
        case "money" if plain(text).replace(",", "").replace(".", "").isdigit():
            return f"{value.amount}{value.currency or ''}"
    return text
