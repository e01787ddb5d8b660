"""The performance export of videos: one line a video and product, with what was sold by it and how it was watched.

No file of this kind with Chinese headers was seen: those here are what the platform calls the same in its other files.
"""

from __future__ import annotations

from workbench.core.saying import say
from workbench.intake.performance import FigureColumn, layout, shared

LAYOUT = layout(
    "creator_videos",
    say("performance of videos"),
    "video",
    (
        FigureColumn("Video ID", "key", "id", ("视频ID", "视频 ID")),
        FigureColumn("Video title", "title", "word", ("视频标题",)),
        FigureColumn("Post date", "at", "time", ("发布日期",)),
        *shared("creator", "product", "product_id"),
        FigureColumn(
            "Creator video-attributed GMV", "sales", "money",
            ("Affiliate video-attributed GMV", "联盟视频归因GMV", "联盟视频归因 GMV"),
        ),
        FigureColumn("Video-attributed orders", "orders", "number", ("视频归因订单数", "归因订单数")),
        FigureColumn("Video-attributed items sold", "items", "number"),
        FigureColumn("Avg. GMV per customer", "per_customer", "money"),
        FigureColumn("Video views", "views", "number", ("视频播放量",)),
        FigureColumn("Likes", "likes", "number", ("点赞数",)),
        FigureColumn("Comments", "comments", "number", ("评论数",)),
        FigureColumn("Shares", "shares", "number", ("分享数",)),
        FigureColumn("Video product impressions", "impressions", "number"),
        FigureColumn("Video product clicks", "clicks", "number"),
        FigureColumn("Completion rate", "completion", "rate"),
        FigureColumn("Engagement", "engagement", "rate"),
        FigureColumn("Video GPM", "gpm", "money"),
        *shared("refunds", "items_refunded", "average_order", "commission", "flat_fee", "ctr"),
    ),
    by="key",
    marks=(("Video ID", "Creator video-attributed GMV"), ("Video ID", "Video-attributed orders")),
    rank=44,
)  # fmt: skip
