"""What can be asked and done about tickets. Every deed is one transaction and one step of undo, for one ticket or
for a whole selection: if it is not possible for one of them, it is done to none."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, cast

import msgspec

from workbench.core.agenda import Due
from workbench.core.deadline import Deadline
from workbench.core.kinds import KINDS, OUTCOMES, STAGES, Kind, Stage
from workbench.core.money import Money
from workbench.core.saying import Misuse, Refusal, Saying, mark, named, say, say_n
from workbench.core.tickets.model import Ticket
from workbench.core.whole import whole
from workbench.later import later
from workbench.session.base import Done
from workbench.session.desk import Desk
from workbench.session.tickets.tables import TABLE, TICKETS

if TYPE_CHECKING:
    from workbench.core.tickets import moves
    from workbench.core.tickets.stages import Action
    from workbench.session.tickets import typed as entry
    from workbench.storage import Transaction
else:
    moves = later("workbench.core.tickets.moves")
    entry = later("workbench.session.tickets.typed")

#: What a person may type into a ticket; a file does not overwrite it afterwards.
EDITABLE = (
    "kind", "external_id", "order_id", "sku", "product", "buyer", "money", "reason", "note", "words",
    "channel", "content", "automatic", "stars", "cause", "offered", "cost",
)  # fmt: skip


class TicketDesk(Desk[Ticket]):
    """The tickets of a session."""

    table = TABLE

    #: Of which live tickets, by their place among these, it is not sure that they stand as they are written.
    _unsure: tuple[Mapping[int, Ticket] | None, Sequence[int]] = (None, ())

    # Asking

    def all(self, archived: bool = False) -> list[Ticket]:
        """Every live ticket as it stands now; with `archived` also those closed long ago."""
        live, (seen, unsure) = self._records.live(), self._unsure
        if seen is not live:
            policy = self._session.policy.fingerprint
            unsure = [
                at
                for at, ticket in enumerate(live.values())
                if ticket.deadline.policy != policy or ticket.stage == "appeal"
            ]
            self._unsure = live, unsure
        found = list(live.values())
        for at in unsure:
            found[at] = self._present(found[at])
        return found + list(self._records.archived().values()) if archived else found

    def get(self, id: int) -> Ticket:
        """The ticket of this number, wherever it is."""
        return self._present(super().get(id))

    def find(self, ref: str) -> Ticket:
        """The ticket meant by `T-7`, an external id or an order id. An order id means its open request, else the order
        to ship, else the only one of that order."""
        ref = ref.strip()
        number = whole(ref[2:])
        if ref[:2].casefold() == "t-" and number is not None:
            return self.get(number)
        for archived in (False, True):
            found = [ticket for ticket in self.all(archived) if ref in (ticket.external_id, ticket.order_id)]
            exact = [ticket for ticket in found if ticket.external_id == ref]
            still_open = [ticket for ticket in found if ticket.stage != "closed"]
            cases = [ticket for ticket in still_open if ticket.kind != "ship"]
            ships = [ticket for ticket in found if ticket.kind == "ship"]
            for candidates in ([each for each in exact if each in cases], cases, ships, exact, still_open, found):
                if len(candidates) == 1:
                    return candidates[0]
            if found:
                names = ", ".join(ticket.ref for ticket in found)
                raise Refusal(say("{ref} means several tickets: {names}. Name one.", ref=ref, names=names))
        raise Refusal(self._nothing(ref))

    def queue(self, expression: str = "", closed: bool = False) -> list[Ticket]:
        """The tickets that fit the filter, in queue order; with `closed` also the closed and archived ones."""
        from workbench.core.tickets.filter import compiled
        from workbench.core.tickets.queue import ordered

        now, zone = self._session.now(), self._session.zone
        test = compiled(expression, now, zone)
        tickets = (ticket for ticket in self.all(closed) if closed or ticket.stage != "closed")
        return ordered((ticket for ticket in tickets if test(ticket)), now, zone)

    def actions(self, ticket: Ticket) -> tuple[Action, ...]:
        """What is legal for it now."""
        return moves.actions(ticket, self._session.policy, self._session.now())

    def preview(
        self, ticket: Ticket, action: str, arg: str | datetime | None = None, at: datetime | None = None
    ) -> Ticket:
        """What the ticket would become; nothing is saved."""
        return moves.act(ticket, action, arg, self._when(at), self._session.policy)

    def by_rule(self, ticket: Ticket) -> Deadline:
        """The deadline that the rules alone give for the present stage, whatever was stated."""
        return moves.by_rule(ticket, self._session.policy)

    def later_than_rule(self, ticket: Ticket) -> datetime | None:
        """When the rule's own deadline falls, where the stated one is later; else None."""
        return moves.later_than_rule(ticket, self._session.policy)

    def first_rule(self, kind: Kind, since: datetime | None, money: Money | None) -> datetime | None:
        """When the rule's deadline falls for a new case of this kind, opened at `since` (now where None)."""
        opened = since or self._session.now()
        return moves.open_ticket(
            self._session.policy, id=0, kind=kind, stage=None, opened_at=opened, money=money
        ).deadline.at

    def meant_due(self, ticket: Ticket, typed: datetime | date | None) -> datetime | None:
        """The instant of a deadline that was typed for the present stage: a bare day by the stage's own rule."""
        if typed is None or isinstance(typed, datetime):
            return typed
        rule = None if ticket.stage == "closed" else self.by_rule(ticket).at
        from workbench.core.when import due_on  # the words of times, which only a typed one needs

        return due_on(typed, rule, self._session.now(), self._session.zone)

    def dues(self, now: datetime, until: datetime) -> Iterable[Due]:
        """The clocks of the open tickets, for the agenda, but for what is due after `until`."""
        from workbench.session.tickets.dues import dues

        return dues(self.all(), self._session.policy, now, until)

    # Doing

    def add(
        self, *, kind: str, stage: str | None = None, opened_at: datetime | None = None,
        due: datetime | date | None = None, tags: Sequence[str] | None = None, **fields: Any,
    ) -> Done:  # fmt: skip
        """A ticket by hand. `fields` are those of `EDITABLE`; unknown kinds and stages are a `Misuse`."""
        return self.add_many(
            [{"kind": kind, "stage": stage, "opened_at": opened_at, "due": due, "tags": tags, **fields}]
        )

    def add_many(self, cases: Sequence[Mapping[str, Any]]) -> Done:
        """Several tickets by hand as one action, each as `add` takes it."""
        with self._session.saving() as tx:
            added = [self._add(tx, **each) for each in cases]
            if len(added) == 1:
                saying = say("{ref} added", ref=added[0].ref)
            else:
                saying = say_n("{n} case added", "{n} cases added", len(added))
            return self._done(tx, saying, (ticket.id for ticket in added))

    def _add(
        self, tx: Transaction, *, kind: str, stage: str | None = None, opened_at: datetime | None = None,
        due: datetime | date | None = None, tags: Sequence[str] | None = None, **fields: Any,
    ) -> Ticket:  # fmt: skip
        self._known(kind, KINDS, say("kind"))
        if stage is not None:
            self._known(stage, tuple(name for name in STAGES if name != "closed"), say("stage"))
        now = self._session.now()
        given = {name: value for name, value in fields.items() if value not in (None, "")}
        entry.check_typed(self._session, given)
        self._refuse_taken(given.get("external_id"), kind)
        ticket = moves.open_ticket(
            self._session.policy, id=tx.next_id(TICKETS), kind=cast(Kind, kind), stage=cast(Stage | None, stage),
            opened_at=opened_at or now, tags=entry.tags_of(tags), typed=tuple(given), **given,
        )  # fmt: skip
        ticket = moves.noted(self._in_live(ticket), ticket.opened_at, "seller", "opened")
        if due is not None:
            ticket = moves.state_due(ticket, self.meant_due(ticket, due), now, self._session.policy)
        tx.put(TICKETS, ticket.id, ticket)
        return ticket

    def edit(
        self, ids: Sequence[int], *, stage: str | None = None, opened_at: datetime | None = None,
        due: datetime | date | None = None, tags: Sequence[str] | None = None, **fields: Any,
    ) -> Done:  # fmt: skip
        """Correct what was typed or read; the clock is set anew where that changes it."""
        given = {name: value for name, value in fields.items() if value is not None}
        if "kind" in given:
            self._known(given["kind"], KINDS, say("kind"))
        if stage is not None:
            self._known(stage, tuple(name for name in STAGES if name != "closed"), say("stage"))
        entry.check_typed(self._session, given)
        policy, now = self._session.policy, self._session.now()

        def change(ticket: Ticket) -> Ticket:
            cleared = {name: value if value != "" else None for name, value in given.items()}
            typed = tuple(dict.fromkeys((*ticket.typed, *given)))
            after = moves.changed(ticket, typed=typed, **cleared)
            if "money" in given:
                after = moves.changed(after, largest=None)
            if tags is not None:
                after = moves.changed(after, tags=entry.tags_of(tags))
            if opened_at is not None:
                from workbench.core.tickets.rounds import reopened_at

                since = opened_at if ticket.stage_since == ticket.opened_at else ticket.stage_since
                after = moves.changed(reopened_at(after, opened_at), opened_at=opened_at, stage_since=since)
            if ticket.stage == "closed" and (stage is not None or due is not None):
                raise Refusal(say("{ref} is closed. Reopen it first.", ref=ticket.ref))
            if stage is not None and stage != ticket.stage:
                after = moves.enter(after, stage, now, policy)  # type: ignore[arg-type]
            elif ticket.stage != "closed":
                after = moves.timed(after, policy)
            if due is not None:
                after = moves.state_due(after, self.meant_due(after, due), now, policy)
            return moves.noted(after, now, "seller", "edit", ", ".join(given) or None)

        return self._each(ids, mark("{ref} changed", "{n} cases changed"), change)

    def note(self, ids: Sequence[int], text: str) -> Done:
        """Add a line to the seller's notes."""
        if not text.strip():
            raise Misuse(say("A note needs some words."))
        now = self._session.now()

        def change(ticket: Ticket) -> Ticket:
            note = f"{ticket.note}\n{text}" if ticket.note else text
            typed = tuple(dict.fromkeys((*ticket.typed, "note")))
            return moves.noted(moves.changed(ticket, note=note, typed=typed), now, "seller", "note", text)

        return self._each(ids, mark("{ref} noted", "{n} cases noted"), change)

    def tag(self, ids: Sequence[int], add: Sequence[str] = (), remove: Sequence[str] = ()) -> Done:
        """Put tags on and take tags off."""

        def change(ticket: Ticket) -> Ticket:
            kept = [tag for tag in ticket.tags if tag not in remove]
            return moves.changed(ticket, tags=entry.tags_of((*kept, *add)))

        return self._each(ids, mark("{ref} tagged", "{n} cases tagged"), change)

    def due(self, ids: Sequence[int], at: datetime | date | None) -> Done:
        """State the deadline of the present stage, or (None) go back to the rule's. A bare day is meant at the time of
        day of each ticket's own rule (`core.when.due_on`)."""
        now, policy = self._session.now(), self._session.policy
        forms = mark("{ref}: deadline set", "{n} cases: deadline set")
        return self._each(ids, forms, lambda ticket: moves.state_due(ticket, self.meant_due(ticket, at), now, policy))

    def act(
        self, ids: Sequence[int], action: str, arg: str | datetime | None = None, at: datetime | None = None,
        kind: str | None = None,
    ) -> Done:  # fmt: skip
        """Do a legal action; `at` is when it happened, now where None. `kind` is what `set` makes of an unknown one."""
        from workbench.session.tickets.done import DONE

        when, policy = self._when(at), self._session.policy
        forms = DONE.get(action, ("", ""))
        # Not settled at now: an appeal filed in time may be entered after its window.
        return self._each(ids, forms, lambda ticket: moves.act(ticket, action, arg, when, policy, kind), settled=False)

    def within(self, tx: Transaction, id: int) -> Ticket:
        """The ticket as the transaction of another domain sees it."""
        return self._present(self._stored(tx, id))

    def follow(self, tx: Transaction) -> None:
        """Let what goes with the tickets that the transaction changed go with them; every deed ends with it."""
        from workbench.session.tickets.pairs import follow

        follow(tx, self._records, self._session.policy, self._session.now())

    def answer_within(self, tx: Transaction, id: int, text: str, source: str) -> Ticket:
        """The case answered with these words, within an action of another domain; `source` says where they are from."""
        now, policy = self._session.now(), self._session.policy
        after = moves.act(self._present(self._stored(tx, id)), "answer", None, now, policy)
        last = msgspec.structs.replace(after.timeline[-1], text=text, source=source)
        after = moves.changed(after, timeline=(*after.timeline[:-1], last))
        tx.put(TICKETS, id, after)
        return after

    def snooze(self, ids: Sequence[int], until: datetime) -> Done:
        """Out of the top of the list until then."""
        return self.act(ids, "snooze", until)

    def close(self, ids: Sequence[int], outcome: str = "other", at: datetime | None = None) -> Done:
        """Close, whatever the stage."""
        self._known(outcome, OUTCOMES, say("outcome"))
        when, policy = self._when(at), self._session.policy

        def change(ticket: Ticket) -> Ticket:
            if ticket.stage == "closed":
                raise Refusal(say("{ref} is closed already.", ref=ticket.ref))
            if when < ticket.opened_at:
                raise Refusal(say("{ref} was opened later than that; give a time after it.", ref=ticket.ref))
            after = moves.close(ticket, outcome, when, policy)  # type: ignore[arg-type]
            return moves.noted(after, when, "seller", "closed", outcome)

        return self._each(ids, mark("{ref} closed", "{n} cases closed"), change)

    def reopen(self, ids: Sequence[int], stage: str | None = None) -> Done:
        """Open a closed ticket again, in the stage it came from or in `stage`."""
        if stage is not None:
            self._known(stage, STAGES, say("stage"))
        now, policy = self._session.now(), self._session.policy
        forms = mark("{ref} reopened", "{n} cases reopened")
        return self._each(ids, forms, lambda ticket: moves.reopen(ticket, stage, now, policy))  # type: ignore[arg-type]

    def upkeep(self) -> bool:
        """Store deadlines under a changed policy, so that reading need not reckon them again. No user action.

        A lapsed appeal is not stored as closed: an undo of what led to it must find the record as it left it.
        """
        stale = [ticket for ticket in self._doubtful() if self._timed(ticket) is not ticket]
        if not stale or self._session.readonly is not None:
            return False
        with self._session.saving() as tx:
            for ticket in stale:
                stored = self._records.within(tx, ticket.id)
                if stored is not None:
                    tx.put(TICKETS, ticket.id, self._timed(stored))
        return True

    def _doubtful(self) -> list[Ticket]:
        """The open tickets of another policy, by what is written: a verb that saved something decodes no other."""
        mark = f'"policy":"{self._session.policy.fingerprint}"'.encode()
        table = self._session.store.table(TICKETS)
        written = ((id, bytes(raw)) for id, raw in table.items())
        ids = [id for id, text in written if mark not in text and b'"stage":"closed"' not in text]
        live = self._records.live() if ids else {}
        return [live[id] for id in ids if id in live]

    def _each(
        self, ids: Sequence[int], forms: tuple[str, str], change: Callable[[Ticket], Ticket], *, settled: bool = True
    ) -> Done:
        view = self._present if settled else self._timed
        with self._session.saving() as tx:
            tickets = [self._in_live(change(view(ticket))) for ticket in self._chosen(tx, ids)]
            for ticket in tickets:
                tx.put(TICKETS, ticket.id, ticket)
            saying = say_n(*forms, len(tickets), ref=named([ticket.ref for ticket in tickets]))
            return self._done(tx, saying, (ticket.id for ticket in tickets))

    def _done(self, tx: Transaction, saying: Saying, ids: Iterable[int]) -> Done:
        self.follow(tx)
        return super()._done(tx, saying, ids)

    def _nothing(self, ref: str) -> Saying:
        return say("There is no ticket {ref}. An id is T-7, an external id or an order id.", ref=ref)

    def _removed(self, records: Sequence[Ticket]) -> Saying:
        refs = named([ticket.ref for ticket in records])
        return say_n("{ref} deleted", "{n} cases deleted", len(records), ref=refs)

    def _present(self, ticket: Ticket) -> Ticket:
        """The ticket as it stands now: its deadline by the policy in force, a lapsed appeal closed."""
        ticket = self._timed(ticket)
        return moves.settle(ticket, self._session.now(), self._session.policy) if ticket.stage == "appeal" else ticket

    def _timed(self, ticket: Ticket) -> Ticket:
        if ticket.stage == "closed" or ticket.deadline.policy == self._session.policy.fingerprint:
            return ticket
        return self._in_live(moves.timed(ticket, self._session.policy))

    def _in_live(self, ticket: Ticket) -> Ticket:
        """The case with its goal brought forward where it is of a content whose live runs meanwhile."""
        policy = self._session.policy
        if ticket.kind != "message" or ticket.stage != "reply" or not ticket.content or not policy.messages.hours:
            return ticket
        from workbench.core.tickets.clocks import in_live

        lives = self._session.desk("lives").spans(ticket.content, ticket.stage_since)
        deadline = in_live(ticket.deadline, policy, ticket.stage_since, ticket.channel, lives) if lives else None
        return ticket if deadline in (None, ticket.deadline) else moves.changed(ticket, deadline=deadline)

    def _when(self, at: datetime | None) -> datetime:
        now = self._session.now()
        if at is not None and at > now:
            raise Refusal(say("That time is still to come; say when it happened, or leave the time out."))
        return at or now

    def _known(self, word: str, known: Iterable[str], what: Any) -> None:
        if word not in known:
            names = ", ".join(known)
            raise Misuse(say('There is no {what} "{word}". Known: {names}.', what=what, word=word, names=names))

    def _refuse_taken(self, external: str | None, kind: str) -> None:
        if external is None:
            return
        taken = [
            t
            for t in self.all(archived=True)
            if t.external_id == external and (t.kind == "cancel") == (kind == "cancel")
        ]
        if taken:
            raise Refusal(say("{external} is known already, as {ref}.", external=external, ref=taken[0].ref))


DESK = TicketDesk

__all__ = ["EDITABLE", "Money", "TicketDesk"]
