"""What was typed of a case, looked at before it is saved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from workbench.core.saying import Misuse, say
from workbench.session.base import SessionBase


def check_typed(session: SessionBase, given: Mapping[str, Any]) -> None:
    """`Misuse` where a channel, a number of stars or a cause is none."""
    from workbench.core.lint.model import CHANNELS  # only a typed case has any

    for name, what, known in (
        ("channel", say("channel"), CHANNELS),
        ("cause", say("issue type"), tuple(type.id for type in session.settings.issue_types)),
    ):
        if given.get(name) and given[name] not in known:
            names = ", ".join(known)
            raise Misuse(say('There is no {what} "{word}". Known: {names}.', what=what, word=given[name], names=names))
    stars = given.get("stars")
    if stars not in (None, "") and not 1 <= int(stars) <= 5:
        raise Misuse(say("Stars are a number from 1 to 5."))


def tags_of(tags: Iterable[str] | None) -> tuple[str, ...]:
    """Each once, in the order in which they were typed."""
    return tuple(dict.fromkeys(tag.strip() for tag in tags or () if tag.strip()))
