"""What is sent, and when: one message a rise, one digest a shop day of what still stands; nothing when all is well."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from hashlib import sha256
from typing import Literal, NamedTuple
from uuid import uuid4

from workbench.core.saying import Refusal, Saying, say
from workbench.i18n import render
from workbench.session.alerts import secrets, words
from workbench.session.alerts.desk import Alert, AlertDesk
from workbench.session.base import SessionBase
from workbench.storage.errors import not_saved
from workbench.storage.outbox import Box, Failed, Message, Outbox, queued, sent

#: Lines of buyers' words in a message.
_LINES = 5
_UNSET = say("No mail is set up: [mail] host and to in the settings. The guide shows it.")
#: Messages, the rises they tell of, the day of the digest among them.
_New = tuple[list[Message], dict[str, date], date | None]


class Route(NamedTuple):
    """How a message goes, and where to."""

    way: Literal["mail", "push"]
    to: str


class Post:
    """The outgoing messages of a session."""

    def __init__(self, session: SessionBase) -> None:
        self._session = session
        self._desk: AlertDesk = session.desk("alerts")
        self._outbox = Outbox(session.store.directory, session.store.files)

    def box(self) -> Box:
        """What is in the outbox."""
        return self._outbox.read()

    def send(self) -> Box:
        """Queue what is new, try what is due; what is in the outbox then."""
        return self._tried(self._new)

    def try_mail(self) -> Box:
        """One mail to oneself."""
        if not (self._session.settings.mail.host and self._session.settings.mail.to):
            raise Refusal(_UNSET)
        secrets.password(self._session.settings.mail)  # refused before anything is queued
        subject = say("workbench: a try")
        draft = self._draft(Route("mail", self._session.settings.mail.to), subject, render(say("Mail works.")))
        return self._tried(lambda _box: ([draft], {}, None))

    def ways(self) -> list[Route]:
        """How messages go: by mail, by push to each address, both, or not at all."""
        mail, push = self._session.settings.mail, self._session.settings.push
        found = [Route("mail", mail.to)] if mail.host and mail.to else []
        return found + [Route("push", name) for name in secrets.addresses(mail, push)]

    def _tried(self, new: Callable[[Box], _New]) -> Box:
        try:
            with self._outbox.alone():
                now, box = self._session.now(), self._outbox.read()
                drafts, told, digest = new(box)
                if drafts or told or digest:
                    self._outbox.write(queued(box, now, drafts, told, digest))
                return sent(self._outbox, now, self._hand_over)
        except OSError as error:
            raise not_saved(error, self._session.store.directory) from error

    def _hand_over(self, message: Message) -> None:
        """`Failed` where it was not taken, and where its secrets cannot be had."""
        mail, push = self._session.settings.mail, self._session.settings.push
        try:
            addresses = secrets.addresses(mail, push) if message.way == "push" else {}
            password = secrets.password(mail) if message.way == "mail" and mail.user else None
        except Refusal as refused:
            raise Failed(render(refused.saying)) from refused
        if message.way == "push":
            from workbench.session.alerts.push import send as send_push

            if message.to not in addresses:
                raise Failed("its address is in the file no more", refused=True)
            send_push(message, addresses[message.to])
        elif not mail.host:
            raise Failed(render(_UNSET))
        else:
            from workbench.session.alerts.mail import send as send_mail

            send_mail(message, mail, password)

    def _new(self, box: Box) -> _New:
        """The rises that were not told yet, and the digest where its time has come."""
        today = self._desk.today
        loud = [alert for alert in self._desk.firing() if not alert.silenced]
        rises = [alert for alert in loud if _new(alert, box.told.get(_name(alert)))]
        due = self._digest_due(box, today)
        digest = self._standing(rises) if due else []
        ways = self.ways()
        if not ways and (rises or digest):
            raise Refusal(_UNSET)
        drafts = [self._draft(way, self._subject(alert), self._body([alert], way)) for alert in rises for way in ways]
        if digest:
            drafts += [self._draft(way, self._digest_subject(digest), self._body(digest, way)) for way in ways]
        # The first run after its time is the digest's, also where nothing stood: what rises later today is told once.
        return drafts, {_name(alert): alert.rise or today for alert in rises}, today if due and ways else None

    def _digest_due(self, box: Box, today: date) -> bool:
        local = self._session.now().astimezone(self._session.zone)
        return local.time() >= self._session.settings.digest.at and (box.digest is None or box.digest < today)

    def _standing(self, rises: Sequence[Alert]) -> list[Alert]:
        """What stands since it was told on an earlier run, and what is new here; the worst first."""
        now = {alert.id for alert in rises}
        return [
            alert
            for alert in self._desk.all()
            if alert.ack is None
            and not alert.silenced
            and ((alert.fires and alert.id not in now) or (alert.finding.verdict == "new"))
        ]

    def _draft(self, way: Route, subject: Saying, body: str) -> Message:
        mail = self._session.settings.mail
        host = (mail.sender or mail.to or "workbench").rpartition("@")[2].strip("> ") or "workbench"
        return Message(
            id=0, way=way.way, to=way.to, subject=render(subject), body=body, queued_at=self._session.now(),
            message_id=f"<{uuid4().hex}@{host if host.isascii() else 'workbench'}>",
        )  # fmt: skip

    def _subject(self, alert: Alert) -> Saying:
        return say("{thing}: {because}", thing=self._named(alert), because=words.because(alert))

    def _digest_subject(self, alerts: Sequence[Alert]) -> Saying:
        if len(alerts) == 1:
            return say("Still so: {thing}", thing=self._named(alerts[0]))
        return say("{n} things still stand, first {thing}", n=len(alerts), thing=self._named(alerts[0]))

    def _body(self, alerts: Sequence[Alert], way: Route) -> str:
        """Each with its numbers, since when, what to do; buyers' words only where the settings allow them, never in
        push messages."""
        found: list[str] = []
        for alert in alerts:
            found.append(render(self._subject(alert)))
            if alert.standing.since is not None:
                found.append(render(say("  since {day}", day=alert.standing.since.isoformat())))
            if way.way == "mail" and self._session.settings.mail.words:
                found += [f"  {day.isoformat()} {said}" for day, said in self.lines(alert)[:_LINES]]
            advice = words.advice(alert)
            if advice is not None:
                found.append(f"  {render(advice)}")
            found.append("")
        return "\n".join(found)

    def _named(self, alert: Alert) -> Saying:
        """What an alert is about; who it is about only where the settings allow names."""
        return words.thing(alert, type_names(self._session), named=self._session.settings.mail.words)

    def lines(self, alert: Alert) -> list[tuple[date, str]]:
        """The buyers' words behind an alert of the log with their days, the newest first."""
        subject = alert.subject
        if subject.rule.metric != "issues":
            return []
        first = self._desk.today - timedelta(days=subject.rule.w - 1)
        found = [
            (issue.day, issue.words)
            for issue in self._session.desk("issues").issues(first, self._desk.today)
            if issue.words and subject.sku in (None, issue.sku) and subject.type in (None, issue.type)
        ]
        return found[::-1]


def type_names(session: SessionBase) -> dict[str, dict[str, str]]:
    """The names of the types of issue, by id."""
    return {type.id: type.name for type in session.settings.issue_types}


def _name(alert: Alert) -> str:
    """The name under which it is remembered that it was told: nobody's name stands in it."""
    if alert.subject.creator is None:
        return alert.id
    return f"{alert.subject.rule.id}/creator:{sha256(alert.subject.creator.encode()).hexdigest()[:12]}"


def _new(alert: Alert, told: date | None) -> bool:
    """Whether it rose on a day later than the last that was told; of one that began nobody knows when, once."""
    return told is None or (alert.rise is not None and alert.rise > told)
