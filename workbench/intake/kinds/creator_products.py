"""The performance export of products: one line a product, with what creators sold of it. The older files count by the
day on the average, the newer ones in all."""

from __future__ import annotations

from workbench.core.saying import say
from workbench.intake.performance import FigureColumn, layout, shared

LAYOUT = layout(
    "creator_products",
    say("performance of products"),
    "product",
    (
        *shared("product_id", "product"),
        FigureColumn("Product category", "category", "word", ("商品类目",)),
        FigureColumn(
            "Creator-attributed GMV", "sales", "money", ("Affiliate-attributed GMV", "达人归因GMV", "达人归因 GMV")
        ),
        FigureColumn("Attributed orders", "orders", "number", ("归因订单数", "成交订单数")),
        FigureColumn("Creator-attributed items sold", "items", "number", ("达人归因成交件数",)),
        FigureColumn("Customers", "customers", "number"),
        FigureColumn("Creators with sales", "creators_with_sales", "number"),
        FigureColumn("Creators posted content", "creators_posted", "number", ("已发布内容的达人数",)),
        FigureColumn("Videos with sales", "videos_with_sales", "number"),
        FigureColumn("LIVE streams with sales", "lives_with_sales", "number"),
        FigureColumn("Avg. daily customers", "daily_customers", "number", ("日均客户数",)),
        FigureColumn("Avg. daily creators with sales", "daily_creators", "number", ("日均活跃达人数",)),
        FigureColumn("Avg. daily creators posted content", "daily_posted", "number", ("已发布内容的日均达人数",)),
        FigureColumn("Avg. daily videos with sales", "daily_videos", "number", ("日均有销售的视频数", "日均视频数")),
        FigureColumn("Avg. daily LIVE streams with sales", "daily_lives", "number", ("日均直播数", "日均直播场次")),
        FigureColumn("Videos", "videos", "number", ("视频数",)),
        FigureColumn("LIVE streams", "lives", "number", ("直播数",)),
        FigureColumn("Samples shipped", "samples", "number", ("已发样品数", "已发货样品数")),
        FigureColumn("Product impressions", "impressions", "number"),
        FigureColumn("CTOR", "ctor", "rate"),
        *shared("refunds", "items_refunded", "average_order", "commission", "flat_fee", "ctr"),
    ),
    by="product_id",
    marks=(("Product ID", "Creator-attributed GMV"),),
    rank=42,
)  # fmt: skip
