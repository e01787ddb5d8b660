"""What a market takes of an order and limits of deals with creators, built from the settings."""

from __future__ import annotations

from decimal import Decimal

import msgspec

from workbench.config.deal_tables import CLOCKS, COLLABORATIONS, Collaborations
from workbench.config.policies import known
from workbench.config.profit_tables import FEES, PRICE_TAX
from workbench.config.settings import Settings
from workbench.core.creators.clocks import DealClock
from workbench.core.currencies import places
from workbench.core.policy import GENERIC
from workbench.core.profit.model import Fee, Terms


def fees(settings: Settings) -> tuple[Fee, ...]:
    """The fees of the shop's market, as they are written; generic has none."""
    return FEES.read(settings.raw_part(known(settings.shop.market), "fees") or [])


def terms(settings: Settings) -> Terms:
    """What holds for the whole shop."""
    profit, tax = settings.profit, price_tax(settings)
    return Terms(
        places=places(settings.shop.currency), target=profit.target, shipping_paid=profit.shipping_paid,
        platform_discount=profit.platform_discount, commission_kept=profit.commission_kept,
        highest=profit.highest_commission, **({} if tax is None else {"price_tax": tax}),
    )  # fmt: skip


def price_tax(settings: Settings) -> Decimal | None:
    """The share of the price that is the seller's tax, where the settings say so."""
    return PRICE_TAX.read(settings.raw_part(known(settings.shop.market), "profit") or {}).price_tax


def deal_clocks(settings: Settings) -> tuple[DealClock, ...]:
    """The clocks of deals: the market's own, and for stages that it says nothing of generic's as assumed."""
    market = known(settings.shop.market)
    own = CLOCKS.read(settings.raw_part(market, "deals") or [])
    if market == GENERIC:
        return own
    stages = {each.stage for each in own}
    generic = CLOCKS.read(settings.raw_part(GENERIC, "deals") or [])
    return own + tuple(msgspec.structs.replace(each, assumed=True) for each in generic if each.stage not in stages)


def collaborations(settings: Settings) -> Collaborations:
    """What is limited of collaborations; what the market does not say is generic's."""
    raw = settings.raw_part(GENERIC, "collaborations") or {}
    return COLLABORATIONS.read(raw | (settings.raw_part(known(settings.shop.market), "collaborations") or {}))
