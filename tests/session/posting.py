"""A real SMTP server on loopback, and a shop on which an alert rises."""

from __future__ import annotations

import json
import shutil
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes, policy
from socket import create_connection

from aiosmtpd.controller import Controller

from workbench.session import Options, open_session
from workbench.session.alerts.sending import Post

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
ONLY = '[[alerts]]\nid = "unusual"\nmetric = "issues"\nis = "unusual"\nscope = "sku_type"\n'


class Server:
    """What it was given, and what it answers."""

    def __init__(self, answer="250 taken"):
        self.answer, self.mails = answer, []

    async def handle_DATA(self, server, session, envelope):
        self.mails.append(message_from_bytes(envelope.content, policy=policy.default))
        if self.answer == "drop":
            server.transport.abort()
            return "250 never heard"
        return self.answer


@contextmanager
def listening(handler, **options):
    controller = Controller(handler, hostname="127.0.0.1", port=0, **options)
    # The controller looks whether it is up on the port it was given, which is not known yet.
    controller._trigger_server = lambda: create_connection(controller.server.sockets[0].getsockname()).close()
    controller.start()
    try:
        yield controller.server.sockets[0].getsockname()[1]
    finally:
        controller.stop()


class Shop:
    """A data directory on which an alert rises, and its settings of mail."""

    def __init__(self, folder, template=None):
        self.data, self.config, self.now = folder / "data", folder / "settings.toml", NOW
        self.mail()
        if template is not None:
            shutil.copytree(template, self.data)
            return
        session = self.open()
        for ago in range(100):
            count = 3 if ago < 4 else int(ago % 20 == 0)
            day = date(2026, 11, 24) - timedelta(days=ago)
            if count:
                session.log.log(f"LAMP-WHT damaged x{count} secret words", day, new=True)
            else:
                session.log.nothing_wrong(day)

    def mail(self, port=1, rules=ONLY, more="", **fields):
        fields = {"host": "127.0.0.1", "port": port, "security": "none", "to": "me@example.com", **fields}
        lines = [f"{name} = {json.dumps(value)}" for name, value in fields.items()]
        self.config.write_text("\n".join(["[mail]", *lines, more, rules]))

    def open(self):
        return open_session(Options(data=self.data, config=self.config, now=self.now.isoformat()))

    def send(self):
        return Post(self.open()).send()

    def box(self):
        return Post(self.open()).box()
