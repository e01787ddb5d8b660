"""One mail over SMTP. The certificate of the server is always checked; nothing goes over an open line where the
settings ask for a secret one, and a password never does.
"""

from __future__ import annotations

import smtplib
import ssl
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from ipaddress import ip_address

from workbench.config.alert_tables import Mail
from workbench.storage.outbox import Failed, Message

#: Seconds for each step of the talk.
TIMEOUT = 20
_PORTS = {"tls": 465, "starttls": 587, "none": 25}
AGAIN = "You may have this already."


def send(message: Message, mail: Mail, password: str | None) -> None:
    """Hand the mail over; `Failed` where the server has not taken it."""
    if mail.security == "none" and mail.user and not _loopback(mail.host):
        raise Failed("a password is not sent over an open line: set security to tls or starttls", refused=True)
    given = False
    try:
        letter = composed(message, mail).as_bytes()
        server = _connected(mail)
        try:
            server.ehlo_or_helo_if_needed()
            if mail.user:
                server.login(mail.user, password or "")
            _said(server.mail(_address(mail)))
            _said(server.rcpt(parseaddr(message.to)[1] or message.to))
            given = True
            _said(server.data(letter))
        finally:
            _left(server)
    except smtplib.SMTPResponseException as error:
        text = error.smtp_error.decode("utf-8", "replace") if isinstance(error.smtp_error, bytes) else error.smtp_error
        raise Failed(f"{error.smtp_code} {_line(text)}", refused=500 <= error.smtp_code < 600) from error
    except ssl.SSLCertVerificationError as error:
        raise Failed(f"the certificate of {mail.host} is not valid: {_line(error.verify_message)}") from error
    except smtplib.SMTPNotSupportedError as error:
        raise Failed(_line(str(error))) from error
    except (OSError, smtplib.SMTPException) as error:
        raise Failed(_line(str(error)) or type(error).__name__, maybe=given) from error
    except ValueError as error:  # an address or a password that no mail can carry
        raise Failed(f"this cannot be sent by mail: {_line(str(error))}", refused=True) from error


def _said(answer: tuple[int, bytes]) -> None:
    """The server said yes to a step."""
    if not 200 <= answer[0] < 300:
        raise smtplib.SMTPResponseException(*answer)


def _left(server: smtplib.SMTP) -> None:
    """Take leave. Whatever becomes of that, what was taken is taken."""
    try:
        server.quit()
    except (OSError, smtplib.SMTPException):
        server.close()


def composed(message: Message, mail: Mail) -> EmailMessage:
    """The mail, text only."""
    from email import policy

    letter = EmailMessage(policy=policy.SMTP)
    letter["From"] = mail.sender or mail.to
    letter["To"] = message.to
    letter["Subject"] = _line(message.subject)
    letter["Date"] = format_datetime(message.queued_at)
    letter["Message-ID"] = message.message_id
    letter["Auto-Submitted"] = "auto-generated"
    letter.set_content(f"{AGAIN}\n\n{message.body}" if message.maybe else message.body)
    return letter


def _connected(mail: Mail) -> smtplib.SMTP:
    port = mail.port or _PORTS[mail.security]
    if mail.security == "none":
        return smtplib.SMTP(mail.host, port, timeout=TIMEOUT)
    context = ssl.create_default_context(cafile=None if mail.ca_file is None else str(mail.ca_file))
    if mail.security == "tls":
        return smtplib.SMTP_SSL(mail.host, port, timeout=TIMEOUT, context=context)
    server = smtplib.SMTP(mail.host, port, timeout=TIMEOUT)
    try:
        server.ehlo()
        if not server.has_extn("starttls"):
            raise Failed(f"{mail.host} offers no STARTTLS, so nothing was sent")
        server.starttls(context=context)
        server.ehlo()
    except BaseException:
        server.close()
        raise
    return server


def _address(mail: Mail) -> str:
    return parseaddr(mail.sender or mail.to)[1] or mail.sender or mail.to


def _loopback(host: str) -> bool:
    if host.casefold() in ("localhost", "localhost.localdomain"):
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _line(text: str) -> str:
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())[:300]
