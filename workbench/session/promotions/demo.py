"""The invented plan of the invented shop: everyday prices as chains of flash deals, Black Friday, three lives.

Everything in it, names and figures included, is made up.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import NamedTuple
from zoneinfo import ZoneInfo

from workbench.core.bigdays.plan import Plan, laid_out
from workbench.core.campaigns.model import Campaign, CampaignEntry, Figures
from workbench.core.lives.model import Check, Live, LiveEntry
from workbench.core.promotions.model import Item, Promotion, PromotionEntry, Tool, TypedPrice
from workbench.core.saying import Saying, say
from workbench.core.time import at_local
from workbench.i18n import render
from workbench.session.base import SessionBase
from workbench.session.bigdays.tables import PLANS, STEPS
from workbench.session.campaigns.tables import CAMPAIGNS
from workbench.session.lives.tables import LIVES
from workbench.session.promotions.tables import PRICES, PROMOTIONS
from workbench.storage import Transaction

_ZONE = ZoneInfo("Asia/Bangkok")


def _at(month: int, day: int, clock: str = "00:00", year: int = 2026) -> datetime:
    hour, minute = clock.split(":")
    # Naive on purpose: the wall clock of the shop.
    return at_local(datetime(year, month, day, int(hour), int(minute)), _ZONE)  # noqa: DTZ001


_LISTED = {
    "LAMP-WHT": "720", "MUG-SET-4": "450", "CHAIR-OAK": "1290", "PANTS-BLK-L": "329", "PANTS-BLK-M": "329",
    "DRESS-RED-S": "420", "DRESS-RED-M": "420", "TENT-2P": "2190",
}  # fmt: skip


class _Deal(NamedTuple):
    """One invented promotion: its tool, its prices, its time; `renews` is the number of the one before it."""

    tool: Tool
    items: dict[str, str]
    starts: datetime
    ends: datetime
    keep: bool = True
    renews: int | None = None
    campaign: int | None = None
    note: Saying | None = None


_BLACK_FRIDAY = (_at(11, 27), _at(12, 1))
_DEALS = (
    _Deal("discount", {"PANTS-BLK-L": "249"}, _at(11, 20), _at(12, 19)),
    _Deal("discount", {"PANTS-BLK-M": "249"}, _at(11, 6), _at(12, 5)),
    _Deal("flash", {"LAMP-WHT": "590"}, _at(11, 12, "14:00"), _at(11, 15, "14:00")),
    _Deal("flash", {"CHAIR-OAK": "1090"}, _at(11, 22, "10:00"), _at(11, 25, "10:00")),
    _Deal("flash", {"LAMP-WHT": "590"}, _at(11, 15, "14:00"), _at(11, 18, "14:00"), renews=3),
    _Deal("flash", {"LAMP-WHT": "590"}, _at(11, 18, "14:00"), _at(11, 21, "14:00"), renews=5),
    _Deal("flash", {"LAMP-WHT": "590"}, _at(11, 21, "14:00"), _at(11, 24, "14:00"), renews=6,
          note=say("sells on price, keep it running")),
    _Deal("flash", {"MUG-SET-4": "360"}, _at(11, 21, "23:00"), _at(11, 24, "23:00")),
    _Deal("flash", {"MUG-SET-4": "360"}, _at(11, 26, "09:00"), _at(11, 29, "09:00")),
    _Deal("flash", {"CHAIR-OAK": "1090"}, _at(11, 25, "10:00"), _at(11, 28, "10:00"), renews=4),
    _Deal("flash", {"CHAIR-OAK": "1090"}, _at(11, 28, "10:00"), _at(12, 1, "10:00"), renews=10),
    _Deal("campaign", {"PANTS-BLK-L": "229", "PANTS-BLK-M": "229", "TENT-2P": "1990"}, *_BLACK_FRIDAY, keep=False,
          campaign=3),
    _Deal("discount", {"DRESS-RED-S": "389", "DRESS-RED-M": "389"}, _at(12, 1), _at(12, 24), keep=False),
)  # fmt: skip
_ANCHOR = "shop.main"


def fill_plan(session: SessionBase, tx: Transaction) -> None:
    """Put promotions, lives, campaigns and a plan into the session."""
    for sku, price in _LISTED.items():
        id = tx.next_id(PRICES)
        since = _at(10, 1)
        tx.put(PRICES, id, TypedPrice(id=id, sku=sku, price=Decimal(price), since=since, set_at=since))
    for deal in _DEALS:
        id = tx.next_id(PROMOTIONS)
        entered = min(deal.starts - timedelta(hours=5), _at(11, 23, "21:10"))
        what = "add" if deal.renews is None else "renew"
        tx.put(PROMOTIONS, id, Promotion(
            id=id, tool=deal.tool, items=tuple(Item(sku, Decimal(price)) for sku, price in deal.items.items()),
            starts_at=deal.starts, ends_at=deal.ends, keep=deal.keep, renews=deal.renews, campaign=deal.campaign,
            note=None if deal.note is None else render(deal.note), story=(PromotionEntry(entered, what),),
        ))  # fmt: skip
    _campaigns(tx)
    _lives(session, tx)
    _black_friday(session, tx)


def _campaigns(tx: Transaction) -> None:
    entered = (CampaignEntry(_at(11, 9, "20:30"), "add"),)
    for campaign in (
        Campaign(
            id=1, name="12.12", starts_at=_at(12, 12, year=2025), ends_at=_at(12, 13, year=2025),
            skus=("TENT-2P", "LAMP-WHT"), discount="25 %", stock="80", why=render(say("the tent was sold out by noon")),
            expected=Figures(sales=Decimal(60000), orders=90), actual=Figures(sales=Decimal(81200), orders=128),
            reviewed_at=_at(12, 15, year=2025), measured_at=_at(1, 12), closed_at=_at(1, 12),
            story=(CampaignEntry(_at(11, 20, year=2025), "add"),),
        ),
        Campaign(
            id=2, name="11.11", starts_at=_at(11, 11), ends_at=_at(11, 12), skus=("PANTS-BLK-L", "PANTS-BLK-M"),
            discount="30 %", stock="200", why=render(say("size M was gone in the evening")),
            expected=Figures(sales=Decimal(90000), orders=300), actual=Figures(sales=Decimal(74100), orders=262),
            reviewed_at=_at(11, 14, "20:40"), story=(CampaignEntry(_at(10, 20, "21:00"), "add"),),
        ),
        Campaign(
            id=3, name="Black Friday", starts_at=_BLACK_FRIDAY[0], ends_at=_BLACK_FRIDAY[1],
            skus=("PANTS-BLK-L", "PANTS-BLK-M", "TENT-2P"), discount="30 %", stock="260",
            withdraw_until=_at(11, 25, "18:00"), expected=Figures(sales=Decimal(120000), orders=380), story=entered,
        ),
        Campaign(
            id=4, name="12.12", starts_at=_at(12, 12), ends_at=_at(12, 13), registration_closes=_at(11, 30, "18:00"),
            price_fixed_from=_at(12, 3, "18:00"), skus=("TENT-2P", "LAMP-WHT", "MUG-SET-4"), story=entered,
        ),
    ):  # fmt: skip
        tx.put(CAMPAIGNS, tx.next_id(CAMPAIGNS), campaign)


def _lives(session: SessionBase, tx: Transaction) -> None:
    settings = session.settings.lives
    entered = (LiveEntry(_at(11, 23, "21:20"), "add"),)
    for starts, skus in (
        (_at(11, 25, "20:00"), ("PANTS-BLK-L", "PANTS-BLK-M", "DRESS-RED-S", "DRESS-RED-M")),
        (_at(11, 28, "20:00"), ("LAMP-WHT", "CHAIR-OAK")),
        (_at(12, 5, "20:00"), ("MUG-SET-4", "LAMP-WHT")),
    ):
        checks = [
            Check(id=n, title=each.title, within=int(each.within.total_seconds()) if each.within else None)
            for n, each in enumerate((*settings.before, *settings.after), 1)
        ]
        cut = len(settings.before)
        id = tx.next_id(LIVES)
        tx.put(LIVES, id, Live(
            id=id, starts_at=starts, ends_at=starts + timedelta(hours=2), account=_ANCHOR, skus=skus,
            before=tuple(checks[:cut]), after=tuple(checks[cut:]), story=entered,
        ))  # fmt: skip


def _black_friday(session: SessionBase, tx: Transaction) -> None:
    """The plan for Black Friday, with everything ticked off that was to be done by now."""
    event = next((each for each in session.settings.events if each.id == "black_friday"), None)
    template = next((each for each in session.settings.plans if each.event == "black_friday"), None)
    if event is None or template is None:
        return
    day, started = date(2026, 11, 27), _at(2, 20, "20:00")
    plan = tx.next_id(PLANS)
    tx.put(PLANS, plan, Plan(id=plan, event=event.id, name=event.name, day=day, started_at=started))
    for each in template.steps:
        id = tx.next_id(STEPS)
        step = laid_out(each, id, plan, day, started)
        if step.ends < date(2026, 11, 24):
            done = at_local(datetime(step.ends.year, step.ends.month, step.ends.day, 20), _ZONE)  # noqa: DTZ001
            step = type(step)(**{name: getattr(step, name) for name in step.__struct_fields__} | {"done_at": done})
        tx.put(STEPS, id, step)
