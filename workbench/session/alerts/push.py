"""One push message through apprise, loaded only here. Its address is a secret: an error names the service."""

from __future__ import annotations

from workbench.session.alerts.mail import AGAIN
from workbench.storage.outbox import Failed, Message


def send(message: Message, address: str) -> None:
    """Hand it to the service; `Failed` where that has not taken it."""
    try:
        import apprise
    except ImportError as error:
        raise Failed("apprise is not installed: pip install seller-workbench[push]") from error
    service, name = apprise.Apprise(), address.partition(":")[0]
    if not service.add(address):
        raise Failed(f"apprise does not know such an address of {name}", refused=True)
    body = f"{AGAIN}\n\n{message.body}" if message.maybe else message.body
    try:
        taken = service.notify(title=message.subject, body=body, body_format=apprise.NotifyFormat.TEXT)
    except Exception as error:  # a fault of a plugin must not hold up what is queued behind it, nor tell its address
        raise Failed(f"{name}: {type(error).__name__}", maybe=True) from error
    if not taken:
        raise Failed(f"not taken by {name}")
