"""The filter language of the queue, the same on the command line and on the screens.

    words are case-folded substrings; "quoted words" hold together; kind:refund_only  stage:decide  turn:seller
    state:overdue  sku:PANTS*  tag:x  due:<24h  due:today  due:overdue  goal:past
    channel:live  content:#evening  cause:size  reason:"not as shown"  stars:<3
     amount:>50  opened:>2026-11-01
    `-` negates, a blank is *and*, `or` binds weaker, parentheses group. Full-width characters act as plain ones, but
    for what is quoted; a word is also looked for as it was typed.

`compiled` parses once and gives a predicate; a mistake is a `Misuse` that names the word.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta, tzinfo
from decimal import Decimal, InvalidOperation
from fnmatch import translate
from typing import NoReturn, TypeVar

import msgspec

from workbench.core.kinds import KINDS, STAGES
from workbench.core.policy import parse_span
from workbench.core.saying import Misuse, Saying, say
from workbench.core.spelling import plain
from workbench.core.tickets.model import Ticket
from workbench.core.tickets.standing import goal_at, state
from workbench.core.time import due_day, parse_iso

Test = Callable[[Ticket], bool]
_Value = TypeVar("_Value", datetime, Decimal)

_TOKEN = r'\s*(?:(-(?=[^\s)]))|([()])|([A-Za-z_]+):(?:"([^"]*)"|([^\s()"]*))|"([^"]*)"|([^\s()"]+))'
_QUOTES = '["\uff02]'
_WORDS: dict[str, tuple[str, ...]] = {
    "kind": KINDS,
    "stage": STAGES,
    "turn": ("seller", "buyer", "carrier", "platform", "none"),
    "state": ("overdue", "due", "waiting", "closed"),
}
#: Deeper than anybody writes, and far from what Python's stack can hold.
_DEEPEST = 50
FIELDS = (
    *_WORDS, "sku", "tag", "due", "goal", "amount", "opened", "channel", "content", "cause", "reason", "stars",
)  # fmt: skip
#: The days of a deadline that have a name.
_DAYS = {"today": 0, "tomorrow": 1}
_COMPARE: dict[str, Callable[[int], bool]] = {
    "<": lambda sign: sign < 0,
    "<=": lambda sign: sign <= 0,
    ">": lambda sign: sign > 0,
    ">=": lambda sign: sign >= 0,
    "=": lambda sign: sign == 0,
}


class _Token(msgspec.Struct, frozen=True):
    """One token: an operator (`-`, `(`, `)`, `or`), a word, or a field with its value."""

    mark: str
    text: str
    field: str = ""
    #: As it was typed.
    typed: str = ""


def compiled(expression: str, now: datetime, zone: tzinfo) -> Test:
    """The predicate of `expression` at `now`; times without offset are in `zone`. An empty one accepts everything.
    Orders to ship are accepted only by one that names them."""
    tokens = _tokens(expression)
    if not tokens:
        return lambda ticket: ticket.kind != "ship"
    if _depth(tokens) > _DEEPEST:
        _fail(say("The filter is nested too deeply."))
    test, rest = _either(tokens, now, zone)
    if rest:
        _fail(say('There is a ")" too many in the filter.'))
    return lambda ticket: (ticket.kind != "ship" or _named(ticket, tokens)) and test(ticket)


def _named(ticket: Ticket, tokens: list[_Token]) -> bool:
    """Whether an order to ship is meant: by its kind or by its number. It has a list of its own, and stands in no other
    unless it is."""
    names = {f"t-{ticket.id}", (ticket.order_id or "").casefold()}
    asked = (token.field == "kind" and token.text.casefold() == "ship" for token in _positive(tokens))
    return any(asked) or any(token.mark == "word" and token.text.casefold() in names for token in tokens)


def _positive(tokens: list[_Token]) -> list[_Token]:
    return [token for at, token in enumerate(tokens) if at == 0 or tokens[at - 1].mark != "-"]


def fields(expression: str) -> tuple[str, ...]:
    """The fields that an expression asks for, such as `kind` and `amount`."""
    return tuple(dict.fromkeys(token.field for token in _tokens(expression) if token.field))


def _tokens(expression: str) -> list[_Token]:
    tokens: list[_Token] = []
    typed, expression = expression, _folded(expression)
    at, end, token = 0, len(expression.rstrip()), re.compile(_TOKEN)
    while at < end:
        match = token.match(expression, at)
        if not match:
            _fail(say('A quotation mark in the filter is not closed: "{text}".', text=expression[at:].strip()))
        at = match.end()
        minus, bracket, field, quoted_value, value, quoted, word = match.groups()
        if minus or bracket:
            tokens.append(_Token(minus or bracket, ""))
        elif field:
            if quoted_value is None and value == "" and expression[at : at + 1] == '"':
                _fail(
                    say(
                        'A quotation mark in the filter is not closed: "{text}".',
                        text=expression[at:].strip(),
                    )
                )
            tokens.append(_Token("field", quoted_value if quoted_value is not None else value, field.casefold()))
        elif quoted is not None:
            tokens.append(_Token("word", quoted))
        else:
            tokens.append(
                _Token("or", "") if word.casefold() == "or" else _Token("word", word, "", typed[slice(*match.span(7))])
            )
    return tokens


def _folded(expression: str) -> str:
    """Full-width characters as plain ones outside quotation marks, position by position."""
    parts = re.split(_QUOTES, expression)
    return '"'.join(part if at % 2 else plain(part) for at, part in enumerate(parts))


def _depth(tokens: list[_Token]) -> int:
    """How many negations and parentheses are open at once at the most."""
    deepest = depth = 0
    opened: list[int] = []
    for token in tokens:
        if token.mark in ("-", "("):
            if token.mark == "(":
                opened.append(depth)
            depth += 1
        else:
            if token.mark == ")" and opened:
                depth = opened.pop()
            else:
                depth = opened[-1] + 1 if opened else 0
        deepest = max(deepest, depth)
    return deepest


def _either(tokens: list[_Token], now: datetime, zone: tzinfo) -> tuple[Test, list[_Token]]:
    test, tokens = _all(tokens, now, zone)
    tests = [test]
    while tokens and tokens[0].mark == "or":
        test, tokens = _all(tokens[1:], now, zone)
        tests.append(test)
    return (tests[0] if len(tests) == 1 else lambda ticket: any(test(ticket) for test in tests)), tokens


def _all(tokens: list[_Token], now: datetime, zone: tzinfo) -> tuple[Test, list[_Token]]:
    tests: list[Test] = []
    while tokens and tokens[0].mark not in ("or", ")"):
        test, tokens = _one(tokens, now, zone)
        tests.append(test)
    if not tests:
        _fail(say('Something is missing in the filter beside "or" or inside parentheses.'))
    return (tests[0] if len(tests) == 1 else lambda ticket: all(test(ticket) for test in tests)), tokens


def _one(tokens: list[_Token], now: datetime, zone: tzinfo) -> tuple[Test, list[_Token]]:
    token, rest = tokens[0], tokens[1:]
    if token.mark == "-":
        if not rest:
            _fail(say('Something is missing in the filter after "-".'))
        inner, rest = _one(rest, now, zone)
        return (lambda ticket: not inner(ticket)), rest
    if token.mark == "(":
        inner, rest = _either(rest, now, zone)
        if not rest:
            _fail(say('A "(" in the filter is not closed.'))
        return inner, rest[1:]
    if token.mark == "field":
        return _field(token, now, zone), rest
    if token.text == "-":
        _fail(say('Something is missing in the filter after "-".'))
    return _word({token.text.casefold(), (token.typed or token.text).casefold()}), rest


def _word(spellings: set[str]) -> Test:
    tests = [_spelling(wanted) for wanted in spellings]
    return tests[0] if len(tests) == 1 else lambda ticket: any(test(ticket) for test in tests)


def _spelling(wanted: str) -> Test:
    def test(ticket: Ticket) -> bool:
        if wanted in f"t-{ticket.id}":
            return True
        texts = (ticket.external_id, ticket.order_id, ticket.sku, ticket.product, ticket.buyer, ticket.reason)
        if any(text and wanted in text.casefold() for text in (*texts, ticket.words, ticket.note)):
            return True
        return any(wanted in (text or "").casefold() for line in ticket.lines for text in (line.sku, line.product))

    return test


def _field(token: _Token, now: datetime, zone: tzinfo) -> Test:
    field, value = token.field, token.text
    if field not in FIELDS:
        _fail(say('The filter knows no "{field}:".{hint}', field=field, hint=_hint(field, FIELDS)))
    if not value:
        _fail(say('Something is missing in the filter after "{field}:".', field=field))
    if field in _WORDS:
        return _choice(field, value.casefold(), now)
    if field == "sku":
        return _sku(value)
    if field == "tag":
        tag = value.casefold()
        return lambda ticket: any(tag == mine.casefold() for mine in ticket.tags)
    if field in ("channel", "content", "cause"):
        name = value.casefold().removeprefix("#" if field == "content" else "")
        return lambda ticket: (getattr(ticket, field) or "").casefold() == name
    if field == "reason":
        words = value.casefold()
        return lambda ticket: words in (ticket.reason or "").casefold()
    if field == "stars":
        return _stars(value)
    if field == "due":
        return _due(value, now, zone)
    if field == "goal":
        return _goal(value, now)
    if field == "amount":
        return _amount(value)
    return _opened(value, zone)


def _choice(field: str, value: str, now: datetime) -> Test:
    if value not in _WORDS[field]:
        known = _WORDS[field]
        _fail(
            say(
                '"{field}:" takes one of: {known}. "{value}" is none.',
                field=field,
                known=", ".join(known),
                value=value,
            )
        )
    match field:
        case "kind":
            return lambda ticket: ticket.kind == value
        case "stage":
            return lambda ticket: ticket.stage == value
        case "turn":
            return lambda ticket: (ticket.turn or "none") == value
    return lambda ticket: state(ticket, now) == value


def _sku(value: str) -> Test:
    pattern = re.compile(translate(value.casefold()))

    def test(ticket: Ticket) -> bool:
        skus = [ticket.sku, *(line.sku for line in ticket.lines)]
        return any(sku is not None and pattern.match(sku.casefold()) is not None for sku in skus)

    return test


def _due(value: str, now: datetime, zone: tzinfo) -> Test:
    """By the time left, or by the day of the deadline, then overdue or not and whosever turn it is."""
    word = value.casefold()
    if word == "overdue":
        return lambda ticket: state(ticket, now) == "overdue"
    if word in _DAYS:
        day = now.astimezone(zone).date() + timedelta(days=_DAYS[word])
        return lambda ticket: ticket.deadline.at is not None and due_day(ticket.deadline.at, zone) == day
    compare, rest = _compared(value)
    try:
        left = parse_span(rest)
    except ValueError:
        left = None
    if left is None or left.unit == "wd":
        _fail(
            say(
                '"due:" takes a time left such as <24h or >2d, or today, tomorrow, overdue; "{value}" is none.',
                value=value,
            )
        )
    limit = now + left.fixed
    holds = _COMPARE[compare]
    return lambda ticket: ticket.deadline.at is not None and holds(_sign(ticket.deadline.at, limit))


def _goal(value: str, now: datetime) -> Test:
    if value.casefold() != "past":
        _fail(say('"goal:" takes past; "{value}" is not known.', value=value))
    return lambda ticket: (
        (goal := goal_at(ticket, now)) is not None and goal <= now and state(ticket, now) in ("overdue", "due")
    )


def _amount(value: str) -> Test:
    compare, rest = _compared(value)
    try:
        limit = Decimal(rest)
    except InvalidOperation:
        limit = Decimal("NaN")
    if not limit.is_finite():
        _fail(say('"amount:" takes a number such as >50; "{value}" is none.', value=value))
    holds = _COMPARE[compare]
    return lambda ticket: ticket.money is not None and holds(_sign(ticket.money.amount, limit))


def _stars(value: str) -> Test:
    compare, rest = _compared(value)
    if rest not in ("1", "2", "3", "4", "5"):
        _fail(say('"stars:" takes a number from 1 to 5 such as <3; "{value}" is none.', value=value))
    limit, holds = Decimal(rest), _COMPARE[compare]
    return lambda ticket: ticket.stars is not None and holds(_sign(Decimal(ticket.stars), limit))


def _opened(value: str, zone: tzinfo) -> Test:
    compare, rest = _compared(value)
    moment = parse_iso(rest, zone)
    if compare == "=":
        until = moment + timedelta(days=1)
        return lambda ticket: moment <= ticket.opened_at < until
    holds = _COMPARE[compare]
    return lambda ticket: holds(_sign(ticket.opened_at, moment))


def _compared(value: str) -> tuple[str, str]:
    match = re.match(r"(<=|>=|<|>|=)?(.*)", value, re.DOTALL)
    assert match
    return match[1] or "=", match[2]


def _sign(left: _Value, right: _Value) -> int:
    return (left > right) - (left < right)


def _hint(text: str, known: tuple[str, ...]) -> Saying | str:
    import difflib  # only a mistake needs it

    near = difflib.get_close_matches(text, known, 1)
    return say(' Did you mean "{near}:"?', near=near[0]) if near else say(" Known: {known}.", known=", ".join(known))


def _fail(saying: Saying) -> NoReturn:
    raise Misuse(saying)
