"""What can be chosen on the screens and is remembered: the market, the shop's time, the language, the theme."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, available_timezones

from workbench.config.disk import at_home, is_folder
from workbench.core.policy import GENERIC
from workbench.core.saying import Told, say
from workbench.i18n import NAMES, _, language, render, use
from workbench.output.cities import city
from workbench.output.marks import DONE
from workbench.session.choices import MARKET_NAMES, MARKETS, shop_choices
from workbench.session.first_start import guess_zone, zones_of
from workbench.session.imports.proposal import Proposal
from workbench.ui.sheets.choose import ChooseSheet, Offer
from workbench.ui.text import Span
from workbench.ui.zones import own_zone

if TYPE_CHECKING:
    from workbench.session import Session
    from workbench.ui.bench import Bench

#: So many zones are found by typing.
_MOST = 40


def choose_market(
    bench: Bench, then: Callable[[str | None], None] | None = None, proposed: Proposal | None = None
) -> None:
    """Ask whose rules apply; `proposed` by files that are to be read. `then` hears the market, None where none was
    chosen."""
    session, own = bench.session, _own()
    offers = [_market(session, market, own) for market in MARKETS]
    told = [(_("Its rules and its days off make the deadlines."), "quiet")]
    if proposed is not None:
        text = _("The amounts in it are in {currency}: {market}, {city} time, is proposed.").format(
            currency=proposed.currency, market=render(MARKET_NAMES[proposed.market]), city=city(ZoneInfo(proposed.zone))
        )
        told.insert(0, (text, "strong"))
    elif then is not None:
        told.insert(0, (_("Nothing is read in before the market is chosen; the files do not tell it."), "soon"))
    if session.imports.files():
        text = _("Times that files gave stay as they were read: undo those imports and import the files again.")
        told.append((text, "soon"))
    given = session.policy.market if session.market_chosen else None
    market = proposed.market if proposed is not None else None

    def deed(market: str) -> None:
        session.choose(shop_choices(market, guess_zone(session.settings, market, own), session.loaded))

    def chosen(market: str | None) -> None:
        if market is not None:
            _tell_shop(bench)
        if then is not None:
            then(market)

    bench.push_screen(ChooseSheet(_("Market"), offers, given, deed, proposed=market, told=told), chosen)


def choose_zone(bench: Bench) -> None:
    """Ask in which zone the shop's days run."""
    session = bench.session
    market = session.policy.market
    offers = [_zone(name) for name in zones_of(session.settings, market, _own())]

    def more(typed: str) -> Iterable[Offer]:
        wanted = typed.replace(" ", "_")
        return [_zone(name) for name in sorted(available_timezones()) if wanted in name.casefold()][:_MOST]

    def deed(zone: str) -> None:
        main = session.settings.raw_market(market)["timezone"]
        session.choose({"shop.timezone": None if zone == main else zone})

    def chosen(zone: str | None) -> None:
        if zone is not None:
            _tell_shop(bench)

    told = [(_("Its days end, and times without a zone are read, in this zone."), "quiet")]
    bench.push_screen(ChooseSheet(_("Shop time"), offers, session.zone.key, deed, told=told, more=more), chosen)


def choose_theme(bench: Bench) -> None:
    """Ask for one of the themes."""
    offers = [
        Offer(name, name) for name in sorted(bench.available_themes, key=lambda name: ("workbench" not in name, name))
    ]

    def chosen(theme: str | None) -> None:
        if theme is not None:
            use_theme(bench, theme)

    bench.push_screen(ChooseSheet(_("Theme"), offers, bench.theme, lambda _theme: None), chosen)


def use_theme(bench: Bench, name: str) -> None:
    """Another theme, from now on."""
    bench.theme = name
    _remember(bench, {"display.theme": name}, _("Theme {name}").format(name=name))


def other_language(bench: Bench) -> None:
    """The other language, from now on."""
    use("en" if language() == "zh" else "zh")
    bench.reload()
    _remember(bench, {"shop.language": language()}, _("Language {name}").format(name=NAMES[language()]))


def back_up(bench: Bench) -> None:
    """Make a backup now, in the folder it went to last or in another one, which is remembered."""
    from workbench.session import Done
    from workbench.ui.sheets.oneline import OneLine, Understood

    session = bench.session
    daily = str(session.store.directory / "backups")

    def read(text: str) -> Understood:
        where = at_home(text.strip()).absolute() if text.strip() else None
        line = daily if where is None else str(where)
        found = where is None or is_folder(where)
        tail = "" if found else "   " + _("no such folder")
        return Understood((where,) if found else None, below=[[Span("  " + line, "quiet"), Span(tail, "soon")]])

    def deed(value: tuple[Path | None]) -> Done:
        (folder,) = value
        path = session.safety.backup(folder)
        if folder != session.settings.backup.folder:
            session.choose({"backup.folder": None if folder is None else str(folder)})
        return Done(say("backup {path}", path=str(path)))

    folder = session.settings.backup.folder
    hint = _("a folder; empty: beside the daily ones")
    bench.push_screen(OneLine(_("Back up to"), read, deed, value=str(folder or ""), placeholder=hint))


def _remember(bench: Bench, choices: dict[str, str], what: str) -> None:
    """It is so already; that it stays so is told once it does, and what hinders it where it does not."""

    def refused(told: Told) -> None:
        if bench.frame is not None:
            text = _("{what}, until you leave.").format(what=what)
            bench.frame.tell([Span(text + " "), Span(render(told.saying), "soon")])

    def then(_none: None) -> None:
        if bench.frame is not None:
            bench.frame.tell([Span(f"{DONE} "), Span(_("{what}, saved.").format(what=what))])

    bench.do(lambda: bench.session.choose(choices), then, refused)


def _tell_shop(bench: Bench) -> None:
    """The market and the time in force; what is stored is brought to them."""
    session = bench.session
    bench.run_worker(session.upkeep, thread=True, group="deed", exit_on_error=False, description="upkeep")
    if bench.frame is not None:
        what = _("{market}, {city} time").format(
            market=render(MARKET_NAMES[session.policy.market]), city=city(session.zone)
        )
        bench.frame.tell([Span(f"{DONE} "), Span(_("{what}, saved.").format(what=what))])


def _market(session: Session, market: str, own: str | None) -> Offer:
    if market == GENERIC:
        return Offer(market, render(MARKET_NAMES[market]), _("general rules, all assumed"))
    table = session.settings.raw_market(market)
    zone = ZoneInfo(guess_zone(session.settings, market, own))
    return Offer(market, render(MARKET_NAMES[market]), _("{city} time, {currency}").format(
        city=city(zone), currency=table["currency"]
    ))  # fmt: skip


def _zone(name: str) -> Offer:
    return Offer(name, city(ZoneInfo(name)), name)


def _own() -> str | None:
    zone = own_zone()
    return zone.key if zone else None


#: What each command chooses.
WAYS: Mapping[str, Callable[[Bench], None]] = {
    "market": choose_market, "zone": choose_zone, "theme": choose_theme, "language": other_language, "backup": back_up,
}  # fmt: skip
