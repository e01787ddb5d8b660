"""Replies and findings as plain lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from workbench.core.lint.model import Finding
from workbench.core.replies.model import Reply
from workbench.core.replies.ranking import Ranked
from workbench.core.saying import say
from workbench.i18n import _, language, n_, pick, render
from workbench.output.cells import clean
from workbench.output.marks import SOON
from workbench.output.replies.json import better

#: The categories as a seller calls them.
CATEGORY_WORDS = {
    "greeting": say("Greeting"),
    "presale": say("Presale"),
    "shipping": say("Delivery"),
    "aftersales": say("Returns"),
    "review": say("Review"),
    "live": say("Live"),
    "hours": say("Hours"),
    "after_purchase": say("Thanks"),
    "other": say("Other"),
}
#: The mark before a finding of a level.
MARKS = {"block": "!", "warn": SOON, "info": " ", "none": " "}


def category(name: str) -> str:
    """A category's name."""
    return render(CATEGORY_WORDS[name]) if name in CATEGORY_WORDS else name


def table(found: Iterable[Ranked]) -> Iterator[str]:
    """A line a reply: key, category, title, uses."""
    for each in found:
        reply = each.reply
        used = str(reply.used) if reply.used else ""
        yield clean(f"{reply.key:<24}{category(reply.category):<12}{used:>4}  {reply.named(language())}").rstrip()


def whole(reply: Reply, findings: Iterable[tuple[str, Finding]]) -> Iterator[str]:
    """A reply in full, with what the lint says of it."""
    used = n_("used {n} time", "used {n} times", reply.used).format(n=reply.used)
    origin = _("shipped") if reply.shipped else _("your own")
    hidden = f"   {_('hidden')}" if reply.hidden else ""
    yield clean(f"{reply.named(language())}   {reply.key}   {category(reply.category)}   {origin}   {used}{hidden}")
    for tag, text in reply.text.items():
        yield ""
        yield tag
        yield from (clean(line) for line in text.split("\n"))
    lines = [line for tag, found in findings for line in finding_lines(found, tag)]
    if lines:
        yield ""
        yield from lines


def finding_lines(found: Finding, where: str = "") -> Iterator[str]:
    """A finding: mark and place, what its rule says, the better words, the reason for which it is let pass."""
    origin = f"{where}: " if where else ""
    quoted = found.text if len(found.text) <= 60 else found.text[:59] + "~"
    yield clean(f'{MARKS[found.level]} {origin}{found.level} {found.rule} {found.begin}-{found.end} "{quoted}"')
    yield clean(f"  {pick(found.message)}")
    if words := better(found):
        yield clean(f"  {_('better')}: {words}")
    if found.inside:
        yield clean(f"  {_('it stands in the value of {name}').format(name='{' + found.inside + '}')}")
    if found.allowed:
        yield clean(f"  {_('let pass: {reason}').format(reason=found.allowed)}")
