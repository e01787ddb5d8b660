"""`alerts`, as a script and a timer see it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

TODAY = date(2026, 11, 24)


def fill(shop, tmp_path, bad=lambda ago: 2 if ago < 5 else int(ago % 10 == 0), days=100):
    rows = ["day,sku,type,words,count"]
    for ago in range(days, -1, -1):
        day = TODAY - timedelta(days=ago)
        rows.append(f"{day},MUG-SET-4,size,small,1")
        if bad(ago):
            rows.append(f"{day},LAMP-WHT,damaged,arrived broken,{bad(ago)}")
    file = tmp_path / "log.csv"
    file.write_text("\n".join(rows) + "\n")
    shop.run("log", "--import", str(file))


def firing(shop, status=3):
    found = shop.json("alerts", status=status)["alerts"]
    return [each["id"] for each in found if each["state"] == "firing" and not each["acked"]]


LAMP = "unusual/sku:LAMP-WHT/damaged"


def test_nothing_known_is_not_well_and_writes_nothing(shop):
    assert shop.json("alerts") == {"alerts": [], "outbox": []}
    assert not shop.data.exists()


def test_a_step_is_found_with_its_numbers(shop, tmp_path):
    fill(shop, tmp_path)
    assert LAMP in firing(shop)
    alert = next(each for each in shop.json("alerts", status=3)["alerts"] if each["id"] == LAMP)
    assert (alert["value"], round(alert["usual"], 3)) == (10, 0.7)
    assert alert["because"] == "10 in 7 days, 0.7 is usual"
    assert alert["place"] == {"domain": "issues", "id": "week"}
    today = shop.json("today")["alerts"]
    assert {"id": LAMP, "because": alert["because"]} in today


def test_seen_until_worse_or_until_a_day(shop, tmp_path):
    fill(shop, tmp_path)
    shop.run("alerts", "ack", LAMP)
    assert LAMP not in firing(shop, status=0)
    shop.run("log", "LAMP-WHT damaged one more")
    assert LAMP in firing(shop)
    shop.run("alerts", "ack", LAMP, "--until", "2026-11-26")
    shop.run("log", "LAMP-WHT damaged one more")
    assert LAMP not in firing(shop, status=0)
    shop.now = "2026-11-26T09:00"
    assert LAMP in firing(shop)


def test_what_does_not_fire_is_not_acknowledged(shop, tmp_path):
    fill(shop, tmp_path)
    shop.run("alerts", "ack", "unusual/sku:MUG-SET-4/size", status=1)
    shop.run("alerts", "ack", "unusual/sku:NONE", status=1)


def test_too_short_a_log_is_unknown(shop, tmp_path):
    fill(shop, tmp_path, days=20)
    found = {each["id"]: each["state"] for each in shop.json("alerts", status=3)["alerts"]}
    assert found[LAMP] == "unknown"


def test_own_history_is_replayed(shop, tmp_path):
    fill(shop, tmp_path)
    found = {each["rule"]: each for each in shop.json("alerts", "test", "--days", "30")["rules"]}
    assert found["unusual"]["fired"] == 1
    assert found["unusual"]["days"] == 30
    assert found["score"]["per_100_days"] is None


def test_a_reading_near_its_line(us_shop):
    shop = us_shop
    shop.run("score", "nrr", "1.1%")
    assert "reviews/shop" in firing(shop)
    shop.run("score", "nrr", "1.3%")
    assert firing(shop) == ["reviews_over/shop"]
    shop.run("score", "nrr", "0.9%")
    assert firing(shop, status=0) == []


def test_without_mail_nothing_is_sent_and_that_is_said(shop, tmp_path):
    assert shop.run("alerts", "--send").returncode == 0
    fill(shop, tmp_path)
    assert "[mail]" in shop.run("alerts", "--send", status=1).stderr
    assert not (shop.data / "outbox.json").exists()


@pytest.mark.parametrize("words", [("mail",), ("test", "--days", "0"), ("--send", "test"), ("ack",)])
def test_a_wrong_call(shop, words):
    shop.run("alerts", *words, status=2)


def mail(shop, port, secret, rules=""):
    with shop.config.open("a") as file:
        file.write(
            f'\n[mail]\nhost = "127.0.0.1"\nport = {port}\nsecurity = "none"\nuser = "me"\nto = "me@example.com"\n'
            f'password_file = "{secret}"\n{rules}'
        )


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of what apprise loads, where it is installed
def test_a_timer_sees_what_is_left_and_the_password_is_in_no_file(shop, tmp_path):
    from aiosmtpd.smtp import AuthResult

    from tests.session.posting import Server, listening

    fill(shop, tmp_path)
    outside = tmp_path / "outside"
    outside.mkdir()
    secret = outside / "secret"
    secret.write_text("password = m4rk3r-password\npush = json://127.0.0.1:1/m4rk3r-token\n")
    secret.chmod(0o600)
    mail(shop, 1, secret)
    # Nobody listens: something is left, and a timer sees it in the status.
    assert "Not sent" in shop.run("alerts", "--send", status=1).stderr
    left = shop.json("alerts", "--send", status=1)["outbox"]
    assert {"id", "to", "subject", "queued_at", "state", "tries", "last_error", "next_at"} <= left[0].keys()
    assert {each["state"] for each in left} == {"queued"}
    shop.run("alerts", "mail", "--try", status=1)

    def taken(server, session, envelope, mechanism, data):
        return AuthResult(success=bytes(data.password) == b"m4rk3r-password")

    server = Server()
    with listening(server, authenticator=taken, auth_require_tls=False) as port:
        shop.config.write_text(shop.config.read_text().replace("port = 1\n", f"port = {port}\n"))
        secret.write_text("password = m4rk3r-password\n")  # without push, whose messages wait
        shop.now = "2026-11-24T09:05"
        states = {each["to"]: each["state"] for each in shop.json("alerts", "--send", status=1)["outbox"]}
        assert states["me@example.com"] == "sent"
        assert server.mails
    shop.run("export", "--output", str(tmp_path / "out"))
    shop.run("backup", "--output", str(tmp_path / "copy"))
    printed = shop.run("config", "show").stdout + shop.run("alerts", status=3).stdout
    assert "m4rk3r" not in printed
    spoilt = [file for file in tmp_path.rglob("*") if file.is_file() and b"m4rk3r" in file.read_bytes()]
    assert spoilt == [secret]


def test_creators_and_names_in_messages(shop, tmp_path):
    """What a rule of one creator says carries the handle only where names are allowed."""
    from workbench.core.alerts.rules import AlertRule, ScopeFacts
    from workbench.core.metrics.model import Definition
    from workbench.i18n import render
    from workbench.session.alerts.desk import Alert
    from workbench.session.alerts.subjects import AlertSubject
    from workbench.session.alerts.words import thing

    rule = AlertRule(id="r", metric="sfrr", kind="above")
    about = Definition(id="sfrr", name={"en": "Returns"}, direction="low", unit="fraction")
    subject = AlertSubject(rule, "creator:anna", ScopeFacts(), None, about, creator="anna")
    alert = Alert(subject=subject, standing=None, ack=None)
    assert "anna" in render(thing(alert, {}))
    assert "anna" not in render(thing(alert, {}, named=False))


@pytest.mark.parametrize(
    ("metric", "kind", "told"),
    [("nrrr", "above", 'no metric "nrrr"'), ("otd", "above", "another market"), ("log", "above", "silent looks at"),
     ("issues", "silent", "silent looks at")],
)  # fmt: skip
def test_a_rule_that_can_never_speak_is_told_by_the_check(shop, metric, kind, told):
    with shop.config.open("a") as file:
        file.write(f'[[alerts]]\nid = "mine"\nmetric = "{metric}"\nis = "{kind}"\nvalue = 1\n')
    assert told in shop.run("config", "check", status=1).stdout
