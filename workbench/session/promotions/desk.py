"""What can be done about promotions and list prices. Every deed is one transaction and one step of undo."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from decimal import Decimal

import msgspec

from workbench.core.promotions import clocks
from workbench.core.promotions.draft import PromotionDraft, minute
from workbench.core.promotions.model import Promotion, PromotionEntry, TypedPrice
from workbench.core.saying import Misuse, Refusal, say
from workbench.session.base import Done
from workbench.session.desk import corrected
from workbench.session.promotions.reader import PromotionReader
from workbench.session.promotions.tables import PRICES, PROMOTIONS

#: What of a promotion stands on the platform, so that an edit of it is one there.
ON_PLATFORM = frozenset({"tool", "items", "starts_at", "ends_at"})


class PromotionDesk(PromotionReader):
    """The promotions of a session."""

    def add(self, draft: PromotionDraft, *, anyway: bool = False) -> Done:
        """A promotion; `Refusal` where it is longer or shorter than the market officially allows, unless `anyway`."""
        now = self._session.now()
        with self._session.saving() as tx:
            if not anyway:
                self._checks().refuse(draft)
            id = tx.next_id(PROMOTIONS)
            tx.put(PROMOTIONS, id, draft.record(id, now))
            return self._done(tx, say("{ref} added", ref=self.ref(id)), (id,))

    def edit(self, id: int, *, anyway: bool = False, **fields: object) -> Done:
        """Correct what was entered; the empty text clears a field."""
        now = self._session.now()
        given = corrected(Promotion, fields)

        def change(promotion: Promotion) -> Promotion:
            after = msgspec.structs.replace(promotion, **given)
            if after.ends_at <= after.starts_at:
                raise Misuse(say("It would end before it starts."))
            if not anyway and {"starts_at", "ends_at", "tool"} & given.keys():
                self._checks().refuse(PromotionDraft.of(after))
            return _told(after, now, "edit", ", ".join(given), locked=self.locked(promotion, given))

        return self.change([id], lambda _changed: say("{ref} changed", ref=self.ref(id)), change)

    def locked(self, promotion: Promotion, fields: Collection[str]) -> bool:
        """Whether it runs, and the platform does not let these fields of it be changed while it does."""
        limit = self.limit(promotion)
        if limit is None or limit.locked is None or promotion.state(self._session.now()) != "running":
            return False
        return not (ON_PLATFORM if limit.locked == "all" else {"starts_at"}).isdisjoint(fields)

    def taken(self, id: int) -> Done:
        """The platform has taken a renewal that it might have refused: said of it, or of the one that it renews.
        `Refusal` where nothing of the kind is open."""
        now, doubted = self._session.now(), self.doubted()
        renewal = doubted.get(id) or next((by for by in doubted.values() if by.id == id), None)
        if renewal is None:
            raise Refusal(say("{ref} has no renewal that is to be ticked off.", ref=self.ref(id)))
        return self.change(
            [renewal.id], lambda _changed: say("{ref}: the platform has taken it", ref=renewal.ref),
            lambda promotion: _told(msgspec.structs.replace(promotion, taken_at=now), now, "taken", None),
        )  # fmt: skip

    def renewal(self, promotion: Promotion, length: timedelta | None = None) -> PromotionDraft:
        """What would renew it: from its end, or from now where that is past, with the same items for the same length,
        which is cut to what is allowed; a `length` that is given is not. `Refusal` names what renews it already."""
        by = self.renewed().get(promotion.id)
        if by is not None:
            raise Refusal(say("{ref} is renewed already, by {by}.", ref=self.ref(promotion.id), by=self.ref(by.id)))
        begins = clocks.renewal(promotion, self._session.now())
        if length is not None:
            return PromotionDraft.again(promotion, begins, length)
        draft = PromotionDraft.again(promotion, begins, promotion.ends_at - promotion.starts_at)
        return msgspec.structs.replace(draft, ends_at=begins + self._checks().cut(draft, draft.length))

    def renew(self, ids: Sequence[int], length: timedelta | None = None, *, anyway: bool = False) -> Done:
        """Renew each (`renewal`). `OverLimit` where the `length` is longer than allowed, unless `anyway`."""
        now = self._session.now()
        with self._session.saving() as tx:
            made = []
            for promotion in self._chosen(tx, ids):
                draft = self.renewal(promotion, length)
                if anyway and length is None:
                    draft = PromotionDraft.again(promotion, draft.starts_at, promotion.ends_at - promotion.starts_at)
                if not anyway:
                    self._checks().refuse(draft, asked=length is not None)
                id = tx.next_id(PROMOTIONS)
                tx.put(PROMOTIONS, id, draft.record(id, now))
                made.append(id)
            old = ", ".join(self.ref(id) for id in ids)
            saying = say("{ref} renewed by {by}", ref=old, by=", ".join(map(self.ref, made)))
            return self._done(tx, saying, made)

    def stop(self, ids: Sequence[int], at: datetime | None = None) -> Done:
        """It was ended by hand at an instant, now where None."""
        now = self._session.now()
        when = minute(at or now)

        def change(promotion: Promotion) -> Promotion:
            if promotion.stopped_at is not None:
                raise Refusal(say("{ref} is stopped already.", ref=self.ref(promotion.id)))
            if when >= promotion.ends_at:
                raise Refusal(say("{ref} had ended by then.", ref=self.ref(promotion.id)))
            return _told(msgspec.structs.replace(promotion, stopped_at=when), now, "stop", None)

        return self.change(
            ids, lambda done: say("{ref} stopped", ref=", ".join(self.ref(one.id) for one in done)), change
        )

    def delete(self, ids: Sequence[int]) -> Done:
        """Remove promotions; the neighbours of a link are joined."""
        with self._session.saving() as tx:
            chosen = self._chosen(tx, ids)
            gone = {promotion.id: promotion.renews for promotion in chosen}
            for promotion in self.all():
                if promotion.renews in gone and promotion.id not in gone:
                    before: int | None = promotion.renews
                    while before in gone:
                        before = gone[before]
                    tx.put(PROMOTIONS, promotion.id, msgspec.structs.replace(promotion, renews=before))
            for id in gone:
                tx.remove(PROMOTIONS, id)
            return self._done(tx, say("{ref} removed", ref=", ".join(map(self.ref, gone))), gone)

    def set_price(self, sku: str, price: Decimal, since: datetime | None = None) -> Done:
        """The list price of a SKU from an instant on, now where None; one of the same instant is replaced."""
        if not sku.strip():
            raise Misuse(say("{name} cannot be empty.", name="SKU"))
        now = self._session.now()
        begins = minute(since or now)
        with self._session.saving() as tx:
            same = [each.id for each in self._prices.live().values() if (each.sku, each.since) == (sku, begins)]
            id = same[0] if same else tx.next_id(PRICES)
            tx.put(PRICES, id, TypedPrice(id=id, sku=sku, price=price, since=begins, set_at=now))
            return self._done(tx, say("list price of {sku} set", sku=sku), (id,))


def _told(promotion: Promotion, at: datetime, what: str, text: str | None, *, locked: bool = False) -> Promotion:
    return msgspec.structs.replace(promotion, story=(*promotion.story, PromotionEntry(at, what, text, locked)))


DESK = PromotionDesk
