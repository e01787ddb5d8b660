"""The desk of promotions, for the verbs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from workbench.cli.call import Call
from workbench.core.saying import Misuse, say
from workbench.session.promotions.desk import PromotionDesk


def tell_unknown(call: Call, skus: Iterable[str]) -> None:
    """Tell of a SKU that nothing is known of: it may be a slip."""
    known = set(desk_of(call).skus())
    for sku in skus:
        if sku not in known:
            call.tell(say("Nothing is known of {sku}.", sku=sku))


def desk_of(call: Call) -> PromotionDesk:
    """The desk of promotions."""
    return cast(PromotionDesk, call.session.desk("promotions"))


def sku_in(text: str) -> str:
    """The SKU that is typed, without the blanks around it. `Misuse` for none."""
    if not text.strip():
        raise Misuse(say("{name} cannot be empty.", name="SKU"))
    return text.strip()
