"""Campaigns in words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from workbench.core.campaigns.model import After, Campaign
from workbench.i18n import _, p_

_STATE: dict[str, Callable[[], str]] = {
    "coming": lambda: _("coming"), "running": lambda: _("running"), "review": lambda: _("to review"),
    "measured": lambda: _("measured"), "closed": lambda: p_("campaign", "closed"),
}  # fmt: skip


def state_words(campaign: Campaign, now: datetime, after: After | None) -> str:
    """How it stands; of one that is over whether its review was taken, and whether it is measured again (`after`)."""
    state = campaign.state(now)
    if state == "review" and after is not None:
        return _STATE["measured"]()
    if state == "review" and campaign.reviewed_at is not None:
        return _("reviewed")
    return _STATE[state]()
