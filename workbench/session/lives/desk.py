"""What can be asked and done about lives. Every deed is one transaction and one step of undo."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

import msgspec

from workbench.core.agenda import Due, Telling
from workbench.core.lives.model import Check, Live, LiveEntry
from workbench.core.promotions.model import Promotion
from workbench.core.saying import Misuse, Refusal, say
from workbench.i18n import pick
from workbench.session.base import Done
from workbench.session.desk import Desk, corrected
from workbench.session.lives.inside import lies_within, runs_in
from workbench.session.lives.tables import LIVES, TABLES


class LiveDesk(Desk[Live]):
    """The lives of a session."""

    table = TABLES[0]

    def spans(self, content: str, since: datetime) -> list[tuple[datetime, datetime]]:
        """When lives of a content run that are not over at `since`: whoever asks there is answered during them."""
        named = content.casefold()
        return [
            (live.starts_at, live.over_at)
            for live in self.all()
            if (live.content or "").casefold() == named and live.over_at > since
        ]

    def promotions(self, live: Live) -> list[Promotion]:
        """The promotions that run in it."""
        return [each for each in self._session.desk("promotions").all() if runs_in(each, live)]

    def lies_outside(self, promotion: Promotion) -> bool:
        """Whether lives are entered, and it lies within none of them."""
        lives = self.all()
        return bool(lives) and not any(lies_within(promotion, live) for live in lives)

    def dues(self, now: datetime, until: datetime) -> Iterable[Due]:
        """Each live to come; what is to be ready before it, as one line until it is over, and each thing owed after it
        that has a clock."""
        for live in self.all():
            if live.state(now) != "ended" and live.starts_at <= until:
                if live.state(now) == "coming":
                    yield self._begins(live)
                if any(not check.done_at for check in live.before):
                    yield self._due(live, None, live.starts_at)
            for check in live.after:
                at = live.due(check)
                if at is not None and at <= until and check.done_at is None:
                    yield self._due(live, check, at)

    def _begins(self, live: Live) -> Due:
        """A live as the calendar has it; while it is to be prepared, that rings."""

        def tell() -> Telling:
            thing = live.content or live.account or live.ref
            return Telling(ref=live.ref, what=say("Live"), thing=thing, words=" ".join(live.skus))

        prepared = all(check.done_at for check in live.before)
        alarms = self._session.settings.lives.alarms if prepared else ()
        return Due(
            place=self.place(live.id), tell=tell, step="live", at=live.starts_at, turn=None, alarms=alarms,
            lasts=live.over_at - live.starts_at,
        )  # fmt: skip

    def _due(self, live: Live, check: Check | None, at: datetime) -> Due:
        def tell() -> Telling:
            left = sum(1 for each in live.before if not each.done_at)
            what = say("Prepare live") if check is None else say("{step}", step=pick(check.title))
            stake = say("{n} open", n=left) if check is None else None
            return Telling(ref=live.ref, what=what, thing=live.content or live.account or live.ref, stake=stake)

        step = "before" if check is None else f"after{check.id}"
        return Due(
            place=self.place(live.id), tell=tell, step=step, at=at, kind="own", opened_at=live.starts_at,
            sheet="live.check", alarms=self._session.settings.lives.alarms,
        )  # fmt: skip

    # Doing

    def add(self, *, starts_at: datetime, ends_at: datetime, **fields: Any) -> Done:
        """A live with the checklists of the settings. `Misuse` where it would end before it starts."""
        now, settings = self._session.now(), self._session.settings.lives
        if ends_at <= starts_at:
            raise Misuse(say("It would end before it starts."))
        items = iter(_numbered((*settings.before, *settings.after)))
        with self._session.saving() as tx:
            id = tx.next_id(LIVES)
            live = Live(
                id=id, starts_at=starts_at, ends_at=ends_at, story=(LiveEntry(now, "add"),),
                before=tuple(next(items) for _ in settings.before), after=tuple(next(items) for _ in settings.after),
                **{name: value for name, value in fields.items() if value not in (None, "")},
            )  # fmt: skip
            tx.put(LIVES, id, live)
            return self._done(tx, say("{ref} added", ref=live.ref), (id,))

    def edit(self, id: int, **fields: Any) -> Done:
        """Correct what was entered; the empty text clears a field."""
        given = corrected(Live, fields)

        def change(live: Live) -> Live:
            after = msgspec.structs.replace(live, **given)
            if after.ends_at <= after.starts_at:
                raise Misuse(say("It would end before it starts."))
            return self._told(after, "edit", ", ".join(given))

        return self.change([id], lambda _lives: say("{ref} changed", ref=self.ref(id)), change)

    def end(self, id: int, at: datetime | None = None) -> Done:
        """It ended at an instant, now where None; what is owed after it counts from then."""
        when = (at or self._session.now()).replace(second=0, microsecond=0)

        def change(live: Live) -> Live:
            if live.ended_at is not None:
                raise Refusal(say("{ref} has ended already.", ref=live.ref))
            if when <= live.starts_at:
                raise Refusal(say("{ref} starts later than that.", ref=live.ref))
            return self._told(msgspec.structs.replace(live, ended_at=when), "end", None)

        return self.change([id], lambda _lives: say("{ref} ended", ref=self.ref(id)), change)

    def check(self, id: int, item: int, *, done: bool = True) -> Done:
        """Tick an item of a checklist off, or open it again. `Refusal` for one that is done already."""
        now = self._session.now()

        def change(live: Live) -> Live:
            if done and any(each.id == item and each.done_at for each in (*live.before, *live.after)):
                raise Refusal(say("{ref}: that is done already.", ref=live.ref))
            try:
                after = live.checked(item, now if done else None)
            except KeyError:
                raise Refusal(say("{ref} has no item {item}.", ref=live.ref, item=item)) from None
            return self._told(after, "check" if done else "uncheck", str(item))

        return self.change([id], lambda _lives: say("{ref}: item {item} ticked", ref=self.ref(id), item=item), change)

    def _told(self, live: Live, what: str, text: str | None) -> Live:
        return msgspec.structs.replace(live, story=(*live.story, LiveEntry(self._session.now(), what, text)))


def _numbered(checks: Iterable[Any]) -> Iterator[Check]:
    for number, each in enumerate(checks, 1):
        within = None if each.within is None else int(each.within.total_seconds())
        yield Check(id=number, title=each.title, within=within)


DESK = LiveDesk
