"""The terminal workbench of a solo TikTok Shop seller: after-sales deadlines, violation points, the evening log."""

__version__ = "0.1.0"
