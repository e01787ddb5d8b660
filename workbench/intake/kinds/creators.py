"""The performance export of creators: one line a creator, with what the shop sold through each."""

from __future__ import annotations

from workbench.core.saying import say
from workbench.intake.performance import FigureColumn, layout, shared

LAYOUT = layout(
    "creators",
    say("performance of creators"),
    "creator",
    (
        *shared("creator"),
        FigureColumn(
            "Creator-attributed GMV", "sales", "money", ("Affiliate-attributed GMV", "达人归因GMV", "达人归因 GMV")
        ),
        FigureColumn("Attributed orders", "orders", "number", ("归因订单数", "成交订单数")),
        FigureColumn("Creator-attributed items sold", "items", "number", ("达人归因成交件数",)),
        FigureColumn("Videos", "videos", "number", ("视频数",)),
        FigureColumn("LIVE streams", "lives", "number", ("直播数",)),
        FigureColumn("Samples shipped", "samples", "number", ("已发样品数", "已发货样品数")),
        FigureColumn(
            "Creator video-attributed GMV", "video_sales", "money",
            ("Affiliate video-attributed GMV", "联盟视频归因GMV", "联盟视频归因 GMV"),
        ),
        FigureColumn(
            "Creator LIVE-attributed GMV", "live_sales", "money",
            ("Affiliate LIVE-attributed GMV", "达人直播归因GMV", "达人直播归因 GMV"),
        ),
        FigureColumn(
            "Affiliate product card-attributed GMV", "card_sales", "money",
            ("Creator product card-attributed GMV", "联盟商品卡归因GMV", "联盟商品卡归因 GMV"),
        ),
        FigureColumn("CTOR", "ctor", "rate"),
        FigureColumn("Total sample content", "sample_content", "number"),
        FigureColumn("Products added to showcase", "showcase", "number"),
        FigureColumn("Product impressions", "impressions", "number"),
        FigureColumn("Video views", "views", "number", ("视频播放量",)),
        FigureColumn("Customers", "customers", "number"),
        FigureColumn("Products sold", "products_sold", "number"),
        FigureColumn("Affiliate followers", "followers", "number"),
        FigureColumn("Avg. daily products sold", "daily_products", "number"),
        *shared("refunds", "items_refunded", "average_order", "commission", "flat_fee", "ctr"),
    ),
    by="creator",
    marks=(("Creator name", "Creator-attributed GMV"),),
    rank=40,
)  # fmt: skip
