"""A promotion before it is recorded: typed, read from a line, or taken over from the one it renews."""

from __future__ import annotations

from datetime import datetime, timedelta

import msgspec

from workbench.core.promotions.model import Item, Promotion, PromotionEntry, Tool
from workbench.core.saying import Misuse, say


class PromotionDraft(msgspec.Struct, frozen=True, kw_only=True):
    """What a promotion is to be. Instants are cut to whole minutes."""

    tool: Tool
    items: tuple[Item, ...]
    starts_at: datetime
    ends_at: datetime
    name: str | None = None
    keep: bool = False
    creator: str | None = None
    deal: int | None = None
    campaign: int | None = None
    renews: int | None = None
    note: str | None = None

    @property
    def length(self) -> timedelta:
        """How long it is to run, in absolute time."""
        return self.ends_at - self.starts_at

    def record(self, id: int, now: datetime) -> Promotion:
        """The promotion of this number. `Misuse` where it would end before it starts, or is about nothing."""
        fields = msgspec.structs.asdict(self) | {"starts_at": minute(self.starts_at), "ends_at": minute(self.ends_at)}
        if fields["ends_at"] <= fields["starts_at"]:
            raise Misuse(say("It would end before it starts."))
        if not self.items:
            raise Misuse(say("Say which SKU it is about, and at which price."))
        return Promotion(id=id, story=(PromotionEntry(now, "add" if self.renews is None else "renew"),), **fields)

    @classmethod
    def of(cls, promotion: Promotion) -> PromotionDraft:
        """What a recorded one says."""
        return cls(**{name: getattr(promotion, name) for name in cls.__struct_fields__})

    @classmethod
    def again(cls, promotion: Promotion, begins: datetime, length: timedelta) -> PromotionDraft:
        """The same once more, from `begins` on."""
        found = msgspec.structs.replace(cls.of(promotion), starts_at=begins, ends_at=begins + length)
        return msgspec.structs.replace(found, renews=promotion.id, note=None)


def minute(moment: datetime) -> datetime:
    """The instant with its seconds cut."""
    return moment.replace(second=0, microsecond=0)
