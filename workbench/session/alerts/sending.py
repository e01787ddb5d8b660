"""What is sent, and when: one message a rise, one digest a shop day of what still stands; nothing when all is well."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Literal
from uuid import uuid4

from workbench.core.saying import Refusal, Saying, say
from workbench.i18n import render
from workbench.session.alerts import secrets, words
from workbench.session.alerts.desk import Alert, AlertDesk
from workbench.session.base import SessionBase
from workbench.storage.errors import not_saved
from workbench.storage.outbox import Box, Message, Outbox, queued, sent

#: Lines of buyers' words in a message.
_LINES = 5
_NEVER = date.min
Way = Literal["mail", "push"]
#: Messages, the rises they tell of, the day of the digest among them.
_New = tuple[list[Message], dict[str, date], date | None]


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
        if not self._session.settings.mail.host:
            raise Refusal(say("No mail is set up: [mail] host and to in the settings. The guide shows it."))
        subject = say("workbench: a try")
        return self._tried(lambda _box: ([self._draft("mail", subject, render(say("Mail works.")))], {}, None))

    def ways(self) -> list[Way]:
        """How messages go: by mail, by push, both, or not at all."""
        mail, push = self._session.settings.mail, self._session.settings.push
        found: list[Way] = ["mail"] if mail.host and mail.to else []
        if secrets.addresses(mail, push):
            found.append("push")
        return found

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
        mail, push = self._session.settings.mail, self._session.settings.push
        if message.way == "push":
            from workbench.session.alerts.push import send as send_push

            send_push(message, secrets.addresses(mail, push))
        else:
            from workbench.session.alerts.mail import send as send_mail

            send_mail(message, mail, secrets.password(mail) if mail.user else None)

    def _new(self, box: Box) -> _New:
        """The rises that were not told yet, and the digest where its time has come."""
        today = self._desk.today
        loud = [alert for alert in self._desk.firing() if not alert.silenced]
        rises = [alert for alert in loud if _rise(alert) > box.told.get(alert.id, _NEVER)]
        due = self._digest_due(box, today)
        digest = self._standing(rises) if due else []
        ways = self.ways()
        if not ways and (rises or digest):
            raise Refusal(say("No mail is set up: [mail] host and to in the settings. The guide shows it."))
        drafts = [self._draft(way, self._subject([alert]), self._body([alert], way)) for alert in rises for way in ways]
        if digest:
            drafts += [self._draft(way, self._digest_subject(digest), self._body(digest, way)) for way in ways]
        # The first run after its time is the digest's, also where nothing stood: what rises later today is told once.
        return drafts, {alert.id: _rise(alert) for alert in rises}, today if due and ways else None

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

    def _draft(self, way: Way, subject: Saying, body: str) -> Message:
        mail = self._session.settings.mail
        to = mail.to if way == "mail" else "push"
        host = (mail.sender or mail.to or "workbench").rpartition("@")[2].strip("> ") or "workbench"
        return Message(
            id=0, way=way, to=to, subject=render(subject), body=body, queued_at=self._session.now(),
            message_id=f"<{uuid4().hex}@{host if host.isascii() else 'workbench'}>",
        )  # fmt: skip

    def _subject(self, alerts: Sequence[Alert]) -> Saying:
        first = alerts[0]
        return say("{thing}: {because}", thing=self.thing(first), because=words.because(first))

    def _digest_subject(self, alerts: Sequence[Alert]) -> Saying:
        if len(alerts) == 1:
            return say("Still so: {thing}", thing=self.thing(alerts[0]))
        return say("{n} things still stand, first {thing}", n=len(alerts), thing=self.thing(alerts[0]))

    def _body(self, alerts: Sequence[Alert], way: Way) -> str:
        """Each with its numbers, since when, what to do; buyers' words only where the settings allow them, never in
        push messages."""
        found: list[str] = []
        for alert in alerts:
            found.append(render(self._subject([alert])))
            if alert.standing.since is not None:
                found.append(render(say("  since {day}", day=alert.standing.since.isoformat())))
            if way == "mail" and self._session.settings.mail.words:
                found += [f"  {line}" for line in self.lines(alert)[:_LINES]]
            advice = words.advice(alert)
            if advice is not None:
                found.append(f"  {render(advice)}")
            found.append("")
        return "\n".join(found)

    def thing(self, alert: Alert) -> Saying:
        """What an alert is about, with the names of the settings."""
        return words.thing(alert, type_names(self._session))

    def lines(self, alert: Alert) -> list[str]:
        """The buyers' words behind an alert of the log, the newest first."""
        subject = alert.subject
        if subject.rule.metric != "issues":
            return []
        first = self._desk.today - timedelta(days=subject.rule.w - 1)
        found = [
            f"{issue.day.isoformat()} {issue.words}"
            for issue in self._session.desk("issues").issues(first, self._desk.today)
            if issue.words and subject.sku in (None, issue.sku) and subject.type in (None, issue.type)
        ]
        return found[::-1]


def type_names(session: SessionBase) -> dict[str, dict[str, str]]:
    """The names of the types of issue, by id."""
    return {type.id: type.name for type in session.settings.issue_types}


def _rise(alert: Alert) -> date:
    """The day on which it last began to fire."""
    return alert.standing.rises[-1] if alert.standing.rises else _NEVER
