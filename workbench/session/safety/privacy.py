"""What `forget` takes from the records of each table, as the table says."""

from __future__ import annotations

from datetime import date, datetime

import msgspec

from workbench.core.saying import Refusal, say
from workbench.session.table import Before, Reach
from workbench.session.tables import answering
from workbench.storage.forgetting import Scrub
from workbench.storage.format import Raw, to_json


def scrub(day: date, midnight: datetime) -> Scrub:
    """The rule for everything before `day`, which begins at the instant `midnight`.

    Fields of these records that this version does not know go, too: nobody can tell what is in them.
    """
    rules = {
        name: (msgspec.json.Decoder(table.type), table.forget.take)
        for name, table in answering().items()
        if table.forget is not None
    }

    def scrubbed(table: str, record: Raw, reach: Reach) -> Raw | None:
        if table not in rules:
            return None
        decoder, take = rules[table]
        try:
            found = take(decoder.decode(record), Before(day, midnight, reach))
        except msgspec.DecodeError as error:
            raise Refusal(
                say(
                    'A record of "{table}" is damaged ({what}), so nothing was forgotten. `workbench check` names it; '
                    "put it right, or go back to a backup, then try again.",
                    table=table,
                    what=str(error),
                )
            ) from error
        return None if found is None else to_json(found)

    return scrubbed
