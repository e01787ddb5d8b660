"""What was understood of the line, said under it: product, type, words, count, day; or the one open question."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from workbench.core.issues.complete import Candidate
from workbench.core.issues.names import TypeBook
from workbench.core.issues.reading import LineReading
from workbench.core.issues.skus import Skus
from workbench.core.issues.suggest import Suggestion
from workbench.i18n import _, render
from workbench.output.words import long_date, weekday
from workbench.ui.issues.lines import short_word, type_word
from workbench.ui.text import Line, Span, cut, line_width

_GAP = "    "


def numbered(reading: LineReading, asked: bool) -> bool:
    """Whether a digit, typed next, would be an answer: nothing else can begin with one there, or Enter has asked."""
    question = reading.question
    if question is None:
        return False
    if reading.type is not None:
        return asked
    return reading.text[-1:].isspace() or (question.about == "type" and not reading.new_sku)


def read_back(
    reading: LineReading, candidates: Sequence[Candidate], marked: int, *, skus: Skus, types: TypeBook, today: date,
    asked: bool, cells: int,
) -> Line:  # fmt: skip
    """One line, in `cells`. `marked` is the completion that Tab takes, `asked` that Enter could not save."""
    if reading.draft is not None:
        return _understood(reading, candidates, skus, types, today)
    offers = [each for each in candidates if each.kind != "words"]
    front: list[Span] = []
    if reading.sku is not None and not (reading.new_sku and offers and offers[0].kind == "sku"):
        product = skus.product(reading.sku)
        known = Span(product or reading.sku, "quiet") if not reading.new_sku else Span(_("new SKU"), "soon")
        front = [known, Span(_GAP)]
    if asked and not offers:
        return [*front, Span(render(reading.problem) if reading.problem else "", "soon")]
    digits = numbered(reading, asked)
    if reading.type is not None and not asked:
        # Complete but for the SKU, which is asked about when it is to be saved.
        front = [Span(_("not a known SKU"), "soon"), Span(_GAP)]
    return [*front, *_offers(offers, marked, types, digits, asked, cells - line_width(front))]


def digit_of(offer: Candidate, at: int, types: TypeBook) -> int:
    """The digit that answers with this offer: of a type always the same, whatever the SKU; of a SKU its place."""
    return list(types.types).index(offer.value) + 1 if offer.kind == "type" else at + 1


def _understood(
    reading: LineReading, candidates: Sequence[Candidate], skus: Skus, types: TypeBook, today: date
) -> list[Span]:
    assert reading.sku is not None
    assert reading.type is not None
    product = skus.product(reading.sku)
    parts = [Span(_("new SKU"), "soon") if reading.new_sku else Span(product or reading.sku, "quiet")]
    parts.append(Span(type_word(types, reading.type), "quiet"))
    words = next((each for each in candidates if each.kind == "words" and each.ahead), None)
    if words is not None and words.text.startswith("@"):
        parts.append(Span(_("words as in {ref}").format(ref=words.text.split(" ")[0][1:]), "quiet"))
    elif reading.ticket is not None:
        parts.append(Span(_("about {ref}").format(ref=f"T-{reading.ticket}"), "quiet"))
    often = _("once") if reading.count == 1 else f"x{reading.count}"
    parts.append(Span(_("{often}, {day}").format(often=often, day=day_name(reading.day, today)), "quiet"))
    if reading.future:
        parts.append(Span(_("this day is still to come"), "soon"))
    return [span for at, part in enumerate(parts) for span in ((Span(_GAP), part) if at else (part,))]


def _offers(
    offers: Sequence[Candidate], marked: int, types: TypeBook, digits: bool, asked: bool, cells: int
) -> list[Span]:
    """`1 size   3 quality`, the one that Tab takes in strong, the likeliest first; as many as fit."""
    line: list[Span] = []
    if asked:
        about = offers[0].kind
        line = [Span((_("Which SKU?") if about == "sku" else _("Which type?")) + "   ", "soon_bold")]
    for at, offer in enumerate(offers):
        short = digits and offer.kind == "type"
        text = short_word(types, offer.value) if short else cut(offer.text.strip().strip('"'), 30)
        digit = digit_of(offer, at, types)
        span = [Span(f"{digit} ", "bold")] if digits and digit <= 9 else []
        span += [Span(text, "strong" if at == marked else "quiet"), Span("   ")]
        if line_width(line) + line_width(span) > cells:
            break
        line += span
    return line


def inviting(suggested: Sequence[Suggestion], marked: int) -> Line:
    """What Enter does on an empty line."""
    if not suggested:
        return [Span(_("SKU, type and the buyer's words; a few letters and tab are enough"), "quiet")]
    if marked:
        return [Span(_("enter saves the marked suggestion, tab brings it here"), "quiet")]
    return [Span(_("enter saves the first suggestion, tab brings it here"), "quiet")]


def day_name(day: date, today: date) -> str:
    """`today`, `yesterday`, `Mon`, else the date."""
    ago = (today - day).days
    if ago in (0, 1):
        return _("yesterday") if ago else _("today")
    return weekday(day) if 0 < ago < 7 else long_date(day)
