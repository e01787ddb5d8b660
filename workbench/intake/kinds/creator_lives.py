"""The performance export of LIVE streams: one line a stream and product, with what was sold in it.

No file of this kind with Chinese headers was seen: those here are what the platform calls the same in its other files.
"""

from __future__ import annotations

from workbench.core.saying import say
from workbench.intake.performance import FigureColumn, layout, shared

LAYOUT = layout(
    "creator_lives",
    say("performance of LIVE streams"),
    "live",
    (
        FigureColumn("LIVE ID", "key", "id", ("直播ID", "直播 ID")),
        FigureColumn("LIVE title", "title", "word", ("直播标题",)),
        FigureColumn("LIVE start time", "at", "time", ("直播开始时间",)),
        *shared("creator", "product", "product_id"),
        FigureColumn(
            "Creator LIVE-attributed GMV", "sales", "money",
            ("Affiliate LIVE-attributed GMV", "达人直播归因GMV", "达人直播归因 GMV"),
        ),
        FigureColumn("LIVE-attributed orders", "orders", "number", ("直播归因订单数", "归因订单数")),
        FigureColumn("LIVE-attributed items sold", "items", "number"),
        FigureColumn("Avg. GMV per customer", "per_customer", "money"),
        FigureColumn("Impressions", "views", "number"),
        FigureColumn("LIVE product impressions", "impressions", "number"),
        FigureColumn("LIVE product viewers", "viewers", "number"),
        FigureColumn("Tap-through rate", "tapped", "rate"),
        FigureColumn("CTOR", "ctor", "rate"),
        FigureColumn("Show GPM", "gpm", "money"),
        *shared("refunds", "items_refunded", "average_order", "commission", "flat_fee", "ctr"),
    ),
    by="key",
    marks=(("LIVE ID", "Creator LIVE-attributed GMV"), ("LIVE ID", "LIVE-attributed orders")),
    rank=43,
)  # fmt: skip
