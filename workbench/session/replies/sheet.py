"""Replies as a spreadsheet, one row a language, in and out; a blank cell leaves what there is as it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import msgspec

from workbench.core.replies.model import CATEGORIES, Reply
from workbench.core.saying import Misuse, Refusal, Saying, say, say_n
from workbench.intake.own_sheet import read_own
from workbench.output import csv_safe
from workbench.session.base import Done
from workbench.session.replies.checking import check
from workbench.session.replies.desk import ReplyDesk

COLUMNS = (
    "key", "language", "title", "category", "text",
    "markets", "kinds", "stages", "types", "channels", "words", "hidden",
)  # fmt: skip
_LISTS = ("markets", "kinds", "stages", "types", "channels")
#: What parts the words of a cell, in Chinese too, and the mark around a word that has one of these.
_PARTED = re.compile(r'[,;\uff0c\u3001\uff1b"]')
_YES = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}


class RepliesPlan(msgspec.Struct, frozen=True, kw_only=True):
    """What a spreadsheet would change."""

    changed: tuple[Reply, ...]
    new: int
    updated: int
    unchanged: int
    refused: tuple[tuple[int, Saying], ...]


def exported(desk: ReplyDesk) -> bytes:
    """Every reply as a CSV that imports as exactly these."""
    return csv_safe.encode(COLUMNS, (row for reply in desk.all() for row in _rows(reply)))


def _rows(reply: Reply) -> list[list[str]]:
    purpose = [", ".join(getattr(reply.purpose, name)) for name in _LISTS]
    return [
        [
            reply.key, language, reply.title.get(language, ""), reply.category, text, *purpose,
            ", ".join(_quoted(word) for word in reply.words), "yes" if reply.hidden else "no",
        ]
        for language, text in reply.text.items()
    ]  # fmt: skip


def _quoted(word: str) -> str:
    return '"' + word.replace('"', '""') + '"' if _PARTED.search(word) or word != word.strip() else word


def _words(cell: str) -> tuple[str, ...]:
    found = re.findall(r'\s*(?:"((?:[^"]|"")*)"|([^,;\uff0c\u3001\uff1b"]+))\s*(?:[,;\uff0c\u3001\uff1b]|$)', cell)
    words = (quoted.replace('""', '"') if quoted else bare.strip() for quoted, bare in found)
    return tuple(dict.fromkeys(word for word in words if word))


def read(desk: ReplyDesk, path: Path) -> RepliesPlan:
    """What the file would change; nothing is saved. `Refusal` where it has no key, language and text."""
    own = read_own(path, wanted=_columns, needed=("key", "language"), days=())
    found = _columns(own.headers)
    for name in ("key", "language"):
        if name not in found:
            raise Refusal(say('The file has no column "{name}". `replies export` writes one to start from.', name=name))
    known = {reply.key.casefold(): reply for reply in desk.all()}
    after: dict[str, Reply] = {}
    refused: list[tuple[int, Saying]] = []
    for number, row in enumerate(own.rows, 2):
        cells = {name: csv_safe.plain(row.get(header, "")) for name, header in found.items()}
        if not any(cell.strip() for cell in cells.values()):
            continue
        key = cells["key"].strip()
        before = after.get(key.casefold()) or known.get(key.casefold()) or Reply(key=key)
        try:
            changed = _applied(before, cells)
            check(desk.session, changed)
        except (Misuse, Refusal) as wrong:
            refused.append((number, wrong.saying))
            continue
        after[key.casefold()] = changed
    new = {key for key in after if key not in known}
    same = [key for key, reply in after.items() if known.get(key) == reply]
    return RepliesPlan(
        changed=tuple(reply for key, reply in after.items() if key not in same),
        new=len(new),
        updated=len(after) - len(new) - len(same),
        unchanged=len(same),
        refused=tuple(refused),
    )


def bring_in(desk: ReplyDesk, plan: RepliesPlan) -> Done:
    """Save what the plan changes, as one action."""
    count = len(plan.changed)
    return desk.write_many(plan.changed, say_n("{n} reply brought in", "{n} replies brought in", count))


def _applied(before: Reply, cells: dict[str, str]) -> Reply:
    """The reply with a row's cells; blank ones change nothing."""
    language = cells["language"].strip()
    fields: dict[str, object] = {}
    if text := cells.get("text", ""):
        fields["text"] = {**before.text, language: text.replace("\r\n", "\n")}
    elif language not in before.text:
        raise Misuse(say("A reply needs a text."))
    if title := cells.get("title", "").strip():
        fields["title"] = {**before.title, language: title}
    if category := cells.get("category", "").strip():
        if category not in CATEGORIES:
            raise Misuse(
                say('There is no category "{name}". Known: {known}.', name=category, known=", ".join(CATEGORIES))
            )
        fields["category"] = category
    named = {name: _words(cells[name]) for name in _LISTS if cells.get(name, "").strip()}
    if named:
        fields["purpose"] = msgspec.structs.replace(before.purpose, **named)
    if cells.get("words", "").strip():
        fields["words"] = _words(cells["words"])
    if hidden := cells.get("hidden", "").strip().casefold():
        if hidden not in _YES:
            raise Misuse(say('"{text}" is neither yes nor no.', text=hidden))
        fields["hidden"] = _YES[hidden]
    return msgspec.structs.replace(before, **fields)


def _columns(headers: Sequence[str]) -> dict[str, str]:
    """The columns that are ours, by their names."""
    folded = {header.strip().casefold(): header for header in headers}
    return {name: folded[name] for name in COLUMNS if name in folded}
