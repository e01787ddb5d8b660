"""A reply as the JSON of the verbs."""

from __future__ import annotations

from workbench.cli.call import Call
from workbench.core.lint.engine import void
from workbench.core.replies.model import Reply
from workbench.output.json import Document
from workbench.output.replies.json import reply as shaped


def document(call: Call, reply: Reply) -> Document:
    """The reply with its allowances and what the lint says of its texts in the shop's market."""
    desk, session = call.session.replies, call.session
    today = session.now().astimezone(session.zone).date()
    market = session.policy.market
    allow = [(each, void(each, desk.linter.rule(each.rule), market)) for each in reply.allow]
    findings = [(tag, found) for tag in reply.text for found in desk.findings(reply, tag)]
    return shaped(reply, today, allow, findings)
