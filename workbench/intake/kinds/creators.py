"""The performance export of creators: one line a creator, with what the shop sold through each."""

from __future__ import annotations

from workbench.core.saying import say
from workbench.intake.performance import Column, layout, shared

LAYOUT = layout(
    "creators",
    say("performance of creators"),
    "creator",
    (
        *shared("creator"),
        Column(
            "Creator-attributed GMV", "sales", "money", ("Affiliate-attributed GMV", "达人归因GMV", "达人归因 GMV")
        ),
        Column("Attributed orders", "orders", "number", ("归因订单数", "成交订单数")),
        Column("Creator-attributed items sold", "items", "number", ("达人归因成交件数",)),
        Column("Videos", "videos", "number", ("视频数",)),
        Column("LIVE streams", "lives", "number", ("直播数",)),
        Column("Samples shipped", "samples", "number", ("已发样品数", "已发货样品数")),
        Column(
            "Creator video-attributed GMV", "video_sales", "money",
            ("Affiliate video-attributed GMV", "联盟视频归因GMV", "联盟视频归因 GMV"),
        ),
        Column(
            "Creator LIVE-attributed GMV", "live_sales", "money",
            ("Affiliate LIVE-attributed GMV", "达人直播归因GMV", "达人直播归因 GMV"),
        ),
        Column(
            "Affiliate product card-attributed GMV", "card_sales", "money",
            ("Creator product card-attributed GMV", "联盟商品卡归因GMV", "联盟商品卡归因 GMV"),
        ),
        Column("CTOR", "ctor", "rate"),
        Column("Total sample content", "sample_content", "number"),
        Column("Products added to showcase", "showcase", "number"),
        Column("Product impressions", "impressions", "number"),
        Column("Video views", "views", "number", ("视频播放量",)),
        Column("Customers", "customers", "number"),
        Column("Products sold", "products_sold", "number"),
        Column("Affiliate followers", "followers", "number"),
        Column("Avg. daily products sold", "daily_products", "number"),
        *shared("refunds", "items_refunded", "average_order", "commission", "flat_fee", "ctr"),
    ),
    by="creator",
    marks=(("Creator name", "Creator-attributed GMV"),),
    rank=40,
)  # fmt: skip
