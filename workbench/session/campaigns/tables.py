"""The table of campaigns. They are the archive that next year's are laid beside, so none moves away."""

from __future__ import annotations

from workbench.core.campaigns.model import Campaign
from workbench.core.saying import say
from workbench.session.table import NOTHING, Merge, StoredTable

CAMPAIGNS = "campaigns"

TABLES = (
    StoredTable(
        name=CAMPAIGNS,
        type=Campaign,
        word=say("campaigns"),
        ref="C",
        archive=NOTHING,
        pointers=(),
        merge=Merge(
            name=lambda campaign: (campaign.name, campaign.starts_at),
            latest=lambda campaign: max((entry.at for entry in campaign.story), default=campaign.starts_at),
            alike=lambda ours, theirs: ours.story[:1] == theirs.story[:1],
            told=True,
        ),
        forget=NOTHING,  # the platform's events and the shop's own figures
        check=NOTHING,
        way_back="goes",
        export="csv",
        tally=NOTHING,
    ),
)
