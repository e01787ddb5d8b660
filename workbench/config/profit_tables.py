"""The settings of profit: what a market's platform takes, and what a profit is reckoned with."""

import re
from datetime import timedelta
from decimal import Decimal
from typing import Annotated, Any

import msgspec

from workbench.config.forms import NAME, Flag, Form, Text, Texts, Word, Wrong
from workbench.config.marks import AS_OF, ASSUMED, CONFLICTING, EFFECTIVE, SOURCE
from workbench.config.tables import Many, Rows, TableForm
from workbench.config.values import Duration, PartShare, Share
from workbench.core.profit.model import Fee
from workbench.core.saying import Saying, say


class Amount(Form[Decimal]):
    """An amount of money in the market's currency, 0 or more; in quotes, so that no digit of it is lost."""

    expected = say('an amount such as "3000" or "0.54", 0 or more')

    def read(self, value: Any) -> Decimal:
        if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**12:
            return Decimal(value)
        if isinstance(value, str) and re.fullmatch(r"\d{1,12}(\.\d{1,6})?", value, re.ASCII):
            return Decimal(value)
        raise self.refuse(value)


class WholeOrShare(Form[Decimal]):
    """A share as `Share` reads it, or the whole: 0 or 1."""

    expected = say('a share such as "20%", or 0 (none) or 1 (all)')

    def read(self, value: Any) -> Decimal:
        if value in (0, 1) and not isinstance(value, bool):
            return Decimal(value)
        try:
            return Share().read(value)
        except Wrong:
            raise self.refuse(value) from None


def _one_of_two(fee: Fee) -> Saying | None:
    if (fee.rate is None) == (fee.amount is None):
        return say("A fee is a rate of something or an amount. Give one of the two.")
    return None


FEES = Rows(
    TableForm(
        Fee,
        {
            "id": (NAME, say("Its fixed name.")),
            "name": (Texts(), say("Its name on the screen.")),
            "aliases": (Many(Text(pattern=r".{1,80}")), say("What the columns of files call it.")),
            "rate": (Share(), say("The share of the base.")),
            "amount": (Amount(), say("So much for each order, in place of a rate.")),
            "base": (
                Text(
                    say('"price", "paid", "paid_and_platform" or "fee:ID"'),
                    r"price|paid|paid_and_platform|fee:[a-z0-9_]{1,40}",
                ),
                say("Of what the rate is: the price after your discount, what the buyer pays, that and what the "
                    "platform adds, or another fee."),
            ),
            "cap": (Amount(), say("The most that is charged for one item.")),
            "on": (Word("order", "refund"), say("Whether it falls due with the order, or where it is refunded.")),
            "kept_on_refund": (Flag(), say("Whether a refund does not bring it back.")),
            "category": (Text(pattern=r".{1,80}"), say("Only for SKUs of this category; left out: for all.")),
            "effective": EFFECTIVE,
            "source": SOURCE,
            "as_of": AS_OF,
            "assumed": ASSUMED,
            "conflicting": CONFLICTING,
        },
        check=_one_of_two,
    )
)  # fmt: skip


class Tax(msgspec.Struct, frozen=True, kw_only=True):
    """What of the price is the seller's tax."""

    price_tax: Annotated[Decimal | None, PartShare(), say("The share of the price that is your tax.")] = None


PRICE_TAX = TableForm(Tax)


class ProfitSettings(msgspec.Struct, frozen=True, kw_only=True):
    """What a profit is reckoned with."""

    target: Annotated[Decimal, Share(), say("The share of the price that is to be left.")]
    refund_from: Annotated[timedelta, Duration(), say("Refunds are counted of orders shipped up to so long ago.")]
    refund_to: Annotated[timedelta, Duration(), say("And at least so long ago, for most refunds to be in.")]
    shipping_paid: Annotated[Decimal, Amount(), say("What the buyer pays for shipping.")]
    platform_discount: Annotated[Decimal, Amount(), say("What the platform takes off the price at its own cost.")]
    commission_kept: Annotated[
        Decimal, WholeOrShare(), say("The share of a creator's commission that a refund does not bring back.")
    ]
    highest_commission: Annotated[Decimal, Share(), say("The highest commission that the market allows.")]


PROFIT = TableForm(ProfitSettings)
