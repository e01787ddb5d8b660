"""What can be asked and done about replies: looked up, ranked, filled, checked, used, written, brought in and out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

import msgspec

from workbench.config.lint import linter
from workbench.config.replies import shipped_replies, stage_words
from workbench.core.lint.engine import Linter
from workbench.core.lint.model import CHANNELS, Allowance, Channel, Finding
from workbench.core.replies.fields import MASK, Filled, fill, given, masked
from workbench.core.replies.model import (
    CATEGORIES,
    Reply,
    best_language,
    counted,
    laid_over,
    quoted_key,
)
from workbench.core.replies.ranking import Occasion, Ranked, ranked
from workbench.core.replies.stale import lengths_for, stale
from workbench.core.saying import Misuse, Refusal, say
from workbench.core.tickets.model import Ticket
from workbench.session.base import Done
from workbench.session.desk import DomainDesk
from workbench.session.records import Records
from workbench.session.replies.checking import check, check_key, last_language, stale_words
from workbench.session.replies.prepared import Prepared, Used, channel_of, place_of, quoting, words_alone
from workbench.session.replies.tables import REPLIES
from workbench.session.replies.values import Values, lengths
from workbench.storage import Transaction

if TYPE_CHECKING:
    from workbench.session.base import SessionBase

#: The rule that speaks of figures that no rule in force has.
STALE = "stale-figure"
#: The kinds in which the shop's own address and telephone may stand in a text.
_RETURNS = ("return_refund", "exchange")


class ReplyDesk(DomainDesk):
    """The replies of a session."""

    def __init__(self, session: SessionBase) -> None:
        super().__init__(session)
        self._records = Records(session.store, REPLIES, Reply)
        self._merged: tuple[Mapping[int, Reply], dict[str, Reply]] | None = None

    # Asking

    @property
    def session(self) -> SessionBase:
        """The session it is a desk of."""
        return self._session

    @cached_property
    def linter(self) -> Linter:
        """The lint of the settings in force."""
        return linter(self._session.settings.lint)

    def all(self) -> list[Reply]:
        """Every reply, shipped ones under the seller's own, hidden ones too, by key."""
        return sorted(self._by_key().values(), key=lambda reply: reply.key.casefold())

    @property
    def count(self) -> int:
        """How many there are that are not hidden."""
        return sum(not reply.hidden for reply in self._by_key().values())

    def get(self, key: str) -> Reply:
        """The reply of this key, whatever the case. `Refusal` if there is none."""
        found = self._one(key.strip().casefold())
        if found is None:
            raise Refusal(say('There is no reply "{key}". `workbench replies` lists them.', key=quoted_key(key)))
        return found

    def context(self, ticket: Ticket | None) -> Occasion:
        """What a reply for this case must fit; without one the shop's market alone."""
        if ticket is None:
            return Occasion(market=self._session.policy.market)
        return Occasion(
            market=ticket.market,
            kind=ticket.kind,
            stage=ticket.stage,
            type=getattr(ticket, "cause", None),
            channel=self.channel(ticket),
        )

    def ranked(self, ticket: Ticket | None = None, search: str = "", category: str | None = None) -> list[Ranked]:
        """The replies in their order for a case, or for what was typed."""
        if category is not None and category not in CATEGORIES:
            raise Misuse(
                say('There is no category "{name}". Known: {known}.', name=category, known=", ".join(CATEGORIES))
            )
        replies = (reply for reply in self._by_key().values() if category in (None, reply.category))
        return ranked(replies, self.context(ticket), self._today, search)

    def channel(self, ticket: Ticket) -> Channel | None:
        """The channel in which a case is answered; a bad review first in public, then in the chat."""
        own = getattr(ticket, "channel", None)
        if own in CHANNELS:
            return own  # type: ignore[no-any-return]
        if ticket.kind == "bad_review":
            return "review" if ticket.stage == "reply" else "chat"
        return None

    def language(self, reply: Reply, ticket: Ticket | None, wanted: str | None = None) -> str:
        """The language of a text: the one wanted, the case's last, the market's first that it has, English, any."""
        tags = [wanted] if wanted else []
        if ticket is not None and (last := last_language(ticket)):
            tags.append(last)
        tags += [*self._session.policy.languages, "en"]
        return best_language(reply.text, tags) or "en"

    def prepare(
        self,
        reply: Reply,
        ticket: Ticket | None = None,
        *,
        language: str | None = None,
        channel: str | None = None,
        values: Mapping[str, str] | None = None,
        words: str | None = None,
    ) -> Prepared:
        """The reply filled and linted; nothing is saved. `words` are the seller's own in place of the filled ones."""
        tag = self.language(reply, ticket, language)
        spoken = self._spoken(reply, ticket, channel)
        typed = given(values or {})
        values_of = Values(self._session, ticket, reply.purpose.kinds, tag, typed)
        filled = fill(reply.text[tag], values_of) if words is None else fill(words, values_of)
        kind = ticket.kind if ticket is not None else None
        findings = self._lint_filled(filled, spoken, kind, reply.allow)
        kinds = (ticket.kind,) if ticket is not None else reply.purpose.kinds
        findings += tuple(self._stale(words_alone(filled), kinds))
        return Prepared(
            reply=reply, language=tag, channel=spoken, filled=filled, findings=tuple(sorted(findings, key=place_of))
        )

    def lint(
        self, text: str, channel: str = "chat", market: str | None = None, kind: str | None = None
    ) -> tuple[Finding, ...]:
        """What the rules say of a text that is ready to be sent."""
        return self.linter.lint(text, channel_of(channel), market or self._session.policy.market, kind=kind)

    def findings(self, reply: Reply, language: str) -> tuple[Finding, ...]:
        """What the rules say of a reply's text as it is written, its fields left out, in the shop's market."""
        return self.findings_of(reply, reply.text[language])

    def findings_of(self, reply: Reply, text: str) -> tuple[Finding, ...]:
        """The same of another text for this reply, such as one that is being written."""
        channel = reply.purpose.channels[0] if reply.purpose.channels else "chat"
        found = self.linter.lint(masked(text), channel_of(channel), self._session.policy.market, allow=reply.allow)
        found += tuple(self._stale(masked(text), reply.purpose.kinds))
        return tuple(quoting(each, text) for each in sorted(found, key=place_of))

    # Doing

    def use(
        self,
        key: str,
        ticket: Ticket | None = None,
        *,
        language: str | None = None,
        channel: str | None = None,
        values: Mapping[str, str] | None = None,
        words: str | None = None,
        answered: bool = False,
    ) -> Used:
        """Count a use, and with `answered` move the case, as one action; nothing where the text cannot be given."""
        prepared = self.prepare(self.get(key), ticket, language=language, channel=channel, values=values, words=words)
        if answered and (ticket is None or ticket.stage != "reply"):
            raise Refusal(say("Only a case that waits for an answer can be answered. Leave --answered out."))
        if prepared.text is None:
            return Used(prepared=prepared)
        waits = answered and not self._answers(prepared)
        if self._session.readonly is not None:
            return Used(prepared=prepared, waits=waits)
        now = self._session.now()
        with self._session.saving() as tx:
            self._put(tx, prepared.reply.key, lambda before: counted(before, self._today))
            saying = say('"{key}" used', key=prepared.reply.key)
            ids: tuple[int, ...] = ()
            if ticket is not None and answered and not waits:
                source = f"{prepared.reply.key} {prepared.language}"
                self._session.desk("tickets").answer_within(tx, ticket.id, prepared.filled.text, source)
                saying = say('{ref} answered with "{key}"', ref=ticket.ref, key=prepared.reply.key)
                ids = (ticket.id,)
            tx.commit_as(saying, now)
        return Used(prepared=prepared, done=Done(saying, ids), waits=waits)

    def add(self, key: str, **fields: Any) -> Done:
        """A reply of one's own, of a key that is free (`refuse_key`)."""
        self.refuse_key(key)
        if not fields.get("text"):
            raise Misuse(say("A reply needs a text."))
        return self._write(Reply(key=key), fields, say('reply "{key}" added', key=key))

    def refuse_key(self, key: str) -> None:
        """`Refusal` where the key is taken, by a shipped one too; `Misuse` where it is none."""
        if key.casefold() in self._by_key():
            raise Refusal(say('There is a reply "{key}" already. `reply edit` changes it.', key=key))
        check_key(key)

    def edit(self, key: str, **fields: Any) -> Done:
        """Change a reply; of a shipped one a whole copy becomes the seller's own. Hiding alone copies nothing."""
        before = self.get(key)
        saying = say('reply "{key}" changed', key=before.key)
        if set(fields) <= {"hidden", "allow"} and before.shipped:
            with self._session.saving() as tx:
                self._put(tx, before.key, lambda own: msgspec.structs.replace(own, **fields))
                tx.commit_as(saying, self._session.now())
            return Done(saying)
        return self._write(before, fields, saying)

    def delete(self, key: str) -> Done:
        """Remove one's own reply, which brings a shipped one of that key back; hide a shipped one."""
        before = self.get(key)
        if before.shipped:
            if before.hidden:
                raise Refusal(say('The reply "{key}" is hidden already.', key=before.key))
            return self.edit(key, hidden=True)
        with self._session.saving() as tx:
            stored = self._stored(tx, before.key)
            if stored is not None:
                if any(reply.key.casefold() == before.key.casefold() for reply in shipped_replies()):
                    shadow = Reply(
                        id=stored.id, key=stored.key, uses=stored.uses, used_before=stored.used_before,
                        last_used=stored.last_used,
                    )  # fmt: skip
                    tx.put(REPLIES, stored.id, shadow)
                else:
                    tx.remove(REPLIES, stored.id)
            saying = say('reply "{key}" deleted', key=before.key)
            tx.commit_as(saying, self._session.now())
        return Done(saying)

    def write_many(self, replies: Sequence[Reply], saying: Any) -> Done:
        """Put replies as they are given, as one action: what a spreadsheet changes."""
        now = self._session.now()
        with self._session.saving() as tx:
            for reply in replies:
                check(self._session, reply)
                stored = self._stored(tx, reply.key)
                id = stored.id if stored is not None else tx.next_id(REPLIES)
                tx.put(REPLIES, id, msgspec.structs.replace(reply, id=id, shipped=False, changed_at=now))
            tx.commit_as(saying, now)
        return Done(saying)

    # Within

    @property
    def _today(self) -> Any:
        return self._session.now().astimezone(self._session.zone).date()

    def _by_key(self) -> dict[str, Reply]:
        live = self._records.live()
        if self._merged is None or self._merged[0] is not live:
            self._merged = live, laid_over(shipped_replies(), live.values())
        return self._merged[1]

    def _one(self, key: str) -> Reply | None:
        """The reply of a folded key; as long as nobody asked for all of them, no other is decoded."""
        if self._merged is not None:
            return self._by_key().get(key)
        own = self._own(key)
        shipped = (reply for reply in shipped_replies() if reply.key.casefold() == key)
        return laid_over(shipped, () if own is None else (own,)).get(key)

    def _own(self, key: str) -> Reply | None:
        """What is stored under a folded key."""
        mark = f'"key":"{key}"'.encode()
        for id, raw in self._session.store.table(REPLIES).items():
            # Only letters of other scripts may be stored in another form than they have here.
            if not key.isascii() or mark in bytes(raw).lower():
                found = self._records.get(id)
                if found is not None and found.key.casefold() == key:
                    return found
        return None

    def _spoken(self, reply: Reply, ticket: Ticket | None, channel: str | None) -> Channel:
        if channel is not None:
            return channel_of(channel)
        own = self.channel(ticket) if ticket is not None else None
        if own is not None:
            return own
        return channel_of(reply.purpose.channels[0]) if reply.purpose.channels else "chat"

    def _lint_filled(
        self, filled: Filled, channel: Channel, kind: str | None, allow: Sequence[Allowance]
    ) -> tuple[Finding, ...]:
        shop = self._session.settings.shop
        known = (shop.return_address, shop.phone) if kind in _RETURNS and channel == "chat" else ()
        text = list(filled.text)
        for at in filled.braces:
            text[at] = MASK
        for begin, end, _name in filled.open:
            text[begin:end] = MASK * (end - begin)
        found = self.linter.lint(
            "".join(text), channel, self._session.policy.market, filled.places, kind=kind, allow=allow, known=known
        )
        return tuple(quoting(each, filled.text) for each in found)

    def _stale(self, text: str, kinds: Sequence[str]) -> list[Finding]:
        known = lengths_for(lengths(self._session.policy, self._session.now(), kinds), kinds)
        return [
            Finding(
                rule=STALE,
                number=0,
                level="warn",
                begin=each.begin,
                end=each.end,
                text=each.text,
                message=stale_words(each.text, each.length),
                better={"": f"{{policy.{each.length.stage}}}"},
                source=each.length.source,
                as_of=each.length.as_of,
            )
            for each in stale(text, known, stage_words())
        ]

    def _answers(self, prepared: Prepared) -> bool:
        """Whether the text answers something: where the market says so, a greeting alone does not."""
        greeting = any(finding.number == 10 for finding in prepared.findings)
        return self._session.policy.messages.greeting_answers or not greeting

    def _stored(self, tx: Transaction, key: str) -> Reply | None:
        found = self._own(key.casefold())
        return None if found is None else self._records.within(tx, found.id)

    def _put(self, tx: Transaction, key: str, change: Callable[[Reply], Reply]) -> None:
        """Change what is stored of a reply; of a shipped one its shadow, made where there is none."""
        stored = self._stored(tx, key)
        before = stored if stored is not None else Reply(id=tx.next_id(REPLIES), key=key)
        tx.put(REPLIES, before.id, change(before))

    def _write(self, before: Reply, fields: dict[str, Any], saying: Any) -> Done:
        text, title = fields.pop("text", {}), fields.pop("title", {})
        purpose = fields.pop("purpose", {})
        if "words" in fields:
            fields["words"] = tuple(dict.fromkeys(word.strip() for word in fields["words"] if word.strip()))
        after = msgspec.structs.replace(
            before,
            text={**before.text, **text},
            title={**before.title, **title},
            purpose=msgspec.structs.replace(before.purpose, **purpose),
            shipped=False,
            **fields,
        )
        check(self._session, after)
        now = self._session.now()
        with self._session.saving() as tx:
            stored = self._stored(tx, before.key)
            id = stored.id if stored is not None else tx.next_id(REPLIES)
            tx.put(REPLIES, id, msgspec.structs.replace(after, id=id, changed_at=now))
            tx.commit_as(saying, now)
        return Done(saying)

    def allowance(self, rule: str, reason: str) -> Allowance:
        """That a rule is let pass, as of the rule's day today."""
        known = self.linter.rule(rule)
        if known is None:
            raise Misuse(say('There is no lint rule "{rule}".', rule=rule))
        if not reason.strip():
            raise Misuse(say("Say why the rule is let pass: --allow RULE=REASON"))
        return Allowance(rule=rule, reason=reason.strip(), as_of=known.as_of_in(self._session.policy.market))


DESK = ReplyDesk
