"""The markets whose rules are known."""

from workbench.core.policy import GENERIC

MARKETS = (GENERIC, "US", "TH", "VN", "ID", "PH", "MY", "SG", "UK")
