"""Whether a reply may be kept as it is written, and two small things that are known of a case and of a figure."""

from __future__ import annotations

from workbench.config.markets import MARKETS
from workbench.core.kinds import KINDS, STAGES
from workbench.core.lint.model import CHANNELS
from workbench.core.replies.model import CATEGORIES, Reply, language_tag, quoted_key, valid_key
from workbench.core.replies.stale import StageLength
from workbench.core.replies.words import length_words
from workbench.core.saying import Misuse, say
from workbench.core.tickets.model import Ticket
from workbench.session.base import SessionBase


def check(session: SessionBase, reply: Reply) -> None:
    """`Misuse` where a word of it is none that there is."""
    check_key(reply.key)
    for tag in (*reply.text, *reply.title):
        language_tag(tag)
    if any(not text.strip() for text in reply.text.values()):
        raise Misuse(say("A reply needs a text."))
    types = tuple(type.id for type in session.settings.issue_types)
    for words, known in (
        ((reply.category,), CATEGORIES),
        (reply.purpose.markets, MARKETS),
        (reply.purpose.kinds, KINDS),
        (reply.purpose.stages, STAGES),
        (reply.purpose.types, types),
        (reply.purpose.channels, CHANNELS),
    ):
        for word in words:
            if word not in known:
                raise Misuse(say('There is no "{word}" here. Known: {known}.', word=word, known=", ".join(known)))
    for allowance in reply.allow:
        if session.desk("replies").linter.rule(allowance.rule) is None:
            raise Misuse(say('There is no lint rule "{rule}".', rule=allowance.rule))


def check_key(key: str) -> None:
    """`Misuse` where it is no key."""
    if not valid_key(key):
        raise Misuse(
            say('"{key}" is not a key: 1 to 40 letters, digits and -, and not - in front.', key=quoted_key(key))
        )


def last_language(ticket: Ticket) -> str | None:
    """The language of the last answer that a reply gave this case."""
    for event in reversed(ticket.timeline):
        if event.what == "answer" and event.source:
            return event.source.rpartition(" ")[2]
    return None


def stale_words(figure: str, length: StageLength) -> dict[str, str]:
    """That a figure is stale, in both languages, with the rule that says otherwise."""
    en, zh = (length_words(length.count, length.unit, tag) for tag in ("en", "zh"))
    return {
        "en": f'"{figure}" is stale: the rule says {en} ({length.rule}).',
        "zh": f'"{figure}" 已过时：规则是 {zh}（{length.rule}）。',
    }
