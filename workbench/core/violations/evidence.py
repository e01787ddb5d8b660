"""What an appeal needs to prove: the checklist by reason, and ticking its items off.

An item is known by its English text, so that a record still reads alone when the settings change; `words` gives it
in every language. The seller may add items of his own.
"""

from __future__ import annotations

import msgspec

from workbench.core.saying import Refusal, say
from workbench.core.violations.model import Evidence, Violation
from workbench.core.violations.policy import PointsPolicy, Reason, Texts
from workbench.core.whole import whole


def find_reason(rules: PointsPolicy, text: str | None) -> Reason | None:
    """The reason that is called exactly this, by id, name in any language, or alias; case does not matter."""
    wanted = (text or "").strip().casefold()
    return next((reason for reason in rules.reasons if wanted in reason_names(reason)), None) if wanted else None


def leading_reason(rules: PointsPolicy, text: str | None) -> tuple[Reason, str] | None:
    """The reason with whose name or alias `text` begins, the longest name first, and the words after it."""
    text = " ".join((text or "").split())
    best: tuple[int, Reason] | None = None
    for reason in rules.reasons:
        for name in (*reason.name.values(), *reason.aliases):
            if _begins(text.casefold(), name.casefold()) and (best is None or len(name) > best[0]):
                best = (len(name), reason)
    return None if best is None else (best[1], text[best[0] :].strip(" ,;:"))


def _begins(text: str, name: str) -> bool:
    """Whether `text` begins with `name` as whole words; Chinese has no blanks between words."""
    if not name or not text.startswith(name):
        return False
    after = text[len(name) : len(name) + 1]
    return not (after.isascii() and after.isalnum() and name[-1].isascii())


def reason_names(reason: Reason) -> tuple[str, ...]:
    """Everything a reason is called, case-folded."""
    return tuple(name.casefold() for name in (*reason.name.values(), *reason.aliases, reason.id))


def english(texts: Texts) -> str:
    """The text by which a record knows it: the English one, or the first there is."""
    return texts.get("en") or next(iter(texts.values()), "")


def checklist(violation: Violation, rules: PointsPolicy) -> tuple[Evidence, ...]:
    """What the reason wants, then what every appeal wants, then the seller's own items; each as it stands."""
    touched = {evidence.item: evidence for evidence in violation.evidence}
    items = dict.fromkeys((*(english(texts) for texts in _wanted(violation, rules)), *touched))
    return tuple(touched.get(item) or Evidence(item) for item in items)


def open_items(violation: Violation, rules: PointsPolicy) -> tuple[Evidence, ...]:
    """What is not proved yet; filing with any of it warns."""
    return tuple(evidence for evidence in checklist(violation, rules) if not evidence.done)


def words(violation: Violation, rules: PointsPolicy, item: str) -> Texts:
    """An item in every language there is; the seller's own is in his."""
    return next((texts for texts in _wanted(violation, rules) if english(texts) == item), {"en": item})


def find_item(violation: Violation, rules: PointsPolicy, text: str) -> str:
    """The item that `text` means: its number from 1, its text in any language, or a part of just one.

    Text that is part of none is a new item of the seller's own. Raises `Refusal` where several could be meant.
    """
    items = [evidence.item for evidence in checklist(violation, rules)]
    text = text.strip()
    if text.isascii() and text.isdigit():
        number = whole(text)
        if number is not None and 1 <= number <= len(items):
            return items[number - 1]
        raise Refusal(say("There is no item {number}; the list has {n}.", number=text, n=len(items)))
    if not text:
        raise Refusal(say("Say which item: its number or its words."))
    named = {item: [name.casefold() for name in words(violation, rules, item).values()] for item in items}
    wanted = text.casefold()
    if exact := [item for item, names in named.items() if wanted in names]:
        return exact[0]
    found = [item for item, names in named.items() if any(wanted in name for name in names)]
    if len(found) > 1:
        raise Refusal(
            say('"{text}" may be: {items}. Write more of it, or the number.', text=text, items="; ".join(found))
        )
    return found[0] if found else text


def tick(violation: Violation, evidence: Evidence) -> Violation:
    """The violation with this item as it now stands; an item it does not have yet is added."""
    kept = [known for known in violation.evidence if known.item != evidence.item]
    place = next((i for i, known in enumerate(violation.evidence) if known.item == evidence.item), len(kept))
    return msgspec.structs.replace(violation, evidence=(*kept[:place], evidence, *kept[place:]))


def _wanted(violation: Violation, rules: PointsPolicy) -> tuple[Texts, ...]:
    reason = find_reason(rules, violation.reason)
    if reason is None and (leading := leading_reason(rules, violation.reason)):
        reason = leading[0]
    return (*(reason.evidence if reason else ()), *rules.evidence)
