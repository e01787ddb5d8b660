"""The desk of promotions, for the verbs."""

from __future__ import annotations

from typing import cast

from workbench.cli.call import Call
from workbench.core.saying import Misuse, say
from workbench.session.promotions.desk import PromotionDesk


def desk_of(call: Call) -> PromotionDesk:
    """The desk of promotions."""
    return cast(PromotionDesk, call.session.desk("promotions"))


def sku_in(text: str) -> str:
    """The SKU that is typed, without the blanks around it. `Misuse` for none."""
    if not text.strip():
        raise Misuse(say("{name} cannot be empty.", name="SKU"))
    return text.strip()
