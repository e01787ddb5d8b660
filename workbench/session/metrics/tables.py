"""The tables of metrics: readings, and how bare numbers are meant."""

from __future__ import annotations

from workbench.core.metrics.model import NumberWay, Reading
from workbench.core.saying import say
from workbench.session.table import NOTHING, Merge, StoredTable

READINGS = "readings"
WAYS = "reading_ways"

TABLES = (
    StoredTable(
        name=READINGS,
        type=Reading,
        word=say("readings"),
        ref=NOTHING,
        archive=NOTHING,  # one a metric and day: years of them are small
        pointers=(),
        merge=Merge(name=lambda reading: reading.key, latest=lambda reading: reading.entered_at, told=True),
        forget=NOTHING,  # the shop's own figures: no buyer is in them
        check=NOTHING,
        way_back="goes",
        export="csv",
        tally=NOTHING,
    ),
    StoredTable(
        name=WAYS,
        type=NumberWay,
        word=say("units of readings"),
        ref=NOTHING,
        archive=NOTHING,
        pointers=(),
        merge=Merge(name=lambda way: way.metric, latest=lambda way: way.stated_at),
        forget=NOTHING,
        check=NOTHING,
        way_back="goes",
        export="json",
        tally=NOTHING,
    ),
)
