"""Policies built from the settings: the market's own rules first, generic's after them as assumed."""

import zlib
from collections.abc import Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

import msgspec

from workbench.config.daysoff import Holidays, holidays_version
from workbench.config.forms import unknown
from workbench.config.groups import WEEKDAYS
from workbench.config.market_tables import MARKET, WrittenDeadline
from workbench.config.markets import MARKETS
from workbench.config.settings import Settings
from workbench.core.policy import GENERIC, Calendar, Goals, MayAsk, MessagePolicy, Policy, ReviewPolicy, Rule
from workbench.core.saying import Misuse

if TYPE_CHECKING:
    from workbench.core.violations.policy import PointsPolicy

_WINDOWS = {"first_days", "second_days", "tries", "answer"}


def policy(settings: Settings, market: str | None = None) -> Policy:
    """The deadline rules of `market` (the shop's where left out); `Misuse` for a market that is not known.

    The zone is the shop's in its own market, else the market's main one. The currency is the market's, in
    which the conditions of its rules are written; the shop's where the market has none.
    """
    shop = settings.shop
    market = known(market or shop.market)
    own = MARKET.read(settings.raw_market(market))
    generic = own if market == GENERIC else MARKET.read(settings.raw_market(GENERIC))
    zone = shop.timezone if market == shop.market else own.timezone
    currency = own.currency or (shop.currency if market == shop.market else None)
    export_zone = own.export_timezone or zone
    chatbots = settings.messages.chatbots
    rules = tuple(_rules(market, _holding(own.deadlines, chatbots)))
    if market != GENERIC:
        rules += tuple(
            msgspec.structs.replace(rule, assumed=True)
            for rule in _rules(GENERIC, _holding(generic.deadlines, chatbots))
        )
    changes = settings.days_off(market)
    goals = settings.goals
    wanted = Goals(hours=goals.hours, clear_by=goals.clear_by, days=tuple(WEEKDAYS.index(day) for day in goals.days))
    facts = (
        (goals.hours, goals.clear_by.isoformat(), sorted(set(goals.days))),
        market, zone.key, export_zone.key, currency, own.disputable_days, rules, own.holidays, own.subdivision,
        settings.raw("shop").get("hours", ""), settings.raw("messages"),
        sorted(set(changes.add)), sorted(set(changes.strike)), sorted(set(changes.worked)),
        holidays_version() if own.holidays else "",
    )  # fmt: skip
    days = Holidays(own.holidays, own.subdivision, changes)
    return Policy(
        goals=wanted,
        market=market,
        zone=zone,
        export_zone=export_zone,
        currency=currency,
        rules=rules,
        fingerprint=f"{zlib.crc32(msgspec.json.encode(facts)):08x}",
        calendar=Calendar(days.holiday, days.worked),
        disputable_days=own.disputable_days,
        of_messages=partial(_messages, settings, market),
        of_reviews=partial(_reviews, settings, market),
        languages=own.languages,
    )


def _messages(settings: Settings, market: str) -> MessagePolicy:
    from workbench.config.message_tables import MESSAGE_RULES

    rules = MESSAGE_RULES.read(settings.raw_part(market, "messages") or {})
    goals = msgspec.structs.asdict(settings.messages.goals)
    return MessagePolicy(hours=settings.shop.hours, goals=goals, **msgspec.structs.asdict(rules))


def _reviews(settings: Settings, market: str) -> ReviewPolicy:
    from workbench.config.message_tables import REVIEW_RULES

    rules = REVIEW_RULES.read(settings.raw_part(market, "reviews") or {})
    fields = msgspec.structs.asdict(rules)
    return ReviewPolicy(**fields | {"may_ask": MayAsk(**msgspec.structs.asdict(rules.may_ask))})


def known(market: str) -> str:
    if market not in MARKETS:
        raise Misuse(unknown(market, MARKETS))
    return market


def _holding(deadlines: tuple[WrittenDeadline, ...], chatbots: bool) -> Iterator[WrittenDeadline]:
    """The rules as written, those with a weekend of their own only where all chatbots are on."""
    return (each for each in deadlines if chatbots or each.weekend is None)


def _rules(market: str, deadlines: Iterable[WrittenDeadline]) -> Iterator[Rule]:
    """The rules with their ids, such as `TH.decide.1wd` and `US.decide.4wd>100`.

    Of rules that would share one, the first as written has it; the later ones name kind, date and number.
    """
    taken: set[str] = set()
    for each in deadlines:
        id = _id(market, each, taken)
        taken.add(id)
        fields = msgspec.structs.asdict(each)
        yield Rule(id=id, market=market, kinds=fields.pop("kind"), **fields)


def _id(market: str, each: WrittenDeadline, taken: set[str]) -> str:
    id = f"{market}.{each.stage}.{each.within}"
    if each.when is not None:
        id += f"{each.when.compare}{each.when.amount}"
    for tail in (f".{each.kind[0]}", f".{each.effective or 'always'}"):
        if id not in taken:
            return id
        id += tail
    return next(name for name in (id, *(f"{id}.{n}" for n in range(2, len(taken) + 3))) if name not in taken)


def points_policy(settings: Settings, market: str | None = None) -> "PointsPolicy":
    """The points policy of `market` (the shop's where left out); what it takes from generic is assumed.

    `Misuse` for a market that is not known.
    """
    from workbench.config.points_tables import POINTS
    from workbench.core.violations.policy import PointsPolicy

    market = known(market or settings.shop.market)
    own = settings.raw_part(market, "points")
    raw = own if market == GENERIC else _over_generic(own, settings.raw_part(GENERIC, "points"))
    assumed = market != GENERIC and not {"system", "validity"} & own.keys()
    if market != GENERIC and "validity" in own:  # a figure of the market's own: nothing is in conflict with it
        raw = {name: each for name, each in raw.items() if name != "validity_other"}
    return PointsPolicy(market=market, assumed=assumed, **POINTS.names.read(raw))


def _over_generic(own: dict[str, Any], generic: dict[str, Any]) -> dict[str, Any]:
    """Generic's points with a market's own over them; what remains of generic's figures is assumed."""
    taken = dict(generic)
    for name in ("milestones", "validity"):
        taken[name] = [row | {"assumed": True} for row in generic[name]]
    appeals = own.get("appeals", {})
    taken["appeals"] = generic["appeals"] | {"assumed": bool(_WINDOWS - appeals.keys())} | appeals
    return taken | {name: each for name, each in own.items() if name != "appeals"}
