"""What can be asked and done about violations and scores. Every deed is one transaction and one step of undo.

Everything asked is answered by all that is known now, at any instant: a violation voided later is void as if it had
never been.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import msgspec

from workbench.config import points_policy
from workbench.config.disk import is_file
from workbench.core.agenda import Due
from workbench.core.policy import Policy
from workbench.core.saying import Misuse, Refusal, Saying, say, say_n
from workbench.core.timeline import Event
from workbench.core.violations import ledger
from workbench.core.violations.ledger import Ledger
from workbench.core.violations.model import Evidence, Result, ScoreStatement, Violation, ViolationDraft
from workbench.core.violations.plan import Option, plan
from workbench.core.violations.policy import PointsPolicy
from workbench.core.whole import whole
from workbench.later import later
from workbench.session.base import Done, SessionBase
from workbench.session.desk import Desk, corrected
from workbench.session.records import Records
from workbench.session.violations.tables import STATEMENTS, TABLES, VIOLATIONS
from workbench.storage.errors import not_read

if TYPE_CHECKING:
    from workbench.core.violations import appeals, clocks, entry, evidence, whatif
    from workbench.core.violations.appeals import ViolationStanding
    from workbench.core.violations.clocks import Why
    from workbench.core.violations.paste import Pasted
    from workbench.core.violations.whatif import WhatIf
else:
    appeals = later("workbench.core.violations.appeals")
    clocks = later("workbench.core.violations.clocks")
    entry = later("workbench.core.violations.entry")
    evidence = later("workbench.core.violations.evidence")
    whatif = later("workbench.core.violations.whatif")

RESULTS = ("accepted", "rejected")


class LedgerDesk(Desk[Violation]):
    """The ledger of a session."""

    table = TABLES[0]

    def __init__(self, session: SessionBase) -> None:
        super().__init__(session)
        self._scores = Records(session.store, STATEMENTS, ScoreStatement)

    @cached_property
    def rules(self) -> PointsPolicy:
        """The points policy of the shop's market."""
        return points_policy(self._session.settings)

    @cached_property
    def shop(self) -> Policy:
        """The market's policy. Its fingerprint covers how long an answer takes, too: stored answers depend on it."""
        policy = self._session.policy
        return msgspec.structs.replace(policy, fingerprint=f"{policy.fingerprint}.{self.rules.appeals.answer}")

    # Asking

    def scores(self) -> list[ScoreStatement]:
        """Every score that was stated."""
        return list(self._scores.live().values())

    def known(self, ref: str) -> Violation | None:
        """The violation meant by `V-3` or the platform's id; case does not matter. None if there is none."""
        ref = ref.strip().casefold()
        number = whole(ref[2:])
        if ref[:2] == "v-" and number is not None:
            return self._records.get(number)
        return self._by_platform_id().get(ref)

    def find(self, ref: str) -> Violation:
        """As `known`, but a `Refusal` if there is none."""
        return self._there(self.known(ref), ref.strip())

    def standing(self, violation: Violation, on: datetime | None = None) -> ViolationStanding:
        """How the violation stands at an instant, now where None."""
        return appeals.standing(violation, self.rules, self.shop, on or self._session.now())

    def why(self, violation: Violation) -> Why | None:
        """The sum behind what is due next of it: its appeal, an answer, the end of its points; None if it is void."""
        return clocks.why(violation, self.rules, self.shop, self._session.now())

    def checklist(self, violation: Violation) -> tuple[Evidence, ...]:
        """What an appeal against it needs to prove, each item as it stands."""
        return evidence.checklist(violation, self.rules)

    def open_items(self, violation: Violation) -> tuple[Evidence, ...]:
        """The items of the checklist that are not proved yet."""
        return evidence.open_items(violation, self.rules)

    def ledger(self, on: datetime | None = None) -> Ledger:
        """Points, milestones and forecast at an instant of the past or the future, now where None."""
        return self._reckon(self.all(), on or self._session.now())

    def plan(self, on: datetime | None = None) -> tuple[Option, ...]:
        """The appeals that are open, the one that helps most first."""
        return plan(self.all(), self.ledger(on), self.rules, self.shop)

    def listed(self, on: datetime | None = None) -> list[tuple[Violation, ViolationStanding]]:
        """Every violation as it stands: what can be appealed in the order of the plan, what awaits its answer, soonest
        first, what is still pending, then what is over, newest first."""
        best = {option.violation.id: place for place, option in enumerate(self.plan(on))}

        def place(pair: tuple[Violation, ViolationStanding]) -> tuple[int, float]:
            violation, stands = pair
            if violation.id in best:
                return 0, best[violation.id]
            due = stands.appeal.answer_by
            if due is not None:
                return 1, due.timestamp()
            return (2 if stands.state == "pending" else 3), -violation.issued_at.timestamp()

        return sorted(((violation, self.standing(violation, on)) for violation in self.all()), key=place)

    def read(self, text: str) -> tuple[Pasted, ...]:
        """Pasted lines, or a CSV with a header: each a draft or its problem; nothing is recorded."""
        from workbench.core.violations.paste import read

        ids = [violation.platform_id for violation in self.all() if violation.platform_id]
        return read(text, self.rules, self.shop, self._session.now(), ids)

    def what_if(self, added: Sequence[ViolationDraft] = (), won: Collection[int] = ()) -> WhatIf:
        """The ledger beside what it would be with these violations more and these appeals won; nothing is recorded."""
        violations, now = self.all(), self._session.now()
        free = max((violation.id for violation in violations), default=0) + 1
        more = [entry.record(id, draft, self.rules, self.shop) for id, draft in enumerate(added, free)]
        then = whatif.won(violations, won, now) + more
        return whatif.compare(self._reckon(violations, now), self._reckon(then, now), self.rules)

    def dues(self, now: datetime, until: datetime) -> Iterable[Due]:
        """Appeals, awaited answers, what is only announced, and drops of points, for the agenda, but for
        what is due after `until`."""
        violations = self.all()
        if not violations:
            return ()
        from workbench.session.violations.dues import dues

        found = dues(violations, self.scores(), self.rules, self.shop, now)
        return (due for due in found if due.at is None or due.at <= max(until, now))

    def _reckon(self, violations: Sequence[Violation], on: datetime) -> Ledger:
        return ledger.ledger(violations, self.scores(), self.rules, self.shop, on)

    # Doing

    def add(self, draft: ViolationDraft) -> Done:
        """Enter a violation. `Misuse` for points off the scale, `Refusal` for a platform's id that is there already."""
        return self.add_many([draft])

    def add_many(self, drafts: Sequence[ViolationDraft]) -> Done:
        """Enter several violations as one action: all of them or none."""
        if not drafts:
            raise Refusal(say("There is no violation to add."))
        with self._session.saving() as tx:
            taken = self._by_platform_id()
            ids = []
            for draft in drafts:
                id = tx.next_id(VIOLATIONS)
                violation = entry.record(id, draft, self.rules, self.shop)
                _refuse_taken(taken, violation)
                tx.put(VIOLATIONS, id, violation)
                ids.append(id)
            if len(ids) == 1:
                saying = say("{ref} added", ref=f"V-{ids[0]}")
            else:
                saying = say_n("{n} violation added", "{n} violations added", len(ids))
            return self._done(tx, saying, ids)

    def edit(self, id: int, **fields: Any) -> Done:
        """Correct what was entered: fields of `ViolationDraft`; None leaves one as it is, the empty text clears it."""
        given = corrected(ViolationDraft, fields)

        def change(violation: Violation) -> Violation:
            draft = msgspec.structs.replace(entry.draft_of(violation), **given)
            after = entry.revise(violation, draft, self._session.now(), self.rules, self.shop)
            _refuse_taken(self._by_platform_id(), after)
            return after

        return self._change(id, say("{ref} corrected", ref=f"V-{id}"), change)

    def appeal(self, id: int, at: datetime | None = None, because: str | None = None) -> Done:
        """File an appeal at an instant in the window, now where None; `because` says why evidence is still open."""
        now = self._session.now()

        def change(violation: Violation) -> Violation:
            return appeals.file(violation, at or now, now, self.rules, self.shop, because or None)

        return self._change(id, say("{ref} appealed", ref=f"V-{id}"), change)

    def result(self, id: int, result: str, at: datetime | None = None) -> Done:
        """Enter the platform's decision on the appeal that is filed: accepted or rejected."""
        if result not in RESULTS:
            raise Misuse(say('A result is accepted or rejected, not "{word}".', word=result))
        now = self._session.now()

        def change(violation: Violation) -> Violation:
            return appeals.decide(violation, cast(Result, result), at or now, now, self.rules, self.shop)

        ref = f"V-{id}"
        saying = say("{ref}: appeal won", ref=ref) if result == "accepted" else say("{ref}: appeal lost", ref=ref)
        return self._change(id, saying, change)

    def enforced(self, id: int, at: datetime | None = None, day_only: bool = False) -> Done:
        """A pending violation is in force from an instant on, now where None; `day_only`: only the day is known."""
        now = self._session.now()

        def change(violation: Violation) -> Violation:
            return appeals.enforce(violation, at or now, day_only, now, self.shop)

        return self._change(id, say("{ref} is in force", ref=f"V-{id}"), change)

    def dropped(self, id: int, at: datetime | None = None) -> Done:
        """The platform let a pending violation go: it is void."""
        now = self._session.now()

        def change(violation: Violation) -> Violation:
            return appeals.drop(violation, at or now, now, self.shop)

        return self._change(id, say("{ref} dropped by the platform", ref=f"V-{id}"), change)

    def by_rule(self, violation: Violation) -> datetime | None:
        """By when the next appeal must be filed by the rules alone, whatever was stated; None where there is none."""
        found = clocks.window(msgspec.structs.replace(violation, stated_due=None), self.rules, self.shop)
        return None if found is None else found.closes

    def evidence(self, id: int, item: str, done: bool, path: Path | None = None) -> Done:
        """Tick an item off, or open it again; `path` is the file that proves it, kept by name, size and SHA-256.

        `item` is its number, its words or a part of them; words that are part of none are an item of the seller's own.
        """
        file = None if path is None else _proof(path)

        def change(violation: Violation) -> Violation:
            name = evidence.find_item(violation, self.rules, item)
            before = next((each for each in violation.evidence if each.item == name), Evidence(name))
            event = Event(self._session.now(), "seller", "evidence" if done else "evidence_open", name)
            after = evidence.tick(violation, msgspec.structs.replace(file or before, item=name, done=done))
            return msgspec.structs.replace(after, timeline=(*after.timeline, event))

        ref = f"V-{id}"
        saying = say("{ref}: evidence is there", ref=ref) if done else say("{ref}: evidence is open", ref=ref)
        return self._change(id, saying, change)

    def statement(self, id: int, text: str) -> Done:
        """Keep the draft of the appeal's text; the empty text drops it."""
        saying = say("{ref}: statement written", ref=f"V-{id}")
        return self._change(id, saying, lambda violation: msgspec.structs.replace(violation, statement=text or None))

    def set_score(self, score: int, at: datetime | None = None) -> Done:
        """State the platform's score at an instant, now where None. `Refusal` in a market that adds points up."""
        now = self._session.now()
        with self._session.saving() as tx:
            self.all(), self.scores()  # the ledger is shown next: a damaged record is refused before anything is saved
            id = tx.next_id(STATEMENTS)
            tx.put(STATEMENTS, id, entry.state_score(id, score, at or now, now, self.rules))
            saying = say("score {score} stated", score=score)
            tx.commit_as(saying, now)
        return Done(saying, (id,))

    def upkeep(self) -> bool:
        """Store when answers are due under a changed policy, so that reading asks for no holidays. No user action."""
        stale = [violation.id for violation in self.all() if self._answered(violation) is not violation]
        if not stale or self._session.readonly is not None:
            return False
        with self._session.saving() as tx:
            for id in stale:
                stored = self._records.within(tx, id)
                if stored is not None:
                    tx.put(VIOLATIONS, id, self._answered(stored))
        return True

    def _change(self, id: int, saying: Saying, change: Callable[[Violation], Violation]) -> Done:
        with self._session.saving() as tx:
            tx.put(VIOLATIONS, id, change(self._stored(tx, id)))
            return self._done(tx, saying, [id])

    def _nothing(self, ref: str) -> Saying:
        return say("There is no violation {ref}. An id is V-3 or the platform's own.", ref=ref)

    def _removed(self, records: Sequence[Violation]) -> Saying:
        return say_n("{ref} taken out", "{n} violations taken out", len(records), ref=records[0].ref)

    def _by_platform_id(self) -> dict[str, Violation]:
        return {each.platform_id.casefold(): each for each in self.all() if each.platform_id}

    def _answered(self, violation: Violation) -> Violation:
        """The violation with the answer that is still awaited by the policy in force."""
        last = violation.appeals[-1] if violation.appeals else None
        if last is None or last.result is not None or last.policy == self.shop.fingerprint:
            return violation
        due = clocks.answer_after(last.filed_at, self.rules, self.shop)
        fresh = msgspec.structs.replace(last, answer_by=due, policy=self.shop.fingerprint)
        return msgspec.structs.replace(violation, appeals=(*violation.appeals[:-1], fresh))


def _refuse_taken(taken: dict[str, Violation], violation: Violation) -> None:
    """Refuse a platform's id that another violation has; else it is taken from here on."""
    if violation.platform_id is None:
        return
    other = taken.setdefault(violation.platform_id.casefold(), violation)
    if other.id != violation.id:
        raise Refusal(say("{external} is known already, as {ref}.", external=violation.platform_id, ref=other.ref))


def _proof(path: Path) -> Evidence:
    """The file by its whole path, its size in bytes and its SHA-256."""
    import hashlib  # only a file that proves something needs it

    from workbench.config.given import to_read  # the ways in which people give a path, which only evidence needs

    path = to_read(str(path)).absolute()
    if not is_file(path):
        raise Refusal(say("There is no file {path}.", path=str(path)))
    try:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
            return Evidence("", path=str(path), size=file.tell(), sha256=digest)
    except OSError as error:
        raise not_read(error, path) from error


DESK = LedgerDesk
