"""What goes wrong on the way out: servers that stop in the middle, secrets that cannot be had, a killed process, and an
outbox that restoring, merging and backups leave alone."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import ClassVar

import pytest

from tests.session.posting import NOW, Server, Shop, listening
from workbench.core.saying import Refusal
from workbench.session.alerts import mail as smtp
from workbench.session.alerts.sending import Post

AGAIN = "You may have this already."


@pytest.fixture
def shop(tmp_path, alerted):
    return Shop(tmp_path, alerted)


# the talk with the server


class Talk(Server):
    """A server that answers one step in its own way."""

    def __init__(self, **answers):
        super().__init__()
        self.answers = answers

    async def _step(self, server, name):
        found = self.answers.get(name)
        if found == "drop":
            server.transport.abort()
        return found

    async def handle_MAIL(self, server, session, envelope, address, options):
        envelope.mail_from = address
        return await self._step(server, "mail") or "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        envelope.rcpt_tos.append(address)
        return await self._step(server, "rcpt") or "250 OK"

    async def handle_QUIT(self, server, session, envelope):
        return await self._step(server, "quit") or "221 Bye"


def test_what_was_taken_is_sent_however_the_server_takes_leave(shop):
    for answer in ("500 what", "421 going", "drop"):
        server = Talk(quit=answer)
        with listening(server) as port:
            shop.mail(port)
            shop.now += timedelta(days=1)
            shop.send()
            assert {each.state for each in shop.box().messages} == {"sent"}, answer
            assert len(server.mails) == 1


@pytest.mark.parametrize("step", ["mail", "rcpt"])
@pytest.mark.parametrize(
    ("answer", "waits"),
    [("550 no", timedelta(days=1)), ("450 later", timedelta(minutes=5)), ("drop", timedelta(minutes=5))],
)  # fmt: skip
def test_refused_before_the_mail_was_given_it_cannot_have_arrived(shop, step, answer, waits):
    with listening(Talk(**{step: answer})) as port:
        shop.mail(port)
        message = shop.send().messages[0]
    assert (message.state, message.maybe, message.next_at - NOW) == ("queued", False, waits)


def test_a_refused_mail_is_tried_once_a_day_for_a_week(shop):
    waits = []
    with listening(Server("550 no such user")) as port:
        shop.mail(port)
        for _ in range(3):
            message = shop.send().messages[0]
            waits.append(message.next_at - shop.now)
            shop.now = message.next_at
        assert waits == [timedelta(days=1)] * 3
        shop.now = NOW + timedelta(days=7)
        assert shop.send().messages[0].state == "given_up"


def test_a_server_that_says_nothing_is_not_waited_for(shop, monkeypatch):
    assert smtp.TIMEOUT == 20
    monkeypatch.setattr(smtp, "TIMEOUT", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        shop.mail(deaf.getsockname()[1])
        message = shop.send().messages[0]
    assert (message.state, message.next_at - NOW) == ("queued", timedelta(minutes=5))
    assert "timed out" in message.last_error


@pytest.mark.parametrize(("fields", "password"), [({"to": "me@bücher.example"}, ""), ({"user": "me"}, "pässword")])
def test_what_no_mail_can_carry_is_told_and_does_not_stick(shop, monkeypatch, fields, password):
    monkeypatch.setenv("WORKBENCH_MAIL_PASSWORD", password)

    def taken(server, session, envelope, mechanism, data):
        from aiosmtpd.smtp import AuthResult

        return AuthResult(success=True)

    with listening(Server(), authenticator=taken, auth_require_tls=False) as port:
        shop.mail(port, **fields)
        message = shop.send().messages[0]
    assert (message.state, message.maybe) == ("queued", False)
    assert message.last_error


def test_a_password_that_others_may_read_stops_before_anything_is_queued(shop, tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("marker")
    secret.chmod(0o640)
    shop.mail(user="me", password_file=str(secret))
    for send in (Post(shop.open()).try_mail, shop.send):
        with pytest.raises(Refusal):
            send()
    assert not (shop.data / "outbox.json").exists()


def test_a_message_whose_settings_are_gone_waits(shop):
    shop.send()
    shop.config.write_text("")
    shop.now += timedelta(days=1)
    with pytest.raises(Refusal):  # something stands and there is no way to tell it
        shop.send()
    assert shop.box().messages[0].state == "queued"


def test_what_stands_for_weeks_is_told_once_as_a_rise(shop):
    silent = '[[alerts]]\nid = "no_import"\nmetric = "log"\nis = "silent"\nn = 3\n'
    server = Server()
    with listening(server) as port:
        shop.mail(port, rules=silent)
        for days in range(3, 93, 10):
            shop.now = NOW + timedelta(days=days)
            shop.send()
    rises = [mail["subject"] for mail in server.mails if "Still so" not in mail["subject"]]
    assert rises == ["The log: 12 evenings without a log"]
    assert len(server.mails) == 8


# a process that ends in the middle


def test_killed_between_the_mail_and_the_stamp_it_goes_again_as_the_same_message(shop):
    """The server has it, the process is gone before it could say so."""
    got, gone = threading.Event(), threading.Event()
    server = Server()
    give = server.handle_DATA

    async def taken(*args):
        answer = await give(*args)
        if not gone.is_set():
            got.set()
            import asyncio

            while not gone.is_set():
                await asyncio.sleep(0.01)
        return answer

    server.handle_DATA = taken
    with listening(server) as port:
        shop.mail(port)
        env = {
            "PATH": os.environ["PATH"], "HOME": str(shop.data.parent), "PYTHONPATH": os.getcwd(), "PYTHONUTF8": "1",
            "WORKBENCH_DATA": str(shop.data), "WORKBENCH_CONFIG": str(shop.config),
            "WORKBENCH_NOW": NOW.isoformat(), "WORKBENCH_LANG": "en",
        }  # fmt: skip
        process = subprocess.Popen([sys.executable, "-m", "workbench", "alerts", "--send"], env=env)
        assert got.wait(60)
        process.send_signal(signal.SIGKILL)
        process.wait()
        gone.set()
        assert shop.box().messages[0].state == "sending"
        assert shop.send().messages[0].state == "sent"
    first, second = server.mails
    assert second["message-id"] == first["message-id"]
    assert second.get_content().startswith(AGAIN)
    assert not first.get_content().startswith(AGAIN)


# what leaves it alone


def test_restoring_merging_and_backups_leave_it_alone(shop):
    session = shop.open()
    copy = session.safety.backup()
    session.log.log("LAMP-WHT damaged once more", new=True)
    server = Server()
    with listening(server) as port:
        shop.mail(port)
        shop.send()
        file = shop.data / "outbox.json"
        before = file.read_bytes()
        shop.open().safety.restore(copy)
        shutil.copy(shop.data / "workbench.json", shop.data / "workbench (conflicted copy 2026-11-20).json")
        shop.open().log.log("LAMP-WHT damaged again", new=True)
        shop.open().safety.check()
        assert file.read_bytes() == before
        names = [each.name for each in (shop.data / "backups").rglob("*")]
        assert not [name for name in names if "outbox" in name]
        # What was told before the way back stays told, over restarts.
        shop.send()
    assert len(server.mails) == 1


def test_a_spoilt_outbox_sends_nothing_and_is_not_overwritten(shop):
    (shop.data / "outbox.json").write_bytes(b'{"messages": [')
    with pytest.raises(Refusal):
        shop.send()
    assert (shop.data / "outbox.json").read_bytes() == b'{"messages": ['


# push


class Heard(BaseHTTPRequestHandler):
    bodies: ClassVar[list[str]] = []
    status = 200

    def do_POST(self):
        self.bodies.append(self.rfile.read(int(self.headers["content-length"])).decode())
        self.send_response(self.status)
        self.end_headers()

    def log_message(self, *_args):
        pass


@pytest.fixture
def listener():
    Heard.bodies, Heard.status = [], 200
    with HTTPServer(("127.0.0.1", 0), Heard) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server.server_address[1]
        server.shutdown()
        thread.join()


def pushing(shop, folder, *addresses):
    secret = folder / "secret"
    secret.write_text("".join(f"push = {each}\n" for each in addresses))
    secret.chmod(0o600)
    shop.mail(host="", to="", more="words = true", password_file=str(secret))


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_push_goes_once_to_each_address_without_buyers_words(shop, tmp_path, listener):
    pytest.importorskip("apprise")
    pushing(shop, tmp_path, f"json://127.0.0.1:{listener}/marker", "json://127.0.0.1:1/other")
    messages = shop.send().messages
    assert [each.state for each in messages] == ["sent", "queued"]
    shop.now += timedelta(minutes=5)
    shop.send()
    assert len(Heard.bodies) == 1
    assert "LAMP-WHT" in Heard.bodies[0]
    assert "secret" not in Heard.bodies[0]
    assert messages[1].last_error == "not taken by json"
    for file in shop.data.rglob("*"):
        assert not file.is_file() or b"marker" not in file.read_bytes()


def test_without_apprise_nothing_is_lost(shop, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "apprise", None)  # importing it fails, so nothing but sending may try
    pushing(shop, tmp_path, "json://127.0.0.1:1/other")
    assert shop.open().desk("alerts").firing()
    message = shop.send().messages[0]
    assert message.state == "queued"
    assert "pip install" in message.last_error


def test_an_address_that_is_gone_is_told(shop, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "apprise", None)
    pushing(shop, tmp_path, "json://127.0.0.1:1/one")
    shop.send()
    pushing(shop, tmp_path, "json://127.0.0.1:1/two")
    shop.now = datetime(2026, 11, 24, 9, 10, tzinfo=UTC)
    assert "no more" in shop.send().messages[0].last_error
