"""One line of the log: `[day] SKU type [xN] [@T-N] [#content] words`.

The day is ISO, today, yesterday, 今天, 昨天, 前天 or a weekday (the latest one, today included). The SKU is one word, a
known SKU of several words (the longest that fits), or anything in double quotes (a quote inside is written twice).
An unknown SKU that may be meant as a known one (`core.alike`) is asked about; in quotes it is meant as it stands. The
type is the longest name or alias that fits. Then come the count, the ticket and the content (the video, live or post);
`@-` says that there is no ticket, `#-` that there is no content, and `#` with nothing or with digits alone behind it
is words.
Between these parts any number of blanks may stand; Chinese ones may touch what follows.

The one blank that ends the last of these parts is taken away, and everything behind it is the buyer's words, exactly:
more blanks, tabs, quotes and line breaks are words. Words that would themselves read as a count or a ticket are
written behind `x1` or `@-`, as `write` does.

Where a line can be read in two ways, one that has a type is better than one that has not, then one with a known SKU.
A word that names a day is a SKU only where such a SKU is known.
"""

from __future__ import annotations

import re
from datetime import date

import msgspec

from workbench.core.issues.names import TypeBook
from workbench.core.issues.reading import LineReading, Part, Question
from workbench.core.issues.skus import Skus
from workbench.core.issues.ways import Way, ways
from workbench.core.saying import Saying, say
from workbench.core.spelling import ends, plain, skip_blanks, word_end

_COUNT = re.compile(r"\s*[x\u00d7]([0-9]{1,6})", re.IGNORECASE)
#: `#name`; `#-` says that what follows is words. A bare `#`, and one with digits only, is words.
_CONTENT = re.compile(r"\s*#(?:(-)(?!\S)|(?![0-9]+(?!\S))([^\W_]\S*))")
_TICKET = re.compile(r"\s*@(?:t-([0-9]{1,9})|-)", re.IGNORECASE)
#: How much of an unknown word a sentence repeats.
_SHOWN = 40


def read(
    text: str, *, types: TypeBook, skus: Skus, today: date, language: str = "en", day: date | None = None,
    new: bool = False,
) -> LineReading:  # fmt: skip
    """`text` as an issue. `today` is the log's day of now, `day` that of a line without one (in an edited issue); with
    `new` an unknown SKU is meant as it stands."""
    line = plain(text)
    way = max(ways(text, line, types, skus, today), key=Way.worth)
    parts = list(way.parts)
    meant = way.day or day or today
    found = LineReading(text=text, parts=tuple(parts), day=meant, future=meant > today)
    if way.problem is not None:
        return msgspec.structs.replace(found, problem=way.problem)
    if len(way.skus) != 1:
        question, problem = _no_sku(text, way)
        return msgspec.structs.replace(found, question=question, problem=problem)
    found = msgspec.structs.replace(found, sku=way.skus[0], new_sku=not way.known)
    if way.type is None or len(way.type[1]) != 1:
        question, problem = _no_type(line, way, types, language)
        return msgspec.structs.replace(found, question=question, problem=problem)
    at, (type,) = way.type
    count, ticket, content = 1, None, None
    if (hit := _COUNT.match(line, at)) and ends(line, hit.end()):
        parts.append(Part("count", skip_blanks(line, at), hit.end()))
        count, at = int(hit[1]), hit.end()
    if (hit := _TICKET.match(line, at)) and ends(line, hit.end()):
        parts.append(Part("ticket", skip_blanks(line, at), hit.end()))
        ticket, at = int(hit[1]) if hit[1] else None, hit.end()
    if hit := _CONTENT.match(line, at):
        parts.append(Part("content", skip_blanks(line, at), hit.end()))
        content, at = text[hit.start(2) : hit.end(2)] if hit[2] else None, hit.end()
    if at < len(line) and line[at].isspace():
        at += 1
    if at < len(line):
        parts.append(Part("words", at, len(line)))
    near = () if new or way.known or way.quoted else skus.alike(way.skus[0])
    doubt = _alike(text, way, near) if near else None
    return msgspec.structs.replace(
        found,
        parts=tuple(parts),
        type=type,
        count=count,
        ticket=ticket,
        content=content,
        words=text[at:],
        question=Question("sku", way.start, way.end, near) if doubt else None,
        problem=doubt if count else say("x0 counts nothing. Write x1 or more, or leave it out."),
    )


def _alike(text: str, way: Way, near: tuple[str, ...]) -> Saying:
    """What to say of an unknown SKU that may be meant as a known one."""
    return say(
        '"{text}" is not a known SKU. Did you mean: {skus}? A new SKU is written in quotes, or with --new.',
        text=text[way.start : way.end][:_SHOWN],
        skus=", ".join(near),
    )


def _no_sku(text: str, way: Way) -> tuple[Question | None, Saying]:
    """What to ask and to say where no single SKU was found."""
    if not way.skus:
        return None, say("The SKU is missing. Write: SKU type words, for example: PANTS-BLK-L size too tight")
    problem = say(
        '"{text}" may be one of these SKUs: {skus}. Write one of them.',
        text=text[way.start : way.end],
        skus=", ".join(way.skus),
    )
    return Question("sku", way.start, way.end, way.skus), problem


def _no_type(line: str, way: Way, types: TypeBook, language: str) -> tuple[Question, Saying]:
    """What to ask and to say where no single type was found."""
    start = skip_blanks(line, way.end)
    if way.type is not None:
        end, candidates = way.type
        problem = say(
            '"{text}" may be one of these issue types: {types}. Write one of them.',
            text=line[start:end],
            types=types.listed(candidates, language),
        )
    elif start == len(line):
        end, candidates = start, tuple(types.types)
        problem = say(
            "The issue type is missing. Write one of these behind the SKU: {types}.",
            types=types.listed(candidates, language),
        )
    else:
        end = word_end(line, start)
        candidates = types.near(line[start:end][:_SHOWN])
        problem = say(
            '"{text}" is not an issue type. Write one of these behind the SKU: {types}.',
            text=line[start:end][:_SHOWN],
            types=types.listed(candidates, language),
        )
    return Question("type", start, end, candidates), problem
