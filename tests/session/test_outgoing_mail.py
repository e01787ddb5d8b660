"""Mail to a real server on loopback: one that takes it, refuses it, goes away, has no STARTTLS, is another one."""

from __future__ import annotations

import os
import ssl
import stat
import subprocess
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.session.posting import NOW, Server, Shop, listening
from workbench.core.saying import Refusal
from workbench.session.alerts.sending import Post
from workbench.storage import outbox as storage

#: apprise loads a module that Python 3.13 has no more, and has another way there.
pytestmark = pytest.mark.filterwarnings("ignore:'(imghdr|cgi)' is deprecated:DeprecationWarning")


@pytest.fixture
def shop(tmp_path, alerted):
    return Shop(tmp_path, alerted)


def test_one_message_a_rise_and_one_digest_a_day(shop):
    server = Server()
    with listening(server) as port:
        shop.mail(port)
        assert [each.state for each in shop.send().messages] == ["sent"]
        assert [each.state for each in shop.send().messages] == ["sent"]
        shop.now = NOW + timedelta(hours=5)
        shop.send()
        assert len(server.mails) == 1
        shop.now = NOW + timedelta(days=1)
        shop.send()
        shop.send()
    assert [mail["subject"] for mail in server.mails] == [
        "LAMP-WHT Damaged in transit: 12 in 7 days, 0.4 is usual", "Still so: LAMP-WHT Damaged in transit",
    ]  # fmt: skip
    assert "secret" not in server.mails[0].get_content()
    assert "since 2026-11-21" in server.mails[0].get_content()


def test_words_only_where_they_are_wanted(shop):
    server = Server()
    with listening(server) as port:
        shop.mail(port, words=True)
        shop.send()
    assert "secret words" in server.mails[0].get_content()


def test_before_six_there_is_no_digest(shop):
    server = Server()
    with listening(server) as port:
        shop.mail(port)
        shop.send()
        shop.now = datetime(2026, 11, 25, 5, 59, tzinfo=UTC)
        shop.send()
        assert len(server.mails) == 1
        shop.now = datetime(2026, 11, 25, 6, 0, tzinfo=UTC)
        shop.send()
        assert len(server.mails) == 2


@pytest.mark.parametrize(
    ("answer", "waits"), [("550 no such user", timedelta(days=1)), ("451 later", timedelta(minutes=5))]
)
def test_what_is_not_taken_waits(shop, answer, waits):
    with listening(Server(answer)) as port:
        shop.mail(port)
        message = shop.send().messages[0]
        assert (message.state, message.next_at) == ("queued", NOW + waits)
        assert answer.partition(" ")[2] in message.last_error
        assert shop.send().messages[0].tries == 1
    server = Server()
    with listening(server) as port:
        shop.mail(port)
        shop.now = NOW + waits
        assert shop.send().messages[0].state == "sent"
    assert not server.mails[0].get_content().startswith("You may")


def test_without_a_connection_it_is_tried_after_5_15_60_minutes_then_hourly_for_a_week(shop):
    waits = []
    for _ in range(5):
        message = shop.send().messages[0]
        waits.append(message.next_at - shop.now)
        shop.now = message.next_at
    assert waits == [timedelta(minutes=m) for m in (5, 15, 60, 60, 60)]
    shop.now = NOW + timedelta(days=7)
    assert shop.send().messages[0].state == "given_up"


def test_dropped_in_mid_mail_it_goes_again_as_the_same_message(shop):
    first = Server("drop")
    with listening(first) as port:
        shop.mail(port)
        assert shop.send().messages[0].state == "queued"
    second = Server()
    with listening(second) as port:
        shop.mail(port)
        shop.now = NOW + timedelta(minutes=5)
        assert shop.send().messages[0].state == "sent"
    assert second.mails[0]["message-id"] == first.mails[0]["message-id"]
    assert second.mails[0].get_content().startswith("You may have this already.")


def test_killed_between_sending_and_stamping_it_goes_again_as_the_same_message(shop, monkeypatch):
    server = Server()
    write = storage.Outbox.write

    def killed(self, box):
        if any(each.state == "sent" for each in box.messages):
            raise KeyboardInterrupt
        write(self, box)

    with listening(server) as port:
        shop.mail(port)
        monkeypatch.setattr(storage.Outbox, "write", killed)
        with pytest.raises(KeyboardInterrupt):
            shop.send()
        monkeypatch.undo()
        assert Post(shop.open()).box().messages[0].state == "sending"
        assert shop.send().messages[0].state == "sent"
    ids = {mail["message-id"] for mail in server.mails}
    assert (len(server.mails), len(ids)) == (2, 1)
    assert server.mails[1].get_content().startswith("You may have this already.")


def test_nothing_goes_without_starttls(shop):
    server = Server()
    with listening(server) as port:
        shop.mail(port, security="starttls")
        assert "STARTTLS" in shop.send().messages[0].last_error
    assert not server.mails


def test_no_password_over_an_open_line(shop):
    shop.mail(security="none", user="me", host="192.0.2.1")
    assert "open line" in shop.send().messages[0].last_error


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tls")
    cert, key = folder / "cert.pem", folder / "key.pem"
    made = subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "3650", "-subj", "/CN=localhost",
         "-addext", "subjectAltName=DNS:localhost", "-keyout", key, "-out", cert],
        capture_output=True, check=False,
    )  # fmt: skip
    if made.returncode:
        pytest.skip("openssl is not here")
    return cert, key


@pytest.mark.parametrize("trusted", [True, False])
@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_the_certificate_is_always_checked(shop, certificate, trusted, security):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*map(str, certificate))
    server = Server()
    options = {"ssl_context": context} if security == "tls" else {"tls_context": context}
    with listening(server, **options) as port:
        shop.mail(port, host="localhost", security=security, **({"ca_file": str(certificate[0])} if trusted else {}))
        message = shop.send().messages[0]
    assert (message.state == "sent") is trusted
    assert len(server.mails) == trusted
    assert trusted or "certificate" in message.last_error


def test_the_password_stands_in_no_other_file(shop, tmp_path):
    seen = []
    secret = tmp_path / "secret"
    secret.write_text("# mine\npassword = hunter2\npush = json://localhost\n")
    secret.chmod(0o644)
    shop.mail(user="me", password_file=str(secret))
    with pytest.raises(Refusal):
        shop.send()
    secret.chmod(0o600)

    def authenticator(server, session, envelope, mechanism, data):
        from aiosmtpd.smtp import AuthResult

        seen.append(bytes(data.password))
        return AuthResult(success=True)

    server = Server()
    with listening(server, authenticator=authenticator, auth_require_tls=False) as port:
        shop.mail(port, user="me", password_file=str(secret))
        shop.send()
    assert seen == [b"hunter2"]
    shop.open().safety.backup()
    for file in shop.data.rglob("*"):
        assert not file.is_file() or b"hunter2" not in file.read_bytes()


def test_the_outbox_stands_outside_undo_backup_and_export_and_goes_with_forget(shop, tmp_path):
    server = Server()
    with listening(server) as port:
        shop.mail(port)
        shop.send()
        file = shop.data / "outbox.json"
        assert os.name == "nt" or stat.S_IMODE(file.stat().st_mode) == 0o600
        before = file.read_bytes()
        session = shop.open()
        session.undo()
        session.redo()
        session.safety.export(tmp_path / "out")
        assert file.read_bytes() == before
        assert not list((tmp_path / "out").rglob("outbox*"))
        # What was told stays told.
        shop.send()
        assert len(server.mails) == 1
        shop.open().safety.forget(date(2026, 11, 25))
    assert b"LAMP-WHT Damaged" not in file.read_bytes()
