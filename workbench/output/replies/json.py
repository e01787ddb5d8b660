"""Replies and findings as JSON, with the keys that the interface promises."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from workbench.core.lint.model import Allowance, Finding
from workbench.core.rates import six
from workbench.core.replies.fields import fields
from workbench.core.replies.model import Reply
from workbench.i18n import pick
from workbench.output.json import Document


def finding(found: Finding, file: str | None = None) -> Document:
    """One finding; its places are code points of the text."""
    return {
        "file": file,
        "rule": found.rule,
        "class": found.number or None,
        "level": found.level,
        "start": found.begin,
        "end": found.end,
        "text": found.text,
        "in": found.inside,
        "message": pick(found.message),
        "better": better(found),
        "source": found.source or None,
        "as_of": found.as_of.isoformat() if found.as_of else None,
        "allowed": found.allowed,
    }


def better(found: Finding) -> str | None:
    """The better wording, in the language in force or in all alike."""
    return (found.better.get("") or (pick(found.better) if found.better else "")) or None


def reply(
    each: Reply,
    today: date,
    allow: Iterable[tuple[Allowance, bool]],
    findings: Iterable[tuple[str, Finding]],
) -> Document:
    """One reply. `allow` are its allowances, each with whether it is void; `findings` those of its texts."""
    purpose = each.purpose
    return {
        "key": each.key,
        "shipped": each.shipped,
        "hidden": each.hidden,
        "category": each.category,
        "title": each.title,
        "languages": each.languages,
        "text": each.text,
        "fields": list(dict.fromkeys(name for text in each.text.values() for name in fields(text))),
        "for": {
            "markets": purpose.markets,
            "kinds": purpose.kinds,
            "stages": purpose.stages,
            "types": purpose.types,
            "channels": purpose.channels,
        },
        "words": each.words,
        "allow": [
            {
                "rule": one.rule,
                "reason": one.reason,
                "as_of": one.as_of.isoformat() if one.as_of else None,
                "void": void,
            }
            for one, void in allow
        ],
        "used": each.used,
        "uses_30": each.uses_in(today),
        "last_used": each.last_used.isoformat() if each.last_used else None,
        "findings": [finding(found, language) for language, found in findings],
    }


def share(value: Fraction | None) -> str | None:
    """A share as text with six decimals; null where there is none."""
    return None if value is None else six(value)
