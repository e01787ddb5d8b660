"""The desk that the verbs of profit ask."""

from __future__ import annotations

from typing import cast

from workbench.cli.call import Call
from workbench.session.profit.desk import ProfitDesk


def desk_of(call: Call) -> ProfitDesk:
    """The desk of profit."""
    return cast(ProfitDesk, call.session.desk("profit"))
