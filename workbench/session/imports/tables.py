"""What is known of files: those that were imported, the SKUs they named, the copies of synced drives."""

from __future__ import annotations

from datetime import datetime

import msgspec

from workbench.core.saying import say
from workbench.session.table import NOTHING, Merge, StoredTable

FILES = "files"
SKUS = "skus"
MERGED = "merged"


class ImportedFile(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A Seller Center file that was imported: its own time, and the digest by which it is known again."""

    id: int
    name: str
    kind: str
    as_of: datetime
    imported_at: datetime
    rows: int
    digest: str
    #: From when to when its rows began.
    first: datetime | None = None
    last: datetime | None = None


class KnownSku(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A SKU seen in a file, with the product's name, for completion."""

    id: int
    sku: str
    product: str | None = None
    seen_at: datetime


class MergedCopy(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A conflict copy of a synced drive that was merged, so that it never is again."""

    id: int
    name: str
    digest: str
    at: datetime


TABLES = (
    StoredTable(
        name=FILES,
        type=ImportedFile,
        word=say("imported files"),
        ref=NOTHING,
        archive=NOTHING,
        pointers=(),
        merge=Merge(name=lambda file: (file.digest, file.as_of), latest=lambda file: file.imported_at, told=True),
        forget=NOTHING,
        check=NOTHING,
        way_back="goes",
        export="csv",
        tally=NOTHING,
    ),
    StoredTable(
        name=SKUS,
        type=KnownSku,
        word=say("known SKUs"),
        ref=NOTHING,
        archive=NOTHING,
        pointers=(),
        merge=Merge(name=lambda known: known.sku, latest=lambda known: known.seen_at),
        forget=NOTHING,
        check=NOTHING,
        way_back="goes",
        export="csv",
        tally=NOTHING,
    ),
    StoredTable(
        name=MERGED,
        type=MergedCopy,
        word=say("merged copies"),
        ref=NOTHING,
        archive=NOTHING,
        pointers=(),
        merge=Merge(name=lambda copy: copy.digest, latest=lambda copy: copy.at),
        forget=NOTHING,
        check=NOTHING,
        way_back="stays",
        export="csv",
        tally=NOTHING,
    ),
)
