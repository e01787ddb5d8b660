"""The durable store: tables of JSON objects in one TinyDB file, saved whole or not at all.

It knows tables, ids and objects, never tickets. What `Store` promises is written there; `docs` and the tests hold it.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from workbench.storage.archive import ArchiveRule
from workbench.storage.backup_files import verify
from workbench.storage.errors import Damaged, Unconfirmed, Unsaved
from workbench.storage.files import Files
from workbench.storage.format import WrittenTable
from workbench.storage.store import Store
from workbench.storage.tally import Counting

if TYPE_CHECKING:
    from workbench.storage.drafts import Draft, Drafts
    from workbench.storage.history import HistoryEntry
    from workbench.storage.transaction import Transaction

#: What nobody needs who only reads, with the modules it is in: loaded when it is first asked for.
_LATER = {"Draft": "drafts", "Drafts": "drafts", "HistoryEntry": "history", "Transaction": "transaction"}

__all__ = [
    "ArchiveRule",
    "Counting",
    "Damaged",
    "Draft",
    "Drafts",
    "Files",
    "HistoryEntry",
    "Store",
    "Transaction",
    "Unconfirmed",
    "Unsaved",
    "WrittenTable",
    "verify",
]


def __getattr__(name: str) -> Any:
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_LATER[name]}"), name)
