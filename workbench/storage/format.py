"""The bytes of a data file and the tables they hold.

A file is the JSON that TinyDB reads and writes, tables of records by id, with one record a line and a last table
`seal` that holds the CRC-32 of everything before it. Records stay JSON (`msgspec.Raw`) until somebody needs one.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import ItemsView, Iterator, Mapping
from functools import cached_property
from io import BytesIO
from typing import Any, TypeVar

import msgspec

from workbench.core.saying import Refusal, Saying, say
from workbench.storage.errors import Damaged

T = TypeVar("T")
Raw = msgspec.Raw
Tables = dict[str, Mapping[int, Raw]]

SEAL = "seal"
_SEAL_HEAD = b',\n"seal": {'
_BRACE = ord("}")
_decoder: msgspec.json.Decoder[dict[str, dict[int, Raw]]] = msgspec.json.Decoder(dict[str, dict[int, Raw]])
_records = msgspec.json.Decoder(dict[int, Raw])
_encoder = msgspec.json.Encoder()
_UNREAD = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
_FORGED = say(
    "A table of the data cannot be read although its checksum holds, so something else than workbench wrote it. "
    "`workbench restore` puts a backup in its place."
)


class WrittenTable(Mapping[int, Raw]):
    """A table as its file wrote it, `{...}` with one record a line: taken apart when somebody asks for a record, and
    written back as it stands. It never changes."""

    def __init__(self, text: memoryview) -> None:
        self.text = text

    @cached_property
    def records(self) -> dict[int, Raw]:
        """The records by id. `Damaged` where it is no table: the seal holds, so the file was not cut, but forged."""
        try:
            return _records.decode(self.text)
        except _UNREAD as error:
            raise Damaged(_FORGED) from error

    def decoded(self, kind: type[T]) -> dict[int, T] | None:
        """All records as these, in one go and without taking the table apart; None where one of them is not."""
        try:
            return msgspec.json.decode(self.text, type=dict[int, kind])  # type: ignore[valid-type]
        except _UNREAD:
            return None

    def __getitem__(self, number: int) -> Raw:
        return self.records[number]

    def __iter__(self) -> Iterator[int]:
        return iter(self.records)

    def __len__(self) -> int:
        return len(self.records)

    def __bool__(self) -> bool:
        return len(self.text) > len(b"{\n}")

    def __contains__(self, number: object) -> bool:
        return number in self.records

    def items(self) -> ItemsView[int, Raw]:
        """At the speed of what it holds."""
        return self.records.items()


def opened(table: Mapping[int, Raw]) -> dict[int, Raw]:
    """The records of a table as a dict; whoever changes it copies it."""
    found = table.records if isinstance(table, WrittenTable) else table
    assert isinstance(found, dict)
    return found


class Unreadable(Exception):
    """The bytes are not tables of records; `what` says so, to follow the name of the file."""

    def __init__(self, what: Saying) -> None:
        super().__init__(what.text)
        self.what = what


def to_json(value: Any) -> Raw:
    """A value as one line of JSON; a text that has no UTF-8 form (half of a surrogate pair) is refused."""
    try:
        return Raw(_encoder.encode(value))
    except UnicodeEncodeError as error:
        raise Refusal(
            say(
                "Nothing was saved: a text holds half of a character ({code}). Take it out or type it again.",
                code=f"U+{ord(error.object[error.start]):04X}",
            )
        ) from error


def encode(tables: Mapping[str, Mapping[int, Raw]]) -> list[bytes]:
    """The file as one chunk a table and one for the seal; at least one table."""
    chunks = []
    crc = 0
    lead = b"{"
    for name, records in tables.items():
        chunk = _chunk(lead, name, records)
        crc = zlib.crc32(chunk, crc)
        chunks.append(chunk)
        lead = b",\n"
    chunks.append(_seal(crc))
    return chunks


def _chunk(lead: bytes, name: str, records: Mapping[int, Raw]) -> bytes:
    """A table of the file, one record a line: by its lines it is found again."""
    pieces: list[bytes | memoryview | Raw] = [lead, _encoder.encode(name), b": "]
    if isinstance(records, WrittenTable):
        return b"".join((*pieces, records.text))
    head = b'{\n"%d": '
    for number, record in records.items():
        pieces.append(head % number)
        pieces.append(record)
        head = b',\n"%d": '
    pieces.append(b"\n}" if records else b"{\n}")
    chunk = b"".join(pieces)
    if chunk.count(b"\n", len(lead)) != len(records) + 1:
        return _chunk(lead, name, {number: _on_a_line(record) for number, record in records.items()})
    return chunk


def _on_a_line(record: Raw) -> Raw:
    return Raw(msgspec.json.format(record, indent=-1)) if b"\n" in bytes(record) else record


def decode(data: bytes) -> tuple[Tables, bool]:
    """The tables of a file without its seal, and whether the seal holds. `Unreadable` if it is none of ours.

    Where the seal does not hold, somebody else wrote the file: then every record is looked at, not only the frame.
    """
    if (written := _cut(data)) is not None:
        return written, True
    try:
        tables: Tables = dict(_decoder.decode(data))
        sealed = _holds(data, opened(tables.pop(SEAL, {})))
        if not sealed:
            _refuse_doubled(data)
            tables = {name: {i: examined(r) for i, r in records.items()} for name, records in tables.items()}
    except msgspec.ValidationError as error:
        raise Unreadable(say("is not a data file of workbench")) from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        lenient = None if data.startswith(b"\xef\xbb\xbf") else _lenient(data)
        if lenient is None:
            raise Unreadable(_slip(data, str(error))) from error
        return decode(lenient)
    return tables, sealed


def _lenient(data: bytes) -> bytes | None:
    """The same without what Python's own writer leaves and JSON does not know: `NaN` and `Infinity` in quotes, half a
    character (a lone surrogate) spelled out. So at most the record that holds one is left out, and not the whole file.
    None where something else is wrong with it."""
    import json  # nobody else needs it

    try:
        _refuse_doubled(data)
        text = data.decode("utf-8", "surrogatepass")
        plain = json.dumps(json.loads(text, parse_constant=str), ensure_ascii=False)
    except (ValueError, RecursionError):
        return None
    found = re.sub("[\ud800-\udfff]", lambda half: f"\\\\u{ord(half[0]):04x}", plain).encode()
    return None if found == data else found


def _cut(data: bytes) -> Tables | None:
    """The tables of a file as it wrote them, none of them taken apart; None where its seal does not hold, or it is not
    laid out as `encode` does it."""
    end = data.rfind(_SEAL_HEAD)
    if end < 1 or data[end:] != _seal(zlib.crc32(memoryview(data)[:end])):
        return None
    view, tables, at = memoryview(data), dict[str, Mapping[int, Raw]](), 1
    while True:
        begin = data.find(b'": {', at, end)
        stop = 0 if begin < 0 else _behind(data, begin)
        if not 0 < stop <= end:
            return None
        try:
            name = msgspec.json.decode(view[at : begin + 1], type=str)
        except msgspec.DecodeError:
            return None
        if name == SEAL or name in tables:
            return None
        tables[name] = WrittenTable(view[begin + 3 : stop])
        if stop == end:
            return tables
        if data[stop : stop + 2] != b",\n":
            return None
        at = stop + 2


def _behind(data: bytes, begin: int) -> int:
    """The place behind the table that begins there: behind the brace that a line begins with; 0 where there is none.

    Line by line: so it is found eight times as fast as by looking for both bytes.
    """
    lines = BytesIO(data)
    lines.seek(begin)
    for line in lines:
        if line[0] == _BRACE:
            return lines.tell() - len(line) + 1
    return 0


def _seal(crc: int) -> bytes:
    return _SEAL_HEAD + b'\n"1": {"crc32": %d}\n}}\n' % crc


def _slip(data: bytes, error: str) -> Saying:
    """What is wrong with bytes that are no JSON: a slip of a hand by its line, else damage."""
    if not data.strip(b"\0 \t\r\n"):
        return say("is empty")
    if data.startswith(b"\xef\xbb\xbf"):
        return say("begins with a byte order mark, in line 1: save it as UTF-8 without one")
    found = re.search(r"\(byte (\d+)\)", error)
    at = min(int(found[1]), len(data) - 1) if found else 0
    line, here, before = data.count(b"\n", 0, at) + 1, data[at : at + 2], data[:at].rstrip()[-1:]
    if here[:1] in (b"}", b"]") and before == b",":
        line -= data[:at].count(b"\n") - data[:at].rstrip().count(b"\n")
        return say("has a comma too many at the end of line {line}", line=line)
    if here[:1] == b"#" or here in (b"//", b"/*"):
        return say("has a comment in line {line}, and JSON knows none", line=line)
    return say("is cut off or damaged")


def _refuse_doubled(data: bytes) -> None:
    """Somebody else wrote the file: of two things of one name neither may win in silence."""
    import json  # nobody else needs it

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            names = [name for name, _ in pairs]
            raise Unreadable(say('has "{name}" twice in one place', name=max(names, key=names.count)))
        return found

    json.loads(data, object_pairs_hook=once)


def _holds(data: bytes, seal: dict[int, Raw]) -> bool:
    end = data.rfind(_SEAL_HEAD)
    return end >= 0 and 1 in seal and seal[1] == Raw(b'{"crc32": %d}' % zlib.crc32(memoryview(data)[:end]))


def examined(record: Raw) -> Raw:
    """A record that was looked at in whole, on one line; `msgspec.DecodeError` and its like if it is no object."""
    try:
        msgspec.json.decode(record, type=dict[str, Any])
    except msgspec.ValidationError:
        import json  # nobody else needs it

        # A number that is too large for a float is JSON all the same: whoever knows the record leaves it out.
        if not isinstance(json.loads(bytes(record)), dict):
            raise
    return _on_a_line(record)
