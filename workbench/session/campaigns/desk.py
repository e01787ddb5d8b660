"""What can be asked and done about campaigns. Every deed is one transaction and one step of undo."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta, tzinfo
from decimal import Decimal
from typing import Any

import msgspec

from workbench.core.agenda import Due, Telling
from workbench.core.campaigns.model import After, Campaign, CampaignEntry, Figures, Later, similar
from workbench.core.saying import Misuse, Refusal, Saying, say, say_n
from workbench.core.time import day_ends, midnight
from workbench.session.base import Done
from workbench.session.campaigns.tables import CAMPAIGNS, TABLES
from workbench.session.desk import Desk, corrected

#: The dates of a campaign that are clocks, and what is to be done by them.
CLOCKS: dict[str, Saying] = {
    "registration_opens": say("Registration opens"),
    "registration_closes": say("Register"),
    "price_fixed_from": say("Lock prices"),
    "withdraw_until": say("Last withdrawal"),
}
#: Figures of a campaign as they are said: by name, None where one is taken back; what is not named stays.
Said = Mapping[str, Decimal | int | None] | None

#: What the review of a campaign may take.
REVIEW_TIME = timedelta(minutes=30)


class CampaignDesk(Desk[Campaign]):
    """The campaigns of a session."""

    table = TABLES[0]

    def like(self, campaign: Campaign) -> list[Campaign]:
        """The campaigns that are like one, the newest first."""
        found = [each for each in self.all() if similar(campaign, each)]
        return sorted(found, key=lambda each: each.starts_at, reverse=True)

    def after(self, campaign: Campaign) -> After | None:
        """Measured again: the refunds of its SKUs' orders of that period, and their money, once the time has come and
        order files cover the period; None before, and where they do not."""
        if campaign.after is not None or not self._told_by_files(campaign):
            return campaign.after
        back: dict[str, Decimal] = {}  # what was paid back is of the order, on each of its rows
        for row in self._session.desk("orders").rows(*self._days(campaign)):
            if row.sku in campaign.skus and row.refunded and campaign.starts_at <= row.created_at < campaign.ends_at:
                back[row.order_id] = max(row.refunded, back.get(row.order_id, Decimal(0)))
        return After(len(back), sum(back.values(), Decimal(0)))

    def _told_by_files(self, campaign: Campaign) -> bool:
        """Whether the time of the second look has come and order files cover the campaign; none of them is read."""
        session = self._session
        if session.now() < campaign.ends_at + session.settings.campaigns.measure_after or not campaign.skus:
            return False
        return bool(session.store.kept_files()) and session.desk("orders").covered(*self._days(campaign))

    def _days(self, campaign: Campaign) -> tuple[date, date]:
        """Its first and its last shop day."""
        zone = self._session.zone
        return campaign.starts_at.astimezone(zone).date(), _last_day(campaign.ends_at, zone)

    def dates(self, campaign: Campaign) -> list[tuple[str, datetime]]:
        """The dates whose clock runs: not ticked off, and to come, or past while the campaign itself is to come. Once
        registration has opened, the date on which it closes is the clock."""
        now = self._session.now()
        found: list[tuple[str, datetime]] = []
        for name in CLOCKS:
            at: datetime | None = getattr(campaign, name)
            opened = name == "registration_opens" and campaign.registration_closes is not None
            runs = at is not None and (now < at or (now < campaign.starts_at and not opened))
            if at is not None and runs and name not in campaign.ticked and campaign.closed_at is None:
                found.append((name, at))
        return found

    def dues(self, now: datetime, until: datetime) -> Iterable[Due]:
        """The dates of campaigns, each until it is ticked off or the campaign starts; the review after one, the second
        look thirty days on."""
        clocks = self._session.settings.campaigns
        for campaign in self.all():
            if campaign.closed_at is not None:
                continue
            for name, at in self.dates(campaign):
                if at <= until:
                    yield self._due(campaign, name, at, CLOCKS[name])
            if self.of_the_past(campaign):
                continue
            review = campaign.ends_at + clocks.review_after
            if campaign.reviewed_at is None and review <= until:
                yield self._due(campaign, "review", review, say("Review campaign"), since=campaign.ends_at)
            again = campaign.ends_at + clocks.measure_after
            if campaign.measured_at is None and again <= until and (now < again or not self._told_by_files(campaign)):
                yield self._due(campaign, "measure", again, say("Measure again"), since=again)

    def of_the_past(self, campaign: Campaign) -> bool:
        """Whether it was entered for the archive alone, when all its clocks were over: nobody is late with it."""
        entered = campaign.story[0].at if campaign.story else campaign.starts_at
        return entered >= campaign.ends_at + self._session.settings.campaigns.measure_after

    def _opens(self, at: datetime) -> tuple[datetime, date | None]:
        """By when to look at what opens, and of which day that is: what opens at 00:00 is of the day that begins."""
        day = at.astimezone(self._session.zone).date()
        whole = midnight(day, self._session.zone) == at
        return (day_ends(day, self._session.zone), day) if whole else (at, None)

    def _due(self, campaign: Campaign, step: str, at: datetime, what: Saying, since: datetime | None = None) -> Due:
        at, day = self._opens(at) if step == "registration_opens" else (at, None)
        return Due(
            place=self.place(campaign.id), tell=lambda: Telling(ref=campaign.ref, what=what, thing=campaign.name),
            step=step, at=at, all_day=day, kind="own", opened_at=since or campaign.starts_at, sheet="campaign.act",
            alarms=self._session.settings.campaigns.alarms,
        )  # fmt: skip

    # Doing

    def add(
        self, *, name: str, starts_at: datetime, ends_at: datetime, expected: Said = None, actual: Said = None,
        **fields: Any,
    ) -> Done:  # fmt: skip
        """A campaign. `Misuse` where it has no name or would end before it starts."""
        now = self._session.now()
        if not name.strip():
            raise Misuse(say("{name} cannot be empty.", name="name"))
        if ends_at <= starts_at:
            raise Misuse(say("It would end before it starts."))
        with self._session.saving() as tx:
            id = tx.next_id(CAMPAIGNS)
            campaign = Campaign(
                id=id, name=name, starts_at=starts_at, ends_at=ends_at, story=(CampaignEntry(now, "add"),),
                expected=_over(Figures(), expected), actual=_over(Figures(), actual), **fields,
            )  # fmt: skip
            tx.put(CAMPAIGNS, id, campaign)
            return self._done(tx, say("{ref} added", ref=campaign.ref), (id,))

    def bring_in(self, rows: Iterable[Mapping[str, Any]]) -> Done:
        """Campaigns of a spreadsheet, as one action; one of the same name and start is there already and stays."""
        now = self._session.now()
        known = {(each.name, each.starts_at) for each in self.all()}
        with self._session.saving() as tx:
            ids, there = [], 0
            for row in rows:
                if (row["name"], row["starts_at"]) in known:
                    there += 1
                    continue
                known.add((row["name"], row["starts_at"]))
                id = tx.next_id(CAMPAIGNS)
                figures = {name: _over(Figures(), row.get(name)) for name in ("expected", "actual")}
                tx.put(CAMPAIGNS, id, Campaign(id=id, story=(CampaignEntry(now, "import"),), **{**row, **figures}))
                ids.append(id)
            if not ids:
                raise Refusal(say("Nothing in it is new."))
            said = say_n("{n} campaign read in", "{n} campaigns read in", len(ids))
            if there:
                stay = say_n(
                    "{n} that is here already stays as it is", "{n} that are here already stay as they are", there
                )
                said = say("{what}, {more}", what=said, more=stay)
            return self._done(tx, said, ids)

    def edit(self, id: int, *, expected: Said = None, actual: Said = None, **fields: Any) -> Done:
        """Correct what was entered; the empty text clears a field, None a figure. What was expected is locked once it
        starts."""
        now = self._session.now()
        given = corrected(Campaign, fields)

        def change(campaign: Campaign) -> Campaign:
            if expected and campaign.locked(now):
                raise Refusal(
                    say("{ref} has started: what was expected stays. --later keeps a dated note.", ref=campaign.ref)
                )
            after = msgspec.structs.replace(
                campaign, expected=_over(campaign.expected, expected), actual=_over(campaign.actual, actual), **given
            )  # fmt: skip
            if after.ends_at <= after.starts_at:
                raise Misuse(say("It would end before it starts."))
            reviewed = campaign.reviewed_at
            came = actual and any(value is not None for value in actual.values())  # what is taken back is no review
            if reviewed is None and now >= after.ends_at and (came or "why" in given):
                reviewed = now
            after = msgspec.structs.replace(after, reviewed_at=reviewed)
            return _told(after, now, "edit", ", ".join((*given, *(["actual"] if actual else []))))

        return self.change([id], lambda _changed: say("{ref} changed", ref=self.ref(id)), change)

    def spend(self, id: int, used: timedelta) -> None:
        """Remember how much of the half hour of its review is used; no user action, and nothing where nothing can be
        saved."""
        seconds = int(used.total_seconds())
        if self._session.readonly is not None or seconds <= self.get(id).review_seconds:
            return
        with self._session.saving() as tx:
            (campaign,) = self._chosen(tx, [id])
            tx.put(CAMPAIGNS, id, msgspec.structs.replace(campaign, review_seconds=seconds))

    def later(self, id: int, what: str, value: str) -> Done:
        """A dated note beside what was expected."""
        now = self._session.now()

        def change(campaign: Campaign) -> Campaign:
            noted = (*campaign.later, Later(now, what, value))
            return _told(msgspec.structs.replace(campaign, later=noted), now, "later", what)

        return self.change([id], lambda _changed: say("{ref} noted", ref=self.ref(id)), change)

    def tick(self, id: int, clock: str) -> Done:
        """What was to be done by one of its dates is done: its clock is over."""
        now = self._session.now()

        def change(campaign: Campaign) -> Campaign:
            if getattr(campaign, clock) is None:
                raise Refusal(say("{ref} has no such date: {what}.", ref=campaign.ref, what=CLOCKS[clock]))
            if clock in campaign.ticked:
                raise Refusal(say("{ref}: that is done already.", ref=campaign.ref))
            done = msgspec.structs.replace(campaign, ticked=(*campaign.ticked, clock))
            return _told(done, now, "tick", clock)

        return self.change(
            [id], lambda _changed: say("{ref}: {what}, done", ref=self.ref(id), what=CLOCKS[clock]), change
        )

    def measure(self, id: int, after: After) -> Done:
        """What came back by 30 days after its end, where order files do not tell it."""
        now = self._session.now()

        def change(campaign: Campaign) -> Campaign:
            if now < campaign.ends_at:
                raise Refusal(say("{ref} has not ended yet.", ref=campaign.ref))
            return _told(msgspec.structs.replace(campaign, after=after, measured_at=now), now, "measure", None)

        return self.change([id], lambda _changed: say("{ref} measured again", ref=self.ref(id)), change)

    def close(self, id: int) -> Done:
        """It is done with: no clock of it runs any more."""
        now = self._session.now()

        def change(campaign: Campaign) -> Campaign:
            if campaign.closed_at is not None:
                raise Refusal(say("{ref} is closed already.", ref=campaign.ref))
            return _told(msgspec.structs.replace(campaign, closed_at=now), now, "close", None)

        return self.change([id], lambda _changed: say("{ref} closed", ref=self.ref(id)), change)


def _last_day(ends: datetime, zone: tzinfo) -> date:
    return (ends - timedelta(microseconds=1)).astimezone(zone).date()


def _over(before: Figures, given: Said) -> Figures:
    return msgspec.structs.replace(before, **given) if given else before


def _told(campaign: Campaign, at: datetime, what: str, text: str | None) -> Campaign:
    return msgspec.structs.replace(campaign, story=(*campaign.story, CampaignEntry(at, what, text)))


DESK = CampaignDesk
