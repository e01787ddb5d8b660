"""The performance export of videos: one line a video and product, with what was sold by it and how it was watched.

No file of this kind with Chinese headers was seen: those here are what the platform calls the same in its other files.
"""

from __future__ import annotations

from workbench.core.saying import say
from workbench.intake.performance import Column, layout, shared

LAYOUT = layout(
    "creator_videos",
    say("performance of videos"),
    "video",
    (
        Column("Video ID", "key", "id", ("视频ID", "视频 ID")),
        Column("Video title", "title", "word", ("视频标题",)),
        Column("Post date", "at", "time", ("发布日期",)),
        *shared("creator", "product", "product_id"),
        Column(
            "Creator video-attributed GMV", "sales", "money",
            ("Affiliate video-attributed GMV", "联盟视频归因GMV", "联盟视频归因 GMV"),
        ),
        Column("Video-attributed orders", "orders", "number", ("视频归因订单数", "归因订单数")),
        Column("Video-attributed items sold", "items", "number"),
        Column("Avg. GMV per customer", "per_customer", "money"),
        Column("Video views", "views", "number", ("视频播放量",)),
        Column("Likes", "likes", "number", ("点赞数",)),
        Column("Comments", "comments", "number", ("评论数",)),
        Column("Shares", "shares", "number", ("分享数",)),
        Column("Video product impressions", "impressions", "number"),
        Column("Video product clicks", "clicks", "number"),
        Column("Completion rate", "completion", "rate"),
        Column("Engagement", "engagement", "rate"),
        Column("Video GPM", "gpm", "money"),
        *shared("refunds", "items_refunded", "average_order", "commission", "flat_fee", "ctr"),
    ),
    by="key",
    marks=(("Video ID", "Creator video-attributed GMV"), ("Video ID", "Video-attributed orders")),
    rank=44,
)  # fmt: skip
