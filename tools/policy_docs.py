"""Write `docs/policy.md` and its Chinese twin from the policy data. Run by `make docs`; a test holds them to it."""

from __future__ import annotations

from pathlib import Path

from workbench import i18n
from workbench.config import load, points_policy, policy
from workbench.config.markets import MARKETS
from workbench.output.policy_page import MarketRules, policy_page

ROOT = Path(__file__).resolve().parent.parent
PAGES = {"en": ROOT / "docs/policy.md", "zh": ROOT / "docs/policy.zh-CN.md"}


def page(language: str) -> str:
    """The page in one language, from the shipped settings."""
    settings = load(None).settings
    before = i18n.language()
    i18n.use(language)
    try:
        return policy_page(
            [
                MarketRules(
                    settings.raw_market(market)["name"], policy(settings, market), points_policy(settings, market)
                )
                for market in MARKETS
            ]
        )
    finally:
        i18n.use(before)


def main() -> None:
    """Write both pages."""
    for language, path in PAGES.items():
        path.write_text(page(language), encoding="utf-8")


if __name__ == "__main__":
    main()
