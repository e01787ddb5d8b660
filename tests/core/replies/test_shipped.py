"""No shipped reply has a finding above info in a market that it is for, in a channel that it is for."""

from __future__ import annotations

import pytest

from workbench.config.lint import linter
from workbench.config.markets import MARKETS
from workbench.config.replies import shipped_replies
from workbench.core.lint.model import rank
from workbench.core.replies.fields import masked
from workbench.core.replies.model import Reply, valid_key

LINT = linter()


@pytest.mark.parametrize("reply", shipped_replies(), ids=lambda reply: reply.key)
def test_a_shipped_reply_is_right_where_it_is_for(reply: Reply) -> None:
    assert valid_key(reply.key)
    for text in reply.text.values():
        for channel in reply.purpose.channels or ("chat",):
            for market in reply.purpose.markets or MARKETS:
                for kind in reply.purpose.kinds or (None,):
                    found = LINT.lint(masked(text), channel, market, kind=kind)  # type: ignore[arg-type]
                    assert [each for each in found if rank(each.level) > rank("info")] == []
