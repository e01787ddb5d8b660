"""One push message through apprise, loaded only here. Its addresses are secrets: an error names the service."""

from __future__ import annotations

from collections.abc import Sequence

from workbench.storage.outbox import Failed, Message


def send(message: Message, addresses: Sequence[str]) -> None:
    """Hand it to every service; `Failed` where one has not taken it."""
    try:
        import apprise
    except ImportError as error:
        raise Failed("apprise is not installed: pip install seller-workbench[push]") from error
    if not addresses:
        raise Failed("there is no line push = URL in the file")
    failed = []
    for address in addresses:
        service = apprise.Apprise()
        taken = service.add(address) and service.notify(
            title=message.subject, body=message.body, body_format=apprise.NotifyFormat.TEXT
        )
        if not taken:
            failed.append(address.partition(":")[0])
    if failed:
        raise Failed(f"not taken by {', '.join(failed)}", maybe=len(failed) < len(addresses))
