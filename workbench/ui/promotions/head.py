"""What stands around the board: the sentence, the days above it, lives and campaigns below it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta, tzinfo
from decimal import Decimal

from workbench.core.campaigns.model import Campaign
from workbench.core.lives.model import Live
from workbench.core.money import Money
from workbench.core.promotions.board import BoardRow, cell
from workbench.core.promotions.model import Item, Promotion, Tool
from workbench.core.saying import Saying, say
from workbench.i18n import _, n_, render
from workbench.output.marks import MILESTONE, SOON
from workbench.output.words import amount, clock, due_clock, due_point, full_due, long_date, point, short_date, weekday
from workbench.ui.promotions.board import GROUND, LEFT, LETTER, NAME, BoardDays
from workbench.ui.text import Line, Span, fit, line_width, told_apart, width

#: So many are named in the sentence, each in so many cells, or in fewer where they have to be.
_NAMED, _NAMES = 3, (60, 20, 12)
_LEGEND: tuple[Tool, ...] = ("flash", "discount", "campaign")
_SHORT: dict[Tool, Saying] = {"flash": say("flash deal"), "discount": say("discount"), "campaign": say("campaign")}


def price(value: Decimal | None, currency: str | None) -> str:
    """An amount without the decimals it does not have: `฿590`."""
    if value is None:
        return _("not known")
    text = amount(Money(value, currency))
    return text.removesuffix(".00")


def figure(item: Item, currency: str | None) -> str:
    """What an item costs: a price, or `-10%`."""
    return price(item.price, currency) if item.price is not None else f"-{item.percent:f}%"


def sentence(
    going: Sequence[tuple[Promotion, Item]], back: Sequence[Decimal | None], any_: bool, now: datetime, zone: tzinfo,
    currency: str | None, cells: int,
) -> Line:  # fmt: skip
    """`2 prices go back today: LAMP-WHT at 14:00, MUG-SET-4 at 23:00.`

    `going` are the prices to be kept that end, soonest first, those that went back in front; `back` what each goes
    back to. Of what does not fit in `cells` the names are cut.
    """
    lines = (_sentence(going, back, any_, now, zone, currency, room) for room in _NAMES)
    return next((line for line in lines if line_width(line) <= cells), None) or _sentence(
        going, back, any_, now, zone, currency, _NAMES[-1]
    )  # fmt: skip


def _sentence(
    going: Sequence[tuple[Promotion, Item]], back: Sequence[Decimal | None], any_: bool, now: datetime, zone: tzinfo,
    currency: str | None, room: int,
) -> Line:  # fmt: skip
    if not any_:
        return [Span(_("No promotions yet."), "title")]
    names = told_apart((item.sku for _each, item in going if item.sku is not None), room)
    gone = [(each, item, to) for (each, item), to in zip(going, back, strict=True) if each.ends_at <= now]
    if gone:
        each, item, to = gone[0]
        text = n_("{n} price has gone back:", "{n} prices have gone back:", len(gone)).format(n=len(gone))
        said = _("{sku} stands at {price} since {point}.") if to is not None else _("{sku} since {point}.")
        name, since = _name(item, names), point(each.ends_at, now, zone)
        return [
            Span(text, "soon_bold"),
            Span(" " + said.format(sku=name, price=price(to, currency), point=since)),
            *([Span(" " + _("{n} more.").format(n=len(gone) - 1), "quiet")] if len(gone) > 1 else []),
        ]
    today = now.astimezone(zone).date()
    first = [
        (each, item, to) for (each, item), to in zip(going, back, strict=True)
        if (each.ends_at - timedelta(seconds=1)).astimezone(zone).date() == today
    ]  # fmt: skip
    if not first:
        if not going:
            return [Span(_("No price goes back in the next two weeks."), "title")]
        each, item = going[0]
        said = _("Next is {sku}, {point}.").format(sku=_name(item, names), point=due_point(each.ends_at, now, zone))
        return [Span(_("No price goes back today."), "title"), Span(" " + said)]
    text = n_("{n} price goes back today:", "{n} prices go back today:", len(first)).format(n=len(first))
    if len(first) == 1 and first[0][1].price is not None and first[0][2] is not None:
        each, item, to = first[0]
        said = _("{sku} at {time}, from {price} to {back}.").format(
            sku=_name(item, names), time=due_clock(each.ends_at, zone), price=price(item.price, currency),
            back=price(to, currency),
        )  # fmt: skip
        return [Span(text, "title"), Span(" " + said)]
    named = [
        _("{sku} at {time}").format(sku=_name(item, names), time=due_clock(each.ends_at, zone))
        for each, item, _to in first[:_NAMED]
    ]
    more = _(" and {n} more").format(n=len(first) - _NAMED) if len(first) > _NAMED else ""
    return [Span(text, "title"), Span(" " + _(", ").join(named) + more + _("."))]


def _name(item: Item, names: Mapping[str, str]) -> str:
    return _("all SKUs") if item.sku is None else names[item.sku]


def days_above(days: BoardDays, now: datetime, right: str) -> list[Line]:
    """Weekdays, dates, and the mark of now; the legend stands in the free cells at their left."""
    names: list[Span] = []
    dates: list[Span] = []
    for n in range(days.days):
        day = days.first + timedelta(days=n)
        role = "title" if n == 0 else "quiet" if day.weekday() > 4 else "text"
        name = weekday(day)
        if width(name) > days.cells - 1:
            # Of a Chinese weekday the last character is enough.
            name = name[: days.cells - 1] if name.isascii() else name[-1]
        names.append(Span(fit(name, days.cells), role))
        dates.append(Span(fit(str(day.day), days.cells), role))
    at = min(cell(now, days.first, days.zone, 24) * days.cells // 24, days.cells - 1)
    mark = [Span(" " * at), Span(MILESTONE, "accent_bold"), Span(clock(now, days.zone), "quiet")]
    rows: list[Line] = [names, dates, mark]
    # At 80 columns there are 21 cells beside the days, before the one at the edge.
    rows[1] = [*dates, Span(" " * min(5, 21 - width(right)) + right, "quiet")] if right else dates
    return [[*_legend(tool), *row] for tool, row in zip(_LEGEND, rows, strict=True)]


def _legend(tool: Tool) -> Line:
    text = fit(f" {render(_SHORT[tool])}", LEFT - 3)
    return [Span("  "), Span(LETTER[tool], "title", GROUND[tool]), Span(text, "quiet")]


def holds(row: BoardRow, now: datetime, days: BoardDays) -> Line:
    """Until when a price holds, beside its row."""
    zone = days.zone
    if row.holds_until is None:
        last = days.first + timedelta(days=days.days - 1)
        return [Span("     "), Span(_("past {date}").format(date=short_date(last)), "quiet")]
    hole = next((each for each in row.stretches if each.hole and each.begins == row.holds_until), None)
    soon = hole is not None and row.holds_until < now + timedelta(hours=24)
    if row.holds_until <= now:
        text = _("since {point}").format(point=point(row.holds_until, now, zone))
        return [Span("   "), Span("!", "soon_bold"), Span(f" {text}", "soon")]
    same = (row.holds_until - timedelta(seconds=1)).astimezone(zone).date() == now.astimezone(zone).date()
    text = (
        _("today {time}").format(time=due_clock(row.holds_until, zone)) if same else _day_clock(row.holds_until, zone)
    )
    return [Span("   "), Span(SOON if soon else " ", "soon"), Span(f" {text}", "soon" if soon else "text")]


def _day_clock(at: datetime, zone: tzinfo) -> str:
    text = full_due(at, zone)
    if width(text) <= 16:
        return text
    local = (at - timedelta(seconds=1)).astimezone(zone).date()
    return text.replace(long_date(local), short_date(local))


def lives_row(lives: Iterable[Live], days: BoardDays, now: datetime) -> Line | None:
    """The lives of these days, each by its time."""
    shown = [live for live in lives if live.over_at > now - timedelta(days=1) and live.starts_at < days.ends]
    coming = sorted(shown, key=lambda each: each.starts_at)
    marks = []
    for live in coming:
        local = live.starts_at.astimezone(days.zone)
        text = clock(live.starts_at, days.zone) if days.cells > 3 else f"{local.hour}"
        at = (local.date() - days.first).days * days.cells
        if at >= 0:
            marks.append((at, text))
    if not marks:
        return None
    line = _marked(_("Lives"), marks, days)
    following = next((live for live in coming if live.starts_at > now), None)
    if days.cells > 3 or following is None:
        return line
    gap = LEFT + days.days * days.cells - line_width(line)
    return [*line, Span(" " * (gap + 5)), Span(point(following.starts_at, now, days.zone), "quiet")]


_DATES: dict[str, Saying] = {
    "registration_closes": say("register"), "price_fixed_from": say("prices lock"), "starts_at": say("starts"),
    "ends_at": say("ends"),
}  # fmt: skip


def campaign_row(campaign: Campaign, days: BoardDays, now: datetime) -> Line | None:
    """The dates of a campaign in these days."""
    marks = []
    for name, saying in _DATES.items():
        at: datetime | None = getattr(campaign, name)
        if at is not None and now <= at < days.ends:
            # What is due at 00:00 belongs to the day before; what starts then starts on that day.
            day = (at if name == "starts_at" else at - timedelta(seconds=1)).astimezone(days.zone).date()
            marks.append(((day - days.first).days * days.cells, render(saying)))
    return _marked(campaign.name, sorted(marks), days) if marks else None


def _marked(name: str, marks: Sequence[tuple[int, str]], days: BoardDays) -> Line:
    line = [Span("  " + fit(name, NAME) + " ", "quiet")]
    at = 0
    for low, text in marks:
        room = days.days * days.cells - max(low, at)
        if low >= at and width(text) <= room:
            line += [Span(" " * (low - at)), Span(text)]
            at = low + width(text) + 1
            line.append(Span(" "))
    return line if line_width(line) > LEFT else [*line]
