"""The shipped replies, and the words that stand for stages in them.

They are written in TOML; a start reads them from `replies.json` and `stages.json`, which `make docs` makes of them.
"""

from __future__ import annotations

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
    return msgspec.json.decode((DATA / "replies.json").read_bytes(), type=tuple[Reply, ...])


def made_ready() -> dict[Path, bytes]:
    """The files that are made of what is written, as they have to be."""
    import tomllib

    rows = tomllib.loads((DATA / "replies.toml").read_text("utf-8"))["replies"]
    replies = tuple(msgspec.convert(_row(row), Reply) for row in rows)
    stages = msgspec.convert(tomllib.loads((DATA / "stages.toml").read_text("utf-8")), StageWords)
    found = {"replies.json": replies, "stages.json": stages}
    return {DATA / name: msgspec.json.encode(each) + b"\n" for name, each in found.items()}


def _row(row: dict[str, Any]) -> dict[str, Any]:
    texts = {language: text.strip("\n") for language, text in row["text"].items()}
    purpose = row.get("for", {})
    return {name: each for name, each in row.items() if name != "for"} | {
        "text": texts, "purpose": purpose, "shipped": True,
    }  # fmt: skip


@lru_cache(maxsize=1)
def stage_words() -> StageWords:
    """The words that stand for stages, and those of delivery."""
    return msgspec.json.decode((DATA / "stages.json").read_bytes(), type=StageWords)
