"""The durable store: tables of JSON objects in one TinyDB file, saved whole or not at all.

It knows tables, ids and objects, never tickets. What `Store` promises is written there; `docs` and the tests hold it.
"""

from workbench.storage.archive import ArchiveRule
from workbench.storage.backup_files import verify
from workbench.storage.drafts import Draft, Drafts
from workbench.storage.errors import Damaged, Unconfirmed, Unsaved
from workbench.storage.files import Files
from workbench.storage.format import WrittenTable
from workbench.storage.history import HistoryEntry
from workbench.storage.store import Store
from workbench.storage.tally import Counting
from workbench.storage.transaction import Transaction

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
