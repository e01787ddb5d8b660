"""The desk of promotions, for the verbs."""

from __future__ import annotations

from typing import cast

from workbench.cli.call import Call
from workbench.session.promotions.desk import PromotionDesk


def desk_of(call: Call) -> PromotionDesk:
    """The desk of promotions."""
    return cast(PromotionDesk, call.session.desk("promotions"))
