"""The shipped replies, and the words that stand for stages in them."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec

from workbench.core.replies.model import Reply
from workbench.core.replies.stale import StageWords

DATA = Path(__file__).parent.parent / "data" / "replies"


@lru_cache(maxsize=1)
def shipped_replies() -> tuple[Reply, ...]:
    """The replies of the package, as they are written."""
    rows = tomllib.loads((DATA / "replies.toml").read_text("utf-8"))["replies"]
    return tuple(msgspec.convert(_row(row), Reply) for row in rows)


def _row(row: dict[str, Any]) -> dict[str, Any]:
    texts = {language: text.strip("\n") for language, text in row["text"].items()}
    purpose = row.get("for", {})
    return {name: each for name, each in row.items() if name != "for"} | {
        "text": texts, "purpose": purpose, "shipped": True,
    }  # fmt: skip


@lru_cache(maxsize=1)
def stage_words() -> StageWords:
    """The words that stand for stages, and those of delivery."""
    return msgspec.convert(tomllib.loads((DATA / "stages.toml").read_text("utf-8")), StageWords)
