"""A case in one line: `refund PANTS-BLK-M ฿249 zip broke on day one by 18:00`.

    KIND [SKU] [ORDER-ID] [AMOUNT] [@BUYER] [#TAG] the buyer's words [by TIME] [since TIME]
    msg [CHANNEL] [auto] [#CONTENT] [9:40] ...

Directly after the word for a message, in any order and each once, stand its channel, `auto`, its content and a time,
the last such minute that is not still to come; the first other word ends this, `--` ends it by hand.

The kind comes first; the rest is recognised by its form, wherever it stands, and what is left are the buyer's words,
kept exactly. Nothing is guessed silently: `pieces` says which pieces were understood, so that they can be shown.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime, time, timedelta, tzinfo
from decimal import Decimal
from typing import Any

import msgspec

from workbench.core.kinds import KINDS, Kind
from workbench.core.money import Money
from workbench.core.saying import Saying, say
from workbench.core.tickets.model import Ticket
from workbench.core.time import at_local
from workbench.core.when import due_on, parse_when, read_due

#: What people call the kinds; the first of each is written back.
KIND_WORDS: dict[Kind, tuple[str, ...]] = {
    "cancel": ("cancel", "cancellation", "取消"),
    "refund_only": ("refund", "refund_only", "退款", "仅退款"),
    "return_refund": ("return", "return_refund", "退货", "退货退款"),
    "exchange": ("exchange", "replace", "replacement", "换货"),
    "reshipment": ("reship", "reshipment", "resend", "补发"),
    "message": ("message", "msg", "消息"),
    "bad_review": ("review", "bad_review", "差评", "评价"),
    "ship": ("ship", "发货"),
    "other": ("other", "case", "其他"),
}
KIND_OF: dict[str, Kind] = {word: kind for kind in KINDS for word in KIND_WORDS[kind]}
#: The channels a message can come by, and what people call them in a line.
CHANNEL_WORDS = {
    "chat": "chat", "comment": "comment", "live": "live", "direct": "direct",
    "聊天": "chat", "评论": "comment", "直播": "live", "私信": "direct",
}  # fmt: skip

_SIGNS = {
    "us$": "USD", "s$": "SGD", "r$": "BRL", "rm": "MYR", "rp": "IDR", "฿": "THB", "₫": "VND", "₱": "PHP",
    "\u00a3": "GBP", "€": "EUR", "$": "",
}  # fmt: skip
_CODES = "USD|SGD|MYR|THB|VND|PHP|IDR|GBP|EUR|BRL"
_SIGN = "|".join(re.escape(sign) for sign in _SIGNS)
_AMOUNT = re.compile(
    rf"(?:(?P<sign>{_SIGN})|(?P<code>{_CODES}))?(?P<figure>\d[\d.,]*)(?:(?P<behind>{_SIGN})|(?P<last>{_CODES}))?",
    re.IGNORECASE,
)
ORDER_ID = re.compile(r"\d{15,20}")
_SKU = re.compile(r"(?=[^ ]*[A-Z0-9])(?=[^ ]*[-_/.0-9])[A-Z0-9][A-Z0-9._/+-]{2,39}")
_WORD = re.compile(r"\S+")
_BY = frozenset(("by", "due", "截止"))
_SINCE = frozenset(("since", "从", "自"))
#: What a line can say of a case.
_FIELDS = (
    "kind", "sku", "order_id", "money", "buyer", "tags", "words", "due", "since", "channel", "content", "automatic",
)  # fmt: skip
#: A time takes at most so many words: `the 25th of November 2026, 6 pm`.
_LONGEST = 7
_CLOCK = re.compile(r"(\d{1,2})[:\uff1a]([0-5]\d)")
#: What may stand in the head of a message.
_HEAD = frozenset(("kind", "channel", "automatic", "content", "time"))

#: A word, and from where to where it stands.
Word = tuple[str, int, int]


class Piece(msgspec.Struct, frozen=True):
    """A recognised piece of the line: what it is, and from where to where it stands."""

    what: str
    begin: int
    end: int


class CaseLine(msgspec.Struct, frozen=True, kw_only=True):
    """What a line says. `problem` is what must be said before the case can be added, or None."""

    kind: Kind | None = None
    sku: str | None = None
    order_id: str | None = None
    money: Money | None = None
    buyer: str | None = None
    tags: tuple[str, ...] = ()
    words: str | None = None
    due: datetime | None = None
    since: datetime | None = None
    channel: str | None = None
    content: str | None = None
    automatic: bool = False
    pieces: tuple[Piece, ...] = ()
    problem: Saying | None = None


#: When the rule's own deadline falls for a case of this kind that was opened then, about this amount.
RuleOf = Callable[[Kind, "datetime | None", "Money | None"], "datetime | None"]


def parse_line(
    text: str, now: datetime, zone: tzinfo, *, skus: Mapping[str, object] | None = None, currency: str | None = None,
    rule: RuleOf = lambda _kind, _since, _money: None,
) -> CaseLine:  # fmt: skip
    """What `text` says at `now`. `skus` are the known ones; `currency` is meant where an amount names none. A bare day
    in `by DAY` is meant at the time of day of the `rule`."""
    words = [(match[0], match.start(), match.end()) for match in _WORD.finditer(text)]
    read = _Reading(words, now, zone, {sku.casefold(): sku for sku in skus or {}}, currency)
    pieces: list[Piece] = []
    rest: list[tuple[int, int]] = []
    at = 0
    while at < len(words):
        begin, end = words[at][1:]
        what, taken = read.piece(at, first=not rest)
        if what:
            pieces.append(Piece(what, begin, words[at + taken - 1][2]))
        else:
            rest.append((begin, end))
        at += taken
    found = read.found
    if "due" in found:
        due = rule(found["kind"], found.get("since"), found.get("money")) if "kind" in found else None
        found["due"] = due_on(found["due"], due, now, zone)
    return CaseLine(
        **found, tags=tuple(read.tags), words=_joined(text, rest, pieces) or None, pieces=tuple(pieces),
        problem=None if "kind" in found else no_kind(bool(words)),
    )  # fmt: skip


class _Reading:
    """A line that is read from its beginning: each field is `found` once, in the first piece that has its form."""

    def __init__(
        self, words: list[Word], now: datetime, zone: tzinfo, known: Mapping[str, str], currency: str | None
    ) -> None:
        self._words, self._now, self._zone, self._known, self._currency = words, now, zone, known, currency
        self.found: dict[str, Any] = {}
        self.tags: list[str] = []
        #: Whether the head of a message is being read.
        self._heading = False

    def piece(self, at: int, *, first: bool) -> tuple[str, int]:
        """What begins at this word, empty for one of the buyer's, and how many words it takes. `first`: the buyer has
        said nothing yet."""
        what, taken = self._kind(at) or self._headed(at) or self._timed(at) or self._named(at, first=first) or ("", 1)
        self._heading = self._heading and what in _HEAD
        return what, taken

    def _kind(self, at: int) -> tuple[str, int] | None:
        kind = KIND_OF.get(self._words[at][0].casefold()) if at == 0 else None
        if kind is None:
            return None
        self.found["kind"], self._heading = kind, kind == "message"
        return "kind", 1

    def _headed(self, at: int) -> tuple[str, int] | None:
        """In the head of a message: a piece of it, or its end."""
        word = self._words[at][0]
        if not self._heading:
            return None
        if word == "--":
            return "end", 1
        told = _head(word, self.found, self._now, self._zone)
        if told is None:
            return None
        what, value = told
        self.found["since" if what == "time" else what] = value
        return what, 1

    def _timed(self, at: int) -> tuple[str, int] | None:
        timed = _timed(self._words, at, self._now, self._zone)
        if timed is None or timed[0] in self.found:
            return None
        what, self.found[what], taken = timed
        return what, taken

    def _named(self, at: int, *, first: bool) -> tuple[str, int] | None:
        """What is known by its form alone: an order, an amount, the buyer, a tag, a product."""
        word, found = self._words[at][0], self.found
        if "order_id" not in found and ORDER_ID.fullmatch(word):
            found["order_id"] = word
            return "order_id", 1
        if "money" not in found and (money := _money(self._words, at, self._currency)):
            found["money"], taken = money
            return "money", taken
        if "buyer" not in found and len(word) > 1 and word[0] in "@\uff20":
            found["buyer"] = word[1:]
            return "buyer", 1
        if len(word) > 1 and word[0] == "#":
            self.tags.append(word[1:])
            return "tag", 1
        if "sku" not in found and first and (sku := self._known.get(word.casefold()) or _sku(word)):
            found["sku"] = sku
            return "sku", 1
        return None


def _head(word: str, found: Mapping[str, Any], now: datetime, zone: tzinfo) -> tuple[str, Any] | None:
    """A piece of a message's head and its value; None for any other word, and for one that was there already."""
    folded = word.casefold()
    if folded in CHANNEL_WORDS and "channel" not in found:
        return "channel", CHANNEL_WORDS[folded]
    if folded == "auto" and "automatic" not in found:
        return "automatic", True
    if word[0] in "#\uff03" and len(word) > 1 and "content" not in found:
        return "content", word[1:]
    match = _CLOCK.fullmatch(word)
    if match is not None and "since" not in found and int(match[1]) < 24:
        wall = datetime.combine(now.astimezone(zone).date(), time(int(match[1]), int(match[2])))
        moment = at_local(wall, zone)
        return "time", moment if moment <= now else at_local(wall - timedelta(days=1), zone)
    return None


def _like_head(word: str) -> bool:
    """Whether a word at the beginning of a message's words would be read as a piece of its head."""
    folded = word.casefold()
    return folded in CHANNEL_WORDS or folded == "auto" or word[0] in "#\uff03" or bool(_CLOCK.fullmatch(word))


def no_kind(typed: bool) -> Saying:
    """What is said where the kind is missing."""
    if typed:
        return say("Begin with what it is: refund, return, cancel, exchange, reship, message, review or other.")
    return say("What is it: refund, return, cancel, exchange, reship, message, review or other?")


def _sku(word: str) -> str | None:
    return word if _SKU.fullmatch(word) and not word.replace(".", "").replace(",", "").isdigit() else None


def _timed(words: list[Word], at: int, now: datetime, zone: tzinfo) -> tuple[str, datetime | date, int] | None:
    """`by TIME` or `since TIME` at this place: its field, what it means, and how many words it takes."""
    head = words[at][0].casefold()
    if head not in _BY and head not in _SINCE:
        return None
    past = head in _SINCE
    for count in range(min(_LONGEST, len(words) - at - 1), 0, -1):
        text = " ".join(word for word, _begin, _end in words[at + 1 : at + 1 + count])
        when = parse_when(text, now, zone, past=True) if past else read_due(text, now, zone)
        if when is not None:
            return ("since" if past else "due"), when, count + 1
    return None


def _money(words: list[Word], at: int, currency: str | None) -> tuple[Money, int] | None:
    """An amount with its sign or code, in one word or (`249 THB`) in two."""
    for count in (2, 1):
        pair = [word for word, _begin, _end in words[at : at + count]]
        if len(pair) < count:
            continue
        match = _AMOUNT.fullmatch("".join(pair))
        marks = match and [match[name] for name in ("sign", "code", "behind", "last") if match[name]]
        if match and marks and len(marks) == 1 and (count == 1 or not any(part[-1:] in ".," for part in pair)):
            mark = marks[0]
            named = _SIGNS.get(mark.casefold(), mark.upper()) or currency
            value = _figure(match["figure"], named)
            if value is not None:
                return Money(value, named), count
    return None


def parse_amount(text: str, currency: str | None) -> Money | None:
    """An amount that stands alone, so that sign and code may be left out; None for anything else."""
    words = [(match[0], match.start(), match.end()) for match in _WORD.finditer(text)]
    if len(words) == 1 and (bare := _figure(text.strip(), currency)) is not None:
        return Money(bare, currency)
    found = _money(words, 0, currency) if words else None
    return found[0] if found and found[1] == len(words) else None


def _figure(text: str, currency: str | None) -> Decimal | None:
    """Thousands parted by commas, decimals by a dot; in VND and IDR a dot before three digits parts thousands too."""
    whole = currency in ("VND", "IDR")
    pattern = r"\d{1,3}(?:[.,]\d{3})+|\d+" if whole else r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d{1,2})?"
    if re.fullmatch(pattern, text):
        return Decimal(re.sub("[.,]", "", text) if whole else text.replace(",", ""))
    return None


def _joined(text: str, rest: list[tuple[int, int]], pieces: list[Piece]) -> str:
    """The words that are left, with the blanks they were typed with where nothing was taken out between them."""
    parts: list[str] = []
    for index, (begin, end) in enumerate(rest):
        if index:
            before = rest[index - 1][1]
            cut = any(before <= piece.begin < begin for piece in pieces)
            parts.append(" " if cut else text[before:begin])
        parts.append(text[begin:end])
    return "".join(parts)


def as_line(pieces: Iterable[tuple[str, str, object]], read: Callable[[str], CaseLine]) -> tuple[str, tuple[str, ...]]:
    """One line of these pieces, and the fields that it cannot say because they would be read as something else.

    A piece is a field of `CaseLine`, how it is written, and what it must be read as.
    """
    line, left = "", []
    meant: dict[str, object] = dict.fromkeys(_FIELDS) | {"tags": (), "automatic": False}
    for name, text, value in pieces:
        tried = f"{line} {text}".strip()
        found, wanted = read(tried), meant | {name: value}
        if all(getattr(found, each) == wanted[each] for each in _FIELDS):
            line, meant = tried, wanted
        else:
            left.append(name)
    return line, tuple(left)


def write_line(ticket: Ticket) -> str:
    """The line that says what the ticket says, for correcting it; times are left out."""
    return " ".join(_written(ticket))


def _written(ticket: Ticket) -> Iterator[str]:
    yield KIND_WORDS[ticket.kind][0]
    if ticket.kind == "message":
        if ticket.channel in CHANNEL_WORDS:
            yield str(ticket.channel)
        if ticket.automatic:
            yield "auto"
        if ticket.content and " " not in ticket.content:
            yield f"#{ticket.content}"
        if ticket.words and _like_head(ticket.words.split()[0]):
            yield "--"
    if ticket.sku and " " not in ticket.sku:
        yield ticket.sku
    if ticket.order_id:
        yield ticket.order_id
    if ticket.money is not None and ticket.money.currency is not None:
        yield f"{ticket.money.amount}{ticket.money.currency}"
    if ticket.buyer and " " not in ticket.buyer:
        yield f"@{ticket.buyer}"
    if ticket.words:
        yield ticket.words
